"""Emoji of several characters take the same cells in every terminal."""

import pytest
from rich.cells import cell_len

from pullquote.reader.emoji import single_emoji
from tests.reader.conftest import Open

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        (f"a {FAMILY} b", "a \U0001f469 b"),
        ("\u2764\ufe0f!", "\u2764 !"),  # a heart, which may be of one cell
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764 "),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("1\ufe0f\u20e3", "1 "),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),  # letters are joined as before
        ("\x1b[1;31m✅ \U0001f1ec\U0001f1e7", "\x1b[1;31m✅ \U0001f1ec\U0001f1e7"),
    ],
)
def test_the_first_of_several_is_drawn_in_the_room_of_all(words: str, drawn: str) -> None:
    assert single_emoji(words) == drawn
    assert cell_len(drawn) == cell_len(words)


async def test_what_goes_to_the_terminal_is_drawn_so(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk() as at:
        written: list[str] = []
        driver = at.app.driver_class(at.app)
        monkeypatch.setattr(
            type(driver).__mro__[1], "write", lambda self, data: written.append(data)
        )
        driver.write(f"a {FAMILY}")
        assert written == ["a \U0001f469"]
