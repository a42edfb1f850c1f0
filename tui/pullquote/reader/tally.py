"""An article's sources counted, as bars to be read at a glance."""

from collections.abc import Iterable, Iterator

from rich.bar import Bar as Drawn
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from pullquote.kinds import Line
from pullquote.kinds.sources import Chart, Sources
from pullquote.reader.dialogs import Page

_LABEL = 26  # cells
Row = tuple[RenderableType, ...]


class Tally(Page):
    """The charts of an article's sources, and who was asked."""

    BINDINGS = [Binding("T", "leave", "Leave", show=False)]

    def __init__(self, sources: Sources, remark: str) -> None:
        super().__init__("Sources")
        self._sources, self._remark = sources, remark

    def compose(self) -> ComposeResult:
        yield self.page(*self._parts())

    def _parts(self) -> Iterator[Static]:
        """A part a chart, that of the speakers first; whom was asked stands below it."""
        for line in filter(None, (self._sources.summary, self._remark)):
            yield Static(Content(line))
        drawn = [part for chart in self._sources.charts for part in _drawn(chart)]
        yield from drawn[:2]
        if self._sources.asked:
            yield Static(_table(map(_said, self._sources.asked)), classes="asked")
        yield from drawn[2:]


def _said(line: Line) -> Row:
    return Text(line[0], "bold"), Text(line[1])


def _drawn(chart: Chart) -> Iterator[Static]:
    yield Static(Content.styled(chart.title, "bold"), classes="heading")
    rows: list[Row] = [
        (
            Text(f"{bar.glyph} {bar.label}" if bar.glyph else bar.label),
            Drawn(chart.most, 0, bar.amount),
            Text(f"{bar.amount:,}", "bold", justify="right"),
            Text(bar.more, "dim", justify="right"),
        )
        for bar in chart.bars
    ]
    yield Static(_table(rows), classes="under")


def _table(rows: Iterable[Row]) -> Table:
    """Labels, then what takes the room that there is, then figures."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=_LABEL, no_wrap=True)
    table.add_column(ratio=1)
    for row in rows:
        table.add_row(*row)
    return table
