"""The acts that add something of the reader's: highlight, note, tag, remove, undo, redo, copy, export.

Each goes into the library first, in a thread, so that it is durable when it is shown and the paint never waits for the disk.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from textual import work

from tui.export import EXPORTERS, ExportError, export, write
from tui.library.annotations import Annotation, annotate
from tui.library.store import LibraryError
from tui.screens.dialogs import Choice, Line, Note, free_path
from tui.text import one_line

if TYPE_CHECKING:
    from tui.screens.reader import Reader


class Marking:
    """The reader's acts of marking up; mixed into the reader's screen."""

    async def _keep(self: "Reader", before: Annotation | None, now: Annotation | None, did: str) -> None:
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

    def _aimed(self: "Reader") -> tuple[Annotation | None, Annotation] | None:
        """The note that an act changes, if there is one here, and the note it starts from."""
        selected = self.article.selected()
        note = None if selected else self.note_here()
        if note is not None:
            return note, msgspec.structs.replace(note, modified=datetime.now(UTC).isoformat(timespec="seconds"))
        span = self.aim()
        return (None, annotate(self.reading.article.text, span)) if span else None

    @work
    async def action_highlight(self: "Reader") -> None:
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
    async def action_comment(self: "Reader") -> None:
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
    async def action_tag(self: "Reader") -> None:
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
    async def action_remove(self: "Reader") -> None:
        """Remove the note under the cursor."""
        note = self.note_here()
        if note is None:
            self._say("no note of mine here: m goes to the next one")
            return
        await self._keep(note, None, "removed")

    @work
    async def action_undo(self: "Reader") -> None:
        """Undo the last act on this article."""
        await self._travel(self.library.undo, "undone", "nothing to undo")

    @work
    async def action_redo(self: "Reader") -> None:
        """Do again what was undone."""
        await self._travel(self.library.redo, "done again", "nothing to do again")

    async def _travel(self: "Reader", step: "object", did: str, nothing: str) -> None:
        article = self.reading.article.id
        try:
            what = await asyncio.to_thread(step, article)  # type: ignore[arg-type]
            notes = await asyncio.to_thread(self.library.annotations, article)
        except LibraryError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_annotations(notes, f"{did}: {what}" if what else nothing)

    def action_copy(self: "Reader") -> None:
        """Copy with the line that says who says it, where."""
        span = self.aim()
        if span:
            words = self.reading.article.text[span[0] : span[1]]
            self.app.copy_to_clipboard(f"{words}\n{self.citation(span)}".rstrip())
            self.end_selection()
            self._say("copied")

    @work
    async def action_export(self: "Reader") -> None:
        """Write the reading to a file."""
        formats = list(EXPORTERS)
        titles = [f"{name}: {EXPORTERS[name].description}" for name in formats]
        chosen = await self.app.push_screen_wait(Choice("Export as", titles))
        if chosen is None:
            return
        name = formats[chosen]
        stem = "".join(c if c.isalnum() else "-" for c in self.reading.article.title.lower()).strip("-")[:60]
        path = free_path(self.export_path(), stem or self.reading.article.id, EXPORTERS[name].suffix)

        def wrong(line: str) -> str | None:
            if not line.strip():
                return "a file name is needed"
            try:
                write(export(self.reading, name, self.settings.highlights), Path(line).expanduser())
            except ExportError as error:
                return str(error)
            return None

        line = await self.app.push_screen_wait(Line("Export to", str(path), "Enter writes · Esc leaves", check=wrong))
        if line is not None:
            self._say(f"wrote {line}")
