"""Who shares a voice, of all who share names: told by readings and decisions, not by their order.

It is as if all articles were read one after the other, in the order in which they came into the
library: each actor joins the voice that shares its name and that nothing speaks against, or begins
one. What the reader has decided is laid over that: whom a decision names has that voice, and who
would have joined them follows, where the first of them is decided about; so what is decided about
a namesake draws nobody. What was done before, and undone, leaves no trace but voices' numbers.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from pullquote.library.kindred import Name, as_list, kin
from pullquote.library.seating import (
    CANDIDATES,
    KIND,
    SAMPLE,
    Newcomer,
    Said,
    make_member,
    names_in,
    said_of,
    settle_names,
)
from pullquote.notes.apart import Profile, why_apart
from pullquote.notes.names import Use
from pullquote.notes.voices import PERSON, class_of


class _Member(NamedTuple):
    """A member of a voice as it was."""

    voice: int
    one: Newcomer
    decided: str  # an identity, or ""

    @property
    def key(self) -> tuple[int, str]:
        return (self.one.article, self.one.actor)


class _Group:
    """Those who are one voice."""

    def __init__(self, identity: str = "", why: str = "") -> None:
        self.identity, self.why = identity, why
        self.members: list[_Member] = []


def arrange(
    db: sqlite3.Connection,
    names: Iterable[Name],
    voices: Sequence[int] = (),
    preferred: Sequence[int] = (),
) -> list[int]:
    """Give all who share some names, and who share names with them, their voices.

    The transaction is the caller's.

    Args:
        db: The library's.
        names: Where to begin.
        voices: More voices to begin with.
        preferred: Of these, those that are to keep their numbers, the first first.

    Returns:
        The numbers of the articles of which it cannot be told which of two members says what: they
        are to be indexed anew.
    """
    among = kin(db, names, voices)
    members = _members(db, among)
    # whom a decision names where the article is of another work by now may belong to others, too
    while others := _of_identities(db, {one.decided for one in members}) - among:
        among = kin(db, [], among | others)
        members = _members(db, among)
    groups = _decided_over(_by_names(members))
    again, seated = _write(db, groups, members, among, preferred)
    settle_names(db, among | seated)
    return again


def _of_identities(db: sqlite3.Connection, identities: Iterable[str]) -> frozenset[int]:
    query = "SELECT number FROM voices WHERE identity = ? AND identity != ''"
    return frozenset(row[0] for one in identities for row in db.execute(query, (one,)))


def _members(db: sqlite3.Connection, voices: Iterable[int]) -> list[_Member]:
    rows = db.execute(
        f"SELECT article, actor, voice, {KIND}, work, members.names, "
        "members.name, members.role, affiliation, born "
        "FROM members JOIN voices ON voices.number = voice JOIN articles "
        "ON articles.number = article WHERE voice IN (SELECT value FROM json_each(?))",
        (as_list(voices),),
    ).fetchall()
    found, works = list[_Member](), list[str]()
    for article, actor, voice, kind, work, names, *profile in rows:
        one = Newcomer(article, actor, kind, Profile(*profile), names_in(names))
        found.append(_Member(voice, one, ""))
        works.append(work)
    known = _decisions(db, {member.one.names.main for member in found})
    if known:
        found = [
            member._replace(decided=_decided(known, member.one, work))
            for member, work in zip(found, works, strict=True)
        ]
    return sorted(found, key=lambda row: (row.one.article, row.one.rank, row.one.actor))


_Decisions = Mapping[tuple[str, str, str], str]


def _decisions(db: sqlite3.Connection, names: Iterable[str]) -> _Decisions:
    """What is decided on actors of some names, by class, name and work; "" for all works."""
    rows = db.execute(
        "SELECT kind, name, place, value FROM decisions WHERE what IN ('name', 'article') "
        "AND kind IN ('person', 'body') AND name IN (SELECT value FROM json_each(?)) "
        "AND value != ''",
        (msgspec.json.encode(sorted(names)).decode(),),
    )
    return {(kind, name, place): value for kind, name, place, value in rows}


def _decided(known: _Decisions, one: Newcomer, work: str) -> str:
    everywhere = known.get((*one.called, ""), "") if one.names.joins else ""
    return known.get((*one.called, work)) or everywhere


# --- one after the other


class _Voice(_Group):
    """A voice as it comes about by names alone."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why=why)
        self.number = number
        self.names = Counter[Name]()
        self.mains = set[Name]()

    def add(self, member: _Member) -> None:
        self.members.append(member)
        one = member.one
        self.mains.add(one.called)
        kind = class_of(one.kind)
        self.names.update(
            (kind, name) for use in (Use.MAIN, Use.ALIAS) for name in one.names.uses[use]
        )

    def sample(self) -> list[Profile]:
        """What the newest articles say, as `members_of` has it."""
        first = max(0, len(self.members) - SAMPLE)
        while first and self.members[first - 1].one.article == self.members[first].one.article:
            first -= 1
        return [member.one.profile for member in self.members[first:]]


def _by_names(members: Sequence[_Member]) -> list[_Group]:
    """The voices that there would be if nothing were decided; and, each alone, who joins nobody."""
    found = list[_Group]()
    known = defaultdict[Name, dict[int, _Voice]](dict)
    for member in members:
        if not member.one.names.joins:
            alone = _Group()
            alone.members.append(member)
            found.append(alone)
            continue
        voice, why = _joined(member.one, known)
        if voice is None:
            voice = _Voice(len(found), why)
            found.append(voice)
        voice.add(member)
        for name in member.one.joining:
            known[name].setdefault(voice.number, voice)
    return found


def _joined(one: Newcomer, known: Mapping[Name, Mapping[int, _Voice]]) -> tuple[_Voice | None, str]:
    """As `seating` does with what stands in the library."""
    sharing = {number: voice for name in one.joining for number, voice in known[name].items()}
    ranked = sorted(
        sharing.values(),
        key=lambda voice: (
            one.called not in voice.mains,
            -sum(voice.names[name] for name in one.joining),
            voice.members[0].one.article,
            voice.number,
        ),
    )
    why = ""
    for voice in ranked[:CANDIDATES]:
        why = why_apart(one.profile, voice.sample()) if one.called[0] == PERSON else ""
        if not why:
            return voice, ""
    return None, why


def _decided_over(voices: Iterable[_Group]) -> list[_Group]:
    """Who has which voice in the end; the first member's comes first."""
    found, by_identity = list[_Group](), dict[str, _Group]()
    for voice in voices:
        identities = Counter(one.decided for one in voice.members if one.decided)
        followed = max(identities, key=identities.__getitem__) if voice.members[0].decided else ""
        own = _Group(why=voice.why)
        for member in voice.members:
            identity = member.decided or followed
            if identity and identity not in by_identity:
                by_identity[identity] = _Group(identity)
            group = by_identity[identity] if identity else own
            group.members.append(member)
        if own.members and own.members[0].one.names.joins:
            found.append(own)
    for group in by_identity.values():
        group.members.sort(key=lambda row: (row.one.article, row.one.rank, row.one.actor))
    return [*found, *by_identity.values()]


# --- numbers and rows


_Known = Mapping[int, Sequence[str]]  # of each voice: identity, kind, role, link, why, name
_Seats = Mapping[tuple[int, str], int]  # the voice of each article's actor


def _write(
    db: sqlite3.Connection,
    groups: Sequence[_Group],
    members: Sequence[_Member],
    among: frozenset[int],
    preferred: Sequence[int],
) -> tuple[list[int], frozenset[int]]:
    """Write who sits where now; the articles to be indexed anew, and the voices."""
    query = (
        "SELECT number, identity, kind, role, link, why, name FROM voices "
        "WHERE number IN (SELECT value FROM json_each(?))"
    )
    known = {row[0]: row[1:] for row in db.execute(query, (as_list(among),))}
    numbers = _numbered(groups, known, preferred)
    for place, group in enumerate(groups):
        if place not in numbers:
            numbers[place] = _made(db, group.members[0].one)
    seats = {
        member.key: numbers[place] for place, group in enumerate(groups) for member in group.members
    }
    moving = [member for member in members if member.voice != seats.get(member.key)]
    # first, since what is counted of members goes by the voices as they are
    leave = "DELETE FROM members WHERE article = ? AND actor = ?"
    db.executemany(leave, [member.key for member in moving])
    _describe(db, {numbers[place]: group for place, group in enumerate(groups)}, known)
    for member in moving:
        if member.key in seats:
            make_member(db, member.one, seats[member.key])
    return _move_words(db, members, seats), frozenset(numbers.values())


def _made(db: sqlite3.Connection, one: Newcomer) -> int:
    query = "INSERT INTO voices (kind, name) VALUES (?, ?)"
    made = db.execute(query, (one.kind, one.profile.name))
    assert made.lastrowid
    return made.lastrowid


def _describe(db: sqlite3.Connection, groups: Mapping[int, _Group], known: _Known) -> None:
    """Write what each voice is beside its name; no two have one identity at any moment."""
    wanted = {number: _row(db, group) for number, group in groups.items()}
    others = [
        (number,)
        for number, (identity, *_) in known.items()
        if identity and (number not in wanted or wanted[number][0] != identity)
    ]
    db.executemany("UPDATE voices SET identity = '' WHERE number = ?", others)
    db.executemany(
        "UPDATE voices SET identity = ?, kind = ?, role = ?, link = ?, why = ? WHERE number = ?",
        [
            (*row, number)
            for number, row in wanted.items()
            if number not in known or row != tuple(known[number][:-1])
        ],
    )


def _row(db: sqlite3.Connection, group: _Group) -> tuple[str, str, str, str, str]:
    """Identity, kind, role, link, and why it is another's."""
    said = said_of(db, group.identity) if group.identity else Said()
    kind = said.kind or group.members[0].one.kind
    return (group.identity, kind, said.role, said.link, group.why)


def _numbered(groups: Sequence[_Group], known: _Known, preferred: Sequence[int]) -> dict[int, int]:
    """The number of each group, by its place: one that a member had; none for the others."""
    ranked = []
    for place, group in enumerate(groups):
        before = Counter(member.voice for member in group.members)
        named = {(member.voice, member.one.profile.name) for member in group.members}
        for number, count in before.items():
            first = preferred.index(number) if number in preferred else len(preferred)
            identity, *_, name = known[number]
            is_it = bool(identity) and identity == group.identity
            ranked.append(
                ((not is_it, first, -count, (number, name) not in named, place), place, number)
            )
    for number, (identity, *_) in known.items():  # one that has lost all its members
        ranked += [
            ((False, len(preferred), 0, True, place), place, number)
            for place, group in enumerate(groups)
            if identity and group.identity == identity
        ]
    found, taken = dict[int, int](), set[int]()
    for _, place, number in sorted(ranked):
        if place not in found and number not in taken:
            found[place] = number
            taken.add(number)
    return found


def _move_words(db: sqlite3.Connection, members: Sequence[_Member], seats: _Seats) -> list[int]:
    """Give what is said in articles, and of whom, to the voices that these have now.

    Returns:
        The numbers of the articles of which it cannot be told which of two members says what.
    """
    again, moved = set[int](), defaultdict[tuple[int, int], list[int]](list)
    by_article = defaultdict[int, list[_Member]](list)
    for member in members:
        by_article[member.one.article].append(member)
    for article, ones in by_article.items():
        now = [seats.get(member.key) for member in ones]
        if [member.voice for member in ones] == now:
            continue
        if len(ones) > 1 or now[0] is None:
            again.add(article)
        else:
            moved[ones[0].voice, now[0]].append(article)
    for (before, voice), articles in moved.items():
        _move(db, before, voice, as_list(articles))
    return sorted(again)


def _move(db: sqlite3.Connection, before: int, voice: int, among: str) -> None:
    in_articles = "article IN (SELECT value FROM json_each(?))"
    db.execute(
        "UPDATE said SET voice = ? WHERE voice = ? AND number IN "
        "(SELECT said_rows.number FROM numbered JOIN said_rows ON said_rows.number "
        f"BETWEEN first AND last WHERE numbered.{in_articles})",
        (voice, before, among),
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
