"""The acts that add something of the reader's: highlight, note, tag, remove, undo, redo, repeat.

Each goes into the library first, in a thread, so that it is durable when it is shown and the paint never waits for the disk.
An act that was chosen once can be repeated with one key: it is kept as a function of whatever it is aimed at next.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import msgspec
from textual import work

from tui.library.annotations import Annotation, annotate, now
from tui.library.store import Change, LibraryError
from tui.screens.dialogs import Choice, Note
from tui.screens.forms import Tags
from tui.screens.part import Part
from tui.text import Span, one_line
from tui.widgets.marks import Layer, covering
from tui.widgets.motions import grown
from tui.widgets.panes import NotesPane
from tui.widgets.rows import who

Deed = Callable[[], Awaitable[None]]
Taker = Callable[[Span], Awaitable[None]]
_SHOWN = 60  # characters of what is annotated, in a dialog's title


class Marking(Part):
    """The part of the reader's screen that marks up; what is on the screen, and how, is the reader's."""

    _deed: Deed | None = None  # the last act
    _deed_at: Span | None = None  # what it was aimed at
    _deed_layer: Layer | None = None
    taker: Taker | None = None  # what the selection is for, when not for marking up

    def end_selection(self) -> None:
        """Let the selection go, and what it was for."""
        self.taker = None
        self.article.selecting = False
        self.clear_selection()
        self.article.selection_updated(None)

    def note_here(self) -> Annotation | None:
        """The reader's own note under the cursor: on just what an act is aimed at, else the shortest."""
        if self.on_mark and self.on_mark.layer is Layer.NOTE:
            return self.reading.annotations[self.on_mark.index]
        here = [
            self.reading.annotations[one.index] for one in covering(self.layers_marks[Layer.NOTE], self.article.cursor)
        ]
        aim = self.aim()
        return next((note for note in here if note.target.span == aim), here[0] if here else None)

    def citation(self, span: Span) -> str:
        """Who says it, where: the line that is copied with a quotation."""
        article, found = self.reading.article, self.reading.findings
        said = covering(self.layers_marks[Layer.QUOTE], span[0])
        speaker = who(found, said[0].actor) if found and said and said[0].actor else None
        parts = (speaker, article.title, article.site, article.published, article.url)
        return "— " + ", ".join(filter(None, parts)) if any(parts) else ""

    async def keep(self, changes: Sequence[Change], did: str) -> None:
        """Add, change or remove annotations as one act, and show the reading as it then is."""
        article = self.reading.article.id
        try:
            remark = await asyncio.to_thread(self.library.act, article, changes)
            notes = await asyncio.to_thread(self.library.annotations, article)
        except LibraryError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_annotations(notes, f"{did} · {remark or 'saved'} · u undoes it")

    async def do(self, deed: Deed) -> None:
        """Do an act, and remember it for `.`."""
        self._deed, self._deed_at = deed, self.aim()
        self._deed_layer = self.on_mark.layer if self.on_mark and not self.article.selected() else None
        await deed()

    @work
    async def action_repeat(self) -> None:
        """Do the last act again: here, or on the next target where this one has just had it."""
        self.follow_pane()
        if self._deed is None:
            self.say("nothing to repeat yet")
            return
        if self.aim() == self._deed_at and not self.step_to(self._deed_layer):
            return
        layer = self._deed_layer
        await self.do(self._deed)
        self._deed_layer = layer or self._deed_layer

    # --- highlight, note, tag

    def _aimed(self) -> tuple[Annotation | None, Annotation] | None:
        """The note that an act changes, if there is one here, and the note it starts from."""
        selected = self.article.selected()
        note = None if selected else self.note_here()
        if note is not None and note.correction is None:
            return note, msgspec.structs.replace(note, modified=now())
        span = self.aim()
        return (None, annotate(self.reading.article.text, span)) if span else None

    async def _add(self, did: str, **bodies: object) -> None:
        """Give what the reader is aiming at these bodies."""
        aimed = self._aimed()
        if aimed is not None:
            before, note = aimed
            changed = msgspec.structs.replace(note, **bodies)
            await self.keep([_change(before, changed)], did)

    def _title(self, note: Annotation) -> str:
        words = one_line(note.target.exact)
        return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"

    @work
    async def action_highlight(self) -> None:
        """Highlight in one of five kinds."""
        self.follow_pane()
        if self._aimed() is None:
            return
        kind = await self.app.push_screen_wait(Choice("Highlight", self.settings.highlights))
        if kind is not None:
            did = f"highlighted: {self.settings.highlights[kind]}"
            await self.do(lambda: self._add(did, highlight=kind + 1))

    @work
    async def action_comment(self) -> None:
        """Write a note."""
        self.follow_pane()
        aimed = self._aimed()
        if aimed is None:
            return
        before, note = aimed
        text = await self.app.push_screen_wait(Note(self._title(note), note.comment))
        if text is None or (not text and not note.comment):
            return
        if before is None:
            await self.do(lambda: self._add("note", comment=text))
        else:
            await self.keep([_change(before, msgspec.structs.replace(note, comment=text))], "note")

    def _marked(self) -> tuple[Annotation, ...]:
        """The notes that are marked in their pane, where the reader is in it."""
        pane = self.query_one(NotesPane)
        return tuple(self.reading.annotations[index] for index in sorted(pane.marked)) if pane.has_focus else ()

    @work
    async def action_tag(self) -> None:
        """Tag, with the tags used last to choose from; all the notes marked in their pane together."""
        self.follow_pane()
        marked = self._marked()
        aimed = None if marked else self._aimed()
        if not marked and aimed is None:
            return
        known = await asyncio.to_thread(self.library.tags)
        count = f"{len(marked)} note{'s' * (len(marked) > 1)}"
        had = aimed[1].tags if aimed else ()
        tags = await self.app.push_screen_wait(Tags(f"Tag {count}" if marked else "Tags", had, known))
        if tags is None:
            return
        did = "tagged: " + " ".join(tags) if tags else "tags removed"
        if marked:
            many = [replaced(note, tags=tuple(dict.fromkeys((*note.tags, *tags)))) for note in marked]
            await self.keep(list(zip(marked, many, strict=True)), f"{count} {did}")
        elif tags or had:
            await self.do(lambda: self._add(did, tags=tags))

    @work
    async def action_remove(self) -> None:
        """Remove the note under the cursor, or all that are marked in their pane."""
        self.follow_pane()
        marked = self._marked() or tuple(filter(None, (self.note_here(),)))
        if not marked:
            self.say("no note of mine here: m goes to the next one")
            return
        did = "removed" if len(marked) == 1 else f"{len(marked)} notes removed"
        await self.keep([(note, None) for note in marked], did)

    # --- undo

    @work
    async def action_undo(self) -> None:
        """Undo the last act on this article."""
        await self._travel(self.library.undo, "undone", "nothing to undo")

    @work
    async def action_redo(self) -> None:
        """Do again what was undone."""
        await self._travel(self.library.redo, "done again", "nothing to do again")

    async def _travel(self, step: Callable[[str], str | None], did: str, nothing: str) -> None:
        article = self.reading.article.id
        try:
            what = await asyncio.to_thread(step, article)
            notes = await asyncio.to_thread(self.library.annotations, article)
        except LibraryError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_annotations(notes, f"{did}: {what}" if what else nothing)

    # --- what is selected, for whatever it is wanted

    def want_selection(self, span: Span | None, taker: Taker, words: str) -> None:
        """Let the reader change the selection of `span`, or make one where there is none yet.

        Enter gives the selection to `taker`, Esc drops it.
        """
        view = self.article
        view.focus()
        if span:
            view.begin(span[0], span[1] - 1)
        else:
            view.begin(view.cursor, view.cursor, loose=True)
        self.taker = taker
        self.say(words)

    @work
    async def action_take(self) -> None:
        """The selection is as it should be: give it to what it is for, or highlight it."""
        span, taker = self.article.selected(), self.taker
        if taker is None:
            self.action_highlight()
        elif span:
            self.end_selection()
            await taker(span)

    def action_select(self) -> None:
        """Begin a selection at the cursor, or end it."""
        view = self.article
        if view.selecting and view.loose:
            view.loose = False
            self.say()
            return
        if view.selecting:
            self.end_selection()
            return
        view.focus()
        span = view.selected() or (self.on_mark.spans[0] if self.on_mark and self.on_mark.spans else None)
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

    def action_copy(self) -> None:
        """Copy with the line that says who says it, where."""
        self.follow_pane()
        span = self.aim()
        if span:
            words = self.reading.article.text[span[0] : span[1]]
            self.app.copy_to_clipboard(f"{words}\n{self.citation(span)}".rstrip())
            self.end_selection()
            self.say("copied")


def replaced(note: Annotation, **bodies: object) -> Annotation:
    """`note` with other bodies, changed now."""
    return msgspec.structs.replace(note, modified=now(), **bodies)


def _change(before: Annotation | None, after: Annotation) -> Change:
    """A note that says nothing any more is removed."""
    return before, None if after.is_bare else after
