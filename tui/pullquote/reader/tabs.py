"""The panes' tabs: the key, the name and the count of each, which can be clicked."""

from itertools import product
from typing import NamedTuple

from textual.content import Content
from textual.reactive import var
from textual.style import Style
from textual.widgets import Static


class Tab(NamedTuple):
    """A pane as its tab tells of it."""

    id: str
    key: str
    name: str
    rows: int
    is_shown: bool


_GAP = " │ "
# what is between; counts?
_FORMS = ((_GAP, True), ("  ", True), ("│", True), (_GAP, False), ("  ", False))


class Tabs(Static):
    """A row of tabs, without their counts where there is no room; else two rows, by the same."""

    auto_links = False  # a tab looks like none
    tabs: var[tuple[Tab, ...]] = var((), init=False)

    def __init__(self) -> None:
        super().__init__(markup=False)

    def watch_tabs(self) -> None:
        """Show these."""
        if width := self.size.width:
            self.update(_fitted(self.tabs, width))

    def on_resize(self) -> None:
        """They have to fit anew."""
        self.watch_tabs()


def _fitted(tabs: tuple[Tab, ...], width: int) -> Content:
    for gap, is_counted in _FORMS:
        row = _row(tabs, gap, is_counted)
        if row.cell_length <= width:
            return row
    half = (len(tabs) + 1) // 2
    for (gap, is_counted), cut in product(_FORMS, (half, half - 1)):
        rows = [_row(part, gap, is_counted) for part in (tabs[:cut], tabs[cut:])]
        if max(row.cell_length for row in rows) <= width:
            break
    return Content("\n").join(rows)


def _row(tabs: tuple[Tab, ...], gap: str, is_counted: bool) -> Content:
    return _between(gap).join(_tab(tab, is_counted) for tab in tabs)


def _between(gap: str) -> Content:
    return Content.styled(gap, "$rule")


def _tab(tab: Tab, is_counted: bool) -> Content:
    count = f" {tab.rows}" if is_counted and tab.rows else ""
    words = (f"{tab.name}{count}", "bold" if tab.is_shown else "$muted")
    opens = Style.from_meta({"@click": f"screen.act('pane.{tab.id}')"})
    return Content.assemble((f"{tab.key} ", "bold $text-primary"), words).stylize(opens)
