"""Under which shingles a quotation is kept, so that it is found by its words."""

import json
import sqlite3
from collections.abc import Collection


def keep_shingles(db: sqlite3.Connection, said: int, words: str) -> None:
    """Have a quotation found by its words; the transaction is the caller's."""
    rows = [(one, said) for one in _fingerprint(words)]
    db.executemany("INSERT INTO shingles (hash, said) VALUES (?, ?)", rows)


def shingles_of(words: str) -> str:
    """For SQLite: the shingles that are kept of a quotation, as a list in JSON."""
    return json.dumps([*_fingerprint(words)])


def _fingerprint(words: str) -> Collection[int]:
    from pullquote.notes.shingles import fingerprint
    from pullquote.notes.words import FEWEST, read

    keys = read(words).keys
    return fingerprint(keys) if len(keys) >= FEWEST else ()
