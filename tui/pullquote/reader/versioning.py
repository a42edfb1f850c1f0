"""A text has changed since it was read: which version to read, what became of the notes."""

from textual import work

from pullquote.analysis import analyser
from pullquote.library.store import Library, Version
from pullquote.library.versions import carry_over, summary
from pullquote.notes.annotations import Annotation, local_minute
from pullquote.notes.changes import changes
from pullquote.notes.reading import Reading
from pullquote.reader.choice import Choice
from pullquote.reader.guarded import Failed, off_loop
from pullquote.reader.part import Part
from pullquote.reader.wording import plural


class Versioning(Part):
    """The part of the reader's screen that knows of other versions of the article."""

    earlier: str | None = None  # the version read before, when this one is new
    same_place = False  # whether that one came from the same file, not from the same address

    @work
    async def ask_for_version(self) -> None:
        """Offer this new text with the notes carried over, or the old one, until answered."""
        version = await self._version(self.earlier)
        if version is None:
            return
        choices = [
            f"Read the new text, and carry {plural(version.notes, 'note')} over",
            f"Read the text of {_day(version)}",
            "See what changed first",
        ]
        choices += ["It is another article"] * self.same_place
        while True:
            chosen = await self.app.push_screen_wait(
                Choice(f"This has changed since {_day(version)}", choices)
            )
            if chosen != 2:
                break
            await self._show_changes(version.id)
        if chosen == 0:
            await self._carry(version.id)
        elif chosen == 1:
            self.open_article(version.id)
        elif chosen == 3:
            here = self.reading.article.id
            parted = await self.library(lambda library: library.works.unlink(here))
            if not isinstance(parted, Failed):
                self.say("told apart from what the file held before")
        else:
            self.say(
                f"{plural(version.notes, 'note')} not carried over yet: D does it, or shows what "
                "changed"
            )

    async def _version(self, identity: str | None) -> Version | None:
        versions = await self.library(_versions, self.reading.article.id)
        ones = () if isinstance(versions, Failed) else versions
        return next((one for one in ones if one.id == identity), None)

    async def _carry(self, earlier: str) -> None:
        carried = await self.library(_carried, earlier, self.reading.article.id)
        if not isinstance(carried, Failed):
            did, notes = carried
            self.show_annotations(notes, f"{did} · 5 lists them")

    @work
    async def action_versions(self) -> None:
        """Other versions of this article: what changed, their notes, open one."""
        versions = await self.library(_versions, self.reading.article.id)
        if isinstance(versions, Failed):
            return
        if len(versions) < 2:
            self.say("the only version so far")
            return
        here = [one.id for one in versions].index(self.reading.article.id)
        choices, acts = [], []
        for number, version in enumerate(versions):
            if number == here:
                continue
            left = await self._not_carried(version)
            day = f"{_day(version)}, {'before' if number < here else 'after'} this one"
            choices += [f"What changed: {day}", f"Open it ({plural(version.notes, 'note')})"]
            acts += [("changes", version.id), ("open", version.id)]
            if left and number < here:
                choices.append(f"Carry {plural(left, 'note')} over from it")
                acts.append(("carry", version.id))
        title = f"Versions of this article; this one is of {_day(versions[here])}"
        while True:
            chosen = await self.app.push_screen_wait(Choice(title, choices))
            act, identity = acts[chosen] if chosen is not None else ("", "")
            if act != "changes":
                break
            await self._show_changes(identity)
        if act == "open":
            self.open_article(identity)
        elif act == "carry":
            await self._carry(identity)

    async def _not_carried(self, version: Version) -> int:
        """How many of a version's notes have not been carried over to this one."""
        notes = await self.library(lambda library: library.notes.of(version.id))
        carried = {note.origin for note in self.reading.annotations}
        return 0 if isinstance(notes, Failed) else sum(note.id not in carried for note in notes)

    async def _show_changes(self, identity: str) -> None:
        """What changed between the version of that id and this one, from the older to the newer."""
        from pullquote.reader.diff import Diff

        here = self.reading
        pair = await self.library(_in_order, identity, here, analyser(self.settings.model))
        if isinstance(pair, Failed) or pair is None:
            return
        old, new = pair
        found = await off_loop(changes, old, new)
        await self.app.push_screen_wait(Diff(found, old.article.title or "Untitled"))


def _versions(library: Library, here: str) -> list[Version]:
    """All versions of an article in the order in which they were read, this one among them.

    With those of what the file held before, of which it is not yet known that it is the same work.
    """
    before = library.works.earlier(here)
    ones = {
        one.id: one
        for one in (
            *(library.works.versions(before) if before else ()),
            *library.works.versions(here),
        )
    }
    return sorted(ones.values(), key=lambda one: one.added)


def _carried(library: Library, earlier: str, here: str) -> tuple[str, tuple[Annotation, ...]]:
    """Make `here` a version of the work of `earlier`, with its notes; their fate, and all notes."""
    library.works.link(here, earlier)
    return summary(carry_over(library, earlier, here)), library.notes.of(here)


def _in_order(
    library: Library, other: str, here: Reading, analyser: str
) -> tuple[Reading, Reading] | None:
    """Another version and this one, the older first; None where that one is gone."""
    order = [one.id for one in _versions(library, here.article.id)]
    found = library.reading(other, analyser)
    if found is None or found.article.id not in order:
        return None
    return (
        (found, here)
        if order.index(found.article.id) < order.index(here.article.id)
        else (here, found)
    )


def _day(version: Version) -> str:
    return local_minute(version.added)
