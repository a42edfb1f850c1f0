"""Acts on annotations and metadata in the library's file: merged, logged, undone, redone."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from pullquote.errors import PullquoteError
from pullquote.library import fields
from pullquote.notes.annotations import Annotation, now, targets_of
from pullquote.notes.lines import short
from pullquote.notes.merging import merged

# the annotation as the reader saw it, and as it is to be
Change = tuple[Annotation | None, Annotation | None]
# what an annotation may say, the weightiest first, and how it says nothing of it
_BODIES: Mapping[str, object] = {
    "correction": None,
    "verdict": "",
    "evidence": (),
    "comment": "",
    "tags": (),
    "highlight": 0,
}
METADATA = "metadata"  # stands in the log for an annotation's id
# Acts are ours where this connection has logged them, or they stood in the log before it was there.
_OURS = "EXISTS (SELECT 1 FROM temp.ours WHERE number BETWEEN first AND last AND first >= {})"


class NotDone(PullquoteError):
    """An act that cannot be done; the message is one line."""


def begin(db: sqlite3.Connection) -> None:
    """What others log from now on is theirs to undo, not this connection's."""
    db.execute(
        "CREATE TEMP TABLE ours AS SELECT 0 AS first, coalesce(max(number), 0) AS last FROM acts"
    )


def own(db: sqlite3.Connection, count: int) -> None:
    """The last acts of the log, so many, are this connection's."""
    db.execute("INSERT INTO temp.ours SELECT max(number) - ?, max(number) FROM acts", (count - 1,))


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
        there = stored(db, one.id, needed=seen is not None)
        if seen is None and is_taken(db, one.id):
            continue  # added by another in the meantime: left as it is
        note, remark = merged(seen, wanted, there)
        remarks |= {remark: None} if remark else {}
        if note is not None:
            _check_place(db, article, note, there)
        if note != there:
            made.append((there, note))
    if made:
        _log(db, article, made)
    return "; ".join(remarks)


def edit(db: sqlite3.Connection, article: str, values: Mapping[str, str]) -> None:
    """Put metadata right as one act and log it; the transaction is the caller's.

    Args:
        db: The library's.
        article: The article's id.
        values: The new values, by field.
    """
    before = fields.values(db, article, values)
    changed = {name: value for name, value in values.items() if before[name] != value}
    if changed:
        when = now()
        fields.put(db, article, changed, when)
        was = {name: before[name] for name in changed}
        record(db, article, [(METADATA, as_json(was), as_json(changed))], when)


def _log(db: sqlite3.Connection, article: str, made: Sequence[Change]) -> None:
    rows = []
    for before, after in made:
        put(db, article, before, after)
        changed = after or before
        assert changed is not None
        states = (as_json(before) if before else None, as_json(after) if after else None)
        rows.append((changed.id, *states))
    record(db, article, rows, now())


def record(
    db: sqlite3.Connection,
    article: str,
    rows: Sequence[tuple[str, str | None, str | None]],
    when: str,
) -> None:
    """Log an act, done at `when`: of each annotation the id, and its states as JSON."""
    db.execute(
        f"DELETE FROM acts WHERE article = ? AND undone = 1 AND {_OURS.format(0)}", (article,)
    )
    bundle = db.execute("SELECT coalesce(max(bundle), 0) + 1 FROM acts").fetchone()[0]
    db.executemany(
        "INSERT INTO acts (article, bundle, at, annotation, before, after) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(article, bundle, when, *row) for row in rows],
    )
    own(db, len(rows))


def step(db: sqlite3.Connection, article: str, back: bool, alone: bool) -> str | None:
    """Undo an act of ours, or do it again unless `back`; the transaction is the caller's.

    A change whose annotation is no longer as it was left is another reader's now: left out, as one
    that cannot be read is.

    Args:
        db: The library's.
        article: The article's id.
        back: Whether to undo.
        alone: Whether what was done before this connection is ours, too: nobody else is here.

    Returns:
        What was undone or redone, in a few words; None for nothing.
    """
    order, last = ("DESC", "max") if back else ("ASC", "min")
    undone = 0 if back else 1
    ours = f"article = ? AND undone = ? AND {_OURS.format('?')}"
    values = (article, undone, 0 if alone else 1)
    while True:
        acts = db.execute(
            "SELECT number, annotation, before, after FROM acts "
            f"WHERE {ours} AND bundle = (SELECT {last}(bundle) FROM acts WHERE {ours}) "
            f"ORDER BY number {order}",
            values * 2,
        ).fetchall()
        if not acts:
            return None
        stepped: list[Change] = []
        edited = ""
        for number, identity, *states in acts:
            db.execute(
                "UPDATE acts SET undone = ?, at = ? WHERE number = ?", (1 - undone, now(), number)
            )
            if identity == METADATA:
                edited = _edited_back(db, article, states, back)
            elif change := _stepped(db, article, identity, states, back):
                stepped.append(change)
        if stepped or edited:
            return _summary(stepped) if stepped else edited


def _stepped(
    db: sqlite3.Connection, article: str, identity: str, states: list[str | None], back: bool
) -> Change | None:
    """The change of an annotation that was undone, or done again; None where it is left alone."""
    try:
        before, after = (_read(state) if state else None for state in states)
        there = stored(db, identity)
    except (msgspec.DecodeError, NotDone):
        return None
    source, goal = (after, before) if back else (before, after)
    if there != source:
        return None
    put(db, article, source, goal)
    return before, after


def _edited_back(db: sqlite3.Connection, article: str, states: list[str | None], back: bool) -> str:
    """What was put back or edited again, in words; "" where it is left alone."""
    try:
        before, after = (fields.read(state or "") for state in states)
    except msgspec.DecodeError:
        return ""
    source, goal = (after, before) if back else (before, after)
    if fields.values(db, article, source) != source:
        return ""
    fields.put(db, article, goal, now())
    return f"changing the {' and the '.join(fields.WORDS[name] for name in goal)}"


def renew(
    db: sqlite3.Connection, identity: str, change: Callable[[Annotation], Annotation]
) -> None:
    """Change an annotation, and each state of it in the log: what is no act of the reader's.

    So undoing brings no older one back. A state that cannot be read stays; the transaction is the
    caller's.
    """
    for number, *states in db.execute(
        "SELECT number, before, after FROM acts WHERE annotation = ?", (identity,)
    ).fetchall():
        changed = [_renewed(state, change) for state in states]
        if changed != states:
            db.execute("UPDATE acts SET before = ?, after = ? WHERE number = ?", (*changed, number))
    row = db.execute("SELECT article FROM annotations WHERE id = ?", (identity,)).fetchone()
    note = stored(db, identity, needed=False)
    if row and note is not None and (after := change(note)) != note:
        put(db, row[0], note, after)


def _renewed(state: str | None, change: Callable[[Annotation], Annotation]) -> str | None:
    try:
        return as_json(change(_read(state))) if state else state
    except msgspec.DecodeError:
        return state


def stored(db: sqlite3.Connection, identity: str, needed: bool = True) -> Annotation | None:
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


def is_taken(db: sqlite3.Connection, identity: str) -> bool:
    """Whether there is an annotation of that id, on whatever article."""
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


def put(
    db: sqlite3.Connection, article: str, before: Annotation | None, after: Annotation | None
) -> None:
    """Store an annotation in the place of what it was; None for one that is not there."""
    if before is not None:
        db.execute("DELETE FROM annotations WHERE id = ?", (before.id,))
    if after is not None:
        one = {"article": article, **columns_of(after)}
        names = ", ".join(one)
        db.execute(
            f"INSERT INTO annotations ({names}) VALUES ({', '.join(f':{name}' for name in one)})",
            one,
        )


def columns_of(note: Annotation) -> dict[str, Any]:
    """An annotation's row, but for its article."""
    return {
        "id": note.id,
        "start": note.target.start,
        "end": note.target.end,
        "exact": note.target.exact,
        "comment": note.comment,
        "tags": as_json(note.tags),
        "verdict": note.verdict,
        "placed": note.placed,
        "created": note.created,
        "modified": note.modified,
        "json": as_json(note),
    }


def _summary(changes: Sequence[Change]) -> str:
    """An act in a few words, from (before, after) of each annotation that it changed."""
    if len(changes) == 1:
        ((before, after),) = changes
        if before and after:
            return _of_one(before, after)
        return short(after) if after else f"removing the {short(before)}" if before else ""
    new = [after for _, after in changes if after]
    gone = [before for before, _ in changes if before]
    if len(new) + len(gone) == len(changes) and len(new) == 1:
        return short(new[0])  # in the place of the others
    return f"{'changing' if new and gone else 'adding' if new else 'removing'} {len(changes)} notes"


def _of_one(before: Annotation, after: Annotation) -> str:
    """What an act made of an annotation: the weightiest of what it added, removed or changed."""
    for name in _BODIES:
        was, is_now = getattr(before, name), getattr(after, name)
        if was == is_now:
            continue
        kept = after if is_now else before
        others = {one: nothing for one, nothing in _BODIES.items() if one != name}
        verb = "changing the " if was and is_now else "" if is_now else "removing the "
        return verb + short(msgspec.structs.replace(kept, **others))
    return f"changing the {short(after)}"


def _read(state: bytes | str) -> Annotation:
    return msgspec.json.decode(state, type=Annotation)


def as_json(value: object) -> str:
    """`value` as the library's columns hold it."""
    return msgspec.json.encode(value).decode()
