"""A text with its parse: spaCy's documents, one a paragraph, with offsets into the whole text.

Paragraphs are parsed one by one, so that a sentence never runs over a paragraph's end and a long
text takes constant memory at a time. Offsets are half-open, in code points.

spaCy makes a token anew at each access, so that `is` never holds between two: tokens are compared
by their number, `.i`. Every walk up or down a tree goes through `climb`, `ancestors` or `subtree`,
which end on any parse.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from pullquote.analysis.en.labels import NEGATION, RELATIVE_CLAUSE
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.quotations import with_double_marks
from pullquote.text import Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Run  # of tokens; a `Span` here is of characters

T = TypeVar("T")
BATCH = 32  # paragraphs that go through spaCy together
_AS_SPACES = str.maketrans("\n\t", "  ")  # one for one: inside a paragraph they are white space

# tokens; a longer one is no prose but a list or a wall of words, and the rules walk a sentence's
# tree often
_SENTENCE = 500
# words over one another: no sentence is so deep (of 110 articles the deepest has 21), but on a line
# that is no prose each word may hang on the one before it
_HEIGHT = 100


def climb(token: Token, there: Callable[[Token], bool]) -> Token:
    """The nearest of `token` and the words above it that is `there`; where none is, the last tried.

    That is the root, or the word at which the way has become longer than sentences are deep.
    """
    above = token
    for above in islice(chain((token,), token.ancestors), _HEIGHT):
        if there(above):
            break
    return above


def is_root(token: Token) -> bool:
    """Whether no word governs this one."""
    return bool(token.head.i == token.i)


def subtree(token: Token) -> list[Token]:
    """`token` and all words below it, in the tree's order: left ones, the word, right ones.

    spaCy's own recursion breaks on a long chain.
    """
    words = []
    todo = [(token, False)]
    while todo:
        word, lefts_done = todo.pop()
        if lefts_done:
            words.append(word)
            continue
        todo += [(child, False) for child in reversed(list(word.rights))]
        todo.append((word, True))
        todo += [(child, False) for child in reversed(list(word.lefts))]
    return words


def child(token: Token, labels: Container[str]) -> Token | None:
    """The first word right below `token` that has one of these dependencies."""
    return next((below for below in token.children if below.dep_ in labels), None)


def is_negated(token: Token) -> bool:
    """Whether a "not" or its like stands right below a word."""
    return child(token, (NEGATION,)) is not None


def tops(tokens: Sequence[Token]) -> Iterator[Token]:
    """Those of `tokens` that no other of them governs."""
    inside = {token.i for token in tokens}
    return (token for token in tokens if token.head.i not in inside or is_root(token))


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for; None for other words."""
    if token.lower_ in lexicon("words")["relatives"] and token.head.dep_ == RELATIVE_CLAUSE:
        return token.head.head
    return None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One parsed paragraph; `doc.text` lies at `start` of the text."""

    start: int
    doc: Doc
    # kept, since spaCy puts `doc.text` together and makes tokens anew each time
    span: Span = field(init=False)
    words: list[Token] = field(init=False, repr=False)  # all tokens but white space
    beginnings: Sequence[int] = field(init=False, repr=False)  # of the words, in the whole text

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", (self.start, self.start + len(self.doc.text)))
        object.__setattr__(self, "words", [token for token in self.doc if not token.is_space])
        beginnings = array("L", [self.start + token.idx for token in self.words])
        object.__setattr__(self, "beginnings", beginnings)

    def span_of(self, tokens: Sequence[Token] | Run) -> Span:
        """The span in the whole text of `tokens`, which are this paragraph's and in order."""
        first, last = tokens[0], tokens[-1]
        return self.start + first.idx, self.start + last.idx + len(last.text)


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
    _starts: Sequence[int] = field(init=False, repr=False)  # of the paragraphs

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [paragraph.start for paragraph in self.paragraphs])

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that share a character with `span`, white space left out.

        Only those of the paragraph that `span` begins in; none in furniture.
        """
        paragraph = self.paragraph(span[0])
        if paragraph is None:
            return []
        first = bisect_right(paragraph.beginnings, span[0]) - 1
        if first < 0 or paragraph.beginnings[first] + len(paragraph.words[first]) <= span[0]:
            first += 1  # it begins with the blank behind a token
        end = bisect_left(paragraph.beginnings, span[1], lo=first)
        return paragraph.words[first:end]

    def tokens_of(self, spans: Spans) -> list[Token]:
        """The tokens of all `spans`, in their order; of several paragraphs where the spans are."""
        return [token for span in spans for token in self.tokens(span)]

    def by_paragraph(self, spans: Spans) -> list[tuple[Paragraph, list[Token]]]:
        """The tokens of `spans` by paragraph: a token's number counts only within its own."""
        parts: dict[int, tuple[Paragraph, list[Token]]] = {}
        for span in spans:
            paragraph, tokens = self.paragraph(span[0]), self.tokens(span)
            if paragraph is not None and tokens:
                parts.setdefault(paragraph.start, (paragraph, []))[1].extend(tokens)
        return list(parts.values())

    def paragraph(self, offset: int) -> Paragraph | None:
        """The paragraph at `offset`; none between two, or in furniture."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.paragraphs[index].span[1]:
            return None
        return self.paragraphs[index]

    def words(self) -> Iterator[tuple[Paragraph, Token]]:
        """Every token of prose but white space with its paragraph, in order."""
        return ((paragraph, word) for paragraph in self.paragraphs for word in paragraph.words)

    def sentences(self) -> Iterator[tuple[Paragraph, Run]]:
        """Every sentence of prose with its paragraph; none that is too long to be one."""
        for paragraph in self.paragraphs:
            for sentence in paragraph.doc.sents:
                if len(sentence) <= _SENTENCE:
                    yield paragraph, sentence

    def by_head(self, things: Iterable[tuple[T, Span]]) -> dict[int, list[T]]:
        """Things by the offset of the word that governs their span; those without one fall out."""
        found: dict[int, list[T]] = defaultdict(list)
        for thing, span in things:
            head, paragraph = self.head(span), self.paragraph(span[0])
            if head is not None and paragraph is not None:
                found[paragraph.start + head.idx].append(thing)
        return found

    def head(self, span: Span) -> Token | None:
        """The token of `span` that governs the others: the first whose own head lies outside.

        None where all that lies in `span` are marks.
        """
        tokens = self.tokens(span)
        above = tops(tokens) if len(tokens) > 1 else tokens
        return next((token for token in above if not token.is_punct), None)
