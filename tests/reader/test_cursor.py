"""Wherever the keys lead, the cursor stays in the text, and what an act falls on is words of it."""

import random

import pytest

from pullquote.actions import MOVE, READING, SELECT, SELECTING
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from tests.reader.conftest import NARROW, Open, at_desk

_KEYS = [act.keys.split(",")[0] for act in (*READING, *SELECTING) if act.group in (MOVE, SELECT)]
_KEYS += ["v", "V", "slash", "w", "o", "r", "d", "enter", "escape", "escape", "1", "tab"]
_TEXTS = {
    "one word": "Word",
    "scripts": "漢字とかな 👩\u200d👩\u200d👧 e\u0301\n\n\u0301 שלום עולם. “Quoted” 🇩🇪🇫🇷 नमस्ते — ok? "
    "e\u0301",
    "nothing": "  \n\n ",
}


async def test_a_search_from_the_start_of_the_text_leads_to_no_place_before_it(desk: Open) -> None:
    async with desk() as at:
        await at.press("slash", *"france", "enter", "escape", "ctrl+o", "v", "w", "enter", "1")
        (note,) = at.session.reading.annotations
        assert note.target.exact == "France"


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
async def test_any_keys_leave_the_cursor_in_the_text_and_a_target_of_words(
    library: Library, text: str, seed: int
) -> None:
    chance = random.Random(seed)
    async with at_desk(library, Article(text=text), Findings(analyser="none"), size=NARROW) as at:
        view = at.screen.article
        for _ in range(8):
            keys = [chance.choice(_KEYS) for _ in range(5)]
            await at.pilot.press(*keys)
            assert view.cursor == at.session.on_text(view.cursor)
            assert not view.paragraphs or any(
                start <= view.cursor < end for start, end in view.paragraphs
            )
            for span in filter(None, (at.session.position.selected, at.session.target())):
                assert 0 <= span[0] < span[1] <= len(view.text), keys


async def test_the_actors_open_at_who_says_the_quote_that_the_reader_is_on(desk: Open) -> None:
    async with desk() as at:
        assert "Sergei Shoigu · quote 2/2" in await at.press("n", "n")
        await at.press("4")
        pane = at.pane("actors")
        assert pane.rows[pane.highlighted].who == "Sergei Shoigu"
