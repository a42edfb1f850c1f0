"""What is known of one voice beside its words: roles over time, who speaks of it, how much when."""

import re
from datetime import date
from itertools import islice

import msgspec

from pullquote.library.database import Database
from pullquote.library.indexing import A_DAY
from pullquote.notes.cast import Voice

_MOST = 20  # of those who speak of a voice or are spoken of, the most frequent
_CLAUSE = re.compile(r",? \b(?:who|whom|whose|which|that|where|when)\b")  # a role ends before it
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)  # "the mayor" and "Mayor" are one role
_NEWEST = 2000  # quotes and claims among which these are counted


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
    spoken_of_by: tuple[Often, ...]  # by the newest 2,000 quotes and claims, as the next
    speaks_of: tuple[Often, ...]
    months: tuple[Month, ...]  # all from the first to the last, those without anything, too


def voice_page(database: Database, voice: Voice, names: tuple[str, ...]) -> VoicePage:
    """What is known of a voice beside its names.

    Raises:
        LibraryError: The library cannot be read.
    """
    number = voice.number
    return VoicePage(
        voice,
        names,
        _roles(database, number),
        _speakers(database, number),
        _subjects(database, number),
        _months(database, number),
    )


def _roles(database: Database, number: int) -> tuple[Role, ...]:
    """The roles that articles give, the one given last first."""
    rows = database.rows(
        "SELECT role, min(day), max(day) AS last, count(*) AS often FROM members "
        "JOIN indexed USING (article) WHERE voice = ? AND role != '' GROUP BY role "
        "ORDER BY last DESC, often DESC, role",
        number,
    )
    roles = dict[str, Role]()
    for role, first, last, often in rows:
        called = _CLAUSE.split(role, maxsplit=1)[0].rstrip(" ,")
        key = _ARTICLE.sub("", called).casefold()
        if key:
            one = roles.setdefault(key, Role(called, first, last, 0))
            first, often = min(one.first, first), one.articles + often
            roles[key] = Role(one.role, first, one.last, often)
    return tuple(islice(roles.values(), _MOST))


def _speakers(database: Database, number: int) -> tuple[Often, ...]:
    rows = database.rows(
        "SELECT said.voice, coalesce(voices.name, speaker), count(*) AS often "
        "FROM (SELECT rowid AS said FROM said_words WHERE said_words MATCH 'facets : a' || ? "
        "ORDER BY rowid DESC LIMIT ?) AS about "
        "JOIN said ON said.number = about.said LEFT JOIN voices ON voices.number = said.voice "
        "WHERE part_of IS NULL GROUP BY coalesce(said.voice, speaker) ORDER BY often DESC, 2 "
        "LIMIT ?",
        number,
        _NEWEST,
        _MOST,
    )
    return tuple(Often(*row) for row in rows)


def _subjects(database: Database, number: int) -> tuple[Often, ...]:
    rows = database.rows(
        "SELECT voices.number, name, count(*) AS often "
        "FROM (SELECT facets FROM said_rows WHERE voice = ? AND part_of IS NULL "
        "ORDER BY number DESC LIMIT ?), json_each('[\"' || replace(facets, ' ', '\",\"') || '\"]') "
        "JOIN voices ON voices.number = CAST(substr(value, 2) AS INTEGER) "
        "WHERE value GLOB 'a[0-9]*' GROUP BY 1 ORDER BY often DESC, 2 LIMIT ?",
        number,
        _NEWEST,
        _MOST,
    )
    return tuple(Often(*row) for row in rows)


def _months(database: Database, number: int) -> tuple[Month, ...]:
    rows = database.rows(
        "SELECT number / ?2, count(*) FROM said_rows WHERE voice = ?1 AND part_of IS NULL "
        "GROUP BY 1 ORDER BY 1",
        number,
        A_DAY,
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
