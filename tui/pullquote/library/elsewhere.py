"""The same words elsewhere: in which other articles of the library a quotation stands.

Candidates are quotations that share shingles with it (notes/shingles.py), those with most of them
first; each is collated with it (notes/collation.py).
"""

import sqlite3
from collections import Counter
from datetime import date
from enum import StrEnum
from math import log

import msgspec

from pullquote.library.database import Database
from pullquote.notes.attributed import is_another
from pullquote.notes.collation import Collation, collate
from pullquote.notes.dates import day_of
from pullquote.notes.sayings import with_doubt
from pullquote.notes.shingles import fingerprint, shingles
from pullquote.notes.words import FEWEST, Words, read

_ALL_OF = 100  # shingles of a quotation that are looked for; of a longer one, its fingerprint
_SOUGHT = 2_000  # of the longest
_OF_EACH = 300  # quotations that have a shingle; more have "a lot of", which tells nothing
_COLLATED = 60  # candidates


class When(StrEnum):
    """Which of two articles came first, as far as is known."""

    EARLIER = "earlier"
    SAME_DAY = "same day"
    LATER = "later"


class Quoted(msgspec.Struct, frozen=True):
    """A quotation: the article's id, the words, joined (`pullquote.text.joined`), who says them."""

    article: str
    words: str
    speaker: str
    doubtful: bool = False  # whether it may well be somebody else who says it

    @property
    def who(self) -> str:
        """Who says it, as it is shown."""
        return with_doubt(self.speaker, self.doubtful)


class Place(msgspec.Struct, frozen=True):
    """Where the same words stand, in the newest analysed version of another work.

    `start` and `end` are half-open, in code points of that article's text. `day` is that of its
    publication, else the one on which it came into the library; `is_dated` tells which.
    """

    article: str
    title: str
    site: str
    day: date
    is_dated: bool
    finding: str
    start: int
    end: int
    words: str
    speaker: str
    doubtful: bool  # whether it may well be somebody else who says it
    when: When
    is_another: bool  # somebody else says it there
    collation: Collation  # of the quotation, and the one there

    @property
    def who(self) -> str:
        """Who says it, as it is shown."""
        return with_doubt(self.speaker, self.doubtful)


class Elsewhere:
    """Where else the words of quotations stand; each call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that are looked into, the newest first."""
        rows = self._database.rows(
            "SELECT id FROM indexed JOIN articles ON number = article "
            "ORDER BY day DESC, number DESC"
        )
        return tuple(row[0] for row in rows)

    def quotations(self, article: str) -> tuple[Quoted, ...]:
        """The quotations in an article, in text order; of several versions, those in the newest."""
        rows = self._database.rows(
            "SELECT id, said.words, said.speaker, said.doubtful FROM articles JOIN numbered "
            "ON numbered.article = articles.number JOIN said ON said.number "
            "BETWEEN first AND last WHERE kind = 'quote' "
            "AND work = (SELECT work FROM articles WHERE id = ?) ORDER BY said.start",
            article,
        )
        return tuple(Quoted(id, words, who, bool(doubt)) for id, words, who, doubt in rows)

    def places(self, quoted: Quoted, limit: int = _COLLATED) -> tuple[Place, ...]:
        """Where else the words of a quotation stand, the earliest first.

        At most `limit` places; other versions of its own article are none.
        """
        words = read(quoted.words)
        if len(words) < FEWEST:
            return ()
        with self._database.snapshot() as db:
            work = _work(db, quoted.article)
            rows = [_row(db, said, work) for said in _candidates(db, words)]
            found = [row for row in rows if row]
            if not found:
                return ()
            day, voice = _own(db, quoted, words)
        places = (_place(row, words, quoted, day, voice) for row in found)
        there = [place for place in places if place][:limit]
        return tuple(sorted(there, key=lambda place: (place.day, place.article, place.start)))


def _work(db: sqlite3.Connection, article: str) -> str:
    """The work that an article is of, by its id."""
    row = db.execute("SELECT work FROM articles WHERE id = ?", (article,)).fetchone()
    return str(row[0]) if row else article


def _own(db: sqlite3.Connection, quoted: Quoted, words: Words) -> tuple[date, int | None]:
    """The day of the quotation's article, and whose voice says the words."""
    query = "SELECT published, added, number FROM articles WHERE id = ?"
    row = db.execute(query, (quoted.article,)).fetchone() or ("", "", None)
    # by a shingle: an article has thousands of quotations, few of them with the same one
    said = (
        "SELECT voice FROM shingles JOIN said ON said.number = shingles.said "
        "WHERE hash = ? AND article = ? AND words = ?"
    )
    shingle = min(fingerprint(words.keys))
    voice = db.execute(said, (shingle, row[2], quoted.words)).fetchone()
    return day_of(*row[:2])[0], voice[0] if voice else None


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """A quotation as it is stored, and what is known of its article."""

    article: str
    title: str
    site: str
    day: date
    is_dated: bool
    finding: str
    start: int
    end: int
    words: str
    speaker: str
    doubtful: bool
    voice: int | None


def _row(db: sqlite3.Connection, said: int, work: str) -> _Row | None:
    """A quotation by its number; None for one of that work.

    Which articles are of it is asked of an index: in the table a work stands behind the text.
    """
    row = db.execute(
        "SELECT articles.id, title, coalesce(sites.name, ''), day, is_dated, finding, start, end, "
        "words, speaker, doubtful, voice FROM said JOIN articles ON articles.number = said.article "
        "JOIN indexed ON indexed.article = said.article "
        "LEFT JOIN sites ON sites.number = indexed.site WHERE said.number = ? "
        "AND said.article NOT IN (SELECT number FROM articles WHERE work = ?)",
        (said, work),
    ).fetchone()
    return msgspec.convert(row, _Row, strict=False) if row else None


def _candidates(db: sqlite3.Connection, words: Words) -> list[int]:
    """The quotations that share most shingles with these words, the rarer the better; by number."""
    every = shingles(words.keys)
    sought = set(every) if len(every) <= _ALL_OF else fingerprint(words.keys)
    query = "SELECT said FROM shingles WHERE hash = ? LIMIT ?"
    shared: Counter[int] = Counter()
    for one in sorted(sought)[:_SOUGHT]:
        sharing = db.execute(query, (one, _OF_EACH)).fetchall()
        weight = 1 + round(100 * log(_OF_EACH / max(1, len(sharing))))
        for (said,) in sharing:
            shared[said] += weight
    return [said for said, _ in shared.most_common(_COLLATED)]


def _place(row: _Row, words: Words, quoted: Quoted, day: date, voice: int | None) -> Place | None:
    found = collate(words, read(row.words))
    if found is None:
        return None
    known = msgspec.structs.asdict(row)
    other = known.pop("voice")
    are_two = voice is not None and other is not None and voice != other
    return Place(
        **known,
        when=_when(row.day, day),
        is_another=are_two and is_another(quoted.speaker, row.speaker),
        collation=found,
    )


def _when(there: date, here: date) -> When:
    return When.EARLIER if there < here else When.LATER if there > here else When.SAME_DAY
