"""A frame goes to the terminal in one piece."""

from typing import Any

from pullquote.reader.frames import with_whole_frames

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
