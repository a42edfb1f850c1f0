"""Ask what is said in all articles: by whom, about whom, where, when, and in which words.

All that may be asked for stands as words in one full-text index, so that SQLite reads what all
conditions have in common and nothing else; the numbers of the rows are by time, so that the newest
come first without sorting. Of what has the words that are looked for, the newest are ranked by
BM25: with all terms in each of them, a term's rarity tells nothing, so that their frequency and the
length decide.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Literal

import msgspec

from pullquote.library.backlog import (
    NOTHING,
    Left,
    Watch,
    left,
    rebuild,
    settle_all,
    settle_some,
    settle_soon,
)
from pullquote.library.database import Database
from pullquote.library.indexing import A_DAY, first_of, verdict_facet
from pullquote.library.voices import Voices
from pullquote.notes.annotations import now
from pullquote.notes.questions import KINDS, OPEN, Question, Term, plain, relevance
from pullquote.notes.sayings import Saying

Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
COUNTED = 1000  # what is found is counted so far, and ranked
_REMEMBERED = 100  # questions
_AT_ONCE = 500  # rows read at once where all are asked for


class Named(msgspec.Struct, frozen=True):
    """What a name in a question stands for."""

    field: str  # by or about
    name: str
    voices: tuple[tuple[int, str], ...]  # the number of each, and what it is called


class Answer(msgspec.Struct, frozen=True):
    """What was found."""

    sayings: tuple[Saying, ...]
    total: int  # counted as far as `COUNTED`
    names: tuple[Named, ...] = ()
    sites: tuple[str, ...] = ()  # that the question's stand for
    left: Left = NOTHING  # what was not indexed yet

    @property
    def is_more(self) -> bool:
        """Whether there is more than was counted."""
        return self.total > COUNTED


_COLUMNS = {
    **{name: f"said.{name}" for name in Saying.__struct_fields__},
    **{
        name: f"articles.{name}"
        for name in ("title", "byline", "url", "published", "retrieved", "language")
    },
    "article": "articles.id",
    "site": "coalesce(sites.name, '')",
    "day": "indexed.day",
    "is_dated": "indexed.is_dated",
}
_FROM = (
    "FROM said JOIN articles ON articles.number = said.article "
    "JOIN indexed ON indexed.article = said.article LEFT JOIN sites ON sites.number = indexed.site"
)


class Said:
    """All quotes and claims; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._voices = Voices(database)

    def settle(self, watch: Watch = lambda done, whole: None, patience: float = inf) -> Left:
        """Bring the index up to date, for so many seconds at most; what is left then.

        `watch` is told how many articles of how many are done.
        """
        return settle_all(self._database, watch, patience)

    def settle_some(self, seconds: float) -> Left:
        """Bring up to date what can be in so many seconds; what is left then."""
        return settle_some(self._database, seconds)

    def settle_soon(self) -> Left:
        """Bring the index up to date, unless that takes long; what is left then."""
        return settle_soon(self._database)

    def left(self) -> Left:
        """What is not indexed yet."""
        return left(self._database)

    def asked(self) -> tuple[tuple[str, ...], int]:
        """The questions that led somewhere, the last one first; and the number of where it led."""
        rows = self._database.rows("SELECT typed, number FROM asked ORDER BY at DESC, rowid DESC")
        return tuple(row[0] for row in rows), rows[0][1] if rows else 0

    def remember(self, typed: str, number: int) -> None:
        """Note a question, and the number of the statement that it led to."""
        with self._database.transaction() as db:
            db.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", (typed, number, now()))
            last = "SELECT typed FROM asked ORDER BY at DESC, rowid DESC LIMIT ?"
            db.execute(f"DELETE FROM asked WHERE typed NOT IN ({last})", (_REMEMBERED,))

    def rebuild(self, watch: Watch = lambda done, whole: None) -> None:
        """Make the index anew."""
        rebuild(self._database, watch)

    def is_settled(self) -> bool:
        """Whether the index is up to date."""
        return not self.left().count

    def is_empty(self) -> bool:
        """Whether there is nothing at all to be found."""
        return not self._database.rows("SELECT EXISTS (SELECT 1 FROM said)")[0][0]

    def ask(
        self, question: Question, limit: int = 50, offset: int = 0, sort: Sort = "relevance"
    ) -> Answer:
        """What meets a question, with what its names stand for; of a long backlog what is there.

        Args:
            question: Without words, what is most relevant is what is newest.
            limit: The most rows.
            offset: How many to leave out at the beginning, for the next page.
            sort: The order.
        """
        there = self.settle_soon()
        with self._database.snapshot():
            names, sites = self._names(question), self._sites(question)
            match = _match(question, names, [number for number, _ in sites])
            most = min(max(COUNTED, offset + limit) + 1, _END)
            found = self._numbers(question, match, most, sort)
            if sort == "relevance" and question.terms:
                head = self._ranked(found[:COUNTED], question)
                found = [*head, *found[COUNTED:]]
            sayings = self.get(found[offset : offset + limit])
        return Answer(sayings, len(found), names, tuple(name for _, name in sites), there)

    def every(self, question: Question, sort: Sort = "newest") -> Iterator[Saying]:
        """All that meets a question, by time, however much that is; as `ask` finds it."""
        self.settle_soon()
        names, sites = self._names(question), self._sites(question)
        match, last = _match(question, names, [number for number, _ in sites]), None
        while numbers := self._numbers(question, match, _AT_ONCE, sort, last):
            yield from self.get(numbers)
            last = numbers[-1]

    def get(self, numbers: Sequence[int]) -> tuple[Saying, ...]:
        """The rows of these numbers, in this order; one that is not there any more is left out."""
        rows = self._database.rows(
            f"SELECT {', '.join(_COLUMNS.values())} {_FROM} WHERE said.number IN "
            "(SELECT value FROM json_each(?))",
            msgspec.json.encode(numbers).decode(),
        )
        found = msgspec.convert(
            [dict(zip(_COLUMNS, row, strict=True)) for row in rows], list[Saying], strict=False
        )
        there = {one.number: one for one in found}
        return tuple(there[number] for number in numbers if number in there)

    # --- names

    def named(self, name: str) -> tuple[tuple[int, str], ...]:
        """The voices that a name stands for, with what they are called, who says most first."""
        return tuple((one.number, one.name) for one in self._voices.named(name))

    def names_like(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Names of voices that are like one that nobody has."""
        from rapidfuzz import process

        names = [row[0] for row in self._database.rows("SELECT name FROM voices")]
        found = process.extract(name, names, limit=limit, score_cutoff=70, processor=plain)
        return tuple(dict.fromkeys(one for one, *_ in found))

    def sites(self) -> tuple[tuple[str, int], ...]:
        """The sites there are, each with how many of its articles are in the index, most first."""
        return tuple(
            self._database.rows(
                "SELECT name, count(*) AS most FROM indexed JOIN sites ON sites.number = site "
                "GROUP BY site ORDER BY most DESC, name"
            )
        )

    def verdicts(self) -> tuple[str, ...]:
        """The verdicts that claims have."""
        query = "SELECT DISTINCT verdict FROM annotations WHERE verdict != '' ORDER BY verdict"
        return tuple(row[0] for row in self._database.rows(query))

    def _names(self, question: Question) -> tuple[Named, ...]:
        fields = (("by", question.by), ("about", question.about))
        return tuple(
            Named(field, name, self.named(name)) for field, names in fields for name in names
        )

    def _sites(self, question: Question) -> list[tuple[int, str]]:
        asked = [plain(one) for one in question.sites]
        if not asked:
            return []
        every = self._database.rows("SELECT number, name FROM sites")
        return [
            (number, name) for number, name in every if any(one in plain(name) for one in asked)
        ]

    # --- numbers of rows

    def _numbers(
        self, question: Question, match: str, limit: int, sort: Sort, last: int | None = None
    ) -> list[int]:
        """The numbers of what is found, by time, behind the one named `last`."""
        first = first_of(question.since) if question.since else 0
        end = first_of(question.until) + A_DAY if question.until else _END
        if last is not None:
            first, end = (last + 1, end) if sort == "oldest" else (first, last)
        way = "ASC" if sort == "oldest" else "DESC"
        uncut = [one for one in question.terms if not one.is_cut_by_spaces]
        joined = "JOIN said ON said.number = said_words.rowid " if uncut else ""
        found = "".join(
            f"AND {'NOT ' * one.excluded}instr(said.words, ?{number}) "
            for number, one in enumerate(uncut, 5)
        )
        rows = self._database.rows(
            f"SELECT said_words.rowid FROM said_words {joined}WHERE said_words MATCH ?1 "
            f"AND said_words.rowid >= ?2 AND said_words.rowid < ?3 {found}"
            f"ORDER BY said_words.rowid {way} LIMIT ?4",
            match,
            first,
            end,
            limit,
            *(one.text for one in uncut),
        )
        return [row[0] for row in rows]

    def _ranked(self, numbers: list[int], question: Question) -> list[int]:
        """The same, what fits best first; of what fits as well, the newest."""
        if not question.patterns:
            return numbers
        rows: list[tuple[int, str]] = self._database.rows(
            "SELECT number, words FROM said WHERE number IN (SELECT value FROM json_each(?))",
            msgspec.json.encode(numbers).decode(),
        )
        found = relevance(question, [words for _, words in rows])
        scores = dict(zip((number for number, _ in rows), found, strict=True))
        return sorted(numbers, key=lambda number: (-scores.get(number, 0), -number))


_END = (1 << 63) - 1


def _match(question: Question, names: Sequence[Named], sites: Sequence[int]) -> str:
    """A question in the words of the full-text index."""
    own = [one for one in question.kinds if one in KINDS[:2]]
    hows = [one for one in question.kinds if one not in own]
    wanted = [_facet([f"k{one}" for one in own] or ["w"])]
    for values in (
        [f"h{one}" for one in hows],
        [f"q{one}" for one in question.sourcings],
        [f"s{one}" for one in sites] or (["s0"] if question.sites else []),
        ["checkable"] if question.checkable else [],
    ):
        wanted += [_facet(values)] if values else []
    for field in ("by", "about"):
        asked = [one for one in names if one.field == field]
        wanted += ["(" + " OR ".join(map(_named, asked)) + ")"] if asked else []
    judged = [verdict_facet(one) for one in question.verdicts if one != OPEN]
    unwanted = []
    if OPEN in question.verdicts:
        unwanted.append('facets : "y"*')
    elif judged:
        wanted.append(_facet(judged))
    for term in question.terms:
        if term.is_cut_by_spaces:
            (unwanted if term.excluded else wanted).append(_words(term))
    return " NOT ".join((f"({' AND '.join(wanted)})", *unwanted))


_LETTERS = {"by": "v", "about": "a"}  # that the voices' numbers stand behind in `facets`


def _named(asked: Named) -> str:
    """Who is meant, by the voice; of who says it, also by the name where they have no voice."""
    letter = _LETTERS[asked.field]
    by_voice = _facet([f"{letter}{number}" for number, _ in asked.voices] or [f"{letter}none"])
    if asked.field != "by" or (asked.voices and asked.name.isdecimal()):  # a voice's number
        return by_voice
    return f'({by_voice} OR speaker : "{_quoted(asked.name)}")'


def _facet(values: Sequence[str]) -> str:
    either = " OR ".join(f'"{_quoted(one)}"' for one in values)
    return f"facets : ({either})"


def _words(term: Term) -> str:
    return f'words : "{_quoted(term.text)}"{" *" if term.begins else ""}'


def _quoted(text: str) -> str:
    return text.replace('"', '""')
