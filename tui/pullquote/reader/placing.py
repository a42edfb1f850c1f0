"""Where a dialog lies: beside the words that it is about, and over them only for want of room."""

from typing import Literal, NamedTuple

from textual.geometry import Region, Size, Spacing

_ENOUGH = 14  # rows that most dialogs need: where there are as many, it lies below the words
_LEAST = 8  # rows without which no dialog can be used
_MARGIN = 3  # cells between the words and what stands beside them
_BAR = 1  # row at the bottom, which stays in view


class Placing(NamedTuple):
    """Which edge of the screen the box hangs on, how far from the edges, and its most rows."""

    edge: Literal["top", "bottom"]
    margin: Spacing
    rows: int


def beside(words: Region, screen: Size, width: int) -> Placing:
    """A box of `width` cells below the words, or above them; both are in cells of the screen.

    It keeps to the column of the words, as far as that is wide enough, and so off the panes.
    """
    left = max(0, min(words.x, min(words.right + _MARGIN, screen.width) - width))
    above, below = words.y, screen.height - _BAR - words.bottom
    if max(above, below) < _LEAST:
        return Placing("bottom", Spacing(0, 0, _BAR, left), screen.height - _BAR)
    if below >= min(_ENOUGH, above):
        return Placing("top", Spacing(words.bottom, 0, 0, left), below)
    return Placing("bottom", Spacing(0, 0, screen.height - words.y, left), above)
