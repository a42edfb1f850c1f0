"""The bar: where the reader is, on what, what was done; and the keys that matter now."""

import pytest

from pullquote.library.store import Library
from pullquote.reader.hints import MOMENTS, Hint, Hints
from pullquote.reader.status import Line, StatusLine
from pullquote.settings import Settings
from tests.reader.conftest import NARROW, WIDE, Desk, Open
from tests.reader.test_guarded import locked


def hints(at: Desk) -> list[str]:
    """The keys that the bar names, with their words."""
    bar = at.screen.query_one(StatusLine)
    return [
        f"{one.key} {one.word}" for one in bar.line.keys if f"{one.key} {one.word}" in at.rows[-1]
    ]


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ([], ["n quote", "c claim"]),
        (["c"], ["c claim", "r verdict", "i note"]),
        (["n"], ["n quote", "h highlight", "i note"]),
        (["a"], ["a actor", "Enter all they say", "* mention"]),
        (["c", "h", "1", "m"], ["m next note", "i note", "t tag"]),
        (["c", "1"], ["Esc text", "r verdict", "i note"]),
        (["4"], ["Esc text", "Enter all they say", "* mention"]),
        (["4", "enter"], ["Esc text", "* mention", "f alone"]),
        (["1"], ["Esc text", "r verdict", "i note"]),
        (["slash", *"war", "enter"], ["n next", "N previous", "Esc end search"]),
        (["v"], ["Enter highlight", "i note", "e add"]),
    ],
)
async def test_the_bar_names_the_keys_of_the_moment(
    desk: Open, keys: list[str], first: list[str]
) -> None:
    async with desk(size=(160, 45)) as at:
        await at.press(*keys)
        shown = hints(at)
        assert shown[: len(first)] == first
        assert 4 <= len(shown) - 1 <= 7
        assert shown[-1] == "? keys"


async def test_a_click_on_a_key_does_its_act(desk: Open) -> None:
    async with desk() as at:
        row = len(at.rows) - 1
        await at.pilot.click(offset=(at.rows[row].index("c claim"), row))
        await at.settle()
        assert "claim 1/11" in at.status
        await at.pilot.click(offset=(at.rows[row].index("r verdict") + 3, row))
        await at.settle()
        assert at.app.screen is not at.screen


async def test_what_an_act_did_is_said_until_the_next_one(desk: Open) -> None:
    async with desk(size=(160, 45)) as at:
        done = "highlighted “legitimate targets” as important · u undoes it"
        assert done in await at.press("n", "h", "1")
        assert "quote 2/2" in await at.press("n")
        assert "highlighted “legit" in await at.press("j", "G")
        assert "no further jump" in await at.press("alt+right")  # the answer to a key comes first
        assert "highlighted “legit" in await at.press("k")
        assert "undone" in await at.press("u")
        assert "highlighted" not in await at.press("g")


async def test_that_a_library_is_locked_is_said_while_it_is(desk: Open, library: Library) -> None:
    async with desk() as at:
        with locked(library):
            assert "locked" in await at.press("n", "h", "1")
            at.screen.save_place()
            await at.settle()
            assert "locked" in at.status
        at.screen.save_place()
        await at.settle()
        assert "locked" not in at.status


@pytest.mark.parametrize("size", [(60, 20), NARROW, WIDE])
async def test_the_current_finding_keeps_its_name_and_number(
    desk: Open, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        await at.press("c", "h", "1", "n")
        assert "Maria Zakharova · quote 1/2" in at.rows[-1]
        assert at.rows[-1].rstrip().endswith("? keys")


async def test_a_long_name_leaves_room_for_four_keys(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "c")
        assert "Sources familiar" in at.rows[-1]
        assert "claim 2/11" in at.rows[-1]
        assert len(hints(at)) >= 5


async def test_what_is_cut_ends_with_one_sign_for_it(desk: Open) -> None:
    """Also where the cut is right behind the gap in an excerpt."""
    async with desk(size=NARROW) as at:
        for cells in range(50, 80):
            said = f"{'a' * cells} … {'b' * 80}"
            at.screen.query_one(StatusLine).line = Line(said=said)
            await at.pilot.pause()
            assert "…" in at.rows[-1]
            assert "……" not in at.rows[-1].replace(" ", "")


async def test_what_does_not_fit_is_left_out_part_by_part(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        at.screen.query_one(StatusLine).line = Line(
            where=" 12%",
            said="verdict true on “The people who …” · 8 open, R goes on · u undoes it and more",
        )
        await at.pilot.pause()
        words = " ".join(at.rows[-1].split())
        assert words == "12% verdict true on “The people who …” · 8 open, R goes on"


def test_keys_that_were_chosen_are_named_and_those_taken_away_are_not() -> None:
    chosen = Hints({"quote.next": "ctrl+n", "why": ""})
    assert chosen.at("quote")[0] == Hint("ctrl+n", "quote", "quote.next")
    assert "why" not in [one.act for one in chosen.at("quote")]
    assert all(Hints(Settings().keymap).at(moment) for moment in MOMENTS)


def test_a_line_without_anything_is_empty() -> None:
    assert Line().keys == ()
