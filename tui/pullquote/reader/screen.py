"""The reader: the article with its panes, and every act of reading it.

The screen holds the state (the reading, what is hidden, where the reader has been); it goes down to
the widgets as values and comes up from them as messages. What the reader adds goes into the
library, and the reading is derived anew from it.
"""

import asyncio
from contextlib import suppress

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from pullquote.actions import READING, SELECTING, bindings
from pullquote.analysis.beside import AnalysisFailed, analyse_beside
from pullquote.findings import Findings
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import LAYERS, NOTE, Layer, Reading, derived
from pullquote.reader.article_view import ArticleView
from pullquote.reader.correcting import Correcting
from pullquote.reader.dialogs import Why
from pullquote.reader.exporting import Exporting
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.help import Help
from pullquote.reader.hints import Hints
from pullquote.reader.leaving import GRACE
from pullquote.reader.listing import PANES, Listing
from pullquote.reader.marks import Mark, found_again, marks, position
from pullquote.reader.motions import word_count
from pullquote.reader.opening import AS_IT_WAS, Opening, Place
from pullquote.reader.panes import NotesPane, Pane
from pullquote.reader.rows import row
from pullquote.reader.search_line import SearchLine
from pullquote.reader.selectable import SelectableArticle
from pullquote.reader.status import StatusLine, headline
from pullquote.reader.versioning import Versioning
from pullquote.reader.walking import Walking
from pullquote.reader.why import why
from pullquote.reader.wording import plural
from pullquote.settings import Settings
from pullquote.text import Span

_INTRO = (
    "An act applies to the selection, else to the finding under the cursor, else to the sentence."
)
_SIGNS = (
    ("┃ and a tint", "a quote; ┊ and grey where it is doubtful"),
    ("underlined", "a claim"),
    ("! double underlined", "a warning"),
    ("bold", "an actor"),
    ("1 to 5 and a ground", "my highlight"),
    ("*", "my note or tags"),
    ("=", "my verdict or correction"),
    ("▸", "the line that the cursor is on"),
    ("✎ ✓", "in the panes: put right by me, confirmed by me"),
    ("[true +1]", "in the panes: my verdict, with so many links"),
    (
        "● ◆ ◐ ○ ?",
        "a claim of a person, an institution, an unnamed official, an unnamed source, nobody",
    ),
)
_COLUMN = (40, 120)  # cells
_PLACE_EVERY = 5.0  # seconds
_BEHIND = 0.05  # seconds: a question comes when the text is on the screen


class Article(SelectableArticle):
    """The article, with the keys that work while selecting."""

    BINDINGS = [*bindings(SELECTING)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The selecting keys work while selecting; Enter also takes a swept selection."""
        return self.selecting or (action == "take" and self.selected() is not None)

    async def action_take(self) -> None:
        """The selection is as it should be."""
        await self.screen.run_action("take")


class Reader(Correcting, Listing, Walking, Exporting, Versioning):
    """One reading on the screen."""

    BINDINGS = [*bindings(READING)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide"), (160, "-vast")]
    AUTO_FOCUS = "#article"
    ALLOW_SELECT = False  # the article has its own way

    class Opened(Message):
        """The reader wants another article, at an offset; `trail` leads back from there."""

        def __init__(self, article: str, at: int | None, trail: tuple[Place, ...]) -> None:
            self.article, self.at, self.trail = article, at, trail
            super().__init__()

    def __init__(
        self, reading: Reading, library: Guarded, settings: Settings, opening: Opening = AS_IT_WAS
    ) -> None:
        super().__init__()
        self.reading = reading
        self.earlier, self.same_place = opening.earlier, opening.same_place
        self.library = library
        self.settings = settings
        self.layers_marks: dict[Layer, tuple[Mark, ...]] = marks(reading)
        self._did = ""
        self._hints = Hints(settings.keymap)
        self._place = opening.at or 0
        self._trail = opening.trail
        self._furthest = 0
        self._saved_place: tuple[str, int, int] | None = None
        self._left = False
        self._progress = ""
        self._helper: asyncio.Task[Findings] | None = None
        self._column = settings.column
        self.article = Article(
            reading.article.text,
            reading.article.headings,
            settings.column,
            self._place,
            id="article",
        )

    # --- what is on the screen

    def compose(self) -> ComposeResult:
        article = self.reading.article
        yield Static(headline(article), id="title", markup=False)
        with Horizontal(id="body"):
            with Vertical(id="rail"):
                yield Pane("Actors", id="rail-actors")
            yield self.article
            with Vertical(id="panes"):
                for number, name in enumerate(PANES, 1):
                    kind = NotesPane if name == "notes" else Pane
                    yield kind(
                        f"{number} {name.capitalize()}",
                        id=name,
                        classes="-shown" if number < 3 else "",
                    )
        yield SearchLine(id="search")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        self.derive()
        # Watched, not told by message: so the status line is painted in the same frame as the text.
        self.watch(self.article, "scroll_y", self._scrolled, init=False)
        self.watch(self.article, "chosen", self._selection_changed, init=False)
        self.watch(self, "focused", self._focus_moved, init=False)
        if self.reading.findings is None:
            # Behind the first frame, so that the text is on the screen before the helper takes a
            # core.
            self.call_after_refresh(self._analyse)
        if self.earlier:
            self.set_timer(_BEHIND, self.ask_for_version)
        self.set_interval(_PLACE_EVERY, self.save_place)

    async def on_unmount(self) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Save the place, and let the analysis go."""
        if self._left:
            return
        self._left = True
        if self._helper:
            self._helper.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._save_place(), GRACE)

    @property
    def place(self) -> tuple[str, int, int]:
        """The article's id, where the reader is, and how far they have read (offsets)."""
        return self.reading.article.id, self._place, self._furthest

    @work(exclusive=True, group="place")
    async def save_place(self) -> None:
        """Save the place while reading: a reader that is killed loses a few seconds of it."""
        await self._save_place()

    async def _save_place(self) -> None:
        place = self.place
        if place != self._saved_place and not isinstance(
            await self.library.quietly(lambda library: library.articles.save_place(*place)), Failed
        ):
            self._saved_place = place

    @property
    def is_busy(self) -> bool:
        """Whether an act may yet open a dialog; keys do not wait for a slow disk, though."""
        acts = (one for one in self.workers if one.node is self and one.group == "default")
        return any(not one.is_finished for one in acts) and not self.library.is_slow

    def derive(self) -> None:
        self.layers_marks = marks(self.reading)
        self._let_through.clear()
        self._find_mark_again()
        furniture = self.reading.findings.furniture if self.reading.findings else ()
        shown = {layer: self.visible_marks(layer) for layer in LAYERS if layer not in self.hidden}
        self.article.overlay(shown, furniture)
        self.stale = {pane.id for pane in self.query(Pane)}
        self.fill_panes()
        self.say()

    @property
    def still_reading(self) -> bool:
        return self._helper is not None

    def say(self, did: str | None = None) -> None:
        if did is not None:
            self._did = did
        if self._left or not self.is_mounted:
            return
        view = self.article
        self._place = view.place
        lines = len(view.wrapped)
        bottom = view.scroll_offset.y + view.size.height
        if lines:
            self._furthest = max(self._furthest, view.wrapped.ends[min(lines, max(1, bottom)) - 1])
        where = f"{min(100, round(100 * bottom / lines)) if lines else 100:3}%"
        selected = view.selected()
        what = (
            self._selection(selected)
            if selected
            else " · ".join(filter(None, (self.filters(), self._what())))
        )
        keys = self._hints.at(self._moment(selected is not None))
        for status in self.query(StatusLine):  # none while the screen goes
            status.say(where, what, self.library.trouble or self._did, self._progress, keys)

    def _selection(self, span: Span) -> str:
        count = word_count(self.reading.article.text, span)
        return f"SELECTING {plural(count, 'word')}"

    def _moment(self, selected: bool) -> str:
        """Where the reader is, by which it is chosen which keys the status line tells of."""
        if self.article.selecting:
            return "taking" if self.taker else "selecting"
        if selected:
            return "selected"
        if isinstance(self.focused, Pane):
            return "pane"
        if self.matches:
            return "match"
        return self.on_mark.layer if self.on_mark else "reading"

    def _what(self) -> str:
        if self.matches:
            return f"match {self.match_number} of {len(self.matches)}: “{self.sought}”"
        if self.on_mark is None:
            return ""
        one = row(self.reading, self.on_mark, self.settings.highlights)
        ones = self.visible_marks(self.on_mark.layer)
        nth = position(ones, self.on_mark)
        so_far = " so far" if self.still_reading and self.on_mark.layer is not NOTE else ""
        place = "" if nth is None else f" {nth + 1}/{len(ones)}{so_far}"
        word = (
            f" ({' '.join(filter(None, (one.badge, one.word)))})" if one.badge or one.word else ""
        )
        return f"{self.on_mark.layer}{place}: {one.who}{word}"

    @on(SelectableArticle.Clicked)
    def _clicked(self, event: SelectableArticle.Clicked) -> None:
        """Go to what is pointed at, or begin what is to be selected; right button: why?"""
        if self.taker:
            self.article.begin(event.offset, event.offset, loose=True)
            return
        self.end_selection()
        mark = self.mark_at(event.offset)
        self.go(event.offset, mark.spans if mark else (), mark)
        if event.asks:
            self.action_why()

    @on(ArticleView.Resized)
    def _resized(self) -> None:
        self.fill_panes()
        self.say()

    def _scrolled(self) -> None:
        """The place is said anew; what the cursor had to leave is not current any more."""
        if self.on_mark and not self.article.focus_spans:
            self.on_mark = None
            self.mark_rows()
        self.say()

    def _selection_changed(self) -> None:
        view = self.article
        if view.selecting and not view.selected():
            # A click elsewhere lets it go, but not what somebody waits for; nor does typing a
            # search, as Textual's Input would.
            if self.taker or self.search_line.is_open:
                view.extend(view.cursor)
            else:
                self.end_selection()
        elif view.selected() and not view.selecting and self.on_mark:
            self.on_mark = None
            self.mark_rows()
        # What was done before has nothing to do with a new selection; what one is for stays said.
        self.say("" if view.selected() and not self.taker else None)

    def _focus_moved(self) -> None:
        """The text takes the keys when a pane that had them goes from the screen."""
        if self.focused is None and self.is_current and self.app.app_focus:
            self.article.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Put the search line away when the reader goes elsewhere, and show the keys there."""
        if self.search_line.is_open and self.search_line not in event.widget.ancestors:
            self.close_search()
        if self.is_mounted and len(self.article.wrapped):
            self.say()

    def action_why(self) -> None:
        """Show why the finding under the cursor is there."""
        self.follow_pane()
        mark = self.on_mark or self.mark_at(self.article.cursor)
        lines = why(self.reading, mark) if mark else []
        if mark is None or not lines:
            self.say("no finding here: n, c, w and a go to one")
        else:
            title = "Your note" if mark.layer is NOTE else f"Why this {mark.layer}?"
            self.app.push_screen(Why(title, lines))

    def action_cancel(self) -> None:
        """End what is going on: the search, the selection, the drawer."""
        if not self.end_search() and (self.article.selecting or self.article.selected()):
            self.end_selection()
        self.remove_class("-drawer")
        self.article.focus()
        self.say("")

    def action_column(self, count: int) -> None:
        """Set the text narrower or wider."""
        low, high = _COLUMN
        self._column = max(low, min(high, self._column + count))
        self.article.widen(self._column)
        self.say(f"column of {self._column}")

    def action_help(self) -> None:
        """Show the keys."""
        place = SELECTING if self.article.selecting else READING
        self.app.push_screen(Help("Keys", place, self.settings.keymap, _INTRO, _SIGNS))

    # --- other articles

    def open_article(self, identity: str, at: int | None = None) -> None:
        here = self.reading.article.id, self._place
        self.post_message(self.Opened(identity, at, (*self._trail, here)))

    def action_jump(self, count: int) -> None:
        """Go back to where a jump began, if need be in the article before, or forward again."""
        if count < 0 and not self._back and self._trail:
            *trail, (article, at) = self._trail
            self.post_message(self.Opened(article, at, tuple(trail)))
        else:
            super().action_jump(count)

    @work
    async def action_library(self) -> None:
        """Choose another article of the library, or search all notes."""
        from pullquote.reader.library import LibraryScreen

        self.save_place()  # so that the journal has this article as it now is
        chosen = await self.app.push_screen_wait(LibraryScreen(self.library))
        if chosen is not None:
            self.open_article(*chosen)

    # --- what the reader has added

    def show_annotations(self, annotations: tuple[Annotation, ...], did: str) -> None:
        """Derive the reading anew with these annotations, and say what was done."""
        if self._left:
            return
        self.reading = derived(self.reading.article, self.reading.machine, annotations)
        self.end_selection()
        self.derive()
        self.say(did)

    def _find_mark_again(self) -> None:
        """Find the current mark in the new list: it may have moved, or be gone."""
        was = self.on_mark
        if was is None:
            return
        now = self.on_mark = found_again(self.visible_marks(was.layer), was)
        if now is None or now.spans != was.spans:
            self.article.focus_on(now.spans if now else (), self.article.cursor)

    # --- analysis beside the reader

    @work(exclusive=True, group="analysis")
    async def _analyse(self) -> None:
        if self._left:
            return
        article = self.reading.article
        self._progress = "finding who says what …"
        helper = analyse_beside(
            article.text, self.settings.model, self._progressed, self._found_so_far
        )
        self._helper = asyncio.create_task(helper)
        self.derive()
        try:
            findings = await self._helper
        except AnalysisFailed as error:
            self._progress = str(error)
        except asyncio.CancelledError:
            self._progress = "analysis stopped"
        else:
            self._progress = ""
            self.reading = derived(article, findings, self.reading.annotations)
        self._helper = None
        if self._left:
            return
        self.derive()
        machine = self.reading.machine
        if machine is not None and not self._progress:
            await self.library(lambda library: library.findings.save(article.id, machine))

    def _found_so_far(self, findings: Findings) -> None:
        """Show what has been found in the first part of a long text."""
        if self._left:
            return
        self.reading = derived(self.reading.article, findings, self.reading.annotations)
        self.derive()

    def _progressed(self, share: float) -> None:
        progress = f"finding who says what … {share:.0%} (X stops it)"
        # the helper tells more often than there is something new to show
        if progress != self._progress:
            self._progress = progress
            self.say()

    def action_cancel_analysis(self) -> None:
        """Stop the analysis; what is on the screen stays."""
        if self._helper:
            self._helper.cancel()
        else:
            self.say("no analysis is running")
