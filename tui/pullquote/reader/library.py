"""The library and the inbox: tables of articles, and a search through them and their notes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from msgspec.structs import replace
from rich.text import Text
from textual import events, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from pullquote.library.catalogue import Listed, Order, Sought, sought
from pullquote.library.inbox import Waiting
from pullquote.library.search import Hit
from pullquote.library.store import Library
from pullquote.reader.deleting import delete, put_back
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.incoming import bring_in, drop, read_later, waiting, waiting_for
from pullquote.reader.metadata import asked
from pullquote.reader.metadata_form import MetadataForm
from pullquote.reader.table import LIBRARY, Needs, Shelf, cells, columns, needs, waiting_cells

_SHOWN = 200  # articles; the search finds the others
_HITS = 50

Chosen = tuple[str, int | None]  # an article's id, and the offset to go to


class Found(NamedTuple):
    """A row: an article, and where in it or in a note of it the words stand."""

    article: Listed
    hit: Hit | None = None

    @property
    def place(self) -> Chosen:
        """Where it leads."""
        note = self.hit.note if self.hit else None
        at = note.target.start if note and not note.is_orphan else None
        return self.article.entry.id, at


class LibraryScreen(Screen[Chosen]):
    """Choose an article by what was read last, by conditions, or by words in it or in the notes."""

    BINDINGS = [
        Binding("escape", "leave", "Back"),
        Binding("down", "into_table", show=False),
        Binding("f2", "sort", "Sort"),
        Binding("f3", "ask('said')", "What is said", show=False),
        Binding("f4", "edit", "Edit metadata"),
        Binding("f6", "ask('voices')", "Voices"),
        Binding("delete", "change('delete')", "Delete"),
        Binding("ctrl+z", "change('put_back')", "Bring back"),
        Binding("f5", "fetch", "Fetch", show=False),
    ]

    def __init__(self, library: Guarded, shelf: Shelf = LIBRARY) -> None:
        super().__init__()
        self._library, self._shelf = library, shelf
        self._rows: Sequence[Found] = ()
        self._waiting: Sequence[Waiting] = ()  # in the rows above those
        self._order: Order = shelf.orders[0]
        self._listed: str | None = None  # what the table is of
        self._said = ""  # what an act did, until the reader types on
        self._needs: Needs = {}  # while the reader types, no column becomes narrower
        self._entered = False  # whether the first of a list that is still to come was chosen

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(self._shelf.title, "bold"), id="title")
        yield Input(placeholder=self._shelf.hint, id="find", select_on_focus=False)
        yield DataTable[Text](cursor_type="row", zebra_stripes=False, cell_padding=1)
        yield Static(Content(self._shelf.empty), id="empty")
        yield Static(Content(self._shelf.keys), id="keys")

    def on_mount(self) -> None:
        self.query_one("#empty").display = False
        self._look()

    # --- looking

    @on(Input.Changed)
    def _look(self) -> None:
        self._entered, self._said = False, ""
        self._find(self.query_one(Input).value, self._order)

    @work(exclusive=True)
    async def _find(self, typed: str, order: Order) -> None:
        if self._shelf.is_inbox and read_later(typed):
            self._tell("Enter puts it into the inbox, to be read later.")
            return
        what = replace(sought(typed), inbox=self._shelf.is_inbox or sought(typed).inbox)
        rows = await self._library(_found, what, order, order == self._shelf.orders[0])
        if self not in self.app.screen_stack:
            return  # the reader has left in the meantime
        if isinstance(rows, Failed):
            self._tell(rows.why)
        elif typed == self.query_one(Input).value:  # else the reader has typed on
            self._listed, self._rows = typed, rows
            if self._shelf.is_inbox:
                still = await self._library.quietly(waiting_for, what)
                self._waiting = () if isinstance(still, Failed) else still
            self._show()
            if self._shelf.is_inbox:
                counted = await self._library.quietly(waiting)
                words = "" if isinstance(counted, Failed) else counted
                self.query_one("#title", Static).update(_titled(self._shelf, words))

    def _tell(self, words: str) -> None:
        self.query_one("#keys", Static).update(Content(words))

    def _show(self) -> None:
        table = self.query_one(DataTable)
        table.clear(columns=True)
        now = datetime.now(UTC)
        told = (row.article for row in self._rows)
        self._needs = needs(told, now, self._shelf, self._needs)
        shown = columns(self.size.width, self._shelf, self._needs)
        for column, width in shown:
            arrow = " ↓" if column.order == self._order else ""
            table.add_column(Text(column.heading + arrow), width=width, key=column.heading)
        for one in self._waiting:
            table.add_row(*waiting_cells(one, shown), height=None)
        for row in self._rows:
            said = cells(row.article, row.hit, shown, now)
            table.add_row(*said, height=2 if row.hit else 1)
        table.move_cursor(row=len(self._waiting) if self._rows else 0)
        is_empty = not (self._rows or self._waiting or self._listed)
        self.query_one("#empty").display, table.display = is_empty, not is_empty
        below = self._said or self._shelf.keys
        is_found = self._rows or self._waiting or is_empty
        self._tell(below if is_found else f"Nothing found. Type {self._shelf.hint}")
        if self._entered:
            self._first()

    def on_resize(self, event: events.Resize) -> None:
        if self._listed is not None:
            self._show()

    # --- what comes in

    def action_fetch(self) -> None:
        """Fetch what is new in the feeds, and what waits."""
        if self._shelf.is_inbox:
            self._bring_in(())

    @work(exclusive=True, group="fetching")
    async def _bring_in(self, addresses: Sequence[str]) -> None:
        """Put addresses into the inbox, and fetch them; without any, all that is new."""
        noted = await self._library(_noted, addresses)
        if isinstance(noted, Failed):
            self._tell(noted.why)  # what was typed stays
            return
        if addresses:
            self.query_one(Input).value = ""
        self.query_one("#title", Static).update(_titled(self._shelf, "fetching …"))
        said = await bring_in(self._library, everything=not addresses)
        if self.is_mounted:
            self._done(said)

    # --- going

    def action_into_table(self) -> None:
        """Go to the table."""
        self.query_one(DataTable).focus()

    def on_key(self, event: events.Key) -> None:
        """From the first row back to the line; a letter in the table is typed there."""
        table, line = self.query_one(DataTable), self.query_one(Input)
        if table.has_focus and event.is_printable and event.character:
            line.focus()
            line.insert_text_at_cursor(event.character)
            event.stop()
        elif table.has_focus and event.key == "up" and table.cursor_row == 0:
            line.focus()

    def action_sort(self) -> None:
        """Sort by the next column, also by one that a wider screen would show."""
        orders = self._shelf.orders
        self._sort(orders[(orders.index(self._order) + 1) % len(orders)])

    @on(DataTable.HeaderSelected)
    def _sort_by(self, event: DataTable.HeaderSelected) -> None:
        shown = columns(self.size.width, self._shelf)
        orders = {column.heading: column.order for column, _ in shown}
        self._sort(orders[str(event.column_key.value)])

    def _sort(self, order: Order) -> None:
        self._order = order
        self._find(self.query_one(Input).value, order)

    @on(Input.Submitted)
    def _first(self) -> None:
        """Open the first of what is found, when it has been looked for; or read that later."""
        addresses = read_later(self.query_one(Input).value) if self._shelf.is_inbox else ()
        if addresses:
            self._bring_in(addresses)
            return
        self._entered = self._listed != self.query_one(Input).value
        if not self._entered and self._rows:
            self._leave(self._rows[0].place)

    @on(DataTable.RowSelected)
    def _chosen(self, event: DataTable.RowSelected) -> None:
        if isinstance(self._row, Waiting):
            self._bring_in((self._row.address,))
        elif self._row:
            self._leave(self._row.place)

    # --- what is done to the article in the row

    @property
    def _row(self) -> Found | Waiting | None:
        """What the cursor is on."""
        row = self.query_one(DataTable).cursor_row
        rows: list[Found | Waiting] = [*self._waiting, *self._rows]
        return rows[row] if 0 <= row < len(rows) else None

    def action_change(self, what: str) -> None:
        """Delete what is in the row with all that belongs to it, or bring back the last."""
        if what == "put_back":
            self._do(put_back)
        elif isinstance(self._row, Waiting):
            self._do(partial(drop, address=self._row.address))
        elif (article := _article(self._row)) is not None:
            self._do(partial(delete, article=article))

    @work(group="acts")
    async def _do(self, act: Callable[[Library], str]) -> None:
        said = await self._library(act)
        self._done(said.why if isinstance(said, Failed) else said)

    def _done(self, said: str) -> None:
        """Say what was done, and list the articles as they then are."""
        self._said = said
        self._find(self.query_one(Input).value, self._order)

    @work(group="acts")
    async def action_edit(self) -> None:
        """Put the metadata of the article in the row right."""
        if (here := _article(self._row)) is None:
            return
        question = await asked(self._library, here, lambda article, said: self._done(said))
        if question is not None:
            await self.app.push_screen_wait(MetadataForm(question.fields, question.save))

    @work(group="acts")
    async def action_ask(self, what: str) -> None:
        """Go to something that is said: by a voice, or in all articles."""
        chosen = await _ASKED[what](self.app, self._library)
        if chosen is not None:
            self._leave(chosen)

    def action_leave(self) -> None:
        """Back to the article."""
        self._leave(None)

    def _leave(self, chosen: Chosen | None) -> None:
        """Leave once: a double click chooses a row twice."""
        if self.is_current:
            self.dismiss(chosen)


async def _by_voice(app: App[Any], library: Guarded) -> Chosen | None:
    from pullquote.reader.voice_list import VoicesScreen
    from pullquote.reader.voice_page import VoiceScreen

    number = await app.push_screen_wait(VoicesScreen(library))
    if number is None:
        return None
    chosen = await app.push_screen_wait(VoiceScreen(library, number))
    return chosen


async def _said(app: App[Any], library: Guarded) -> Chosen | None:
    from pullquote.reader.said import SaidScreen

    return await app.push_screen_wait(SaidScreen(library))


_ASKED = {"voices": _by_voice, "said": _said}


def _titled(shelf: Shelf, words: str) -> Content:
    return Content.assemble((shelf.title, "bold"), Content(f"  {words}"))


def _article(row: Found | Waiting | None) -> str | None:
    """The id of the article in a row."""
    return row.article.entry.id if isinstance(row, Found) else None


def _noted(library: Library, addresses: Sequence[str]) -> None:
    with library.transaction():
        for one in addresses:
            library.inbox.wait_for(one)


def _found(library: Library, what: Sought, order: Order, is_own: bool) -> tuple[Found, ...]:
    """What meets the conditions; where words are looked for, a row for each place they stand in.

    `is_own`: nobody has chosen the order, so that a search may have its own.
    """
    if not what.words:
        return tuple(map(Found, library.listed(what, order, _SHOWN)))
    hits = library.search(what.words, _HITS)
    among = tuple({hit.article for hit in hits})
    articles = {one.entry.id: one for one in library.listed(what, order, _SHOWN, among)}
    rows = [Found(articles[hit.article], hit) for hit in hits if hit.article in articles]
    if is_own:  # notes first, the newest first
        return tuple(rows)
    places = list(articles)
    return tuple(sorted(rows, key=lambda row: places.index(row.article.entry.id)))
