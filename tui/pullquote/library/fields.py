"""An article's metadata as its row has it, beside what the page said where the reader put it right.

The columns hold what is valid, so that lists, searches, citations and exports follow by
themselves; `metadata` keeps what stood there before the first edit. A field that was reset stays in
it, with the time: of two libraries that are merged, the later act stands.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from pullquote.errors import PullquoteError
from pullquote.text import is_address, one_line

# each with the word for it
WORDS = {
    "title": "title",
    "byline": "byline",
    "site": "site",
    "url": "address",
    "published": "date",
    "language": "language",
}
FIELDS = tuple(WORDS)


class Wrong(PullquoteError):
    """A value that a field cannot have; the message, one line, says what it can."""


def checked(name: str, value: str) -> str:
    """`value` as the field of that name holds it: on one line; "" for none.

    Raises:
        Wrong: It is no date, address or language.
    """
    plain = one_line(value).strip()
    if plain and name in _CHECKS and not _CHECKS[name][0](plain):
        raise Wrong(f"{name}: “{plain[:60]}” is {_CHECKS[name][1]}")
    return plain


def _is_date(value: str) -> bool:
    """A year, a month, a day or a moment (ISO 8601)."""
    padded = {4: f"{value}-01-01", 7: f"{value}-01"}.get(len(value), value)
    try:
        datetime.fromisoformat(padded)
    except ValueError:
        return False
    return bool(re.match(r"\d{4}(-\d\d(-\d\d.*)?)?$", value))


_CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "url": (is_address, "no web address; one begins with http:// or https://"),
    "published": (_is_date, "no date; write 2026, 2026-03, 2026-03-09 or 2026-03-09T12:30"),
    "language": (
        re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*").fullmatch,
        "no language; write its code: en, de, pt-BR",
    ),
}


def read(state: str) -> dict[str, str]:
    """Values by field, out of the log; fields that are not known are left out.

    Raises:
        msgspec.DecodeError: It is none.
    """
    found = msgspec.json.decode(state, type=dict[str, str])
    return {name: value for name, value in found.items() if name in FIELDS}


def values(db: sqlite3.Connection, article: str, names: Iterable[str]) -> dict[str, str]:
    """The values of the fields of an article that are valid now; none for one that is not there."""
    names = list(names)
    if not names:
        return {}
    row = db.execute(f"SELECT {', '.join(names)} FROM articles WHERE id = ?", (article,)).fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def put(db: sqlite3.Connection, article: str, wanted: Mapping[str, str], when: str) -> None:
    """Make values valid, at `when`; what the page said is kept at the first of them."""
    for name, value in wanted.items():
        assert name in FIELDS
        db.execute(
            f"INSERT INTO metadata SELECT id, ?, {name}, ? FROM articles WHERE id = ? "
            "ON CONFLICT DO UPDATE SET edited = excluded.edited",
            (name, when, article),
        )
        db.execute(f"UPDATE articles SET {name} = ? WHERE id = ?", (value, article))


def inherit(db: sqlite3.Connection, article: str, earlier: str) -> None:
    """Let a version have what the reader put right in the one before, where it has nothing yet."""
    known = {
        name for (name,) in db.execute("SELECT field FROM metadata WHERE article = ?", (article,))
    }
    edited = db.execute(
        "SELECT field, said, edited FROM metadata WHERE article = ?", (earlier,)
    ).fetchall()
    now_valid = values(db, earlier, FIELDS)
    for name, said, when in edited:
        if name in FIELDS and name not in known and now_valid[name] != said:
            put(db, article, {name: now_valid[name]}, when)
