"""Ask a corpus what is said: by whom, about whom, where, when, and in which words.

The conditions are those of the library (notes/questions.py). Statements are found by their numbers,
the newest first; only of those that are shown, or whose words have to be looked at, is more read.
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
_BETWEEN = r"[^\pL\pN_]"  # words, as index.py has it
_MANY = 20_000  # rows whose words are looked at together: a look costs, however few they are
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
    among = ", ".join(map(str, numbers))
    rows = db.execute(
        f"SELECT said.number, {', '.join(COLUMNS.values())} FROM "
        f"(SELECT rowid AS number, * FROM said WHERE rowid IN ({among})) AS said "
        "JOIN articles USING (article) LEFT JOIN voices ON voices.number = said.voice"
    ).fetchall()
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
    """The numbers of what is found, by time, some at a time; of `most` more may come."""
    where, values = _where(question, names, found_sites)
    order = "day IS NULL, rowid DESC" if sort == "oldest" else "rowid"
    seen = [one for one in question.terms if _is_several(one)]
    limit = "" if most is None or seen else f" LIMIT {most}"
    reading = db.cursor()
    try:
        reading.execute(f"SELECT rowid FROM said{where} ORDER BY {order}{limit}", values)
        size = _MANY if seen else _AT_ONCE
        while rows := reading.fetchmany(size):
            numbers = [row[0] for row in rows]
            yield _with_rows_of_words(db, seen, numbers) if seen else numbers
    finally:
        reading.close()


def _is_several(term: Term) -> bool:
    return term.is_cut_by_spaces and len(_words(term)) > 1


def _with_rows_of_words(db: "Connection", terms: Sequence[Term], numbers: list[int]) -> list[int]:
    """Those in which the words stand in a row."""
    among = ", ".join(map(str, numbers))
    found = " AND ".join(
        f"{'NOT ' * one.excluded}regexp_matches(lower(strip_accents(words)), ?)" for one in terms
    )
    query = f"SELECT rowid FROM said WHERE rowid IN ({among}) AND {found}"
    there = {row[0] for row in db.execute(query, list(map(_in_a_row, terms))).fetchall()}
    return [number for number in numbers if number in there]


def _in_a_row(term: Term) -> str:
    """Words in a row, divided as those of `postings` are."""
    words = rf"{_BETWEEN}+".join(map(re.escape, _words(term)))
    return rf"(^|{_BETWEEN}){words}" + ("" if term.begins else rf"({_BETWEEN}|$)")


def _texts(db: "Connection", numbers: Sequence[int]) -> dict[int, str]:
    among = ", ".join(map(str, numbers))
    return dict(db.execute(f"SELECT rowid, words FROM said WHERE rowid IN ({among})").fetchall())


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
    conditions += map(_has, question.terms)
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


def _has(term: Term) -> tuple[str, list[Any]]:
    """A word, several in a row by each of them, or what is written without spaces."""
    if not term.is_cut_by_spaces:
        return f"{'NOT ' * term.excluded}contains(words, ?)", [term.text]
    words = _words(term)
    if term.excluded and len(words) > 1:
        return "true", []  # looked at afterwards
    *whole, last = words
    queries = ["SELECT statement FROM postings WHERE word = ?"] * len(whole)
    values: list[Any] = [*whole, last]
    if term.begins:
        queries.append("SELECT statement FROM postings WHERE word >= ? AND word < ?")
        values.append(f"{last}\U0010ffff")
    else:
        queries.append("SELECT statement FROM postings WHERE word = ?")
    return f"statement {'NOT ' * term.excluded}IN ({' INTERSECT '.join(queries)})", values


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
