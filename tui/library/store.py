"""The library: every article read so far, its findings, and the reader's annotations, in one SQLite file.

Each act of the reader is one transaction that also writes the act into a log, so that it can be undone after a restart,
and two readers at once lose nothing. A commit is on the disk when it returns (WAL, synchronous=FULL): an annotation once
shown as saved survives the process and the power.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

import msgspec

from tui.analysis.findings import Findings
from tui.article import Article, canonical
from tui.library.annotations import Annotation, short
from tui.library.reading import Reading, derived
from tui.library.schema import SCRIPTS, statements
from tui.library.search import Hit, search
from tui.text import Spans

FILE = "library.db"
_BUSY = 5.0  # seconds to wait for another reader's transaction, which takes milliseconds


class LibraryError(Exception):
    """The library cannot be used; the message is one line that names the file and a way out."""


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


Change = tuple[Annotation | str | None, Annotation | None]  # the annotation before, or its id; and the one after


class Library:
    """An open library. May be used from several threads; each call is one transaction. All raise `LibraryError`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, folder: Path, make: bool = True) -> Self:
        """The library in `folder`; the file is brought up to date.

        A folder or file that is not there is made, for its owner alone, or, unless `make`, refused.
        """
        path = folder / FILE
        if not make and not os.path.exists(path):
            raise LibraryError(f"{path}: no library here; pullquote SOURCE begins one, --data names another folder")
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        except (OSError, UnicodeError, sqlite3.Error) as error:
            why = getattr(error, "strerror", None) or error
            raise LibraryError(f"{path}: cannot be opened: {why}; name another folder with --data") from error
        try:
            _prepare(connection, path)
        except sqlite3.Error as error:
            connection.close()
            raise _said(error, path) from error
        except LibraryError:
            connection.close()
            raise
        return cls(path, connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise _said(error, self.path) from error

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise _said(error, self.path) from error

    # --- articles

    def keep(self, article: Article, digest: str = "", origin: str = "") -> bool:
        """Put `article` into the library, or note that it was opened again; whether it is new there.

        `digest` is of the source's bytes, `origin` the full path of the file that it came from.
        """
        with self._transaction() as db:
            when = _now()
            known = db.execute("UPDATE articles SET opened = ? WHERE id = ?", (when, article.id)).rowcount
            if not known:
                fields = msgspec.structs.asdict(article) | {"headings": _json(article.headings), "id": article.id}
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
        return [row[0] for row in self._rows("SELECT id FROM articles WHERE substr(id, 1, ?) = ?", len(prefix), prefix)]

    def _article(self, where: str, value: str) -> Article | None:
        names = Article.__struct_fields__
        rows = self._rows(f"SELECT {', '.join(names)} FROM articles WHERE {where}", value)
        if not rows:
            return None
        fields = dict(zip(names, rows[0], strict=True))
        return Article(**fields | {"headings": msgspec.json.decode(fields["headings"], type=Spans)})

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
        """Note where the reader leaves off, and how far the text has been on the screen (offsets in code points)."""
        with self._transaction() as db:
            db.execute(
                "UPDATE articles SET place = ?, furthest = max(furthest, ?), finished = CASE "
                "WHEN finished = '' AND ? >= length(rtrim(text, char(10) || ' ')) THEN ? ELSE finished END WHERE id = ?",
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
            "SELECT id, title, added, (SELECT count(*) FROM annotations WHERE article = articles.id) FROM articles "
            "WHERE work = ? ORDER BY added, number",
            work,
        )
        return tuple(Version(*row) for row in rows)

    def earlier(self, article: str) -> str | None:
        """The version before this article: of the same work, or out of the same file; None where it is the first."""
        rows = self._rows(
            "SELECT earlier.id FROM articles AS earlier JOIN articles AS one ON earlier.number < one.number "
            "WHERE one.id = ? AND (earlier.work = one.work OR (earlier.origin = one.origin AND one.origin != '')) "
            "ORDER BY earlier.number DESC LIMIT 1",
            article,
        )
        return rows[0][0] if rows else None

    def link(self, article: str, earlier: str) -> None:
        """Note that `article` is a version of the work that `earlier` is one of."""
        with self._transaction() as db:
            db.execute(
                "UPDATE articles SET work = (SELECT work FROM articles WHERE id = ?) WHERE id = ?", (earlier, article)
            )

    def unlink(self, article: str) -> None:
        """Note that `article` is a work of its own, though it came out of a file that held another."""
        with self._transaction() as db:
            db.execute("UPDATE articles SET work = id WHERE id = ?", (article,))
            db.execute(
                "UPDATE articles SET origin = '' WHERE id != ? AND origin = (SELECT origin FROM articles WHERE id = ?)",
                (article, article),
            )

    # --- findings

    def findings(self, article: str, analyser: str) -> Findings | None:
        """What that analyser found in the article, if it is kept and can still be read."""
        rows = self._rows("SELECT json FROM findings WHERE article = ? AND analyser = ?", article, analyser)
        try:
            return msgspec.json.decode(rows[0][0], type=Findings) if rows else None
        except msgspec.DecodeError:
            return None  # of another form of the same version, while developing: found anew

    def keep_findings(self, article: str, findings: Findings) -> None:
        """Keep what an analyser found."""
        with self._transaction() as db:
            row = (article, findings.analyser, msgspec.json.encode(findings))
            db.execute("INSERT OR REPLACE INTO findings VALUES (?, ?, ?)", row)

    def reading(self, article: str, analyser: str) -> Reading | None:
        """The article with its findings and annotations."""
        found = self.article(article)
        return derived(found, self.findings(article, analyser), self.annotations(article)) if found else None

    # --- annotations

    def annotations(self, article: str) -> tuple[Annotation, ...]:
        """The reader's annotations of an article, in text order, orphans last."""
        rows = self._rows(
            "SELECT json FROM annotations WHERE article = ? ORDER BY placed = 'orphaned', start, end, created, id",
            article,
        )
        return tuple(msgspec.json.decode(row[0], type=Annotation) for row in rows)

    def annotation(self, identity: str) -> Annotation | None:
        """The annotation of that id, of whatever article."""
        rows = self._rows("SELECT json FROM annotations WHERE id = ?", identity)
        return msgspec.json.decode(rows[0][0], type=Annotation) if rows else None

    def tags(self) -> tuple[str, ...]:
        """All tags in use, the one used last first."""
        rows = self._rows(
            "SELECT tag.value FROM annotations, json_each(annotations.tags) AS tag "
            "GROUP BY tag.value ORDER BY max(modified) DESC, tag.value"
        )
        return tuple(row[0] for row in rows)

    def tagged(self, tag: str) -> frozenset[str]:
        """The ids of the articles with a note of that tag."""
        query = "SELECT DISTINCT article FROM annotations, json_each(annotations.tags) AS tag WHERE tag.value = ?"
        return frozenset(row[0] for row in self._rows(query, tag))

    def add(self, article: str, *annotations: Annotation) -> None:
        """Add annotations, as one act."""
        self.act(article, [(None, one) for one in annotations])

    def change(self, article: str, *annotations: Annotation) -> None:
        """Put each annotation in the place of the one with its id, as one act."""
        self.act(article, [(one.id, one) for one in annotations])

    def remove(self, article: str, *identities: str) -> None:
        """Remove annotations, as one act."""
        self.act(article, [(identity, None) for identity in identities])

    def act(self, article: str, changes: Sequence[Change]) -> str:
        """Add, change and remove annotations: all of it or nothing, and undone as one.

        What is to be added under an id that is there already was added by another in the meantime, and is left as it is.
        Gives back what the reader should be told of it, in one line; "" for nothing.
        """
        with self._transaction() as db:
            changes = [(one, after) for one, after in changes if one or (after and not _one(db, after.id))]
            known = [(one.id if isinstance(one, Annotation) else one, after) for one, after in changes]
            made = [(_one(db, identity) if identity else None, after) for identity, after in known]
            made = [(before, after) for before, after in made if before is not None or after is not None]
            if not made:
                return ""
            db.execute("DELETE FROM acts WHERE article = ? AND undone = 1", (article,))
            bundle = db.execute("SELECT coalesce(max(bundle), 0) + 1 FROM acts").fetchone()[0]
            for before, after in made:
                _put(db, article, before, after)
                changed = after or before
                assert changed is not None
                states = (_json(before) if before else None, _json(after) if after else None)
                db.execute(
                    "INSERT INTO acts (article, annotation, before, after, bundle) VALUES (?, ?, ?, ?, ?)",
                    (article, changed.id, *states, bundle),
                )
            return ""

    def undo(self, article: str) -> str | None:
        """Undo the last act on the article; says what it was, or None when there is none."""
        return self._travel(article, back=True)

    def redo(self, article: str) -> str | None:
        """Do the last undone act again; says what it was, or None when there is none."""
        return self._travel(article, back=False)

    def _travel(self, article: str, back: bool) -> str | None:
        """Step through the log. A change whose annotation is no longer as it was left is another reader's now: left out."""
        order, last = ("DESC", "max") if back else ("ASC", "min")
        undone = 0 if back else 1
        with self._transaction() as db:
            while True:
                acts = db.execute(
                    f"SELECT number, annotation, before, after FROM acts WHERE article = ? AND undone = ? AND bundle = "
                    f"(SELECT {last}(bundle) FROM acts WHERE article = ? AND undone = ?) ORDER BY number {order}",
                    (article, undone, article, undone),
                ).fetchall()
                if not acts:
                    return None
                stepped = []
                for number, identity, *states in acts:
                    before, after = (msgspec.json.decode(s, type=Annotation) if s else None for s in states)
                    source, goal = (after, before) if back else (before, after)
                    db.execute("UPDATE acts SET undone = ? WHERE number = ?", (1 - undone, number))
                    if _one(db, identity) == source:
                        _put(db, article, source, goal)
                        stepped.append((before, after))
                if stepped:
                    return _told(stepped)

    def search(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Where all words of `query` stand: first in the reader's notes, then in the articles, at most `limit` of each."""
        return search(self._rows, query, limit)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(SCRIPTS):
        raise LibraryError(f"{path}: was written by a newer pullquote (version {version}); update pullquote to open it")
    if version and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise LibraryError(f"{path}: is damaged; move it away or restore it from a copy, then start again")
    connection.create_function("work", 2, lambda url, identity: canonical(url) or identity, deterministic=True)
    for number in range(version, len(SCRIPTS)):
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == number:  # else another process was faster
            for statement in statements(SCRIPTS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")


_REASONS: tuple[tuple[str, str], ...] = (
    ("FOREIGN KEY", "no longer has this article; open it again"),
    ("UNIQUE", "was written to by another program at the same moment; try again"),
    ("locked", "is locked by another program; close that and try again"),
    ("not a database", "is not a library of pullquote; move it away and start again"),
    ("malformed", "is damaged; move it away or restore it from a copy, then start again"),
    ("readonly", "cannot be written; check its permissions, or name another folder with --data"),
    ("full", "cannot be written: the disk is full; make room and try again"),
)


def _said(error: sqlite3.Error, path: Path) -> LibraryError:
    said = str(error)
    for word, reason in _REASONS:
        if word in said:
            return LibraryError(f"{path}: {reason}")
    return LibraryError(f"{path}: {said}; name another folder with --data")


def _one(db: sqlite3.Connection, identity: str) -> Annotation | None:
    row = db.execute("SELECT json FROM annotations WHERE id = ?", (identity,)).fetchone()
    return msgspec.json.decode(row[0], type=Annotation) if row else None


def _put(db: sqlite3.Connection, article: str, before: Annotation | None, after: Annotation | None) -> None:
    if before is not None:
        db.execute("DELETE FROM annotations WHERE id = ?", (before.id,))
    if after is not None:
        one = {"article": article, "id": after.id, "start": after.target.start, "end": after.target.end}
        one |= {"exact": after.target.exact, "comment": after.comment, "tags": _json(after.tags)}
        one |= {"verdict": after.verdict, "placed": after.placed, "created": after.created, "modified": after.modified}
        one |= {"json": _json(after)}
        names = ", ".join(one)
        db.execute(f"INSERT INTO annotations ({names}) VALUES ({', '.join(f':{name}' for name in one)})", one)


def _told(changes: Sequence[tuple[Annotation | None, Annotation | None]]) -> str:
    """What an act did, in a few words: (before, after) of each annotation that it added, changed or removed."""
    if len(changes) > 1:
        added, removed = (not any(change[side] for change in changes) for side in (0, 1))
        return f"{len(changes)} notes {'added' if added else 'removed' if removed else 'changed'}"
    ((before, after),) = changes
    if after is None:
        return f"removal of {short(before)}" if before else ""
    return f"change to {short(after)}" if before else short(after)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
