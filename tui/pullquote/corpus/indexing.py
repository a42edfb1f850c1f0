"""What questions are asked of: the statements of a corpus by day, with the voices and the words.

It is a DuckDB database, made of the tables with the first question:

    partitions   what is in the index, by the names of files; what was `added` later
    said         the statements that are no part of another, the newest first; `voice` is the number
                 of who says it, `statement` is the statement's for good, `rowid` its place by time
    articles     what is known of each, without the text
    actors       of whom voices are made
    voices, members, voice_names   who is who (voices.py); `number` is the voice's
    about        the voices that are mentioned in a statement
    postings     the statements that a word is in, and its `place` among their words
    state        of what it was made

When the corpus has changed, a copy of the index loses the partitions that are gone and gets those
that are new, whose words alone are taken apart. The voices are then made anew, since a new article
may join two of them, and with them the order of the statements. Answers are those of an index that
was made at once. What is added lies behind the rest, and is found the slower for it: where that is
a fourth of the corpus, all is made anew.
"""

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from pullquote import __version__
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.place import WRITING, beside
from pullquote.corpus.tables import SCHEMA
from pullquote.corpus.viewing import connected, quoted, show
from pullquote.corpus.voices import Decision, make_voices

if TYPE_CHECKING:
    from pullquote.corpus.viewing import Connection

BASE = f"4 {SCHEMA} {__version__}"  # another one where an index cannot be gone on with
_LEFT = 86_400.0  # seconds; who makes one has written to it since
_ADDED = 0.25  # of all partitions; above it all is made anew
_TABLES = ("said", "articles", "actors")
_STATED = """stem, article, finding, kind, start, "end", words, actor, speaker, how, sourcing,
    commitment, cue, checkable, verdict, sure, site, day, kinds, about"""
_BY_TIME = "day DESC NULLS LAST, article, start, finding"

# What is kept of each article as it is, and what is made of all of them. Words are divided as the
# pattern of a term divides them (notes/questions.py): without case and accents.
_KEPT = {
    "actors": "stem, article, actor, kind, name, aliases, affiliation, role, born",
    "articles": """stem, article, title, byline, site, url, published, retrieved, language, day""",
}
_STEPS = {
    "said": f"""
        SELECT statement, {_STATED}, members.number AS voice
        FROM statements LEFT JOIN members USING (article, actor) ORDER BY {_BY_TIME}""",
    "voices": "SELECT * FROM voices ORDER BY number",
    "members": "SELECT number, article, actor, name, class FROM members",
    "voice_names": "SELECT * FROM voice_names",
    "about": """
        SELECT members.number AS voice, one.statement FROM (
            SELECT statement, article, voice, unnest(about) AS actor FROM made.said
        ) AS one JOIN members USING (article, actor)
        WHERE members.number IS DISTINCT FROM one.voice GROUP BY ALL ORDER BY ALL""",
}
_EMPTY = {
    "partitions": "SELECT '' AS stem, false AS added",
    "said": f"SELECT 0 :: BIGINT AS statement, {_STATED}, 0 :: BIGINT AS voice FROM fresh.said",
    "postings": "SELECT '' AS word, 0 :: BIGINT AS statement, 0 AS place",
    **{name: f"SELECT {columns} FROM fresh.{name}" for name, columns in _KEPT.items()},
}
_STATEMENTS = f"""
CREATE VIEW statements AS
SELECT statement, {_STATED}, NULL AS part_of FROM made.said
UNION ALL
SELECT {{first}} + row_number() OVER (ORDER BY {_BY_TIME}), {_STATED}, NULL
FROM fresh.said WHERE part_of IS NULL"""
_POSTINGS = r"""
INSERT INTO made.postings SELECT word, statement, place FROM (
    SELECT unnest(those) AS word, statement, generate_subscripts(those, 1) AS place FROM (
        SELECT string_split(regexp_replace(
            lower(strip_accents(words)), '[^\pL\pN_]+', ' ', 'g'), ' ') AS those, statement
        FROM made.said WHERE statement > ?
    )
) WHERE word != '' ORDER BY ALL"""


class Indexed(NamedTuple):
    """What an index was made of; nothing where it cannot be gone on with."""

    state: str = ""
    partitions: Mapping[str, bool] = {}  # by the names of their files, whether they were added


def indexed(path: Path) -> Indexed:
    """What the index at a path was made of."""
    with suppress(CorpusError), connected(str(path), read_only=True) as db:
        base, state = db.execute("SELECT base, state FROM state").fetchall()[0]
        if base == BASE:
            return Indexed(state, dict(db.execute("FROM partitions").fetchall()))
    return Indexed()


def make(
    path: Path,
    before: Indexed,
    found: Mapping[str, Sequence[str]],
    storage: Mapping[str, str] | None,
    decided: Iterable[Decision],
    state: str,
) -> None:
    """Make the index, or go on with it, beside its place: it is there whole or not at all.

    Args:
        path: Of the index.
        before: What that which lies there was made of.
        found: The files of each table.
        storage: What fsspec is told of their place.
        decided: What a reader has put right of the voices.
        state: Of what it is made.

    Raises:
        CorpusError: The corpus cannot be read.
        PermissionError: There can be no index in that folder.
    """
    there = {_stem(one) for table in _TABLES for one in found[table]}
    known = before.partitions
    added = {stem for stem in there if known.get(stem, True)}
    is_new = not known or len(added) > _ADDED * len(there)
    if is_new:
        known = {}
    fresh = {table: [one for one in found[table] if _stem(one) not in known] for table in _TABLES}
    with _staged(path) as (staged, db):
        if not is_new:
            shutil.copyfile(path, staged)
        db.execute(f"ATTACH {quoted(str(staged))} AS made")
        show(db, fresh, storage, "fresh")
        for table, query in _EMPTY.items():
            db.execute(f"CREATE TABLE IF NOT EXISTS made.{table} AS {query} LIMIT 0")
        _remove(db, known.keys() - there)
        _add(db, sorted(there - known.keys()), not is_new, decided)
        db.execute(
            f"CREATE OR REPLACE TABLE made.state AS SELECT {quoted(BASE)} AS base, "
            f"{quoted(state)} AS state"
        )
        db.execute("DETACH made")


def _stem(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).stem


def _remove(db: "Connection", gone: Iterable[str]) -> None:
    """Take partitions out."""
    db.execute("CREATE TABLE gone AS SELECT unnest(?::VARCHAR[]) AS stem", [[*gone]])
    db.execute(
        "DELETE FROM made.postings WHERE statement IN "
        "(SELECT statement FROM made.said SEMI JOIN gone USING (stem))"
    )
    for table in ("partitions", "said", *_KEPT):
        db.execute(f"DELETE FROM made.{table} WHERE stem IN (FROM gone)")


def _add(
    db: "Connection", stems: Sequence[str], is_later: bool, decided: Iterable[Decision]
) -> None:
    """Add partitions, and make of all what is made of all."""
    db.execute("INSERT INTO made.partitions SELECT unnest(?::VARCHAR[]), ?", [stems, is_later])
    for table, columns in _KEPT.items():
        db.execute(f"INSERT INTO made.{table} SELECT {columns} FROM fresh.{table} ORDER BY article")
    last = db.execute("SELECT coalesce(max(statement), -1) FROM made.said").fetchall()[0][0]
    db.execute(_STATEMENTS.format(first=last))
    db.execute("CREATE VIEW said AS FROM statements")
    db.execute("CREATE VIEW actors AS FROM made.actors")
    make_voices(db, decided)
    for table, query in _STEPS.items():
        db.execute(f"CREATE TABLE made.{table}_next AS {query}")
        db.execute(f"DROP TABLE IF EXISTS made.{table}")
        db.execute(f"ALTER TABLE made.{table}_next RENAME TO {table}")
    db.execute(_POSTINGS, [last])


@contextmanager
def _staged(path: Path) -> Iterator[tuple[Path, "Connection"]]:
    """Where an index is made, and what it is made with; it is put in its place at the end."""
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
            yield staged, db
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
