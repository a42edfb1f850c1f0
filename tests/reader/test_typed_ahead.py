"""What is typed in one burst (a paste, a macro) reaches its dialog, letter for letter."""

import pytest
from textual import events
from textual.keys import _character_to_key

from pullquote.reader import typed_ahead
from tests.reader.conftest import WIDE, Desk, Open

TEXT = "q x u Reject all of it, h 1 now!"


def post(at: Desk, *keys: str) -> None:
    """Put keys into the app's queue, all before one of them is heard."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        at.app.post_message(events.Key(name, key if len(key) == 1 else None))


@pytest.mark.parametrize("saves", ["ctrl+j", "ctrl+s", "f2"])
async def test_a_note_typed_ahead_has_every_letter_and_none_runs_as_a_command(
    desk: Open, saves: str
) -> None:
    async with desk() as at:
        post(at, "n", "i", *TEXT, saves)
        await at.settle()
        assert [comment for *_, comment, _ in at.notes()] == [TEXT]
        assert len(at.app.screen_stack) == 1


async def test_keys_behind_a_note_are_the_readers_again(desk: Open) -> None:
    async with desk() as at:
        post(at, "n", "i", *"so", "ctrl+j", "w", "h", "2", "u", "h", "3")
        await at.settle()
        assert [(highlight, comment) for _, highlight, comment, _ in at.notes()] == [
            (0, "so"),
            (3, ""),
        ]


async def test_tags_evidence_and_corrections_are_typed_ahead(desk: Open) -> None:
    async with desk() as at:
        address = "https://e.org/quit"
        post(
            at,
            "n",
            "t",
            *"war law",
            "enter",
            "c",
            "l",
            *address,
            "enter",
            "enter",
            "enter",
            "enter",
            "c",
            "e",
            "4",
            "2",
        )
        await at.settle()
        notes = at.session.reading.annotations
        assert ("war", "law") in [note.tags for note in notes]
        assert [one.url for note in notes for one in note.evidence] == [address]
        assert [note.correction.edit for note in notes if note.correction] == ["sourcing"]


async def test_a_search_and_a_filter_are_typed_ahead(desk: Open) -> None:
    async with desk() as at:
        post(at, "slash", *"ukraine", "enter", "n")
        await at.settle()
        assert "match 2 of" in at.status
        post(at, "escape", "g", "n", "e", "1", *"macron", "enter")
        await at.settle()
        assert "speaker: Emmanuel Macron" in at.status


async def test_the_library_opens_what_is_looked_for_and_not_what_was_listed_before(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("n", "i", *"ceasefire", "ctrl+s", "g")
        post(at, "L", *"ceasefire", "enter")
        await at.settle()
        await at.settle()
        assert at.screen.article.text[at.screen.article.cursor :].startswith("“legitimate targets”")


async def test_a_paste_on_the_text_runs_nothing_and_one_behind_the_key_is_the_notes(
    desk: Open,
) -> None:
    async with desk() as at:
        at.app.post_message(events.Paste("nh1xq"))
        await at.settle()
        assert at.notes() == []
        assert at.app.is_running
        post(at, "n", "i")
        at.app.post_message(events.Paste("line one\nline two"))
        post(at, "ctrl+s")
        await at.settle()
        assert at.notes()[0][2] == "line one\nline two"


async def test_keys_are_heard_when_the_pane_that_had_them_goes_from_the_screen(desk: Open) -> None:
    """The rail stands on a wide screen alone; when it goes, the text has the keys."""
    async with desk(size=(200, 50)) as at:
        at.screen.query_one("#rail-actors").focus()
        await at.settle()
        await at.pilot.resize_terminal(*WIDE)
        await at.settle()
        post(at, "n")
        await at.settle()
        assert at.screen.focused is at.screen.article
        assert "quote 1/" in at.status


async def test_a_key_behind_one_that_is_lost_is_heard_all_the_same(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "_LOST", 0.05)
    async with desk() as at:
        follow, lost = at.app.typed_ahead._follow, []
        monkeypatch.setattr(
            at.app.typed_ahead,
            "_follow",
            lambda *args: follow(*args) if lost else lost.append(args),
        )
        post(at, "a", "n")  # the first is delivered, and never told of
        await at.settle()
        assert lost
        assert "quote 1/" in at.status
