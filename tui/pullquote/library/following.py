"""The said index follows each act, in the same transaction.

What makes it is imported by the first act: no text waits for it on its way to the screen.
"""

import sqlite3


def follow(db: sqlite3.Connection, article: str) -> None:
    """As `indexing.follow`, after an act on the notes of the article of that id."""
    from pullquote.library import indexing

    indexing.follow(db, article)


def settle(db: sqlite3.Connection, article: str) -> None:
    """As `indexing.settle`, after any other change of the article of that id."""
    from pullquote.library import indexing

    indexing.settle(db, article)
