"""Quotes: the attributions whose content stands, all or in part, inside quotation marks.

A coined name or scare quote ("what some have dubbed a “reassurance force”") is a quoted term and no
quote: nobody is cited as having said it at that point.
"""

from collections.abc import Iterator
from itertools import chain

from pullquote.analysis.places import Places, meeting
from pullquote.analysis.quotations import Quotation, read_quotations
from pullquote.analysis.terms import Term, is_term, own_terms
from pullquote.findings import Attribution, AttributionKind, Quote, Rule, Stance, numbered
from pullquote.text import Span, Spans, at, overlap

_SAID = (Stance.SAID, Stance.WROTE)


def find_quotes(text: str, paragraphs: Spans, attributions: list[Attribution]) -> list[Quote]:
    """The quotes among `attributions`, in text order; of a mixed one, what is inside marks."""
    marked = _Marked(text, paragraphs)
    cited = [one for one in attributions if one.kind is not AttributionKind.INDIRECT]
    said = {q.span for one in cited for span in one.content for q in marked.on(span)}
    own = own_terms(text, (one for one in marked.all() if one.span not in said))
    sayings = [one for one in cited if one.stance in _SAID]
    contents = Places((span, one.id) for one in sayings for span in one.content)
    found = []
    for one in cited:
        if one.rule is Rule.TRANSCRIPT and one.kind is AttributionKind.DIRECT:
            found.append(_quote(one, one.content))  # no line of it needs marks
            continue
        content = tuple(
            _within(quotation.span, span)
            for span in one.content
            for quotation in marked.on(span)
            if not is_term(Term(text, quotation, one, own))
            and not _is_passed_on(contents, quotation, span)
        )
        if content:
            found.append(_quote(one, content))
    return numbered(found)


def _quote(one: Attribution, content: Spans) -> Quote:
    return Quote(
        attribution=one.id,
        content=content,
        kind=one.kind,
        speaker=one.speaker,
        confidence=one.confidence,
        speaker_confidence=one.speaker_confidence,
        rule=one.rule,
    )


class _Marked:
    """The quotations of a text by paragraph, each paragraph read once."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self._paragraphs = paragraphs
        self._in = read_quotations(text, paragraphs)

    def all(self) -> Iterator[Quotation]:
        """Every quotation."""
        return chain.from_iterable(self._in)

    def on(self, content: Span) -> list[Quotation]:
        """Those in the paragraphs that a content begins and ends in that lie on it."""
        numbers = {at(self._paragraphs, content[0]), at(self._paragraphs, content[1] - 1)}
        read = (self._in[number] for number in sorted(n for n in numbers if n is not None))
        ones = (one for quoted in read for one in meeting(quoted, content))
        return [one for one in ones if overlap(one.span, content)]


def _is_passed_on(contents: Places[str], quotation: Quotation, content: Span) -> bool:
    """Whether somebody inside a content is who says the words: "she said he called it “late”"."""
    start, end = quotation.span
    others = (span for span, _ in contents.over(quotation.span) if span != content)
    inner = (
        span for span in others if content[0] <= span[0] <= start and end <= span[1] <= content[1]
    )
    return any(inner)


def _within(span: Span, content: Span) -> Span:
    return max(span[0], content[0]), min(span[1], content[1])
