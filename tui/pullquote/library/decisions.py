"""What the reader decides about voices: acts over the whole library, logged, undone, redone.

A decision is on a name (of all its actors, or of those in one work), on an identity, or on a pair
of names that are never proposed again. It has no number of a voice in it and no id of an actor, so
that it outlives every analysis and means the same in another library. What is undone stays as an
empty row with its moment, so that merging libraries does not bring it back.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from pullquote.library.indexing import settle, settle_voices
from pullquote.library.seating import ARTICLE, IDENTITY, NAME, REFUSED, Said
from pullquote.notes.annotations import now
from pullquote.notes.voices import BODY, PERSON
from pullquote.text import is_on_the_web, one_line
from pullquote.vocabulary import ActorKind

_ID = re.compile("[0-9a-f]{32}")
_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,11})/?")
IS_CALLED = (  # a member, by its main name
    "EXISTS (SELECT 1 FROM json_each(members.names) "
    "WHERE json_extract(value, '$[0]') = 'main' AND json_extract(value, '$[1]') = ?)"
)
_LONGEST = 2000  # characters of a value; a name and a role have some dozens


class Key(NamedTuple):
    """What a decision is on; `place` is a work or another name, or "" where it is everywhere."""

    what: str
    kind: str
    name: str
    place: str = ""


class Step(NamedTuple):
    """A decision as it was and as it is; "" for none."""

    key: Key
    before: str
    after: str


def decide(
    db: sqlite3.Connection, wanted: Sequence[tuple[Key, str]], said: str, voices: Sequence[int] = ()
) -> bool:
    """Make decisions as one act and log it; the transaction is the caller's.

    Args:
        db: The library's.
        wanted: What is decided, each as a value for its key; "" takes a decision back.
        said: What the act is, in a few words.
        voices: The voices that are to keep their numbers, the first first.

    Returns:
        Whether that changed anything.
    """
    steps = [
        Step(key, before, value)
        for key, value in dict(wanted).items()
        if (before := _value(db, key)) != value
    ]
    if not steps:
        return False
    db.execute("DELETE FROM decision_log WHERE undone = 1")
    log = "INSERT INTO decision_log (at, said, json) VALUES (?, ?, ?)"
    db.execute(log, (now(), said, msgspec.json.encode(steps).decode()))
    _carry_out(db, [(step.key, step.after) for step in steps], voices)
    return True


def step(db: sqlite3.Connection, back: bool) -> str | None:
    """Undo the last act on voices, or do it again unless `back`; the transaction is the caller's.

    What another reader has decided otherwise since is left as it is.

    Returns:
        What was undone or done again, in a few words; None for nothing.
    """
    order = "DESC" if back else "ASC"
    query = f"SELECT number, said, json FROM decision_log WHERE undone = ? ORDER BY number {order}"
    for number, said, json in db.execute(query, (0 if back else 1,)).fetchall():
        query = "UPDATE decision_log SET undone = ?, at = ? WHERE number = ?"
        db.execute(query, (int(back), now(), number))
        steps = [one if not back else Step(one.key, one.after, one.before) for one in _read(json)]
        done = [(one.key, one.after) for one in steps if _value(db, one.key) == one.before]
        if done:
            _carry_out(db, done)
            return str(said)
    return None


def _read(json: str) -> list[Step]:
    try:
        return msgspec.json.decode(json, type=list[Step])
    except msgspec.MsgspecError:
        return []


def _value(db: sqlite3.Connection, key: Key) -> str:
    query = "SELECT value FROM decisions WHERE (what, kind, name, place) = (?, ?, ?, ?)"
    row = db.execute(query, key).fetchone()
    return str(row[0]) if row else ""


def _carry_out(
    db: sqlite3.Connection,
    decided: Sequence[tuple[Key, str]],
    voices: Sequence[int] = (),
    when: str = "",
) -> None:
    touched = dict.fromkeys([*voices, *_touched(db, decided)])
    db.executemany(
        "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
        [(*key, value, when or now()) for key, value in decided],
    )
    touched |= dict.fromkeys(_touched(db, decided))
    names = {(key.kind, key.name) for key, _ in decided if key.what in (NAME, ARTICLE)}
    settle_voices(db, names, list(touched), voices)
    again = {id for key, _ in decided if key.what == ARTICLE for id in _unseated(db, key)}
    for article in sorted(again):
        query = "INSERT OR IGNORE INTO stale SELECT number FROM articles WHERE id = ?"
        db.execute(query, (article,))
        settle(db, article)


def _unseated(db: sqlite3.Connection, key: Key) -> list[str]:
    """The articles of a work in which nobody of a name has a voice yet."""
    rows = db.execute(
        "SELECT id FROM articles JOIN indexed ON article = number WHERE work = ? AND NOT EXISTS "
        f"(SELECT 1 FROM members WHERE article = number AND {IS_CALLED})",
        (key.place, key.name),
    )
    return [row[0] for row in rows]


def _touched(db: sqlite3.Connection, decided: Iterable[tuple[Key, str]]) -> list[int]:
    """The voices that have the names or the identities that decisions are on."""
    voices = list[int]()
    for key, value in decided:
        identity = key.name if key.what == IDENTITY else value
        rows = db.execute(
            "SELECT voice FROM voice_names WHERE use = 'main' AND name = ?1 AND kind = ?2 "
            "AND ?3 != 'refused' UNION SELECT number FROM voices WHERE identity = ?4 "
            "AND identity != '' AND ?3 != 'refused'",
            (key.name, key.kind, key.what, identity),
        )
        voices += [row[0] for row in rows]
    return voices


# --- what belongs to a voice


def anchored(
    db: sqlite3.Connection, voices: Sequence[int], identity: str, without: Sequence[int] = ()
) -> list[tuple[Key, str]]:
    """Decisions that give the members of some voices an identity.

    They are by name, for articles to come, too; a name that another voice has as well, and a
    surname alone, is decided article by article.

    Args:
        db: The library's.
        voices: The numbers of the voices.
        identity: What they are to be.
        without: The numbers of articles whose members are left out.
    """
    marks, out = ", ".join("?" * len(voices)), msgspec.json.encode(without).decode()
    rows = db.execute(
        "SELECT DISTINCT own.kind, own.name, EXISTS (SELECT 1 FROM voice_names AS other "
        "WHERE other.name = own.name AND other.kind = own.kind AND (other.use = 'alone' "
        f"OR other.use = 'main' AND other.voice NOT IN ({marks}))) "
        f"FROM voice_names AS own WHERE own.voice IN ({marks}) AND own.use = 'main'",
        (*voices, *voices),
    ).fetchall()
    found = [(Key(NAME, kind, name), identity) for kind, name, is_shared in rows if not is_shared]
    for kind, name, is_shared in rows:
        if is_shared:
            works = db.execute(
                "SELECT DISTINCT work FROM members JOIN articles ON number = article "
                f"WHERE voice IN ({marks}) AND article NOT IN (SELECT value FROM json_each(?)) "
                f"AND {IS_CALLED}",
                (*voices, out, name),
            )
            found += [(Key(ARTICLE, kind, name, work), identity) for (work,) in works.fetchall()]
    return found


def handed_over(db: sqlite3.Connection, identity: str, to: str) -> list[tuple[Key, str]]:
    """Decisions that give all that has one identity another, and that identity up."""
    rows = db.execute(
        "SELECT what, kind, name, place FROM decisions WHERE value = ? AND what != 'identity'",
        (identity,),
    )
    own = db.execute(
        "SELECT what, kind, name, place FROM decisions WHERE what = 'identity' AND name = ?",
        (identity,),
    )
    given_up = [(Key(*row), "") for row in own.fetchall()]
    return [*((Key(*row), to) for row in rows.fetchall()), *given_up]


def saying(identity: str, said: Said) -> tuple[Key, str]:
    """The decision that says what an identity is called."""
    return Key(IDENTITY, "", identity), msgspec.json.encode(said).decode()


def refusal(kind: str, one: str, other: str) -> tuple[Key, str]:
    """The decision that two names are never proposed as one voice again."""
    first, second = sorted((one, other))
    return Key(REFUSED, kind, first, second), "refused"


def checked_link(typed: str) -> str:
    """A Wikidata id or an address, as it is stored; "" for nothing typed.

    Raises:
        ValueError: It is neither; the message says what is.
    """
    typed = one_line(typed).strip()
    if match := _WIKIDATA.fullmatch(typed):
        return match[1]
    if typed and not (is_on_the_web(typed) and " " not in typed and len(typed) < _LONGEST):
        raise ValueError(f"“{typed[:60]}” is no link: a Wikidata id (Q42) or an address is")
    return typed


# --- out and in


class Row(msgspec.Struct, frozen=True):
    """A decision as files have it."""

    what: str
    kind: str = ""
    name: str = ""
    place: str = ""
    value: str = ""
    modified: str = ""


def all_rows(db: sqlite3.Connection) -> list[Row]:
    """All decisions, and those taken back."""
    query = "SELECT what, kind, name, place, value, modified FROM decisions ORDER BY 1, 2, 3, 4"
    return [Row(*map(str, row)) for row in db.execute(query)]


def take_in(db: sqlite3.Connection, rows: Iterable[Row], said: str, only_later: bool = True) -> int:
    """Take in decisions of another library, as one act; the transaction is the caller's.

    Where both have given a name an identity, the two are one.

    Args:
        db: The library's.
        rows: The decisions; those that could not be ours are left out.
        said: What the act is, in a few words.
        only_later: Whether, of two on the same, the later stands; else theirs does.

    Returns:
        How many decisions changed.
    """
    coming = [one for row in rows if (one := vetted(row))]
    same = dict[str, str]()
    for one in coming:
        ours = _value(db, Key(*msgspec.structs.astuple(one)[:4]))
        if one.what == NAME and one.value and ours not in ("", one.value):
            same[one.value] = ours
    wanted = dict[Key, str]()
    for one in coming:
        name = same.get(one.name, one.name) if one.what == IDENTITY else one.name
        key = Key(one.what, one.kind, name, one.place)
        query = "SELECT modified FROM decisions WHERE (what, kind, name, place) = (?, ?, ?, ?)"
        row = db.execute(query, key).fetchone()
        if row is None or row[0] < one.modified or not only_later:
            wanted[key] = same.get(one.value, one.value)
    before = {key: _value(db, key) for key in wanted}
    decide(db, list(wanted.items()), said)
    return sum(before[key] != value for key, value in wanted.items())


def vetted(row: Row) -> Row | None:
    """A decision that somebody else's file has, if it could be ours."""
    from pullquote.library.vetting import past  # what only a merge needs

    texts = [one_line(value) for value in msgspec.structs.astuple(row)]
    if any(len(text) > _LONGEST for text in texts) or not (when := past(row.modified)):
        return None
    what, kind, name, place, value, _ = texts
    if what == IDENTITY:
        said = _vetted_said(row.value)
        is_known = bool(_ID.fullmatch(name)) and not kind and said is not None
        return Row(what, "", name, "", said or "", when) if is_known else None
    is_known = what in (NAME, ARTICLE, REFUSED) and kind in (PERSON, BODY) and bool(name)
    is_sound = what == REFUSED or not value or bool(_ID.fullmatch(value))
    return Row(what, kind, name, place, value, when) if is_known and is_sound else None


def _vetted_said(value: str) -> str | None:
    if not value:
        return ""
    try:
        said = msgspec.json.decode(value, type=Said)
        link = checked_link(said.link)
        kind = ActorKind(said.kind) if said.kind else ""
    except (msgspec.MsgspecError, ValueError, UnicodeError):
        return None
    return msgspec.json.encode(Said(kind, one_line(said.name), one_line(said.role), link)).decode()


def forget_decisions(db: sqlite3.Connection) -> None:
    """Forget what was decided on names that no article has, and the log of that.

    An article that is not in the index, as one whose findings are damaged, has all the names whose
    words are in it.
    """
    there = (
        "(EXISTS (SELECT 1 FROM voice_names WHERE use = 'main' AND voice_names.name = {0} "
        "AND voice_names.kind = decisions.kind) OR is_unread({0}))"
    )
    unread = (
        "SELECT EXISTS (SELECT 1 FROM article_words WHERE article_words MATCH ? "
        "AND rowid NOT IN (SELECT article FROM indexed))"
    )

    @cache
    def is_unread(name: str) -> bool:
        words = " ".join(f'"{word}"' for word in name.replace('"', " ").split())
        return bool(words and db.execute(unread, (words,)).fetchone()[0])

    db.create_function("is_unread", 1, is_unread)
    db.execute(
        "DELETE FROM decisions WHERE what != 'identity' AND NOT ("
        f"{there.format('decisions.name')} AND (what != 'refused' OR {there.format('place')}) "
        "AND (what != 'article' OR place IN (SELECT work FROM articles)))"
    )
    db.execute(
        "DELETE FROM decisions WHERE what = 'identity' AND name NOT IN "
        "(SELECT value FROM decisions WHERE what IN ('name', 'article'))"
    )
    left = {row[0] for row in db.execute("SELECT what || kind || name || place FROM decisions")}
    for number, json in db.execute("SELECT number, json FROM decision_log").fetchall():
        if not all("".join(one.key) in left for one in _read(json)):
            db.execute("DELETE FROM decision_log WHERE number = ?", (number,))
