"""The same claim in other words, in other articles of the library: what relating.py has found.

Of the articles that are compared each is the newest analysed version of its work; other versions
of an article are not elsewhere. Nothing is computed here but what the two wordings differ in.
"""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

import msgspec

from pullquote.findings import NOBODY, Commitment, Sourcing
from pullquote.library.database import Database
from pullquote.notes.figures import Differing
from pullquote.notes.sameness import Sameness, Told, compared
from pullquote.notes.sayings import with_doubt

_MOST = 100  # places of one claim


class Restated(msgspec.Struct, frozen=True):
    """Where a claim is made again: `start` and `end` half-open, in code points of that article."""

    article: str
    title: str
    site: str
    day: date
    is_dated: bool  # whether that is the day of publication
    finding: str
    start: int
    end: int
    words: str
    speaker: str
    sourcing: Sourcing
    commitment: Commitment
    cue: str
    verdict: str
    doubtful: bool  # whether it may well be somebody else who says it
    alike: float  # 0 to 1
    sameness: Sameness
    differing: tuple[Differing, ...]  # the figures that are others there
    is_denied: bool  # one of the two is a denial: doubtful, since it may be of something else

    @property
    def who(self) -> str:
        """Who says it, as it is shown."""
        return with_doubt(self.speaker, self.doubtful)

    @property
    def is_same(self) -> bool:
        """Whether it is the same statement, rather than similar."""
        return self.sameness is Sameness.SAME

    @property
    def is_named(self) -> bool:
        """Whether a reader learns there who says it."""
        return self.speaker != NOBODY and self.sourcing is not Sourcing.ANONYMOUS


class Claimed(msgspec.Struct, frozen=True):
    """A claim of an article, with where it is made again: the same first, then as alike."""

    article: str
    finding: str
    start: int
    end: int
    words: str
    speaker: str
    sourcing: Sourcing
    commitment: Commitment
    cue: str
    verdict: str
    doubtful: bool  # as there
    places: tuple[Restated, ...] = ()

    @property
    def who(self) -> str:
        """Who says it, as it is shown."""
        return with_doubt(self.speaker, self.doubtful)


_QUERY = """
WITH own AS (
    SELECT worded.wording, said.* FROM articles
    JOIN numbered ON numbered.article = articles.number
    JOIN said ON said.number BETWEEN numbered.first AND numbered.last
    JOIN worded ON worded.said = said.number
    WHERE articles.work = (SELECT work FROM articles WHERE id = ?1) AND said.kind = 'claim'
), near AS (
    SELECT wording AS one, wording AS other, 1.0 AS alike FROM own
    UNION SELECT low, high, likeness FROM own JOIN alike ON low = wording
    UNION SELECT high, low, likeness FROM own JOIN alike ON high = wording
)
SELECT own.finding, own.start, own.end, own.words, own.speaker, own.sourcing, own.commitment,
    own.cue, own.verdict, own.doubtful, articles.id, articles.title, articles.site, indexed.day,
    indexed.is_dated,
    there.finding, there.start, there.end, there.words, there.speaker, there.sourcing,
    there.commitment, there.cue, there.verdict, there.doubtful, near.alike
FROM own JOIN near ON near.one = own.wording
JOIN worded ON worded.wording = near.other
JOIN said AS there ON there.number = worded.said AND there.article != own.article
JOIN articles ON articles.number = there.article
JOIN indexed ON indexed.article = there.article
ORDER BY own.start, own.number
"""
_OWN = 10  # columns of the claim here


class Restatements:
    """Where the claims of an article are made again; each call raises `LibraryError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article: str) -> tuple[Claimed, ...]:
        """The claims of an article that are made elsewhere too, in text order.

        Args:
            article: Its id; of several versions those in the newest are told.
        """
        found = dict[Claimed, list[Restated]]()
        for row in self._database.rows(_QUERY, article):
            own = _claimed(article, row[:_OWN])
            if place := _restated(own, row[_OWN:]):
                found.setdefault(own, []).append(place)
        return tuple(
            msgspec.structs.replace(own, places=_best(places)) for own, places in found.items()
        )


def _claimed(article: str, row: tuple[Any, ...]) -> Claimed:
    fields = dict(zip(Claimed.__struct_fields__, (article, *row), strict=False))
    return msgspec.convert({**fields, "doubtful": bool(fields["doubtful"])}, Claimed)


def _restated(own: Claimed, row: tuple[Any, ...]) -> Restated | None:
    there = dict(zip(Restated.__struct_fields__, row, strict=False))
    comparison = compared(
        there["alike"],
        Told(own.words, own.speaker, own.commitment == Commitment.DENIED),
        Told(there["words"], there["speaker"], there["commitment"] == Commitment.DENIED),
    )
    if comparison is None:
        return None
    for name in ("is_dated", "doubtful"):
        there[name] = bool(there[name])
    return msgspec.convert({**there, **comparison._asdict()}, Restated)


def _best(places: Iterable[Restated]) -> tuple[Restated, ...]:
    """The same statements first, then as alike; of each article the best place."""
    ordered = sorted(places, key=attrgetter("is_same", "alike"), reverse=True)
    return tuple({one.article: one for one in reversed(ordered)}.values())[::-1][:_MOST]
