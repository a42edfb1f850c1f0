"""What questions are asked of: the statements of a corpus by day, with the voices and the words.

It is a DuckDB database, made of the tables with the first question and anew when they have changed:

    said         the statements that are no part of another, the newest first; `rowid` is their
                 number, `voice` that of who says it
    articles     what is known of each, without the text
    voices, members, voice_names   who is who (voices.py); `number` is the voice's
    about        the numbers of the voices that are mentioned in a statement
    postings     the numbers of the statements that a word is in

It lies in the corpus's folder, or among this machine's caches where that is elsewhere or cannot be
written. Whoever makes it at the same time makes the same.
"""

import csv
import hashlib
import io
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pullquote import __version__
from pullquote.corpus import duplicates
from pullquote.corpus.dataset import Content
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.place import WRITING, Place, beside
from pullquote.corpus.tables import DUPLICATES, SCHEMA
from pullquote.corpus.viewing import attach, connected, quoted, show, sources
from pullquote.corpus.voice_table import together
from pullquote.corpus.voices import Decision, make_voices

if TYPE_CHECKING:
    from pullquote.corpus.viewing import Connection

INDEX = "index.duckdb"
DECISIONS = "voices/corrections.csv"
_VERSION = 1  # of the index
_LEFT = 86_400.0  # seconds; who makes one has written to it since

# Words as the pattern of a term divides them (notes/questions.py): without case and accents.
_STEPS = {
    "said": """
        SELECT s.article, finding, s.kind, start, "end", words, s.actor, speaker,
            members.number AS voice, how, sourcing, commitment, cue, checkable, verdict, sure,
            s.site, s.day, kinds, about
        FROM said AS s LEFT JOIN members USING (article, actor) WHERE part_of IS NULL
        ORDER BY s.day DESC NULLS LAST, s.article, start, finding""",
    "articles": """
        SELECT article, title, byline, site, url, published, retrieved, language, day
        FROM articles ORDER BY article""",
    "voices": "SELECT * FROM voices ORDER BY number",
    "members": "SELECT number, article, actor, name, class FROM members",
    "voice_names": "SELECT * FROM voice_names",
    "about": """
        SELECT members.number AS voice, one.number FROM (
            SELECT rowid AS number, article, voice, unnest(about) AS actor FROM made.said
        ) AS one JOIN members USING (article, actor)
        WHERE members.number IS DISTINCT FROM one.voice GROUP BY ALL ORDER BY ALL""",
    "postings": r"""
        SELECT word, number FROM (
            SELECT unnest(list_distinct(string_split(regexp_replace(
                lower(strip_accents(words)), '[^\pL\pN_]+', ' ', 'g'), ' '))) AS word,
                rowid AS number
            FROM made.said
        ) WHERE word != '' ORDER BY ALL""",
}


@contextmanager
def opened(folder: str, storage: Mapping[str, str] | None = None) -> Iterator["Connection"]:
    """The index of a corpus, to be read; made before, where it is not there or not up to date.

    Raises:
        CorpusError: There is no corpus, or it cannot be read.
        OSError: The folder cannot be read.
    """
    with connected(str(settled(folder, storage)), read_only=True) as db:
        yield db


def settled(folder: str, storage: Mapping[str, str] | None = None) -> Path:
    """Where the index lies, up to date. Raises as `opened` does."""
    return _settled(folder, sources(folder, storage), storage)


@contextmanager
def with_tables(
    folder: str, storage: Mapping[str, str] | None = None
) -> Iterator[tuple["Connection", dict[str, list[str]]]]:
    """The tables of a corpus to be read, with the voices of its index; and their files by table.

    Raises as `opened` does.
    """
    found = sources(folder, storage)
    path = _settled(folder, found, storage)
    with connected() as db:
        files = found.files | _marked(Place(folder, storage), found.state)
        show(db, files, storage)
        attach(db, path)
        yield db, files


def _marked(place: Place, state: str) -> dict[str, list[str]]:
    """The file of duplicates, where they are marked in the articles that there are."""
    is_there = duplicates.is_current(place, state)
    return {DUPLICATES: [place.url(duplicates.FILE)]} if is_there else {}


def _settled(folder: str, found: Content, storage: Mapping[str, str] | None) -> Path:
    """Where the index of what a corpus holds lies, up to date."""
    place = Place(folder, storage)
    decided = place.read(DECISIONS) if place.exists(DECISIONS) else b""
    state = _state(found.state, decided)
    paths = _paths(place, folder)
    for path in paths:
        if path.exists() and _state_of(path) == state:
            return path
    for path in paths:
        with suppress(PermissionError):
            _make(path, found.files, storage, decided, state)
            return path
    raise CorpusError(f"{folder}: there is no place for an index; make the folder writable")


def _state(found: str, decided: bytes) -> str:
    what = (_VERSION, SCHEMA, __version__, found)
    return hashlib.sha256(msgspec.json.encode(what) + decided).hexdigest()


def _paths(place: Place, folder: str) -> list[Path]:
    import platformdirs

    name = hashlib.sha256(place.url("").encode()).hexdigest()[:16]
    elsewhere = platformdirs.user_cache_path("pullquote") / "corpora" / f"{name}.duckdb"
    return [place.path(INDEX), elsewhere] if place.is_local else [elsewhere]


def _state_of(path: Path) -> str:
    try:
        with connected(str(path), read_only=True) as db:
            return str(db.execute("SELECT state FROM state").fetchall()[0][0])
    except (CorpusError, IndexError):
        return ""


def _make(
    path: Path,
    found: Mapping[str, list[str]],
    storage: Mapping[str, str] | None,
    decided: bytes,
    state: str,
) -> None:
    """Make the index beside its place; it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear(path)
    staged = beside(path)
    scratch = staged.with_suffix(".scratch")
    with suppress(OSError):
        os.close(os.open(staged, os.O_CREAT | os.O_WRONLY | os.O_EXCL))
    if not staged.exists():
        raise PermissionError(str(path))
    staged.unlink()
    try:
        with connected(str(scratch)) as db:
            show(db, found, storage)
            make_voices(db, decisions(decided))
            db.execute(f"ATTACH {quoted(str(staged))} AS made")
            for table, query in _STEPS.items():
                db.execute(f"CREATE TABLE made.{table} AS {query}")
            db.execute(f"CREATE TABLE made.state AS SELECT {quoted(state)} AS state")
            db.execute("DETACH made")
        staged.replace(path)
    finally:
        for one in (staged, scratch):
            for name in (one, one.with_name(f"{one.name}.wal")):
                name.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Remove what killed makers of the index have left beside it; it may be large."""
    for left in path.parent.glob(f"{WRITING}*-{path.stem}.*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT:
                left.unlink()


# --- what a reader has put right


def decisions(content: bytes) -> list[Decision]:
    """The decisions in a file of them. Raises `CorpusError`."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        return [Decision(*(row[name] or "" for name in Decision._fields)) for row in rows]
    except (KeyError, UnicodeError, csv.Error) as error:
        raise CorpusError(f"{DECISIONS}: cannot be read; remove it, or mend it") from error


def encoded(decided: Sequence[Decision]) -> bytes:
    """Decisions as a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([Decision._fields, *decided])
    return text.getvalue().encode()


def keep_decisions(
    folder: str, decided: Sequence[Decision], storage: Mapping[str, str] | None = None
) -> None:
    """Keep further decisions beside the tables; of two on the same the later stands.

    Raises:
        CorpusError: Those that are there cannot be read.
        OSError: The folder cannot be written.
    """
    place = Place(folder, storage)
    before = decisions(place.read(DECISIONS)) if place.exists(DECISIONS) else []
    place.write(DECISIONS, encoded(together(before, decided)))
