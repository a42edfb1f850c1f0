"""Which articles may have what is asked for: SQLite looks, so that no other has to be read.

It may find too many, never too few; who asks looks at each that is found.
"""

from datetime import date, timedelta
from typing import Any

import msgspec

from pullquote.notes.narrowing import Narrow


def narrowed(narrow: Narrow) -> tuple[str, list[Any]]:
    """A WHERE clause over `articles`, and the values for its parameters.

    Both are empty where nothing is asked for.
    """
    if narrow.names:
        named = " OR ".join(["mentions(CAST(json AS BLOB), ?)"] * len(narrow.names))
        corrected = f"""instr(json, '"correction":{{') AND ({named})"""
        rows = (
            f"SELECT article FROM findings WHERE {named} "
            f"UNION SELECT article FROM annotations WHERE {corrected}"
        )
        return f" WHERE id IN ({rows})", [*narrow.names, *narrow.names]
    conditions = [(condition, value) for condition, value in _on_notes(narrow) if value]
    if not (conditions or narrow.noted):
        return "", []
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    return f" WHERE id IN (SELECT article FROM annotations WHERE {where})", [
        value for _, value in conditions
    ]


def _on_notes(narrow: Narrow) -> tuple[tuple[str, str], ...]:
    every = "SELECT value FROM json_each(iif(json_valid(tags), tags, '[]'))"
    tagged = f"EXISTS ({every} WHERE value IN (SELECT value FROM json_each(?)))"
    return (
        (tagged, msgspec.json.encode(sorted(narrow.tags)).decode() if narrow.tags else ""),
        ("created >= ?", _shifted(narrow.since, -1)),
        ("created < ?", _shifted(narrow.until, 2)),
    )


def _shifted(day: str, days: int) -> str:
    """`day` and a number of days: notes are dated in UTC, a day off the reader's clock at most."""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat() if day else ""
    except OverflowError:
        return ""


def mentions(row: bytes, part: str) -> bool:
    """For SQLite: whether a row's JSON has `part` somewhere in it, in whichever letters."""
    return msgspec.json.encode(part).decode()[1:-1].lower() in row.decode(errors="replace").lower()
