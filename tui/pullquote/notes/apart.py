"""Two people of one name: what speaks against one voice.

Each row compares two persons of one name and says whether they agree, differ, or cannot be
compared; its examples are its tests. A voice has many members, of whom the machine knows some
wrong: what most of those that can be compared say counts.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from pullquote.analysis.lexicon import lexicon
from pullquote.notes.names import words_of
from pullquote.notes.people import given_and_middle

_CACHED = 20_000  # roles
_SAME_AGE = 2  # years: an age is known to a year, and an article may be older than it says


class Profile(NamedTuple):
    """What an article says of a person, beside the name."""

    name: str
    role: str = ""
    affiliation: str = ""
    born: int | None = None  # the year, to within one


class Row(NamedTuple):
    """A way to tell two people apart, a pair that differ, and a near miss that may be one."""

    why: str
    agree: Callable[[Profile, Profile], bool | None]  # None where it says nothing
    yes: tuple[Profile, Profile]
    no: tuple[Profile, Profile]


def _middle(one: Profile, other: Profile) -> bool | None:
    (given, middle), (another, others) = given_and_middle(one.name), given_and_middle(other.name)
    if not (middle and others) or given != another:
        return None
    return middle == others


def _age(one: Profile, other: Profile) -> bool | None:
    if one.born is None or other.born is None:
        return None
    return abs(one.born - other.born) <= _SAME_AGE


@cache
def _trade_of() -> dict[str, str]:
    return {word: trade for trade, words in lexicon("names")["trades"].items() for word in words}


def _are_far_apart(trade: str, other: str) -> bool:
    rows = lexicon("names")["far apart"]
    return other in rows.get(trade, ()) or trade in rows.get(other, ())


def _trade(one: Profile, other: Profile) -> bool | None:
    trades, others = _trades(one.role), _trades(other.role)
    if not (trades and others):
        return None
    if trades & others:
        return True
    is_far = all(_are_far_apart(trade, another) for trade in trades for another in others)
    return False if is_far else None


@lru_cache(_CACHED)
def _trades(role: str) -> frozenset[str]:
    words = (word.removesuffix("s") for word in words_of(role))
    return frozenset(_trade_of()[word] for word in words if word in _trade_of())


def _affiliation(one: Profile, other: Profile) -> bool | None:
    if not (one.affiliation and other.affiliation and one.role and other.role):
        return None
    if words_of(one.affiliation) == words_of(other.affiliation):
        return True
    return None if set(words_of(one.role)) & set(words_of(other.role)) else False


ROWS = (
    Row(
        "their middle names differ",
        _middle,
        yes=(Profile("Ada W. Quist"), Profile("Ada H. M. Quist")),
        no=(Profile("Ada J. Quist"), Profile("Ada Jane Quist")),
    ),
    Row(
        "their ages differ",
        _age,
        yes=(Profile("Ada Quist", born=1950), Profile("Ada Quist", born=1981)),
        no=(Profile("Ada Quist", born=1950), Profile("Ada Quist", born=1951)),
    ),
    Row(
        "their trades differ",
        _trade,
        yes=(Profile("Ada Quist", "the goalkeeper"), Profile("Ada Quist", "Bishop of Oxford")),
        no=(Profile("Ada Quist", "former mayor"), Profile("Ada Quist", "Senator")),
    ),
    Row(
        "they belong to others",
        _affiliation,
        yes=(
            Profile("Ada Quist", "chief economist", "Acme Bank"),
            Profile("Ada Quist", "manager", "Hull City"),
        ),
        no=(
            Profile("Ada Quist", "spokeswoman", "Acme Bank"),
            Profile("Ada Quist", "former spokeswoman", "Globex"),
        ),
    ),
)


def why_apart(one: Profile, members: Iterable[Profile]) -> str:
    """What speaks against one voice for a person and the members of a voice; "" for nothing."""
    known = tuple(members)
    for row in ROWS:
        said = [row.agree(one, member) for member in known]
        if said.count(False) > said.count(True):
            return row.why
    return ""


_AGED = re.compile(r"\s*(?:,|\()\s*(?:aged |who is )?(\d{1,3})\s*(?=[,).;]|$)")


def year_of_birth(text: str, ends: Iterable[int], published: str) -> int | None:
    """The year in which somebody was born whose age stands behind a mention: "Ada Quist, 42, said".

    Args:
        text: The article's.
        ends: Where the mentions end.
        published: When it appeared, as ISO 8601; without that nothing is known.
    """
    if not published[:4].isdecimal():
        return None
    for end in ends:
        if match := _AGED.match(text, end):
            return int(published[:4]) - int(match[1])
    return None
