"""Evidence by keys: entered, checked beside the reading, shown, undone; from page, article, file."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from pullquote.article import Article
from pullquote.library.store import Library
from pullquote.notes.evidence import Evidence, Standing
from tests.article.manners import server
from tests.article.site import PARAGRAPHS, Site, page, served
from tests.reader.conftest import NARROW, Desk, Open

QUOTE = "The talks on grain are to go on"
STANDS = "stands there changed: The talks on grain are to stop go on until both sides agree"
CHANGED = "The talks on grain are to stop until both sides agree"


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        one.pages["/a"] = page("Talks go on")
        yield one


@pytest.fixture
def grain(library: Library) -> Article:
    """Another article of the library."""
    article = Article(text="\n".join(PARAGRAPHS), title="Talks on grain go on")
    library.articles.save(article)
    return article


async def until(at: Desk, is_so: Callable[[], object]) -> None:
    """Wait for something that comes by itself; the test ends where it never does."""
    async with asyncio.timeout(60):
        while not is_so():
            await at.pilot.pause(0.05)


def evidence(at: Desk) -> tuple[Evidence, ...]:
    return tuple(one for note in at.session.reading.annotations for one in note.evidence)


def is_checked(at: Desk) -> Callable[[], bool]:
    return lambda: all(one.check or one.problem for one in evidence(at))


def shown(at: Desk) -> str:
    return " ".join(" ".join(row.replace("│", " ").split()) for row in at.rows)


def words(at: Desk) -> str:
    """All that the dialog says."""
    return " ".join(str(one.content) for one in at.app.screen.query(Static))


async def enter(at: Desk, source: str, quote: str = "") -> None:
    """Go through the form: a source, the quotation."""
    await at.press(*source, "enter", "enter", *quote, "enter")


@pytest.mark.parametrize("size", [(120, 36), NARROW])
async def test_it_is_saved_when_it_is_entered_and_checked_beside_the_reading(
    desk: Open, site: Site, library: Library, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        await at.press("c", "l")
        assert "No evidence yet." in shown(at)
        await enter(at, f"{site.address}/a", CHANGED)
        (stored,) = library.notes.of(at.session.reading.article.id)
        assert stored.evidence[0].quote == CHANGED
        assert not evidence(at)[0].checks
        assert "checking …" in shown(at)
        await until(at, is_checked(at))
        assert "1. Talks go on http" in words(at)
        assert f"   {STANDS}, 20" in words(at)
        await at.press("escape")
        assert "stands there changed: " in at.status
        await at.press("p")
        assert STANDS in words(at)


async def test_undo_takes_it_away_with_its_check_and_redo_brings_both_back(
    desk: Open, site: Site
) -> None:
    async with desk() as at:
        await at.press("c", "l")
        await enter(at, f"{site.address}/a", QUOTE)
        await until(at, is_checked(at))
        await at.press("escape", "i", *"mine", "ctrl+s", "u")
        (note,) = at.session.reading.annotations
        assert (note.comment, [one.check is None for one in note.evidence]) == ("", [False])
        await at.press("u")
        assert not evidence(at)
        await at.press("ctrl+r")
        (one,) = evidence(at)
        assert one.check
        assert one.check.standing is Standing.STANDS


async def test_the_claims_card_says_how_its_evidence_stands(desk: Open, site: Site) -> None:
    async with desk() as at:
        await at.press("c", "l")
        await enter(at, f"{site.address}/a", "Nobody has ever seen a ship as large as that")
        await until(at, is_checked(at))
        await at.press("escape")
        assert "… open +1!" in shown(at)
        assert "checked not there, 20" in shown(at)


async def test_what_cannot_be_reached_stays_and_f5_checks_it_again(desk: Open, site: Site) -> None:
    body = site.pages.pop("/a")
    async with desk() as at:
        await at.press("c", "l")
        await enter(at, f"{site.address}/a", QUOTE)
        await until(at, is_checked(at))
        assert "unchecked: the server answered 404" in shown(at)
        site.pages["/a"] = body
        await at.press("f5")
        await until(at, lambda: evidence(at)[0].check)
        assert "stands there, 20" in shown(at)


async def test_offline_it_is_kept_unchecked(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "l")
        await enter(at, "https://example.org/a", QUOTE)
        await until(at, is_checked(at))
        assert "unchecked: cannot be reached" in shown(at)


@pytest.mark.parametrize("key", ["f5", "X"])
async def test_a_check_is_stopped_by_a_key(desk: Open, key: str) -> None:
    with server(is_mute=True) as address:
        async with desk() as at:
            await at.press("c", "l")
            await enter(at, f"{address}/a", QUOTE)
            if key == "X":
                await at.press("escape")
                assert "checking" in at.status
            await at.press(key)
            await until(at, lambda: not at.session.checks.words)
            await at.press("escape")
            assert not evidence(at)[0].checks
            assert "checking" not in at.status


async def test_an_article_is_found_by_words_of_its_title_as_one_types(
    desk: Open, grain: Article
) -> None:
    async with desk() as at:
        await at.press("c", "l", *"grain tal")
        await until(at, lambda: "Talks on grain go on" in shown(at))
        await at.press("down", "enter")
        assert at.app.screen.query_one("#evidence-title", Input).value == grain.title
        await at.press(*QUOTE, "enter")
        await until(at, is_checked(at))
        (one,) = evidence(at)
        assert (one.article, one.url, one.title) == (grain.id, "", grain.title)
        assert one.check
        assert one.check.standing is Standing.STANDS
        await at.press("escape", "P")
        await at.settle()
        assert at.session.reading.article.id == grain.id
        assert grain.text[at.session.position.cursor :].startswith(QUOTE)


async def test_enter_takes_the_first_article_however_fast_it_is_typed(
    desk: Open, grain: Article
) -> None:
    async with desk() as at:
        await at.press("c", "l", *"grain", "enter", *QUOTE, "enter")
        assert [one.article for one in evidence(at)] == [grain.id]


async def test_a_file_is_read_before_it_is_saved(desk: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(PARAGRAPHS))
    async with desk() as at:
        await at.press("c", "l")
        at.app.screen.query_one("#evidence-source", Input).value = f"{tmp_path}/b.txt"
        await at.press("enter")
        assert "no such file" in shown(at)
        at.app.screen.query_one("#evidence-source", Input).value = str(path)
        await at.press("enter", "enter", *QUOTE, "enter")
        await until(at, lambda: evidence(at))
        (one,) = evidence(at)
        assert (one.title, one.url) == ("a.txt", "")
        assert one.check
        assert one.check.standing is Standing.STANDS
