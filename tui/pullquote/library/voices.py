"""The voices of the library: who speaks or acts, across all its articles."""

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from pullquote.library.database import Database
from pullquote.library.indexing import settle
from pullquote.library.voice_pages import VoicePage, voice_page
from pullquote.notes.cast import Member, Voice
from pullquote.notes.names import words_of

_NUMBER = re.compile("[0-9]{1,18}")  # one that SQLite can have
_VOICE = (
    "SELECT number, kind, name, role, link, identity != '', "
    "(SELECT count(DISTINCT article) FROM members WHERE voice = voices.number), "
    "(SELECT count(*) FROM said_rows WHERE voice = voices.number AND part_of IS NULL) FROM voices"
)


def _voice(row: tuple[Any, ...]) -> Voice:
    found = Voice(*row)
    return msgspec.structs.replace(found, decided=bool(found.decided))  # SQLite has 0 and 1


class Proposal(msgspec.Struct, frozen=True):
    """Two voices that may be one, and what speaks for it or against it."""

    one: Voice
    other: Voice
    why: str


class Voices:
    """Who speaks or acts, across all articles; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, number: int) -> Voice | None:
        """The voice of that number."""
        rows = self._database.rows(f"{_VOICE} WHERE number = ?", number)
        return _voice(rows[0]) if rows else None

    def find(self, typed: str, limit: int = 20, kind: str = "") -> tuple[Voice, ...]:
        """The voices with all words of `typed`, or words that begin so, in one of their names.

        Args:
            typed: Words of a name; accents and capitals do not matter.
            limit: The most voices.
            kind: Only voices of this kind of actors.

        Returns:
            Those that are called just so first, then those in most articles; with nothing typed,
            those in most articles.
        """
        words = words_of(typed)
        if not words:
            return self._listed("SELECT number FROM voices", (), "", limit, kind)
        begins = " INTERSECT ".join(
            ["SELECT voice FROM voice_names WHERE use = 'word' AND name >= ? AND name < ?"]
            * len(words)
        )
        values = [value for word in words for value in (word, f"{word}\U0010ffff")]
        return self._listed(begins, values, " ".join(words), limit, kind)

    def named(self, typed: str) -> tuple[Voice, ...]:
        """The voices that `typed` names: by number, by a whole name, else those that `find` has.

        One voice where it is clear which is meant; several to choose from; none.
        """
        if _NUMBER.fullmatch(typed) and (one := self.get(int(typed))):
            return (one,)
        name = " ".join(words_of(typed))
        exact = (
            "SELECT voice FROM voice_names WHERE use IN ('main', 'alias') AND name = ? "
            "UNION SELECT number FROM voices WHERE name = ? COLLATE NOCASE"
        )
        return self._listed(exact, (name, typed.strip()), name, 20) or self.find(typed)

    def _listed(
        self, numbers: str, values: Sequence[str], name: str, limit: int, kind: str = ""
    ) -> tuple[Voice, ...]:
        rows = self._database.rows(
            f"{_VOICE} WHERE number IN (SELECT voices.number FROM voices "
            f"WHERE voices.number IN ({numbers}) AND ? IN ('', kind) "
            "ORDER BY EXISTS (SELECT 1 FROM voice_names WHERE voice = number AND use = 'main' "
            "AND voice_names.name = ?) DESC, "
            "(SELECT count(*) FROM members WHERE voice = number) DESC, number LIMIT ?)",
            *values,
            kind,
            name,
            limit,
        )
        found = [_voice(row) for row in rows]
        called = {row[0] for row in self._called(name)}
        found.sort(key=lambda one: (one.number not in called, -one.articles, one.number))
        return tuple(found)

    def _called(self, name: str) -> list[tuple[int]]:
        query = "SELECT voice FROM voice_names WHERE use = 'main' AND name = ?"
        return self._database.rows(query, name) if name else []

    def page(self, number: int) -> VoicePage | None:
        """A voice with what is known of it; None where there is none."""
        with self._database.snapshot():
            voice = self.get(number)
            return voice_page(self._database, voice, self.names(number)) if voice else None

    def completions(self, typed: str, limit: int = 50) -> tuple[str, ...]:
        """The names of voices to complete what is typed with, those in most articles first."""
        return tuple(dict.fromkeys(one.name for one in self.find(typed, limit)))

    def of(self, article: str, actor: str) -> int | None:
        """The number of the voice of an actor.

        Args:
            article: The article's id.
            actor: The actor's id in it.
        """
        rows = self._database.rows(
            "SELECT voice FROM members WHERE actor = ? "
            "AND article = (SELECT number FROM articles WHERE id = ?)",
            actor,
            article,
        )
        return rows[0][0] if rows else None

    def here(self, article: str, actor: str) -> int | None:
        """The same for an article that was changed just now, whose index may not be up to date."""
        if not self._database.read_only:
            with self._database.transaction() as db:
                settle(db, article)
        return self.of(article, actor)

    def members(self, number: int) -> tuple[Member, ...]:
        """The actors who have the voice of that number, in the newest article first."""
        rows = self._database.rows(
            "SELECT id, actor, members.name, role, affiliation, title, site, "
            "coalesce(nullif(published, ''), added) AS date "
            "FROM members JOIN articles ON articles.number = members.article WHERE voice = ? "
            "ORDER BY date DESC, articles.number DESC, actor",
            number,
        )
        return tuple(Member(*row) for row in rows)

    def names(self, number: int) -> tuple[str, ...]:
        """What articles call the voice of that number, the most frequent first."""
        rows = self._database.rows(
            "SELECT name FROM members WHERE voice = ? GROUP BY name ORDER BY count(*) DESC, name",
            number,
        )
        return tuple(row[0] for row in rows)

    def proposals(self, limit: int = 200) -> tuple[Proposal, ...]:
        """Voices that may be one: those in most articles first; none that was refused."""
        reasons = dict[frozenset[int], str]()
        for query, why in _PROPOSED:
            for one, other, apart in self._database.rows(query):
                reason = "" if apart is None else f"{why}{apart}"
                reasons.setdefault(frozenset((one, other)), reason)
        found = {pair: why for pair, why in reasons.items() if why}
        refused = self._refused()
        numbers = {number for pair in found for number in pair}
        voices = {number: one for number in numbers if (one := self.get(number))}
        with self._database.snapshot() as db:
            names = {number: main_names(db, number) for number in numbers}
        proposals = [
            Proposal(one, other, why)
            for pair, why in found.items()
            for one, other in [sorted((voices[n] for n in pair), key=_most_first)]
            if not any(
                tuple(sorted((mine, theirs))) in refused
                for mine in names[one.number]
                for theirs in names[other.number]
            )
        ]
        proposals.sort(key=lambda one: (-one.other.articles, -one.one.articles, one.one.name))
        return tuple(proposals[:limit])

    def _refused(self) -> frozenset[tuple[str, str]]:
        query = "SELECT name, place FROM decisions WHERE what = 'refused' AND value != ''"
        return frozenset((row[0], row[1]) for row in self._database.rows(query))


_PROPOSED = (  # the surest reason first, which is told
    (
        # two that the reader has parted have decisions both, and are proposed in no other way
        "SELECT DISTINCT one.voice, other.voice, iif(voices.identity != '' AND "
        "second.identity != '', NULL, "
        "coalesce(nullif(voices.why, ''), nullif(second.why, ''), 'parted by you')) "
        "FROM voice_names AS one JOIN voice_names AS other USING (use, name, kind) "
        "JOIN voices ON voices.number = one.voice JOIN voices AS second "
        "ON second.number = other.voice WHERE use = 'main' AND other.voice > one.voice",
        "one name, but ",
    ),
    (
        "SELECT DISTINCT one.voice, other.voice, '' FROM voice_names AS one "
        "JOIN voice_names AS other ON other.name = one.name AND other.kind = one.kind "
        "AND other.use IN ('main', 'alias', 'loose') AND other.voice != one.voice "
        "WHERE one.use = 'loose'",
        "one name may be short for the other",
    ),
    (
        "SELECT DISTINCT one.voice, other.voice, '' FROM voice_names AS one "
        "JOIN voice_names AS other ON other.name = one.name AND other.kind = one.kind "
        "AND other.use = 'main' AND other.voice != one.voice WHERE one.use = 'initials'",
        "the letters are its initials",
    ),
)


def _most_first(voice: Voice) -> tuple[int, int]:
    return -voice.articles, voice.number


def main_names(db: sqlite3.Connection, number: int) -> list[str]:
    """What articles call the members of a voice, folded, the most frequent first."""
    query = (
        "SELECT name FROM voice_names WHERE voice = ? AND use = 'main' ORDER BY members DESC, name"
    )
    return [row[0] for row in db.execute(query, (number,))]
