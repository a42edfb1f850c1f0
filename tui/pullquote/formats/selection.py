"""Which of the reader's notes, and of what was found, goes out: by tag, kind, actor and date."""

import msgspec

from pullquote.findings import STATED, Actor, Findings, statements
from pullquote.formats.said import actor_of
from pullquote.notes.annotations import Annotation, Motivation, local_day
from pullquote.notes.narrowing import Narrow
from pullquote.notes.reading import Reading
from pullquote.settings import Settings


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; an empty field asks for nothing, so that everything matches it.

    Dates are ISO 8601 days by the clock of this machine, both included.
    """

    tags: frozenset[str] = frozenset()
    # highlight, note, tag, verdict, correction, or a kind of highlight by its name
    kinds: frozenset[str] = frozenset()
    actors: tuple[str, ...] = ()  # a part of the name, the role or an alias is enough
    since: str = ""
    until: str = ""

    def narrow(self) -> Narrow:
        """What an article must have to be chosen, in the form that the library can look for."""
        if self.actors:
            return Narrow(names=self.actors)
        return Narrow(noted=self != Selection(), tags=self.tags, since=self.since, until=self.until)

    def of(self, reading: Reading, settings: Settings) -> Reading | None:
        """The reading with only what matches.

        Args:
            reading: One article's.
            settings: Have the names of the kinds of highlights.

        Returns:
            None where nothing matches: no note and, where actors are asked for, no finding.
        """
        if self == Selection():
            return reading
        notes = tuple(
            note for note in reading.annotations if self._matches(reading, note, settings)
        )
        found, is_empty = reading.findings, not notes
        if self.actors and found:
            found = self._of_actors(found)
            is_empty = is_empty and not any(statements(found, kind) for kind in STATED)
        if is_empty:
            return None
        return msgspec.structs.replace(reading, annotations=notes, findings=found)

    def _matches(self, reading: Reading, note: Annotation, settings: Settings) -> bool:
        day = local_day(note.created)
        kinds = {note.motivation.word, settings.highlight(note.highlight)}
        return all(
            (
                not self.tags or self.tags & set(note.tags),
                not self.kinds or self.kinds & kinds,
                not self.actors or self._is_one(actor_of(reading.findings, note)),
                day >= self.since,
                not self.until or day <= self.until,
            )
        )

    def _is_one(self, actor: Actor | None) -> bool:
        """Whether an actor is one of those asked for."""
        if actor is None:
            return False
        names = [name.lower() for name in (actor.name, actor.role or "", *actor.aliases)]
        return any(part.lower() in name for part in self.actors for name in names)

    def _of_actors(self, found: Findings) -> Findings:
        ids = {actor.id for actor in found.actors if self._is_one(actor)}
        theirs = {
            kind.plural: tuple(one for one in statements(found, kind) if one.speaker in ids)
            for kind in STATED
        }
        return msgspec.structs.replace(found, **theirs)


def kinds(settings: Settings) -> tuple[str, ...]:
    """All kinds that a selection may name."""
    return (*(one.word for one in Motivation), *settings.highlights)
