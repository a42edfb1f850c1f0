"""The panes beside the text: one card for each finding or note, of which the current one is open.

A pane shows what it is given and says which row the reader chose; which rows there are, and what
choosing one does, is the screen's. Where there is nothing to list, a pane says why.
"""

from msgspec.structs import replace
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pullquote.reader.card import Card
from pullquote.reader.card_list import CardList
from pullquote.reader.marks import Mark, shared
from pullquote.reader.pointing import RIGHT
from pullquote.reader.rows import Row


class Pane(CardList):
    """A list of findings of one kind."""

    moment = "pane"  # of which the bar names the keys

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False, id="pane.down"),
        Binding("k", "cursor_up", "Up", show=False, id="pane.up"),
        Binding("g,home", "first", "First", show=False, id="pane.first"),
        Binding("G,end", "last", "Last", show=False, id="pane.last"),
    ]

    class Chosen(Message):
        """The reader chose the row of `mark`; of a speaker, to open the page."""

        def __init__(self, mark: Mark, opens_page: bool = False) -> None:
            self.mark, self.opens_page = mark, opens_page
            super().__init__()

    class Moved(Message):
        """The reader went to the row of `mark`, and stays in the pane."""

        def __init__(self, mark: Mark) -> None:
            self.mark = mark
            super().__init__()

    def __init__(self, key: str, name: str, *, id: str, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self.rows: tuple[Row, ...] = ()
        self._key, self.heading, self.about = key, name, ""
        self._say()
        self._left: int | None = None  # the row that was marked before the reader went elsewhere
        self._numbers: dict[str, int] = {}
        self._by_attribution: dict[str, list[int]] = {}

    # --- what it lists

    def fill(self, rows: tuple[Row, ...], empty: str, about: str = "") -> None:
        """Show `rows`, or `empty` when there are none; `about` is a word for the title."""
        kept = self.highlighted
        self.rows = rows
        self._numbers = {row.mark.id: number for number, row in enumerate(rows) if row.mark}
        self._by_attribution = {}
        for number, row in enumerate(rows):
            if row.mark and row.mark.attribution:
                self._by_attribution.setdefault(row.mark.attribution, []).append(number)
        self.show_cards([Card(self.dressed(row)) for row in rows])
        if rows and kept is not None:
            with self.prevent(OptionList.OptionHighlighted):  # nobody has moved
                self.highlighted = min(kept, len(rows) - 1)
        self.set_class(not rows, "-empty")
        if not rows:
            self.add_option(Option(Content(empty), disabled=True))
        self.about = about
        self._say()

    def _say(self) -> None:
        """Have in the frame: the key, the name and count, and a word on them."""
        self.border_title = Content.assemble(
            (f"{self._key} " if self._key else "", "bold $text-primary"),
            f"{self.heading} {self.count}" if self.count else self.heading,
            (f" · {self.about}" if self.about else "", "$muted"),
        )

    @property
    def count(self) -> int:
        """How many findings or notes it lists."""
        return len(self.rows)

    def dressed(self, row: Row) -> Row:
        """A row as this pane shows it."""
        return row

    @property
    def here(self) -> Mark | None:
        """What the row that the reader is on stands for."""
        number = self.highlighted
        return self.rows[number].mark if self.rows and number is not None else None

    def lists(self, mark: Mark) -> bool:
        """Whether a row is that of `mark`, or of the same piece of speech in this pane's kind."""
        return self._number_of(mark) is not None

    def mark_row(self, mark: Mark | None, keeps: bool = False) -> None:
        """Highlight the row of `mark`, or of the same piece of speech in this pane's kind, or none.

        Where the reader is in the pane, a row stays marked where there is no mark, or where it
        `keeps`; the keys go on from the one that was.
        """
        number = self._number_of(mark) if mark else None
        is_kept = number is None and self.has_focus and (mark is None or keeps)
        if number == self.highlighted or is_kept:
            return
        self._left = self.highlighted if self.has_focus else None
        self.highlighted = number

    def _number_of(self, mark: Mark) -> int | None:
        exact = self._numbers.get(mark.id)
        alike = self._by_attribution.get(mark.attribution or "", [])
        if exact is not None or not alike:
            return exact
        ones = [(number, one) for number in alike if (one := self.rows[number].mark)]
        if any(one.layer is mark.layer for _, one in ones):
            return None
        return max(ones, key=lambda one: shared(one[1].spans, mark.spans))[0]

    def row_of_actor(self, actor: str | None) -> int | None:
        """The number of the row of an actor; None in a pane that has none."""
        return self._numbers.get(actor or "")

    def nearest(self, offset: int) -> int:
        """The number of the row that is the first in the text to end behind `offset`, or the last.

        So it is the row of what `offset` lies in, where there is one.
        """
        placed = [
            (number, row.mark)
            for number, row in enumerate(self.rows)
            if row.mark and row.mark.spans
        ]
        behind = [one for one in placed if one[1].end > offset]
        if behind:
            return min(behind, key=lambda one: one[1].start)[0]
        return max(placed, key=lambda one: one[1].start)[0] if placed else 0

    # --- what the reader does

    def action_cursor_down(self) -> None:
        """To the next row, or back to the one that a key led away from."""
        if not self._is_back():
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """To the row before, or back to the one that a key led away from."""
        if not self._is_back():
            super().action_cursor_up()

    def _is_back(self) -> bool:
        if self.highlighted is not None or self._left is None or not self.rows:
            return False
        self.highlighted = min(self._left, len(self.rows) - 1)
        return True

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.here and self.has_focus:
            self.post_message(self.Moved(self.here))

    async def _on_click(self, event: events.Click) -> None:
        """The right button goes to a row, and asks what can be done there."""
        if event.button != RIGHT:
            await super()._on_click(event)
            return
        event.prevent_default()
        self.focus()
        number = event.style.meta.get("option")
        if self.rows and number is not None:
            self.highlighted = number
        if self.here:
            await self.run_action("screen.act('menu')")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.rows:
            self.choose(self.rows[event.option_index])

    def choose(self, row: Row) -> None:
        """What choosing a row does."""
        if row.mark:
            self.post_message(self.Chosen(row.mark))


class NotesPane(Pane):
    """The reader's notes, several of which may be marked, to be tagged or removed together."""

    BINDINGS = [
        Binding("space", "mark_one", "Mark", show=False, id="notes.mark"),
        Binding("ctrl+a", "mark_all", "Mark all", show=False, id="notes.mark_all"),
    ]

    marked: frozenset[str] = frozenset()  # the ids of notes

    def fill(self, rows: tuple[Row, ...], empty: str, about: str = "") -> None:
        self.marked = frozenset()
        super().fill(rows, empty, about)

    def dressed(self, row: Row) -> Row:
        is_marked = row.mark is not None and row.mark.id in self.marked
        return replace(row, glyph="▣", tone="bold") if is_marked else row

    def action_mark_one(self) -> None:
        """Mark the row, or unmark it, and go to the next."""
        if self.here is None or self.highlighted is None:
            return
        self.marked ^= {self.here.id}
        self._dress_anew()
        self.highlighted = min(self.highlighted + 1, len(self.rows) - 1)

    def action_mark_all(self) -> None:
        """Mark all rows, or none where all were."""
        everyone = frozenset(row.mark.id for row in self.rows if row.mark)
        self.marked = frozenset() if self.marked == everyone else everyone
        self._dress_anew()

    def _dress_anew(self) -> None:
        for card, row in zip(self.cards, self.rows, strict=True):
            card.row = self.dressed(row)
        self.paint_anew()
