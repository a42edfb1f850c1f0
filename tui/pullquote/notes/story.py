"""An event as several articles have it: who is quoted in which, what is claimed in one only."""

from datetime import date

import msgspec

from pullquote.findings import Commitment, Sourcing
from pullquote.notes.evidence import Evidences
from pullquote.notes.figures import Differing, Figure
from pullquote.notes.sayings import with_doubt

_UNKNOWN = (Sourcing.ANONYMOUS, Sourcing.UNATTRIBUTED)


class Report(msgspec.Struct, frozen=True):
    """An article of a story, the one that was asked for first."""

    article: str
    title: str
    site: str
    day: date
    is_dated: bool
    shared: tuple[str, ...] = ()  # voices that the first has, too
    quoted: dict[str, int] = {}  # who is quoted or makes claims, how often; by name
    only: tuple[str, ...] = ()  # of these, those that no other outlet of the story has


class Version(msgspec.Struct, frozen=True):
    """A claim as one article has it; offsets half-open, in code points of its text."""

    article: str
    site: str
    finding: str
    start: int
    end: int
    words: str
    speaker: str
    sourcing: Sourcing
    commitment: Commitment
    checkable: bool
    verdict: str
    doubtful: bool = False  # whether it may well be somebody else who says it
    comment: str = ""  # the reader's, on the verdict
    evidence: Evidences = ()  # for the verdict

    @property
    def who(self) -> str:
        """Who says it, as it is shown."""
        return with_doubt(self.speaker, self.doubtful)


class Statement(msgspec.Struct, frozen=True):
    """The same statement in all articles of a story that have it."""

    versions: tuple[Version, ...]
    figures: tuple[Differing, ...] = ()  # that differ in similar ones
    similar: tuple[str, ...] = ()  # the ids of other articles that have a similar one

    @property
    def verdict(self) -> str:
        """The verdict, if all its places have it; else ""."""
        given = {one.verdict for one in self.versions}
        return given.pop() if len(given) == 1 else ""

    @property
    def words(self) -> str:
        """As the article has it that says most."""
        return max((one.words for one in self.versions), key=len)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The sites that have it, each once; articles without one by their ids."""
        return tuple(dict.fromkeys(one.site or one.article for one in self.versions))

    @property
    def named(self) -> tuple[Version, ...]:
        """Where its source is known, if elsewhere it is not; else nothing.

        An official is known beside "sources", and not beside who has a name.
        """
        sourcings = {one.sourcing for one in self.versions}
        unknown = (*_UNKNOWN, *([Sourcing.OFFICIAL] if Sourcing.NAMED in sourcings else []))
        known = tuple(one for one in self.versions if one.sourcing not in unknown)
        return known if len(known) < len(self.versions) else ()


class Count(msgspec.Struct, frozen=True):
    """A figure, and the claim that has it."""

    figure: Figure
    version: Version


class Counted(msgspec.Struct, frozen=True):
    """What several articles count, and not alike; doubtful where they may count two things."""

    counts: tuple[Count, ...]
    is_doubtful: bool

    def figures_in(self, article: str) -> tuple[Figure, ...]:
        """The figures that the article of that id has."""
        return tuple(one.figure for one in self.counts if one.version.article == article)


class Story(msgspec.Struct, frozen=True):
    """An event as several articles have it."""

    reports: tuple[Report, ...]
    statements: tuple[Statement, ...]  # in the order of the first article that has them
    counted: tuple[Counted, ...] = ()  # in unlike sentences, too

    @property
    def told_by_several(self) -> tuple[Statement, ...]:
        """What several articles have."""
        return tuple(one for one in self.statements if len(one.versions) > 1)

    def told_by(self, article: str) -> tuple[Statement, ...]:
        """What that article alone has."""
        return tuple(
            one for one in self.statements if {v.article for v in one.versions} == {article}
        )
