"""A text with its parse: spaCy's documents, one a paragraph, with offsets into the whole text.

Paragraphs are parsed one by one, so that a sentence never runs over a paragraph's end and a long text takes constant
memory at a time. Offsets are half-open, in code points.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tui.text import Span, Spans

Token = Any  # spaCy's types are not checked


RELATIVES = ("who", "which", "that", "whom", "whose")


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for; None for other words."""
    relative = token.lower_ in RELATIVES and token.head.dep_ == "relcl"
    return token.head.head if relative else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One parsed paragraph; `doc.text` lies at `start` of the text."""

    start: int
    doc: Any
    span: Span = field(init=False)  # kept, since spaCy puts `doc.text` together anew each time

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", (self.start, self.start + len(self.doc.text)))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and its parsed paragraphs, in order; furniture has none."""

    text: str
    paragraphs: Sequence[Paragraph]
    furniture: Spans = ()

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that share a character with `span`, white space left out."""
        paragraph = self.paragraph(span[0])
        if paragraph is None:
            return []
        inner = paragraph.doc.char_span(
            max(0, span[0] - paragraph.start),
            min(paragraph.span[1], span[1]) - paragraph.start,
            alignment_mode="expand",
        )
        return [token for token in inner if not token.is_space] if inner is not None else []

    def paragraph(self, offset: int) -> Paragraph | None:
        """The paragraph at `offset`."""
        index = bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1
        return self.paragraphs[index] if index >= 0 and offset < self.paragraphs[index].span[1] else None

    def sentences(self) -> Iterator[tuple[Paragraph, Any]]:
        """Every sentence with its paragraph."""
        for paragraph in self.paragraphs:
            for sentence in paragraph.doc.sents:
                yield paragraph, sentence

    def head(self, span: Span) -> Token | None:
        """The token of `span` that governs the others: the first whose own head lies outside."""
        tokens = self.tokens(span)
        inside = {token.i for token in tokens}
        return next((t for t in tokens if (t.head.i not in inside or t.head == t) and not t.is_punct), None)

    def clause(self, start: int, tokens: Sequence[Token]) -> Span:
        """The span of `tokens`, which are in order and of the paragraph at `start`."""
        return start + tokens[0].idx, start + tokens[-1].idx + len(tokens[-1].text)
