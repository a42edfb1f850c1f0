"""The library: every article read so far, its findings, and the reader's annotations, in one SQLite file.

Each act of the reader is one transaction that also writes the act into a log, so that it can be undone after a restart,
and two readers at once lose nothing. A commit is on the disk when it returns (WAL, synchronous=FULL): an annotation once
shown as saved survives the process and the power.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

import msgspec

from tui.analysis.findings import Findings
from tui.article import Article
from tui.library.annotations import Annotation, Target
from tui.library.reading import Reading
from tui.text import Spans

FILE = "library.db"
_BUSY = 5.0  # seconds to wait for another reader's transaction, which takes milliseconds

# One script for each version of the file; a script once released is never changed. `PRAGMA user_version` counts them.
_MIGRATIONS = (
    """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        text TEXT NOT NULL,
        title TEXT NOT NULL,
        byline TEXT NOT NULL,
        site TEXT NOT NULL,
        url TEXT NOT NULL,
        published TEXT NOT NULL,
        retrieved TEXT NOT NULL,
        language TEXT NOT NULL,
        source TEXT NOT NULL,
        headings TEXT NOT NULL,
        place INTEGER,
        opened TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sources (
        digest TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE findings (
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        analyser TEXT NOT NULL,
        json BLOB NOT NULL,
        PRIMARY KEY (article, analyser)
    ) STRICT;
    CREATE TABLE annotations (
        id TEXT PRIMARY KEY,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        highlight INTEGER NOT NULL,
        comment TEXT NOT NULL,
        tags TEXT NOT NULL,
        created TEXT NOT NULL,
        modified TEXT NOT NULL
    ) STRICT;
    CREATE INDEX annotations_by_place ON annotations (article, start, end);
    CREATE TABLE acts (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        annotation TEXT NOT NULL,
        before TEXT,
        after TEXT,
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX acts_by_article ON acts (article, undone, number);
    """,
)


class LibraryError(Exception):
    """The library cannot be used; the message is one line that names the file and a way out."""


class Entry(msgspec.Struct, frozen=True):
    """One article in the list of the library."""

    id: str
    title: str
    site: str
    published: str
    source: str
    opened: str  # ISO 8601, UTC
    notes: int


class Library:
    """An open library. May be used from several threads; each call is one transaction. All raise `LibraryError`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The library in `folder`, which is made if need be, for its owner alone; the file is brought up to date."""
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.chmod(folder, 0o700)
            connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"{path}: cannot be opened: {error}; name another folder with --data") from error
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

    def keep(self, article: Article, digest: str = "") -> None:
        """Put `article` into the library, or note that it was opened again. `digest` is of the source's bytes."""
        with self._transaction() as db:
            fields = msgspec.structs.asdict(article) | {"headings": _json(article.headings), "opened": _now()}
            names = ", ".join(fields)
            values = ", ".join(f":{name}" for name in fields)
            db.execute(
                f"INSERT INTO articles (id, {names}) VALUES (:id, {values}) "
                "ON CONFLICT (id) DO UPDATE SET opened = excluded.opened",
                fields | {"id": article.id},
            )
            if digest:
                db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (digest, article.id))

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

    def entries(self) -> tuple[Entry, ...]:
        """All articles, the one opened last first."""
        rows = self._rows(
            "SELECT id, title, site, published, source, opened, "
            "(SELECT count(*) FROM annotations WHERE article = articles.id) FROM articles ORDER BY opened DESC, id"
        )
        return tuple(Entry(*row) for row in rows)

    def place(self, article: str) -> int | None:
        """Where the reader left off: an offset in code points."""
        rows = self._rows("SELECT place FROM articles WHERE id = ?", article)
        return rows[0][0] if rows else None

    def keep_place(self, article: str, offset: int) -> None:
        """Note where the reader leaves off."""
        with self._transaction() as db:
            db.execute("UPDATE articles SET place = ? WHERE id = ?", (offset, article))

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
        return Reading(found, self.findings(article, analyser), self.annotations(article)) if found else None

    # --- annotations

    def annotations(self, article: str) -> tuple[Annotation, ...]:
        """The reader's annotations of an article, in text order."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM annotations WHERE article = ? ORDER BY start, end, created, id", article
        )
        return tuple(_annotation(row) for row in rows)

    def tags(self) -> tuple[str, ...]:
        """All tags in use, the one used last first."""
        rows = self._rows(
            "SELECT tag.value FROM annotations, json_each(annotations.tags) AS tag "
            "GROUP BY tag.value ORDER BY max(modified) DESC, tag.value"
        )
        return tuple(row[0] for row in rows)

    def add(self, article: str, annotation: Annotation) -> None:
        """Add an annotation."""
        self._act(article, None, annotation)

    def change(self, article: str, annotation: Annotation) -> None:
        """Put `annotation` in the place of the one with its id."""
        self._act(article, annotation.id, annotation)

    def remove(self, article: str, identity: str) -> None:
        """Remove an annotation."""
        self._act(article, identity, None)

    def _act(self, article: str, identity: str | None, after: Annotation | None) -> None:
        with self._transaction() as db:
            before = _one(db, identity) if identity else None
            if before is None and after is None:
                return
            _put(db, article, before, after)
            db.execute("DELETE FROM acts WHERE article = ? AND undone = 1", (article,))
            changed = after or before
            assert changed is not None
            db.execute(
                "INSERT INTO acts (article, annotation, before, after) VALUES (?, ?, ?, ?)",
                (article, changed.id, _json(before) if before else None, _json(after) if after else None),
            )

    def undo(self, article: str) -> str | None:
        """Undo the last act on the article; says what it was, or None when there is none."""
        return self._travel(article, back=True)

    def redo(self, article: str) -> str | None:
        """Do the last undone act again; says what it was, or None when there is none."""
        return self._travel(article, back=False)

    def _travel(self, article: str, back: bool) -> str | None:
        """Step through the log. An act whose annotation is no longer as the act left it is another reader's now: left out."""
        order = "DESC" if back else "ASC"
        with self._transaction() as db:
            acts = db.execute(
                f"SELECT number, annotation, before, after FROM acts WHERE article = ? AND undone = ? ORDER BY number {order}",
                (article, 0 if back else 1),
            ).fetchall()
            for number, identity, *states in acts:
                before, after = (msgspec.json.decode(s, type=Annotation) if s else None for s in states)
                source, goal = (after, before) if back else (before, after)
                db.execute("UPDATE acts SET undone = ? WHERE number = ?", (1 if back else 0, number))
                if _one(db, identity) == source:
                    _put(db, article, source, goal)
                    return _words(before, after)
            return None


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(_MIGRATIONS):
        raise LibraryError(f"{path}: was written by a newer pullquote (version {version}); update pullquote to open it")
    if version and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise LibraryError(f"{path}: is damaged; move it away or restore it from a copy, then start again")
    for number in range(version, len(_MIGRATIONS)):
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == number:  # else another process was faster
            for statement in _MIGRATIONS[number].split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")


_REASONS: tuple[tuple[str, str], ...] = (
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


_COLUMNS = "id, start, end, exact, prefix, suffix, highlight, comment, tags, created, modified"


def _annotation(row: tuple[Any, ...]) -> Annotation:
    identity, start, end, exact, prefix, suffix, highlight, comment, tags, created, modified = row
    return Annotation(
        id=identity,
        target=Target(start, end, exact, prefix, suffix),
        highlight=highlight,
        comment=comment,
        tags=msgspec.json.decode(tags, type=tuple[str, ...]),
        created=created,
        modified=modified,
    )


def _one(db: sqlite3.Connection, identity: str) -> Annotation | None:
    row = db.execute(f"SELECT {_COLUMNS} FROM annotations WHERE id = ?", (identity,)).fetchone()
    return _annotation(row) if row else None


def _put(db: sqlite3.Connection, article: str, before: Annotation | None, after: Annotation | None) -> None:
    if before is not None:
        db.execute("DELETE FROM annotations WHERE id = ?", (before.id,))
    if after is not None:
        t = after.target
        values = (after.id, t.start, t.end, t.exact, t.prefix, t.suffix, after.highlight, after.comment)
        values += (_json(after.tags), after.created, after.modified)  # type: ignore[assignment]
        marks = ", ".join("?" * len(values))
        db.execute(f"INSERT INTO annotations (article, {_COLUMNS}) VALUES (?, {marks})", (article, *values))


def _words(before: Annotation | None, after: Annotation | None) -> str:
    """What an act did, in a word or two."""
    if before is None and after is not None:
        return f"added {_KINDS[after.motivation]}"
    if after is None and before is not None:
        return f"removed {_KINDS[before.motivation]}"
    return "changed note"


_KINDS = {"highlighting": "highlight", "commenting": "note", "tagging": "tag"}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
