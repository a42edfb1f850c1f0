"""Articles with their findings into a corpus from elsewhere than its inputs, and out again."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

import msgspec

from pullquote import __version__
from pullquote.article import Article
from pullquote.corpus.dataset import (
    MANIFEST,
    Manifest,
    Record,
    file_name,
    manifest,
    put,
    record_name,
    records,
)
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.parts import Options
from pullquote.corpus.place import Place
from pullquote.corpus.tables import METADATA, TABLES, Rows, from_row
from pullquote.corpus.viewing import connected, show, sources
from pullquote.corpus.writing import Tables
from pullquote.findings import STATED, Actor, Attribution, FindingKind, Findings

_PARTITION = 1000  # articles


def write(
    folder: str, origin: str, analyser: str, articles: Iterable[Rows],
    storage: Mapping[str, str] | None = None,
) -> int:  # fmt: skip
    """Write a corpus of articles, in place of what came from the same origin before.

    Each partition is called by what is in it, so that one that has not changed stays.

    Args:
        folder: Of the corpus; a path, or an address that fsspec opens.
        origin: What its input is called.
        analyser: Of the findings.
        articles: The rows of each (`tables.rows`); taken one by one.
        storage: What fsspec is told of the place.

    Returns:
        How many articles there are.

    Raises:
        CorpusError: In the folder is a corpus of another origin.
        OSError: It cannot be written.
    """
    place = Place(folder, storage)
    before = manifest(place)
    if before is not None and before.inputs != (origin,):
        raise CorpusError(f"{folder}: has a corpus of other articles; write to another folder")
    there = {record.id: record.stem for record in records(place)}
    made, total = list[Record](), 0
    for tables, words, count in _partitions(articles):
        made.append(_put(place, tables, words, analyser))
        total += count
    rows: Counter[str] = Counter()
    for record in made:
        rows.update({table: record.rows(table) for table in record.files})
    after = Manifest(
        pullquote=__version__, analyser=analyser, inputs=(origin,), options=Options(),
        partition_size=0, is_complete=True, partitions=len(made), rows=rows,
        words=sum(one.words for one in made),
    )  # fmt: skip
    place.write(MANIFEST, msgspec.json.encode(after))
    for gone in set(there) - {one.id for one in made}:
        place.remove(record_name(gone))
        for table in TABLES:
            place.remove(file_name(table, there[gone]))
    return total


def _partitions(articles: Iterable[Rows]) -> Iterator[tuple[Tables, int, int]]:
    tables, words, count = Tables(), 0, 0
    for one in articles:
        tables.add(one)
        words, count = words + one["articles"][0]["words"], count + 1
        if count == _PARTITION:
            yield tables, words, count
            tables, words, count = Tables(), 0, 0
    if count:
        yield tables, words, count


def _put(place: Place, tables: Tables, words: int, analyser: str) -> Record:
    finished = tables.finished()
    digest = hashlib.sha256("".join(file.sha256 for file, _ in finished.values()).encode())
    record = Record(
        id=digest.hexdigest()[:16], analyser=analyser, words=words,
        files={table: file for table, (file, _) in finished.items()},
    )  # fmt: skip
    if not place.exists(record_name(record.id)):
        put(place, record, {table: content for table, (_, content) in finished.items()})
    return record


def read(
    folder: str, ids: Iterable[str], storage: Mapping[str, str] | None = None
) -> Iterator[tuple[Article, Findings]]:
    """The articles of these ids, with what was found in them.

    Raises:
        CorpusError: There is none of such an id.
        OSError: The folder cannot be read.
    """
    with connected() as db:
        show(db, sources(folder, storage).files, storage)
        for identity in ids:

            def those(table: str, identity: str = identity) -> list[dict[str, Any]]:
                query = f"SELECT * FROM {table} WHERE article = ?"
                return list(db.sql(query, params=[identity]).to_arrow_table().to_pylist())

            if not (heads := those("articles")):
                raise CorpusError(f"{identity}: no article of the corpus has this id")
            yield _article(heads[0]), _findings(heads[0], {name: those(name) for name in _FOUND})


_FOUND = (FindingKind.ACTOR.plural, "mentions", "attributions", *(one.plural for one in STATED))


def _article(head: Mapping[str, Any]) -> Article:
    hints = get_type_hints(Article)
    form = {name: from_row(head[name], hints[name]) for name in ("headings", "parts")}
    known: dict[str, Any] = {name: head[name] or "" for name in METADATA}
    return Article(text=head["text"], **known, **form)


def _findings(head: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> Findings:
    mentions: dict[str, list[tuple[int, int]]] = {}
    for row in rows["mentions"]:
        mentions.setdefault(row["actor"], []).append((row["start"], row["end"]))
    actors = [
        from_row({**row, "mentions": mentions.get(row["actor"], ())}, Actor)
        for row in rows[FindingKind.ACTOR.plural]
    ]
    found: dict[str, Any] = {
        kind.plural: tuple(from_row(row, type_) for row in rows[kind.plural])
        for kind, type_ in STATED.items()
    }
    hints = get_type_hints(Findings)
    form = {name: from_row(head[name], hints[name]) for name in ("furniture", "foreign")}
    return Findings(
        analyser=head["analyser"],
        language=head["language"],
        actors=tuple(actors),
        attributions=tuple(from_row(row, Attribution) for row in rows["attributions"]),
        **found,
        **form,
    )
