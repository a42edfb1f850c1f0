"""Plug-ins: the values that packages, ours and others, declare in a group of entry points.

Names are known without importing anything; a value is imported when it is looked up. Ours are entry
points like all others; in a checkout that is not installed they are read from pyproject.toml.
Another package must not be able to break anything: a plug-in that cannot be used is one line.
"""

import os
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pullquote.errors import PullquoteError, described

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")

_OURS = "pullquote."
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class BrokenPlugIn(PullquoteError):
    """A plug-in cannot be used; the message, one line, names the package."""


class PlugIns(Mapping[str, T], Generic[T]):
    """The values of type `kind` declared in `group`, by name: ours first, then others, each sorted.

    Of two with the same name the first wins, so that no package can replace ours. Looking up a
    value raises `KeyError` if no package declares the name, and `BrokenPlugIn`.
    """

    def __init__(self, group: str, kind: type[T]) -> None:
        self._group = group
        self._kind = kind

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> T:
        entry = self._entries[name]
        try:
            value = entry.load()
        except Exception as error:  # another package may raise anything while it is imported
            raise _broken(entry, described(error)) from error
        if not isinstance(value, self._kind):
            raise _broken(entry, f"{entry.value} is not a {self._kind.__name__}")
        return value

    def working(self) -> tuple[list[T], list[str]]:
        """The values that can be used, and one line for each that cannot."""
        values, broken = list[T](), list[str]()
        for name in self:
            try:
                values.append(self[name])
            except BrokenPlugIn as error:
                broken.append(str(error))
        return values, broken

    def is_ours(self, name: str) -> bool:
        """Whether `name` is declared by pullquote itself. Raises `KeyError`."""
        return self._entries[name].value.startswith(_OURS)

    def are_declared(self) -> bool:
        """Whether any package declares one: looked up without the machinery that knows which.

        The text waits for it, and in most environments there is none.
        """
        return "_entries" in vars(self) or self._is_declared

    def version(self, name: str) -> str:
        """The version of the package that declares `name`; "0" where it has none."""
        dist = self._entries[name].dist
        return dist.version if dist else "0"

    @cached_property
    def _is_declared(self) -> bool:
        group = f"[{self._group}]".encode()
        for folder in sys.path:
            with suppress(OSError):
                for name in os.listdir(folder or "."):
                    if name.endswith("-info") and group in _entry_points(f"{folder}/{name}"):
                        return True
        return False

    def look_again(self) -> None:
        """Forget the entry points: packages have been installed or removed since."""
        for known in ("_entries", "_is_declared"):
            vars(self).pop(known, None)

    @cached_property
    def _entries(self) -> "dict[str, EntryPoint]":
        from importlib.metadata import entry_points  # opening a text does not need it

        declared = sorted(entry_points(group=self._group), key=lambda one: one.name)
        ours = [one for one in declared if one.value.startswith(_OURS)]
        others = [one for one in declared if not one.value.startswith(_OURS)]
        entries: dict[str, EntryPoint] = {}
        for one in (*(ours or _in_checkout(self._group)), *others):
            entries.setdefault(one.name, one)
        return entries


@contextmanager
def raising(error: type[PullquoteError], name: str) -> Iterator[None]:
    """Raise an `error` of one line, about `name`, for whatever another package's code raises.

    Our own errors and the system's pass through.
    """
    try:
        yield
    except (PullquoteError, OSError):
        raise
    except (Exception, SystemExit) as raised:
        line = described(raised)[:200]
        raise error(f"{name}: failed: {line}; report it to its authors") from raised


def _entry_points(about: str) -> bytes:
    """The entry points of the package that a folder is about, as they are declared."""
    try:
        with open(f"{about}/entry_points.txt", "rb") as file:
            return file.read()
    except OSError:
        return b""


def _in_checkout(group: str) -> "Iterable[EntryPoint]":
    """The entry points in our own pyproject.toml, sorted; none without the file."""
    try:
        project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return ()
    from importlib.metadata import EntryPoint

    declared = project.get("entry-points", {}).get(group, {})
    return [EntryPoint(name, value, group) for name, value in sorted(declared.items())]


def _broken(entry: "EntryPoint", why: str) -> BrokenPlugIn:
    package = entry.dist.name if entry.dist else entry.module
    line = " ".join(why.split())[:200]
    return BrokenPlugIn(
        f"{entry.name}: cannot be used: {line}; update or uninstall the package {package}"
    )
