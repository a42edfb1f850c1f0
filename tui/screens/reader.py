"""The reader: the article with its panes, and every act of reading it.

The screen holds the state (the reading, what is hidden, where the reader has been); it goes down to the widgets as values
and comes up from them as messages. What the reader adds goes into the library, and the reading is derived anew from it.
"""

import asyncio
import re

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tui.analysis.beside import AnalysisFailed, analyse_beside
from tui.analysis.findings import Findings
from tui.library.annotations import Annotation
from tui.library.reading import Reading, derived
from tui.library.store import Library
from tui.screens.actions import READING, SELECTING, bindings
from tui.screens.correcting import Correcting
from tui.screens.dialogs import Choice, Layers, Why
from tui.screens.exporting import Exporting
from tui.screens.help import Help, hint
from tui.screens.judging import Sifted
from tui.screens.library import LibraryScreen
from tui.screens.opening import AS_IT_WAS, Opening
from tui.screens.versioning import Versioning
from tui.settings import Settings
from tui.text import Spans
from tui.widgets.article_view import ArticleView
from tui.widgets.marks import Layer, Mark, after, before, covering, marks, orphans
from tui.widgets.motions import grown, moved, sentence_at
from tui.widgets.panes import NotesPane, Pane
from tui.widgets.rows import empty, row, rows, who
from tui.widgets.selectable import SelectableArticle
from tui.widgets.status import StatusLine, headline
from tui.widgets.why import why

_PANES = {
    "claims": Layer.CLAIM,
    "warnings": Layer.WARNING,
    "quotes": Layer.QUOTE,
    "actors": Layer.ACTOR,
    "notes": Layer.NOTE,
}
_SELECTING = "SELECTING · motions extend · o other end · Enter highlights · i note · t tag · y copies · Esc ends"
_COLUMN = (40, 120)  # cells


class Article(SelectableArticle):
    """The article, with the keys that work while selecting."""

    BINDINGS = [*bindings(SELECTING)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The selecting keys work only while selecting; else the reader's own have them."""
        return self.selecting

    async def action_take(self) -> None:
        """The selection is as it should be."""
        await self.screen.run_action("take")


class Reader(Correcting, Exporting, Versioning):
    """One reading on the screen."""

    BINDINGS = [*bindings(READING)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide"), (160, "-vast")]
    AUTO_FOCUS = "#article"

    class Opened(Message):
        """The reader wants another article of the library, at an offset."""

        def __init__(self, article: str, at: int | None) -> None:
            self.article, self.at = article, at
            super().__init__()

    def __init__(self, reading: Reading, library: Library, settings: Settings, opening: Opening = AS_IT_WAS) -> None:
        super().__init__()
        self.reading = reading
        self.earlier, self.same_place = opening.earlier, opening.same_place
        self.library = library
        self.settings = settings
        self.layers_marks: dict[Layer, tuple[Mark, ...]] = marks(reading)
        self._hidden: frozenset[str] = frozenset()
        self._only: str | None = None
        self._every_stance = False
        self._sure_only = False
        self.on_mark: Mark | None = None
        self._matches: Spans = ()
        self._back: list[int] = []
        self._forward: list[int] = []
        self._did = ""
        self._hint = hint(READING, settings.keymap)
        self._stale: set[str | None] = set()
        self._place = opening.at if opening.at is not None else library.place(reading.article.id) or 0
        self._furthest = 0
        self._left = False
        self._progress = ""
        self._helper: asyncio.Task[Findings] | None = None
        self._column = settings.column
        self.article = Article(
            reading.article.text, reading.article.headings, settings.column, self._place, id="article"
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
                for number, name in enumerate(_PANES, 1):
                    kind = NotesPane if name == "notes" else Pane
                    yield kind(f"{number} {name.capitalize()}", id=name, classes="-shown" if number < 3 else "")
        yield Input(placeholder="search the text", id="search", select_on_focus=True)
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        self.derive()
        if self.reading.findings is None:
            # Behind the first frame, so that the text is on the screen before the helper takes a core.
            self.call_after_refresh(self._analyse)
        if self.earlier:
            self.call_after_refresh(self.ask_for_version)

    def on_unmount(self) -> None:
        self.leave()

    def leave(self) -> None:
        """Keep the place, and let the analysis go."""
        if self._left:
            return
        self._left = True
        if self._helper:
            self._helper.cancel()
        self.library.keep_place(self.reading.article.id, self._place, self._furthest)

    def derive(self) -> None:
        self.layers_marks = marks(self.reading)
        self._find_mark_again()
        furniture = self.reading.findings.furniture if self.reading.findings else ()
        shown = {layer: self.walked(layer) for layer in Layer if layer not in self._hidden}
        self.article.overlay(shown, furniture)
        self._stale = {pane.id for pane in self.query(Pane)}
        self._fill_panes()
        self.say()

    def _fill_panes(self) -> None:
        """Fill the panes that are on the screen and not yet as the reading is; the others wait until they are."""
        for pane in self.query(Pane):
            if pane.id in self._stale and self._is_shown(pane):
                self._stale.discard(pane.id)
                layer = _PANES.get(pane.id or "", Layer.ACTOR)
                ones = self.layers_marks[layer] if layer is Layer.ACTOR else self.walked(layer)
                why = empty(self.reading, layer, self._helper is not None, len(ones) < len(self.layers_marks[layer]))
                listed = ones + orphans(self.reading) if layer is Layer.NOTE else ones
                pane.fill(rows(self.reading, layer, listed, self.settings.highlights), why, self._about(layer))
                pane.mark_row(self.on_mark)

    def _about(self, layer: Layer) -> str:
        """What a pane's title says beside how many there are."""
        found = self.reading.findings
        if layer is Layer.CLAIM and found and any(note.verdict for note in self.reading.annotations):
            return f"{sum(map(self.reading.is_open, found.claims))} open"
        return f"{len(orphans(self.reading))} orphaned" if layer is Layer.NOTE and orphans(self.reading) else ""

    def _is_shown(self, pane: Pane) -> bool:
        if pane.id == "rail-actors":
            return self.has_class("-vast")
        return pane.has_class("-shown") and (not self.has_class("-narrow") or self.has_class("-drawer"))

    def walked(self, layer: Layer) -> tuple[Mark, ...]:
        ones = self.layers_marks[layer]
        if layer is Layer.NOTE:
            return ones
        return tuple(
            mark
            for mark in ones
            if (self._only is None or mark.actor == self._only)
            and (layer is not Layer.CLAIM or self._sifts(mark))
            and (self._every_stance or not mark.aside)
            and not (self._sure_only and mark.doubtful)
        )

    def _sifts(self, mark: Mark) -> bool:
        if self.sifted == Sifted() or self.reading.findings is None:
            return True
        claim = self.reading.findings.claims[mark.index]
        return self.sifted.lets(claim, self.reading.verdict(claim))

    def say(self, did: str | None = None) -> None:
        if did is not None:
            self._did = did
        view = self.article
        self._place = view.place
        lines = len(view.wrapped)
        bottom = view.scroll_offset.y + view.size.height
        if lines:
            self._furthest = max(self._furthest, view.wrapped.ends[min(lines, max(1, bottom)) - 1])
        where = f"{min(100, round(100 * bottom / lines)) if lines else 100:3}%"
        only = f"only {who(self.reading.findings, self._only)} (F: all)" if self._only and self.reading.findings else ""
        sifted = f"only {self.sifted.words()} (F: all)" if self.sifted != Sifted() else ""
        filters = (
            only,
            sifted,
            "every stance (o: words alone)" * self._every_stance,
            "no doubtful (d: all)" * self._sure_only,
        )
        mode = ("" if self._taker else _SELECTING) if view.selecting else " · ".join(filter(None, filters))
        what = " · ".join(filter(None, (mode, "" if view.selecting else self._what())))
        self.query_one(StatusLine).say(where, what, self._did, self._progress)

    def _what(self) -> str:
        if self._matches:
            number = sum(1 for start, _ in self._matches if start <= self.article.cursor)
            return f"match {max(1, number)} of {len(self._matches)} (Esc ends)"
        if self.on_mark is None:
            return "" if self._did or self._progress else self._hint
        one = row(self.reading, self.on_mark, self.settings.highlights)
        ones = self.walked(self.on_mark.layer)
        place = f" {ones.index(self.on_mark) + 1}/{len(ones)}" if self.on_mark in ones else ""
        word = f" ({' '.join(filter(None, (one.badge, one.word)))})" if one.badge or one.word else ""
        return f"{self.on_mark.layer}{place}: {one.who}{word}"

    # --- moving

    def go(self, cursor: int, spans: Spans = (), mark: Mark | None = None, jump: bool = False) -> None:
        """Put the cursor at `cursor` with `spans` marked as what the reader is on."""
        if jump:
            self._back.append(self.article.cursor)
            self._forward.clear()
        self.on_mark = mark
        self.article.focus_on(spans, cursor)
        if mark:
            for pane in self.query(Pane):
                pane.mark_row(mark)
        self.say("")

    def go_to(self, mark: Mark) -> None:
        self.go(mark.start, mark.spans, mark, jump=True)

    def step_to(self, layer: Layer | None) -> bool:
        at = self.article.cursor
        if layer is None:
            self.action_unit("sentence", 1)
        else:
            self.action_step(layer, 1)
        return self.article.cursor != at

    def action_step(self, layer: str, count: int) -> None:
        """Go to the next or previous of a layer, or match of a live search."""
        if layer == "quote" and self._matches:
            self._step_match(count)
            return
        ones = self.walked(Layer(layer))
        here = self.on_mark.start if self.on_mark and self.on_mark.layer == layer else self.article.cursor - (count > 0)
        mark = after(ones, here) if count > 0 else before(ones, here)
        if mark is None:
            self.say(f"no {layer}s" + (" of this actor" if self._only else ""))
        else:
            self.go_to(mark)

    def _step_match(self, count: int) -> None:
        starts = [start for start, _ in self._matches]
        here = self.article.cursor
        if count > 0:
            index = next((i for i, start in enumerate(starts) if start > here), 0)
        else:
            index = next((i for i in range(len(starts) - 1, -1, -1) if starts[i] < here), len(starts) - 1)
        self.go(starts[index], (self._matches[index],), jump=True)

    def action_same_actor(self, count: int) -> None:
        """Go to the next or previous mention of the actor under the cursor."""
        actor = self._actor_here()
        ones = tuple(mark for mark in self.layers_marks[Layer.ACTOR] if mark.actor == actor)
        mark = after(ones, self.article.cursor) if count > 0 else before(ones, self.article.cursor)
        if actor is None or mark is None:
            self.say("no actor here: a goes to the next one")
        else:
            self.go_to(mark)

    def action_lines(self, count: int) -> None:
        """Scroll by lines."""
        self._scroll(count)

    def action_pages(self, count: float) -> None:
        """Scroll by pages, with two lines kept."""
        height = max(1, self.article.size.height - 2)
        self._scroll(round(count * height))

    def _scroll(self, lines: int) -> None:
        if self.article.scroll_lines(lines):
            self.on_mark = None
        self.say()

    def action_end(self, count: int) -> None:
        """Go to the start or the end of the text."""
        view = self.article
        if view.paragraphs:
            self.go(view.paragraphs[0][0] if count < 0 else view.paragraphs[-1][1] - 1, jump=True)

    def action_unit(self, unit: str, count: int) -> None:
        """Go to the next or previous sentence or paragraph."""
        view = self.article
        if not view.paragraphs:
            return
        cursor = moved(view.text, view.paragraphs, unit, view.cursor, count)
        span = sentence_at(view.text, view.paragraphs, cursor) if unit == "sentence" else None
        self.go(cursor, (span,) if span else ())

    def action_jump(self, count: int) -> None:
        """Go back to where the reader was before a jump, or forward again."""
        source, target = (self._back, self._forward) if count < 0 else (self._forward, self._back)
        if not source:
            self.say("no further jump")
            return
        target.append(self.article.cursor)
        self.go(source.pop())

    @on(ArticleView.Clicked)
    def _clicked(self, event: ArticleView.Clicked) -> None:
        mark = self._mark_at(event.offset)
        self.go(event.offset, mark.spans if mark else (), mark)

    @on(ArticleView.Resized)
    def _resized(self) -> None:
        self._fill_panes()
        self.say()

    @on(Pane.Chosen)
    def _chosen(self, event: Pane.Chosen) -> None:
        self.article.focus()
        self.remove_class("-drawer")
        if event.mark.spans:
            self.go_to(event.mark)
        else:
            self.place_orphan(self.reading.annotations[event.mark.index])

    def _mark_at(self, offset: int) -> Mark | None:
        shown = [mark for layer in Layer if layer not in self._hidden for mark in self.walked(layer)]
        return next(iter(covering(shown, offset)), None)

    def _actor_here(self) -> str | None:
        if self.on_mark and self.on_mark.actor:
            return self.on_mark.actor
        return next((m.actor for m in covering(self.layers_marks[Layer.ACTOR], self.article.cursor)), None)

    # --- search, filter, layers, panes

    def action_search(self) -> None:
        """Ask what to search for."""
        line = self.query_one("#search", Input)
        line.add_class("-shown")
        line.focus()

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        words = event.value.split()
        pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE) if words else None
        self._matches = tuple(m.span() for m in pattern.finditer(self.reading.article.text)) if pattern else ()
        self.article.find(self._matches)
        self.say("" if self._matches or not words else "no match")

    @on(Input.Submitted, "#search")
    def _search_entered(self) -> None:
        self._close_search()
        if self._matches:
            self.article.cursor -= 1  # a match right at the cursor counts
            self._step_match(1)

    def _close_search(self) -> None:
        self.query_one("#search", Input).remove_class("-shown")
        self.article.focus()

    def action_cancel(self) -> None:
        """End what is going on: the search, the selection, the drawer."""
        if self.query_one("#search", Input).has_class("-shown") or self._matches:
            self._matches = ()
            self.article.find(())
            self._close_search()
        elif self.article.selecting or self.article.selected():
            self.end_selection()
        self.remove_class("-drawer")
        self.article.focus()
        self.say("")

    @work
    async def action_filter(self) -> None:
        """Show one actor's findings alone: the one under the cursor, or one chosen."""
        actor = self._actor_here()
        actors = self.reading.findings.actors if self.reading.findings else ()
        if actor is None and actors:
            chosen = await self.app.push_screen_wait(Choice("Only this actor", [one.name for one in actors]))
            actor = actors[chosen].id if chosen is not None else None
        if actor is not None:
            self._only = actor
            self.derive()

    def action_clear_filter(self) -> None:
        """Show everyone's findings again."""
        self._only = None
        self.sifted = Sifted()
        self.derive()

    def action_stances(self) -> None:
        """Show thoughts, feelings, wishes, decisions and perceptions too, or speech and writing alone."""
        self._every_stance = not self._every_stance
        self.derive()

    def action_doubtful(self) -> None:
        """Hide the doubtful findings, or show them again."""
        self._sure_only = not self._sure_only
        self.derive()

    def action_why(self) -> None:
        """Show why the finding under the cursor is there."""
        mark = self.on_mark or self._mark_at(self.article.cursor)
        lines = why(self.reading, mark) if mark else []
        if mark is None or not lines:
            self.say("no finding here: n, c, w and a go to one")
        else:
            self.app.push_screen(Why(f"Why this {mark.layer}?", lines))

    @work
    async def action_layers(self) -> None:
        """Choose what is highlighted."""
        hidden = await self.app.push_screen_wait(Layers(list(Layer), self._hidden))
        if hidden is not None:
            self._hidden = hidden
            self.derive()

    def action_text_only(self) -> None:
        """The text alone, or with the panes again."""
        self.toggle_class("-text-only")
        self.article.focus()

    def action_column(self, count: int) -> None:
        """Set the text narrower or wider."""
        low, high = _COLUMN
        self._column = max(low, min(high, self._column + count))
        self.article.widen(self._column)
        self.say(f"column of {self._column}")

    def action_pane(self, name: str) -> None:
        """Show a pane and go to it; from the pane itself, back to the text."""
        pane = self.query_one(f"#{name}", Pane)
        if pane.has_focus:
            self.action_cancel()
            return
        self.remove_class("-text-only")
        beside = ("claims", "warnings")
        narrow = self.has_class("-narrow")
        for other in _PANES:
            shown = other == name or (name in beside and other in beside and not narrow)
            self.query_one(f"#{other}", Pane).set_class(shown, "-shown")
        self.add_class("-drawer")
        self._fill_panes()
        pane.focus()
        if pane.rows and pane.highlighted is None:
            pane.highlighted = 0
        cursor = self.article.cursor
        self.call_after_refresh(self.article.reveal, (cursor, cursor + 1))  # a drawer takes room from the text

    def action_help(self) -> None:
        """Show the keys."""
        place = SELECTING if self.article.selecting else READING
        intro = (
            "An act applies to the selection, else to the finding under the cursor, else to the sentence.\n"
            "┃ quote (tinted) · underlined: claim · ! double underlined: warning · bold: actor\n"
            "1–5 and a ground: my highlight · * my note · = my verdict or correction\n"
            "In the panes: ✎ put right by me · ✓ confirmed by me · [verdict +links]"
        )
        self.app.push_screen(Help("Keys", place, self.settings.keymap, intro))

    # --- other articles

    def open_article(self, identity: str, at: int | None = None) -> None:
        self.post_message(self.Opened(identity, at))

    @work
    async def action_library(self) -> None:
        """Choose another article of the library, or search all notes."""
        chosen = await self.app.push_screen_wait(LibraryScreen(self.library))
        if chosen is not None:
            self.open_article(*chosen)

    # --- selecting

    def action_select(self) -> None:
        """Begin a selection at the cursor, or end it."""
        view = self.article
        if view.selecting:
            self.end_selection()
            return
        view.focus()
        span = view.selected() or (self.on_mark.spans[0] if self.on_mark else None)
        view.begin(span[0] if span else view.cursor, span[1] - 1 if span else view.cursor)
        self.say("")

    def action_grow(self) -> None:
        """Select the next larger piece around the cursor."""
        view = self.article
        if not view.paragraphs:
            return
        view.focus()
        quotes = tuple(span for mark in self.layers_marks[Layer.QUOTE] for span in mark.spans)
        cursor = min(view.fixed, view.cursor) if view.selecting else view.cursor
        span = grown(view.text, view.paragraphs, quotes, view.selected(), cursor)
        view.begin(span[0], span[1] - 1)
        self.say("")

    def show_annotations(self, annotations: tuple[Annotation, ...], did: str) -> None:
        """Derive the reading anew with these annotations, and say what was done."""
        self.reading = derived(self.reading.article, self.reading.machine, annotations)
        self.end_selection()
        self.derive()
        self.say(did)

    def _find_mark_again(self) -> None:
        """The mark that the reader is on, as it now is: it may have moved in the list, or be gone."""
        was = self.on_mark
        if was is None:
            return
        ones = self.layers_marks[was.layer]
        alike = [one for one in ones if one.spans == was.spans]
        self.on_mark = next((one for one in alike if one.index == was.index), alike[0] if alike else None)
        if self.on_mark is None:
            self.article.focus_on((), self.article.cursor)

    # --- analysis beside the reader

    @work(exclusive=True, group="analysis")
    async def _analyse(self) -> None:
        article = self.reading.article
        self._progress = "finding who says what …"
        helper = analyse_beside(article.text, self.settings.model, self._progressed, self._found_so_far)
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
            await asyncio.to_thread(self.library.keep_findings, article.id, findings)
            self.reading = derived(article, findings, self.reading.annotations)
        self._helper = None
        if self.is_mounted:
            self.derive()

    def _found_so_far(self, findings: Findings) -> None:
        """Show what has been found in the first part of a long text."""
        self.reading = derived(self.reading.article, findings, self.reading.annotations)
        self.derive()

    def _progressed(self, share: float) -> None:
        progress = f"finding who says what … {share:.0%} (X stops it)"
        if progress != self._progress:  # the helper tells more often than there is something new to show
            self._progress = progress
            self.say()

    def action_cancel_analysis(self) -> None:
        """Stop the analysis; what is on the screen stays."""
        if self._helper:
            self._helper.cancel()
