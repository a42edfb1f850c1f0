"""The feeds that the reader has, how each was found last, and which items have come in.

Of the items only digests are kept: an article that the reader deletes does not come again, and its
address is in the file no more.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

import msgspec

from pullquote.article import canonical
from pullquote.library.acts import as_json
from pullquote.library.database import Database


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed; moments are ISO 8601, UTC, and "" for never."""

    number: int
    address: str
    title: str
    site: str  # the address of the site that it is about
    folder: str  # of the reader's list, with slashes between
    added: str
    fetched: str = ""  # when it was last found to be well
    wait: str = ""  # until when its server asks not to be asked
    problem: str = ""  # why it could not be fetched the last time
    etag: str = ""
    last_modified: str = ""
    unread: int = 0

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return self.title or self.address

    def item(self, name: str) -> str:
        """The name of one of its items, among those of all feeds, in every library."""
        return f"{canonical(self.address) or self.address} {name}"


class Feeds:
    """The feeds, in the order of their folders; every call raises `LibraryError` if it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Feed, ...]:
        """All feeds."""
        plain = [name for name in Feed.__struct_fields__ if name != "unread"]
        rows = self._database.rows(
            f"SELECT {', '.join(plain)}, (SELECT count(*) FROM inbox JOIN articles ON id = article "
            "WHERE feed = feeds.address AND place IS NULL) FROM feeds "
            "ORDER BY folder COLLATE NOCASE, title COLLATE NOCASE, number"
        )
        return tuple(Feed(**dict(zip((*plain, "unread"), row, strict=True))) for row in rows)

    def add(self, address: str, title: str = "", site: str = "", folder: str = "") -> bool:
        """Add a feed; False where it is there already."""
        with self._database.transaction() as db:
            return bool(
                db.execute(
                    "INSERT OR IGNORE INTO feeds (address, title, site, folder, added) "
                    "VALUES (?, ?, ?, ?, ?)",
                    (address, title, site, folder, _now()),
                ).rowcount
            )

    def remove(self, address: str) -> None:
        """Remove a feed; what came in by it stays."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM feeds WHERE address = ?", (address,))

    def save(self, feed: Feed) -> None:
        """Save how a feed was found; one that has moved to where another is goes."""
        with self._database.transaction() as db:
            (before,) = db.execute(
                "SELECT coalesce(max(address), '') FROM feeds WHERE number = ?", (feed.number,)
            ).fetchone()
            changed = db.execute(
                "UPDATE OR IGNORE feeds SET address = :address, title = :title, site = :site, "
                "fetched = :fetched, wait = :wait, problem = :problem, etag = :etag, "
                "last_modified = :last_modified WHERE number = :number",
                msgspec.structs.asdict(feed),
            ).rowcount
            if before and not changed:
                db.execute("DELETE FROM feeds WHERE number = ?", (feed.number,))
            if before and before != feed.address:
                db.execute("UPDATE inbox SET feed = ? WHERE feed = ?", (feed.address, before))

    def seen(self, names: Sequence[str]) -> frozenset[str]:
        """Which of these items, by their names, have come in before."""
        digests = {_digest(name): name for name in names}
        rows = self._database.rows(
            "SELECT digest FROM seen_items WHERE digest IN (SELECT value FROM json_each(?))",
            as_json([*digests]),
        )
        return frozenset(digests[row[0]] for row in rows)

    def see(self, names: Iterable[str]) -> None:
        """Note that these items have come in, or are not to."""
        with self._database.transaction() as db:
            db.executemany(
                "INSERT OR IGNORE INTO seen_items VALUES (?)",
                [(_digest(name),) for name in names],
            )


def _digest(name: str) -> int:
    return int.from_bytes(
        blake2b(name.encode(errors="replace"), digest_size=8).digest(), signed=True
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
