"""Passages: stretches of a text that are learned from at once, since mentions look far back.

A passage is read in windows, as the run time reads.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

from pullquote.analysis.words import Encoded, Tokens, inputs
from pullquote.training.examples import packed
from pullquote.training.mentions import ORGANISATION, PLACE, Text, Types
from pullquote.training.vectors import Inputs

# The share of actors whose "it" becomes "they": companies and teams often are "they" in news,
# seldom in what there is to learn from.
_PLURAL: dict[Types, float] = {ORGANISATION: 0.5, PLACE: 0.15}
_THEY = {"its": "their", "itself": "themselves"}
_VERBS = {"is": "are", "was": "were", "has": "have", "does": "do", "says": "say"}
_AUXILIARIES = frozenset(
    {"had", "will", "would", "can", "could", "may", "might", "should", "did", "also"}
)


class Passage(NamedTuple):
    """Neighbouring windows of one text, with the numbers of their words in it."""

    text: Text
    windows: list[Inputs]
    numbers: range

    @property
    def heads(self) -> Iterator[int]:
        """The numbers of the words that are the head of a mention."""
        return (number for number in self.numbers if number in self.text.heads)


def passages(
    texts: Iterable[Text], tokens: Tokens, dice: Random, size: int, rooms: Sequence[int]
) -> list[Passage]:
    """All that has mentions, in passages of about `size` pieces, cut anew at each call.

    Each text's windows have one of the `rooms`, in pieces.
    """
    found: list[Passage] = []
    for text in texts:
        varied = _with_plurals(text, tokens, dice)
        found += _cut(varied, size, dice.choice(rooms), dice)
    return [one for one in found if any(one.heads)]


def _cut(text: Text, size: int, room: int, dice: Random) -> Iterator[Passage]:
    windows: list[Inputs] = []
    used = first = last = 0
    sizes = [part.size for part in text.parts]
    for run in packed(sizes, room, dice.randint(room // 3, room)):
        window = inputs(text.parts[run.start : run.stop])
        if windows and used + len(window[0]) > size:
            yield Passage(text, windows, range(first, last))
            windows, used, first = [], 0, last
        windows.append(window)
        used += len(window[0])
        last += len(window[3])
    if windows:
        yield Passage(text, windows, range(first, last))


def _with_plurals(text: Text, tokens: Tokens, dice: Random) -> Text:
    """The text with "they" for "it" where some of its actors are meant."""
    types: defaultdict[str, Counter[Types]] = defaultdict(Counter)
    for head in text.heads.values():
        types[head.chain][head.types] += 1
    chosen = {
        chain
        for chain, counted in types.items()
        if dice.random() < _PLURAL.get(counted.most_common(1)[0][0], 0)
    }
    swaps: dict[int, str] = {}
    for number, head in text.heads.items():
        if head.chain in chosen:
            swaps |= _plural(text, number)
    return replace(text, parts=_swapped(text.parts, swaps, tokens)) if swaps else text


def _plural(text: Text, number: int) -> dict[int, str]:
    """Which words become others so that an "it" becomes "they"."""
    written = text.words[number].text
    word = written.lower()
    if word in _THEY:
        return {number: _THEY[word]}
    if word != "it":
        return {}
    after = text.words[number + 1].text if number + 1 < len(text.words) else ""
    if after in _VERBS:
        return {number: "they", number + 1: _VERBS[after]}
    is_subject = written[0].isupper() or after in _AUXILIARIES or after.endswith(("ed", "s"))
    return {number: "they" if is_subject else "them"}


def _swapped(parts: Iterable[Encoded], swaps: dict[int, str], tokens: Tokens) -> list[Encoded]:
    """The parts with other words in some places; offsets stay."""
    swapped, offset = [], 0
    for part in parts:
        words, pieces = list(part.words), list(part.pieces)
        for at, word in enumerate(part.words):
            if offset + at in swaps:
                new = swaps[offset + at]
                new = new.capitalize() if word.text[:1].isupper() else new
                (encoded,) = tokens.encoded(new, (0, len(new)))
                words[at] = word._replace(text=new, casing=encoded.words[0].casing)
                pieces[at] = encoded.pieces[0]
        offset += len(words)
        swapped.append(Encoded(words, pieces))
    return swapped
