"""The words of claims, each wording once however many articles have it, and which are alike.

A wording outlives its articles' rows being made anew, so that what was found of it is not found
again; it goes with the last claim that has it. What is alike is found in a process of its own
(relating.py); whoever asks only reads it here.
"""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b

from pullquote.notes.sameness import FEWEST, plain


def digest(words: str) -> bytes:
    """What words have in common with the same words in other type: 8 bytes, as the first of 16."""
    return blake2b(plain(words).encode(), digest_size=16).digest()[:8]


def wordings_in(db: sqlite3.Connection, articles: Iterable[int]) -> frozenset[int]:
    """The wordings of the claims in articles, all by their numbers."""
    query = (
        "SELECT wording FROM numbered JOIN worded ON said BETWEEN first AND last WHERE article = ?"
    )
    return frozenset(row[0] for number in articles for row in db.execute(query, (number,)))


def wordings_of(db: sqlite3.Connection, said: Iterable[int]) -> frozenset[int]:
    """The wordings of claims, all by their numbers."""
    query = "SELECT wording FROM worded WHERE said = ?"
    return frozenset(row[0] for number in said for row in db.execute(query, (number,)))


def word(db: sqlite3.Connection, said: int, words: str) -> None:
    """Give a claim, which is new, its wording; the transaction is the caller's."""
    if len(words.split()) < FEWEST:
        return
    key = (digest(words),)
    db.execute("INSERT OR IGNORE INTO wordings (digest) VALUES (?)", key)
    db.execute("INSERT INTO worded SELECT ?, number FROM wordings WHERE digest = ?", (said, *key))


def forget_unused(db: sqlite3.Connection, wordings: Iterable[int]) -> None:
    """Remove those of the wordings that no claim has any more; the transaction is the caller's."""
    db.executemany(
        "DELETE FROM wordings WHERE number = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM worded WHERE wording = ?1)",
        [(wording,) for wording in wordings],
    )
