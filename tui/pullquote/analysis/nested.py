"""Words in marks that somebody passes on in words of their own: “He told me, ‘We are done.’”

They are a quotation of their own, of whoever is said to have said them; what its speaker says with
them is left to the outer one. Offsets are half-open, in code points.
"""

from collections.abc import Iterable, Iterator

from pullquote.analysis.quotations import Quotation, Quoted, quotations
from pullquote.text import Span


def within(inner: Span, outer: Span) -> bool:
    """Whether a span lies inside another that is longer."""
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def nested(text: str, one: Quotation) -> Quoted:
    """The quotations inside another that have both their marks, in order."""
    inside = quotations(text, one.inner)
    return tuple(inner for inner in inside if inner.closed and inner.opening)


def with_nested(text: str, ones: Iterable[Quotation]) -> Iterator[Quotation]:
    """Quotations, each with those inside it behind it."""
    for one in ones:
        yield one
        yield from nested(text, one)
