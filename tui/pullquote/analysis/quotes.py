"""Quotes: the attributions whose content stands, all or in part, inside quotation marks.

A coined name or scare quote ("what some have dubbed a “reassurance force”") is a quoted term and no
quote: nobody is cited as having said it at that point.
"""

from __future__ import annotations

import re
from functools import cache

from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.places import meeting
from pullquote.findings import Attribution, AttributionKind, Quote, numbered
from pullquote.text import Span, Spans, at, overlap, quotations

_TERM = 4  # words; a longer quotation is not a name
_BEFORE = 40  # characters before a quotation in which it may be called a name


@cache
def naming() -> re.Pattern[str]:
    """What stands before a name that something is given: "dubbed it the", at the end of a text."""
    words = lexicon("cues")["naming"]
    article = any_of(words["articles"])
    return re.compile(rf"\b(?:{any_of(words['words'])})(?: (?:{article}))*\s*$", re.I)


def find_quotes(text: str, paragraphs: Spans, attributions: list[Attribution]) -> list[Quote]:
    """The quotes among `attributions`, in text order; of a mixed one, what is inside marks.

    Args:
        text: The article's text.
        paragraphs: Where its paragraphs lie, in order: no quotation runs over the end of one.
        attributions: With their speakers, if they have been resolved.
    """
    marked = _Marked(text, paragraphs)
    spoken = (one for one in attributions if one.kind is not AttributionKind.INDIRECT)
    cited = ((one, _cited(text, marked, one)) for one in spoken)
    return numbered([_quote(one, content) for one, content in cited if content])


def _cited(text: str, marked: _Marked, one: Attribution) -> Spans:
    """What an attribution cites word for word: its quotations, but for terms."""
    inside = (_within(span, content) for content in one.content for span in marked.on(content))
    return tuple(span for span in inside if not is_term(text, span, one))


def _quote(one: Attribution, content: Spans) -> Quote:
    return Quote(
        attribution=one.id,
        content=content,
        kind=one.kind,
        speaker=one.speaker,
        confidence=one.confidence,
        rule=one.rule,
    )


class _Marked:
    """The quotations of a text by paragraph, each paragraph read once."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self._paragraphs = paragraphs
        self._in = cache(lambda number: quotations(text, paragraphs[number]))

    def on(self, content: Span) -> list[Span]:
        """Those in the paragraphs that a content begins and ends in that lie on it."""
        numbers = {at(self._paragraphs, content[0]), at(self._paragraphs, content[1] - 1)}
        near = (self._in(number) for number in sorted(n for n in numbers if n is not None))
        spans = (quoted.span for quotations in near for quoted in meeting(quotations, content))
        return [span for span in spans if overlap(span, content)]


def _within(span: Span, content: Span) -> Span:
    return max(span[0], content[0]), min(span[1], content[1])


def is_term(text: str, span: Span, attribution: Attribution) -> bool:
    """Whether a quotation is a name that something is given, not words of the source."""
    is_long = len(text[slice(*span)].split()) > _TERM
    if is_long or any(overlap(span, cue) for cue in attribution.cue):
        return False
    return bool(naming().search(text[max(0, span[0] - _BEFORE) : span[0]]))
