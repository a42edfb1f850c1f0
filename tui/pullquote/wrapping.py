"""Which line ends of a text only wrap its lines, decided block by block.

A block is what stands between two blank lines. A program that wraps fills each line as far as the
next word lets it; who ends a line on purpose (verse, address, list, table) ends it where the thing
ends. So a block is wrapped if nearly all its lines are full, most of them end in the middle of a
sentence and not all begin with a capital. Two or three lines tell nothing by themselves: they are
wrapped if they are full where the rest of the text is wrapped.

Lengths are in cells, as a terminal has them: a Chinese letter is as wide as two Latin ones.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Span = tuple[int, int]

_AT_MOST = 100  # cells; mail and text programs wrap no longer lines than this
_AT_LEAST = 40  # cells; no text is wrapped to lines shorter than this
_ENDS = 3  # line ends; fewer do not tell how a block was made
_FULL = 0.85  # of the width; a line is full if the next word would have come beyond it
_MOSTLY = 0.75  # of a wrapped block's lines are full; a heading or a late edit may stand in it
_SHORT = 0.6  # of the width; a line with more room than this was ended on purpose
_ENOUGH_LINES = 5_000  # this many, from the beginning, tell how any text was made
_LONG_BLOCK = 1_000  # lines; a longer block is decided on piece by piece

_LINE = re.compile(r"\S(?:[^\n]*\S)?")  # a line's content, without white space at its ends
# Letters that take two cells, of scripts without spaces, as a pattern's set.
WIDE = (
    "\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
    "\U00020000-\U0003ffff"
)
_WIDE = f"[{WIDE}]"  # as a string: so large a set takes a while to compile
_STOPS = frozenset(".!?…:;”’\"'»)。！？」؟۔।")
_BULLETS = frozenset("*+•·▪▫■□●○‣◦")
_MARKER = re.compile(r"(?:[-–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)])\s", re.I)


def paragraph_spans(text: str, usual: int = 0) -> Iterator[Span]:
    """The paragraphs of `text`, half-open in code points, without outer white space.

    Each line that is not blank is one, but where lines are wrapped, all that run on are one.
    `usual` is the width, in cells, that texts of its kind are wrapped to; 0 for none.
    """
    page = _page_width(text)
    if not page and usual and not any(end - start > _AT_MOST for start, end in _lines(text)):
        page = usual
    if page is None:
        yield from _lines(text)
        return
    for block in _blocks(text):
        lines = [_measured(text, line) for line in block]
        width = _wrapped_at(lines, page)
        if not width:
            yield from block
            continue
        start = block[0][0]
        first = before = lines[0]
        for (_, end), (at, _), line in zip(block, block[1:], lines[1:], strict=False):
            if not _runs_on(before, line, first, width):
                yield start, end
                start, first = at, line
            before = line
        yield start, block[-1][1]


class _Line(NamedTuple):
    """What tells how a line came to its end; lengths in cells."""

    indent: int
    length: int
    word: int  # the length of the first word
    breaks_in: bool  # it ends in the middle of a sentence
    capital: bool  # it begins with a capital
    bullet: bool
    marker: bool  # it begins like an item of a list, or with a dash
    columns: bool  # it is a row of a table
    spaced: bool  # it is more than one word, as an address in the web is


_End = tuple[_Line, _Line]  # a line end, by the line and the one after it


def _lines(text: str) -> Iterator[Span]:
    return (match.span() for match in _LINE.finditer(text))


def _blocks(text: str) -> Iterator[list[Span]]:
    """The lines between blank lines; very long blocks in several pieces."""
    block: list[Span] = []
    for line in _lines(text):
        if block and (len(block) == _LONG_BLOCK or text.count("\n", block[-1][1], line[0]) > 1):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _measured(text: str, line: Span) -> _Line:
    start, end = line
    words = text[start : min(end, start + 2 * _AT_MOST)]
    first = words.split(None, 1)[0]
    length, word = end - start, len(first)
    if not words.isascii():
        length += len(re.findall(_WIDE, words))
        word = 2 if re.match(_WIDE, words) else word
    return _Line(
        indent=start - (text.rfind("\n", 0, start) + 1),
        length=length,
        word=word,
        breaks_in=text[end - 1] not in _STOPS,
        capital=words[0].isupper(),
        bullet=first in _BULLETS,
        marker=_MARKER.match(words) is not None,
        columns="\t" in words or "   " in words or words.count("|") > 1,
        spaced=len(first) < length,
    )


def _page_width(text: str) -> int | None:
    """The width that most of the text is wrapped to; 0 if only parts of it are, None if nothing."""
    blocks = list(_of_the_beginning(text))
    width = _usual_width(line for block in blocks for line in block[:-1])
    full = [end for block in blocks if _all_full(_ends(block), width) for end in _ends(block)]
    if width and _is_prose(full):
        return width
    return 0 if any(_wrapped_at(block, 0) for block in blocks) else None


def _of_the_beginning(text: str) -> Iterator[list[_Line]]:
    """The blocks of several lines among the first lines of `text`."""
    count = 0
    for block in _blocks(text):
        count += len(block)
        if len(block) > 1:
            yield [_measured(text, line) for line in block]
        if count > _ENOUGH_LINES:
            return


def _wrapped_at(lines: Sequence[_Line], page: int) -> int:
    """The width that a block is wrapped to; 0 if it is not. `page` is the rest of the text's."""
    if any(line.length > _AT_MOST and line.spaced for line in lines):
        return 0
    ends = _ends(lines)
    if len(ends) < _ENDS:
        runs = all(line.breaks_in or not after.capital for line, after in ends)
        return page if page and runs and _all_full(ends, page) else 0
    width = _usual_width(lines[:-1])
    full = sum(_room(*end) > _FULL * width for end in ends)
    return width if width and full >= _MOSTLY * len(ends) and _is_prose(ends) else 0


def _usual_width(lines: Iterable[_Line]) -> int:
    """The width that fits most of the lines; 0 if none is as long as a wrapped line is."""
    counts = [0] * (_AT_MOST + 1)
    for line in lines:
        if line.length <= _AT_MOST:
            counts[line.length] += 1
    if not any(counts[_AT_LEAST:]):
        return 0
    widths = range(_AT_LEAST, _AT_MOST + 1)
    best = max(widths, key=lambda width: sum(counts[int(_FULL * width) + 1 : width + 1]))
    return max(size for size in range(best + 1) if counts[size])


def _ends(lines: Sequence[_Line]) -> list[_End]:
    """The line ends that may wrap: not those before an item of a list."""
    return [(line, after) for line, after in pairwise(lines) if not _begins_item(line, after)]


def _begins_item(line: _Line, after: _Line) -> bool:
    """Whether `after` is an item of a list, by how it begins and how the line before it ends."""
    return after.bullet or (after.marker and not line.breaks_in)


def _room(line: _Line, after: _Line) -> int:
    """The cells that a line would have taken with the first word of the line after it."""
    return line.length + 1 + after.word


def _all_full(ends: Sequence[_End], width: int) -> bool:
    return bool(ends) and all(_room(*end) > _FULL * width for end in ends)


def _is_prose(ends: Sequence[_End]) -> bool:
    """Whether enough lines end in the middle of a sentence, and begin as its middle does."""
    return (
        len(ends) >= _ENDS
        and 2 * sum(line.breaks_in for line, _ in ends) > len(ends)
        and 3 * sum(not after.capital for _, after in ends) >= len(ends)
    )


def _runs_on(line: _Line, after: _Line, first: _Line, width: int) -> bool:
    """Whether a line of a wrapped block goes on in the one after it; `first` began the paragraph.

    It does not where that is an item of a list, a row of a table or set in as the first line of a
    paragraph is, nor where the line had room to spare.
    """
    listed = first.bullet or first.marker
    return not (
        _room(line, after) <= _SHORT * width
        or _begins_item(line, after)
        or (after.marker and listed)
        or (after.indent > line.indent and not listed)
        or line.columns
        or after.columns
    )
