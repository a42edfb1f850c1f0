"""What is known about an article: what the page said, and what the reader has put right."""

from collections.abc import Mapping

import msgspec

from pullquote.article import Article
from pullquote.library.acts import as_json, edit
from pullquote.library.database import Database
from pullquote.library.fields import FIELDS, checked
from pullquote.library.following import settle


class Field(msgspec.Struct, frozen=True):
    """One field of an article's metadata."""

    name: str  # one of `FIELDS`
    value: str  # that is valid
    said: str  # by the page

    @property
    def is_edited(self) -> bool:
        """Whether the reader has put it right."""
        return self.value != self.said


class Metadata:
    """The metadata of the articles; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article: str) -> tuple[Field, ...]:
        """The fields of the article of that id, in the order of `FIELDS`; none for an unknown."""
        with self._database.snapshot():
            rows = self._database.rows(
                f"SELECT {', '.join(FIELDS)} FROM articles WHERE id = ?", article
            )
            said = dict(
                self._database.rows("SELECT field, said FROM metadata WHERE article = ?", article)
            )
        return tuple(
            Field(name, value, said.get(name, value))
            for row in rows
            for name, value in zip(FIELDS, row, strict=True)
        )

    def complete(self, article: Article) -> None:
        """Note what is found in an article whose text is the same, read anew.

        Its headings and parts are those found now; of the fields those that had no value have one.
        """
        with self._database.transaction() as db:
            db.execute(
                "UPDATE articles SET headings = ?, parts = ? WHERE id = ?",
                (as_json(article.headings), as_json(article.parts), article.id),
            )
            for name in FIELDS:
                db.execute(
                    f"UPDATE articles SET {name} = ?1 WHERE id = ?2 AND {name} = '' "
                    "AND NOT EXISTS (SELECT 1 FROM metadata WHERE article = ?2 AND field = ?3)",
                    (getattr(article, name), article.id, name),
                )

    def edit(self, article: str, values: Mapping[str, str]) -> None:
        """Put fields of the article of that id right, as one act.

        Raises:
            Wrong: A value that a field cannot have; nothing is changed.
        """
        plain = {name: checked(name, value) for name, value in values.items()}
        with self._database.transaction() as db:
            edit(db, article, plain)
            settle(db, article)

    def reset(self, article: str, *names: str) -> None:
        """Let fields be again what the page said, as one act."""
        said = {field.name: field.said for field in self.of(article) if field.name in names}
        with self._database.transaction() as db:
            edit(db, article, said)
            settle(db, article)
