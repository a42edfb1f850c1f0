"""The panes beside the text: one row of two lines for each finding or note, who and what.

A pane shows what it is given and says which row the reader chose; which rows there are, and what choosing one does, is the
screen's. Where there is nothing to list, a pane says why.
"""

from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.marks import Mark


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it stands for, who (with a glyph and a word), and what."""

    mark: Mark
    glyph: str
    who: str
    word: str
    what: str

    @property
    def doubtful(self) -> bool:
        """Whether what it stands for is doubtful."""
        return self.mark.doubtful


class Pane(OptionList):
    """A list of findings of one kind."""

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False, id="pane.down"),
        Binding("k", "cursor_up", "Up", show=False, id="pane.up"),
    ]

    class Chosen(Message):
        """The reader chose the row of `mark`."""

        def __init__(self, mark: Mark) -> None:
            self.mark = mark
            super().__init__()

    def __init__(self, title: str, *, id: str, classes: str = "") -> None:
        super().__init__(id=id, markup=False, classes=classes)
        self._heading = title
        self.border_title = Content(title)
        self.rows: tuple[Row, ...] = ()

    def fill(self, rows: tuple[Row, ...], empty: str) -> None:
        """Show `rows`, or `empty` when there are none."""
        kept = self.highlighted
        self.rows = rows
        self.clear_options()
        if rows:
            self.add_options(Option(_prompt(row)) for row in rows)
            if kept is not None:
                self.highlighted = min(kept, len(rows) - 1)
        else:
            self.add_option(Option(Content(empty), disabled=True))
        count = f" {len(rows)}" if rows else ""
        self.border_title = Content(f"{self._heading}{count}")

    def mark_row(self, mark: Mark | None) -> None:
        """Highlight the row of `mark`, if it has one here."""
        for number, row in enumerate(self.rows):
            if mark and row.mark.layer == mark.layer and row.mark.index == mark.index:
                if self.highlighted != number:
                    self.highlighted = number
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.rows:
            self.post_message(self.Chosen(self.rows[event.option_index].mark))


def _prompt(row: Row) -> Content:
    # The word stands first, so that a long name cannot push it out of a slim pane.
    word = f"{row.word}  " if row.word else ""
    doubt, style = ("doubtful  ", "dim") if row.doubtful else ("", "")
    what = (f"\n  {row.what}" if row.what else "", style)
    return Content.assemble(f"{row.glyph} ", (doubt + word, "dim"), (row.who, style or "bold"), what)
