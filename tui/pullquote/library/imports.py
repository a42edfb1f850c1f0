"""What each import brought, so that it is undone as one act, on however many articles."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Self
from uuid import uuid4

import msgspec

from pullquote.library.acts import Change, perform
from pullquote.library.database import Database
from pullquote.notes.annotations import Annotation


class Import(msgspec.Struct, frozen=True):
    """One import: from which file, when (ISO 8601, UTC), and how many notes."""

    id: str
    file: str
    at: str
    notes: int


class Begun(NamedTuple):
    """An import while it goes on, of which the library knows nothing until it brings something."""

    file: str
    id: str
    at: str

    @classmethod
    def of(cls, file: str) -> Self:
        """One that begins now."""
        return cls(file, uuid4().hex, datetime.now(UTC).isoformat(timespec="microseconds"))


class Imports:
    """The imports; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, begun: Begun, brought: Sequence[tuple[str, str]]) -> None:
        """Note what an import brought: the id of each note, and of its article ("": it waits)."""
        if not brought:
            return
        with self._database.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO imports VALUES (?, ?, ?)", (begun.id, begun.file, begun.at)
            )
            db.executemany(
                "INSERT OR IGNORE INTO imported VALUES (?, ?, ?)",
                [(begun.id, *one) for one in brought],
            )

    def placed(self, article: str, notes: Sequence[str]) -> None:
        """Note that these notes wait no longer: they are on an article."""
        with self._database.transaction() as db:
            db.executemany(
                "UPDATE imported SET article = ? WHERE note = ? AND article = ''",
                [(article, note) for note in notes],
            )

    def last(self) -> Import | None:
        """The last import that brought something, and has not been undone."""
        rows = self._database.rows(
            "SELECT id, file, at, count(*) FROM imports "
            "JOIN imported ON import = id GROUP BY id ORDER BY at DESC LIMIT 1"
        )
        return Import(*rows[0]) if rows else None

    def undo(self, identity: str) -> tuple[int, int]:
        """Take back what an import brought, all at once.

        What the reader has changed since is theirs and stays. On each article this is one act,
        which can be undone there.

        Returns:
            How many notes are gone, and how many stay.
        """
        with self._database.transaction() as db:
            gone = db.execute(
                "DELETE FROM waiting_notes WHERE id IN "
                "(SELECT note FROM imported WHERE import = ? AND article = '')",
                (identity,),
            ).rowcount
            articles = db.execute(
                "SELECT DISTINCT article FROM imported WHERE import = ? AND article != ''",
                (identity,),
            ).fetchall()
            stay = 0
            for (article,) in articles:
                # of SQLite's own: beside min() the other columns are of the row that has it
                rows = db.execute(
                    "SELECT CAST(annotations.json AS BLOB), CAST(acts.after AS BLOB), "
                    "min(acts.number) AS first "
                    "FROM imported JOIN annotations ON annotations.id = imported.note "
                    "JOIN acts ON acts.annotation = imported.note AND acts.before IS NULL "
                    "AND acts.article = imported.article "
                    "WHERE import = ? AND imported.article = ? "
                    "GROUP BY imported.note ORDER BY first",
                    (identity, article),
                ).fetchall()
                unchanged = [json for json, came, _ in rows if json == came]
                stay += len(rows) - len(unchanged)
                gone += len(unchanged)
                perform(db, article, [_removal(json) for json in unchanged])
            db.execute("DELETE FROM imports WHERE id = ?", (identity,))
        return gone, stay


def _removal(json: bytes) -> Change:
    return msgspec.json.decode(json, type=Annotation), None
