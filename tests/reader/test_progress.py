"""While the analysis runs, the rule above the text is a bar, and no line of the text moves."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.geometry import Region

from pullquote.analysis.beside import AnalysisFailed
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.reader.article_view import ArticleView
from pullquote.reader.styling import GUTTER
from tests.reader.conftest import Desk, at_desk

ANONYMOUS = Article(text="The bridge will open in May, Ann Cole said.\n\nIt is late.", source="-")
EMPTY = Article(text="", title="Nothing")
Way = Callable[[float], object]


class Helper:
    """The analysis, which goes as far as the test lets it."""

    def __init__(self) -> None:
        self.tell: Way = print
        self.show: Callable[[Findings], None] = print
        self.end: asyncio.Future[Findings] = asyncio.get_running_loop().create_future()

    async def beside(self, text: str, model: str, tell: Any, show: Any, language: str) -> Findings:
        self.tell, self.show = tell, show
        return await self.end


@asynccontextmanager
async def _analysed(
    library: Library, article: Article, monkeypatch: pytest.MonkeyPatch, **options: Any
) -> AsyncIterator[tuple[Desk, Helper]]:
    """A reader at an article that is being analysed."""
    helper = Helper()
    monkeypatch.setattr("pullquote.reader.analysing.analyse_beside", helper.beside)
    monkeypatch.setattr(Desk, "settle", lambda at: at.pilot.pause())  # it does not end by itself
    async with at_desk(library, article, None, **options) as at:
        await _until(at, lambda: at.session.analysed is not None)
        yield at, helper
        if not helper.end.done():
            helper.end.cancel()


async def _until(at: Desk, is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        await at.pilot.pause()
        if is_so():
            return
    pytest.fail("it has not come to that")


def _rules(at: Desk) -> list[tuple[int, str]]:
    """The rows of the text's view that are ruled: where, and how."""
    rows = ((number, row.strip()) for number, row in enumerate(_column(at)))
    return [(number, row) for number, row in rows if row and not row.strip("─━")]


def _column(at: Desk) -> Iterator[str]:
    """What the text's view shows, row by row, without the overview at its edge."""
    view = at.screen.article
    for strip in view.render_lines(Region(0, 0, *view.size)):
        yield strip.text[:-1]


def _prose(at: Desk) -> list[tuple[int, str]]:
    """The same without the gutter, the rule, and the line of facts, where counts come in."""
    rows = ((number, row[GUTTER:]) for number, row in enumerate(_column(at)))
    return [
        (n, row) for n, row in rows if row.strip("─━ ") and not row.lstrip().startswith("about")
    ]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_the_rule_fills_as_the_analysis_goes_on_and_no_line_moves(
    library: Library,
    seed: Article,
    findings: Findings,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    async with _analysed(library, seed, monkeypatch, size=size) as (at, helper):
        ((where, begun),) = _rules(at)
        before, width = _prose(at), len(begun)
        assert begun == "━" + "─" * (width - 1)
        for share in (0.3, 0.62):
            helper.tell(share)
            await at.pilot.pause()
            done = round(share * width)
            assert _rules(at) == [(where, "━" * done + "─" * (width - done))]
            assert f"{share:.0%} (X stops it)" in at.status
        helper.show(findings)
        await at.pilot.pause()
        assert _prose(at) == before
        helper.end.set_result(findings)
        await _until(at, lambda: not at.session.is_analysing)
        assert _rules(at) == [(where, "─" * width)]
        assert _prose(at) == before


async def test_all_of_it_is_done_when_it_has_ended_and_not_before(
    library: Library, seed: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _analysed(library, seed, monkeypatch) as (at, helper):
        helper.tell(1.0)
        await at.pilot.pause()
        ((_, rule),) = _rules(at)
        assert rule.endswith("━─")


@pytest.mark.parametrize("article", [ANONYMOUS, EMPTY], ids=["no headline", "no text"])
async def test_a_text_without_a_headline_has_the_bar_too(
    library: Library, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _analysed(library, article, monkeypatch) as (at, helper):
        helper.tell(0.5)
        await at.pilot.pause()
        ((where, rule),) = _rules(at)
        assert abs(rule.count("━") - rule.count("─")) <= 1
        helper.end.set_exception(AnalysisFailed("the analysis has ended early"))
        await _until(at, lambda: not at.session.is_analysing)
        assert _rules(at) == [(where, "─" * len(rule))]


async def test_it_is_there_when_the_reader_comes_back_to_the_top(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = Article(text="\n\n".join(f"It is line {n}." for n in range(99)), title="Lines")
    async with _analysed(library, article, monkeypatch) as (at, helper):
        helper.tell(0.2)
        await at.pilot.press("G")
        away = [*_column(at)]
        helper.tell(0.5)
        await at.pilot.pause()
        assert [*_column(at)] == away
        await at.pilot.press("g")
        ((_, rule),) = _rules(at)
        assert abs(rule.count("━") - rule.count("─")) <= 1


async def test_what_is_read_meanwhile_paints_no_bar_anew(
    library: Library, seed: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key costs nothing more while the analysis runs."""
    async with _analysed(library, seed, monkeypatch) as (at, helper):
        helper.tell(0.2)
        await at.pilot.pause()
        painted: list[int] = []
        paint = ArticleView._pieces

        def counted(view: ArticleView, line: int) -> Any:
            painted.append(line)
            return paint(view, line)

        monkeypatch.setattr(ArticleView, "_pieces", counted)
        rule = at.screen.article.wrapped.head - 2
        for _ in range(3):
            await at.pilot.press(")")
        assert painted
        assert rule not in painted
        helper.tell(0.9)
        await at.pilot.pause()
        assert rule in painted
