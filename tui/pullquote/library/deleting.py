"""Delete articles: all versions, with all that belongs to them; for good, or until it is undone.

What is deleted stands in the file's free pages until they are used again. `purge` writes the file
anew without them, the search's index and SQLite's log too. What the system keeps of a file that was
written over (a solid-state disk, snapshots, copies) is out of reach: docs/keeping.md.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import msgspec

from pullquote.files import clear
from pullquote.library.database import Database
from pullquote.library.file import DiskFull, LibraryError, UnusableError
from pullquote.library.following import settle
from pullquote.library.presence import Presence
from pullquote.library.records import Record, insert, read, tables

_PATIENCE = 10.0  # seconds for readers in the middle of something to end it
KEPT = "library-*.db"  # what `restore` has kept beside the library


class Going(msgspec.Struct, frozen=True):
    """What goes when an article is deleted."""

    articles: tuple[str, ...]  # the ids of all versions, the first first
    title: str  # of the last
    rows: dict[str, int]  # how many there are in each table

    @property
    def words(self) -> str:
        """The article and what belongs to it, on one line."""
        versions = len(self.articles)
        counts = [_count(table, self.rows[table]) for table in _NAMED if self.rows.get(table)]
        counts += [
            f"{count} {table}"
            for table, count in self.rows.items()
            if count and table not in (*_NAMED, *_UNSAID)
        ]
        all_versions = f", all {versions} versions" if versions > 1 else ""
        return f"“{self.title}”{all_versions}: {', '.join(counts) or 'no notes'}"


_NAMED = {
    "annotations": ("note", "notes"),
    "findings": ("analysis", "analyses"),
    "originals": ("original", "originals"),
    "evidence_pages": ("page kept as evidence", "pages kept as evidence"),
    "acts": ("act in the log", "acts in the log"),
}
_UNSAID = ("sources", "metadata", "inbox")


def _count(table: str, count: int) -> str:
    one, several = _NAMED[table]
    return f"{count} {one if count == 1 else several}"


class Bin:
    """Deletes articles, and brings back what this program deleted; raises `LibraryError`."""

    def __init__(self, database: Database, presence: Presence) -> None:
        self._database, self._presence = database, presence
        self._deleted: list[list[Record]] = []  # by act, the last last

    def going(self, article: str) -> Going | None:
        """What goes with the article of that id: all versions; None for one that is not there."""
        with self._database.snapshot() as db:
            versions = db.execute(
                "SELECT id, title, source FROM articles WHERE work = "
                "(SELECT work FROM articles WHERE id = ?) ORDER BY added, number",
                (article,),
            ).fetchall()
            if not versions:
                return None
            ids = tuple(row[0] for row in versions)
            marks = ", ".join("?" * len(ids))
            rows = {
                table: db.execute(
                    f"SELECT count(*) FROM {table} WHERE {of} IN ({marks})", ids
                ).fetchone()[0]
                for table, of in tables(db).items()
            }
        *_, (_, title, source) = versions
        return Going(ids, title or source or "Untitled", rows)

    def delete(self, *articles: str) -> None:
        """Delete the articles of these ids, as one act that `put_back` undoes.

        Raises:
            LibraryError: One of them is open in another reader; none is deleted.
        """
        for one in articles:
            if self._presence.is_elsewhere(one):
                raise LibraryError(
                    f"{self._database.path}: the article {one[:8]} is open in another reader; "
                    "leave it there, then delete it"
                )
        with self._database.transaction() as db:
            records = [record for one in articles if (record := read(db, one))]
            _delete(db, articles)
        if records:
            self._deleted.append(records)

    def put_back(self) -> int:
        """Bring back what was deleted last; how many articles, 0 where there are none."""
        if not self._deleted:
            return 0
        with self._database.transaction() as db:
            for record in self._deleted[-1]:
                insert(db, record)
                settle(db, record.id)
        return len(self._deleted.pop())

    def purge(self, articles: Sequence[str] = (), tell: Callable[[str], object] = str) -> None:
        """Leave nothing of what is deleted in the file, nor in the copies that lie beside it.

        Args:
            articles: The ids of those deleted, which are deleted from the copies, too.
            tell: Told what is being done, in a few words.

        Raises:
            LibraryError: A copy cannot be written, or another program reads the whole time, so that
                SQLite's log could not be emptied; or there is no room to write the file anew.
        """
        self._deleted.clear()
        clear(self._database.path.parent)
        with _full_in_words(self._database.path):
            _purge(self._database, tell)
        for path in sorted(self._database.path.parent.glob(KEPT)):
            try:
                with _full_in_words(path):
                    _purge_copy(path, articles, tell)
            except UnusableError as error:
                tell(f"may still have it, delete the file yourself: {error}")


def _delete(db: sqlite3.Connection, articles: Sequence[str]) -> None:
    from pullquote.library.indexing import settle_voices
    from pullquote.library.seating import seats_in, settle_names
    from pullquote.library.wordings import forget_unused, wordings_in

    db.execute("PRAGMA secure_delete = ON")  # costs little, and what is deleted is zeros then
    ids = [(one,) for one in articles]
    address = "DELETE FROM waiting WHERE address = (SELECT url FROM articles WHERE id = ?)"
    db.executemany(address, ids)
    query = "SELECT number FROM articles WHERE id = ?"
    numbers = [row[0] for one in ids for row in db.execute(query, one)]
    seats, wordings = seats_in(db, numbers), wordings_in(db, numbers)
    db.executemany("DELETE FROM articles WHERE id = ?", ids)
    settle_names(db, [one.voice for one in seats])
    settle_voices(db, {name for one in seats for name in one.one.joining})
    forget_unused(db, wordings)


def _purge_copy(path: Path, articles: Sequence[str], tell: Callable[[str], object]) -> None:
    copy = Database.open(path, make=False)
    try:
        with copy.transaction() as db:
            _delete(db, articles)
        _purge(copy, tell)
    finally:
        copy.close(-1)


# What brought only what is gone: the name of its file may say what the article was.
_FORGET_IMPORTS = (
    "DELETE FROM imported WHERE article != '' AND article NOT IN (SELECT id FROM articles)",
    "DELETE FROM imported WHERE article = '' AND note NOT IN (SELECT id FROM waiting_notes)",
    "DELETE FROM imports WHERE id NOT IN (SELECT import FROM imported)",
)
_TERMS = {
    "said_rows": ("kind", "speaker", "how", "sourcing", "commitment", "cue"),
    "member_rows": ("name", "role", "affiliation", "names", "kind"),
}
_USED = " UNION ".join(f"SELECT {one} FROM {table}" for table in _TERMS for one in _TERMS[table])
# Sites and terms that nothing has, and questions that led to what is gone: they may name whom it
# was of.
_FORGET_SAID = (
    f"DELETE FROM said_terms WHERE number NOT IN ({_USED})",
    "DELETE FROM sites WHERE number NOT IN (SELECT site FROM indexed WHERE site IS NOT NULL)",
    "DELETE FROM asked WHERE number NOT IN (SELECT number FROM said)",
)


def _forget_evidence(db: sqlite3.Connection) -> None:
    """Delete what was fetched as evidence of which no note says any more that it rests on it."""
    states = ("SELECT json FROM annotations", "SELECT before FROM acts", "SELECT after FROM acts")
    rested_on = {
        digest
        for select in states
        for (state,) in db.execute(f"{select} WHERE instr({select.split()[1]}, '\"sha256\"')")
        for digest in _SHA256.findall(state)
    }
    for (digest,) in db.execute("SELECT DISTINCT sha256 FROM evidence_pages").fetchall():
        if digest not in rested_on:
            db.execute("DELETE FROM evidence_pages WHERE sha256 = ?", (digest,))


_SHA256 = re.compile(r'"sha256":"([0-9a-f]{64})"')


@contextmanager
def _full_in_words(path: Path) -> Iterator[None]:
    """Say what to do where there is no room to write a file anew."""
    try:
        yield
    except DiskFull as error:
        size = -(-os.path.getsize(path) // 1_000_000)
        raise DiskFull(
            f"{path}: what was deleted is out of the library, but may still stand in the file: to "
            f"write that anew takes {2 * size} MB free beside it and {size} MB in the folder for "
            "temporary files (SQLITE_TMPDIR names another); make room, then do pullquote delete "
            "--purge"
        ) from error


def _purge(database: Database, tell: Callable[[str], object]) -> None:
    from pullquote.library.backlog import left, settle_all
    from pullquote.library.decisions import forget_decisions

    if left(database):  # else no article would have the names of those that wait
        tell("indexing what waits for it")
        settle_all(database)
    with database.maintenance() as db:
        db.execute("PRAGMA secure_delete = ON")
        for statement in (*_FORGET_IMPORTS, *_FORGET_SAID):
            db.execute(statement)
        forget_decisions(db)
        _forget_evidence(db)
        indexes = db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'")
        for (index,) in indexes.fetchall():
            tell(f"writing the index {index} anew")
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        tell(f"writing {database.path.name} anew")
        db.execute("VACUUM")
        _empty_log(db, database.path)


def _empty_log(db: sqlite3.Connection, path: Path) -> None:
    end = monotonic() + _PATIENCE
    while db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if monotonic() > end:
            raise LibraryError(
                f"{path}: all is deleted, but another program reads, so that SQLite's log still "
                "has it; close that and do pullquote delete --purge again"
            )
        sleep(0.1)
