"""A frame in one piece: all that is painted at once goes to the terminal in one write.

Textual marks the ends of a frame in writes of their own, each of which wakes the thread that writes
and has the reader's thread wait for it.
"""

from typing import Any

from textual.driver import Driver

_BEGINS, _ENDS = "\x1b[?2026h", "\x1b[?2026l"  # the terminal shows what lies between at the end


def with_whole_frames(driver: type[Driver]) -> type[Driver]:
    """A driver that holds what is written of a frame until it is whole."""

    class WholeFrames(driver):  # type: ignore[misc,valid-type]
        _frame: list[str] | None = None

        def write(self, data: str) -> Any:
            if data == _BEGINS and self._frame is None:
                self._frame = []
            if self._frame is None:
                return super().write(data)
            self._frame.append(data)
            if data == _ENDS:
                frame, self._frame = "".join(self._frame), None
                return super().write(frame)

    return WholeFrames
