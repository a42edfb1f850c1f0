"""The search line: what is typed is seen, what is found is counted, and Esc leads back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.searching import found
from tests.reader.conftest import NARROW, WIDE, Desk, Open


def last_row(at: Desk) -> str:
    return at.rows[-1]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_is_typed_is_seen_with_the_matches_counted_beside_it(
    desk: Open, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        await at.press("slash", *"ukra")
        assert "/ ukra" in last_row(at)
        assert "1 of 12" in last_row(at)
        await at.press(*"inian")
        assert "/ ukrainian" in last_row(at)
        assert "1 of 2" in last_row(at)


async def test_typing_goes_to_the_nearest_match_and_escape_goes_back_to_where_one_was(
    desk: Open,
) -> None:
    async with desk(size=NARROW) as at:
        await at.press("n", "n")
        before, top, on = at.screen.article.cursor, at.screen.article.scroll_offset.y, at.focused
        await at.press("slash", *"france")
        found = at.screen.article.cursor
        assert found == at.screen.article.text.lower().index("france", before)
        assert at.screen.article.text[found : found + 6].lower() == "france"
        await at.press("escape")
        assert (at.screen.article.cursor, at.screen.article.scroll_offset.y, at.focused) == (
            before,
            top,
            on,
        )
        assert "quote 2/2" in at.status


async def test_a_word_typed_too_much_leads_back_and_says_that_there_is_no_match(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        await at.press("slash", *"threat")
        assert at.screen.article.cursor > 0
        await at.press(*"zzz")
        assert "no match" in last_row(at)
        assert at.screen.article.cursor == 0
        assert "no match: “threatzzz”" in await at.press("enter")


async def test_enter_stays_and_n_goes_round_until_escape_ends_it(desk: Open) -> None:
    async with desk() as at:
        await at.press("slash", *"ukrainian", "enter")
        assert "match 1 of 2: “ukrainian”" in at.status
        assert "match 2 of 2" in await at.press("n")
        assert "match 1 of 2" in await at.press("N")
        assert "match 2 of 2" in await at.press("N")
        there = at.screen.article.cursor
        await at.press("escape")
        assert at.screen.article.cursor == there
        assert "quote" in await at.press("n")
        await at.press("ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o")
        assert at.screen.article.cursor == 0  # where the search began


@pytest.mark.parametrize("entered", [False, True])
async def test_the_match_one_is_at_is_told_apart_not_by_colour_alone(
    desk: Open, entered: bool
) -> None:
    async with desk() as at:
        await at.press("slash", *"ukrain", *(["enter"] if entered else []))
        (here, _), (other, _) = at.session.search.matches[:2]
        styles = [
            at.pilot.app.screen.get_style_at(*_on_screen(at, offset)) for offset in (here, other)
        ]
        assert [bool(style.bold) for style in styles] == [True, False]
        assert styles[1].underline
        column, row = _on_screen(at, here)
        assert "▸" in at.rows[row][: column + 1]


def _on_screen(at: Desk, offset: int) -> tuple[int, int]:
    column, row = at.cell(offset)
    region = at.screen.article.region
    return region.x + column, region.y + row


async def test_a_click_in_the_text_puts_the_line_away_and_keeps_the_matches(desk: Open) -> None:
    async with desk() as at:
        await at.press("slash", *"ukraine")
        await at.pilot.click(
            at.screen.article, offset=at.cell(at.screen.article.text.index("possibility"))
        )
        await at.settle()
        assert not at.screen.search_line.is_open
        assert at.screen.article.has_focus
        assert at.session.search.matches


async def test_a_selection_goes_along_to_a_match_and_back(desk: Open) -> None:
    async with desk() as at:
        await at.press("v", "slash", *"sending", "enter")
        assert (
            at.selection == "France and the United Kingdom are reportedly exploring the idea of s"
        )
        await at.press("slash", *"brussels", "escape")
        assert (
            at.selection == "France and the United Kingdom are reportedly exploring the idea of s"
        )


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_a_name_with_accents_is_found_in_whichever_form_it_is_written(
    typed: str, written: str
) -> None:
    text = unicodedata.normalize(written, "Then José Núñez said so.")
    ((start, end),) = found(unicodedata.normalize(typed, "josé núñez"), text)
    assert unicodedata.normalize("NFC", text[start:end]) == "José Núñez"


@given(st.text(), st.text(min_size=1).filter(lambda words: not any(map(str.isspace, words))))
def test_what_stands_in_the_text_is_found(before: str, words: str) -> None:
    assert found(words, f"{before} {words} and so on")


async def test_to_search_paints_nothing_anew_but_the_bar(desk: Open) -> None:
    """All else stays where it is, and in its order, so that it need not be written again."""
    async with desk() as at:
        await at.press("n")
        places = dict(at.screen._compositor.full_map)
        await at.press("slash")
        now = at.screen._compositor.full_map
        shown = {one.id for one in places if places[one] == now[one]}
        assert {"article", "claims", "warnings", "status"} <= shown
