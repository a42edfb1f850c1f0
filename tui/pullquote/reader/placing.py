"""Where a dialog lies: beside the words that it is about, and over them only for want of room."""

from typing import Literal, NamedTuple

from textual.geometry import Region, Size, Spacing

_MARGIN = 3  # cells between the words and what stands beside them
_BAR = 1  # row at the bottom, which stays in view


class Needs(NamedTuple):
    """The rows without which a dialog cannot be used, and as many as it lies below the words for.

    Where there are less than these below, it lies wherever there are more.
    """

    least: int = 8
    enough: int = 14  # most dialogs have no more


class Placing(NamedTuple):
    """Which edge of the screen the box hangs on, how far from the edges, and its most rows."""

    edge: Literal["top", "bottom"]
    margin: Spacing
    rows: int


def beside(words: Region, screen: Size, width: int, needs: Needs) -> Placing:
    """A box of `width` cells below the words, or above them; both are in cells of the screen.

    It keeps to the column of the words, as far as that is wide enough, and so off the panes.
    """
    left = max(0, min(words.x, min(words.right + _MARGIN, screen.width) - width))
    above, below = words.y, screen.height - _BAR - words.bottom
    if max(above, below) < needs.least:
        return Placing("bottom", Spacing(0, 0, _BAR, left), screen.height - _BAR)
    if below >= min(needs.enough, above):
        return Placing("top", Spacing(words.bottom, 0, 0, left), below)
    return Placing("bottom", Spacing(0, 0, screen.height - words.y, left), above)
