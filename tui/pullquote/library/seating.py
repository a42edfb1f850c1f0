"""Which voice each actor of an article has: decided by the reader, else by names.

What the reader has decided stands in `decisions`, by names and works rather than by actors' ids or
voices' numbers, which a new analysis gives anew: a row `name` or `article` gives the actors of a
name, in all articles or in one, an identity, and a row `identity` says what the reader calls it.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from pullquote.findings import Actor, ActorKind
from pullquote.notes.apart import Profile, why_apart, year_of_birth
from pullquote.notes.names import Names, Use
from pullquote.notes.people import has_anothers_name
from pullquote.notes.voices import PERSON, class_of, names_of, usual_name

_SAMPLE = 40  # members that a newcomer is compared with, the newest

NAME, ARTICLE, IDENTITY, REFUSED = "name", "article", "identity", "refused"  # decisions are on
# the voices that somebody has just left, by class and name
Vacant = Mapping[tuple[str, str], Sequence[int]]


# a member's; libraries had it of the voice alone
KIND = "coalesce(nullif(members.kind, ''), voices.kind)"
# the second condition is for SQLite, whose index knows no others
_BY_IDENTITY = "SELECT number FROM voices WHERE identity = ? AND identity != ''"


class Said(msgspec.Struct, frozen=True):
    """What the reader has said of an identity; "" for what they have not."""

    kind: str = ""
    name: str = ""
    role: str = ""
    link: str = ""


class Newcomer(NamedTuple):
    """An actor that is to have a voice."""

    article: int
    actor: str
    kind: str
    profile: Profile
    names: Names


def seat(
    db: sqlite3.Connection, article: int, actors: Iterable[Actor], text: str, vacant: Vacant
) -> dict[str, int]:
    """Give the actors of an article their voices; the transaction is the caller's.

    Args:
        db: The library's.
        article: The article's number; it has no members yet.
        actors: All that are in it.
        text: The article's.
        vacant: The voices that its actors had before.

    Returns:
        The number of each actor's voice, by the actor's id; the unnamed have none.
    """
    query = "SELECT work, published FROM articles WHERE number = ?"
    work, published = db.execute(query, (article,)).fetchone()
    seats = dict[str, int]()
    for actor in actors:
        names = names_of(actor)
        if not names.main:
            continue
        born = None
        if actor.kind is ActorKind.PERSON:
            born = year_of_birth(text, (end for _, end in actor.mentions), published)
        profile = Profile(actor.name, actor.role or "", actor.affiliation or "", born)
        if actor.kind is ActorKind.PERSON and has_anothers_name(actor.name, actor.aliases):
            profile = Profile(actor.name)  # the rest may be the other's
        one = Newcomer(article, actor.id, actor.kind, profile, names)
        if voice := sit_down(db, one, work, vacant):
            seats[actor.id] = voice
    return seats


def sit_down(db: sqlite3.Connection, one: Newcomer, work: str, vacant: Vacant) -> int | None:
    """Make an actor a member of its voice; None for one that has none."""
    identity = _decided(db, one, work)
    voice = _of_identity(db, one, identity, vacant) if identity else None
    if voice is None:
        if not one.names.joins:
            return None
        joined, why = _joined(db, one)
        voice = joined or _new(db, one, vacant, why)
    _make_member(db, one, voice)
    return voice


def _make_member(db: sqlite3.Connection, one: Newcomer, voice: int) -> None:
    db.execute(
        "INSERT INTO members (article, actor, voice, name, role, affiliation, born, names, kind) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (one.article, one.actor, voice, *one.profile, _as_json(one.names), one.kind),
    )


def _as_json(names: Names) -> str:
    pairs = [(use, name) for use, ones in names.uses.items() for name in ones]
    return msgspec.json.encode(pairs).decode()


def names_in(json: str) -> Names:
    """The names of a member, out of its row."""
    uses: dict[str, list[str]] = {use: [] for use in Use}
    for use, name in msgspec.json.decode(json):
        uses[use].append(name)
    main = "".join(uses[Use.MAIN][:1])
    return Names(
        main,
        joins=not uses[Use.ALONE],
        aliases=tuple(uses[Use.ALIAS]),
        initials="".join(uses[Use.INITIALS][:1]),
        loose=tuple(uses[Use.LOOSE]),
    )


# --- what the reader has decided


def _decided(db: sqlite3.Connection, one: Newcomer, work: str) -> str:
    """The identity that the reader has given an actor of that name; "" for none."""
    row = db.execute(
        "SELECT value FROM decisions WHERE value != '' AND kind = ?1 AND name = ?2 AND "
        "(what = 'article' AND place = ?3 OR what = 'name' AND place = '') "
        "ORDER BY what LIMIT 1",
        (class_of(one.kind), one.names.main, work),
    ).fetchone()
    return row[0] if row else ""


def _of_identity(db: sqlite3.Connection, one: Newcomer, identity: str, vacant: Vacant) -> int:
    row = db.execute(_BY_IDENTITY, (identity,)).fetchone()
    if row:
        return int(row[0])
    voice = _new(db, one, vacant)
    said = said_of(db, identity)
    db.execute(
        "UPDATE voices SET identity = ?, kind = ?, name = ?, role = ?, link = ?, why = '' "
        "WHERE number = ?",
        (
            identity,
            said.kind or one.kind,
            said.name or one.profile.name,
            said.role,
            said.link,
            voice,
        ),
    )
    return voice


def said_of(db: sqlite3.Connection, identity: str) -> Said:
    """What the reader has said of an identity."""
    query = "SELECT value FROM decisions WHERE what = 'identity' AND name = ?"
    row = db.execute(query, (identity,)).fetchone()
    try:
        return msgspec.json.decode(row[0] or "{}", type=Said) if row else Said()
    except msgspec.DecodeError:
        return Said()


# --- what the names say


def _joined(db: sqlite3.Connection, one: Newcomer) -> tuple[int | None, str]:
    """The voice that shares most of the names, or what speaks against all that share some."""
    kind, names = class_of(one.kind), one.names
    marks = ", ".join("?" * len(names.joining))
    rows = db.execute(
        "SELECT voice, sum(members) FROM voice_names "
        f"WHERE use IN ('main', 'alias') AND kind = ? AND name IN ({marks}) GROUP BY voice "
        "ORDER BY max(use = 'main' AND name = ?) DESC, sum(members) DESC, voice LIMIT 8",
        (kind, *names.joining, names.main),
    ).fetchall()
    if not rows:
        return None, ""
    why = ""
    for voice, _ in rows:
        why = why_apart(one.profile, members_of(db, voice)) if kind == PERSON else ""
        if not why:
            return int(voice), ""
    return None, why


def members_of(db: sqlite3.Connection, voice: int) -> tuple[Profile, ...]:
    """What the newest articles say of the members of a voice."""
    rows = db.execute(
        "SELECT name, role, affiliation, born FROM members WHERE voice = ? "
        "ORDER BY article DESC LIMIT ?",
        (voice, _SAMPLE),
    )
    return tuple(Profile(*row) for row in rows)


def _new(db: sqlite3.Connection, one: Newcomer, vacant: Vacant, why: str = "") -> int:
    """A voice of its own: the one that it had before, if nobody else has it now."""
    for before in vacant.get((class_of(one.kind), one.names.main), ()):
        taken = db.execute(
            "UPDATE voices SET kind = ?, name = ?, why = ?, identity = '', role = '', link = '' "
            "WHERE number = ? AND NOT EXISTS (SELECT 1 FROM members WHERE voice = number)",
            (one.kind, one.profile.name, why, before),
        )
        if taken.rowcount:
            return before
    made = db.execute(
        "INSERT INTO voices (kind, name, why) VALUES (?, ?, ?)", (one.kind, one.profile.name, why)
    )
    assert made.lastrowid
    return made.lastrowid


def seat_anew(db: sqlite3.Connection, voices: Sequence[int]) -> list[str]:
    """Give the members of some voices their voices again; the transaction is the caller's.

    Whom nothing is decided about, and nothing was, stays: what is of a namesake draws nobody.

    Returns:
        The ids of the articles of which it cannot be told which of two members says what: they are
        to be indexed anew.
    """
    marks = ", ".join("?" * len(voices))
    rows = db.execute(
        f"SELECT article, id, actor, voice, {KIND}, work, members.names, "
        "members.name, members.role, affiliation, born "
        "FROM members JOIN voices ON voices.number = voice "
        f"JOIN articles ON articles.number = article WHERE voice IN ({marks})",
        voices,
    ).fetchall()
    several = Counter((row[0], row[3]) for row in rows)
    query = f"SELECT number, identity, name FROM voices WHERE number IN ({marks})"
    known = {voice: (identity, name) for voice, identity, name in db.execute(query, voices)}
    staying = list[tuple[int, Newcomer]]()
    coming = list[tuple[tuple[int, bool, bool], str, int, str, Newcomer]]()
    for article, id, actor, before, kind, work, names, *profile in rows:
        one = Newcomer(article, actor, kind, Profile(*profile), names_in(names))
        identity, name = known[before]
        decided = _decided(db, one, work)
        if not identity and not decided:
            staying.append((before, one))
            continue
        leaves = decided != identity  # and so leaves the number to others
        rank = (voices.index(before), leaves, one.profile.name != name)
        coming.append((rank, id, before, work, one))
    coming.sort(key=lambda row: (*row[0], row[-1].article, row[-1].actor))
    for voice in voices:
        db.execute("DELETE FROM members WHERE voice = ?", (voice,))
        db.execute(
            "UPDATE voices SET identity = '', role = '', link = '' WHERE number = ?", (voice,)
        )
    moved = defaultdict(list)
    again, seated = set[str](), set(voices)
    kept = {before for before, _ in staying}
    for _, id, before, work, one in coming:
        free = [] if before in kept else [before]
        now = sit_down(db, one, work, {(class_of(one.kind), one.names.main): free})
        if now is None or (now != before and several[one.article, before] > 1):
            again.add(id)
        elif now != before:
            moved[before, now].append(one.article)
        seated |= {now} if now else set()
    for before, one in staying:
        _make_member(db, one, before)
    for (before, voice), articles in moved.items():
        _move_words(db, before, voice, articles)
    settle_names(db, seated)
    return sorted(again)


def _move_words(db: sqlite3.Connection, before: int, voice: int, articles: Sequence[int]) -> None:
    """Give what one voice says in some articles, and what is said about it there, to another."""
    among = msgspec.json.encode(articles).decode()
    in_articles = "article IN (SELECT value FROM json_each(?))"
    db.execute(
        f"UPDATE said SET voice = ? WHERE voice = ? AND {in_articles}", (voice, before, among)
    )
    rows = db.execute(
        "SELECT number, voice, facets FROM said WHERE number IN "
        f"(SELECT rowid FROM said_words WHERE said_words MATCH ?) AND {in_articles}",
        (f"facets : (a{before} OR a{voice})", among),
    ).fetchall()
    own = {f"a{before}", f"a{voice}"}
    for said, speaker, facets in rows:  # nobody speaks about themselves
        tokens = [one for one in facets.split() if one not in own]
        tokens = [*([] if speaker == voice else [f"a{voice}"]), *tokens]
        db.execute("UPDATE said SET facets = ? WHERE number = ?", (" ".join(tokens), said))


# --- coming and going


def seats_in(db: sqlite3.Connection, articles: Iterable[int]) -> dict[tuple[str, str], list[int]]:
    """The voices that have members in any of the articles, by class and name."""
    query = (
        f"SELECT {KIND}, members.names, voice FROM members JOIN voices ON voices.number = voice "
        "WHERE article = ?"
    )
    found = defaultdict[tuple[str, str], list[int]](list)
    for number in articles:
        for kind, names, voice in db.execute(query, (number,)):
            found[class_of(kind), names_in(names).main].append(voice)
    return found


def settle_names(db: sqlite3.Connection, voices: Iterable[int]) -> None:
    """Forget voices that no article has any more; call the others what most articles call them.

    The transaction is the caller's.
    """
    for voice in set(voices):
        names = Counter(one.name for one in members_of(db, voice))
        if not names:
            db.execute("DELETE FROM voices WHERE number = ?", (voice,))
            continue
        query = "SELECT identity, kind FROM voices WHERE number = ?"
        identity, kind = db.execute(query, (voice,)).fetchone()
        name = said_of(db, identity).name if identity else ""
        name = name or usual_name(names, kind)
        query = "UPDATE voices SET name = ?1 WHERE number = ?2 AND name != ?1"
        db.execute(query, (name, voice))
