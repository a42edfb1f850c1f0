"""What each import brought, so that it is undone as one act, on however many articles."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from pullquote.library.acts import Change, perform
from pullquote.library.database import Database
from pullquote.notes.annotations import Annotation


class Import(msgspec.Struct, frozen=True):
    """One import: from which file, when (ISO 8601, UTC), and how many notes."""

    number: int
    file: str
    at: str
    notes: int


class Imports:
    """The imports; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, file: str) -> int:
        """Note that an import begins; its number."""
        when = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._database.transaction() as db:
            begun = db.execute("INSERT INTO imports (file, at) VALUES (?, ?)", (file, when))
            return begun.lastrowid or 0

    def note(self, number: int, brought: Sequence[tuple[str, str]]) -> None:
        """Note what an import brought: the id of each note, and of its article ("": it waits)."""
        with self._database.transaction() as db:
            db.executemany(
                "INSERT OR IGNORE INTO imported VALUES (?, ?, ?)",
                [(number, *one) for one in brought],
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
            "SELECT number, file, at, count(*) FROM imports "
            "JOIN imported ON import = number GROUP BY number ORDER BY number DESC LIMIT 1"
        )
        return Import(*rows[0]) if rows else None

    def undo(self, number: int) -> tuple[int, int]:
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
                (number,),
            ).rowcount
            articles = db.execute(
                "SELECT DISTINCT article FROM imported WHERE import = ? AND article != ''",
                (number,),
            ).fetchall()
            stay = 0
            for (article,) in articles:
                rows = db.execute(
                    "SELECT CAST(annotations.json AS BLOB), CAST(acts.after AS BLOB) "
                    "FROM imported JOIN annotations ON annotations.id = imported.note "
                    "JOIN acts ON acts.annotation = imported.note AND acts.before IS NULL "
                    "AND acts.article = imported.article "
                    "WHERE import = ? AND imported.article = ? "
                    "GROUP BY imported.note ORDER BY acts.number",
                    (number, article),
                ).fetchall()
                unchanged = [json for json, came in rows if json == came]
                stay += len(rows) - len(unchanged)
                gone += len(unchanged)
                perform(db, article, [_removal(json) for json in unchanged])
            db.execute("DELETE FROM imports WHERE number = ?", (number,))
        return gone, stay


def _removal(json: bytes) -> Change:
    return msgspec.json.decode(json, type=Annotation), None
