"""Where a motion over the text ends: by character, word, clause, sentence and paragraph.

Words are those of Unicode (UAX #29), with marks of punctuation that stand together as one. Offsets
are half-open, in code points; no motion ends inside a grapheme.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from rich.cells import split_graphemes

from pullquote.text import Span, Spans, at, sentences, trimmed

# characters: words are looked for no farther from the cursor, however long its paragraph is
_NEAR = 400
_COUNTED = 40_000  # characters: words of more than these are counted by the spaces between them
# Rich would add them, being of no width, to the grapheme before
_SPACES = str.maketrans("\n\t", "  ")
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


def inside(paragraphs: Sequence[Span], offset: int) -> int:
    """`offset` in a paragraph, or the nearest place in one: the next's start, the last's end."""
    if not paragraphs or at(paragraphs, offset) is not None:
        return offset if paragraphs else 0
    following = bisect_right(paragraphs, offset, key=lambda paragraph: paragraph[0])
    return paragraphs[following][0] if following < len(paragraphs) else paragraphs[-1][1] - 1


def sentence_starts(text: str, paragraphs: Sequence[Span], span: Span) -> list[int]:
    """Where the sentences begin that begin inside `span`."""
    starts: list[int] = []
    for start, end in paragraphs[_first_touching(paragraphs, span[0]) :]:
        if start >= span[1]:
            break
        cut = max(start, span[0] - _NEAR)
        pieces = sentences(text, (cut, min(end, span[1])))
        starts += [s for s, _ in pieces[cut != start :] if span[0] <= s < span[1]]
    return starts


def _first_touching(paragraphs: Sequence[Span], offset: int) -> int:
    return bisect_left(paragraphs, offset + 1, key=lambda paragraph: paragraph[1])


@cache
def _boundaries() -> tuple[Any, Any]:
    """Patterns of a boundary between words, and of one that a word begins at."""
    import regex  # not for the first frame

    return regex.compile(r"\b", regex.WORD | regex.V1), regex.compile(
        r"\b\w", regex.WORD | regex.V1
    )


def words_in(text: str, span: Span) -> list[Span]:
    """The words and groups of punctuation in `span`, without the space between."""
    cuts = [found.start() for found in _boundaries()[0].finditer(text, *span)]
    words: list[Span] = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.isspace():
            continue
        if (
            words
            and words[-1][1] == start
            and not _is_word(piece)
            and not _is_word(text[slice(*words[-1])])
        ):
            words[-1] = (words[-1][0], end)
        else:
            words.append((start, end))
    return words


def _is_word(piece: str) -> bool:
    return any(character.isalnum() for character in piece)


def word_count(text: str, span: Span) -> int:
    """How many words `span` holds; marks of punctuation are none."""
    if span[1] - span[0] > _COUNTED:
        return len(text[slice(*span)].split())
    return sum(1 for _ in _boundaries()[1].finditer(text, *span))


def _words_near(text: str, paragraph: Span, offset: int) -> list[Span]:
    """The words of a paragraph that are not far from `offset`."""
    start, end = paragraph
    left, right = max(start, min(offset, end) - _NEAR), min(end, max(offset, start) + _NEAR)
    words = words_in(text, (left, right))
    return words[left != start : len(words) - (right != end)]


def word_at(text: str, paragraphs: Sequence[Span], offset: int) -> Span:
    """The word at `offset`, or the next one in its paragraph, or the last."""
    paragraph = paragraph_at(paragraphs, offset)
    words = _words_near(text, paragraph, offset)
    return next((word for word in words if word[1] > offset), words[-1] if words else paragraph)


def _lettered_word_at(text: str, paragraphs: Sequence[Span], offset: int) -> Span:
    """The word at `offset` or the next one that is not a mark of punctuation."""
    words = _words_near(text, paragraph_at(paragraphs, offset), offset)
    ahead = (word for word in words if word[1] > offset and _is_word(text[slice(*word)]))
    return next(ahead, word_at(text, paragraphs, offset))


def snapped(text: str, paragraphs: Sequence[Span], span: Span) -> Span | None:
    """`span` grown to whole words, without outer white space; None where nothing is left."""
    start, end = span
    if start < end and not text[start].isspace():
        start = min(start, word_at(text, paragraphs, start)[0])
    if start < end and not text[end - 1].isspace():
        end = max(end, word_at(text, paragraphs, end - 1)[1])
    start, end = trimmed(text, (start, end))
    return (start, end) if start < end else None


def clause_at(text: str, paragraphs: Sequence[Span], offset: int) -> Span:
    """What stands between two commas, semicolons, colons or dashes around `offset`."""
    start, end = sentence_at(text, paragraphs, offset)
    cuts = [start, *(m.end() for m in _CLAUSE_END.finditer(text, start, end)), end]
    left, right = next(((a, b) for a, b in pairwise(cuts) if a <= offset < b), (start, end))
    return left, left + len(text[left:right].rstrip())


def grown(
    text: str, paragraphs: Sequence[Span], quotes: Spans, span: Span | None, cursor: int
) -> Span:
    """The next larger piece around `span`: word, clause, quote, sentence, paragraph."""
    pieces = [_lettered_word_at(text, paragraphs, cursor), clause_at(text, paragraphs, cursor)]
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


def _near(paragraphs: Sequence[Span], cursor: int) -> Spans:
    """The paragraph of the cursor and its neighbours."""
    number = _number(paragraphs, cursor)
    return tuple(paragraphs[max(0, number - 1) : number + 2])


def _words(text: str, paragraphs: Sequence[Span], cursor: int) -> list[int]:
    return [
        word[0] for near in _near(paragraphs, cursor) for word in _words_near(text, near, cursor)
    ]


def ends(text: str, paragraphs: Sequence[Span], unit: str, cursor: int) -> list[int]:
    """Where the words, sentences or paragraphs around `cursor` end."""
    near = _near(paragraphs, cursor)
    if unit == "word":
        return [end for paragraph in near for _, end in _words_near(text, paragraph, cursor)]
    return [
        end
        for _, end in (
            near if unit == "paragraph" else [s for p in near for s in sentences(text, p)]
        )
    ]


def _sentences(text: str, paragraphs: Sequence[Span], cursor: int) -> list[int]:
    return [s[0] for p in _near(paragraphs, cursor) for s in sentences(text, p)]


def _paragraphs(text: str, paragraphs: Sequence[Span], cursor: int) -> list[int]:
    return [p[0] for p in _near(paragraphs, cursor)]


_STARTS: dict[str, Callable[[str, Sequence[Span], int], list[int]]] = {
    "word": _words,
    "sentence": _sentences,
    "paragraph": _paragraphs,
}


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """The graphemes of a line: start, end, width in cells."""
    return split_graphemes(text.translate(_SPACES))[0]


def grapheme_end(text: str, offset: int) -> int:
    """The end of the grapheme that starts at `offset`."""
    spans, _ = split_graphemes(text[offset : offset + 32].translate(_SPACES))
    return offset + spans[0][1] if spans else offset


def on_grapheme(text: str, paragraphs: Sequence[Span], offset: int) -> int:
    """The start of the grapheme at `offset`, or nearest to it in a paragraph."""
    offset = inside(paragraphs, offset)
    if text[offset : offset + 1].isascii():
        return offset
    # A grapheme does not go on over white space; without any near, they are counted from here.
    near = max(paragraph_at(paragraphs, offset)[0], offset - _NEAR)
    first = max(near, *(text.rfind(space, near, offset) for space in " \n\t"))
    begins = [first + start for start, _, _ in graphemes(text[first : offset + 32])]
    return begins[bisect_right(begins, offset) - 1] if begins else offset


def _by_grapheme(text: str, cursor: int, count: int) -> int:
    if count > 0:
        end = grapheme_end(text, cursor)
        return end if end < len(text) else cursor
    start = max(0, cursor - 32)
    spans, _ = split_graphemes(text[start:cursor].translate(_SPACES))
    return start + spans[-1][0] if spans else 0
