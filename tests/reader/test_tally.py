"""The sources counted, on a screen of their own: `T` opens it and closes it."""

import pytest

from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Quote,
    Reply,
    ReplyKind,
    Sourcing,
)
from pullquote.library.store import Library
from pullquote.reader.screen import Reader
from pullquote.settings import Settings
from tests.reader.conftest import NARROW, Desk, Open, at_desk

TEXT = "“One two three four,” said [Ann]. A neighbour said so. Tom did not answer."
ARTICLE = Article(text=TEXT)
FOUND = Findings(
    analyser="pullquote/1",
    actors=(
        Actor(id="a1", name="[b]Ann", kind=ActorKind.PERSON),
        Actor(id="a2", name="A neighbour", kind=ActorKind.UNNAMED),
        Actor(id="a3", name="Tom", kind=ActorKind.PERSON),
    ),
    quotes=(
        Quote(
            id="q1", attribution="t1", content=((0, 21),), kind=AttributionKind.DIRECT, speaker="a1"
        ),
    ),
    claims=(
        Claim(
            id="c1",
            content=((34, 53),),
            sourcing=Sourcing.ANONYMOUS,
            commitment=Commitment.ASSERTED,
            speaker="a2",
        ),
    ),
    replies=(Reply(id="r1", span=((54, 74),), kind=ReplyKind.NO_RESPONSE, speaker="a3"),),
)


def _shown(at: Desk) -> str:
    return "\n".join(at.rows)


async def test_capital_t_shows_the_sources_as_bars_and_takes_them_away(library: Library) -> None:
    async with at_desk(library, ARTICLE, FOUND) as at:
        await at.press("T")
        shown = _shown(at)
        assert "2 speakers · 1 quote · 1 claim" in shown
        assert "● named persons" in shown
        assert "1 50%" in shown
        rows = {one: row for row in at.rows for one in ("Ann", "A neighbour") if f"{one}  " in row}
        assert "▆" in rows["Ann"]
        assert "▆" not in rows["A neighbour"]
        assert "[b]Ann" in rows["Ann"]  # a name is no markup
        assert [row for row in at.rows if "No response" in row and "Tom" in row]
        await at.press("T")
        assert isinstance(at.app.screen, Reader)


async def test_it_fits_a_narrow_screen(library: Library) -> None:
    async with at_desk(library, ARTICLE, FOUND, size=NARROW) as at:
        await at.press("T")
        shown = _shown(at)
        for words in (
            "Speakers",
            "Words in quotation marks",
            "Claims",
            "○ anonymous",
            "Esc leaves",
        ):
            assert words in shown


async def test_what_is_not_analysed_has_no_sources_to_count(library: Library, desk: Open) -> None:
    async with at_desk(library, ARTICLE, Findings(analyser="pullquote/1")) as at:
        await at.press("T")
        assert "0 speakers · 0 quotes · 0 claims" in _shown(at)


@pytest.mark.parametrize("theme", ["pullquote-dark", "pullquote-light"])
async def test_its_bars_have_the_ground_of_the_box(library: Library, theme: str) -> None:
    async with at_desk(library, ARTICLE, FOUND, settings=Settings(theme=theme)) as at:
        await at.press("T")
        strips = at.app.screen._compositor.render_strips()
        grounds = {
            segment.style.bgcolor
            for strip in strips
            for segment in strip
            if segment.style and "▆" in segment.text
        }
        box = at.app.screen.query_one(".box")
        assert grounds == {box.background_colors[1].rich_color}
