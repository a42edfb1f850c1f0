"""The reader: the article with its panes, and every act of reading it.

The session holds the state and the acts change it; what it then is goes down to the widgets as
values (`show`), and comes up from them as messages. What the reader adds goes into the library, and
the reading is derived anew from it.
"""

import asyncio
from contextlib import suppress
from functools import partial
from itertools import dropwhile
from time import monotonic

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from pullquote.actions import READING, SELECTING, bindings
from pullquote.languages import needs_analysis
from pullquote.notes.reading import Reading
from pullquote.reader.acting import AskingAct
from pullquote.reader.acts import ACTS, AIMED, ASKING
from pullquote.reader.article_view import ArticleView, rename
from pullquote.reader.columns import PANES, RAIL, Column, Panes, drawn, in_rail
from pullquote.reader.compositing import PartialCompositor
from pullquote.reader.correcting import correct_note
from pullquote.reader.elsewhere import analyse_and_look
from pullquote.reader.filters import VisibleMarks
from pullquote.reader.guarded import Guarded
from pullquote.reader.hints import Hints
from pullquote.reader.leaving import GRACE
from pullquote.reader.marks import Mark
from pullquote.reader.moving import arrive
from pullquote.reader.opening import AS_IT_WAS, Opening, Place
from pullquote.reader.panes import NotesPane, Pane
from pullquote.reader.position import Position
from pullquote.reader.questions import Answer, Question
from pullquote.reader.search_line import SearchLine
from pullquote.reader.searching import NOTHING, Search
from pullquote.reader.selectable import SelectableArticle
from pullquote.reader.session import Session
from pullquote.reader.showing import ON_SCREEN, look_elsewhere, open_page, words
from pullquote.reader.status import Line, StatusLine
from pullquote.reader.telling import line
from pullquote.reader.versioning import offer_earlier
from pullquote.settings import Settings

_PLACE_EVERY = 5.0  # seconds
_PROMPT_DELAY = 0.05  # seconds: the text is on the screen before it asks anything
_WHILE_SELECTING = frozenset(act.id for act in SELECTING)


class Reader(Screen[None]):
    """One reading on the screen."""

    BINDINGS = [*bindings(READING)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide"), (160, "-vast")]
    AUTO_FOCUS = "#article"
    ALLOW_SELECT = False  # the article has its own way

    # What the session is, as the widgets below have it.
    marks: var[VisibleMarks | None] = var(None, init=False)
    search: var[Search] = var(NOTHING, init=False)
    position: var[Position] = var(Position, init=False)
    current: var[Mark | None] = var(None, init=False)
    analysed: var[float | None] = var(None, init=False)
    line: var[Line] = var(Line, init=False)
    # Textual paints all of a screen again when its focus moves; the widgets tell by themselves.
    focused: var[Widget | None] = var(None)

    class Opened(Message):
        """The reader wants another article, at an offset; `trail` leads back from there."""

        def __init__(self, article: str, at: int | None, trail: tuple[Place, ...]) -> None:
            self.article, self.at, self.trail = article, at, trail
            super().__init__()

    def __init__(
        self, reading: Reading, library: Guarded, settings: Settings, opening: Opening = AS_IT_WAS
    ) -> None:
        super().__init__()
        self._compositor = PartialCompositor()
        self.session = session = Session(reading, library, settings, opening)
        self.set_reactive(Reader.marks, session.marks)
        self.set_reactive(Reader.position, session.position)
        self._opening, self._hints = opening, Hints(settings.keymap)
        self._left = False
        self._let_go: Position | None = None  # with the selection that the last click ended
        self.article = SelectableArticle(
            reading.article,
            session.paragraphs,
            settings,
            session.position,
            id="article",
        )
        self.search_line = SearchLine(session, id="search")
        self.rail = Column(session, RAIL, in_rail, id="rail")
        self.panes = Panes(session, PANES, drawn, id="panes")

    def compose(self) -> ComposeResult:
        # Textual does it behind the first frame, which would show the text in another column.
        width = self.app.size.width
        self.add_class(*self._get_breakpoint_classes(width, self.HORIZONTAL_BREAKPOINTS))
        with Horizontal(id="body"):
            yield self.rail.data_bind(Reader.marks, Reader.current)
            yield self.article.data_bind(
                Reader.marks,
                Reader.current,
                Reader.search,
                Reader.position,
                Reader.analysed,
            )
            yield self.panes.data_bind(Reader.marks, Reader.current)
        yield self.search_line
        yield StatusLine(id="status").data_bind(Reader.line)
        if self._opening.is_first:
            from pullquote.reader.welcome import Card  # all other readings begin without

            yield Card(self.session.settings.keymap)

    def on_mount(self) -> None:
        self.session.changed = self.show
        if self._opening.is_place:
            arrive(self.session)
            self.call_after_refresh(self.show)
        self.call_after_refresh(self.session.bookmark.painted)
        article = self.session.reading.article.id
        self.session.library.at_once(lambda library: library.presence.enter(article))
        # Watched, not told by message: so the status line is painted in the same frame as the text.
        self.watch(self.article, "scroll_y", self._scrolled, init=False)
        self.watch(self, "focused", partial(_keep_keys, self), init=False)
        if needs_analysis(self.session.reading.findings, self._opening.language):
            # Behind the first frame, so that the text is on the screen before the helper takes a
            # core.
            self.call_after_refresh(self.begin_analysis, self._opening.language)
        else:
            self.call_after_refresh(look_elsewhere, self)
        if self._opening.earlier:
            offer = partial(
                offer_earlier,
                earlier=self._opening.earlier,
                same_place=self._opening.same_place,
            )
            self.set_timer(_PROMPT_DELAY, lambda: self.do(offer))
        self._place_timer = self.set_interval(_PLACE_EVERY, self.save_place)

    # --- leaving

    @on(events.Unmount)
    async def leave(self) -> None:
        """Save the place, and let the analysis go."""
        if self._left:
            return
        self._left = True
        if self.session.helper:
            self.session.helper.cancel()
        article = self.session.reading.article.id
        self.session.library.at_once(lambda library: library.presence.leave(article))
        with suppress(TimeoutError):
            await asyncio.wait_for(self.session.bookmark.save(self.session.library), GRACE)

    @on(events.ScreenSuspend)
    @on(events.ScreenResume)
    def _covered(self, event: events.ScreenSuspend | events.ScreenResume) -> None:
        """Under a dialog nobody reads on; and whatever happens here has Textual paint that anew."""
        if isinstance(event, events.ScreenResume):
            self._place_timer.resume()
        else:
            self.save_place()
            self._place_timer.pause()

    @work(exclusive=True, group="place")
    async def save_place(self) -> None:
        """Save the place while reading: a reader that is killed loses a few seconds of it."""
        await self.session.bookmark.save(self.session.library)

    def begin_analysis(self, language: str = "") -> None:
        """Analyse the article, in the language that it is in or as the one given."""
        if not self._left:
            looking = analyse_and_look(self.session, language)
            self.run_worker(looking, exclusive=True, group="analysis")

    # --- acts

    def action_act(self, name: str) -> None:
        """Do the act of that id."""
        self.session.pressed = monotonic()
        if name in AIMED:
            self.follow_pane(to_row=not _lacks(self.focused, self.session.current))
        if name in ON_SCREEN:
            self.tell(ON_SCREEN[name](self))
        elif name in ACTS:
            self.tell(ACTS[name](self.session))
        else:
            self.do(ASKING[name])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The selecting keys work while selecting; Enter also takes a swept selection.

        What the settings leave without keys has none, which Textual's keymap cannot say.
        """
        if action == "act" and self.session.settings.keymap.get(str(parameters[0])) == "":
            return False
        if action != "act" or parameters[0] not in _WHILE_SELECTING:
            return super().check_action(action, parameters)
        position = self.session.position
        swept = position.selected is not None and parameters[0] == "selecting.take"
        return position.selecting is not None or swept

    @work
    async def do(self, act: AskingAct) -> None:
        """Do an act that may ask something."""
        self.tell(await act(self.session, self.ask))

    async def ask(self, question: Question[Answer]) -> Answer | None:
        """Ask the reader, in a dialog; None where they leave it."""
        from pullquote.reader.asking import dialog  # reading begins without

        return await self.app.push_screen_wait(dialog(question, partial(words, self)))

    @property
    def is_busy(self) -> bool:
        """Whether an act may yet open a dialog; keys do not wait for a slow disk, though."""
        acts = (one for one in self.workers if one.node is self and one.group == "default")
        return any(not one.is_finished for one in acts) and not self.session.library.is_slow

    # --- what is on the screen

    def tell(self, said: str | None) -> None:
        """Show what an act has made of the session, and what is said of it, unless None."""
        if said is not None:
            self.session.said = said
        self.show()

    def show(self) -> None:
        """Show what the session is."""
        if self._left or not self.is_mounted:
            return
        session, view = self.session, self.article
        self.marks, self.search, self.analysed = session.marks, session.search, session.analysed
        is_free = session.position.selecting and not session.on_selected
        self.current = None if is_free else session.current  # what is selected is, then
        if self.position is not session.position:
            self.position = session.position
            if not session.position.follows and (cursor := view.strayed()) is not None:
                session.stray(cursor)
                self.position, self.current = session.position, None
            if session.position.selecting and isinstance(self.focused, Pane):
                view.focus()
        rename(view, session.reading.article)
        if view.is_wrapped:
            session.bookmark.see(*view.shown)
        pane = (one.moment, one.here) if isinstance(one := self.focused, Pane) else ()
        self.line = line(session, view.share, self._hints, *pane)
        if session.destination:
            self.post_message(self.Opened(*session.destination))
            session.destination = None

    @on(ArticleView.Resized)
    def _resized(self) -> None:
        self.session.width = self.size.width
        self.show()
        for dialog in [*dropwhile(lambda one: one is not self, self.app.screen_stack)][1:]:
            dialog.post_message(ArticleView.Resized())  # its words may lie elsewhere now

    def _scrolled(self) -> None:
        """The place is said anew; what the cursor had to leave is not current any more."""
        if (cursor := self.article.strayed()) is not None:
            self.session.stray(cursor)
        self.show()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Put the search line away when the reader goes elsewhere, and show the keys there."""
        if self.search_line.is_open and self.search_line not in event.widget.ancestors:
            self.search_line.close()
        if self.is_mounted and len(self.article.wrapped):
            self.show()

    # --- the mouse, and the selection

    @on(SelectableArticle.Clicked)
    def _clicked(self, event: SelectableArticle.Clicked) -> None:
        """Go to what is pointed at, or begin what is to be selected; right button: the menu.

        On a selection that is of what is selected, though the click has let that go.
        """
        session, was = self.session, self._let_go
        if event.asks and was and was.selected and event.offset in range(*was.selected):
            session.current, session.position = None, was
        elif session.on_selected:
            session.begin(event.offset, event.offset, loose=True)
        else:
            session.end_selection()
            mark = session.marks.at(event.offset)
            session.go(event.offset, mark.spans if mark else (), mark)
        self.show()
        if event.asks and not session.on_selected:
            self.action_act("menu")

    @on(SelectableArticle.Swept)
    def _swept(self, event: SelectableArticle.Swept) -> None:
        if event.span is None:
            self.clear_selection()
        else:
            self.session.sweep(event.span, event.cursor)
            self.show()

    def get_selected_text(self) -> str | None:
        """What ctrl+c copies."""
        selected = self.session.position.selected
        return self.session.text[slice(*selected)] if selected else None

    def clear_selection(self) -> None:
        """A click elsewhere lets it go, but not what somebody waits for, nor does a search."""
        session = self.session
        self._let_go = session.position if session.position.selected else None
        is_wanted = session.on_selected is not None or self.search_line.is_open
        if session.position.selected and not (session.position.selecting and is_wanted):
            session.end_selection()
            self.show()

    @on(SearchLine.Sought)
    def _sought(self, event: SearchLine.Sought) -> None:
        self.tell(event.said)

    # --- the panes

    def follow_pane(self, to_row: bool = True) -> None:
        """In a pane, an act applies to all chosen notes, else, if `to_row`, to the marked row."""
        pane, session = self.focused, self.session
        session.chosen = pane.marked if isinstance(pane, NotesPane) else frozenset()
        if isinstance(pane, Pane) and pane.here and (to_row or session.chosen):
            session.follow(pane.here)
            self.show()

    @on(Pane.Moved)
    def _moved(self, event: Pane.Moved) -> None:
        """The text follows the pane; an act then applies to the row."""
        if event.mark != self.session.current:
            self.follow_pane()
            self.tell("")

    @on(Pane.Chosen)
    def _chosen(self, event: Pane.Chosen) -> None:
        if event.opens_page:
            open_page(self, event.mark)
            return
        self.article.focus()
        self.remove_class("-drawer")
        if event.mark.spans:
            self.session.go_to(event.mark)
            self.show()
        else:
            self.tell(correct_note(self.session, event.mark.note))


def _keep_keys(reader: Reader) -> None:
    """The text takes the keys when a pane that had them goes from the screen."""
    if reader.focused is None and reader.is_current and reader.app.app_focus:
        reader.article.focus()


def _lacks(pane: object, mark: Mark | None) -> bool:
    """Whether a key led from a pane to a finding without a row there: acts are of that one."""
    return isinstance(pane, Pane) and mark is not None and not pane.lists(mark)
