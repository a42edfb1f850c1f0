"""Find which claims are alike, so that who asks only reads it: `python -m … LIBRARY.DB`.

The new wordings get their vectors and are compared with all that there are, some at a time, each
time in one transaction. Vectors are compared exactly, by numpy: over 1,000,000 claims that takes
some 10 ms each, less than an index of the field, which would have to be kept in step with the
library besides (docs/elsewhere.md has the figures). In the reader it is done by a process of its
own, while nobody presses a key.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.library.backlog import left, settle_all
from pullquote.library.database import Database
from pullquote.notes.sameness import CANDIDATE, SIMILAR, likeness, plain
from pullquote.system import step_back

if TYPE_CHECKING:
    from pullquote.analysis.vectors import Near

_AT_ONCE = 200  # wordings
_NICENESS = 19  # the system's least
_MOST = 60  # others that one is compared with word by word, the nearest first

Watch = Callable[[int, int], object]  # what is done of what there is


def is_waiting(database: Database) -> bool:
    """Whether there is something that has not been indexed, or claims that were not compared."""
    query = "SELECT EXISTS (SELECT 1 FROM wordings WHERE vector IS NULL)"
    return bool(left(database)) or bool(database.rows(query)[0][0])


def relate(database: Database, watch: Watch = lambda done, whole: None) -> None:
    """Compare all claims that have not been compared yet with all others.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    settle_all(database)
    if database.read_only:
        return
    with database.transaction() as db:  # what went with its articles by a way of its own
        db.execute(
            "DELETE FROM wordings WHERE vector IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM worded WHERE wording = wordings.number)"
        )
    whole = database.rows("SELECT count(*) FROM wordings WHERE vector IS NULL")[0][0]
    if not whole:
        return
    from pullquote.analysis.vectors import Compared

    with database.snapshot():  # of one moment: what another process adds later is not ours
        rows = database.rows(
            "SELECT number, vector FROM wordings WHERE vector IS NOT NULL ORDER BY number"
        )
        waiting = _waiting(database)
    numbers, every = [number for number, _ in rows], Compared(vector for _, vector in rows)
    done = 0
    while waiting:
        numbers += waiting
        near = every.add([*waiting.values()], CANDIDATE, _MOST)
        if not _settle(database, waiting, [_numbered(one, numbers) for one in near]):
            return  # another process compares, and does the rest
        done += len(waiting)
        watch(done, max(done, whole))
        waiting = _waiting(database)


def _numbered(near: "Near", numbers: list[int]) -> "Near":
    """What is near, by the numbers of the wordings."""
    return near._replace(others=tuple((numbers[place], cosine) for place, cosine in near.others))


def _waiting(database: Database) -> dict[int, str]:
    """Some wordings without a vector, by their numbers."""
    return dict(
        database.rows(
            "SELECT wordings.number, min(words) FROM wordings "
            "JOIN worded ON wording = wordings.number JOIN said ON said.number = said "
            "WHERE vector IS NULL GROUP BY wordings.number ORDER BY wordings.number LIMIT ?",
            _AT_ONCE,
        )
    )


def _settle(database: Database, waiting: dict[int, str], near: "Iterable[Near]") -> bool:
    """Keep the vectors of wordings, and which of the earlier ones they are alike.

    Returns:
        False, and nothing is kept, where another process was first: it knows of others than we do.
    """
    known = "SELECT 1 FROM wordings WHERE vector IS NOT NULL AND number = ?"
    with database.transaction() as db:
        if any(db.execute(known, (one,)).fetchone() for one in waiting):
            return False
        for (one, words), (vector, others) in zip(waiting.items(), near, strict=True):
            db.execute("UPDATE wordings SET vector = ? WHERE number = ?", (vector, one))
            ours = plain(words)
            for other, cosine in others:
                # of wordings that have gone meanwhile there are no words
                there = plain(_words(db, other))
                alike = likeness(cosine, ours, there) if there and _words(db, one) else 0
                if alike >= SIMILAR:
                    row = (min(one, other), max(one, other), alike)
                    db.execute("INSERT OR IGNORE INTO alike VALUES (?, ?, ?)", row)
    return True


def _words(db: sqlite3.Connection, wording: int) -> str:
    """A wording as one of the claims has it; "" where it has gone."""
    query = "SELECT words FROM said JOIN worded ON said = number WHERE wording = ? LIMIT 1"
    row = db.execute(query, (wording,)).fetchone()
    return row[0] if row else ""


def main() -> None:
    """Compare what waits in the library of the file that is named; nothing is said."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # read when numpy is loaded
        os.environ.setdefault(name, "1")
    step_back(_NICENESS)
    database = Database.open(Path(sys.argv[1]), make=False)
    try:
        relate(database)
    finally:
        database.close(-1)


if __name__ == "__main__":
    main()
