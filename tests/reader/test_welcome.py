"""The card of the first run says what the looks mean, and is gone with any key."""

import pytest

from pullquote.library.store import Library
from pullquote.reader.opening import Opening
from pullquote.settings import Settings
from tests.reader.conftest import NARROW, WIDE, Desk, Open

FIRST = Opening(is_first=True)


def _shown(at: Desk) -> bool:
    return any("How to read the colours" in row for row in at.rows)


@pytest.mark.parametrize("size", [NARROW, WIDE, (160, 45)])
async def test_the_first_run_explains_tint_mark_and_bar_and_the_keys(
    desk: Open, size: tuple[int, int]
) -> None:
    async with desk(opening=FIRST, size=size) as at:
        assert _shown(at)
        words = " ".join(" ".join(at.rows).replace("│", " ").split())
        for said in ("A tint with a bar", "A mark in the margin", "n goes to the first quote"):
            assert said in words
        assert at.rows[-1].rstrip().endswith("? keys")


@pytest.mark.parametrize("key", ["n", "j", "ctrl+l", "escape", "tab"])
async def test_any_key_puts_it_away_and_does_what_it_does(desk: Open, key: str) -> None:
    async with desk(opening=FIRST) as at:
        await at.press(key)
        assert not _shown(at)
        assert ("quote 1/2" in at.status) == (key == "n")


async def test_the_help_shows_it_again(desk: Open) -> None:
    async with desk() as at:
        assert not _shown(at)
        await at.press("question_mark")
        assert "A tint with a bar" in " ".join(at.rows)


async def test_it_names_the_keys_that_were_chosen(desk: Open) -> None:
    async with desk(opening=FIRST, settings=Settings(keymap={"quote.next": "ctrl+n"})) as at:
        assert "ctrl+n goes to the first quote" in " ".join(at.rows)


async def test_a_library_in_which_something_was_read_is_no_first_run(
    desk: Open, library: Library
) -> None:
    assert not library.articles.have_been_read()
    async with desk() as at:
        at.screen.save_place()
        await at.settle()
    assert library.articles.have_been_read()


async def test_the_mouse_puts_it_away_too(desk: Open) -> None:
    async with desk(opening=FIRST) as at:
        await at.pilot.mouse_down(offset=(30, 5))
        await at.settle()
        assert not _shown(at)
