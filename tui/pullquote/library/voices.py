"""The voices of the library: who speaks or acts, across all its articles."""

import sqlite3
from collections.abc import Iterable

from pullquote.findings import Actor
from pullquote.notes.voices import names_of


def seat(db: sqlite3.Connection, article: int, actors: Iterable[Actor]) -> dict[str, int]:
    """Give the actors of an article their voices; the transaction is the caller's.

    Args:
        db: The library's.
        article: The article's number; it has no members yet.
        actors: All that are in it.

    Returns:
        The number of each actor's voice, by the actor's id; the unnamed have none.
    """
    seats = dict[str, int]()
    for actor in actors:
        if names := names_of(actor):
            seats[actor.id] = voice = _known(db, actor.kind, names) or _new(db, actor)
            db.executemany(
                "INSERT OR IGNORE INTO voice_names (name, kind, voice) VALUES (?, ?, ?)",
                [(name, actor.kind, voice) for name in names],
            )
            row = (article, actor.id, voice, actor.name, actor.role or "", actor.affiliation or "")
            db.execute("INSERT INTO members VALUES (?, ?, ?, ?, ?, ?)", row)
    return seats


def _known(db: sqlite3.Connection, kind: str, names: tuple[str, ...]) -> int | None:
    marks = ", ".join("?" * len(names))
    row = db.execute(
        f"SELECT voice FROM voice_names WHERE kind = ? AND name IN ({marks}) "
        "GROUP BY voice ORDER BY count(*) DESC, voice LIMIT 1",
        (kind, *names),
    ).fetchone()
    return row[0] if row else None


def _new(db: sqlite3.Connection, actor: Actor) -> int:
    made = db.execute("INSERT INTO voices (kind, name) VALUES (?, ?)", (actor.kind, actor.name))
    assert made.lastrowid
    return made.lastrowid


def voices_in(db: sqlite3.Connection, articles: Iterable[int]) -> frozenset[int]:
    """The voices that have members in any of the articles, by their numbers."""
    query = "SELECT voice FROM members WHERE article = ?"
    return frozenset(row[0] for number in articles for row in db.execute(query, (number,)))


def forget_empty(db: sqlite3.Connection, voices: Iterable[int]) -> None:
    """Remove those of the voices that no article has any more; the transaction is the caller's."""
    db.executemany(
        "DELETE FROM voices WHERE number = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM members WHERE voice = ?1)",
        [(voice,) for voice in voices],
    )
