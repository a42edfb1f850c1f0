"""Where the reader is in the text, as one value: the cursor, what it is on, what is selected.

The session makes a new one with every step and the article's view paints it. Two are never equal:
to go where the cursor is already brings it on the screen again.
"""

from collections.abc import Iterator

import msgspec

from pullquote.reader.layout import Layout
from pullquote.text import Span, Spans


class Selecting(msgspec.Struct, frozen=True):
    """A selection in the making, by keys: the cursor is its other end."""

    fixed: int  # the offset of the character at the end that stays, included
    loose: bool = False  # no end stays yet: the motions only move the cursor


class Position(msgspec.Struct, frozen=True, eq=False):
    """Where the reader is; offsets are in code points, spans half-open.

    The cursor is in a paragraph, at the start of a grapheme; it is 0 without a text.
    """

    cursor: int = 0
    focus: Spans = ()  # the finding, sentence or match that the reader is on
    selected: Span | None = None  # by keys or by mouse
    selecting: Selecting | None = None
    follows: bool = True  # the text scrolls to the cursor; else the cursor comes to what is shown
    top: int | None = None  # what the first line has to show; None: wherever the cursor is shown


def lines_between(wrapped: Layout, old: Position, new: Position) -> set[int]:
    """The lines that look different after a step from one position to another."""
    lines = {wrapped.line(old.cursor), wrapped.line(new.cursor)}
    if old.focus != new.focus or bool(old.selecting) != bool(new.selecting):
        lines.update(line for span in (*old.focus, *new.focus) for line in wrapped.lines(span))
    if old.selected != new.selected:
        lines.update(_lines_selected_anew(wrapped, old.selected, new.selected))
    return lines


def _lines_selected_anew(wrapped: Layout, old: Span | None, new: Span | None) -> Iterator[int]:
    """The lines on which a selection has begun or ended to be: at both ends, of two."""
    moved = old and new and ((old[0], new[0]), (old[1], new[1]))
    spans = [span for span in (old, new) if span]
    for start, end in moved or spans:
        yield from wrapped.lines((min(start, end), max(start, end)))
    yield from (wrapped.line(end) for span in spans for end in span)
