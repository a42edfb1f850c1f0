"""The whole library, out and in: a backup in one file, and restored or merged from one.

A copy is of one moment, whoever writes in the meantime. What comes in replaces the library, or is
merged with it, in transactions: whoever has it open goes on, and a program that is killed leaves it
as it was, or as it is to be.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

from pullquote.files import put_in_place, staging, through
from pullquote.library import aside, records
from pullquote.library.database import Database
from pullquote.library.decisions import all_rows, take_in
from pullquote.library.file import LibraryError, explained
from pullquote.library.indexing import settle
from pullquote.library.joining import Outcome, merge
from pullquote.library.records import Record
from pullquote.library.schema import DECISIONS, DERIVED
from pullquote.library.vetting import Unfit, vetted, vetted_of_none
from pullquote.system import sqlite_uri
from pullquote.text import one_line

Watch = Callable[[int, int], object]  # what is done of what there is
_PAGES = 2000  # copied at a time: some 8 MB
_AT_ONCE = 50  # articles merged in one transaction, so that nobody waits for longer


def backup(database: Database, path: Path, over: bool, watch: Watch) -> None:
    """Write the library into a file, which is checked and complete before it has its name.

    Nothing of what was deleted is in it.

    Raises:
        LibraryError: The library cannot be read, or the file is damaged as soon as it is written.
        OSError: The file cannot be written, or is there already and not to be written `over`.
    """
    path = through(path)
    if path.exists() and os.path.samefile(path, database.path):
        raise LibraryError(f"{path}: is the library itself; choose another file")
    with staging(path.parent) as stage:
        staged = stage / "library"
        try:
            copy(database, staged, watch)
        except LibraryError as error:  # of the copy's disk: the library itself is only read
            if "disk is full" not in str(error):
                raise
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        put_in_place(staged, path, over)


def copy(database: Database, path: Path, watch: Watch = lambda done, whole: None) -> None:
    """Copy the library as it is at one moment into a new file, for its owner alone.

    Raises:
        LibraryError: The library cannot be read, or the copy is not what it should be.
    """
    with database.snapshot() as source:
        source.execute("SELECT count(*) FROM articles").fetchone()  # the moment
        _copy(source, path, watch)


def _copy(source: sqlite3.Connection, path: Path, watch: Watch) -> None:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        source.backup(
            target, pages=_PAGES, progress=lambda _, left, whole: watch(whole - left, whole)
        )
        try:
            target.execute("PRAGMA journal_mode = DELETE")
            aside.clear(target)
            for name in _indexes(target):
                target.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
            target.execute("VACUUM")
            if target.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("malformed")
        except sqlite3.Error as error:
            raise explained(error, path) from error
    with path.open("r+b") as file:  # Windows syncs nothing that is only read
        os.fsync(file.fileno())


# --- restoring


def restore(database: Database, source: Database, watch: Watch) -> Path | None:
    """Put another library in the place of this one, which is kept beside it.

    Returns:
        The file that it is kept in; None where there was nothing in it.

    Raises:
        LibraryError: Either cannot be read, or this one cannot be written; it is as it was then.
    """
    with source.snapshot() as theirs, database.transaction() as ours:
        kept = None
        if any(
            ours.execute(f"SELECT 1 FROM {one} LIMIT 1").fetchone() for one in _plain_tables(ours)
        ):
            kept = free(database.path)
            # SQLite copies from no connection that writes; nobody else writes until this one ends
            uri = sqlite_uri(database.path.absolute(), mode="ro")
            with closing(sqlite3.connect(uri, uri=True)) as present, staging(kept.parent) as stage:
                _copy(present, stage / "library", lambda done, whole: None)
                put_in_place(stage / "library", kept, over=False)
        _replace(ours, theirs, watch)
    return kept


def free(path: Path) -> Path:
    """A dated name beside the library that is not taken."""
    name = f"{path.stem}-{datetime.now():%Y-%m-%d-%H%M%S}"
    taken = (path.with_name(f"{name}{suffix}.db") for suffix in ("", *map("-{}".format, range(99))))
    return next(one for one in taken if not os.path.lexists(one))


def move_away(path: Path) -> Path:
    """Move what cannot be opened to a dated name beside it, its log first.

    Raises:
        OSError: It cannot be moved.
    """
    kept = free(path)
    for end in ("-wal", "-shm", ""):
        if os.path.lexists(f"{path}{end}"):
            os.rename(f"{path}{end}", f"{kept}{end}")
    return kept


def _replace(ours: sqlite3.Connection, theirs: sqlite3.Connection, watch: Watch) -> None:
    """All rows of one library for those of the other; the indexes of the search are made anew."""
    schema = "SELECT name, sql FROM sqlite_master WHERE type = ?"
    triggers = ours.execute(schema, ("trigger",)).fetchall()
    aside.clear(ours)
    indexes, tables = _indexes(ours), _plain_tables(ours)
    ours.execute("PRAGMA defer_foreign_keys = ON")
    for name, _ in triggers:
        ours.execute(f"DROP TRIGGER {name}")
    for table in tables:  # all of them first: what goes takes along what refers to it
        ours.execute(f"DELETE FROM {table}")
    for number, table in enumerate(tables):
        watch(number, len(tables) + 1)
        rows = theirs.execute(f"SELECT * FROM {table}")
        names = ", ".join(column[0] for column in rows.description)
        marks = ", ".join("?" * len(rows.description))
        ours.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    for index in indexes:
        ours.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    for _, sql in triggers:
        ours.execute(sql)
    watch(1, 1)


def _indexes(db: sqlite3.Connection) -> list[str]:
    """The indexes of the search."""
    query = "SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'"
    return [name for (name,) in db.execute(query)]


def _plain_tables(db: sqlite3.Connection) -> list[str]:
    """The tables, but for what was laid aside and what SQLite makes for itself and its indexes."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    left_out = (*_indexes(db), *aside.laid_aside(db))
    return [name for (name,) in db.execute(query) if not name.startswith(left_out)]


# --- merging


def everything(source: Database) -> Iterator[Record]:
    """What a library holds, article by article, the oldest entry first.

    Raises:
        LibraryError: It cannot be read.
    """
    for (identity,) in source.rows("SELECT id FROM articles ORDER BY number"):
        with source.snapshot() as db:
            found = records.read(db, identity)
        if found:
            yield found


def merge_in(database: Database, coming: Sequence[Record], outcome: Outcome) -> None:
    """Merge articles of another library into this one, in one transaction.

    Raises:
        LibraryError: This one cannot be written.
    """
    with database.transaction() as db:
        for one in coming:
            merge(db, one, outcome)
            settle(db, one.id)


def _fit(database: Database, coming: Iterator[Record], outcome: Outcome) -> Iterator[Record]:
    """Articles of another library as this one can take them."""
    for one in coming:
        try:
            with database.snapshot() as db:
                record, wrong = vetted(one, db)
        except Unfit as error:
            outcome.wrong.append(f"{one_line(one.id)[:8]}: {error}")
            continue
        outcome.wrong += [f"{one_line(one.id)[:8]}: {line}; it is left out" for line in wrong]
        yield record


def merge_all(database: Database, source: Database, watch: Watch) -> Outcome:
    """Merge another library into this one, some articles at a time.

    What belongs to no article (feeds, say) comes where it is not there.

    Raises:
        LibraryError: Either cannot be used. Some articles may be in.
    """
    outcome = Outcome()
    whole = source.rows("SELECT count(*) FROM articles")[0][0]
    coming = _fit(database, everything(source), outcome)
    done = 0
    while batch := list(islice(coming, _AT_ONCE)):
        merge_in(database, batch, outcome)
        done += len(batch)
        watch(done, whole)
    _merge_others(database, source)
    watch(whole, whole)
    return outcome


def _merge_others(database: Database, source: Database) -> None:
    with source.snapshot() as theirs, database.transaction() as ours:
        others = {*DERIVED, *DECISIONS, "asked"}  # a question leads to a row of its own library
        of_articles = {records.ARTICLES, *records.tables(ours), *others}
        for table in _plain_tables(ours):
            if table not in of_articles:
                names = records.columns(ours, table)
                rows = theirs.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
                coming = [dict(zip(names, row, strict=True)) for row in rows]
                records.add(ours, table, vetted_of_none(ours, table, coming))
        take_in(ours, all_rows(theirs), "decisions of another library")
