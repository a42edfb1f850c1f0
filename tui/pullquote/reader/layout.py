"""Cut a text into lines as wide as the column, and go from offsets to lines and back.

A text is wrapped once for each width. Words are kept whole where they fit; a word wider than the
column is cut between graphemes, never inside one. Widths are terminal cells as Rich measures them,
so that what is wrapped here is as wide when painted. Offsets are half-open, in code points, into
the whole text.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from pullquote.text import Span

# Printable, one cell wide and a grapheme each: such a paragraph is wrapped by counting characters.
_WIDE_OR_COMBINING = re.compile(
    "[^\n\t\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0373\u0376\u0377\u037b-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u0527\u2010-\u2012\u2013-\u2027\u2030-\u2052\u20a0-\u20af]"
)
_BREAKS = " \t\n"
# characters that are cut into graphemes; a "word" of Chinese may be as long as its paragraph
_AT_A_TIME = 4096


class Typeset(NamedTuple):
    """How paragraphs are set that are not plain prose, by their numbers."""

    above: int = 0  # so many of the first stand above the rule
    indents: Mapping[int, int] = MappingProxyType({})  # cells
    breaks: Mapping[int, int] = MappingProxyType({})  # offsets behind which a new line begins


PLAIN = Typeset()


class Layout:
    """The lines of a text at one width: `[start, end)`, or blank between two paragraphs.

    `over` lines at the top are blank, too, and `under` lines behind the paragraphs that stand above
    the rule: they are for the headline, and for what is said of the article. The text proper begins
    `head` lines below the top; above that, no line is blank between two.
    """

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Span],
        width: int,
        over: int = 0,
        under: int = 0,
        typeset: Typeset = PLAIN,
    ) -> None:
        self.width, self.head = width, over + under
        self._over, self._under, self._typeset = over, under, typeset
        self.starts = array("I")
        self.ends = array("I")
        self.paragraph_lines = array("I")  # each paragraph's first line
        is_simple = not _WIDE_OR_COMBINING.search(text)
        before, first = None, paragraphs[0][0] if len(paragraphs) else 0
        for _ in range(over if len(paragraphs) else over + under):
            self._add(first, first)
        for number, (start, end) in enumerate(paragraphs):
            if before is not None and number > typeset.above:
                self._add(before, before)
            if number == typeset.above:
                for _ in range(under):
                    self._add(start, start)
                self.head = len(self.starts)
            self.paragraph_lines.append(len(self.starts))
            before = end
            if number in typeset.breaks:
                start = self._heading(text, start, typeset.breaks[number], end)
            room = width - self._indent(number) if typeset.indents else width
            if is_simple and end - start <= room:
                # as _by_characters would, at once: a text may have millions of short lines
                self._add(start, end)
            else:
                self._wrap(text, start, end, room)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, line: int) -> Span:
        """The offsets that the line shows; empty for a blank one."""
        return self.starts[line], self.ends[line]

    def head_line(self, line: int) -> int | None:
        """Which of the lines that have no text, above the rule and with it, `line` is."""
        if line < self._over:
            return line
        below = line - (self.head - self._under)
        return self._over + below if 0 <= below < self._under else None

    def indent(self, line: int) -> int:
        """The cells that are left free before the text of a line."""
        return self._indent(self.paragraph(line)) if self._typeset.indents else 0

    def _indent(self, paragraph: int) -> int:
        return min(self._typeset.indents.get(paragraph, 0), self.width // 8)

    def line(self, offset: int) -> int:
        """The line that shows `offset`, or the nearest before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def top(self, offset: int) -> int:
        """The line that is first on the screen where that shows `offset`; the text's, the head."""
        line = self.line(offset)
        return line if line > self.head else 0

    def lines(self, span: Span) -> range:
        """The lines that `span` lies on."""
        return range(self.line(span[0]), self.line(max(span[0], span[1] - 1)) + 1)

    def paragraph(self, line: int) -> int:
        """The number of the paragraph that `line` is in, or follows."""
        return max(0, bisect_right(self.paragraph_lines, line) - 1)

    def _heading(self, text: str, start: int, end: int, last: int) -> int:
        """Set the beginning of a paragraph on lines of its own; where the rest begins."""
        self._wrap(text, start, end, self.width)
        while end < last and text[end] in _BREAKS:
            end += 1
        return end

    def _wrap(self, text: str, start: int, end: int, width: int) -> None:
        simple = not _WIDE_OR_COMBINING.search(text, start, end)
        breaks = _by_characters if simple else _by_cells
        for line in breaks(text, start, end, width):
            self._add(*line)

    def _add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)


def _by_characters(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    while end - start > width:
        cut = max(text.rfind(mark, start, start + width + 1) for mark in _BREAKS)
        if cut <= start:
            cut = start + width
            yield start, cut
        else:
            yield start, cut
            while cut < end and text[cut] in _BREAKS:
                cut += 1
        start = cut
    if start < end:
        yield start, end


_WORD = re.compile(r"[^ \t\n]+")


def _by_cells(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    line_start, line_end, used = start, start, 0
    for word in _WORD.finditer(text, start, end):
        gap = word.start() - line_end
        for piece_start, piece_end, cells in _pieces(text, word.span(), width):
            if used and used + gap + cells > width:
                yield line_start, line_end
                line_start, used, gap = piece_start, 0, 0
            used += gap + cells
            line_end, gap = piece_end, 0
    if line_end > line_start:
        yield line_start, line_end


def _pieces(text: str, word: Span, width: int) -> Iterator[tuple[int, int, int]]:
    """Where a line may end inside `word`: nowhere, but for CJK and what is wider than a line."""
    start, end = word
    if end - start <= _AT_A_TIME:
        cells = cell_len(text[start:end])
        if cells <= width and not _has_wide(text[start:end], cells):
            yield start, end, cells
            return
    while start < end:
        graphemes, _ = split_graphemes(text[start : min(end, start + _AT_A_TIME)])
        if start + _AT_A_TIME < end and len(graphemes) > 1:
            graphemes.pop()  # it may go on
        yield from ((start + left, start + right, size) for left, right, size in graphemes)
        start += graphemes[-1][1]


def _has_wide(piece: str, cells: int) -> bool:
    return cells > len(piece)
