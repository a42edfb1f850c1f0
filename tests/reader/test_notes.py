"""Notes, many at a time: marked, tagged, removed; tags to choose from; Markdown."""

import pytest

from pullquote.library.store import Library
from tests.reader.conftest import Open
from tests.reader.test_correcting import row


async def test_marked_notes_are_tagged_together_and_removed_together_and_undone_as_one(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("c", "h", "1", "c", "h", "2", "c", "h", "3")
        await at.press("5", "home", "space", "space")
        assert [row(at, "notes", n).startswith("▣") for n in range(3)] == [True, True, False]
        await at.press("t", *"war", "enter")
        assert "tagged 2 notes #war" in at.status
        assert [tags for *_, tags in at.notes()] == [("war",), ("war",), ()]
        await at.press("u")
        assert [tags for *_, tags in at.notes()] == [(), (), ()]
        await at.press("ctrl+a", "x")
        assert "removed 3 notes" in at.status
        assert at.notes() == []
        assert "3 notes" in await at.press("u")
        assert len(at.notes()) == 3


async def test_the_tags_used_last_are_offered_first_and_completed(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "t", *"alpha", "enter", "n", "t", *"beta", "enter", "w", "t")
        from textual.widgets import OptionList

        options = at.pilot.app.screen.query_one(OptionList)
        assert [str(option.prompt) for option in options.options] == ["#beta", "#alpha"]
        await at.press(*"al", "tab", "enter")
        assert ("alpha",) in [tags for *_, tags in at.notes()]
        await at.press("w", "t", "down", "enter", "enter")
        assert [tags for *_, tags in at.notes()] == [
            ("alpha",),
            ("beta",),
            ("alpha",),
            ("alpha",),
        ]


async def test_markdown_in_a_comment_is_shown_as_such_in_the_notes_pane(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "i", *"so **bold** [it](https://e.org)", "f2", "5")
        (row,) = at.pane("notes").rows
        (line,) = row.comment
        assert "so bold it" in str(at.pane("notes").get_option_at_index(0).prompt)
        assert ("bold", "bold") in line


async def test_the_editor_of_the_readers_own_writes_the_comment(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "textual.app.App.suspend", lambda app: __import__("contextlib").nullcontext()
    )
    monkeypatch.setenv("EDITOR", "sh -c 'sleep 1; echo written >> \"$0\"'")
    monkeypatch.delenv("VISUAL", raising=False)
    async with desk() as at:
        await at.press("n", "i", "f4")
        await at.press("f2")
        assert at.notes()[0][2] == "written"


async def test_a_highlight_over_paragraphs_is_one_note_and_overlaps_stay_legible(
    desk: Open,
) -> None:
    async with desk() as at:
        view = at.screen.article
        at.select(10, view.paragraphs[2][0] + 20)
        await at.press("enter", "1")
        at.select(30, 60)
        await at.press("enter", "2")
        assert len(at.notes()) == 2
        assert "\n" in at.notes()[0][0]
        grounds = {}
        for line in range(len(view.wrapped)):
            for start, segment in at.words(line):
                if segment.text.strip() and segment.style:
                    grounds[start] = segment.style.bgcolor
        inner, outer = grounds[30], grounds[view.paragraphs[1][0]]
        assert inner != outer


async def test_all_notes_of_the_library_are_searched_from_the_reader(
    desk: Open, library: Library
) -> None:
    async with desk() as at:
        await at.press("n", "i", *"ceasefire talks", "f2", "g")
        await at.press("L", *"ceasef")
        await at.settle()
        assert "* ceasefire talks" in " ".join(at.rows)
        await at.press("enter")
        await at.settle()
        assert len(at.pilot.app.screen_stack) == 2
        assert at.session.reading.article.text[at.screen.article.cursor :].startswith(
            "“legitimate targets”"
        )


async def test_the_bounds_of_a_note_are_changed_in_place(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "h", "1", "m", "e", "left_square_bracket", "left_square_bracket")
        assert "placed" in await at.press("enter")
        assert at.notes()[0][0] == "“legitimate"
        await at.press("u")
        assert at.notes()[0][0] == "“legitimate targets”"


async def test_an_editor_that_fails_is_told_of_and_the_note_stays(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "textual.app.App.suspend", lambda app: __import__("contextlib").nullcontext()
    )
    monkeypatch.setenv("EDITOR", "/nonexistent/editor")
    monkeypatch.delenv("VISUAL", raising=False)
    async with desk() as at:
        await at.press("n", "i", *"kept", "f4", "f2")
        assert at.notes()[0][2] == "kept"


async def test_a_note_that_was_begun_is_not_dropped_at_the_first_escape(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "i", *"half", "escape")
        assert len(at.pilot.app.screen_stack) == 2
        await at.press("f2")
        assert at.notes()[0][2] == "half"
        await at.press("m", "i", "escape")
        assert len(at.pilot.app.screen_stack) == 1


async def test_in_a_narrow_terminal_what_was_done_is_told(desk: Open) -> None:
    async with desk(size=(80, 24)) as at:
        await at.press("c", "c", "r", "3")
        line = at.screen.query_one("#status").render_line(0).text
        assert "verdict half true on “" in line
        assert "…" in line


async def test_what_was_done_is_told_in_full_before_what_it_was_done_to(desk: Open) -> None:
    async with desk(size=(80, 24)) as at:
        await at.press("n", "h", "1")
        done = "highlighted “legitimate targets” as important · u undoes it"
        assert done in at.rows[-1]


async def test_undo_with_nothing_to_undo_keeps_the_selection(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "v")
        selected = at.selection
        assert "nothing to undo" in await at.press("u")
        assert at.selection == selected != ""
