"""Ask a corpus what is said: by whom, about whom, where, when, and in which words.

The conditions are those of the library (notes/questions.py). Statements are found by their numbers,
the newest first, and words by their places in the statements (`postings`); only of the statements
that are ranked or shown is more read.

How a query is put decides by how much DuckDB has to read. Numbers are given as rows (`_AMONG`): of
a list written out it would read all statements between the first and the last. And of the
statements with a word it takes one each, since it takes those between two words for a fifth of all,
and would rather hold all others in memory than them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from pullquote.notes.names import words_of
from pullquote.notes.questions import KINDS, OPEN, Question, Term, plain, relevance
from pullquote.notes.statements import BETWEEN

if TYPE_CHECKING:
    import pyarrow

    from pullquote.corpus.viewing import Connection

Sort = Literal["relevance", "newest", "oldest"]
COUNTED = 1000  # what is found is counted so far, and ranked
_AT_ONCE = 2000  # rows that are read together
_AMONG = "IN (SELECT unnest(?::BIGINT[]))"
COLUMNS = {
    "article": "said.article",
    "finding": "finding",
    "kind": "said.kind",
    "start": "start",
    "end": '"end"',
    "words": "words",
    "voice": "voices.voice",
    "speaker": "speaker",
    "how": "how",
    "sourcing": "sourcing",
    "commitment": "commitment",
    "cue": "cue",
    "checkable": "checkable",
    "verdict": "verdict",
    "sure": "sure",
    "title": "title",
    "byline": "byline",
    "site": "said.site",
    "url": "url",
    "published": "published",
    "retrieved": "retrieved",
    "language": "language",
    "day": "said.day",
}
Row = dict[str, Any]


class Named(msgspec.Struct, frozen=True):
    """What a name in a question stands for."""

    field: str  # by or about
    name: str
    voices: tuple[tuple[int, str], ...]  # the number of each, and what it is called


class Answer(msgspec.Struct, frozen=True):
    """What was found: a row a statement, with the columns `COLUMNS`."""

    rows: list[Row]
    total: int  # counted as far as `COUNTED`
    names: tuple[Named, ...] = ()
    sites: tuple[str, ...] = ()  # that the question's stand for


def ask(
    db: "Connection",
    question: Question,
    limit: int = 50,
    offset: int = 0,
    sort: Sort = "relevance",
) -> Answer:
    """What meets a question, with what its names and sites stand for.

    Args:
        db: The index (`index.opened`).
        question: Without words, what is most relevant is what is newest.
        limit: The most rows.
        offset: How many to leave out at the beginning, for the next page.
        sort: The order.
    """
    names, sites = _names(db, question), _sites(db, question)
    most = max(COUNTED, offset + limit) + 1
    found: list[int] = []
    for some in _numbers(db, question, names, sites, sort, most):
        found += some
        if len(found) >= most:
            break
    found = found[:most]
    if sort == "relevance" and question.patterns:
        found = [*_ranked(db, question, found[:COUNTED]), *found[COUNTED:]]
    return Answer(get(db, found[offset : offset + limit]), len(found), names, sites)


def every(db: "Connection", question: Question, sort: Sort = "newest") -> Iterator[Row]:
    """All that meets a question, by time, however much that is."""
    names, sites = _names(db, question), _sites(db, question)
    for some in _numbers(db, question, names, sites, sort):
        yield from get(db, some)


def get(db: "Connection", numbers: Sequence[int]) -> list[Row]:
    """The rows of these numbers, in this order."""
    if not numbers:
        return []
    query = (
        f"SELECT said.number, {', '.join(COLUMNS.values())} FROM "
        f"(SELECT rowid AS number, * FROM said WHERE rowid {_AMONG}) AS said "
        "JOIN articles USING (article) LEFT JOIN voices ON voices.number = said.voice"
    )
    rows = db.execute(query, [[*numbers]]).fetchall()
    there = {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in rows}
    return [there[number] for number in numbers]


# --- names and sites


def _names(db: "Connection", question: Question) -> tuple[Named, ...]:
    fields = (("by", question.by), ("about", question.about))
    return tuple(Named(field, name, named(db, name)) for field, ones in fields for name in ones)


def named(db: "Connection", name: str) -> tuple[tuple[int, str], ...]:
    """The voices that a name stands for, those in most articles first.

    Those that are called so; where there are none, those with all its words, or words that begin
    so, in one of their names.
    """
    words = words_of(name)
    exact = (
        "SELECT number, voice FROM voices WHERE lower(voice) = lower(?) OR number IN "
        "(SELECT number FROM voice_names WHERE name = ?) ORDER BY articles DESC, number"
    )
    found = db.execute(exact, [name.strip(), " ".join(words)]).fetchall()
    if not found and words:
        begins = " AND ".join(["contains(' ' || name, ' ' || ?)"] * len(words))
        found = db.execute(
            "SELECT number, voice FROM voices WHERE number IN "
            f"(SELECT number FROM voice_names WHERE {begins}) ORDER BY articles DESC, number",
            words,
        ).fetchall()
    return tuple((number, voice) for number, voice in found)


def names_like(db: "Connection", name: str, limit: int = 3) -> tuple[str, ...]:
    """Names of voices that are like one that nobody has."""
    found = db.execute(
        "SELECT voice FROM voices WHERE jaro_winkler_similarity(lower(voice), lower(?)) > 0.8 "
        "ORDER BY jaro_winkler_similarity(lower(voice), lower(?)) DESC, articles DESC LIMIT ?",
        [name, name, limit],
    ).fetchall()
    return tuple(row[0] for row in found)


def _sites(db: "Connection", question: Question) -> tuple[str, ...]:
    asked = [plain(one) for one in question.sites]
    every = sites(db) if asked else ()
    return tuple(one for one in every if any(part in plain(one) for part in asked))


def sites(db: "Connection") -> tuple[str, ...]:
    """The sites there are, those with most articles first."""
    query = "SELECT site FROM articles WHERE site != '' GROUP BY site ORDER BY count(*) DESC, site"
    return tuple(row[0] for row in db.execute(query).fetchall())


# --- numbers of rows


def _numbers(
    db: "Connection",
    question: Question,
    names: Sequence[Named],
    found_sites: Sequence[str],
    sort: Sort,
    most: int | None = None,
) -> Iterator[list[int]]:
    """The numbers of what is found, by time, some at a time, at most so many."""
    where, values = _where(question, names, found_sites)
    order = "day IS NULL, rowid DESC" if sort == "oldest" else "rowid"
    limit = "" if most is None else f" LIMIT {most}"
    reading = db.cursor()
    try:
        reading.execute(f"SELECT rowid FROM said{where} ORDER BY {order}{limit}", values)
        while rows := reading.fetchmany(_AT_ONCE):
            yield [row[0] for row in rows]
    finally:
        reading.close()


def _texts(db: "Connection", numbers: Sequence[int]) -> dict[int, str]:
    query = f"SELECT rowid, words FROM said WHERE rowid {_AMONG}"
    return dict(db.execute(query, [[*numbers]]).fetchall())


def _ranked(db: "Connection", question: Question, numbers: list[int]) -> list[int]:
    """The same, what fits best first; of what fits as well, the newest."""
    texts = _texts(db, numbers) if numbers else {}
    scores = relevance(question, [texts[number] for number in numbers])
    ranked = sorted(zip(scores, numbers, strict=True), key=lambda one: (-one[0], one[1]))
    return [number for _, number in ranked]


def _where(
    question: Question, names: Sequence[Named], found_sites: Sequence[str]
) -> tuple[str, list[Any]]:
    """A question as a condition on `said`, with the values in it."""
    own = [one for one in question.kinds if one in KINDS[:2]]
    hows = [one for one in question.kinds if one not in own]
    conditions: list[tuple[str, list[Any]]] = []
    add: Callable[..., None] = lambda text, *values: conditions.append((text, [*values]))  # noqa: E731
    if own:
        add("(kind IN (SELECT unnest(?)) OR list_has_any(kinds, ?))", own, own)
    if hows:
        add("how IN (SELECT unnest(?))", hows)
    if question.sourcings:
        add("sourcing IN (SELECT unnest(?))", [*question.sourcings])
    if question.sites:
        add("site IN (SELECT unnest(?::VARCHAR[]))", [*found_sites])
    if question.checkable:
        add("checkable")
    if question.since:
        add("day >= ?", question.since)
    if question.until:
        add("day <= ?", question.until)
    if question.verdicts:
        judged = [one for one in question.verdicts if one != OPEN]
        is_open = " OR verdict = ''" if OPEN in question.verdicts else ""
        add(f"(list_has_any(string_split(verdict, '{BETWEEN}'), ?::VARCHAR[]){is_open})", judged)
    for field, condition in (("by", _by), ("about", _about)):
        asked = [one for one in names if one.field == field]
        if asked:
            conditions.append(condition(asked))
    conditions += _has(question.terms)
    text = " AND ".join(one for one, _ in conditions)
    return f" WHERE {text}" if text else "", [value for _, ones in conditions for value in ones]


def _by(asked: Sequence[Named]) -> tuple[str, list[Any]]:
    """Who is meant, by the voice; and by the name who has no voice."""
    numbers = [number for one in asked for number, _ in one.voices]
    spoken = "|".join(rf"\b{re.escape(plain(one.name))}\b" for one in asked)
    return (
        "(voice IN (SELECT unnest(?::BIGINT[])) OR "
        "(voice IS NULL AND regexp_matches(lower(strip_accents(speaker)), ?)))",
        [numbers, spoken],
    )


def _about(asked: Sequence[Named]) -> tuple[str, list[Any]]:
    numbers = [number for one in asked for number, _ in one.voices]
    return (
        "statement IN (SELECT statement FROM about WHERE voice IN (SELECT unnest(?::BIGINT[])))",
        [numbers],
    )


def _has(terms: Sequence[Term]) -> Iterator[tuple[str, list[Any]]]:
    """What must be in the words of a statement, and what must not."""
    for one in terms:
        if not one.is_cut_by_spaces:
            yield f"{'NOT ' * one.excluded}contains(words, ?)", [one.text]
    cut = [one for one in terms if one.is_cut_by_spaces]
    wanted = [_with_words(one) for one in cut if not one.excluded]
    unwanted = [_with_words(one) for one in cut if one.excluded]
    if wanted:
        yield _among(" INTERSECT ", wanted)
    if unwanted:
        condition, values = _among(" UNION ", unwanted)
        yield f"NOT {condition}", values


def _among(by: str, queries: Sequence[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    text = by.join(query for query, _ in queries)
    each = "SELECT DISTINCT statement FROM " if len(queries) == 1 else ""
    return f"(statement IN ({each}({text})))", [value for _, values in queries for value in values]


def _with_words(term: Term) -> tuple[str, list[Any]]:
    """The statements with the words of a term, one behind the other."""
    *whole, last = _words(term)
    conditions, values = ["word = ?"] * len(whole), [*whole, last]
    if term.begins:
        conditions.append("word >= ? AND word < ?")
        values.append(f"{last}\U0010ffff")
    else:
        conditions.append("word = ?")
    if not whole:
        return f"SELECT statement FROM postings WHERE {conditions[0]}", values
    beginnings = " INTERSECT ".join(
        f"SELECT statement, place - {at} AS place FROM postings WHERE {condition}"
        for at, condition in enumerate(conditions)
    )
    return f"SELECT statement FROM ({beginnings})", values


def _words(term: Term) -> list[str]:
    return re.findall(r"\w+", plain(term.text)) or [term.text]


def schema() -> "pyarrow.Schema":
    """The columns of what is found."""
    import pyarrow

    others = {
        "start": pyarrow.int64(),
        "end": pyarrow.int64(),
        "checkable": pyarrow.bool_(),
        "sure": pyarrow.float64(),
        "day": pyarrow.date32(),
    }
    return pyarrow.schema([(name, others.get(name, pyarrow.string())) for name in COLUMNS])
