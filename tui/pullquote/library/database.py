"""The library's file as its rooms use it: reads, transactions, and failures in words.

A commit is on the disk when it returns (WAL, synchronous=FULL): what was once shown as saved
survives the process and the power. A row that cannot be read is left as it is, reported in
`damaged`, and costs nothing but itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, Self, TypeVar

import msgspec

from pullquote.library.acts import NotDone
from pullquote.library.file import LibraryError, connect, explained, file_of, glanced, read_only
from pullquote.text import one_line

_T = TypeVar("_T")


class Database:
    """An open library file, for several threads, of which one at a time is in it.

    Attributes:
        path: The file.
        read_only: Whether it was opened only to be read, since it cannot be written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection
        self._file = file_of(path)
        self._lock = RLock()  # a snapshot holds it around the reads in it
        self._damaged: dict[str, None] = {}

    @classmethod
    def open(cls, path: Path, make: bool) -> Self:
        """The database in a file, brought up to date (see `pullquote.library.file.connect`)."""
        return cls(path, *connect(path, make))

    @classmethod
    def only_read(cls, path: Path) -> Self:
        """The database in a file as it is now, to which nothing is written.

        Raises:
            LibraryError: There is none, or it cannot be read.
        """
        try:
            if not path.exists():
                raise LibraryError(f"{path}: no such file")
            return cls(path, read_only(path), True)
        except sqlite3.Error as error:
            raise explained(error, path) from error
        except (OSError, UnicodeError) as error:
            raise LibraryError(
                f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}"
            ) from error

    @classmethod
    def glance(cls, path: Path) -> Self:
        """The database in a file, for a short look at it that nobody waits for.

        Raises:
            LibraryError: There is none, it cannot be read just now, or is of another form.
        """
        try:
            return cls(path, glanced(path), True)
        except sqlite3.Error as error:
            raise explained(error, path) from error
        except (OSError, UnicodeError) as error:
            raise LibraryError(f"{path}: cannot be read: {error}") from error

    def close(self, patience: float) -> None:
        """Close the file once any running call has ended; see `Library.close`."""
        if self._lock.acquire(timeout=patience):
            try:
                self._connection.close()
            finally:
                self._lock.release()

    @property
    def damaged(self) -> tuple[str, ...]:
        """What could not be read so far, one line each."""
        return tuple(self._damaged)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection to write with: all that is done in the block is committed, or nothing.

        One inside another is a part of that: several calls are one then.

        Raises:
            LibraryError: The library cannot be written, or not what it was given.
        """
        self.check_writable()
        with self._begun("BEGIN IMMEDIATE"):
            yield self._connection

    @contextmanager
    def maintenance(self) -> Iterator[sqlite3.Connection]:
        """A connection for what SQLite does outside of transactions.

        Raises:
            LibraryError: The library cannot be written.
        """
        self.check_writable()
        with self._lock, self._errors_in_words():
            yield self._connection

    def check_writable(self) -> None:
        """Raises `LibraryError` where the file is only to be read, or is another by now."""
        if self.read_only:
            raise LibraryError(
                f"{self.path}: can only be read; copy its folder to where you may write, and name "
                "that with --data"
            )
        # SQLite would go on writing to what nobody opens again
        if file_of(self.path) != self._file:
            raise LibraryError(f"{self.path}: was moved or replaced; put it back, or start again")

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """All that is read in the block is of one state, whoever writes in the meantime.

        Raises:
            LibraryError: The library cannot be read.
        """
        with self._begun("BEGIN"):
            yield self._connection

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of `query`, with `values` for its parameters.

        Raises:
            LibraryError: The library cannot be read.
        """
        with self._lock, self._errors_in_words():
            return self._connection.execute(query, values).fetchall()

    def decoded(self, value: bytes, kind: type[_T], damage: str) -> _T | None:
        """The JSON in `value` as a `kind`; None where it is not one, and `damage` is reported."""
        try:
            return msgspec.json.decode(value, type=kind)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            self.report(damage)
            return None

    def report(self, damage: str) -> None:
        """Note in `damaged` what could not be read."""
        self._damaged[f"{self.path}: {damage}"] = None

    @contextmanager
    def _begun(self, begin: str) -> Iterator[None]:
        with self._lock, self._errors_in_words():
            if self._connection.in_transaction:  # of this thread: it has the lock
                yield
                return
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # some errors end the transaction by themselves
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explained(error, self.path) from error
        except NotDone as error:
            raise LibraryError(f"{self.path}: {error}") from error
        except (UnicodeError, OverflowError) as error:
            raise LibraryError(f"{self.path}: cannot hold this: {one_line(str(error))}") from error
