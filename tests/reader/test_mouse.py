"""The mouse: clicks and sweeps take words, and end where the text does."""

import pytest
from textual import events

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.reader.choice import Choice
from pullquote.reader.dialogs import Why
from tests.reader.conftest import NARROW, WIDE, Desk, Open, at_desk
from tests.reader.test_correcting import choose

SIZES = [NARROW, WIDE, (200, 50)]
NONE = Findings(analyser="none")


async def sweep(at: Desk, start: tuple[int, int], end: tuple[int, int]) -> str:
    """Press the mouse at one cell, drag it to another, let go; what is selected then."""
    await at.pilot.mouse_down(offset=start)
    await at.pilot.hover(offset=((start[0] + end[0]) // 2, (start[1] + end[1]) // 2))
    await at.pilot.hover(offset=end)
    await at.pilot.mouse_up(offset=end)
    await at.settle()
    return at.selection


def cell(at: Desk, words: str, skip: int = 0) -> tuple[int, int]:
    """The cell of the screen where `words` begin, or `skip` characters on."""
    column, row = at.cell(at.screen.article.text.index(words) + skip)
    region = at.screen.article.region
    return region.x + column, region.y + row


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("times", "taken"),
    [
        (2, "signs"),
        (3, "The possibility of Western boots on the ground in Ukraine comes as the war enters "
            "another grim chapter, "
            "with no signs of a peaceful resolution."),
    ],
)  # fmt: skip
async def test_two_clicks_take_the_word_and_three_the_sentence(
    desk: Open, size: tuple[int, int], times: int, taken: str
) -> None:
    async with desk(size=size) as at:
        await at.pilot.click(offset=cell(at, "no signs", 4), times=times)
        await at.settle()
        assert at.selection == taken
        await at.press("h", "1")
        assert at.notes()[0][0] == taken


@pytest.mark.parametrize("size", SIZES)
async def test_a_sweep_takes_whole_words_either_way(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size=size) as at:
        start, end = cell(at, "grim chapter", 2), cell(at, "peaceful", 3)
        assert await sweep(at, start, end) == "grim chapter, with no signs of a peaceful"
        assert await sweep(at, end, start) == "grim chapter, with no signs of a peaceful"


@pytest.mark.parametrize("size", SIZES)
async def test_a_sweep_that_leaves_the_text_ends_at_its_paragraph(
    desk: Open, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        paragraph = "The possibility"
        first = cell(at, paragraph)
        start = cell(at, "Ukraine’s defense")
        blank = (start[0], start[1] + 1)
        region = at.screen.article.region
        assert await sweep(at, start, blank) == "Ukraine’s defense."
        assert await sweep(
            at, start, (region.right + 5 if size != NARROW else region.right - 1, start[1])
        ) == ("Ukraine’s defense.")
        # the blank line above
        up = await sweep(at, cell(at, "possibility"), (first[0], first[1] - 1))
        assert up == "The possibility"
        # the gutter
        assert await sweep(at, cell(at, "possibility"), (region.x, first[1])) == "The possibility"
        # from the blank line above
        assert (
            await sweep(at, (first[0] + 9, first[1] - 1), cell(at, "possibility"))
            == "The possibility"
        )


@pytest.mark.parametrize("times", [2, 3])
async def test_clicks_where_there_is_no_text_take_nothing(library: Library, times: int) -> None:
    async with at_desk(library, Article(text="One two.\n\nThree."), NONE) as at:
        x, y = cell(at, "One")
        for place in ((x + 2, y + 1), (x + 2, y + 15)):
            await at.pilot.click(offset=place, times=times)
            await at.settle()
            assert at.selection == ""


async def test_a_sweep_below_the_end_ends_with_the_text_and_one_of_nothing_takes_nothing(
    library: Library,
) -> None:
    async with at_desk(library, Article(text="One two.\n\nThree four."), NONE) as at:
        x, y = cell(at, "One")
        assert await sweep(at, cell(at, "four", 1), (x + 20, y + 20)) == "four."
        assert await sweep(at, (x, y + 15), (x + 9, y + 20)) == ""
        assert await sweep(at, (x, y + 1), (x + 5, y + 1)) == ""


async def test_a_sweep_from_a_pane_takes_nothing_of_the_text(desk: Open) -> None:
    async with desk() as at:
        pane = at.pane("claims").region
        assert await sweep(at, (pane.x + 3, pane.y + 3), cell(at, "possibility")) == ""


@pytest.mark.parametrize(
    ("text", "at_word", "taken"),
    [
        ("他说：你好，世界。", "好", "好"),
        ("cafe\u0301 noir", "e\u0301", "cafe\u0301"),
        (
            "we \U0001f469\u200d\U0001f469\u200d\U0001f467 go",
            "\U0001f469",
            "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        ),
        ("שלום עולם", "עו", "עולם"),
        ("don’t go, 1,000.50 euros", "’", "don’t"),
        ("e\u0301", "e", "e\u0301"),
    ],
)
async def test_words_of_every_script_are_taken_whole(
    library: Library, text: str, at_word: str, taken: str
) -> None:
    async with at_desk(library, Article(text=text), NONE) as at:
        await at.pilot.click(offset=cell(at, at_word), times=2)
        await at.settle()
        assert at.selection == taken


async def test_the_status_line_tells_of_a_sweep_as_of_a_selection_by_keys(desk: Open) -> None:
    async with desk() as at:
        await sweep(at, cell(at, "grim chapter"), cell(at, "chapter", 3))
        assert "SELECTING 2 words" in at.status
        assert all(
            key in at.status for key in ("h highlight", "i note", "e add", "Esc end", "? keys")
        )
        await at.press("escape")
        assert "SELECTING" not in at.status
        assert at.selection == ""
        await at.press("right_curly_bracket", "v", "w", "w")
        assert "SELECTING 2 words" in at.status
        assert all(
            key in at.status for key in ("Enter highlight", "i note", "e add", "Esc end", "? keys")
        )


async def test_keys_change_what_the_mouse_took(desk: Open) -> None:
    async with desk() as at:
        await sweep(at, cell(at, "grim chapter"), cell(at, "chapter", 3))
        await at.press("v", "w")
        assert at.selection == "grim chapter,"
        await at.press("escape")
        await sweep(at, cell(at, "grim chapter"), cell(at, "chapter", 3))
        await at.press("V")
        assert at.selection.startswith("The possibility")


async def test_the_right_button_offers_what_can_be_done_there(desk: Open) -> None:
    async with desk() as at:
        await at.press("n")
        where = cell(at, "legitimate targets", 3)
        await at.press("g")
        while not at.screen.article.region.contains(*where):
            await at.press("n")
        await at.press("n")
        await at.pilot.click(offset=cell(at, "legitimate targets", 3), button=3)
        await at.settle()
        assert isinstance(at.pilot.app.screen, Choice)
        assert "legitimate targets" in " ".join(at.rows)
        await choose(at, "Why?")
        assert isinstance(at.pilot.app.screen, Why)


async def test_the_right_button_on_a_selection_offers_what_can_be_done_with_it(desk: Open) -> None:
    async with desk() as at:
        await sweep(at, cell(at, "grim chapter"), cell(at, "chapter", 3))
        await at.pilot.click(offset=cell(at, "chapter", 1), button=3)
        await at.settle()
        assert "“grim chapter" in " ".join(at.rows)
        await choose(at, "Highlight")
        await at.press("2")
        assert [(exact, kind) for exact, kind, *_ in at.notes()] == [("grim chapter", 2)]
        await sweep(at, cell(at, "grim chapter"), cell(at, "chapter", 3))
        await at.pilot.click(offset=cell(at, "Western boots", 3), button=3)
        await at.settle()
        assert not at.selection


async def test_the_wheel_takes_the_cursor_along_and_an_act_falls_on_what_is_on_the_screen(
    desk: Open,
) -> None:
    async with desk(size=NARROW) as at:
        view = at.screen.article
        for _ in range(8):
            await at.pilot._post_mouse_events([events.MouseScrollDown], view, (20, 5))
        await at.settle()
        assert view.scroll_offset.y > 10
        assert 0 <= at.cell(view.cursor)[1] < view.size.height
        assert (
            f"{round(100 * (view.scroll_offset.y + view.size.height) / len(view.wrapped))}%"
            in at.status
        )
        await at.press("h", "1")
        (note,) = at.session.reading.annotations
        assert 0 <= at.cell(note.target.start)[1] < view.size.height
        for _ in range(20):
            await at.pilot._post_mouse_events([events.MouseScrollUp], view, (20, 5))
        await at.settle()
        assert 0 <= at.cell(view.cursor)[1] < view.size.height


async def test_the_wheel_lets_a_finding_go_that_leaves_the_screen(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        await at.press("c")
        assert "claim 1/" in at.status
        for _ in range(8):
            await at.pilot._post_mouse_events([events.MouseScrollDown], at.screen.article, (20, 5))
        await at.settle()
        assert "claim 1/" not in at.status
        assert at.session.current is None


@pytest.mark.parametrize("size", [(80, 10), (50, 14), (120, 8)])
async def test_a_smaller_window_keeps_the_cursor_and_the_finding_on_the_screen(
    desk: Open, size: tuple[int, int]
) -> None:
    async with desk(size=(120, 40)) as at:
        await at.press("w", "w", "w")
        cursor, on = at.screen.article.cursor, at.focused
        await at.pilot.resize_terminal(*size)
        await at.settle()
        assert (at.screen.article.cursor, at.focused) == (cursor, on)
        assert 0 <= at.cell(cursor)[1] < at.screen.article.size.height


async def test_what_was_done_before_is_not_said_of_a_selection(desk: Open) -> None:
    async with desk() as at:
        assert "column of" in await at.press("minus")
        await sweep(at, cell(at, "possibility"), cell(at, "Western"))
        assert "SELECTING" in at.status
        assert "column of" not in at.status


@pytest.mark.parametrize("size", [WIDE, (200, 50)])
async def test_the_right_button_on_a_row_goes_there_and_offers_what_can_be_done(
    desk: Open, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        pane = at.pane("warnings")
        await at.pilot.click(pane, offset=(6, 5), button=3)
        await at.settle()
        assert isinstance(at.app.screen, Choice)
        assert at.session.current
        assert at.session.current.layer == "warning"
        assert pane.here == at.session.current
        await at.press("escape")
        assert pane.has_focus
