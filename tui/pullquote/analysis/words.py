"""A text as the encoder takes it: words with casing and quotation state, and their pieces.

Casing and quotation state go in beside the word pieces, since the pieces are lower-cased. All
offsets are half-open, in code points.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pullquote.analysis.pieces import Pieces
from pullquote.text import Span

FILES = Path(__file__).parent / "model"
_PARAGRAPH = 450  # pieces; a longer paragraph is cut (the encoder's limit is 512)
_BEGIN, _END = 101, 102  # the pieces [CLS] and [SEP]
_NO_CASING, _NO_QUOTE = 8, 4  # of [CLS] and [SEP]


class Word(NamedTuple):
    """One word or mark, with the features that go in beside its pieces."""

    start: int
    end: int
    text: str
    casing: int
    quoted: int
    paragraph: int = 0  # its number


_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def words(text: str, paragraph: Span, number: int = 0) -> list[Word]:
    """The words of a paragraph, which is the text's of that `number`."""
    found: list[Word] = []
    inside = False
    start, end = paragraph
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        quoted = int(inside)
        if word in "“«" or (word == '"' and (not inside or _opens(text, match.span(), paragraph))):
            inside, quoted = True, 2
        elif word in '”»"':
            inside, quoted = False, 3
        found.append(Word(*match.span(), word, _casing(word), quoted, number))
    return found


def _opens(text: str, mark: Span, paragraph: Span) -> bool:
    """Whether a straight mark inside a quotation opens another."""
    before = text[mark[0] - 1] if mark[0] > paragraph[0] else " "
    after = text[mark[1]] if mark[1] < paragraph[1] else " "
    return not after.isspace() and (before.isspace() or before in "([—–")


def _casing(word: str) -> int:
    if not word[0].isalnum():
        return 0
    if word.isdigit():
        return 1
    if word.islower():
        return 2
    if not word[0].isupper():
        return 7
    if len(word) == 1:
        return 3
    return 4 if word.isupper() else 5 if word[1:].islower() else 6


class Encoded(NamedTuple):
    """A paragraph, or a piece of one, as the encoder takes it: for each word its pieces."""

    words: list[Word]
    pieces: list[list[int]]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces)) + 1


class Tokens:
    """Paragraphs to word pieces."""

    def __init__(self, vocabulary: Path = FILES / "tokenizer.json") -> None:
        self._pieces = Pieces(vocabulary)

    def encoded(self, text: str, paragraph: Span, number: int = 0) -> list[Encoded]:
        """The paragraph's words with their pieces, split where it is too long for the encoder."""
        items = words(text, paragraph, number)
        if not items:
            return []
        pieces = [self._pieces.of(word.text) or [self._pieces.unknown] for word in items]
        cuts, size = [0], 0
        for number, ids in enumerate(pieces):
            if size + len(ids) > _PARAGRAPH:
                cuts.append(number)
                size = 0
            size += len(ids)
        return [Encoded(items[a:b], pieces[a:b]) for a, b in pairwise([*cuts, len(items)])]


def inputs(window: Sequence[Encoded]) -> tuple[list[int], list[int], list[int], list[int]]:
    """A window's pieces, their casing and quotation state, and each word's first piece."""
    pieces, casing, quoted, first = [_BEGIN], [_NO_CASING], [_NO_QUOTE], []
    for part in window:
        for word, ids in zip(part.words, part.pieces, strict=True):
            first.append(len(pieces))
            pieces += ids
            casing += [word.casing] * len(ids)
            quoted += [word.quoted] * len(ids)
        pieces.append(_END)
        casing.append(_NO_CASING)
        quoted.append(_NO_QUOTE)
    return pieces, casing, quoted, first
