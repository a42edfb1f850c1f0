"""The status line at the bottom: where, on what, what was done, which keys."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

PADDING = 1  # cells, as in the style sheet
_GAP = 2
_LEAST = 16  # cells that are left to what the reader is on


class Line(NamedTuple):
    """What there is to say; `keys` by how much they matter, but for the last, always shown."""

    where: str = ""
    what: str = ""
    done: str = ""
    progress: str = ""
    keys: tuple[str, ...] = ()


class StatusLine(Static):
    """One line: its messages to the left, keys to the right.

    Where there is no room for all, the keys go first, the least important before the others, but
    for the last, which leads to all of them; then what the reader is on is cut, or left out where
    what was done needs the line.
    """

    line: var[Line] = var(Line, init=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def on_resize(self) -> None:
        """What is said has to fit anew."""
        self.watch_line(self.line)

    def watch_line(self, line: Line) -> None:
        """Show all that is said."""
        where, what, did, progress, keys = line
        room = (self.size.width or 80) - 2 * PADDING
        always = keys[-1] if keys else ""
        room -= _cells(always)
        what, did, progress = _fitted(what, did, progress, room - _cells(where))
        said = [
            (where, "bold"),
            *(
                (part, style)
                for part, style in ((what, ""), (did, "italic"), (progress, "dim"))
                if part
            ),
        ]
        room -= sum(_cells(part) for part, _ in said)
        shown = _first_that_fit(keys[:-1], room)
        right = " · ".join((*shown, always)) if always else ""
        gap = max(
            _GAP,
            self.size.width
            - 2 * PADDING
            - sum(_cells(part) for part, _ in said)
            + _GAP
            - cell_len(right),
        )
        parts: list[str | tuple[str, str]] = []
        for part in said:
            parts += [" " * _GAP, part] if parts else [part]
        # One line it stays: laying out anew costs 5 ms a key.
        self.update(Content.assemble(*parts, " " * gap, (right, "dim")), layout=False)


def _cells(part: str) -> int:
    return cell_len(part) + _GAP if part else 0


def _fitted(what: str, did: str, progress: str, room: int) -> tuple[str, str, str]:
    """The three parts, cut to fit: the first down to some cells, then the last, the middle.

    What was just done is the news: where it would not fit beside the first, that is left out.
    """
    if what and _LEAST + _GAP + cell_len(did) > room:
        what = ""
    what = _cut(what, max(_LEAST, room - _cells(did) - _cells(progress) - _GAP))
    progress = _cut(progress, room - _cells(what) - _cells(did) - _GAP)
    return what, _cut(did, room - _cells(what) - _cells(progress) - _GAP), progress


def _cut(part: str, cells: int) -> str:
    if cell_len(part) <= cells:
        return part
    return f"{set_cell_size(part, cells - 1).rstrip()}…" if cells > 1 else ""


def _first_that_fit(keys: Sequence[str], room: int) -> list[str]:
    shown: list[str] = []
    for key in keys:
        room -= cell_len(key) + len(" · ")
        if room < 0:
            break
        shown.append(key)
    return shown
