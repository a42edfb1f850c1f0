"""Which voices may have to do with each other: those that share a name that joins, and so on.

Who is seated with whom among them depends on nobody else in the library.
"""

import sqlite3
from collections.abc import Iterable

import msgspec

Name = tuple[str, str]  # within which class, and the name, folded

_BEARERS = (
    "SELECT voice FROM voice_names WHERE use IN ('main', 'alias') AND name = ?2 AND kind = ?1"
)
_BORNE = "SELECT kind, name FROM voice_names WHERE voice = ? AND use IN ('main', 'alias')"


def kin(
    db: sqlite3.Connection, names: Iterable[Name], voices: Iterable[int] = ()
) -> frozenset[int]:
    """The voices of some names, those that share a name with one of these, and so on.

    Args:
        db: The library's.
        names: Where to begin.
        voices: More voices to begin with; those that are not there do no harm.
    """
    return frozenset(_kindred(db, names, voices)[0])


def names_of_kin(db: sqlite3.Connection, names: Iterable[Name]) -> frozenset[Name]:
    """The names by which some names lead to others, with these."""
    return frozenset(_kindred(db, names, ())[1])


def _kindred(
    db: sqlite3.Connection, names: Iterable[Name], voices: Iterable[int]
) -> tuple[set[int], set[Name]]:
    found, known = set[int](), set[Name]()
    waiting, coming = list(names), list(voices)
    while waiting or coming:
        if coming:
            if (voice := coming.pop()) not in found:
                found.add(voice)
                waiting += db.execute(_BORNE, (voice,)).fetchall()
        elif (name := waiting.pop()) not in known:
            known.add(name)
            coming += [row[0] for row in db.execute(_BEARERS, name)]
    return found, known


def has_identity(db: sqlite3.Connection, voices: Iterable[int] | None = None) -> bool:
    """Whether the reader has decided about one of some voices; about any where none are named."""
    if voices is None:
        query = "SELECT EXISTS (SELECT 1 FROM voices WHERE identity != '')"
        return bool(db.execute(query).fetchone()[0])
    query = (
        "SELECT EXISTS (SELECT 1 FROM voices WHERE identity != '' "
        "AND number IN (SELECT value FROM json_each(?)))"
    )
    return bool(db.execute(query, (as_list(voices),)).fetchone()[0])


def last_article(db: sqlite3.Connection, voices: Iterable[int]) -> int:
    """The newest article that one of some voices has a member in; 0 for none."""
    query = "SELECT max(article) FROM member_rows WHERE voice = ?"
    last = [db.execute(query, (voice,)).fetchone()[0] or 0 for voice in voices]
    return max(last, default=0)


def as_list(numbers: Iterable[int]) -> str:
    """Numbers for a query, as a list in JSON."""
    return msgspec.json.encode(sorted(numbers)).decode()
