"""What is derived in a large library of an older form is made anew, rather than converted.

To convert it takes one transaction, which locks everybody out for as long as that lasts: minutes,
where there are 50,000 articles. So its tables are given other names and empty ones put in their
place, on which the scripts of the schema run in no time. What is in the library is indexed again
bit by bit, and what was laid aside goes bit by bit (backlog.py). Where all is to be made anew in a
library of this form, it is done so, too: to empty the tables takes as long as to write them.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from typing import NamedTuple

# What is laid aside, and the order in which it goes: what refers to other tables first.
_DERIVED = (
    "said_words", "said_about", "worded", "shingles", "said", "said_rows", "members",
    "member_rows", "voice_names", "said_terms", "indexed", "alike", "wordings", "voices",
)  # fmt: skip
_KEPT = ("alike", "wordings")  # where they are found by what they are found by now: they took hours
_WAITING = ("stale", "unseated", "untidy")
_ALL_ARE_STALE = """
INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE id IN (SELECT article FROM findings)
"""
_PREFIX = "old{number}_"
_LAID_ASIDE = re.compile(rf"old\d+_({'|'.join(_DERIVED)})")
_ROWS = 4_000  # that go in one transaction
_PAGES = 500  # of the full-text index, the same
_HEAD = 10  # the last row of that that is no page
_FIRST = 11  # the version that had something derived
_NEW_DIGESTS = 21  # the version from which on that is so


class _Part(NamedTuple):
    kind: str
    name: str
    sql: str


def lay_aside(db: sqlite3.Connection, version: int) -> None:
    """Put empty tables in the place of what is derived; a transaction of its own.

    Args:
        db: A library's, of an older form; foreign keys are off.
        version: Its form. What was laid aside of that before stays.
    """
    try:
        with _renaming(db):
            if db.execute("PRAGMA user_version").fetchone()[0] == version >= _FIRST:
                _lay_aside(
                    db, [one for one in _DERIVED if one not in _KEPT or version < _NEW_DIGESTS]
                )
    finally:
        db.execute("PRAGMA foreign_keys = OFF")


def lay_all_aside(db: sqlite3.Connection) -> None:
    """Put empty tables in the place of all that is derived; a transaction of its own.

    Args:
        db: A library's, of this form; foreign keys are on.
    """
    with _renaming(db):
        _lay_aside(db, _DERIVED)
        for waiting in _WAITING:
            db.execute(f"DELETE FROM {waiting}")
        db.execute(_ALL_ARE_STALE)


@contextmanager
def _renaming(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction in which tables get other names, and foreign keys are on."""
    db.execute("PRAGMA foreign_keys = ON")  # so that the tables go on referring to each other
    db.execute("PRAGMA legacy_alter_table = ON")  # but views and other tables' triggers stay
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # some errors end the transaction by themselves
                db.execute("ROLLBACK")
            raise
    finally:
        db.execute("PRAGMA legacy_alter_table = OFF")


def _lay_aside(db: sqlite3.Connection, derived: Sequence[str]) -> None:
    among = ", ".join("?" * len(derived))
    parts = [
        _Part(*row)
        for row in db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index', 'trigger') "
            f"AND sql IS NOT NULL AND tbl_name IN ({among}) AND tbl_name NOT IN "
            "(SELECT name FROM sqlite_master WHERE type = 'view')",
            derived,
        )
    ]
    tables = [one for one in parts if one.kind == "table"]
    if not any(_has_rows(db, one.name) for one in tables):
        return  # another process was faster, or one was killed behind this
    others = [one for one in parts if one.kind != "table"]
    for one in others:
        db.execute(f"DROP {one.kind} {one.name}")
    prefix = _free_prefix(db)
    for one in tables:
        db.execute(f"ALTER TABLE {one.name} RENAME TO {prefix}{one.name}")
    for one in (*tables, *others):
        db.execute(one.sql)
    db.execute(_ALL_ARE_STALE)


def _free_prefix(db: sqlite3.Connection) -> str:
    """One that no table has: an older program may have indexed all again behind a kill."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    prefixes = (_PREFIX.format(number=number) for number in count(version))
    return next(one for one in prefixes if not any(name.startswith(one) for name in names))


def _has_rows(db: sqlite3.Connection, table: str) -> bool:
    return bool(db.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0])


def clear_some(db: sqlite3.Connection) -> bool:
    """Remove some of what was laid aside, in the caller's transaction; whether there was any."""
    names = laid_aside(db)
    if not names:
        return False
    table = names[0]
    filled, of_them = table, f"LIMIT {_ROWS}"
    if table.endswith("said_words"):  # FTS5 has its pages there, and at the head what it goes by
        filled, of_them = f"{table}_data", f"WHERE id > {_HEAD} LIMIT {_PAGES}"
    keys = ", ".join(_keys(db, filled))
    some = f"SELECT {keys} FROM {filled} {of_them}"
    if not db.execute(f"DELETE FROM {filled} WHERE ({keys}) IN ({some})").rowcount:
        db.execute(f"DROP TABLE {table}")
    return True


def clear(db: sqlite3.Connection) -> None:
    """Remove all of what was laid aside, in the caller's transaction."""
    for table in laid_aside(db):
        db.execute(f"DROP TABLE {table}")


def laid_aside(db: sqlite3.Connection) -> Sequence[str]:
    """The tables that were, those that refer to others first."""
    there = (row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    names = [name for name in there if _LAID_ASIDE.fullmatch(name)]
    return sorted(names, key=lambda name: _DERIVED.index(name.partition("_")[2]))


def _keys(db: sqlite3.Connection, table: str) -> Sequence[str]:
    """The columns that tell its rows apart."""
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    return [name for _, name, *_, place in sorted(columns, key=lambda one: one[-1]) if place]
