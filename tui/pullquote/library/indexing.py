"""What is said in all articles, kept beside them: made of readings, corrections applied.

Triggers note in `stale` which articles' rows are to be made anew (schema.py), whoever changed what
those are made of. An act or a new analysis settles its article in its own transaction; what came by
other ways (a merge, a library of an earlier pullquote) is settled before the next question.
Of each work only the newest analysed version is in the index.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

import msgspec

from pullquote.article import Article
from pullquote.findings import (
    NOBODY,
    Attribution,
    Claim,
    Findings,
    Quote,
    Sourcing,
)
from pullquote.library.database import Database
from pullquote.library.voices import forget_empty, seat, voices_in
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Reading, derived
from pullquote.text import joined

_AT_ONCE = 50  # articles settled in one transaction, so that nobody waits for longer

Watch = Callable[[int, int], object]  # what is done of what there is


def settle_all(database: Database, watch: Watch = lambda done, whole: None) -> None:
    """Bring the index up to date.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    count, some = "SELECT count(*) FROM stale", "SELECT article FROM stale LIMIT ?"
    left = whole = database.rows(count)[0][0]
    while left and not database.read_only:
        with database.transaction() as db:
            for (article,) in db.execute(some, (_AT_ONCE,)).fetchall():
                _index(db, article)
        left = database.rows(count)[0][0]
        watch(whole - left, whole)


def rebuild(database: Database, watch: Watch = lambda done, whole: None) -> None:
    """Make the index anew from all readings."""
    with database.transaction() as db:
        db.execute("DELETE FROM indexed")
        db.execute(
            "INSERT OR IGNORE INTO stale SELECT number FROM articles "
            "WHERE id IN (SELECT article FROM findings)"
        )
    settle_all(database, watch)


def settle(db: sqlite3.Connection, article: str) -> None:
    """Make the rows of the article of that id anew if they are stale; in the caller's transaction.

    Of a long backlog nobody's act pays for more than its own article.
    """
    query = "SELECT number FROM articles WHERE id = ? AND number IN (SELECT article FROM stale)"
    for (number,) in db.execute(query, (article,)).fetchall():
        _index(db, number)


def _index(db: sqlite3.Connection, article: int) -> None:
    """Index the newest analysed version of the work of an article, and no other."""
    versions = db.execute(
        "SELECT number, id FROM articles WHERE work = (SELECT work FROM articles WHERE number = ?) "
        "ORDER BY added DESC, number DESC",
        (article,),
    ).fetchall()
    numbers = [(number,) for number, _ in versions]
    left = voices_in(db, (number for number, _ in versions))
    db.executemany("DELETE FROM indexed WHERE article = ?", numbers)
    db.executemany("DELETE FROM stale WHERE article = ?", numbers)
    for number, identity in versions:
        if reading := _reading(db, identity):
            _write(db, number, reading)
            break
    forget_empty(db, left)


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


def _write(db: sqlite3.Connection, number: int, reading: Reading) -> None:
    found = reading.findings
    assert found is not None
    db.execute("INSERT INTO indexed VALUES (?, ?)", (number, found.analyser))
    voices = seat(db, number, found.actors)
    text = reading.article.text
    mentions: list[tuple[int, int]] = sorted(
        (start, voices[actor.id])
        for actor in found.actors
        if actor.id in voices
        for start, _ in actor.mentions
    )
    shown = found.in_words()
    statements: tuple[Quote | Claim, ...] = (*shown.quotes, *shown.claims)
    for one in statements:
        row = _row(reading, found, one, text)
        voice = voices.get(one.speaker or "")
        made = db.execute(
            "INSERT INTO said (article, voice, finding, kind, start, end, words, speaker, how, "
            "sourcing, commitment, cue, checkable, verdict, sure) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, voice, *row),
        )
        about = {
            other
            for start, end in one.content
            for _, other in mentions[_first(mentions, start) : _first(mentions, end)]
            if other != voice
        }
        db.executemany(
            "INSERT INTO said_about VALUES (?, ?)", [(other, made.lastrowid) for other in about]
        )


def _first(mentions: list[tuple[int, int]], offset: int) -> int:
    return bisect_left(mentions, offset, key=itemgetter(0))


def _row(
    reading: Reading, found: Findings, one: Quote | Claim, text: str
) -> tuple[str | int | float, ...]:
    """What stands in the columns behind those of the article and the voice."""
    actor = found.actor(one.speaker)
    attribution = found.attribution(one.attribution)
    claim = one if isinstance(one, Claim) else None
    judged = reading.verdict(claim) if claim else None
    return (
        one.id,
        one.finding,
        one.content[0][0],
        one.content[-1][1],
        joined(text, one.content),
        actor.name if actor else NOBODY,
        attribution.kind if attribution else "hedged",
        claim.sourcing if claim else Sourcing.UNATTRIBUTED,
        claim.commitment if claim else "",
        claim.cue if claim else _cue(text, attribution),
        bool(claim and claim.checkable),
        judged.verdict if judged else "",
        one.speaker_confidence,
    )


def _cue(text: str, attribution: Attribution | None) -> str:
    return joined(text, attribution.cue) if attribution else ""
