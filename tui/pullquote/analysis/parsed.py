"""A text with its parse: spaCy's documents, one a paragraph, with offsets into the whole text.

Paragraphs are parsed one by one, so that a sentence never runs over a paragraph's end and a long
text takes constant memory at a time. Offsets are half-open, in code points.

spaCy makes a token anew at each access, so that `is` never holds between two: tokens are compared
by their number, `.i`. Every walk up or down a tree goes through `climb`, `ancestors` or `subtree`,
which end on any parse.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from pullquote.analysis.quotations import with_double_marks
from pullquote.text import Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Run  # of tokens; a `Span` here is of characters

BATCH = 32  # paragraphs that go through spaCy together
_AS_SPACES = str.maketrans("\n\t", "  ")  # one for one: inside a paragraph they are white space

RELATIVES = ("who", "which", "that", "whom", "whose")
# tokens; a longer one is no prose but a list or a wall of words, and the rules walk a sentence's
# tree often
_SENTENCE = 500


def climb(token: Token, there: Callable[[Token], bool]) -> Token:
    """The nearest of `token` and the words above it that is `there`; the root where none is."""
    above = token
    # `ancestors` ends after as many steps as the document has words
    for above in chain((token,), token.ancestors):
        if there(above):
            break
    return above


def is_root(token: Token) -> bool:
    """Whether no word governs this one."""
    return bool(token.head.i == token.i)


def subtree(token: Token) -> list[Token]:
    """`token` and all words below it; spaCy's own recursion breaks on a long chain."""
    found = []
    todo = [(token, False)]
    while todo:
        one, lefts_done = todo.pop()
        if lefts_done:
            found.append(one)
            continue
        todo += [(child, False) for child in reversed(list(one.rights))]
        todo.append((one, True))
        todo += [(child, False) for child in reversed(list(one.lefts))]
    return found


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for; None for other words."""
    relative = token.lower_ in RELATIVES and token.head.dep_ == "relcl"
    return token.head.head if relative else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One parsed paragraph; `doc.text` lies at `start` of the text."""

    start: int
    doc: Doc
    span: Span = field(init=False)  # kept, since spaCy puts `doc.text` together anew each time

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", (self.start, self.start + len(self.doc.text)))


def parsed_paragraphs(
    text: str, prose: Spans, pipe: Callable[[Iterable[str]], Iterable[Doc]]
) -> Iterator[Paragraph]:
    """The paragraphs `prose` of `text`, each parsed by itself: `pipe` makes documents of texts."""
    read = with_double_marks(text, prose)
    docs = pipe(read[start:end].translate(_AS_SPACES) for start, end in prose)
    for (start, _), doc in zip(prose, docs, strict=True):
        doc.tensor = doc.tensor[:0]  # most of a document's memory, and of no use behind the parse
        yield Paragraph(start, doc)


def is_one_paragraph(text: str, prose: Spans) -> bool:
    """Whether a text is all of one paragraph, and would be parsed as it is."""
    read = with_double_marks(text, prose).translate(_AS_SPACES)
    return prose == ((0, len(text)),) and text == read


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

    def by_paragraph(self, spans: Spans) -> list[tuple[Paragraph, list[Token]]]:
        """The tokens of `spans` by paragraph: a token's number counts only within its own."""
        found: dict[int, tuple[Paragraph, list[Token]]] = {}
        for span in spans:
            paragraph, tokens = self.paragraph(span[0]), self.tokens(span)
            if paragraph is not None and tokens:
                found.setdefault(paragraph.start, (paragraph, []))[1].extend(tokens)
        return list(found.values())

    def paragraph(self, offset: int) -> Paragraph | None:
        """The paragraph at `offset`."""
        index = bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1
        return (
            self.paragraphs[index]
            if index >= 0 and offset < self.paragraphs[index].span[1]
            else None
        )

    def sentences(self) -> Iterator[tuple[Paragraph, Run]]:
        """Every sentence of prose with its paragraph; none that is too long to be one."""
        for paragraph in self.paragraphs:
            for sentence in paragraph.doc.sents:
                if len(sentence) <= _SENTENCE:
                    yield paragraph, sentence

    def head(self, span: Span) -> Token | None:
        """The token of `span` that governs the others: the first whose own head lies outside."""
        tokens = self.tokens(span)
        inside = {token.i for token in tokens}
        return next(
            (t for t in tokens if (t.head.i not in inside or is_root(t)) and not t.is_punct), None
        )

    def clause(self, start: int, tokens: Sequence[Token] | Run) -> Span:
        """The span of `tokens`, which are in order and of the paragraph at `start`."""
        return start + tokens[0].idx, start + tokens[-1].idx + len(tokens[-1].text)
