"""A text has changed since it was read: which version to read, what became of the notes, what the publisher changed."""

import asyncio

from textual import work

from tui.analysis import analyser
from tui.library.annotations import local_minute
from tui.library.changes import changes
from tui.library.store import LibraryError, Version
from tui.library.versions import carry_over, told
from tui.screens.dialogs import Choice
from tui.screens.part import Part


class Versioning(Part):
    """The part of the reader's screen that knows of other versions of the article."""

    earlier: str | None = None  # the version read before, when this one is new
    same_place = False  # whether that one came from the same file, not from the same address

    @work
    async def ask_for_version(self) -> None:
        """Offer both: this new text with the notes carried over, or the one that the reader knows."""
        version = self._version(self.earlier)
        if version is None:
            return
        count = f"{version.notes} note{'s' * (version.notes != 1)}"
        choices = [
            f"Read the new text, and carry {count} over",
            f"Read the text of {_day(version)}",
            "See what changed first",
        ]
        choices += ["It is another article"] * self.same_place
        while True:
            chosen = await self.app.push_screen_wait(Choice(f"This has changed since {_day(version)}", choices))
            if chosen == 2:
                await self._show_changes(version.id)
            elif chosen == 1:
                self.open_article(version.id)
                return
            elif chosen == 3:
                await asyncio.to_thread(self.library.unlink, self.reading.article.id)
                self.say("kept apart from what the file held before")
                return
            elif chosen == 0:
                await self._carry(version.id)
                return
            else:
                self.say("D: versions, and your notes on them")
                return

    def _version(self, identity: str | None) -> Version | None:
        return next((one for one in self._versions() if one.id == identity), None)

    def _versions(self) -> list[Version]:
        """All versions of this article in the order in which they were read, this one among them.

        With those of what the file held before, of which it is not yet known that it is the same work.
        """
        here = self.reading.article.id
        before = self.library.earlier(here)
        ones = {
            one.id: one for one in (*(self.library.versions(before) if before else ()), *self.library.versions(here))
        }
        return sorted(ones.values(), key=lambda one: one.added)

    async def _carry(self, earlier: str) -> None:
        here = self.reading.article.id
        try:
            await asyncio.to_thread(self.library.link, here, earlier)
            counts = await asyncio.to_thread(carry_over, self.library, earlier, here)
            notes = await asyncio.to_thread(self.library.annotations, here)
        except LibraryError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.show_annotations(notes, f"{told(counts)} · 5 lists them")

    @work
    async def action_versions(self) -> None:
        """Other versions of this article: what changed, their notes, open one."""
        versions = await asyncio.to_thread(self._versions)
        here = [one.id for one in versions].index(self.reading.article.id)
        if len(versions) == 1:
            self.say("the only version so far")
            return
        carried = {note.origin for note in self.reading.annotations}
        choices, acts = [], []
        for number, version in enumerate(versions):
            if number == here:
                continue
            notes = await asyncio.to_thread(self.library.annotations, version.id)
            left = sum(note.id not in carried for note in notes)
            day = f"{_day(version)}, {'before' if number < here else 'after'} this one"
            choices += [f"What changed: {day}", f"Open it ({_notes(version.notes)})"]
            acts += [("changes", version.id), ("open", version.id)]
            if left and number < here:
                choices.append(f"Carry {_notes(left)} over from it")
                acts.append(("carry", version.id))
        title = f"Versions of this article; this one is of {_day(versions[here])}"
        chosen = await self.app.push_screen_wait(Choice(title, choices))
        if chosen is None:
            return
        act, identity = acts[chosen]
        if act == "open":
            self.open_article(identity)
        elif act == "carry":
            await self._carry(identity)
        else:
            await self._show_changes(identity)

    async def _show_changes(self, identity: str) -> None:
        """What changed between the version of that id and this one, from the older to the newer."""
        from tui.screens.diff import Diff

        other = await asyncio.to_thread(self.library.reading, identity, analyser(self.settings.model))
        order = [one.id for one in await asyncio.to_thread(self._versions)]
        if other is None:
            return
        old, new = sorted((other, self.reading), key=lambda one: order.index(one.article.id))
        found = await asyncio.to_thread(changes, old, new)
        await self.app.push_screen_wait(Diff(found, old.article.title or "Untitled"))


def _notes(count: int) -> str:
    return f"{count} note{'s' * (count != 1)}"


def _day(version: Version) -> str:
    return local_minute(version.added)
