"""Which articles are open in a reader: each holds a lock, which the system takes back if it dies.

The lock is on one byte, by the article's id, of an empty file beside the library, so that nothing
stands there of what is read.
"""

import os
from pathlib import Path

from pullquote import system

_PLACES = 2**62  # bytes that can be locked; none of them is there


class Presence:
    """The articles that are open, in this program and in others.

    Where there can be no locks (a medium that cannot be written, some network shares, Windows)
    nothing is known, and all counts as closed.
    """

    def __init__(self, library: Path) -> None:
        self._path = library.with_name(f"{library.name}-readers")
        self._file: int | None = None
        self._here: set[str] = set()

    def enter(self, article: str) -> None:
        """The article of that id is open here."""
        self._here.add(article)
        self._lock(article, "shared")

    def leave(self, article: str) -> None:
        """It is closed again."""
        self._here.discard(article)
        self._lock(article, "free")

    def is_here(self, article: str) -> bool:
        """Whether it is open in this program."""
        return article in self._here

    def is_elsewhere(self, article: str) -> bool:
        """Whether it is open in another program."""
        is_free = self._lock(article, "alone")
        if is_free:
            self._lock(article, "shared" if article in self._here else "free")
        return not is_free

    def close(self) -> None:
        """All that is open here is closed."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _lock(self, article: str, how: system.Lock) -> bool:
        """Lock an article's byte, or unlock it; False where another program holds it."""
        try:
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        place = int(article, 16) % _PLACES
        return system.bytes_locked(self._file, how, place) is not False
