"""The acts that add something of the reader's: highlight, note, tag, remove, undo, redo, copy, export.

Each goes into the library first, in a thread, so that it is durable when it is shown and the paint never waits for the disk.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from textual import work
from textual.screen import Screen

from tui.export import EXPORTERS, ExportError, export, write
from tui.library.annotations import Annotation, annotate
from tui.library.reading import Reading
from tui.library.store import Library, LibraryError
from tui.screens.dialogs import Choice, Line, Note, free_path
from tui.settings import Settings
from tui.text import Span, one_line
from tui.widgets.marks import Layer, Mark, covering
from tui.widgets.motions import sentence_at
from tui.widgets.rows import who
from tui.widgets.selectable import SelectableArticle


class Marking(Screen[None]):
    """The part of the reader's screen that marks up; what is on the screen, and how, is the reader's."""

    reading: Reading
    library: Library
    settings: Settings
    article: SelectableArticle  # the article's view
    on_mark: Mark | None = None  # the finding or note that the reader is on
    layers_marks: dict[Layer, tuple[Mark, ...]]

    def say(self, did: str | None = None) -> None:
        """Show on the status line where the reader is, and what was just done."""
        raise NotImplementedError

    def show_annotations(self, annotations: tuple[Annotation, ...], did: str) -> None:
        """Show the reading with these annotations, and say what was done."""
        raise NotImplementedError

    def end_selection(self) -> None:
        """Let the selection go."""
        self.article.selecting = False
        self.clear_selection()
        self.article.selection_updated(None)

    def aim(self) -> Span | None:
        """What an act applies to: the selection, else the finding under the cursor, else the sentence."""
        view = self.article
        if selected := view.selected():
            return selected
        if self.on_mark:
            return self.on_mark.start, self.on_mark.end
        return sentence_at(view.text, view.paragraphs, view.cursor) if view.paragraphs else None

    def note_here(self) -> Annotation | None:
        """The reader's own note under the cursor, the shortest of several."""
        if self.on_mark and self.on_mark.layer is Layer.NOTE:
            return self.reading.annotations[self.on_mark.index]
        here = covering(self.layers_marks[Layer.NOTE], self.article.cursor)
        return self.reading.annotations[here[0].index] if here else None

    def citation(self, span: Span) -> str:
        """Who says it, where: the line that is copied with a quotation."""
        article, found = self.reading.article, self.reading.findings
        said = covering(self.layers_marks[Layer.QUOTE], span[0])
        speaker = who(found, said[0].actor) if found and said and said[0].actor else None
        parts = (speaker, article.title, article.site, article.published, article.url)
        return "— " + ", ".join(filter(None, parts)) if any(parts) else ""

    async def _keep(self, before: Annotation | None, now: Annotation | None, did: str) -> None:
        """Add, change or remove an annotation, and show the reading as it then is."""
        article = self.reading.article.id
        try:
            if now is None:
                assert before is not None
                await asyncio.to_thread(self.library.remove, article, before.id)
            elif before is None:
                await asyncio.to_thread(self.library.add, article, now)
            else:
                await asyncio.to_thread(self.library.change, article, now)
            notes = await asyncio.to_thread(self.library.annotations, article)
        except LibraryError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_annotations(notes, f"{did} · saved · u undoes it")

    def _aimed(self) -> tuple[Annotation | None, Annotation] | None:
        """The note that an act changes, if there is one here, and the note it starts from."""
        selected = self.article.selected()
        note = None if selected else self.note_here()
        if note is not None:
            return note, msgspec.structs.replace(note, modified=datetime.now(UTC).isoformat(timespec="seconds"))
        span = self.aim()
        return (None, annotate(self.reading.article.text, span)) if span else None

    @work
    async def action_highlight(self) -> None:
        """Highlight in one of five kinds."""
        aimed = self._aimed()
        if aimed is None:
            return
        before, note = aimed
        kind = await self.app.push_screen_wait(Choice("Highlight", self.settings.highlights))
        if kind is not None:
            name = self.settings.highlights[kind]
            await self._keep(before, msgspec.structs.replace(note, highlight=kind + 1), f"highlighted: {name}")

    @work
    async def action_comment(self) -> None:
        """Write a note."""
        aimed = self._aimed()
        if aimed is None:
            return
        before, note = aimed
        words = one_line(note.target.exact)
        text = await self.app.push_screen_wait(Note(words if len(words) <= 60 else words[:59] + "…", note.comment))
        if text is None or (not text and not note.comment):
            return
        changed = msgspec.structs.replace(note, comment=text)
        bare = not (changed.comment or changed.tags or changed.highlight)
        await self._keep(before, None if bare else changed, "note")

    @work
    async def action_tag(self) -> None:
        """Tag, with completion from the tags used before."""
        aimed = self._aimed()
        if aimed is None:
            return
        before, note = aimed
        known = await asyncio.to_thread(self.library.tags)
        hint = "several with spaces between · → completes · Enter keeps · Esc leaves"
        line = await self.app.push_screen_wait(Line("Tags", " ".join(note.tags), hint, known))
        if line is None or (not line.split() and not note.tags):
            return
        tags = tuple(dict.fromkeys(tag.lstrip("#") for tag in line.replace(",", " ").split() if tag.strip("#")))
        changed = msgspec.structs.replace(note, tags=tags)
        bare = not (changed.comment or changed.tags or changed.highlight)
        await self._keep(before, None if bare else changed, "tagged: " + " ".join(tags) if tags else "tags removed")

    @work
    async def action_remove(self) -> None:
        """Remove the note under the cursor."""
        note = self.note_here()
        if note is None:
            self.say("no note of mine here: m goes to the next one")
            return
        await self._keep(note, None, "removed")

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

    def action_copy(self) -> None:
        """Copy with the line that says who says it, where."""
        span = self.aim()
        if span:
            words = self.reading.article.text[span[0] : span[1]]
            self.app.copy_to_clipboard(f"{words}\n{self.citation(span)}".rstrip())
            self.end_selection()
            self.say("copied")

    @work
    async def action_export(self) -> None:
        """Write the reading to a file."""
        formats = list(EXPORTERS)
        titles = [f"{name}: {EXPORTERS[name].description}" for name in formats]
        chosen = await self.app.push_screen_wait(Choice("Export as", titles))
        if chosen is None:
            return
        name = formats[chosen]
        stem = "".join(c if c.isalnum() else "-" for c in self.reading.article.title.lower()).strip("-")[:60]
        path = free_path(Path.cwd(), stem or self.reading.article.id, EXPORTERS[name].suffix)

        def wrong(line: str) -> str | None:
            if not line.strip():
                return "a file name is needed"
            try:
                write(export([self.reading], name, self.settings), Path(line).expanduser())
            except ExportError as error:
                return str(error)
            return None

        line = await self.app.push_screen_wait(Line("Export to", str(path), "Enter writes · Esc leaves", check=wrong))
        if line is not None:
            self.say(f"wrote {line}")
