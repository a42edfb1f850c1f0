"""The library: every article read so far, its findings and its notes, in one SQLite file.

Each act of the reader is one transaction that also writes the act into a log, so that it can be
undone after a restart, and two readers at once lose nothing. A commit is on the disk when it
returns (WAL, synchronous=FULL): an annotation once shown as saved survives the process and the
power. A row that cannot be read is left as it is, told of in `damaged`, and costs nothing but
itself.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.acts import Change, NotDone, acted, as_json, travelled
from pullquote.library.file import FILE, LibraryError, file_of, opened, worded
from pullquote.library.narrowing import narrowed
from pullquote.library.search import Hit, search
from pullquote.notes.annotations import Annotation
from pullquote.notes.narrowing import Narrow
from pullquote.notes.reading import Reading, derived
from pullquote.text import Spans, one_line

__all__ = ["FILE", "Change", "Entry", "Library", "LibraryError", "Version"]

_T = TypeVar("_T")


class Entry(msgspec.Struct, frozen=True):
    """One article in the list of the library: the reader's journal of it."""

    id: str
    title: str
    site: str
    published: str
    source: str
    opened: str  # last; ISO 8601, UTC
    added: str
    finished: str  # when its end was first on the screen; "" if never
    read: float  # the share of the text that has been on the screen, 0 to 1
    notes: int
    versions: int


class Version(msgspec.Struct, frozen=True):
    """One version of a work."""

    id: str
    title: str
    added: str  # when it was first opened; ISO 8601, UTC
    notes: int


class Library:
    """An open library, for several threads; each call is one transaction or `LibraryError`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection
        self._file = file_of(path)
        self._lock = Lock()
        self._damaged: dict[str, None] = {}

    @classmethod
    def open(cls, folder: Path, make: bool = True) -> Self:
        """The library in `folder`; the file is brought up to date.

        A folder or file that is not there is made, for its owner alone, or, unless `make`, refused.
        One that cannot be written is opened all the same, `read_only`.
        """
        return cls(folder / FILE, *opened(folder, make))

    def close(self, patience: float = -1) -> None:
        """Close the file once any running call has ended; later ones raise `LibraryError`.

        A call that takes more than `patience` seconds (less than 0: without end) is left to end
        with the program, and the file to be put in order by who opens it next.
        """
        if self._lock.acquire(timeout=patience):
            try:
                self._connection.close()
            finally:
                self._lock.release()

    @property
    def damaged(self) -> tuple[str, ...]:
        """What could not be read so far, one line each."""
        return tuple(self._damaged)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise LibraryError(
                f"{self.path}: can only be read; copy its folder to where you may write, and name "
                "that with --data"
            )
        if (
            file_of(self.path) != self._file
        ):  # SQLite would go on writing to what nobody opens again
            raise LibraryError(f"{self.path}: was moved or replaced; put it back, or start again")
        with self._lock, self._errors_in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # some errors end the transaction by themselves
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise worded(error, self.path) from error
        except NotDone as error:
            raise LibraryError(f"{self.path}: {error}") from error
        except (UnicodeError, OverflowError) as error:
            raise LibraryError(f"{self.path}: cannot hold this: {one_line(str(error))}") from error

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock, self._errors_in_words():
            return self._connection.execute(query, values).fetchall()

    def _read(self, value: bytes, kind: type[_T], what: str) -> _T | None:
        """`value` as what it should be; None, told of as `what`, where it is not."""
        try:
            return msgspec.json.decode(value, type=kind)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            self._damaged[f"{self.path}: {what}"] = None
            return None

    # --- articles

    def keep(self, article: Article, digest: str = "", origin: str = "") -> bool:
        """Put `article` into the library, or note that it was opened again; whether it is new.

        `digest` is of the source's bytes, `origin` the full path of the file that it came from.
        """
        with self._transaction() as db:
            when = _now()
            known = db.execute(
                "UPDATE articles SET opened = ? WHERE id = ?", (when, article.id)
            ).rowcount
            if not known:
                fields = msgspec.structs.asdict(article) | {
                    "headings": as_json(article.headings),
                    "id": article.id,
                }
                fields |= {"opened": when, "added": when, "work": article.work}
                names = ", ".join(fields)
                values = ", ".join(f":{name}" for name in fields)
                db.execute(f"INSERT INTO articles ({names}) VALUES ({values})", fields)
            if origin:
                db.execute("UPDATE articles SET origin = ? WHERE id = ?", (origin, article.id))
            if digest:
                db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (digest, article.id))
            return not known

    def article(self, identity: str) -> Article | None:
        """The article of that id."""
        return self._article("id = ?", identity)

    def article_from(self, digest: str) -> Article | None:
        """The article that a source with these bytes gave before."""
        return self._article("id = (SELECT article FROM sources WHERE digest = ?)", digest)

    def find(self, prefix: str) -> list[str]:
        """The ids that begin with `prefix`."""
        return [
            row[0]
            for row in self._rows(
                "SELECT id FROM articles WHERE substr(id, 1, ?) = ?", len(prefix), prefix
            )
        ]

    def _article(self, where: str, value: str) -> Article | None:
        names = [name for name in Article.__struct_fields__ if name != "headings"]
        rows = self._rows(
            f"SELECT id, CAST(headings AS BLOB), {', '.join(names)} FROM articles WHERE {where}",
            value,
        )
        if not rows:
            return None
        identity, headings, *values = rows[0]
        told = f"the headings of the article {identity} cannot be read; it is shown without"
        spans = self._read(headings, Spans, told)
        return Article(**dict(zip(names, values, strict=True)), headings=spans or ())

    def ids(self, narrow: Narrow) -> list[str]:
        """The ids of the articles that may have what is asked for, the oldest entry first."""
        where, values = narrowed(narrow)
        return [
            row[0] for row in self._rows(f"SELECT id FROM articles{where} ORDER BY number", *values)
        ]

    def origins(self) -> tuple[Path, ...]:
        """The files that articles came from, as far as is known; some may be gone."""
        return tuple(
            Path(row[0])
            for row in self._rows("SELECT DISTINCT origin FROM articles WHERE origin != ''")
        )

    def entries(self, limit: int = -1) -> tuple[Entry, ...]:
        """All articles, or the first of them, the one opened last first."""
        rows = self._rows(
            "SELECT id, title, site, published, source, opened, added, finished, "
            "min(1.0, 1.0 * furthest / max(1, length(text))), "
            "(SELECT count(*) FROM annotations WHERE article = articles.id), "
            "(SELECT count(*) FROM articles AS other WHERE other.work = articles.work) "
            "FROM articles ORDER BY opened DESC, id LIMIT ?",
            limit,
        )
        return tuple(Entry(*row) for row in rows)

    def place(self, article: str) -> int | None:
        """Where the reader left off: an offset in code points."""
        rows = self._rows("SELECT place FROM articles WHERE id = ?", article)
        return rows[0][0] if rows else None

    def keep_place(self, article: str, offset: int, furthest: int = 0) -> None:
        """Note where the reader leaves off, and how far they have read (in code points)."""
        with self._transaction() as db:
            db.execute(
                "UPDATE articles SET place = ?, furthest = max(furthest, ?), finished = CASE "
                "WHEN finished = '' AND ? >= length(rtrim(text, char(10) || ' ')) THEN ? ELSE "
                "finished END WHERE id = ?",
                (offset, furthest, furthest, _now(), article),
            )

    # --- versions

    def versions(self, article: str) -> tuple[Version, ...]:
        """All versions of the work that this article is one of, the one seen first first."""
        rows = self._rows("SELECT work FROM articles WHERE id = ?", article)
        return self.work(rows[0][0]) if rows else ()

    def work(self, work: str) -> tuple[Version, ...]:
        """All versions of a work (`Article.work`), the one seen first first."""
        rows = self._rows(
            "SELECT id, title, added, "
            "(SELECT count(*) FROM annotations WHERE article = articles.id) "
            "FROM articles WHERE work = ? ORDER BY added, number",
            work,
        )
        return tuple(Version(*row) for row in rows)

    def earlier(self, article: str) -> str | None:
        """The version before: of the same work, or out of the same file; None for the first."""
        rows = self._rows(
            "SELECT earlier.id FROM articles AS earlier "
            "JOIN articles AS one ON earlier.number < one.number "
            "WHERE one.id = ? AND (earlier.work = one.work "
            "OR (earlier.origin = one.origin AND one.origin != '')) "
            "ORDER BY earlier.number DESC LIMIT 1",
            article,
        )
        return rows[0][0] if rows else None

    def link(self, article: str, earlier: str) -> None:
        """Note that `article` is a version of the work that `earlier` is one of."""
        with self._transaction() as db:
            db.execute(
                "UPDATE articles SET work = (SELECT work FROM articles WHERE id = ?) WHERE id = ?",
                (earlier, article),
            )

    def unlink(self, article: str) -> None:
        """Note that `article` is a work of its own, though its file held another before."""
        with self._transaction() as db:
            db.execute("UPDATE articles SET work = id WHERE id = ?", (article,))
            db.execute(
                "UPDATE articles SET origin = '' WHERE id != ? AND origin = (SELECT origin FROM "
                "articles WHERE id = ?)",
                (article, article),
            )

    # --- findings

    def findings(self, article: str, analyser: str) -> Findings | None:
        """What that analyser found in the article, if it is kept and can still be read."""
        query = "SELECT CAST(json AS BLOB) FROM findings WHERE article = ? AND analyser = ?"
        told = f"the findings in the article {article} cannot be read; opening it finds them anew"
        return next(
            (self._read(row[0], Findings, told) for row in self._rows(query, article, analyser)),
            None,
        )

    def keep_findings(self, article: str, findings: Findings) -> None:
        """Keep what an analyser found."""
        with self._transaction() as db:
            row = (article, findings.analyser, msgspec.json.encode(findings))
            db.execute("INSERT OR REPLACE INTO findings VALUES (?, ?, ?)", row)

    def reading(self, article: str, analyser: str) -> Reading | None:
        """The article with its findings and annotations."""
        found = self.article(article)
        return (
            derived(found, self.findings(article, analyser), self.annotations(article))
            if found
            else None
        )

    # --- annotations

    def annotations(self, article: str) -> tuple[Annotation, ...]:
        """The reader's annotations of an article, in text order, orphans last."""
        rows = self._rows(
            "SELECT id, CAST(json AS BLOB) FROM annotations WHERE article = ? "
            "ORDER BY placed = 'orphaned', start, end, created, id",
            article,
        )
        return tuple(filter(None, (self._annotation(*row) for row in rows)))

    def annotation(self, identity: str) -> Annotation | None:
        """The annotation of that id, of whatever article."""
        rows = self._rows("SELECT id, CAST(json AS BLOB) FROM annotations WHERE id = ?", identity)
        return self._annotation(*rows[0]) if rows else None

    def _annotation(self, identity: str, value: bytes) -> Annotation | None:
        told = f"the note {one_line(identity)} cannot be read; it is left as it is, and left out"
        return self._read(value, Annotation, told)

    def taken(self, identities: Sequence[str]) -> frozenset[str]:
        """Which of the ids belong to annotations of any article, readable or not."""
        query = "SELECT id FROM annotations WHERE id IN (SELECT value FROM json_each(?))"
        return frozenset(row[0] for row in self._rows(query, as_json(identities)))

    def tags(self) -> tuple[str, ...]:
        """All tags in use, the one used last first."""
        rows = self._rows(
            "SELECT tag.value "
            "FROM annotations, json_each(iif(json_valid(tags), tags, '[]')) AS tag "
            "WHERE tag.type = 'text' GROUP BY tag.value ORDER BY max(modified) DESC, tag.value"
        )
        return tuple(row[0] for row in rows)

    def tagged(self, tag: str) -> frozenset[str]:
        """The ids of the articles with a note of that tag."""
        return frozenset(self.ids(Narrow(tags=frozenset({tag}))))

    def add(self, article: str, *annotations: Annotation) -> None:
        """Add annotations, as one act."""
        self.act(article, [(None, one) for one in annotations])

    def change(self, article: str, *annotations: Annotation) -> None:
        """Replace each annotation by its id, as one act, for a caller who showed none of them."""
        self.act(article, [(self.annotation(one.id), one) for one in annotations])

    def remove(self, article: str, *identities: str) -> None:
        """Remove annotations, as one act, for who has not shown them to a reader."""
        self.act(article, [(self.annotation(identity), None) for identity in identities])

    def act(self, article: str, changes: Sequence[Change]) -> str:
        """Add, change and remove annotations, all or nothing, undone as one; what there is to tell.

        Each change is an annotation as the reader saw it, None for a new one, and as it is to be,
        None for removed. What another has made of it in the meantime stays
        (tui/pullquote/notes/merging.py), and one line tells; "" where there is nothing to tell.
        What is to be added under an id that is there already is left as it is. A place outside of
        the text is refused.
        """
        with self._transaction() as db:
            return acted(db, article, changes)

    def undo(self, article: str) -> str | None:
        """Undo the last act on the article; says what it was, or None when there is none."""
        return self._travel(article, back=True)

    def redo(self, article: str) -> str | None:
        """Do the last undone act again; says what it was, or None when there is none."""
        return self._travel(article, back=False)

    def _travel(self, article: str, back: bool) -> str | None:
        with self._transaction() as db:
            return travelled(db, article, back)

    def search(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Where all words of `query` stand: in notes, then articles, at most `limit` of each."""
        return search(self._rows, self._annotation, query, limit)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
