"""The library: what was read last, and a search through all articles and notes."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pullquote.library.search import Hit
from pullquote.library.store import Entry, Library
from pullquote.notes.annotations import local_minute
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.row_list import Rows
from pullquote.reader.wording import plural

_SHOWN = 200  # articles; the search finds the others
_HITS = 50
_KEYS = "↓ into the list · Enter opens · Esc goes back"

Chosen = tuple[str, int | None]  # an article's id, and the offset to go to


class LibraryScreen(Screen[Chosen]):
    """Choose an article by what was read last, or by words in it or in the notes."""

    BINDINGS = [
        Binding("escape", "leave", "Back"),
        Binding("down", "into_list", show=False),
        Binding("up", "into_search", show=False),
    ]

    def __init__(self, library: Guarded) -> None:
        super().__init__()
        self._library = library
        self._places: dict[str, Chosen] = {}
        self._listed: str | None = None  # what the list is of
        self._entered = False  # whether the first of a list that is still to come was chosen

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Library", "bold"), id="title")
        yield Input(placeholder="words in notes, tags and articles", id="find")
        yield Rows(lines=2)
        yield Static(Content(_KEYS), id="keys")

    def on_mount(self) -> None:
        self._look()

    @on(Input.Changed)
    def _look(self) -> None:
        self._entered = False
        self._found(self.query_one(Input).value)

    @work(exclusive=True)
    async def _found(self, query: str) -> None:
        entries = await self._library(_listed, query)
        if self not in self.app.screen_stack:
            return  # the reader has left in the meantime
        if isinstance(entries, Failed):
            self._keys(entries.why)
        else:
            self._keys(_KEYS)
            self._show(entries, query)

    def _keys(self, words: str) -> None:
        self.query_one("#keys", Static).update(Content(words))

    def _show(self, entries: Sequence[Entry | Hit], query: str) -> None:
        if query != self.query_one(Input).value:
            return  # the reader has typed on
        options = self.query_one(OptionList)
        options.clear_options()
        self._listed, self._places = query, {}
        for number, one in enumerate(entries):
            self._places[str(number)] = _place(one)
            options.add_option(Option(_row(one), id=str(number)))
        if not entries:
            words = "Nothing found." if query.strip() else "The library is empty."
            options.add_option(Option(Content(words), disabled=True))
        if self._entered:
            self._first()

    def action_into_list(self) -> None:
        """Go to the list."""
        options = self.query_one(OptionList)
        options.focus()
        if options.highlighted is None and self._places:
            options.highlighted = 0

    def action_into_search(self) -> None:
        """Go to the search."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _first(self) -> None:
        """Open the first of what the words find, when they have been looked for."""
        self._entered = self._listed != self.query_one(Input).value
        if not self._entered and self._places:
            self._leave(self._places["0"])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._leave(self._places[event.option.id or "0"])

    def action_leave(self) -> None:
        """Back to the article."""
        self._leave(None)

    def _leave(self, chosen: Chosen | None) -> None:
        """Leave once: a double click chooses a row twice."""
        if self.is_current:
            self.dismiss(chosen)


def _listed(library: Library, query: str) -> Sequence[Entry | Hit]:
    """What is found, or what was read last where nothing is looked for."""
    return library.search(query, _HITS) if query.strip() else library.articles.entries(limit=_SHOWN)


def _place(one: Entry | Hit) -> Chosen:
    if isinstance(one, Entry):
        return one.id, None
    return one.article, one.note.target.start if one.note and not one.note.is_orphan else None


def _row(one: Entry | Hit) -> Content:
    if isinstance(one, Hit):
        mark = "* " if one.note else "  "
        return Content.assemble(
            (mark, "bold"), _lit(one.words), (f"\n    {one.title or 'Untitled'}", "dim")
        )
    notes = plural(one.notes, "note") if one.notes else ""
    read = "read to the end" if one.finished else f"read to {one.read:.0%}"
    version = f"one of {one.versions} versions" if one.versions > 1 else ""
    about = " · ".join(
        filter(
            None,
            (local_minute(one.opened), read, notes, version, one.site, one.published, one.source),
        )
    )
    return Content.assemble(
        (one.title or one.source or "Untitled", "bold"), (f"\n  {about}", "dim")
    )


def _lit(words: str) -> Content:
    """Words with what was found, which stands between « and », in bold."""
    parts: list[str | tuple[str, str]] = []
    for piece in words.split("«"):
        found, close, rest = piece.partition("»")
        parts += [(found, "bold underline"), rest] if close else [piece]
    return Content.assemble(*parts)
