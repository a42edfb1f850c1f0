"""What the whole screen looks like: golden files of its words and their styles.

Each file in tests/data/screens has the screen as it is read, and below it every stretch of words that
has another style than the commonest, a line each: a changed style is one line of the diff. They are
made anew by deleting them and running the tests twice; look at the difference before committing it.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from itertools import groupby
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.widgets import Input

from pullquote.article import Article
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from tests.reader.conftest import Desk, Open

SCREENS = Path(__file__).parent.parent / "data" / "screens"
_WHEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # when an article was opened: now
_NEVER_NOW = "2026-01-05 12:00"


@pytest.fixture(autouse=True)
def _the_same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No times of this machine."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def picture(app: App[None]) -> str:
    """The screen as text, then its words by style: `row:column words | style`."""
    rows = [list(strip) for strip in app.screen._compositor.render_strips()]
    text = ["".join(segment.text for segment in row).rstrip() for row in rows]
    runs = [run for number, row in enumerate(rows) for run in _runs(number, row)]
    cells = Counter[str]()
    for *_, words, style in runs:
        cells[style] += cell_len(words)
    usual = cells.most_common(1)[0][0]
    lines = [
        f"{row}:{column} {words.strip()} | {style}"
        for row, column, words, style in runs
        if style != usual and (words.strip() or _ground(style) != _ground(usual))
    ]
    return _WHEN.sub(_NEVER_NOW, "\n".join((*text, "", f"else | {usual}", *lines, "")))


def _runs(number: int, row: list[Segment]) -> Iterator[tuple[int, int, str, str]]:
    """Where each stretch of one style begins in a row, in cells, with its words and its style."""
    column = 0
    for style, segments in groupby(row, key=lambda one: str(one.style or Style.null())):
        words = "".join(segment.text for segment in segments)
        yield number, column, words, style
        column += cell_len(words)


def _ground(style: str) -> str:
    return style.partition("on ")[2]


async def _is_golden(at: Desk, name: str) -> None:
    for one in at.app.screen.query(Input):
        one.cursor_blink = False
    await at.settle()
    path, shown = SCREENS / f"{name}.txt", picture(at.app)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
        pytest.fail(f"{path.name} was not there and has been written; look at it and commit it")
    golden = path.read_text(encoding="utf-8")
    diff = unified_diff(golden.split("\n"), shown.split("\n"), path.name, "now", n=1, lineterm="")
    assert shown == golden, "\n" + "\n".join(diff)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 45)])
async def test_reading(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size=size) as at:
        await at.press("n")
        await _is_golden(at, f"reading-{size[0]}x{size[1]}")


async def test_correcting_lies_beside_the_words(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "e")
        await _is_golden(at, "correcting-120x36")


async def test_the_library(desk: Open, library: Library) -> None:
    other = Article(text="The bridge will open in May.", title="A bridge", site="The Example")
    library.articles.save(other)
    library.notes.add(other.id, annotate(other.text, (4, 10), comment="Which one?"))
    async with desk() as at:
        await at.press("L")
        await _is_golden(at, "library-120x36")


async def test_the_help(desk: Open) -> None:
    async with desk() as at:
        await at.press("question_mark")
        await _is_golden(at, "help-120x36")
