"""Complete the condition that is being typed in a question: its name, or its value."""

import re
from typing import NamedTuple

from pullquote.library.store import Library
from pullquote.notes.questions import CHECKABLE, FIELDS, KINDS, OPEN, SOURCINGS

_LEAST = 2  # letters of a condition's name
_MOST = 8  # completions
_BEGUN = re.compile(rf'(?:^|\s)(?:({"|".join(FIELDS)}):("[^"]*|\S*)|(\w+))$', re.IGNORECASE)


class Completions(NamedTuple):
    """What the end of a line may become: the line before it, and its ends."""

    before: str
    ends: tuple[str, ...] = ()

    def line(self, number: int) -> str:
        """The line with one of its ends; behind the last comes the first again."""
        return self.before + self.ends[number % len(self.ends)]


NONE = Completions("")


def completions(library: Library, typed: str) -> Completions:
    """How a line may go on.

    Raises:
        LibraryError: The library cannot be read.
    """
    found = _BEGUN.search(typed)
    if found is None:
        return NONE
    field, value, word = found.groups()
    if word:
        ends = [one for one in (*(f"{name}:" for name in FIELDS), CHECKABLE) if _begins(one, word)]
        return Completions(typed[: found.start(3)], tuple(ends if len(word) >= _LEAST else ()))
    values = _values(library, field.lower(), value.lstrip('"'))
    return Completions(typed[: found.start(2)], tuple(map(_quoted, values[:_MOST])))


def _begins(name: str, word: str) -> bool:
    return name.startswith(word.lower()) and name != word.lower()


def _values(library: Library, field: str, begun: str) -> list[str]:
    """What a condition may have for a value."""
    if field in ("by", "about"):
        return list(library.voices.completions(begun, _MOST))
    if field == "site":
        known = [name for name, _ in library.said.sites()]
        return [one for one in known if begun.lower() in one.lower()]
    fixed = {"kind": KINDS, "sourcing": SOURCINGS}
    known = list(fixed.get(field, ()))
    if field == "verdict":
        known = [*library.said.verdicts(), OPEN]
    return [one for one in known if one.startswith(begun.lower())]


def _quoted(value: str) -> str:
    return f'"{value}" ' if " " in value else f"{value} "
