"""What is said in all articles, kept beside them: made of readings, corrections applied.

Triggers note in `stale` which articles' rows are to be made anew (schema.py), whoever changed what
those are made of. An act or a new analysis settles its article in its own transaction; what came by
other ways (a merge, a library of an earlier pullquote) is settled before the next question
(backlog.py).
Of each work only the newest analysed version is in the index.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from pullquote.article import Article
from pullquote.findings import Actor, FindingKind, Findings
from pullquote.library.arranging import arrange
from pullquote.library.kindred import Name
from pullquote.library.seating import Seat, Seated, seat, seats_in, settle_names
from pullquote.library.shingled import keep_shingles
from pullquote.library.wordings import forget_unused, word, wordings_in, wordings_of
from pullquote.notes.annotations import Annotation
from pullquote.notes.dates import day_of
from pullquote.notes.reading import Reading, derived
from pullquote.notes.sayings import site_of
from pullquote.notes.statements import BETWEEN, Stated, stated

# A row's number has its day, its article and its place in that, from the highest bits on: so what
# SQLite keeps by number is by time, in the full-text index, too.
_ARTICLE_BITS, _PLACE_BITS = 24, 17
A_DAY = 1 << (_ARTICLE_BITS + _PLACE_BITS)  # what a number has more on the next day


def settle(db: sqlite3.Connection, article: str) -> None:
    """Make the rows of the article of that id anew if they are stale; in the caller's transaction.

    Of a long backlog nobody's act pays for more than its own article; who in others has which voice
    now is settled before the next question, once for many articles that are analysed anew.
    """
    query = "SELECT number FROM articles WHERE id = ? AND number IN (SELECT article FROM stale)"
    for (number,) in db.execute(query, (article,)).fetchall():
        index_apart(db, number)


def settle_voices(
    db: sqlite3.Connection,
    names: Iterable[Name],
    voices: Sequence[int] = (),
    preferred: Sequence[int] = (),
) -> None:
    """Give all who share some names their voices, and what they say to these; see `arrange`."""
    for article in arrange(db, names, voices, preferred):
        db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (article,))
        index_apart(db, article)


def index_apart(db: sqlite3.Connection, article: int) -> None:
    """Make the rows of an article anew; who in others has which voice waits (backlog.py)."""
    with apart(db, article):
        names = index(db, article)
        db.executemany("INSERT OR IGNORE INTO unseated VALUES (?, ?)", names)


# What findings that no analyser would make come to, as one without words, or two actors of one id.
# Other errors are ours.
_BROKEN = (LookupError, ValueError, OverflowError, RecursionError, sqlite3.IntegrityError)


@contextmanager
def apart(db: sqlite3.Connection, article: int) -> Iterator[None]:
    """Let what is made of a reading cost neither that nor the index of other articles.

    Where it cannot be made, the article is out of the index until it changes.
    """
    db.execute("SAVEPOINT indexing")
    try:
        yield
    except _BROKEN:
        db.execute("ROLLBACK TO indexing")
        db.execute("DELETE FROM indexed WHERE article = ?", (article,))
        db.execute("DELETE FROM stale WHERE article = ?", (article,))
    db.execute("RELEASE indexing")


def index(db: sqlite3.Connection, article: int) -> Collection[Name]:
    """Index the newest analysed version of the work of an article, and no other.

    Returns:
        The names whose bearers are to be arranged anew.
    """
    versions = db.execute(
        "SELECT number, id FROM articles WHERE work = (SELECT work FROM articles WHERE number = ?) "
        "ORDER BY added DESC, number DESC",
        (article,),
    ).fetchall()
    numbers = [(number,) for number, _ in versions]
    left = seats_in(db, [number for number, _ in versions])
    unused = wordings_in(db, [number for number, _ in versions])
    db.executemany("DELETE FROM indexed WHERE article = ?", numbers)
    db.executemany("DELETE FROM stale WHERE article = ?", [*numbers, (article,)])
    names = frozenset(name for one in left for name in one.one.joining)
    seated = Seated({}, names)
    for number, identity in versions:
        if reading := _reading(db, identity):
            seated = _write(db, number, reading, left)
            break
    settle_names(db, {*(one.voice for one in left), *seated.voices.values()})
    forget_unused(db, unused)
    return seated.unsettled


def _reading(db: sqlite3.Connection, identity: str) -> Reading | None:
    """An article with what was found in it last, and the reader's notes; None without findings."""
    text = db.execute("SELECT text FROM articles WHERE id = ?", (identity,)).fetchone()[0]
    found = db.execute(
        "SELECT CAST(json AS BLOB) FROM findings WHERE article = ? ORDER BY rowid DESC LIMIT 1",
        (identity,),
    ).fetchone()
    notes = db.execute(
        "SELECT CAST(json AS BLOB) FROM annotations WHERE article = ? "
        "ORDER BY placed = 'orphaned', start, end, created, id",
        (identity,),
    )
    try:
        machine = msgspec.json.decode(found[0], type=Findings) if found else None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    readable = tuple(_readable(row[0] for row in notes))
    return derived(Article(text=text), machine, readable) if machine else None


def _readable(rows: Iterable[bytes]) -> Iterator[Annotation]:
    for row in rows:
        try:
            yield msgspec.json.decode(row, type=Annotation)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue


# --- the rows of one article


def _write(db: sqlite3.Connection, number: int, reading: Reading, left: Sequence[Seat]) -> Seated:
    """Write them; who has which voice in it."""
    head = _head(db, number, reading)
    db.execute("INSERT INTO indexed VALUES (?, ?, ?, ?, ?, ?)", head)
    seated = seat(db, number, _actors(reading), reading.article.text, left)
    rows = _rows(reading, seated.voices, head.site)[: 1 << _PLACE_BITS]
    numbers = {row.finding: _last(head) - place for place, row in enumerate(rows)}
    # as SQLite would have rows that come one after the other; of findings two may have one id
    for place, row in reversed(list(enumerate(rows))):
        _insert(db, row.values(_last(head) - place, number, numbers), row)
    return seated


class _Head(NamedTuple):
    """What is known of an article that is indexed: its row."""

    article: int
    analyser: str
    day: str
    is_dated: bool
    site: int | None
    actors: int  # a digest of theirs: the same have the same voices


def _head(db: sqlite3.Connection, number: int, reading: Reading) -> _Head:
    found = reading.findings
    assert found is not None
    day, is_dated = _day(db, number)
    digest = crc32(msgspec.json.encode(found.actors))
    return _Head(number, found.analyser, day.isoformat(), is_dated, _site(db, number), digest)


def _lowest(head: _Head) -> int:
    """The lowest number that the article's rows may have."""
    return first_of(date.fromisoformat(head.day)) | (head.article << _PLACE_BITS)


def _last(head: _Head) -> int:
    """The highest number of the article's rows: of an article the first is the newest."""
    return _lowest(head) + (1 << _PLACE_BITS) - 1


def _actors(reading: Reading) -> tuple[Actor, ...]:
    return reading.findings.actors if reading.findings else ()


class _Row(NamedTuple):
    """A statement as it is written, but for its number."""

    one: Stated
    whole: str  # the id of the finding that it is a part of; "" for none
    voice: int | None
    facets: str

    @property
    def finding(self) -> str:
        return self.one.finding

    def values(self, number: int, article: int, numbers: Mapping[str, int]) -> tuple[Any, ...]:
        """What stands in the columns `_ALL`; `numbers` are those of the findings."""
        part_of = numbers.get(self.whole)
        fields = (getattr(self.one, name) for name in _COLUMNS)
        return (number, article, self.voice, part_of, self.facets, *fields)


def _rows(reading: Reading, voices: Mapping[str, int], site: int | None) -> list[_Row]:
    mentions = sorted(
        (start, voices[actor.id])
        for actor in _actors(reading)
        if actor.id in voices
        for start, _ in actor.mentions
    )
    ones = stated(reading)
    return [_row(ones, one, mentions, voices.get(one.actor or ""), site) for one in ones]


def _row(
    ones: Sequence[Stated],
    one: Stated,
    mentions: list[tuple[int, int]],
    voice: int | None,
    site: int | None,
) -> _Row:
    if one.part_of is not None:  # it is found by its whole
        return _Row(one, ones[one.part_of].finding, voice, "")
    there = mentions[_first(mentions, one.start) : _first(mentions, one.end)]
    facets = (
        *(f"a{other}" for other in sorted({other for _, other in there if other != voice})),
        *([f"s{site}"] if site else []),
        *(f"k{kind}" for kind in one.kinds),
        *(verdict_facet(verdict) for verdict in one.verdict.split(BETWEEN) if verdict),
    )
    return _Row(one, "", voice, " ".join(facets))


def verdict_facet(verdict: str) -> str:
    """A verdict in one word, so that no part of one of the reader's own is another facet."""
    return f"y{''.join(filter(str.isalnum, verdict))}"


def _insert(db: sqlite3.Connection, values: tuple[Any, ...], row: _Row) -> None:
    number = values[0]
    db.execute(_INSERT, values)
    if row.one.kind == FindingKind.QUOTE:
        keep_shingles(db, number, row.one.words)
    if row.one.kind == FindingKind.CLAIM:
        word(db, number, row.one.words)


# --- what an act on notes has changed


def follow(db: sqlite3.Connection, article: str) -> None:
    """The same as `settle` after an act on notes, by which little changes: only that is written."""
    row = db.execute(
        "SELECT indexed.* FROM articles JOIN stale ON stale.article = number "
        "JOIN indexed ON indexed.article = number WHERE id = ?",
        (article,),
    ).fetchone()
    if row is not None:
        with apart(db, row[0]):
            _follow(db, article, row)
    settle(db, article)  # where that was not enough


def _follow(db: sqlite3.Connection, article: str, row: tuple[Any, ...]) -> None:
    """Write what is other than it was; nothing where all is to be made anew."""
    reading = _reading(db, article)
    if reading is None or tuple(row) != _head(db, row[0], reading):
        return
    head = _Head(*row)
    seats = db.execute("SELECT actor, voice FROM members WHERE article = ?", (head.article,))
    rows = _rows(reading, dict(seats.fetchall()), head.site)
    if len({one.finding for one in rows}) < len(rows):  # of an analyser that gave no ids
        return
    _rewrite(db, head, rows)
    db.execute("DELETE FROM stale WHERE article = ?", (head.article,))


def _rewrite(db: sqlite3.Connection, head: _Head, rows: list[_Row]) -> None:
    """Write those rows that are other than they were; each keeps its number."""
    last = _last(head)
    query = f"SELECT {', '.join(_ALL)} FROM said WHERE number BETWEEN ? AND ?"
    there = {row[0]: row for row in db.execute(query, (_lowest(head), last)).fetchall()}
    numbers = {row[_FINDING]: number for number, row in there.items()}
    last = min(there, default=last + 1)
    for place, row in enumerate((one for one in rows if one.finding not in numbers), 1):
        numbers[row.finding] = last - place
    wanted = {numbers[row.finding]: row for row in rows}
    values = {number: row.values(number, head.article, numbers) for number, row in wanted.items()}
    others = [number for number in there if there[number] != values.get(number)]
    unused = wordings_of(db, others)
    db.executemany("DELETE FROM said WHERE number = ?", [(number,) for number in others])
    for number, row in wanted.items():
        if there.get(number) != values[number]:
            _insert(db, values[number], row)
    forget_unused(db, unused)


_COLUMNS = (
    "finding", "kind", "start", "end", "words", "speaker", "how", "sourcing", "commitment", "cue",
    "checkable", "verdict", "sure", "doubtful",
)  # fmt: skip
_ALL = ("number", "article", "voice", "part_of", "facets", *_COLUMNS)
_FINDING = _ALL.index("finding")
_INSERT = f"INSERT INTO said ({', '.join(_ALL)}) VALUES ({', '.join('?' * len(_ALL))})"


def first_of(day: date) -> int:
    """The number below which those of all rows of earlier days lie."""
    return day.toordinal() * A_DAY


def _day(db: sqlite3.Connection, number: int) -> tuple[date, bool]:
    query = "SELECT published, added FROM articles WHERE number = ?"
    published, added = db.execute(query, (number,)).fetchone()
    return day_of(published, added)


def _site(db: sqlite3.Connection, number: int) -> int | None:
    """The number of the site that an article is of; None for one of no site."""
    query = "SELECT site, url FROM articles WHERE number = ?"
    site, url = db.execute(query, (number,)).fetchone()
    name = site_of(site, url)
    if not name:
        return None
    db.execute("INSERT OR IGNORE INTO sites (name) VALUES (?)", (name,))
    found: int = db.execute("SELECT number FROM sites WHERE name = ?", (name,)).fetchone()[0]
    return found


def _first(mentions: list[tuple[int, int]], offset: int) -> int:
    return bisect_left(mentions, offset, key=itemgetter(0))
