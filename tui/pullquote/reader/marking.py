"""The acts that add something of the reader's: highlight, note, tag, remove, undo, redo, repeat.

Each goes into the library first, in a thread, so that it is durable when it is shown and the paint
never waits for the disk. An act that was chosen once can be repeated with one key: it is remembered
as a function of whatever it is aimed at next. An act says why it could not be saved, or "": so a
dialog that holds what was typed stays open until it is.
"""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from textual import work

from pullquote.findings import FindingKind
from pullquote.library.notes import Notes
from pullquote.library.store import Change, Library
from pullquote.notes.annotations import Annotation, annotate, now
from pullquote.notes.reading import NOTE, Layer
from pullquote.reader.choice import Choice
from pullquote.reader.dialogs import Note
from pullquote.reader.forms import Tags, TagsOf
from pullquote.reader.guarded import Failed
from pullquote.reader.marks import covering
from pullquote.reader.motions import grown
from pullquote.reader.panes import NotesPane
from pullquote.reader.part import Part
from pullquote.reader.rows import who
from pullquote.reader.wording import excerpt, plural, room
from pullquote.text import Span

Deed = Callable[[], Awaitable[str]]
# the note that an act changes, if there is one, and the one it starts from
Aim = tuple[Annotation | None, Annotation]
Taker = Callable[[Span], Awaitable[str]]
_SHOWN = 60  # characters of what is annotated, in a dialog's title


class Marking(Part):
    """The part of the reader's screen that marks up the text."""

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
        """The reader's note under the cursor: on just what an act is aimed at, or the shortest."""
        if self.on_mark and self.on_mark.layer is NOTE:
            return self.reading.annotations[self.on_mark.index]
        here = [
            self.reading.annotations[one.index]
            for one in covering(self.layers_marks[NOTE], self.article.cursor)
        ]
        aim = self.aim()
        return next((note for note in here if note.target.span == aim), here[0] if here else None)

    def citation(self, span: Span) -> str:
        """Who says it, where: the line that is copied with a quotation."""
        article, found = self.reading.article, self.reading.findings
        said = covering(self.layers_marks[FindingKind.QUOTE], span[0])
        speaker = who(found, said[0].actor) if found and said and said[0].actor else None
        parts = (speaker, article.title, article.site, article.published, article.url)
        return "— " + ", ".join(filter(None, parts)) if any(parts) else ""

    async def save(self, changes: Sequence[Change], did: str) -> str:
        """Change annotations as one act, and show the reading as it then is; why not, or ""."""
        saved = await self.library(_acted, self.reading.article.id, changes)
        if isinstance(saved, Failed):
            return saved.why
        remark, notes = saved
        self.show_annotations(notes, " · ".join(filter(None, (did, remark, "u undoes it"))))
        return ""

    def remember(self, deed: Deed) -> None:
        """Remember an act for `.`, with what it is aimed at."""
        self._deed, self._deed_at = deed, self.aim()
        self._deed_layer = (
            self.on_mark.layer if self.on_mark and not self.article.selected() else None
        )

    async def do(self, deed: Deed) -> None:
        """Do an act, and remember it for `.`."""
        self.remember(deed)
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

    def _aimed(self) -> Aim | None:
        """What an act is aimed at, if there is anything."""
        selected = self.article.selected()
        note = None if selected else self.note_here()
        if note is not None and note.correction is None:
            return note, msgspec.structs.replace(note, modified=now())
        span = self.aim()
        return (None, annotate(self.reading.article.text, span)) if span else None

    def on_words(self, note: Annotation) -> str:
        """The words that a note lies on, as a message quotes them."""
        return excerpt(note.target.exact, room(self.size.width))

    async def _give(self, aim: Aim | None, did: Callable[[str], str], **bodies: object) -> str:
        """Give what an act is aimed at these bodies; `did` words what was done."""
        if aim is None:
            return ""
        note = aim[1]
        before = self.as_saved(note)  # a dialog may save twice
        return await self.save(
            [change(before, replaced(before or note, **bodies))], did(self.on_words(note))
        )

    def as_saved(self, note: Annotation) -> Annotation | None:
        """The note of that id as the reader last saw it; None where it has not been saved yet."""
        return next((one for one in self.reading.annotations if one.id == note.id), None)

    def aimed_words(self) -> str:
        """The words that an act is aimed at, as a dialog's title quotes them."""
        span = self.aim()
        return excerpt(self.reading.article.text[slice(*span)], _SHOWN) if span else ""

    def _title(self, note: Annotation) -> str:
        return excerpt(note.target.exact, _SHOWN)

    @work
    async def action_highlight(self) -> None:
        """Highlight in one of five kinds."""
        self.follow_pane()
        aim = self._aimed()
        if aim is None:
            return
        title = f"Highlight: {self._title(aim[1])}"
        kind = await self.app.push_screen_wait(Choice(title, self.settings.highlights))
        if kind is not None:
            name = self.settings.highlights[kind]
            await self.do(
                lambda: self._give(
                    self._aimed(),
                    lambda words: f"highlighted {words} as {name}",
                    highlight=kind + 1,
                )
            )

    @work
    async def action_comment(self) -> None:
        """Write a note."""
        self.follow_pane()
        aim = self._aimed()
        if aim is None:
            return
        before, note = aim

        async def save(text: str) -> str:
            if not text and not note.comment:
                return ""
            if before is None:
                self.remember(lambda: self._give(self._aimed(), "note on {}".format, comment=text))
            return await self._give(
                (before, note), ("note on {}" if text else "note off {}").format, comment=text
            )

        await self.app.push_screen_wait(Note(self._title(note), note.comment, save))

    def _marked(self) -> tuple[Annotation, ...]:
        """The notes that are marked in their pane, where the reader is in it."""
        pane = self.query_one(NotesPane)
        return (
            tuple(self.reading.annotations[index] for index in sorted(pane.marked))
            if pane.has_focus
            else ()
        )

    async def _known_tags(self) -> TagsOf:
        tags = await self.library(lambda library: library.notes.tags())
        return () if isinstance(tags, Failed) else tags

    @work
    async def action_tag(self) -> None:
        """Tag, with the last used tags to choose from; all notes marked in the pane together."""
        self.follow_pane()
        marked = self._marked()
        if marked:
            await self._tag_marked(marked)
            return
        aim = self._aimed()
        if aim is None:
            return
        note = aim[1]

        async def save(tags: TagsOf) -> str:
            if not tags and not note.tags:
                return ""
            if tags:
                self.remember(lambda: self._tag_more(tags))
            return await self._give(aim, _tagged(tags), tags=tags)

        await self.app.push_screen_wait(
            Tags(f"Tags: {self._title(note)}", note.tags, self._known_tags, save)
        )

    async def _tag_marked(self, marked: tuple[Annotation, ...]) -> None:
        """Give all the marked notes tags more."""
        count = plural(len(marked), "note")

        async def save(tags: TagsOf) -> str:
            if not tags:
                return ""
            many = [
                replaced(note, tags=tuple(dict.fromkeys((*note.tags, *tags)))) for note in marked
            ]
            self.remember(lambda: self._tag_more(tags))
            # it was aimed at the marked rows, and not at the one that the reader is on
            self._deed_at = None
            return await self.save(list(zip(marked, many, strict=True)), _tagged(tags)(count))

        await self.app.push_screen_wait(Tags(f"Tag {count}", (), self._known_tags, save))

    async def _tag_more(self, tags: TagsOf) -> str:
        """Give these tags again: to the notes now marked, else to what an act is aimed at."""
        marked, aim = self._marked(), self._aimed()
        ones: Sequence[Aim] = [(note, note) for note in marked] or ([aim] if aim else [])
        many = [
            (before, replaced(note, tags=tuple(dict.fromkeys((*note.tags, *tags)))))
            for before, note in ones
        ]
        words = (
            plural(len(ones), "note")
            if marked
            else "".join(self.on_words(note) for _, note in ones)
        )
        return await self.save(many, _tagged(tags)(words)) if many else ""

    @work
    async def action_remove(self) -> None:
        """Remove the note under the cursor, or all that are marked in their pane."""
        self.follow_pane()
        marked = self._marked() or tuple(filter(None, (self.note_here(),)))
        if not marked:
            self.say("no note of mine here: m goes to the next one")
            return
        if len(marked) == 1:
            did = f"removed {marked[0].motivation.word} on {self.on_words(marked[0])}"
        else:
            did = f"removed {len(marked)} notes"
        await self.save([(note, None) for note in marked], did)

    # --- undo

    @work
    async def action_undo(self) -> None:
        """Undo the last act on this article."""
        await self._travel(Notes.undo, "undone", "nothing to undo")

    @work
    async def action_redo(self) -> None:
        """Do again what was undone."""
        await self._travel(Notes.redo, "done again", "nothing to do again")

    async def _travel(
        self, step: Callable[[Notes, str], str | None], did: str, nothing: str
    ) -> None:
        gone = await self.library(_travelled, step, self.reading.article.id)
        if not isinstance(gone, Failed):
            what, notes = gone
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
        elif span and not await taker(span):
            self.end_selection()

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
        span = view.selected() or (
            self.on_mark.spans[0] if self.on_mark and self.on_mark.spans else None
        )
        view.begin(span[0] if span else view.cursor, span[1] - 1 if span else view.cursor)
        self.say("")

    def action_grow(self) -> None:
        """Select the next larger piece around the cursor."""
        view = self.article
        if not view.paragraphs:
            return
        view.focus()
        quotes = tuple(span for mark in self.layers_marks[FindingKind.QUOTE] for span in mark.spans)
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
            self.say(f"copied {self.quoted((span,))}")


def replaced(note: Annotation, **bodies: object) -> Annotation:
    """`note` with other bodies, changed now."""
    return msgspec.structs.replace(note, modified=now(), **bodies)


def change(before: Annotation | None, after: Annotation) -> Change:
    """A note in the place of another, or new; one that says nothing any more is removed."""
    return before, None if after.is_bare else after


def _tagged(tags: TagsOf) -> Callable[[str], str]:
    """What was done with the tags to some words."""
    names = " ".join(f"#{tag}" for tag in tags)
    return lambda words: f"tagged {words} {names}" if tags else f"tags off {words}"


def _acted(
    library: Library, article: str, changes: Sequence[Change]
) -> tuple[str, tuple[Annotation, ...]]:
    """Do an act; what is to be said of it, and the notes as they then are."""
    return library.notes.act(article, changes), library.notes.of(article)


def _travelled(
    library: Library, step: Callable[[Notes, str], str | None], article: str
) -> tuple[str | None, tuple[Annotation, ...]]:
    return step(library.notes, article), library.notes.of(article)
