"""What waits to be indexed: settled bit by bit, before a question or while no key is pressed.

Articles come first, then the names of those on whom the seats of others may depend: each is
arranged once, however many articles have come. Nobody has to wait for a long backlog: each bit is a
short transaction of its own, with a pause in which others come to the library, and questions are
answered with what is there meanwhile. A program that is killed leaves the rest to be done.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import monotonic, sleep

from pullquote.library.arranging import arrange
from pullquote.library.aside import clear_some, lay_all_aside
from pullquote.library.database import Database
from pullquote.library.indexing import index_apart
from pullquote.library.kindred import names_of_kin
from pullquote.text import plural

_BIT = 0.25  # seconds of one transaction, but for what is begun in them
_PAUSE = 0.1  # seconds: who waits for the library looks as often at whether it is free (SQLite)
_SOON = 50  # articles and names that a question waits for
_PATIENCE = 5.0  # seconds that it does
_TURNS = 4  # times that all may come again in one go: then it waits for the next
_SHARE = 10  # where one of so many articles is made anew, the full-text index is, too
_PAGES = 200  # of the full-text index, merged in one transaction
_MERGED = 2  # changes of one in which something was merged, by SQLite's manual
_WHOLE, _PIECES = "the words, as a whole", "the words, in pieces"  # in `untidy`

Watch = Callable[[int, int], object]  # what is done of what there is


@dataclass(frozen=True, slots=True)
class Left:
    """What waits; true where there is anything.

    Attributes:
        articles: How many are to be indexed.
        names: How many are to be given their voices.
        is_untidy: Whether something is to be put in order that no question depends on.
    """

    articles: int
    names: int
    is_untidy: bool

    def __bool__(self) -> bool:
        return self.count > 0 or self.is_untidy

    @property
    def count(self) -> int:
        """How many articles and names."""
        return self.articles + self.names

    @property
    def words(self) -> str:
        """What a list lacks, in a line; "" where it is whole."""
        if self.articles:
            are = "is" if self.articles == 1 else "are"
            return f"{plural(self.articles, 'article')} {are} still being indexed"
        if self.names:
            return f"voices are still being told apart: {plural(self.names, 'name')}"
        return ""


NOTHING = Left(0, 0, False)


def left(database: Database) -> Left:
    """What waits; nothing in a library that can only be read, which is asked as it is."""
    if database.read_only:
        return NOTHING
    query = (
        "SELECT (SELECT count(*) FROM stale), (SELECT count(*) FROM unseated), "
        "EXISTS (SELECT 1 FROM untidy) "
        "OR EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name GLOB 'old[0-9]*_*')"
    )
    articles, names, is_untidy = database.rows(query)[0]
    return Left(articles, names, bool(is_untidy))


def settle_all(
    database: Database, watch: Watch = lambda done, whole: None, patience: float = inf
) -> Left:
    """Bring the index up to date, and without a limit put it in order; what is left then.

    Args:
        database: The library's.
        watch: Is told how many articles and names of how many are done.
        patience: The most seconds, but for what is begun in them.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    end, there = monotonic() + patience, left(database)
    turns, whole = 0, there.count
    in_order = patience == inf  # nobody waits for an answer
    while (there.count or (in_order and there)) and monotonic() < end and turns <= _TURNS * whole:
        there = settle_some(database, _BIT)
        turns += there.count > 0
        whole = max(whole, there.count)  # of articles that are read, names come to be seated
        watch(whole - there.count, whole)
        if there:
            sleep(_PAUSE)
    return there


def settle_soon(database: Database) -> Left:
    """Bring the index up to date before a question, unless that takes long; what is left then."""
    there = left(database)
    if 0 < there.count <= _SOON:
        return settle_all(database, patience=_PATIENCE)
    return there


def settle_some(database: Database, seconds: float) -> Left:
    """Bring as much up to date as can be done in a transaction of so many seconds; what is left.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    there = left(database)
    if not there:
        return there
    end = monotonic() + seconds
    with database.transaction() as db:
        is_clear = not clear_some(db)
        if there.articles:
            _note_untidy(db, there.articles)
            _index_some(db, end)
        elif there.names:
            _seat_some(db, end)
        elif is_clear:
            _merge_some(db)
    return left(database)


def _index_some(db: sqlite3.Connection, end: float) -> None:
    query = "SELECT article FROM stale ORDER BY article LIMIT 1"
    while row := db.execute(query).fetchone():
        index_apart(db, row[0])
        if monotonic() >= end:
            break


def _seat_some(db: sqlite3.Connection, end: float) -> None:
    query = "SELECT kind, name FROM unseated LIMIT 1"
    while name := db.execute(query).fetchone():
        done = {name, *names_of_kin(db, [name])}
        articles = arrange(db, [name])
        db.executemany("INSERT OR IGNORE INTO stale VALUES (?)", [(one,) for one in articles])
        db.executemany("DELETE FROM unseated WHERE kind = ? AND name = ?", done)
        if monotonic() >= end:
            break


# --- the full-text index


def _note_untidy(db: sqlite3.Connection, articles: int) -> None:
    """Have the index merged once so many articles are made anew.

    Else acts would have to, a piece each time; and it keeps of a row that goes that it has gone.
    """
    if articles <= _SOON:
        return
    there = db.execute("SELECT count(*) FROM indexed").fetchone()[0]
    what = _WHOLE if _SHARE * articles >= there else _PIECES
    db.execute("INSERT OR IGNORE INTO untidy VALUES (?)", (what,))


def _merge_some(db: sqlite3.Connection) -> None:
    (what,) = db.execute("SELECT what FROM untidy ORDER BY what LIMIT 1").fetchone() or ("",)
    pages = -_PAGES if what == _WHOLE else _PAGES  # below 0, all is taken for one piece at first
    before = db.total_changes
    db.execute("INSERT INTO said_words (said_words, rank) VALUES ('merge', ?)", (pages,))
    is_done = db.total_changes - before < _MERGED
    db.execute("DELETE FROM untidy WHERE what = ?", (what,))
    if what == _WHOLE or not is_done:
        db.execute("INSERT OR IGNORE INTO untidy VALUES (?)", (_PIECES,))


# --- all of it


def rebuild(database: Database, watch: Watch = lambda done, whole: None) -> None:
    """Make the index anew from all readings; what was there goes bit by bit.

    Raises:
        LibraryError: The library cannot be written.
    """
    with database.maintenance() as db:
        lay_all_aside(db)
    settle_all(database, watch)
