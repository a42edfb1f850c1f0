"""Quotations without a cue of their own: which attribution they go on with, or that they float.

A quotation that runs over several paragraphs has one speaker, wherever in it the cue stands; a
sentence in marks beside another that somebody said is that person's; so is what follows a colon.
What no cue reaches floats: it is an attribution without source and cue, whose speaker is guessed
later, and doubtful. Each way is a step of `STEPS`; each was measured on PolNeAR's dev split too.
Offsets are half-open, in code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pullquote.analysis.echoes import Echoes
from pullquote.analysis.places import Places
from pullquote.analysis.quotations import Quotation, Quoted, chains, is_title
from pullquote.findings import Attribution, AttributionKind, Rule
from pullquote.text import Span, Spans, at, overlap

if TYPE_CHECKING:
    from pullquote.analysis.encoder import Link

_ENDS = re.compile(r"[.?!…—–-][”\"’')]*\s*$")
# Of floating attributions of PolNeAR's dev split the share that people marked, apart from others.
_CONFIDENCE = 0.4
_STOPS = ".?!…,"
_HEADING = 8  # words at most, and no stop
_MANY = 4  # words; so many in marks that begin a sentence are somebody's words


class Reading:
    """A text's quotations and links while they are brought together."""

    def __init__(
        self, text: str, paragraphs: Spans, quoted: Sequence[Quoted], links: Sequence[Link]
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.quoted = quoted
        self.floats: list[Spans] = []
        self._links = links
        self._contents: list[dict[Span, None]] = [dict.fromkeys(link.contents) for link in links]
        self._places = Places((s, n) for n, link in enumerate(links) for s in link.contents)
        self._cues = [at(paragraphs, link.cue[0]) for link in links]
        self._in: dict[int | None, list[int]] = {}
        for number in sorted(range(len(links)), key=lambda number: links[number].cue):
            self._in.setdefault(self._cues[number], []).append(number)

    @property
    def links(self) -> list[Link]:
        """The links with the contents that they have now."""
        pairs = zip(self._links, self._contents, strict=True)
        return [replace(link, contents=tuple(sorted(ones))) for link, ones in pairs]

    def cue(self, link: int) -> int | None:
        """The paragraph that a link's cue is in."""
        return self._cues[link]

    def cues_in(self, paragraph: int) -> Sequence[int]:
        """The links whose cue is in a paragraph, in the order of their cues."""
        return self._in.get(paragraph, ())

    def contents(self, link: int) -> Iterable[Span]:
        return self._contents[link]

    def owners(self, quotation: Quotation) -> list[int]:
        """The links that have a content on a quotation; none whose cue is said in it."""
        over = self._places.over(quotation.span)
        links = {link for span, link in over if span in self._contents[link]}
        return sorted(one for one in links if not overlap(self._links[one].cue, quotation.span))

    def give(self, quotation: Quotation, link: int) -> None:
        """A quotation becomes a content of a link."""
        self._contents[link][quotation.span] = None
        self._places.put(quotation.span, link)

    def take(self, quotation: Quotation, link: int) -> None:
        """A link loses what of its contents lies within a quotation."""
        start, end = quotation.span
        for span, owner in self._places.over(quotation.span):
            if owner == link and start <= span[0] and span[1] <= end:
                self._contents[link].pop(span, None)

    def is_speech(self, paragraph: int, one: Quotation) -> bool:
        """Whether a quotation is a sentence or more that begins where a sentence may."""
        start = self.paragraphs[paragraph][0]
        words = self.text[slice(*one.inner)].strip()
        begins = one.start == start or _ENDS.search(self.text, max(start, one.start - 4), one.start)
        if not begins or not words or is_title(self.text, one):
            return False
        return words[-1] in _STOPS or not one.closed or len(words.split()) >= _MANY


def _over_paragraphs(reading: Reading) -> None:
    """A quotation over several paragraphs is one person's, and not of who comes after it."""
    for chain in chains(reading.paragraphs, reading.quoted):
        numbers = {place.paragraph for place in chain}
        owners = [reading.owners(place.quotation) for place in chain]
        inside = [next((o for o in ones if reading.cue(o) in numbers), None) for ones in owners]
        before = (o for o in owners[0] if (reading.cue(o) or 0) < chain[0].paragraph)
        first = next((owner for owner in inside if owner is not None), None)
        owner = first if first is not None else next(before, _colon(reading, chain[0].paragraph))
        for place, ones, own in zip(chain, owners, inside, strict=True):
            owner = own if own is not None else owner
            for other in ones:
                if other != owner and reading.cue(other) not in numbers:
                    reading.take(place.quotation, other)
            if owner is not None and not reading.owners(place.quotation):
                reading.give(place.quotation, owner)
        if not any(reading.owners(place.quotation) for place in chain):
            reading.floats.append(tuple(place.quotation.span for place in chain))


def _colon(reading: Reading, paragraph: int) -> int | None:
    """The link that a paragraph ends with, if it announces the next one by a colon."""
    if paragraph == 0:
        return None
    before = reading.paragraphs[paragraph - 1]
    if not reading.text[before[0] : before[1]].endswith(":"):
        return None
    return next(reversed(reading.cues_in(paragraph - 1)), None)


def _from_the_next(reading: Reading) -> None:
    """A paragraph in marks is not of the next one's speaker, who has words of their own there."""
    for number, quoted in enumerate(reading.quoted):
        if len(quoted) != 1 or quoted[0].span != reading.paragraphs[number]:
            continue
        for owner in reading.owners(quoted[0]):
            cue = reading.cue(owner)
            spans = reading.contents(owner)
            own = any(at(reading.paragraphs, span[0]) == cue for span in spans)
            if cue == number + 1 and (own or _is_heading(reading, number + 1)):
                reading.take(quoted[0], owner)


def _is_heading(reading: Reading, paragraph: int) -> bool:
    words = reading.text[slice(*reading.paragraphs[paragraph])]
    return words[-1].isalnum() and len(words.split()) <= _HEADING


def _keep_here(reading: Reading, paragraph: int, quotation: Quotation) -> None:
    """Take a quotation from the links whose cues are in other paragraphs."""
    for owner in reading.owners(quotation):
        if reading.cue(owner) != paragraph:
            reading.take(quotation, owner)


_INTERRUPTS = re.compile(r"\s*[—–]\s*(?=[A-Z])[^—–“”\"]{1,80}[—–]\s*$")


def _interrupted(reading: Reading) -> None:
    """ "“I was never” — Ann Cole shook her head — “asked.”" is of nobody before her."""
    for number, quoted in enumerate(reading.quoted):
        for one, other in pairwise(quoted):
            if not _INTERRUPTS.match(reading.text, one.end, other.start):
                continue
            for quotation in (one, other):
                _keep_here(reading, number, quotation)
            if not reading.owners(one) and not reading.owners(other):
                reading.floats.append((one.span, other.span))


def _beside(reading: Reading) -> None:
    """A sentence in marks goes with the one before it in its paragraph, else with the next."""
    for number, quoted in enumerate(reading.quoted):
        owners = [reading.owners(one) for one in quoted]
        for here, one in enumerate(quoted):
            if owners[here] or not reading.is_speech(number, one):
                continue
            near = owners[max(0, here - 1) : here] + owners[here + 1 : here + 2]
            owner = next((o for ones in near for o in ones if reading.cue(o) == number), None)
            if owner is not None:
                reading.give(one, owner)
                owners[here] = [owner]


def _announced(reading: Reading) -> None:
    """What follows a colon at the end of a paragraph."""
    for number, quoted in enumerate(reading.quoted):
        if not quoted or quoted[0].start != reading.paragraphs[number][0]:
            continue
        owner = None if reading.owners(quoted[0]) else _colon(reading, number)
        if owner is not None:
            reading.give(quoted[0], owner)


def _alone(reading: Reading) -> None:
    """What no cue reaches floats."""
    known = Places((span, None) for spans in reading.floats for span in spans)
    said = Echoes(
        (reading.text[slice(*one.inner)], one)
        for quoted in reading.quoted
        for one in quoted
        if reading.owners(one) or known.over(one.span)
    )
    for number, quoted in enumerate(reading.quoted):
        unsaid = (one for one in quoted if not reading.owners(one) and not known.over(one.span))
        free = [one.span for one in unsaid if _floats(reading, number, one, said)]
        if free:
            reading.floats.append(tuple(free))


def _floats(reading: Reading, paragraph: int, one: Quotation, said: Echoes[Quotation]) -> bool:
    """Whether a quotation is a sentence that begins where one may, or words said elsewhere."""
    if reading.is_speech(paragraph, one) and _is_sentence(reading, paragraph, one):
        return True
    return _is_said_elsewhere(reading, one, said)


def _is_said_elsewhere(reading: Reading, one: Quotation, said: Echoes[Quotation]) -> bool:
    words = reading.text[slice(*one.inner)]
    return len(words.split()) >= _MANY and said.find(words) is not None


def _is_sentence(reading: Reading, paragraph: int, one: Quotation) -> bool:
    """Whether a quotation reads as a sentence or as a paragraph of its own."""
    words = reading.text[slice(*one.inner)].strip(" ’'‘“”\"")
    parts = words.split()
    if len(parts) < _MANY or not words[0].isupper():
        return False
    whole = one.span == reading.paragraphs[paragraph]
    return whole or not one.closed or words[-1] in ".?!…"


STEPS: tuple[Callable[[Reading], None], ...] = (
    _from_the_next,
    _interrupted,
    _over_paragraphs,
    _announced,
    _beside,
    _alone,
)


def brought_together(
    text: str, paragraphs: Spans, quoted: Sequence[Quoted], links: Iterable[Link]
) -> tuple[list[Link], list[Attribution]]:
    """The links with the quotations that go on with them, and the attributions that float."""
    reading = Reading(text, paragraphs, quoted, list(links))
    for step in STEPS:
        step(reading)
    return reading.links, [alone(content, _CONFIDENCE, Rule.FLOATING) for content in reading.floats]


def alone(content: Spans, confidence: float, rule: Rule) -> Attribution:
    """Somebody's own words, with neither a source nor a cue."""
    return Attribution(
        id="",
        source=(),
        cue=(),
        content=content,
        kind=AttributionKind.DIRECT,
        confidence=confidence,
        rule=rule,
    )
