"""Two libraries become one: articles, metadata, journal and notes of another come into this one.

Merging again changes nothing, and either library merged into the other gives the same. Of the
journal the first and the last days stand and the furthest place; of metadata that both readers put
right, what was put right later; of notes, both sides (tui/pullquote/notes/merging.py). What comes
in is one act for each article, which undo takes back.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from pullquote.library import fields, records
from pullquote.library.acts import METADATA, as_json, is_taken, put, record
from pullquote.library.records import Record, Row
from pullquote.notes.annotations import Annotation
from pullquote.notes.lines import short
from pullquote.notes.merging import Course, joined
from pullquote.text import one_line

_OWN = ("annotations", "acts", "metadata")  # merged here; of other tables, what is not there comes
_Logged = list[tuple[str, str | None, str | None]]


class Outcome(msgspec.Struct):
    """What a merge has done so far."""

    counts: Counter[str] = msgspec.field(default_factory=Counter)
    remarks: list[str] = []  # one line each
    wrong: list[str] = []  # what could not be read, one line each


def merge(db: sqlite3.Connection, theirs: Record, outcome: Outcome) -> None:
    """Merge another library's article into this one; the transaction is the caller's."""
    ours = records.read(db, theirs.id)
    if ours is None:
        records.insert(db, theirs)
        outcome.counts["article new"] += 1
        outcome.counts["note new"] += len(theirs.rows.get("annotations", ()))
        return
    _journal(db, ours, theirs)
    logged, when = _metadata(db, ours, theirs, outcome)
    for table in records.tables(db):
        if table not in _OWN:
            records.add(db, table, theirs.rows.get(table, ()))
    noted, last = _notes(db, ours, theirs, outcome)
    if logged or noted:
        record(db, ours.id, [*logged, *noted], max(when, last))


# --- the journal


def _journal(db: sqlite3.Connection, ours: Record, theirs: Record) -> None:
    one, other = ours.article, theirs.article
    first, second = sorted((one, other), key=lambda row: (row["added"], as_json(_plain(row))))
    both = {
        name: first[name] if first[name] not in ("", "[]", None) else second.get(name, first[name])
        for name in one
        if name in other and name not in (*fields.FIELDS, "id", "text", "origin")
    }
    both |= {name: rule(one, other) for name, rule in _RULES.items()}
    changed = {name: value for name, value in both.items() if value != one[name]}
    if changed:
        db.execute(
            f"UPDATE articles SET {', '.join(f'{name} = ?' for name in changed)} WHERE id = ?",
            (*changed.values(), ours.id),
        )


def _plain(row: Row) -> dict[str, Any]:
    return {name: value for name, value in sorted(row.items()) if not isinstance(value, bytes)}


def _finished(one: Row, other: Row) -> str:
    return min(filter(None, (one["finished"], other["finished"])), default="")


def _place(one: Row, other: Row) -> int | None:
    """Where the reader left off last."""
    left = [row for row in (one, other) if row["place"] is not None]
    return max(((row["opened"], row["place"]) for row in left), default=(None, None))[1]


def _work(one: Row, other: Row) -> str:
    """Linked by a reader or named by its address, rather than an article by itself."""
    return min(str(one["work"]), str(other["work"]), key=lambda work: (work == one["id"], work))


_RULES: Mapping[str, Callable[[Row, Row], object]] = {
    "added": lambda one, other: min(one["added"], other["added"]),
    "opened": lambda one, other: max(one["opened"], other["opened"]),
    "furthest": lambda one, other: max(one["furthest"], other["furthest"]),
    "finished": _finished,
    "place": _place,
    "work": _work,
    "origin": lambda one, other: one["origin"] or other["origin"],  # a path of this machine
}


# --- metadata


def _metadata(
    db: sqlite3.Connection, ours: Record, theirs: Record, outcome: Outcome
) -> tuple[_Logged, str]:
    """Merge the metadata; the act that it was, and when it was done."""
    mine, others = (_edits(one) for one in (ours, theirs))
    first, second = sorted(
        (ours, theirs), key=lambda one: (one.article["added"], as_json(_plain(one.article)))
    )
    before, after, last = dict[str, str](), dict[str, str](), ""
    for name in fields.FIELDS:
        edits = [
            (edits[name]["edited"], one.article[name])
            for edits, one in ((mine, ours), (others, theirs))
            if name in edits
        ]
        said = _said(first, name) or _said(second, name)
        when, value = max(edits, default=("", said))
        was = ours.article[name]
        if value != was and when:
            before[name], after[name], last = was, value, max(last, when)
        if len({value for _, value in edits}) > 1 and value != was:
            outcome.remarks.append(
                one_line(
                    f"{ours.id[:8]}: of two values for {name} the later stands: “{value}”, not "
                    f"“{was}”; u in the reader brings the other back"
                )
            )
        if edits:
            db.execute(
                "INSERT OR REPLACE INTO metadata VALUES (?, ?, ?, ?)", (ours.id, name, said, when)
            )
        if value != was:
            db.execute(f"UPDATE articles SET {name} = ? WHERE id = ?", (value, ours.id))
    outcome.counts["article put right"] += bool(after)
    return ([(METADATA, as_json(before), as_json(after))] if after else []), last


def _edits(one: Record) -> dict[str, Row]:
    return {row["field"]: row for row in one.rows.get("metadata", ())}


def _said(one: Record, name: str) -> str:
    """What the page said in a library."""
    edit = _edits(one).get(name)
    return str(edit["said"] if edit else one.article[name])


# --- notes


def _notes(
    db: sqlite3.Connection, ours: Record, theirs: Record, outcome: Outcome
) -> tuple[_Logged, str]:
    """Merge the notes; the act that it was, and when the last of it was done."""
    mine, others = _courses(ours), _courses(theirs)
    logged: _Logged = []
    last = ""
    for identity in dict.fromkeys((*mine, *others)):
        one, other = mine.get(identity, _NEVER), others.get(identity, _NEVER)
        if one is None or other is None:  # damaged
            continue
        note = joined(one, other)
        if note == one.now:
            continue
        if one.now is None and is_taken(db, identity):
            outcome.remarks.append(f"the note {identity} is on another article here: left out")
            continue
        put(db, ours.id, one.now, note)
        # their state is part of what this note has been from now on: merging again sees it; and as
        # what it came in, an import that is undone knows it
        first = other.first if one.now is None and identity not in mine else None
        between = [state for state in (first, other.now) if state not in (one.now, note, None)]
        states = [one.now, *dict.fromkeys(between), note]
        logged += [
            (identity, as_json(before) if before else None, as_json(after) if after else None)
            for before, after in pairwise(states)
        ]
        last = max(last, one.at, other.at)
        _tell(one.now, note, one.now is not None and bool(between), outcome)
    return logged, last


def _tell(
    before: Annotation | None, after: Annotation | None, is_both: bool, outcome: Outcome
) -> None:
    kind = "new" if before is None else "removed" if after is None else "changed"
    outcome.counts[f"note {kind}"] += 1
    if is_both and after:
        outcome.remarks.append(one_line(f"changed in both, and both changes stand: {short(after)}"))


_NEVER = Course(None)


def _courses(one: Record) -> dict[str, Course | None]:
    """What became of each note, by its id; None for one that cannot be read."""
    found: dict[str, Course | None] = {}
    acts: dict[str, list[Row]] = defaultdict(list)
    for act in one.rows.get("acts", ()):
        if act["annotation"] != METADATA:
            acts[act["annotation"]].append(act)
    there = {row["id"]: row["json"] for row in one.rows.get("annotations", ())}
    for identity in dict.fromkeys((*there, *acts)):
        try:
            now = _read(there[identity]) if identity in there else None
        except (msgspec.DecodeError, UnicodeError):
            found[identity] = None
            continue
        found[identity] = _course(now, acts[identity])
    return found


def _course(now: Annotation | None, acts: Sequence[Row]) -> Course:
    known = dict.fromkeys(filter(None, (now,)))
    first = None
    for act in acts:
        before, after = (_readable(act[side]) for side in ("before", "after"))
        first = first or (after if act["before"] is None else None)
        known |= dict.fromkeys(filter(None, (before, after)))
    done = [act for act in acts if not act["undone"]]
    is_removed = bool(done) and done[-1]["after"] is None
    at = max((act["at"] for act in acts), default="")
    return Course(now, frozenset(known), at, is_removed, first)


def _readable(state: str | None) -> Annotation | None:
    try:
        return _read(state) if state else None
    except (msgspec.DecodeError, UnicodeError):
        return None


def _read(state: str) -> Annotation:
    return msgspec.json.decode(state, type=Annotation)
