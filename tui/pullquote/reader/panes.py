"""The panes beside the text: one row of two lines for each finding or note, who and what.

A pane shows what it is given and says which row the reader chose; which rows there are, and what
choosing one does, is the screen's. Where there is nothing to list, a pane says why.
"""

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pullquote.reader.marks import Mark, shared
from pullquote.reader.row_list import Rows
from pullquote.reader.rows import Row

_LINES = 2  # of a row


class Pane(Rows):
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

    class Moved(Message):
        """The reader went to the row of `mark`, and stays in the pane."""

        def __init__(self, mark: Mark) -> None:
            self.mark = mark
            super().__init__()

    def __init__(self, title: str, *, id: str, classes: str = "") -> None:
        super().__init__(lines=_LINES, id=id, classes=classes)
        self._heading = title
        self.border_title = Content(title)
        self.rows: tuple[Row, ...] = ()
        self._numbers: dict[str, int] = {}
        self._by_attribution: dict[str, list[int]] = {}

    def fill(self, rows: tuple[Row, ...], empty: str, about: str = "") -> None:
        """Show `rows`, or `empty` when there are none; `about` is a word for the title."""
        kept = self.highlighted
        self.rows = rows
        self._numbers = {row.mark.id: number for number, row in enumerate(rows)}
        self._by_attribution = {}
        for number, row in enumerate(rows):
            if row.mark.attribution:
                self._by_attribution.setdefault(row.mark.attribution, []).append(number)
        self.clear_options()
        if rows:
            self.add_options(Option(self.prompt(row)) for row in rows)
            if kept is not None:
                with self.prevent(OptionList.OptionHighlighted):  # nobody has moved
                    self.highlighted = min(kept, len(rows) - 1)
        else:
            self.add_option(Option(Content(empty), disabled=True))
        count = f" {len(rows)}" if rows else ""
        self.border_title = Content(f"{self._heading}{count}{f' · {about}' if about else ''}")

    def prompt(self, row: Row) -> Content:
        """How a row reads."""
        # The words stand first, so that a long name cannot push them out of a slim pane.
        word = f"{row.word}  " if row.word else ""
        doubt, style = ("doubtful  ", "dim") if row.doubtful else ("", "")
        parts: list[Content | str | tuple[str, str]] = [f"{row.glyph} "]
        parts += [(f"{row.badge}  ", "bold")] if row.badge else []
        parts += [(doubt + word, "dim"), (row.who, style or "bold")]
        if row.what:
            parts += ["\n  ", *([(row.what, style)] if isinstance(row.what, str) else row.what)]
        return Content.assemble(*parts)

    def mark_row(self, mark: Mark | None) -> None:
        """Highlight the row of `mark`, or of the same piece of speech in this pane's kind, or none.

        Where the reader is in the pane, a row stays marked, since the keys move it.
        """
        number = self._number_of(mark) if mark else None
        if number != self.highlighted and (number is not None or not self.has_focus):
            self.highlighted = number

    def _number_of(self, mark: Mark) -> int | None:
        exact = self._numbers.get(mark.id)
        alike = self._by_attribution.get(mark.attribution or "", [])
        if exact is not None or not alike or mark.layer is self.rows[0].mark.layer:
            return exact
        return max(alike, key=lambda number: shared(self.rows[number].mark.spans, mark.spans))

    def row_of_actor(self, actor: str | None) -> int | None:
        """The number of the row of an actor; None in a pane that has none."""
        return self._numbers.get(actor or "")

    def nearest(self, offset: int) -> int:
        """The number of the row that is the first in the text to end behind `offset`, or the last.

        So it is the row of what `offset` lies in, where there is one.
        """
        placed = [number for number, row in enumerate(self.rows) if row.mark.spans]
        behind = [number for number in placed if self.rows[number].mark.end > offset]
        if behind:
            return min(behind, key=lambda number: self.rows[number].mark.start)
        return max(placed, key=lambda number: self.rows[number].mark.start, default=0)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.rows and self.has_focus:
            self.post_message(self.Moved(self.rows[event.option_index].mark))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.rows:
            self.post_message(self.Chosen(self.rows[event.option_index].mark))


class NotesPane(Pane):
    """The reader's notes, several of which may be marked, to be tagged or removed together."""

    BINDINGS = [
        Binding("space", "mark_one", "Mark", show=False, id="notes.mark"),
        Binding("ctrl+a", "mark_all", "Mark all", show=False, id="notes.mark_all"),
    ]

    def __init__(self, title: str, *, id: str, classes: str = "") -> None:
        super().__init__(title, id=id, classes=classes)
        self.marked: frozenset[str] = frozenset()  # the ids of notes

    def fill(self, rows: tuple[Row, ...], empty: str, about: str = "") -> None:
        self.marked = frozenset()
        super().fill(rows, empty, about)

    def prompt(self, row: Row) -> Content:
        return (
            Content.assemble(("▣ ", "bold"), super().prompt(row))
            if row.mark.id in self.marked
            else super().prompt(row)
        )

    def action_mark_one(self) -> None:
        """Mark the row, or unmark it, and go to the next."""
        if self.highlighted is None or not self.rows:
            return
        number = self.highlighted
        self.marked ^= {self.rows[number].mark.id}
        self.replace_option_prompt_at_index(number, self.prompt(self.rows[number]))
        self.highlighted = min(number + 1, len(self.rows) - 1)

    def action_mark_all(self) -> None:
        """Mark all rows, or none where all were."""
        everyone = frozenset(row.mark.id for row in self.rows)
        self.marked = frozenset() if self.marked == everyone else everyone
        for number, row in enumerate(self.rows):
            self.replace_option_prompt_at_index(number, self.prompt(row))
