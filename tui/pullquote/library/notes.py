"""The reader's notes on the library's articles, and the log of acts by which they are undone."""

import sqlite3
from collections.abc import Sequence

from pullquote.library.acts import Change, as_json, perform, step
from pullquote.library.database import Database
from pullquote.library.following import follow
from pullquote.notes.annotations import Annotation
from pullquote.text import one_line


class Notes:
    """The annotations, each under its id; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article: str) -> tuple[Annotation, ...]:
        """The annotations of the article of that id, in text order, orphans last."""
        rows = self._database.rows(
            "SELECT id, CAST(json AS BLOB) FROM annotations WHERE article = ? "
            "ORDER BY placed = 'orphaned', start, end, created, id",
            article,
        )
        return tuple(filter(None, (self.decoded(*row) for row in rows)))

    def get(self, identity: str) -> Annotation | None:
        """The annotation of that id, of whatever article."""
        rows = self._database.rows(
            "SELECT id, CAST(json AS BLOB) FROM annotations WHERE id = ?", identity
        )
        return self.decoded(*rows[0]) if rows else None

    def decoded(self, identity: str, value: bytes) -> Annotation | None:
        """The annotation of that id out of the JSON in its row; None, and reported, if damaged."""
        damage = f"the note {one_line(identity)} cannot be read; it is left as it is, and left out"
        return self._database.decoded(value, Annotation, damage)

    def taken(self, identities: Sequence[str]) -> frozenset[str]:
        """Which of the ids belong to annotations of any article, readable or not."""
        query = "SELECT id FROM annotations WHERE id IN (SELECT value FROM json_each(?))"
        return frozenset(row[0] for row in self._database.rows(query, as_json(identities)))

    def tags(self) -> tuple[str, ...]:
        """All tags in use, the one used last first."""
        rows = self._database.rows(
            "SELECT tag.value "
            "FROM annotations, json_each(iif(json_valid(tags), tags, '[]')) AS tag "
            "WHERE tag.type = 'text' GROUP BY tag.value ORDER BY max(modified) DESC, tag.value"
        )
        return tuple(row[0] for row in rows)

    def add(self, article: str, *annotations: Annotation) -> None:
        """Add annotations to the article of that id, as one act; see `act`."""
        self.act(article, [(None, note) for note in annotations])

    def change(self, article: str, *annotations: Annotation) -> None:
        """Replace each annotation by its id, as one act, for a caller who showed none of them."""
        self.act(article, [(self.get(note.id), note) for note in annotations])

    def remove(self, article: str, *identities: str) -> None:
        """Remove annotations by their ids, as one act, for a caller who showed none of them."""
        self.act(article, [(self.get(identity), None) for identity in identities])

    def act(self, article: str, changes: Sequence[Change]) -> str:
        """Add, change and remove annotations, all or nothing, to be undone as one act.

        What another reader has made of an annotation in the meantime stays
        (tui/pullquote/notes/merging.py). One to be added under an id that is taken is left out.

        Args:
            article: The id of the article that they are on.
            changes: For each annotation what the reader saw, None if it is new, and what it is to
                be, None to remove it.

        Returns:
            What the reader should know of a merge, in one line; "" for nothing.

        Raises:
            LibraryError: The library cannot be written, has no such article, a place is outside of
                its text, or an annotation to be changed is damaged.
        """
        with self._database.transaction() as db:
            remark = perform(db, article, changes)
            follow(db, article)
            return remark

    def undo(self, article: str, *, alone: bool = True) -> str | None:
        """Undo our last act on an article; what others have done to it since stays.

        Args:
            article: The article's id.
            alone: Whether what was done before the library was opened counts as ours: nobody else
                has the article open.

        Returns:
            What the act was, in a few words; None when there is none to undo.
        """
        with self._database.transaction() as db:
            return self._stepped(db, article, True, alone)

    def redo(self, article: str, *, alone: bool = True) -> str | None:
        """Do the last act on the article that we have undone again; the same way."""
        with self._database.transaction() as db:
            return self._stepped(db, article, False, alone)

    def _stepped(self, db: sqlite3.Connection, article: str, back: bool, alone: bool) -> str | None:
        done = step(db, article, back, alone)
        follow(db, article)
        return done
