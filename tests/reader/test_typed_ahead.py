"""What is typed in one burst (a paste, a macro, a fast hand) reaches the dialog that it opens,
letter for letter.
"""

import pytest
from textual import events
from textual.keys import _character_to_key

from tests.reader.conftest import Desk, Open

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
        notes = at.screen.reading.annotations
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
