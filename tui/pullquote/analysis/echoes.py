"""Words in marks that stand in somebody's words elsewhere in the article: a heading, a pull quote.

Looked up by their first two words, so that a look costs what it finds.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from pullquote.findings import Attribution, AttributionKind, Rule

T = TypeVar("T")
_WORD = re.compile(r"\w+")
_FEWEST = 2  # words; one may be said by anybody
_PLACES = 8  # where two words stand, at most looked at


class Echoes(Generic[T]):
    """What was said, by whom, to be found by a part of it."""

    def __init__(self, said: Iterable[tuple[str, T]]) -> None:
        self._said: list[tuple[list[str], T]] = []
        self._at: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for text, who in said:
            words = _words(text)
            for place in range(len(words) - 1):
                key = (words[place], words[place + 1])
                if len(self._at[key]) < _PLACES:
                    self._at[key].append((len(self._said), place))
            self._said.append((words, who))

    def find(self, text: str) -> T | None:
        """Who says these words."""
        words = _words(text)
        if len(words) < _FEWEST:
            return None
        for number, place in self._at.get((words[0], words[1]), ()):
            said, who = self._said[number]
            if said[place : place + len(words)] == words:
                return who
        return None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def echoing(
    text: str, attributions: Sequence[Attribution], found: Container[int]
) -> Iterator[tuple[int, int]]:
    """Quotations without a cue whose words stand in one of those `found`, each with that."""
    floating = [n for n, one in enumerate(attributions) if one.rule is Rule.FLOATING]
    said = Echoes(
        (text[slice(*span)], number)
        for number, one in enumerate(attributions)
        if number in found and one.rule is not Rule.FLOATING
        if one.kind is not AttributionKind.INDIRECT
        for span in one.content
    )
    for number in floating:
        who = said.find(text[slice(*attributions[number].content[0])])
        if who is not None:
            yield number, who
