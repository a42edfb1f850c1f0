"""Marks to come back to: set with one key, listed with another, saved and undone like any act."""

from pullquote.library.store import Library
from tests.reader.conftest import Open


async def test_a_mark_is_set_listed_gone_to_and_taken_off(desk: Open, library: Library) -> None:
    async with desk() as at:
        assert "no marks here yet" in await at.press("apostrophe")
        assert "mark on “legitimate targets” · ' lists the marks" in await at.press(
            "n", "grave_accent"
        )
        await at.press("G", "grave_accent", "g", "apostrophe")
        assert "legitimate targets" in " ".join(at.rows)
        await at.press("1")
        assert at.focused == "“legitimate targets”"
        assert len(library.notes.of(at.session.reading.article.id)) == 2
        assert "mark off “legitimate targets”" in await at.press("grave_accent")
        assert len(at.notes()) == 1
        await at.press("u")
        assert len(at.notes()) == 2


async def test_a_note_with_a_mark_keeps_what_it_says(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "h", "2", "m", "grave_accent")
        assert at.notes()[0][1:] == (2, "", ("mark",))
        await at.press("grave_accent")
        assert at.notes()[0][1:] == (2, "", ())
