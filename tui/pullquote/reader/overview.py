"""The whole article in one column of cells at its right edge: where quotes, warnings and notes are.

A row of it stands for as many lines as fit; of several things on these one is seen, the rarest.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pullquote.kinds import KINDS
from pullquote.notes.reading import NOTE
from pullquote.reader.filters import VisibleMarks
from pullquote.reader.layout import Layout
from pullquote.reader.marks import Mark
from pullquote.reader.styling import speaker
from pullquote.text import Spans


class Tick(NamedTuple):
    """What a row shows, and its component class, without "article--"."""

    glyph: str
    name: str


NOTHING = Tick(" ", "muted")
_MATCH = Tick("◂", "cursor")


def ticks(
    layout: Layout, marks: VisibleMarks | None, matches: Spans, height: int
) -> tuple[Tick, ...]:
    """The rows of an overview `height` rows high."""
    lines = len(layout)
    cuts = [line_at(row, height, lines) for row in range(height + 1)]
    offsets = [layout.starts[cut] if cut < lines else layout.ends[-1] + 1 for cut in cuts if lines]
    return tuple(
        _match(matches, start, end) or _tick(marks, start, end) or NOTHING
        for start, end in pairwise(offsets)
    )


def line_at(row: int, height: int, lines: int) -> int:
    """The first of the lines that a row stands for."""
    return row * max(lines, height) // max(1, height)


def _match(matches: Spans, start: int, end: int) -> Tick | None:
    first = bisect_left(matches, (start, 0))
    return _MATCH if first < len(matches) and matches[first][0] < end else None


def _tick(marks: VisibleMarks | None, start: int, end: int) -> Tick | None:
    for kind in _RAREST_FIRST if marks else ():
        assert marks is not None
        shown = () if kind.layer in marks.filters.hidden else marks.of(kind.layer)
        if mark := _first(shown, start, end):
            in_hue = f"bar-{speaker(marks.hues, mark.actor)}"
            return Tick(kind.tick, in_hue if kind.has_ground else kind.colour(mark.item))
    return None


def _first(marks: Sequence[Mark], start: int, end: int) -> Mark | None:
    number = bisect_left(marks, start, key=lambda mark: mark.start)
    return marks[number] if number < len(marks) and marks[number].start < end else None


_RAREST_FIRST = sorted(
    (kind for kind in KINDS if kind.tick),
    key=lambda kind: (kind.layer is not NOTE, kind.has_ground),
)
