"""A reader at a desk, for tests of the screen: keys go in; status line, panes, notes come out."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.pilot import Pilot

from pullquote.app import Pullquote
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.notes.reading import derived
from pullquote.reader.opening import AS_IT_WAS, Opening
from pullquote.reader.panes import Pane
from pullquote.reader.screen import Reader
from pullquote.reader.session import Session
from pullquote.reader.status import StatusLine
from pullquote.reader.styling import GUTTER
from pullquote.settings import Settings

WIDE, NARROW = (120, 36), (80, 24)


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is fetched but from this machine: evidence that is entered is checked at once."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1")


class Desk:
    """A reader at the shipped article."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> Pullquote:
        assert isinstance(self.pilot.app, Pullquote)
        return self.pilot.app

    @property
    def screen(self) -> Reader:
        return next(one for one in reversed(self.pilot.app.screen_stack) if isinstance(one, Reader))

    def words(self, line: int, width: int = 100) -> Iterator[tuple[int, Segment]]:
        """The pieces of the text on a line as they are painted, each with its offset."""
        view = self.screen.article
        start, end = view.wrapped.span(line)
        beside = view._margin + GUTTER + view.wrapped.indent(line)
        for segment in view._build(line, width):
            margin, words = segment.split_cells(min(beside, segment.cell_length))
            beside -= margin.cell_length
            if words.text and start < end:
                yield start, words
                start += len(words.text)

    @property
    def session(self) -> Session:
        return self.screen.session

    async def press(self, *keys: str) -> str:
        """Press keys, wait until all is done, and read the status line."""
        await self.pilot.press(*keys)
        await self.settle()
        return self.status

    async def settle(self) -> None:
        for _ in range(3):
            await self.pilot.pause()
        while not self.app.typed_ahead.is_empty or getattr(self.app.screen, "is_saving", False):
            await self.pilot.pause()
        # a dialog waits for the reader, and its worker with it
        if isinstance(self.pilot.app.screen, Reader):
            await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def status(self) -> str:
        return str(self.screen.query_one(StatusLine).content)

    @property
    def rows(self) -> list[str]:
        """The rows of the screen that is on top, as a reader sees them."""
        strips = self.pilot.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def select(self, first: int, last: int) -> None:
        """Select from one character to another, both included, as `v` and motions would."""
        self.session.begin(first, last)
        self.screen.show()

    @property
    def selection(self) -> str:
        """The words that are selected."""
        span = self.session.position.selected
        return self.screen.article.text[slice(*span)] if span else ""

    def cell(self, offset: int) -> tuple[int, int]:
        """Where the character at `offset` stands in the article's view: column, row."""
        view = self.screen.article
        line = view.wrapped.line(offset)
        start = view.wrapped.starts[line]
        return view._margin + GUTTER + cell_len(
            view.text[start:offset]
        ), line - view.scroll_offset.y

    @property
    def focused(self) -> str:
        mark = self.session.current
        return (
            " … ".join(self.session.reading.article.text[s:e] for s, e in mark.spans)
            if mark
            else ""
        )

    def pane(self, name: str) -> Pane:
        return self.screen.query_one(f"#{name}", Pane)

    def title(self, name: str) -> str:
        """What stands in the frame of a pane."""
        return Content.from_markup(str(self.pane(name).border_title)).plain

    def notes(self) -> list[tuple[str, int, str, tuple[str, ...]]]:
        return [
            (n.target.exact, n.highlight, n.comment, n.tags)
            for n in self.session.reading.annotations
        ]


@asynccontextmanager
async def at_desk(
    library: Library,
    article: Article,
    findings: Findings | None,
    size: tuple[int, int] = WIDE,
    settings: Settings | None = None,
    opening: Opening = AS_IT_WAS,
) -> AsyncIterator[Desk]:
    library.articles.save(article)
    if findings:
        library.findings.save(article.id, findings)
    reading = derived(article, findings, library.notes.of(article.id))
    async with Pullquote(reading, library, settings or Settings(), opening).run_test(
        size=size
    ) as pilot:
        desk = Desk(pilot)
        await desk.settle()
        yield desk


Open = Callable[..., Any]


@pytest.fixture
def desk(library: Library, seed: Article, findings: Findings) -> Open:
    def opened(**options: Any) -> Any:
        return at_desk(library, seed, **{"findings": findings, **options})

    return opened
