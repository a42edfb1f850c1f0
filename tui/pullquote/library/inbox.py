"""What came in and waits to be read: articles by feeds or for later, and addresses to be fetched.

An article in the inbox is unread until it has been on the screen: as in the library, it has no
place then where the reader left off.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Literal

import msgspec

from pullquote.library.acts import as_json
from pullquote.library.database import Database

InboxOrder = Literal["age", "site"]
ORDERS: dict[InboxOrder, str] = {
    "age": "dated DESC, article",
    "site": "site COLLATE NOCASE, dated DESC, article",
}
_ARTICLES = "FROM inbox JOIN articles ON articles.id = inbox.article"


class Waiting(msgspec.Struct, frozen=True):
    """An address that is still to be fetched."""

    address: str
    problem: str = ""  # why it could not be, the last time


class Inbox:
    """The inbox; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, article: str, dated: str = "", feed: str = "") -> bool:
        """Put an article of the library into the inbox.

        Args:
            article: Its id. One that nobody has read has never been opened, either.
            dated: When it was published; ISO 8601, UTC; now if that is not known.
            feed: The address of the feed that it came by.

        Returns:
            Whether it was not there before.
        """
        now = _now()
        with self._database.transaction() as db:
            is_new = db.execute(
                "INSERT OR IGNORE INTO inbox (article, feed, dated, added) VALUES (?, ?, ?, ?)",
                (article, feed, min(dated, now) or now, now),
            ).rowcount
            db.execute("UPDATE articles SET opened = '' WHERE id = ? AND place IS NULL", (article,))
            return bool(is_new)

    def remove(self, article: str) -> None:
        """Take an article off the inbox; in the library it stays, as read as it is."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM inbox WHERE article = ?", (article,))

    def unread(self) -> int:
        """How many articles in it have not been read."""
        query = f"SELECT count(*) {_ARTICLES} WHERE place IS NULL"
        return int(self._database.rows(query)[0][0])

    def beside(self, article: str, step: int, order: InboxOrder = "age") -> str | None:
        """The unread article after the one of that id, round to the first after the last.

        Args:
            article: Where to begin; one that is not in the inbox stands before all.
            step: 1 for the next, -1 for the one before.
            order: In which they stand.

        Returns:
            Its id; None where nothing else is unread.
        """
        query = f"SELECT article, place IS NULL {_ARTICLES} ORDER BY {ORDERS[order]}"
        rows: list[tuple[str, int]] = [(id, unread) for id, unread in self._database.rows(query)]
        ids = [id for id, _ in rows]
        here = ids.index(article) if article in ids else -1
        unread = [at for at, (id, is_unread) in enumerate(rows) if is_unread and id != article]
        if not unread:
            return None
        if step > 0:
            return ids[next((at for at in unread if at > here), unread[0])]
        return ids[next((at for at in reversed(unread) if at < here), unread[-1])]

    def without_findings(self, analyser: str, but: Collection[str] = ()) -> str | None:
        """The newest unread article that an analyser has not been through; its id.

        Args:
            analyser: `Findings.analyser`.
            but: The ids of those that are left out.
        """
        rows = self._database.rows(
            f"SELECT article {_ARTICLES} WHERE place IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM findings WHERE findings.article = inbox.article AND analyser = ?) "
            "AND article NOT IN (SELECT value FROM json_each(?)) ORDER BY dated DESC LIMIT 1",
            analyser,
            as_json([*but]),
        )
        return str(rows[0][0]) if rows else None

    # --- addresses to be fetched

    def wait_for(self, address: str) -> bool:
        """Note an address to be fetched; False where it waits already."""
        with self._database.transaction() as db:
            return bool(
                db.execute(
                    "INSERT OR IGNORE INTO waiting (address, added) VALUES (?, ?)",
                    (address, _now()),
                ).rowcount
            )

    def waiting(self) -> tuple[Waiting, ...]:
        """The addresses still to be fetched, the first first."""
        rows = self._database.rows("SELECT address, problem FROM waiting ORDER BY added, rowid")
        return tuple(Waiting(*row) for row in rows)

    def failed(self, address: str, why: str) -> None:
        """Note why an address could not be fetched."""
        with self._database.transaction() as db:
            db.execute("UPDATE waiting SET problem = ? WHERE address = ?", (why, address))

    def came(self, address: str) -> None:
        """An address waits no more."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM waiting WHERE address = ?", (address,))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
