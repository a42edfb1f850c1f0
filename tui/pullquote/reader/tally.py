"""An article's sources counted, as bars to be read at a glance."""

from collections.abc import Iterable, Iterator
from functools import partial

from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.color import Color
from textual.content import Content
from textual.widgets import Static

from pullquote.kinds.claim import SOURCING_GLYPHS
from pullquote.kinds.sources import Bar, Chart, Line, Sources
from pullquote.reader.dialogs import Page
from pullquote.reader.hues import Hues

_LABEL = 26  # cells
_BOLD = Style(bold=True)
_PIECE = "▆"  # of a bar: less than a line high, so that bars do not touch
_COLOURS = {glyph: f"sourced-{kind}" for kind, glyph in SOURCING_GLYPHS.items()}
Row = tuple[RenderableType, ...]


class _Drawn:
    """A bar of some share of the width that there is; what is not nothing has a cell."""

    def __init__(self, share: float, style: Style) -> None:
        self._share, self._style = share, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        cells = max(1, round(self._share * options.max_width)) if self._share else 0
        yield Segment(_PIECE * cells, self._style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, options.max_width)


class Tally(Page):
    """The charts of an article's sources, and who was asked."""

    BINDINGS = [Binding("T", "leave", "Leave", show=False)]

    def __init__(self, sources: Sources, remark: str, hues: Hues) -> None:
        super().__init__("Sources")
        self._sources, self._remark, self._hues = sources, remark, hues

    def compose(self) -> ComposeResult:
        yield self.page(*self._parts())

    def _parts(self) -> Iterator[Static]:
        """A part a chart, that of the speakers first; whom was asked stands below it."""
        for line in filter(None, (self._sources.summary, self._remark)):
            yield Static(Content(line))
        drawn = [part for chart in self._sources.charts for part in self._drawn(chart)]
        yield from drawn[:2]
        if self._sources.asked:
            yield Static(_table(map(_said, self._sources.asked)), classes="asked")
        yield from drawn[2:]

    def _drawn(self, chart: Chart) -> Iterator[Static]:
        yield Static(Content.styled(chart.title, "bold"), classes="heading")
        yield Static(_table(map(partial(self._row, most=chart.most), chart.bars)), classes="under")

    def _row(self, bar: Bar, most: int) -> Row:
        """A bar between its label and its figures, in the hue that it has on the page."""
        hue = self._hues.hue(bar.actor)
        name = _COLOURS.get(bar.glyph, f"speaker-{hue or 'other'}")
        style = Style(color=Color.parse(self.app.theme_variables[name]).rich_color)
        return (
            Text.assemble((f"{bar.glyph} ", style), bar.label)
            if bar.glyph
            else Text(bar.label, style + _BOLD if hue else ""),
            _Drawn(bar.amount / most if most else 0, style),
            Text(f"{bar.amount:,}", "bold", justify="right"),
            Text(bar.more, "dim", justify="right"),
        )


def _said(line: Line) -> Row:
    return Text(line[0], "bold"), Text(line[1])


def _table(rows: Iterable[Row]) -> Table:
    """Labels, then what takes the room that there is, then figures."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=_LABEL, no_wrap=True)
    table.add_column(ratio=1)
    for row in rows:
        table.add_row(*row)
    return table
