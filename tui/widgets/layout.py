"""Cut a text into lines as wide as the column, and go from offsets to lines and back.

A text is wrapped once for each width. Words are kept whole where they fit; a word wider than the column is cut between
graphemes, never inside one. Widths are terminal cells as Rich measures them, so that what is wrapped here is as wide
when painted. Offsets are half-open, in code points, into the whole text.
"""

import re
from array import array
from bisect import bisect_right

from rich.cells import cell_len, split_graphemes

from tui.text import Span, Spans

# Printable, one cell wide and a grapheme each: such a paragraph is wrapped by counting characters.
_WIDE_OR_COMBINING = re.compile(
    "[^\n\t\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0373\u0376\u0377\u037b-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u0527\u2010-\u2012\u2013-\u2027\u2030-\u2052\u20a0-\u20af]"
)
_BREAKS = " \t\n"


class Layout:
    """The lines of a text at one width. A line is blank between two paragraphs, and else holds `[start, end)`."""

    def __init__(self, text: str, paragraphs: Spans, width: int) -> None:
        self.width = width
        self.starts = array("I")
        self.ends = array("I")
        self.paragraph_lines = array("I")  # each paragraph's first line
        for number, (start, end) in enumerate(paragraphs):
            if number:
                self.starts.append(paragraphs[number - 1][1])
                self.ends.append(paragraphs[number - 1][1])
            self.paragraph_lines.append(len(self.starts))
            self._wrap(text, start, end)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, line: int) -> Span:
        """The offsets that the line shows; empty for a blank one."""
        return self.starts[line], self.ends[line]

    def line(self, offset: int) -> int:
        """The line that shows `offset`, or the nearest before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def lines(self, span: Span) -> range:
        """The lines that `span` lies on."""
        return range(self.line(span[0]), self.line(max(span[0], span[1] - 1)) + 1)

    def paragraph(self, line: int) -> int:
        """The number of the paragraph that `line` is in, or follows."""
        return max(0, bisect_right(self.paragraph_lines, line) - 1)

    def _wrap(self, text: str, start: int, end: int) -> None:
        simple = not _WIDE_OR_COMBINING.search(text, start, end)
        breaks = _by_characters if simple else _by_cells
        for line_start, line_end in breaks(text, start, end, self.width):
            self.starts.append(line_start)
            self.ends.append(line_end)


def _by_characters(text: str, start: int, end: int, width: int) -> list[Span]:
    lines = []
    while end - start > width:
        cut = max(text.rfind(mark, start, start + width + 1) for mark in _BREAKS)
        if cut <= start:
            cut = start + width
            lines.append((start, cut))
        else:
            lines.append((start, cut))
            while cut < end and text[cut] in _BREAKS:
                cut += 1
        start = cut
    if start < end:
        lines.append((start, end))
    return lines


_WORD = re.compile(r"[^ \t\n]+")


def _by_cells(text: str, start: int, end: int, width: int) -> list[Span]:
    lines: list[Span] = []
    line_start, line_end, used = start, start, 0
    for word in _WORD.finditer(text, start, end):
        gap = word.start() - line_end
        for piece_start, piece_end, cells in _pieces(text, word.span(), width):
            if used and used + gap + cells > width:
                lines.append((line_start, line_end))
                line_start, used, gap = piece_start, 0, 0
            used += gap + cells
            line_end, gap = piece_end, 0
    if line_end > line_start:
        lines.append((line_start, line_end))
    return lines


def _pieces(text: str, word: Span, width: int) -> list[tuple[int, int, int]]:
    """Where a line may end inside `word`: nowhere, unless it is of wide characters (CJK) or wider than the column."""
    piece = text[word[0] : word[1]]
    cells = cell_len(piece)
    if cells <= width and not _has_wide(piece, cells):
        return [(*word, cells)]
    graphemes, _ = split_graphemes(piece)
    return [(word[0] + start, word[0] + end, size) for start, end, size in graphemes]


def _has_wide(piece: str, cells: int) -> bool:
    return cells > len(piece)
