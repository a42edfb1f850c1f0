"""The same words in other articles: a sign on the quote, both side by side, the way there and back."""

import pytest
from textual.widgets import OptionList, Static

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.reader.comparing import SideBySide
from pullquote.settings import Settings
from tests.quotations import COURIER, add, one_quotation
from tests.reader.conftest import NARROW, WIDE, Desk, at_desk

BRIDGE = "“We will rebuild the old bridge before the winter, whatever it costs.”"
SHORTER = "“We will repair the old bridge … whatever it costs.”"


@pytest.fixture
def here(library: Library) -> tuple[Article, Findings]:
    """The article on the screen; the others that have its words are in the library."""
    add(library, SHORTER, url=COURIER, published="2016-05-01", title="[b]Old[/b] bridge")
    add(library, BRIDGE, "Bo Lindqvist", url="https://herald.example/", published="2016-05-03")
    return one_quotation(BRIDGE)


def shown(at: Desk, column: str) -> str:
    return str(at.app.screen.query_one(f".{column}", Static).content)


async def test_a_quote_with_the_same_words_elsewhere_has_a_sign_and_its_card_says_which(
    library: Library, here: tuple[Article, Findings]
) -> None:
    async with at_desk(library, *here) as at:
        assert "≢ 2 elsewhere (Q)" in await at.press("n")
        await at.press("3")
        assert any("≢ 2" in row for row in at.rows)
        assert at.pane("quotes").rows[0].details() == [
            (
                "elsewhere",
                "2 places: changed, cut there · said by Bo Lindqvist; "
                "first in courier.example, 2016-05-01",
            )
        ]


async def test_where_all_have_the_same_words_the_sign_says_so(library: Library) -> None:
    add(library, BRIDGE, url=COURIER)
    async with at_desk(library, *one_quotation(BRIDGE)) as at:
        assert "≡ 1 elsewhere" in await at.press("n")


async def test_a_quote_that_stands_nowhere_else_has_none(library: Library) -> None:
    async with at_desk(library, *one_quotation(BRIDGE)) as at:
        assert "elsewhere" not in await at.press("n")
        assert "no other article" in await at.press("Q")


async def test_without_a_quote_there_is_nothing_to_compare(
    library: Library, here: tuple[Article, Findings]
) -> None:
    async with at_desk(library, *here) as at:
        await at.press("G")
        at.session.go(len(at.session.text) - 2)
        assert "no quote or claim here" in await at.press("Q")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_both_stand_side_by_side_with_what_differs_marked(
    library: Library, here: tuple[Article, Findings], size: tuple[int, int]
) -> None:
    async with at_desk(library, *here, size=size) as at:
        await at.press("n")
        await at.press("Q")
        assert isinstance(at.app.screen, SideBySide)
        options = at.app.screen.query_one(OptionList).options
        assert [str(one.prompt).partition("  ")[0] for one in options] == [
            "changed, cut there · earlier",
            "the same · said by Bo Lindqvist · later",
        ]
        assert "[b]Old[/b] bridge" in str(options[0].prompt)
        assert shown(at, "here") == f"Here: Ada Quist\n{BRIDGE}"
        assert shown(at, "there") == f"There: Ada Quist\n{SHORTER}"
        rows = at.rows
        assert any("rebuild" in row and "repair" in row for row in rows)
        await at.press("j")
        assert shown(at, "there") == f"There: Bo Lindqvist\n{BRIDGE}"
        await at.press("escape")
        assert not isinstance(at.app.screen, SideBySide)


async def test_enter_goes_there_and_ctrl_o_leads_back(
    library: Library, here: tuple[Article, Findings]
) -> None:
    async with at_desk(library, *here, settings=Settings()) as at:
        await at.press("n")
        await at.press("Q")
        await at.press("enter")
        assert at.session.reading.article.title == "[b]Old[/b] bridge"
        await at.press("ctrl+o")
        assert at.session.reading.article.id == here[0].id


async def test_a_library_that_cannot_be_read_costs_the_answer_alone(
    library: Library, here: tuple[Article, Findings]
) -> None:
    async with at_desk(library, *here) as at:
        library.close()
        await at.press("n")
        await at.press("Q")
        assert not isinstance(at.app.screen, SideBySide)
        await at.press("n")
