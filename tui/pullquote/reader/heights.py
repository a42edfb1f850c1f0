"""Where rows of several lines lie in a list, one of which may be open and so be higher."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Heights:
    """The lines of rows: which row a line is of, and where a row begins.

    Opening a row moves those below it, without a look at any of them: a list may be as long as a
    long article has quotes, and each key opens another row.
    """

    def __init__(self, closed: Iterable[int] = ()) -> None:
        self._tops = [0, *accumulate(closed)]  # of each row, were all closed; then of the end
        self._open, self._extra = -1, 0

    def __len__(self) -> int:
        """How many lines there are."""
        return self._tops[-1] + self._extra

    def open(self, row: int | None, height: int = 0) -> None:
        """Let one row be of that height, and the others be closed."""
        self._open, self._extra = -1, 0
        if row is not None:
            self._extra, self._open = height - self.height(row), row

    def top(self, row: int) -> int:
        """The first line of a row."""
        return self._tops[row] + (self._extra if row > self._open else 0)

    def height(self, row: int) -> int:
        """How many lines a row has."""
        own = self._tops[row + 1] - self._tops[row]
        return own + (self._extra if row == self._open else 0)

    def at(self, line: int) -> tuple[int, int]:
        """The row that has a line, and which of its lines that is. Raises `IndexError`."""
        if not 0 <= line < len(self):
            raise IndexError(line)
        if self._extra and line >= (top := self.top(self._open)):
            if line < top + self.height(self._open):
                return self._open, line - top
            line -= self._extra
        row = bisect_right(self._tops, line) - 1
        return row, line - self._tops[row]

    def aligned(self, line: int) -> int:
        """The nearest line from `line` on with which a row begins, else `line`."""
        if not 0 < line < len(self):
            return line
        row, within = self.at(line)
        below = self.top(row) + self.height(row)
        return below if within and below < len(self) else line
