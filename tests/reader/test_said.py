"""What is said in all articles, on the screen: asked for by typing, and gone to."""

from pathlib import Path

import pytest
from textual.widgets import Input

from pullquote.library.store import Library
from pullquote.reader.card_list import CardList
from pullquote.reader.said import SaidScreen
from tests.library.test_said import add, doubt
from tests.reader.conftest import NARROW, WIDE, Desk, Open


@pytest.fixture
def town(library: Library) -> Library:
    add(
        library,
        "The [b]Herald[/b]",
        "2016-08-03",
        ("Ada Quist", "The bridge [b]is closed[/b] for good", True),
        ("Bo Rask", "Ada Quist spent 40 crowns on the bridge", True),
    )
    add(library, "Post", "", ("Cy Rask", "Bridges close", False))
    return library


async def ask(at: Desk, *keys: str) -> list[str]:
    """Press keys, and wait for what is found; the rows of the screen."""
    await at.pilot.press(*keys)
    for _ in range(3):
        await at.pilot.pause()
        working = [one for one in at.app.workers if isinstance(one.node, SaidScreen)]
        if working and isinstance(at.app.screen, SaidScreen):
            await at.app.workers.wait_for_complete(working)
    await at.settle()
    return at.rows


def shown(at: Desk) -> list[str]:
    return [str(card) for card in at.app.screen.query_one(CardList).cards]


@pytest.mark.parametrize("size", [NARROW, WIDE, (160, 45)])
async def test_what_is_typed_is_found_with_who_says_it_and_where(
    desk: Open, town: Library, size: tuple[int, int]
) -> None:
    """Words from an article are no markup."""
    async with desk(size=size) as at:
        rows = await ask(at, "U", *"bridge by:ada")
        assert any("Ada Quist" in row and "2016-08-03" in row for row in rows)
        assert any("The bridge [b]is closed[/b] for good" in row for row in rows)
        assert "1 found" in rows[0]


async def test_who_may_be_somebody_else_has_a_question_mark(desk: Open, town: Library) -> None:
    doubt(town, town.titled("herald", 1)[0][0])
    async with desk(size=WIDE) as at:
        rows = "\n".join(await ask(at, "U", *"bridge"))
        assert "Ada Quist?" in rows
        assert "Cy Rask?" not in rows


async def test_what_is_not_indexed_yet_is_told_above_the_list(desk: Open, town: Library) -> None:
    async with desk(size=WIDE) as at:
        with town.database.transaction() as db:
            db.executemany("INSERT INTO stale VALUES (?)", [(one,) for one in range(900, 960)])
        assert "found · 60 articles are still being indexed" in (await ask(at, "U"))[0]
        town.said.settle()
        assert "indexed" not in (await ask(at, *"bridge"))[0]


async def test_enter_goes_to_the_place_and_ctrl_o_leads_back(desk: Open, town: Library) -> None:
    """The question is there again, and what it led to."""
    async with desk() as at:
        first = at.session.reading.article.id
        await ask(at, "U", *"rask")
        assert shown(at) == []
        await ask(at, "ctrl+u", *"by:rask")
        assert len(shown(at)) == 2
        await ask(at, "down", "down", "enter")
        await at.settle()
        assert "Ada Quist spent" in at.session.text[at.session.position.cursor :][:20]
        assert at.session.current is not None
        assert at.session.current.start == at.session.position.cursor
        assert "Bo Rask" in at.rows[-1]  # the bar says what one is on
        await ask(at, "U")
        assert at.app.screen.query_one(Input).value == "by:rask"
        assert at.app.screen.query_one(CardList).highlighted == 1
        await ask(at, "escape", "ctrl+o")
        await at.settle()
        assert at.session.reading.article.id == first


async def test_tab_completes_conditions_and_their_values(desk: Open, town: Library) -> None:
    async with desk() as at:
        rows = await ask(at, "U", *"by:ras")
        assert any("Tab  " in row and "Bo Rask" in row for row in rows)
        await ask(at, "tab")
        first = at.app.screen.query_one(Input).value
        await ask(at, "tab")
        second = at.app.screen.query_one(Input).value
        assert {first, second} == {'by:"Bo Rask" ', 'by:"Cy Rask" '}
        assert len(shown(at)) == 1
        await ask(at, *"chec", "tab")
        assert at.app.screen.query_one(Input).value == f"{second}checkable"


async def test_the_order_is_told_where_it_is_another(desk: Open, town: Library) -> None:
    async with desk(size=WIDE) as at:
        assert (await ask(at, "U", *"bridge"))[0].rstrip().endswith("3 found")
        assert "3 found · newest first" in (await ask(at, "f2"))[0]
        assert "3 found · oldest first" in (await ask(at, "f2"))[0]
        assert "first" not in (await ask(at, "f2"))[0]


async def test_nothing_found_says_what_to_do(desk: Open, town: Library) -> None:
    async with desk() as at:
        assert "no voice is called “Nobodi”" in (await ask(at, "U", *"by:Nobodi"))[-1]
        assert "no site is called so" in (await ask(at, "ctrl+u", *"site:none"))[-1]
        assert "Nothing found" in (await ask(at, "ctrl+u", *"xyzzy"))[-1]
        assert "is no date" in (await ask(at, "ctrl+u", *"after:soon"))[-1]


async def test_further_pages_come_as_one_goes_on(desk: Open, library: Library) -> None:
    lines = [("Ada Quist", f"Sentence number {number} of many", False) for number in range(120)]
    add(library, "Post", "2016", *lines)
    async with desk() as at:
        await ask(at, "U", *"sentence")
        assert len(shown(at)) == 50
        await ask(at, "down", "end")
        assert len(shown(at)) == 100
        await ask(at, "end")
        await ask(at, "end")
        assert len(shown(at)) == 120
        assert len(set(shown(at))) == 120


async def test_it_is_there_from_the_library_and_its_dossier_is_written(
    desk: Open, town: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk() as at:
        await at.press("L", "f3")
        await ask(at, *"bridge checkable")
        await ask(at, "f6")
        await at.press("1")
        await at.press("enter")
        for _ in range(50):
            await at.pilot.pause(0.02)
        page = (tmp_path / "bridge-checkable.md").read_text()
        assert page.startswith("# What is said: bridge checkable\n")
        assert "wrote" in at.rows[-1]


async def test_a_backlog_is_indexed_before_and_a_locked_library_is_said_to_be(
    desk: Open, town: Library
) -> None:
    with town.database.transaction() as db:
        db.execute("DELETE FROM indexed")
        db.execute("INSERT OR IGNORE INTO stale SELECT number FROM articles")
    async with desk() as at:
        await ask(at, "U", *"bridge")
        assert len(shown(at)) == 3
        town.close()
        assert "closed" in (await ask(at, *" by:ada"))[-1]
        await at.press("escape")
        assert at.session.reading
