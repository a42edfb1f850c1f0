"""Acts on annotations in the library's file: merged with others', logged, undone, redone."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from pullquote.errors import PullquoteError
from pullquote.notes.annotations import Annotation, targets_of
from pullquote.notes.lines import short
from pullquote.notes.merging import merged

# the annotation as the reader saw it, and as it is to be
Change = tuple[Annotation | None, Annotation | None]


class NotDone(PullquoteError):
    """An act that cannot be done; the message is one line."""


def perform(db: sqlite3.Connection, article: str, changes: Sequence[Change]) -> str:
    """Do `changes` as one act and log it; the transaction is the caller's.

    Returns:
        What the reader should know of a merge, in one line; "" for nothing.

    Raises:
        NotDone: An annotation lies outside of the text, or the stored one cannot be read.
    """
    made, remarks = list[Change](), dict[str, None]()
    for seen, wanted in changes:
        one = wanted or seen
        if one is None:
            continue
        stored = _stored(db, one.id, needed=seen is not None)
        if seen is None and _is_taken(db, one.id):
            continue  # added by another in the meantime: left as it is
        note, remark = merged(seen, wanted, stored)
        remarks |= {remark: None} if remark else {}
        if note is not None:
            _check_place(db, article, note, stored)
        if note != stored:
            made.append((stored, note))
    if made:
        _log(db, article, made)
    return "; ".join(remarks)


def _log(db: sqlite3.Connection, article: str, made: Sequence[Change]) -> None:
    db.execute("DELETE FROM acts WHERE article = ? AND undone = 1", (article,))
    bundle = db.execute("SELECT coalesce(max(bundle), 0) + 1 FROM acts").fetchone()[0]
    for before, after in made:
        _put(db, article, before, after)
        changed = after or before
        assert changed is not None
        states = (as_json(before) if before else None, as_json(after) if after else None)
        db.execute(
            "INSERT INTO acts (article, annotation, before, after, bundle) VALUES (?, ?, ?, ?, ?)",
            (article, changed.id, *states, bundle),
        )


def step(db: sqlite3.Connection, article: str, back: bool) -> str | None:
    """Undo an act of the log, or do it again unless `back`; the transaction is the caller's.

    A change whose annotation is no longer as it was left is another reader's now: left out, as one
    that cannot be read is.

    Returns:
        What was undone or done again, in a few words; None for nothing.
    """
    order, last = ("DESC", "max") if back else ("ASC", "min")
    undone = 0 if back else 1
    while True:
        acts = db.execute(
            "SELECT number, annotation, before, after FROM acts "
            "WHERE article = ? AND undone = ? AND bundle = "
            f"(SELECT {last}(bundle) FROM acts WHERE article = ? AND undone = ?) "
            f"ORDER BY number {order}",
            (article, undone, article, undone),
        ).fetchall()
        if not acts:
            return None
        stepped = []
        for number, identity, *states in acts:
            db.execute("UPDATE acts SET undone = ? WHERE number = ?", (1 - undone, number))
            try:
                before, after = (_read(state) if state else None for state in states)
                there = _stored(db, identity)
            except (msgspec.DecodeError, NotDone):
                continue
            source, goal = (after, before) if back else (before, after)
            if there == source:
                _put(db, article, source, goal)
                stepped.append((before, after))
        if stepped:
            return _summary(stepped)


def _stored(db: sqlite3.Connection, identity: str, needed: bool = True) -> Annotation | None:
    """The annotation of that id. Raises `NotDone` where it is `needed` and cannot be read."""
    row = db.execute(
        "SELECT CAST(json AS BLOB) FROM annotations WHERE id = ?", (identity,)
    ).fetchone()
    try:
        return _read(row[0]) if row else None
    except msgspec.DecodeError as error:
        if needed:
            raise NotDone(
                f"the note {identity} in it is damaged, and left as it is; restore it from a copy"
            ) from error
        return None


def _is_taken(db: sqlite3.Connection, identity: str) -> bool:
    return db.execute("SELECT 1 FROM annotations WHERE id = ?", (identity,)).fetchone() is not None


def _check_place(
    db: sqlite3.Connection, article: str, note: Annotation, stored: Annotation | None
) -> None:
    """Refuse a note that lies outside of the text. What has lain there since long ago may stay."""
    if note.is_orphan:
        return
    new = set(targets_of(note)) - set(targets_of(stored) if stored else ())
    if not new:
        return
    row = db.execute("SELECT length(text) FROM articles WHERE id = ?", (article,)).fetchone()
    if row is None:
        return  # SQLite refuses a note on an article that is not there
    for place in new:
        if not 0 <= place.start < place.end <= row[0]:
            raise NotDone(
                f"no words at {place.start} to {place.end} in a text of {row[0]} characters to "
                "lie on; select the words and do it again"
            )


def _put(
    db: sqlite3.Connection, article: str, before: Annotation | None, after: Annotation | None
) -> None:
    if before is not None:
        db.execute("DELETE FROM annotations WHERE id = ?", (before.id,))
    if after is not None:
        one: dict[str, Any] = {"article": article, "id": after.id}
        one |= {"start": after.target.start, "end": after.target.end, "exact": after.target.exact}
        one |= {"comment": after.comment, "tags": as_json(after.tags), "verdict": after.verdict}
        one |= {
            "placed": after.placed,
            "created": after.created,
            "modified": after.modified,
            "json": as_json(after),
        }
        names = ", ".join(one)
        db.execute(
            f"INSERT INTO annotations ({names}) VALUES ({', '.join(f':{name}' for name in one)})",
            one,
        )


def _summary(changes: Sequence[Change]) -> str:
    """An act in a few words, from (before, after) of each annotation that it changed."""
    if len(changes) > 1:
        added, removed = (not any(change[side] for change in changes) for side in (0, 1))
        return f"{len(changes)} notes {'added' if added else 'removed' if removed else 'changed'}"
    ((before, after),) = changes
    if after is None:
        return f"removal of {short(before)}" if before else ""
    return f"change to {short(after)}" if before else short(after)


def _read(state: bytes | str) -> Annotation:
    return msgspec.json.decode(state, type=Annotation)


def as_json(value: object) -> str:
    """`value` as the library's columns hold it."""
    return msgspec.json.encode(value).decode()
