"""Metadata put right in the reader, and articles deleted in the library's table."""

import pytest
from textual.widgets import DataTable, Input

from pullquote.article import Article
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.reader.library import LibraryScreen
from tests.reader.conftest import NARROW, WIDE, Desk, Open

BRIDGE = Article(text="The bridge will open in May, they said.", title="A [bold]bridge[/]")


@pytest.fixture
def shelf(library: Library) -> Library:
    library.articles.save(BRIDGE)
    library.notes.add(BRIDGE.id, annotate(BRIDGE.text, (4, 10), comment="Which?"))
    return library


def titles(at: Desk) -> list[str]:
    table = at.app.screen.query_one(DataTable)
    return [str(table.get_row_at(row)[0]).split("\n")[0] for row in range(table.row_count)]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_title_is_put_right_shown_above_the_text_and_undone(
    desk: Open, library: Library, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        was = at.session.reading.article.title
        await at.press("Y")
        at.app.screen.query_one("#field-title", Input).value = "A [b]better[/b] title"
        await at.press("left")
        assert any(f"the page said: {was}"[:30] in row for row in at.rows)
        assert "put right: title" in await at.press("ctrl+s")
        assert any("A [b]better[/b] title" in row for row in at.rows)
        assert library.articles.entries()[0].title == "A [b]better[/b] title"
        assert "undone: changing the title" in await at.press("u")
        assert any(was[:20] in row for row in at.rows)
        assert library.articles.entries()[0].title == was


async def test_the_whole_form_has_room_wherever_the_reader_is(desk: Open) -> None:
    async with desk(size=NARROW) as at:
        await at.press("n", "n", "Y")
        assert any("language" in row for row in at.rows)
        assert any("Esc leaves" in row for row in at.rows)
        at.app.screen.query_one("#field-published", Input).value = "yesterday"
        await at.press("ctrl+s")
        assert any("date; write 2026" in row for row in at.rows)
        assert any("Esc leaves" in row for row in at.rows)


async def test_a_wrong_value_is_told_in_the_form_and_what_was_typed_stays(
    desk: Open, library: Library
) -> None:
    async with desk() as at:
        await at.press("Y")
        date = at.app.screen.query_one("#field-published", Input)
        date.value = "yesterday"
        await at.press("ctrl+s")
        assert any("date; write 2026" in row for row in at.rows)
        date.value = "2026-03"
        date.focus()
        await at.press("ctrl+r")
        assert date.value == at.session.reading.article.published
        date.value = "2026-03"
        await at.press("ctrl+s")
        assert at.session.reading.article.published == "2026-03"


async def test_del_in_the_table_deletes_and_ctrl_z_brings_it_back(
    desk: Open, shelf: Library
) -> None:
    async with desk() as at:
        await at.press("L", "down", "down", "delete")
        await at.settle()
        assert len(titles(at)) == 1
        assert "deleted “A [bold]bridge[/]”: 1 note" in at.rows[-1]
        assert shelf.articles.get(BRIDGE.id) is None
        await at.press("ctrl+z")
        await at.settle()
        assert "brought back" in at.rows[-1]
        assert len(titles(at)) == 2
        assert [note.comment for note in shelf.notes.of(BRIDGE.id)] == ["Which?"]


async def test_the_article_that_is_being_read_is_not_deleted(desk: Open, shelf: Library) -> None:
    async with desk() as at:
        await at.press("L", "down", "delete")
        await at.settle()
        assert "you are reading: open another one" in at.rows[-1]
        assert len(titles(at)) == 2
        await at.press("down", "enter")
        await at.settle()
        await at.press("L", "down", "down", "delete")  # now it may go
        await at.settle()
        assert titles(at) == ["A [bold]bridge[/]"]


async def test_f4_in_the_table_puts_right_what_the_row_says(desk: Open, shelf: Library) -> None:
    async with desk() as at:
        await at.press("L", "down", "down", "f4")
        at.app.screen.query_one("#field-title", Input).value = "A bridge"
        await at.press("ctrl+s")
        await at.settle()
        assert isinstance(at.app.screen, LibraryScreen)
        assert "A bridge" in titles(at)
