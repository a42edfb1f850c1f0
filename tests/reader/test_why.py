"""Why? speaks words."""

import re

from textual.widgets import Static

from tests.reader.conftest import Desk, Open
from tests.reader.test_mouse import cell, sweep


def shown(at: Desk) -> str:
    """All that the page says."""
    return " ".join(str(one.content) for one in at.pilot.app.screen.query(Static))


async def test_why_tells_no_offsets_and_a_confidence_in_words(desk: Open) -> None:
    for key in ("n", "c", "w", "a"):
        async with desk() as at:
            await at.press(key, "p")
            assert not re.search(r"\d+–\d+|sure to| at \d", shown(at))
            assert key == "a" or "confidence" in shown(at)


async def test_why_of_a_quote_that_was_added_shows_the_quote_and_who_says_it(desk: Open) -> None:
    async with desk() as at:
        await sweep(at, cell(at, "grim chapter"), cell(at, "chapter", 3))
        await at.press("e", "1", "enter")
        for _ in range(3):
            if at.pilot.app.screen is at.screen:
                break
            await at.press("enter")
        await at.press("g", "n", "p")
        assert "grim chapter" in shown(at)
        assert "A quote that was missed" in shown(at)
        assert "missed: " not in shown(at)
