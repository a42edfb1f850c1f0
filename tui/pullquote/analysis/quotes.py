"""Quotes: the attributions whose content stands, all or in part, inside quotation marks.

A coined name or scare quote ("what some have dubbed a “reassurance force”") is a quoted term and no
quote: nobody is cited as having said it at that point.
"""

import re
from functools import cache

from pullquote.analysis.places import meeting
from pullquote.findings import Attribution, AttributionKind, Quote, numbered
from pullquote.analysis.quotations import read_quotations
from pullquote.text import Span, Spans, at, overlap

_TERM = 4  # words; a longer quotation is not a name
_NAMING = re.compile(
    r"(?:\b(?:dubbed|termed|named|nicknamed|titled|entitled|branded|christened|labell?ed|called|"
    r"known as|so-called|"
    r"referred to as|the (?:term|word|phrase|slogan|hashtag))(?: "
    r"(?:the|a|an|it|them|him|her|as))*)\s*$",
    re.I,
)


def find_quotes(text: str, paragraphs: Spans, attributions: list[Attribution]) -> list[Quote]:
    """The quotes among `attributions`, in text order; of a mixed one, what is inside marks."""
    marked = _Marked(text, paragraphs)
    found = []
    for one in attributions:
        if one.kind is AttributionKind.INDIRECT:
            continue
        inside = [_within(span, content) for content in one.content for span in marked.on(content)]
        content = tuple(span for span in inside if not is_term(text, span, one))
        if content:
            found.append(
                Quote(
                    attribution=one.id,
                    content=content,
                    kind=one.kind,
                    speaker=one.speaker,
                    confidence=one.confidence,
                    rule=one.rule,
                )
            )
    return numbered(found)


class _Marked:
    """The quotations of a text by paragraph, each paragraph read once."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self._paragraphs = paragraphs
        self._in = read_quotations(text, paragraphs)

    def on(self, content: Span) -> list[Span]:
        """Those in the paragraphs that a content begins and ends in that lie on it."""
        numbers = {at(self._paragraphs, content[0]), at(self._paragraphs, content[1] - 1)}
        read = (self._in[number] for number in sorted(n for n in numbers if n is not None))
        ones = (one.span for quoted in read for one in meeting(quoted, content))
        return [span for span in ones if overlap(span, content)]


def _within(span: Span, content: Span) -> Span:
    return max(span[0], content[0]), min(span[1], content[1])


def is_term(text: str, span: Span, attribution: Attribution) -> bool:
    """Whether a quotation is a name that something is given, not words of the source."""
    if len(text[slice(*span)].split()) > _TERM or any(
        overlap(span, cue) for cue in attribution.cue
    ):
        return False
    return bool(_NAMING.search(text[max(0, span[0] - 40) : span[0]]))
