"""What waits to be indexed: settled some at a time, before a question or while no key is pressed.

Articles come first, then the names of those on whom the seats of others may depend: each is
arranged once, however many articles have come. A program that is killed leaves the rest to be done.
"""

import sqlite3
from collections.abc import Callable

from pullquote.library.arranging import arrange
from pullquote.library.database import Database
from pullquote.library.indexing import index_apart
from pullquote.library.kindred import names_of_kin
from pullquote.library.schema import DERIVED

_AT_ONCE = 50  # articles settled in one transaction, so that nobody waits for longer
_PAGES = 500  # of the full-text index, merged in one transaction: a tenth of a second
_MERGED = 2  # changes of one in which something was merged, by SQLite's manual

Watch = Callable[[int, int], object]  # what is done of what there is


def settle_all(database: Database, watch: Watch = lambda done, whole: None) -> None:
    """Bring the index up to date.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    left = whole = _left(database)
    while left:
        left = settle_some(database, _AT_ONCE)
        whole = max(whole, left)  # of articles that are read, names come to be seated
        watch(whole - left, whole)


def settle_some(database: Database, articles: int) -> int:
    """Bring so many articles or names of a backlog up to date; how many are left then."""
    if left := _left(database):
        with database.transaction() as db:
            query = "SELECT article FROM stale ORDER BY article LIMIT ?"
            some = db.execute(query, (articles,)).fetchall()
            for (article,) in some:
                index_apart(db, article)
            if not some:  # each is seated once, however many articles have come
                _seat_some(db, articles)
        left = _left(database)
        if not left:
            _tidy(database)
    return left


def _seat_some(db: sqlite3.Connection, names: int) -> None:
    query = "SELECT kind, name FROM unseated LIMIT ?"
    some = dict.fromkeys(db.execute(query, (names,)).fetchall())
    while some:
        name, _ = some.popitem()
        done = {name, *names_of_kin(db, [name])}
        articles = arrange(db, [name])
        db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(one,) for one in articles])
        db.executemany("DELETE FROM unseated WHERE kind = ? AND name = ?", done)
        for one in done:
            some.pop(one, None)


def _tidy(database: Database) -> None:
    """Merge what a backlog has left in pieces, or acts would have to, a piece each time."""
    changed = _MERGED
    while changed >= _MERGED:
        with database.transaction() as db:
            before = db.total_changes
            db.execute("INSERT INTO said_words (said_words, rank) VALUES ('merge', ?)", (_PAGES,))
            changed = db.total_changes - before


def _left(database: Database) -> int:
    """How many articles and names wait; a library that can only be read is asked as it is."""
    query = "SELECT (SELECT count(*) FROM stale) + (SELECT count(*) FROM unseated)"
    count: int = database.rows(query)[0][0]
    return 0 if database.read_only else count


def rebuild(database: Database, watch: Watch = lambda done, whole: None) -> None:
    """Make the index anew from all readings.

    Raises:
        LibraryError: The library cannot be written.
    """
    with database.maintenance() as db:
        db.execute("PRAGMA foreign_keys = OFF")  # which nothing is checked for, row by row
        try:
            with database.transaction():
                _empty(db)
        finally:
            db.execute("PRAGMA foreign_keys = ON")
    settle_all(database, watch)


def _empty(db: sqlite3.Connection) -> None:
    """Leave nothing in the index; of two million rows none is looked at."""
    among = ", ".join("?" * len(DERIVED))
    triggers = db.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({among})",
        DERIVED,
    ).fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    db.execute("INSERT INTO said_words (said_words) VALUES ('delete-all')")
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")
    for _, trigger in triggers:
        db.execute(trigger)
    db.execute(
        "INSERT INTO stale SELECT number FROM articles WHERE id IN (SELECT article FROM findings)"
    )
