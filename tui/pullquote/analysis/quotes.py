"""Quotes: the attributions whose content stands, all or in part, inside quotation marks.

A coined name or scare quote ("what some have dubbed a “reassurance force”") is a quoted term and no
quote: nobody is cited as having said it at that point. Words that a speaker passes on in marks are
a quote of whoever said them, and left out of the speaker's own.
"""

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from pullquote.analysis.nested import nested, within
from pullquote.analysis.places import Places, meeting
from pullquote.analysis.quotations import Quotation, Quoted, read_quotations
from pullquote.analysis.terms import Term, is_term, own_terms
from pullquote.analysis.transcripts import SPOKEN_LINES
from pullquote.findings import Attribution, AttributionKind, Quote, Stance, numbered
from pullquote.text import Span, Spans, at, overlap, trimmed

_SAID = (Stance.SAID, Stance.WROTE)


def find_quotes(text: str, paragraphs: Spans, attributions: list[Attribution]) -> list[Quote]:
    """The quotes among `attributions`, in text order; of a mixed one, what is inside marks."""
    marked = _Marked(text, paragraphs)
    cited = [one for one in attributions if one.kind is not AttributionKind.INDIRECT]
    said = {q.span for one in cited for span in one.content for q in marked.on(one, span)}
    own = own_terms(text, (one for one in marked.all() if one.span not in said))
    sayings = [one for one in cited if one.stance in _SAID]
    contents = Places((span, one.id) for one in sayings for span in one.content)
    found = []
    for one in cited:
        if one.rule in SPOKEN_LINES and one.kind is AttributionKind.DIRECT:
            found.append(_quote(one, one.content))  # no line of it needs marks
            continue
        content = tuple(
            _within(quotation.span, span)
            for span in one.content
            for quotation in marked.on(one, span)
            if not is_term(Term(text, quotation, one, own))
            and not _is_passed_on(contents, quotation, span)
        )
        if content:
            found.append(_quote(one, content))
    return numbered(_without_others(text, found))


def _without_others(text: str, quotes: list[Quote]) -> Iterator[Quote]:
    """The quotes, each without those inside it that are of another speaker."""
    places = Places((span, one) for one in quotes for span in one.content)
    for one in quotes:
        content = tuple(piece for span in one.content for piece in _own(text, one, span, places))
        yield replace(one, content=content or one.content)


def _own(text: str, one: Quote, span: Span, places: Places[Quote]) -> Iterator[Span]:
    """What of a span of a quote is not inside another's quote in it."""
    start = span[0]
    others = (where for where, other in places.over(span) if other.speaker != one.speaker)
    for begin, end in sorted(where for where in others if within(where, span)):
        yield from _worded(text, (start, begin))
        start = max(start, end)
    yield from _worded(text, (start, span[1]))


def _worded(text: str, span: Span) -> Iterator[Span]:
    if any(letter.isalnum() for letter in text[slice(*span)]):
        yield trimmed(text, span)


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
        self._text = text
        self._paragraphs = paragraphs
        self._in = read_quotations(text, paragraphs)

    def all(self) -> Iterator[Quotation]:
        """Every quotation."""
        return chain.from_iterable(self._in)

    def on(self, said: Attribution, content: Span) -> list[Quotation]:
        """Those in the paragraphs that a content begins and ends in that lie on it.

        Where the cue is itself inside one, those nested in it.
        """
        numbers = {at(self._paragraphs, content[0]), at(self._paragraphs, content[1] - 1)}
        read = (self._in[number] for number in sorted(n for n in numbers if n is not None))
        ones = (one for quoted in read for one in meeting(quoted, content))
        deeper = (inner for one in ones for inner in self._around(said, one))
        return [one for one in deeper if overlap(one.span, content)]

    def _around(self, said: Attribution, one: Quotation) -> Quoted:
        is_inside = any(within(cue, one.span) for cue in said.cue)
        return nested(self._text, one) if is_inside else (one,)


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
