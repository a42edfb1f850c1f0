"""What the files of an export are called: a name that stays the same, whatever the reader adds.

A name has words of the article's title, the start of its id, and the format's suffix. A new version
of an article has another id and may have another title; it goes into the file that was written
before, which is known by the ids of the earlier versions, or else gets the name of the first.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Protocol

from pullquote.formats.registry import FORMATS
from pullquote.notes.reading import Reading

_BYTES = 200  # of a title in a file's name; most file systems take 255 of the whole name
_SHOWN = 8  # digits of an id


class Titled(Protocol):
    """A version of a work."""

    @property
    def id(self) -> str:
        """The article's."""

    @property
    def title(self) -> str:
        """The article's, as the reader has put it right."""


# The versions of a work by the id of any of them, the first first; none where it is not known.
Versions = Callable[[str], Sequence[Titled]]


def no_versions(article: str) -> Sequence[Titled]:
    """No article is known to have another version."""
    return ()


def file_name(reading: Reading, form: str) -> str:
    """The name of a file for a reading alone, in a format."""
    return _name(reading.article.title, reading.article.id, form)


def _name(title: str, identity: str, form: str) -> str:
    words = re.sub(r"[\W_]+", "-", title.lower()).strip("-")[:60]
    words = words.encode()[:_BYTES].decode(errors="ignore").rstrip("-")
    return f"{words}{_ending(identity, form)}".lstrip("-")


def _ending(identity: str, form: str) -> str:
    return f"-{identity[:_SHOWN]}{FORMATS[form].suffix}"


class Names:
    """The names of the files that go into a folder in one export.

    Attributes:
        folder: Where they go.
        form: The name of a format.
        versions: The versions of a work.
    """

    def __init__(self, folder: Path, form: str, versions: Versions = no_versions) -> None:
        self.folder, self.form, self.versions = folder, form, versions
        self._given = set[str]()

    def path(self, reading: Reading) -> Path:
        """The file for a reading: no other's in this export."""
        chosen = next(name for name in self._possible(reading) if name not in self._given)
        self._given.add(chosen)
        return self.folder / chosen

    def _possible(self, reading: Reading) -> Iterable[str]:
        versions = self.versions(reading.article.id)
        for version in reversed(versions):
            yield from self._there.get(_ending(version.id, self.form), ())
        for version in versions[:1]:
            yield _name(version.title, version.id, self.form)
        own = file_name(reading, self.form)
        yield own
        suffix = FORMATS[self.form].suffix
        yield from (f"{own.removesuffix(suffix)}-{number}{suffix}" for number in count(2))

    @cached_property
    def _there(self) -> dict[str, list[str]]:
        """The files that are there in the format, by how their names end, in order."""
        suffix = FORMATS[self.form].suffix
        length = len(_ending("0" * _SHOWN, self.form))
        there: dict[str, list[str]] = {}
        with suppress(OSError):
            for name in sorted(os.listdir(self.folder)):
                if name.endswith(suffix):
                    there.setdefault(f"-{name}"[-length:], []).append(name)
        return there
