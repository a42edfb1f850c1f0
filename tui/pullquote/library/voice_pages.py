"""What is known of one voice beside its words: roles over time, who speaks of it, how much when."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import msgspec

from pullquote.library.database import Database
from pullquote.notes.cast import Member, Voice

_MOST = 20  # of those who speak of a voice or are spoken of, the most frequent
_A_DAY = 1 << 41  # what a row's number has more on the next day (indexing.py)


class Role(msgspec.Struct, frozen=True):
    """What articles say that somebody is, from the first such article to the last; ISO 8601."""

    role: str
    first: str
    last: str
    articles: int


class Often(msgspec.Struct, frozen=True):
    """Who speaks of a voice or is spoken of: a voice's number, None for the unnamed; how often."""

    voice: int | None
    name: str
    said: int


class Month(msgspec.Struct, frozen=True):
    """How many quotes and claims are of a month, as YYYY-MM."""

    month: str
    said: int


class VoicePage(msgspec.Struct, frozen=True):
    """A voice, with what is known of it; what it said is asked of `Said`."""

    voice: Voice
    names: tuple[str, ...]
    roles: tuple[Role, ...]
    spoken_of_by: tuple[Often, ...]
    speaks_of: tuple[Often, ...]
    months: tuple[Month, ...]  # all from the first to the last, those without anything, too


def voice_page(
    database: Database, voice: Voice, names: tuple[str, ...], members: Iterable[Member]
) -> VoicePage:
    """What is known of a voice beside its names and its members.

    Raises:
        LibraryError: The library cannot be read.
    """
    number = voice.number
    others = _speakers(database, number), _subjects(database, number)
    return VoicePage(voice, names, roles(members), *others, _months(database, number))


def roles(members: Iterable[Member]) -> tuple[Role, ...]:
    """The roles that articles give, the one given last first."""
    known = sorted((one.role.casefold(), one.date[:10], one.role) for one in members if one.role)
    found = []
    for _, group in groupby(known, key=lambda row: row[0]):
        rows = list(group)
        found.append(Role(rows[-1][2], rows[0][1], rows[-1][1], len(rows)))
    return tuple(sorted(found, key=lambda one: (one.last, one.articles, one.role), reverse=True))


def _speakers(database: Database, number: int) -> tuple[Often, ...]:
    rows = database.rows(
        "SELECT said.voice, coalesce(voices.name, speaker), count(*) AS often "
        "FROM said_about JOIN said ON said.number = said_about.said "
        "LEFT JOIN voices ON voices.number = said.voice "
        "WHERE said_about.voice = ? AND part_of IS NULL "
        "GROUP BY coalesce(said.voice, speaker) ORDER BY often DESC, 2 LIMIT ?",
        number,
        _MOST,
    )
    return tuple(Often(*row) for row in rows)


def _subjects(database: Database, number: int) -> tuple[Often, ...]:
    rows = database.rows(
        "SELECT said_about.voice, name, count(*) AS often FROM said "
        "JOIN said_about ON said_about.said = said.number "
        "JOIN voices ON voices.number = said_about.voice "
        "WHERE said.voice = ? AND part_of IS NULL GROUP BY 1 ORDER BY often DESC, 2 LIMIT ?",
        number,
        _MOST,
    )
    return tuple(Often(*row) for row in rows)


def _months(database: Database, number: int) -> tuple[Month, ...]:
    rows = database.rows(
        "SELECT number / ?2, count(*) FROM said WHERE voice = ?1 AND part_of IS NULL "
        "GROUP BY 1 ORDER BY 1",
        number,
        _A_DAY,
    )
    counts = dict[tuple[int, int], int]()
    for ordinal, count in rows:
        day = date.fromordinal(max(1, ordinal))
        counts[day.year, day.month] = counts.get((day.year, day.month), 0) + count
    if not counts:
        return ()
    first, last = (year * 12 + month - 1 for year, month in (min(counts), max(counts)))
    every = (divmod(one, 12) for one in range(first, last + 1))
    return tuple(
        Month(f"{year:04}-{month + 1:02}", counts.get((year, month + 1), 0))
        for year, month in every
    )
