"""What was fetched as evidence: pages and files as they were, for as long as the article is there.

They are no articles: nothing lists, searches or exports them. Each belongs to the article whose
verdicts rest on it, goes with it, and is found by its SHA-256. Of a source that is asked again,
only the states are kept in which the quotation was found otherwise.
"""

from collections.abc import Iterator, Sequence

import msgspec

from pullquote.article.original import Original, Validators
from pullquote.library.acts import as_json, renew
from pullquote.library.database import Database
from pullquote.library.originals import COLUMNS, columns_of, restored
from pullquote.notes import evidence
from pullquote.notes.annotations import Annotation
from pullquote.notes.evidence import Evidence


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence to check."""

    article: str  # the id of the article that the note is on
    note: str  # the note's id
    evidence: Evidence
    path: str = ""  # the full path of a file that is evidence for the first time


class EvidencePages:
    """The pages, each under its article and its hash; every call may raise `LibraryError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, sha256: str) -> Original | None:
        """The page of that hash, with its bytes if they are kept anywhere; None for none."""
        return self._one("sha256 = ?", sha256)

    def from_source(self, source: str) -> Original | None:
        """The last state of a source that is kept, whichever article it is evidence for."""
        return self._one("source = ? AND data IS NOT NULL", source)

    def _one(self, condition: str, value: str) -> Original | None:
        rows = self._database.rows(
            f"SELECT {COLUMNS} FROM evidence_pages WHERE {condition} "
            "ORDER BY data IS NULL, retrieved DESC LIMIT 1",
            value,
        )
        return restored(self._database, rows[0], "a piece of evidence") if rows else None

    def hashes(self, prefix: str) -> tuple[str, ...]:
        """The hashes that begin so."""
        rows = self._database.rows(
            "SELECT DISTINCT sha256 FROM evidence_pages WHERE substr(sha256, 1, ?) = ?",
            len(prefix),
            prefix,
        )
        return tuple(row[0] for row in rows)

    def validators(self, sha256: str) -> Validators:
        """By what the server tells that state of the page."""
        rows = self._database.rows(
            "SELECT etag, last_modified FROM evidence_pages WHERE sha256 = ? LIMIT 1", sha256
        )
        return Validators(*rows[0]) if rows else Validators()

    def jobs(self, articles: Sequence[str] = ()) -> Iterator[tuple[str, Job]]:
        """All evidence of these articles' works, or of all, each with the work; the newest first.

        Args:
            articles: Their ids.
        """
        rows = self._database.rows(
            "SELECT work, article, annotations.id, CAST(json AS BLOB) FROM annotations "
            "JOIN articles ON articles.id = article "
            "WHERE instr(json, '\"evidence\":[{') AND (?1 = '[]' OR work IN "
            "(SELECT work FROM articles WHERE id IN (SELECT value FROM json_each(?1)))) "
            "ORDER BY articles.number DESC, start, annotations.id",
            as_json(articles),
        )
        for work, article, identity, value in rows:
            damage = f"the note {identity} cannot be read; its evidence is left out"
            note = self._database.decoded(value, Annotation, damage)
            for one in note.evidence if note else ():
                yield work, Job(article=article, note=identity, evidence=one)

    def checked(self, article: str, note: str, one: Evidence, page: Original | None = None) -> None:
        """Keep what a check found: in the note, in its states in the log, and the page itself.

        Args:
            article: The id of the article that the note is on.
            note: The note's id; it may be gone, or not be there yet.
            one: The evidence as it is after the check.
            page: What was fetched; None where it is known already.
        """

        def change(was: Annotation) -> Annotation:
            return was.with_evidence(evidence.put(was.evidence, one))

        with self._database.transaction() as db:
            if page is not None:
                row = columns_of(article, page)
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                db.execute(f"INSERT OR IGNORE INTO evidence_pages ({names}) VALUES ({values})", row)
            renew(db, note, change)
