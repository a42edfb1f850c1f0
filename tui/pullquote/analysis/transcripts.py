"""Transcripts: paragraphs that open with who speaks and a colon.

"PENCE: I will not be there.", "Dolly Larkspur (vocals): It was June.", "HT: Is that allowed?",
"Q. A snail?". What follows in paragraphs without a name is still said by who spoke last. Spans are
half-open, in code points.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pullquote.findings import Rule
from pullquote.text import Span, Spans, trimmed

SPOKEN_LINES = frozenset({Rule.TRANSCRIPT, Rule.INTERVIEW})  # what is said there needs no marks

_CAPITALS = r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}"
_NAME = r"(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+"
_OPENING = re.compile(
    rf"[\"“]?(?:([QA])([.:])|({_CAPITALS}|{_NAME})(?: \([^)\n]{{1,40}}\))?(:))\s+(?=\S)"
)
_DIRECTION = re.compile(r"\([^)]*\)\s*$")  # "(Laughter.)"
_TURNS = 4  # lines with names in small letters; a note or a list has fewer
_EXCHANGES = 3  # lines; two with names in capitals may be a heading and a dateline
_THICK = 3  # paragraphs for each line of a conversation, at most


class Line(NamedTuple):
    """What somebody says in a transcript until somebody else does."""

    source: Span
    colon: Span
    contents: Spans


class Transcript(NamedTuple):
    """The lines of a text that is a transcript, or in which one is."""

    lines: tuple[Line, ...]
    is_conversation: bool  # whether all that the lines hold is said


class _Opening(NamedTuple):
    number: int  # of the paragraph
    name: str
    source: Span
    colon: Span
    end: int

    @property
    def called(self) -> str:
        """The last word of the name, which may stand in full once: "Nora Finch:", "Finch:"."""
        return self.name.split()[-1]


def transcript(text: str, paragraphs: Spans) -> Transcript:
    """The lines of the transcript in `text`; none where there is no transcript.

    Two with NAMES IN CAPITALS are one; so are four in which two names, or Q and A, take turns.
    """
    openings = [_opening(text, number, span) for number, span in enumerate(paragraphs)]
    named = [one for one in openings if one is not None]
    turns = _taking_turns(named)
    named = [one for one in named if _is_in_capitals(one.name) or one.name in turns]
    if len(named) < 2:
        return Transcript((), False)
    names = {one.called for one in named}
    is_conversation = len(named) >= _EXCHANGES and 1 < len(names) < len(named)
    goes_on = is_conversation and _is_thick(named)
    ends = [one.number for one in named[1:]] + [named[-1].number + 1]
    lines = [
        Line(one.source, one.colon, tuple(_said(text, paragraphs, one, end if goes_on else 0)))
        for one, end in zip(named, ends, strict=True)
    ]
    return Transcript(tuple(lines), is_conversation)


def _opening(text: str, number: int, paragraph: Span) -> _Opening | None:
    found = _OPENING.match(text, *paragraph)
    if found is None:
        return None
    name, colon = (1, 2) if found[1] else (3, 4)
    return _Opening(number, found[name], found.span(name), found.span(colon), found.end())


def _is_in_capitals(name: str) -> bool:
    return name.isupper() and len(name) > 1


def _taking_turns(openings: Sequence[_Opening]) -> set[str]:
    """The names that open several lines each, in full or in short, if two do so often enough."""
    written = [one for one in openings if not _is_in_capitals(one.name)]
    counts = Counter(one.called for one in written)
    often = {name for name, count in counts.items() if count > 1}
    enough = len(often) > 1 and sum(counts[name] for name in often) >= _TURNS
    return {one.name for one in written if one.called in often} if enough else set()


def _is_thick(named: Sequence[_Opening]) -> bool:
    """Whether most of what stands between the first line and the last is lines."""
    return named[-1].number - named[0].number < _THICK * len(named)


def _said(text: str, paragraphs: Spans, one: _Opening, end: int) -> Iterator[Span]:
    """The rest of a line's paragraph, and those behind it up to paragraph number `end`."""
    yield _without_last_mark(text, (one.end, paragraphs[one.number][1]))
    for span in paragraphs[one.number + 1 : end]:
        if not _DIRECTION.match(text, *span):
            yield span


def _without_last_mark(text: str, span: Span) -> Span:
    start, end = trimmed(text, span)
    return (start, end - 1) if text[end - 1] in '"”' else (start, end)
