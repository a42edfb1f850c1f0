"""The library's file: made, opened, brought up to date, and refused where it cannot be used.

Where nothing can be written (a stick with its switch on, a backup that is mounted, a colleague's
folder) it is opened to be read. One that must be changed first even for that (an older form, or
acts still in SQLite's log) is read from a copy in memory.
"""

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Self

from pullquote import system
from pullquote.article import canonical
from pullquote.errors import PullquoteError
from pullquote.library.acts import begin
from pullquote.library.aside import lay_aside
from pullquote.library.narrowing import mentions
from pullquote.library.schema import SCRIPTS, statements
from pullquote.library.shingled import shingles_of

FILE = "library.db"
_BUSY = 5.0  # seconds to wait for another reader's transaction, which takes milliseconds
_GLANCE = 0.1  # seconds to wait where somebody is typing
# bytes; a larger file is read from end to end only where there is a reason: 300 MB take 0.2 s of
# CPU and, where they are not in memory yet, seconds of a disk
_AT_ONCE = 32_000_000
_CONVERTED = 30_000_000  # bytes; of a larger file, what is derived is made anew (aside.py)
_SLOW = 100_000_000  # bytes; to bring a larger file up to date may take more than some seconds
_SLOW_FORMS = 13  # the last form from which the words of all articles are indexed anew in one go
_IN_MEMORY = 512_000_000  # bytes; a larger file is not copied into memory
_SHARED_FIRST, _SHARED_LOCKS = 0x40000002, 510  # bytes that readers lock, by SQLite's file format
_LEAST = 512  # bytes: SQLite's smallest page
_TABLES = {"articles", "sources", "findings", "annotations", "acts"}
_FOREIGN = "is not a library of pullquote"
_DAMAGED = "is damaged"
_WAY_OUT = {
    _FOREIGN: "move it away and start again",
    _DAMAGED: "move it away or restore it from a copy, then start again",
}
_UNREADABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


class LibraryError(PullquoteError):
    """The library cannot be used; the message is one line that names the file and a way out."""


class DiskFull(LibraryError):
    """There is no room left where the library, or what SQLite needs to write it, lies."""


class UnusableError(LibraryError):
    """What lies there is no library that this program can open, whoever tries it.

    Attributes:
        reason: What is wrong with the file; "" where only a newer program can open it.
    """

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason

    @classmethod
    def of(cls, path: Path, reason: str) -> Self:
        """One that says how to get by without the file, which is the reader's own library."""
        return cls(f"{path}: {reason}; {_WAY_OUT[reason]}", reason)


def connect(path: Path, make: bool) -> tuple[sqlite3.Connection, bool]:
    """A connection to the library in a file, brought up to date.

    Args:
        path: The file.
        make: Whether a folder or file that is not there is made, for its owner alone.

    Returns:
        The connection, in autocommit mode, and whether it can only be read.

    Raises:
        LibraryError: The file cannot be used, or is not there and not to be made.
    """
    if not make and not os.path.exists(path):
        raise LibraryError(
            f"{path}: no library here; pullquote SOURCE begins one, --data names another folder"
        )
    try:
        if os.path.exists(path) and not _may_write(path):
            return read_only(path), True
        try:
            return _writable(path), False
        except sqlite3.OperationalError as error:
            if not os.path.exists(path) or error.sqlite_errorcode & 0xFF not in _UNREADABLE:
                raise
            return read_only(path), True
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise LibraryError(
            f"{path}: cannot be opened: {why}; name another folder with --data"
        ) from error


def takes_long(path: Path) -> bool:
    """Whether a library is large and of an old form, so that opening it may take minutes.

    What cannot be looked at is nothing to wait for.
    """
    try:
        if path.stat().st_size < _SLOW:
            return False
        with closing(_at_a_glance(path)) as connection:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except (OSError, sqlite3.Error):
        return False
    return 0 < version <= _SLOW_FORMS


def explained(error: sqlite3.Error, path: Path) -> LibraryError:
    """What is wrong with the library in `path`, in words that help."""
    # SQLite's index of its log has no room: it calls that an error of the disk
    is_full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHMSIZE
    said = "full" if is_full else str(error)
    reason = next(
        (reason for word, reason in _REASONS if word in said),
        f"{said}; name another folder with --data",
    )
    if reason in _WAY_OUT:
        return UnusableError.of(path, reason)
    return (DiskFull if reason == _FULL else LibraryError)(f"{path}: {reason}")


def file_of(path: Path) -> tuple[int, int]:
    """Which file a name leads to; (0, 0) where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


_FULL = "cannot be written: the disk is full; make room and try again"
_REASONS = (
    ("FOREIGN KEY", "no longer has this article; open it again"),
    ("UNIQUE", "was written to by another program at the same moment; try again"),
    ("locked", "is locked by another program; close that and try again"),
    ("not a database", _FOREIGN),
    ("no such table", _FOREIGN),
    ("no such column", _FOREIGN),
    ("malformed", _DAMAGED),
    ("corrupt", _DAMAGED),
    ("readonly", "cannot be written; check its permissions, or name another folder with --data"),
    ("full", _FULL),
    ("closed database", "is closed; start again to go on"),
)


def _may_write(path: Path) -> bool:
    """Whether the file may be written, and SQLite's log be made beside it."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(one, os.W_OK, effective_ids=effective) for one in (path, path.parent))


def _writable(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _check_file(path)
    suspect = _is_suspect(path)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = _connection_to(path)
    try:
        _check(connection, path, suspect)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _bring_up_to_date(connection, is_large=path.stat().st_size > _CONVERTED)
        begin(connection)
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def read_only(path: Path) -> sqlite3.Connection:
    """The file opened so that nothing is written to it.

    SQLite needs its log beside the file. Where there is none, nobody writes, so that the file can
    be read as it stands.
    """
    _check_file(path)
    log = _log(path)
    has_log = log.exists() and log.stat().st_size > 0
    suspect = _is_suspect(path)
    connection = _connection_to(_to_be_read(path, has_log), uri=True)
    try:
        version = _check(connection, path, suspect)
    except BaseException as error:
        connection.close()
        if (
            has_log
            and isinstance(error, sqlite3.OperationalError)
            and error.sqlite_errorcode & 0xFF in _UNREADABLE
        ):
            return _in_memory(path, log)
        raise
    if version == len(SCRIPTS):
        return connection
    connection.close()
    return _in_memory(path, *([log] if has_log else []))


def glanced(path: Path) -> sqlite3.Connection:
    """The file opened for a look at it: nothing is written, checked, or waited for.

    Raises `sqlite3.Error`, and `LibraryError` for an older or newer form.
    """
    connection = _at_a_glance(path)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != len(SCRIPTS):
            raise LibraryError(f"{path}: is of another form; open it in the reader once")
    except BaseException:
        connection.close()
        raise
    return connection


def _at_a_glance(path: Path) -> sqlite3.Connection:
    log = _log(path)
    has_log = log.exists() and log.stat().st_size > 0
    return _connection_to(_to_be_read(path, has_log), uri=True, busy=_GLANCE)


def _to_be_read(path: Path, has_log: bool) -> str:
    parameters = {"mode": "ro"} | ({} if has_log else {"immutable": "1"})
    return system.sqlite_uri(path.absolute(), **parameters)


def _in_memory(*files: Path) -> sqlite3.Connection:
    """A copy of the library, of its file and SQLite's log, that can only be read."""
    import shutil
    import tempfile

    path = files[0]
    if sum(file.stat().st_size for file in files) > _IN_MEMORY:
        raise LibraryError(
            f"{path}: cannot be brought up to date where it lies; copy its folder to where it "
            "can be written, and name that with --data"
        )
    memory = _connection_to(":memory:")
    try:
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                shutil.copyfile(file, Path(folder, file.name))
            copy = _connection_to(Path(folder, path.name))
            try:
                _check(copy, path, suspect=True)
                copy.backup(memory)
            finally:
                copy.close()
        _bring_up_to_date(memory, is_large=False)  # what is only read is not indexed again
        memory.execute("PRAGMA query_only = ON")
    except BaseException:
        memory.close()
        raise
    return memory


def _connection_to(path: Path | str, uri: bool = False, busy: float = _BUSY) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=busy, isolation_level=None, check_same_thread=False, uri=uri
    )
    # A character that is damaged is no reason not to show the others.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    connection.create_function("mentions", 2, mentions, deterministic=True)
    connection.create_function("shingles_of", 1, shingles_of, deterministic=True)
    return connection


def _check_file(path: Path) -> None:
    """Raises `LibraryError` for what is no file, and for one that SQLite would begin anew."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise UnusableError.of(path, _FOREIGN)
    if os.path.exists(path) and 0 < os.path.getsize(path) < _LEAST:
        raise UnusableError.of(path, _DAMAGED)


def _log(path: Path) -> Path:
    """SQLite's log: it is there while the library is open, and after a reader that was killed."""
    return path.with_name(f"{path.name}-wal")


def _is_suspect(path: Path) -> bool:
    """Whether the whole file is to be looked at before it is used.

    One that is small, since that costs nothing, one that was not closed and that nobody has open,
    and one that has not the length that it says. Damage in others is reported by the read that
    meets it.
    """
    if not path.exists() or path.stat().st_size <= _AT_ONCE:
        return True
    if _log(path).exists() and not _is_open_elsewhere(path):
        return True
    with path.open("rb") as file:
        head = file.read(_LEAST)
    page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])  # SQLite's file format
    return (65536 if page == 1 else page) * pages != path.stat().st_size


def _is_open_elsewhere(path: Path) -> bool:
    """Whether another program has the file open: the log is its own then, and nobody was killed.

    SQLite keeps some bytes locked as long as it has a file open; who opens it at the same moment
    waits for the locks that are tried here.
    """
    if not _may_write(path):
        return False
    try:
        with path.open("r+b") as file:  # and closing it lets the lock go
            taken = system.bytes_locked(file.fileno(), "alone", _SHARED_FIRST, _SHARED_LOCKS)
    except OSError:
        return False
    return taken is False


def _check(connection: sqlite3.Connection, path: Path, suspect: bool) -> int:
    """The file's version, before it is written to.

    Raises `LibraryError` for one that is not ours, and for one that is `suspect` and damaged.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    there = {
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if version > len(SCRIPTS):
        raise UnusableError(
            f"{path}: was written by a newer pullquote (version {version}); update pullquote to "
            "open it"
        )
    if version < 0 or (there and not version) or (version and not there >= _TABLES):
        raise UnusableError.of(path, _FOREIGN)
    if suspect and version and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise UnusableError.of(path, _DAMAGED)
    return version


def _bring_up_to_date(connection: sqlite3.Connection, is_large: bool) -> None:
    connection.create_function(
        "work", 2, lambda url, identity: canonical(url) or identity, deterministic=True
    )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if is_large and version < len(SCRIPTS):
        lay_aside(connection, version)
    for number in range(version, len(SCRIPTS)):
        connection.execute("BEGIN IMMEDIATE")
        # if not, another process was faster
        if connection.execute("PRAGMA user_version").fetchone()[0] == number:
            for statement in statements(SCRIPTS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
