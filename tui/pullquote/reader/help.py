"""The keys that work where the reader is, from the same declarations as the keys themselves."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from pullquote.actions import Action, key_names, keys_with
from pullquote.reader.dialogs import Page

_KEYS = 25  # cells of the first column


class Help(Page):
    """What applies everywhere, the signs, and all keys of a place, by group."""

    BINDINGS = [Binding("question_mark,f1", "leave", "Leave", show=False)]

    def __init__(
        self,
        title: str,
        actions: Iterable[Action],
        keymap: Mapping[str, str],
        intro: str,
        signs: Iterable[tuple[str, str]] = (),
    ) -> None:
        super().__init__(title)
        self._intro = intro
        chosen = keys_with(keymap)
        groups = groupby(actions, key=lambda action: action.group)
        self._tables = [
            *([("Signs", list(signs))] if signs else []),
            *(
                (group, [(key_names(chosen[a.id]), a.tooltip) for a in acts])
                for group, acts in groups
            ),
        ]

    def compose(self) -> ComposeResult:
        yield self.page(
            Static(Content(self._intro)), *(Static(_table(*one)) for one in self._tables)
        )


def _table(heading: str, rows: Iterable[tuple[str, str]]) -> Table:
    """Two columns under a heading; what is too long for the second goes on below in it."""
    table = Table(
        box=None, show_header=False, padding=(0, 1, 0, 0), title=Text(heading, "bold underline")
    )
    table.title_justify = "left"
    table.add_column(width=_KEYS, overflow="fold")
    table.add_column(ratio=1)
    for keys, words in rows:
        table.add_row(Text(f"  {keys}", "bold"), Text(words))
    return table
