"""Which voice each actor of an article has: decided by the reader, else by names.

What the reader has decided stands in `decisions`, by names and works rather than by actors' ids or
voices' numbers, which a new analysis gives anew: a row `name` or `article` gives the actors of a
name, in all articles or in one, an identity, and a row `identity` says what the reader calls it.

Who has which voice is told by the readings and these decisions alone, never by what was done in
which order: as if all articles were read one after the other (arranging.py). An article that comes
last is seated here, behind the others; where somebody comes or goes in the middle, or the reader
has decided about one of those who share a name, these are arranged anew.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from pullquote.findings import Actor, ActorKind
from pullquote.library.kindred import Name, has_identity, kin, last_article
from pullquote.notes.apart import Profile, why_apart, year_of_birth
from pullquote.notes.names import Names, Use
from pullquote.notes.people import has_anothers_name
from pullquote.notes.voices import PERSON, class_of, names_of, usual_name

SAMPLE = 40  # members that a newcomer is compared with, the newest
CANDIDATES = 8  # voices that a newcomer may join

NAME, ARTICLE, IDENTITY, REFUSED = "name", "article", "identity", "refused"  # decisions are on
# the voices that somebody has just left, by class and name
Vacant = Mapping[Name, Sequence[int]]


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

    @property
    def seen(self) -> tuple[str, str, Profile]:
        """What its voice depends on."""
        return (self.kind, as_json(self.names), self.profile)

    @property
    def rank(self) -> tuple[object, ...]:
        """Where it comes among those of its article, whatever an analysis numbers them."""
        return (self.kind, as_json(self.names), *self.profile[:3], self.profile.born or 0)

    @property
    def called(self) -> Name:
        return (class_of(self.kind), self.names.main)

    @property
    def joining(self) -> list[Name]:
        """The names by which others join it."""
        return [(class_of(self.kind), name) for name in self.names.joining]


class Seat(NamedTuple):
    """A member that there was, and its voice."""

    voice: int
    one: Newcomer


class Seated(NamedTuple):
    """Who sits where in an article.

    Attributes:
        voices: The number of each actor's voice, by the actor's id; the unnamed have none.
        unsettled: The names of those on whom the seats of others may depend.
    """

    voices: dict[str, int]
    unsettled: frozenset[Name]


def seat(
    db: sqlite3.Connection,
    article: int,
    actors: Iterable[Actor],
    text: str,
    left: Sequence[Seat] = (),
) -> Seated:
    """Give the actors of an article their voices; the transaction is the caller's.

    Args:
        db: The library's.
        article: The article's number; it has no members yet.
        actors: All that are in it.
        text: The article's.
        left: The seats that there were in it, and in other versions of it.
    """
    query = "SELECT work, published FROM articles WHERE number = ?"
    work, published = db.execute(query, (article,)).fetchone()
    seats, coming = dict[str, int](), list[Newcomer]()
    free = defaultdict[object, list[int]](list)
    for before in left:
        if before.one.article == article:
            free[before.one.seen].append(before.voice)
    unsettled = set[Name]()
    for one in _newcomers(article, actors, text, published):
        identity = decided(db, one, work)
        if free[one.seen] and (one.names.joins or identity):
            seats[one.actor] = number = free[one.seen].pop()
            make_member(db, one, number)
            query = "SELECT identity FROM voices WHERE number = ?"
            if db.execute(query, (number,)).fetchone() != (identity,):  # or the work is another
                unsettled |= {one.called, *one.joining}
        else:
            coming.append(one)
    gone = [one for one in left if one.one.article != article or one.voice in free[one.one.seen]]
    unsettled |= {name for one in gone for name in one.one.joining}
    vacant = defaultdict[Name, list[int]](list)
    for before in gone:
        vacant[before.one.called].append(before.voice)
    is_last = not seats and _is_last(db, article)
    for one in coming:
        if not is_last and not _is_behind(db, one):
            unsettled |= {*one.joining}
        if voice := _sit_down(db, one, work, vacant):
            seats[one.actor] = voice
    return Seated(seats, frozenset(unsettled))


def _newcomers(
    article: int, actors: Iterable[Actor], text: str, published: str
) -> Sequence[Newcomer]:
    found = []
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
        found.append(Newcomer(article, actor.id, actor.kind, profile, names))
    return sorted(found, key=lambda one: (one.rank, one.actor))


def _is_last(db: sqlite3.Connection, article: int) -> bool:
    """Whether all others come before, and nothing is decided about any of them."""
    last = db.execute("SELECT max(article) FROM member_rows").fetchone()[0] or 0
    return last < article and not has_identity(db)


def _is_behind(db: sqlite3.Connection, one: Newcomer) -> bool:
    """Whether nobody's seat depends on a newcomer, nor its own on more than who sits where."""
    voices = kin(db, one.joining)
    if has_identity(db, voices):
        return False
    return last_article(db, voices) < one.article


def _sit_down(db: sqlite3.Connection, one: Newcomer, work: str, vacant: Vacant) -> int | None:
    """Make an actor a member of its voice; None for one that has none."""
    identity = decided(db, one, work)
    voice = _of_identity(db, one, identity, vacant) if identity else None
    if voice is None:
        if not one.names.joins:
            return None
        joined, why = _joined(db, one)
        voice = joined or _new(db, one, vacant, why)
    make_member(db, one, voice)
    return voice


def make_member(db: sqlite3.Connection, one: Newcomer, voice: int) -> None:
    """Write that somebody has a voice."""
    db.execute(
        "INSERT INTO members (article, actor, voice, name, role, affiliation, born, names, kind) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (one.article, one.actor, voice, *one.profile, as_json(one.names), one.kind),
    )


@lru_cache(20_000)
def as_json(names: Names) -> str:
    """The names of a member, for its row."""
    pairs = [(use, name) for use, ones in names.uses.items() for name in ones]
    return msgspec.json.encode(pairs).decode()


@lru_cache(20_000)
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


def decided(db: sqlite3.Connection, one: Newcomer, work: str) -> str:
    """The identity that the reader has given an actor of that name; "" for none.

    A surname alone is decided about article by article: two people have it.
    """
    row = db.execute(
        "SELECT value FROM decisions WHERE value != '' AND kind = ?1 AND name = ?2 AND "
        "(what = 'article' AND place = ?3 OR what = 'name' AND place = '' AND ?4) "
        "ORDER BY what LIMIT 1",
        (*one.called, work, one.names.joins),
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
        "SELECT voice, max(use = 'main' AND name = ?) AS own, sum(members) AS shared, "
        "(SELECT min(article) FROM member_rows WHERE member_rows.voice = voice_names.voice) "
        f"FROM voice_names WHERE use IN ('main', 'alias') AND kind = ? AND name IN ({marks}) "
        f"GROUP BY voice ORDER BY own DESC, shared DESC, 4, voice LIMIT {CANDIDATES}",
        (names.main, kind, *names.joining),
    ).fetchall()
    why = ""
    for voice, *_ in rows:
        why = why_apart(one.profile, members_of(db, voice)) if kind == PERSON else ""
        if not why:
            return int(voice), ""
    return None, why


def members_of(db: sqlite3.Connection, voice: int) -> tuple[Profile, ...]:
    """What the newest articles say of the members of a voice, of the last of these all."""
    query = "SELECT article FROM member_rows WHERE voice = ? ORDER BY article DESC LIMIT 1 OFFSET ?"
    first = db.execute(query, (voice, SAMPLE - 1)).fetchone() or (0,)
    rows = db.execute(
        "SELECT name, role, affiliation, born FROM members WHERE voice = ? AND article >= ?",
        (voice, *first),
    )
    return tuple(Profile(*row) for row in rows)


def _new(db: sqlite3.Connection, one: Newcomer, vacant: Vacant, why: str = "") -> int:
    """A voice of its own: the one that it had before, if nobody else has it now."""
    for before in vacant.get(one.called, ()):
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


# --- coming and going


def seats_in(db: sqlite3.Connection, articles: Iterable[int]) -> list[Seat]:
    """Who has a voice in any of the articles."""
    query = (
        f"SELECT actor, voice, {KIND}, members.names, members.name, members.role, affiliation, "
        "born FROM members JOIN voices ON voices.number = voice WHERE article = ?"
    )
    return [
        Seat(voice, Newcomer(number, actor, kind, Profile(*profile), names_in(names)))
        for number in articles
        for actor, voice, kind, names, *profile in db.execute(query, (number,))
    ]


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
