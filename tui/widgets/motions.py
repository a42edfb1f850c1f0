"""Where a motion over the text ends: by character, word, clause, sentence and paragraph.

Offsets are half-open, in code points; no motion ends inside a grapheme.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from rich.cells import split_graphemes

from tui.text import Span, Spans, sentences

_WORD = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]+")
_SPACES = str.maketrans("\n\t", "  ")  # Rich would add them, being of no width, to the grapheme before
_CLAUSE_END = re.compile(r"[,;:—–]+\s*")


def paragraph_at(paragraphs: Sequence[Span], offset: int) -> Span:
    """The paragraph at `offset`, or the last one that begins before it."""
    return paragraphs[_number(paragraphs, offset)]


def _number(paragraphs: Sequence[Span], offset: int) -> int:
    return max(0, bisect_right(paragraphs, offset, key=lambda paragraph: paragraph[0]) - 1)


def sentence_at(text: str, paragraphs: Sequence[Span], offset: int) -> Span:
    """The sentence at `offset`."""
    spans = sentences(text, paragraph_at(paragraphs, offset))
    return next((s for s in reversed(spans) if s[0] <= offset), spans[0])


def word_at(text: str, paragraphs: Sequence[Span], offset: int) -> Span:
    """The word at `offset`, or the next one in its paragraph."""
    start, end = paragraph_at(paragraphs, offset)
    return next((w.span() for w in _WORD.finditer(text, start, end) if w.end() > offset), (max(start, end - 1), end))


def clause_at(text: str, paragraphs: Sequence[Span], offset: int) -> Span:
    """What stands between two commas, semicolons, colons or dashes around `offset`."""
    start, end = sentence_at(text, paragraphs, offset)
    cuts = [start, *(m.end() for m in _CLAUSE_END.finditer(text, start, end)), end]
    left, right = next(((a, b) for a, b in pairwise(cuts) if a <= offset < b), (start, end))
    return left, left + len(text[left:right].rstrip())


def grown(text: str, paragraphs: Sequence[Span], quotes: Spans, span: Span | None, cursor: int) -> Span:
    """The next larger piece around `span`: word, clause, quote, sentence, paragraph."""
    pieces = [word_at(text, paragraphs, cursor), clause_at(text, paragraphs, cursor)]
    pieces += [quote for quote in quotes if quote[0] <= cursor < quote[1]]
    pieces += [sentence_at(text, paragraphs, cursor), paragraph_at(paragraphs, cursor)]
    if span is None:
        return pieces[0]
    larger = [p for p in pieces if p[0] <= span[0] and p[1] >= span[1] and p != span]
    return min(larger, key=lambda p: p[1] - p[0], default=span)


def moved(text: str, paragraphs: Sequence[Span], unit: str, cursor: int, count: int) -> int:
    """The cursor after `count` (1 or -1) units: character, word, sentence or paragraph."""
    if unit == "character":
        return _by_grapheme(text, cursor, count)
    starts = _STARTS[unit](text, paragraphs, cursor)
    if count > 0:
        return min((s for s in starts if s > cursor), default=max(cursor, paragraphs[-1][1] - 1))
    return max((s for s in starts if s < cursor), default=paragraphs[0][0])


def _near(paragraphs: Sequence[Span], cursor: int) -> Sequence[Span]:
    """The paragraph of the cursor and its neighbours."""
    number = _number(paragraphs, cursor)
    return paragraphs[max(0, number - 1) : number + 2]


def _words(text: str, paragraphs: Sequence[Span], cursor: int) -> list[int]:
    return [w.start() for start, end in _near(paragraphs, cursor) for w in _WORD.finditer(text, start, end)]


def ends(text: str, paragraphs: Sequence[Span], unit: str, cursor: int) -> list[int]:
    """Where the words, sentences or paragraphs around `cursor` end."""
    near = _near(paragraphs, cursor)
    if unit == "word":
        return [w.end() for start, end in near for w in _WORD.finditer(text, start, end)]
    return [end for _, end in (near if unit == "paragraph" else [s for p in near for s in sentences(text, p)])]


def _sentences(text: str, paragraphs: Sequence[Span], cursor: int) -> list[int]:
    return [s[0] for p in _near(paragraphs, cursor) for s in sentences(text, p)]


def _paragraphs(text: str, paragraphs: Sequence[Span], cursor: int) -> list[int]:
    return [p[0] for p in _near(paragraphs, cursor)]


_STARTS: dict[str, Callable[[str, Sequence[Span], int], list[int]]] = {
    "word": _words,
    "sentence": _sentences,
    "paragraph": _paragraphs,
}


def grapheme_end(text: str, offset: int) -> int:
    """The end of the grapheme that starts at `offset`."""
    spans, _ = split_graphemes(text[offset : offset + 32].translate(_SPACES))
    return offset + spans[0][1] if spans else offset


def _by_grapheme(text: str, cursor: int, count: int) -> int:
    if count > 0:
        return min(grapheme_end(text, cursor), max(0, len(text) - 1))
    start = max(0, cursor - 32)
    spans, _ = split_graphemes(text[start:cursor].translate(_SPACES))
    return start + spans[-1][0] if spans else 0
