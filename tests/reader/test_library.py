"""The library's table: sorted, narrowed by typing, opened, and the way back."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from textual.widgets import DataTable, Input

from pullquote.article import Article
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.reader.bookmark import Bookmark
from pullquote.reader.library import LibraryScreen
from tests.reader.conftest import NARROW, WIDE, Desk, Open
from tests.reader.test_guarded import REASONS

BRIDGE = Article(
    text="The bridge will open in May, they said.", title="A [bold]bridge[/]", site="The Example"
)


@pytest.fixture
def shelf(library: Library) -> Library:
    library.articles.save(BRIDGE)
    library.notes.add(BRIDGE.id, annotate(BRIDGE.text, (4, 10), comment="Which?", tags=("may",)))
    return library


def titles(at: Desk) -> list[str]:
    table = at.app.screen.query_one(DataTable)
    return [str(table.get_row_at(row)[0]).split("\n")[0] for row in range(table.row_count)]


@pytest.mark.parametrize("size", [NARROW, WIDE, (160, 45)])
async def test_it_says_of_each_article_what_there_is_in_it(
    desk: Open, shelf: Library, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        await at.press("c", "r", "1", "L")
        row = next(row for row in at.rows if "France" in row)
        assert "1/11" in row
        other = next(row for row in at.rows if "A [bold]bridge[/]" in row)
        assert "unread" in other
        assert ("#may" in other) == ("The Example" in other) == (size[0] >= 120)
        assert not at.app.screen.query_one(DataTable).show_horizontal_scrollbar


LONG = "A bridge over the river for which two towns wait"


async def test_a_title_has_the_room_that_no_other_column_needs(
    desk: Open, library: Library
) -> None:
    library.articles.save(Article(text="It will open in May.", title=LONG))
    async with desk() as at:
        await at.press("L")
        assert any(LONG in row for row in at.rows)
        before = at.rows[4].index("Site")
        await at.press(*"may")
        assert at.rows[4].index("Site") == before  # what is listed does not move


@pytest.mark.parametrize("trouble", REASONS)
async def test_what_is_typed_stays_where_the_library_cannot_be_written(
    desk: Open, shelf: Library, trouble: Callable[[Library], AbstractContextManager[None]]
) -> None:
    shelf._database._connection.execute("PRAGMA busy_timeout = 50")
    async with desk() as at:
        await at.press("L", *"site:")
        with trouble(shelf):
            await at.press(*"exa")
            assert titles(at) == ["A [bold]bridge[/]"]
            await at.press("down", "delete")
            assert REASONS[trouble] in at.rows[-1]
            assert titles(at) == ["A [bold]bridge[/]"]
            await at.press(*"m")
            assert at.app.screen.query_one(Input).value == "site:exam"
            assert REASONS[trouble] not in at.rows[-1]
        await at.press("down", "delete")
        assert titles(at) == []


async def test_typing_narrows_it_by_conditions_and_words(desk: Open, shelf: Library) -> None:
    async with desk() as at:
        await at.press("L", *"site:exa")
        assert titles(at) == ["A [bold]bridge[/]"]
        await at.press(*" troops")
        assert titles(at) == []
        assert "Nothing found. Type words · site:" in at.rows[-1]
        await at.press("ctrl+u", *"unread")
        assert titles(at) == ["A [bold]bridge[/]"]
        await at.press("ctrl+u", *"bridge")
        assert len(titles(at)) == 2  # the note, and the text
        assert any(row.startswith(" * ") for row in at.rows)


async def test_the_words_that_were_found_are_seen_on_a_narrow_screen(
    desk: Open, library: Library
) -> None:
    text = "Of the many boats that were moored at the old quay that night the Heron sank first."
    library.articles.save(Article(text=text, title="Boats"))
    async with desk(size=NARROW) as at:
        await at.press("L", *"sank")
        await at.settle()
        (row,) = (row for row in at.rows if "Heron sank" in row)
        assert row.strip().startswith("…")


async def test_f2_and_a_click_on_a_heading_sort_it(desk: Open, shelf: Library) -> None:
    async with desk() as at:
        await at.press("L")
        assert titles(at)[0].startswith("France")  # opened last
        await at.press("f2")
        assert titles(at)[0].startswith("A [bold]")
        row = next(number for number, words in enumerate(at.rows) if "Notes" in words)
        await at.pilot.click(offset=(at.rows[row].index("Notes"), row))
        await at.settle()
        assert titles(at)[0].startswith("A [bold]")
        assert "Notes ↓" in at.rows[row]


async def test_it_opens_with_enter_or_a_click_and_ctrl_o_leads_back(
    desk: Open, shelf: Library
) -> None:
    async with desk() as at:
        await at.press("n")
        first = at.session.reading.article.id
        await at.press("L", "down", "down", "enter")
        await at.settle()
        assert at.session.reading.article.id == BRIDGE.id
        await at.press("ctrl+o")
        await at.settle()
        assert at.session.reading.article.id == first


async def test_in_the_table_letters_go_to_the_line_and_up_leads_there(
    desk: Open, shelf: Library
) -> None:
    async with desk() as at:
        await at.press("L", "down", "down", "up", "up")
        assert at.app.screen.query_one(Input).has_focus
        await at.press("down", *"brid")
        assert at.app.screen.query_one(Input).value == "brid"
        assert isinstance(at.app.screen, LibraryScreen)


def test_what_was_jumped_over_has_not_been_read() -> None:
    mark = Bookmark("a", 0)
    mark.see(0, 100)
    mark.see(900, 1000)  # a jump to the end
    assert mark.furthest == 100
    mark.see(80, 500)
    mark.see(502, 898)  # behind a blank line
    assert mark.furthest == 1000


def test_reading_goes_on_where_it_was_left() -> None:
    mark = Bookmark("a", 300, furthest=400)
    mark.see(300, 500)
    assert mark.furthest == 500


async def test_two_jumps_do_not_read_an_article_to_the_end(desk: Open, library: Library) -> None:
    async with desk(size=NARROW) as at:
        await at.press("G", "g")
        at.screen.save_place()
        await at.settle()
        (entry,) = library.articles.entries()
        assert not entry.finished
        assert entry.read < 0.9
        await at.press(*["space"] * 12)
        at.screen.save_place()
        await at.settle()
        (entry,) = library.articles.entries()
        assert entry.finished
