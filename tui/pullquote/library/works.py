"""Works: which articles of the library are versions of the same one."""

import sqlite3

import msgspec

from pullquote.library.database import Database
from pullquote.library.fields import inherit


class Version(msgspec.Struct, frozen=True):
    """One version of a work."""

    id: str  # the article's
    title: str
    added: str  # when it was first opened; ISO 8601, UTC
    notes: int


class Works:
    """The works, each with its versions; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, work: str) -> tuple[Version, ...]:
        """All versions of a work, the one seen first first; none for an unknown one.

        Args:
            work: `Article.work`: the address that the versions share, or an article's id.
        """
        rows = self._database.rows(
            "SELECT id, title, added, "
            "(SELECT count(*) FROM annotations WHERE article = articles.id) "
            "FROM articles WHERE work = ? ORDER BY added, number",
            work,
        )
        return tuple(Version(*row) for row in rows)

    def versions(self, article: str) -> tuple[Version, ...]:
        """All versions of the work that the article of that id is one of, in the same order."""
        rows = self._database.rows("SELECT work FROM articles WHERE id = ?", article)
        return self.get(rows[0][0]) if rows else ()

    def earlier(self, article: str) -> str | None:
        """The id of the version before: of the same work, or out of the same file.

        Returns:
            None for the first, and for an article that is not in the library.
        """
        rows = self._database.rows(
            "SELECT earlier.id FROM articles AS earlier "
            "JOIN articles AS later ON earlier.number < later.number "
            "WHERE later.id = ? AND (earlier.work = later.work "
            "OR (earlier.origin = later.origin AND later.origin != '')) "
            "ORDER BY earlier.number DESC LIMIT 1",
            article,
        )
        return rows[0][0] if rows else None

    def link(self, article: str, earlier: str) -> None:
        """Note that `article` is a version of the work that `earlier` is one of (ids).

        What the reader has put right in the metadata of `earlier` is valid in it, too.
        """
        with self._database.transaction() as db:
            link(db, article, earlier)

    def unlink(self, article: str) -> None:
        """Note that `article` is a work of its own, though its file held another before."""
        with self._database.transaction() as db:
            db.execute("UPDATE articles SET work = id WHERE id = ?", (article,))
            db.execute(
                "UPDATE articles SET origin = '' WHERE id != ? AND origin = (SELECT origin FROM "
                "articles WHERE id = ?)",
                (article, article),
            )


def link(db: sqlite3.Connection, article: str, earlier: str) -> None:
    """Make `article` a version of the work of `earlier`, with what was put right in that.

    The transaction is the caller's.
    """
    db.execute(
        "UPDATE articles SET work = (SELECT work FROM articles WHERE id = ?) WHERE id = ?",
        (earlier, article),
    )
    inherit(db, article, earlier)
