"""Which mentions of speakers are written in their hue, so that the page stays quiet.

Those that name them are, and of others ("she", "the spokeswoman") the one that a paragraph has
before any name; of each, the name alone, and of a long description how it begins. Where that were
too much of a text, it is the first mention in a paragraph, or in the article: by name, if there is
one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pullquote.findings import Findings
from pullquote.reader.hues import Hues
from pullquote.reader.marks import Mark
from pullquote.text import Span, at

QUIET = 0.095  # of a text: what may be styled, so that it is no more than a tenth of its letters
_LONG = 32  # characters; of a longer description only so many words are written in a hue
_WORDS = 2
_WORD = re.compile(r"\w[\w’'.-]*")


class Mention(NamedTuple):
    """What is written in a hue: a mention, or the name in it."""

    actor: str
    span: Span
    is_name: bool
    paragraph: int | None


def mentions(
    marks: Iterable[Mark],
    text: str,
    paragraphs: Sequence[Span],
    found: Findings,
    hues: Hues,
    room: float,
) -> tuple[Mention, ...]:
    """What is written in a hue, or in grey for the unnamed who speak.

    Args:
        marks: The mentions of actors, in text order.
        text: The article's text.
        paragraphs: Where its paragraphs lie, in order.
        found: Has the actors' names.
        hues: Who has a hue.
        room: How many code points there are for it.
    """
    all_of_them = tuple(_mentions(marks, text, paragraphs, found, hues))
    kept = all_of_them
    for way in _WAYS:
        kept = tuple(way(all_of_them))
        if sum(end - start for _, (start, end), *_ in kept) <= room:
            break
    return kept


def _mentions(
    marks: Iterable[Mark], text: str, paragraphs: Sequence[Span], found: Findings, hues: Hues
) -> Iterator[Mention]:
    for mark in marks:
        actor = found.actor(mark.actor)
        if actor is None or not hues.speaks(actor.id):
            continue
        if hues.hue(actor.id):
            names = [(span, _name_in(text, span, actor.name)) for span in mark.spans]
        elif actor.id in hues.unnamed and _describes(text[slice(*mark.spans[0])], actor.name):
            names = [(span, None) for span in mark.spans]
        else:  # without a hue; or "they", of which grey would say no more than the word
            names = []
        for span, name in names:
            shown = _beginning(text, name or span)
            yield Mention(actor.id, shown, bool(name), at(paragraphs, span[0]))


def _describes(words: str, name: str) -> bool:
    """Whether a mention of somebody unnamed has a word of their description."""
    return not set(words.casefold().split()).isdisjoint(name.casefold().split())


def _beginning(text: str, span: Span) -> Span:
    """The first words of a long description, all of a short one."""
    if span[1] - span[0] <= _LONG:
        return span
    words = [word.end() for word in islice(_WORD.finditer(text, *span), _WORDS)]
    return span[0], max(words, default=span[1])


def _name_in(text: str, span: Span, name: str) -> Span | None:
    """Where a name stands in a mention, whole or in part: "Macron" in "President Macron"."""
    start = text.find(name, *span)
    if start >= 0:
        return start, start + len(name)
    words = {word for word in _WORD.findall(name) if word[0].isupper()}
    shared = [one.span() for one in _WORD.finditer(text, *span) if one[0] in words]
    return (shared[0][0], shared[-1][1]) if shared else None


def _names(ones: Iterable[Mention]) -> Iterator[Mention]:
    seen: set[tuple[str, int | None]] = set()
    for one in ones:
        if one.is_name or (one.actor, one.paragraph) not in seen:
            yield one
        seen.add((one.actor, one.paragraph))


def _first_of_paragraph(ones: Iterable[Mention]) -> Iterator[Mention]:
    return iter({(one.actor, one.paragraph): one for one in _best_last(ones)}.values())


def _first_of_article(ones: Iterable[Mention]) -> Iterator[Mention]:
    return iter({one.actor: one for one in _best_last(ones)}.values())


def _best_last(ones: Iterable[Mention]) -> list[Mention]:
    """Names behind what is none, the first of each at its end."""
    return sorted(ones, key=lambda one: not one.is_name)[::-1]


_WAYS: tuple[Callable[[Iterable[Mention]], Iterator[Mention]], ...] = (
    _names,
    _first_of_paragraph,
    _first_of_article,
)
