"""Where the reader is in the text, as one value: the cursor, what it is on, what is selected.

The session makes a new one with every step and the article's view paints it. Two are never equal:
to go where the cursor is already brings it on the screen again.
"""

import msgspec

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
