"""A frame goes to the terminal in one piece, and has all that has changed."""

from typing import Any

import pytest
from rich.cells import cell_len
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.strip import Strip

from pullquote.reader.frames import with_whole_frames
from tests.reader.conftest import NARROW, WIDE, Open

KEYS = (
    *("n", "c", "j", "j", "w", "1", "down", "escape", "h", "2", "slash", "t", "h", "escape"),
    *("p", "escape", "G", "k", "u", "v", "w", "escape"),
)
BEGINS, ENDS = "\x1b[?2026h", "\x1b[?2026l"


def test_what_is_painted_at_once_is_written_at_once_and_all_else_as_it_comes() -> None:
    written: list[str] = []

    class Terminal:
        def write(self, data: str) -> None:
            written.append(data)

    terminal: Any = with_whole_frames(Terminal)()  # type: ignore[arg-type]
    for data in ("title", BEGINS, "words", "cursor", ENDS, "bell"):
        terminal.write(data)
    assert written == ["title", f"{BEGINS}wordscursor{ENDS}", "bell"]


@pytest.mark.parametrize("size", [WIDE, NARROW, (160, 45)])
async def test_what_frame_after_frame_paints_is_the_screen_painted_as_a_whole(
    desk: Open, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what has changed is painted; with a dialog, the drawer, a search and a scroll between."""
    terminal: list[list[object]] = [[None] * size[0] for _ in range(size[1])]
    partly, wholly = Compositor.render_partial_update, Compositor.render_full_update

    def part(self: Compositor) -> ChopsUpdate | None:
        update = partly(self)
        for y, left, right in update.spans if update else ():
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is not None and x <= right and end > left:
                    cells = _cells(strip)[: min(end, right) - x]
                    terminal[y][x : x + len(cells)] = cells
        return update

    def whole(self: Compositor, simplify: bool = False) -> LayoutUpdate:
        terminal[:] = map(_cells, self.render_strips())
        return wholly(self, simplify)

    monkeypatch.setattr(Compositor, "render_partial_update", part)
    monkeypatch.setattr(Compositor, "render_full_update", whole)
    async with desk(size=size) as reader:
        await reader.press("n")
        for key in KEYS:
            await reader.press(key)
            drawn = [*map(_cells, reader.pilot.app.screen._compositor.render_strips())]
            assert terminal == drawn, key


def _cells(strip: Strip) -> list[object]:
    """The cells of a line as a terminal shows them."""
    return [
        (one, str(segment.style))
        for segment in strip
        for one in segment.text
        for _ in range(cell_len(one))
    ]
