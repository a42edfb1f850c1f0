"""The articles of the library, and how far each has been read."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from pullquote.article import Article, Parts
from pullquote.article.original import Original
from pullquote.library.acts import as_json
from pullquote.library.database import Database
from pullquote.library.narrowing import narrowed
from pullquote.library.originals import keep
from pullquote.library.works import link
from pullquote.notes.narrowing import Narrow
from pullquote.text import Spans

# The fields of an article that are stored as JSON, and what they are.
_AS_JSON: dict[str, Any] = {"headings": Spans, "parts": Parts}


class Entry(msgspec.Struct, frozen=True):
    """One article in the list of the library: the reader's journal of it."""

    id: str
    title: str
    site: str
    published: str
    source: str
    opened: str  # last; ISO 8601, UTC
    added: str  # when it was first opened; ISO 8601, UTC
    finished: str  # when its end was first on the screen; ISO 8601, UTC; "" if never
    read: float  # the share of the text that has been on the screen, 0 to 1
    notes: int
    versions: int


class Articles:
    """The articles, each under its id; every call raises `LibraryError` where it fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # the article whose place was saved last, and where its text ends: one id has one text
        self._ends: tuple[str, int | None] = "", None

    def save(
        self,
        article: Article,
        digest: str = "",
        origin: str = "",
        original: Original | None = None,
        earlier: str = "",
        is_opened: bool = True,
    ) -> bool:
        """Put `article` into the library, or note that it was opened again.

        Args:
            article: Stored as it is now; one of the same id stays as it was. What the reader has
                put right in the version before of its address is valid in it, too.
            digest: Of the bytes that it was read from (`Source.digest`), for `from_source`.
            origin: The full path of the file that it came from.
            original: What it was read from; if it is known already, that it is still so.
            earlier: The id of an article that a new one is known to be a version of.
            is_opened: Whether the reader opens it now.

        Returns:
            True if it is new.
        """
        with self._database.transaction() as db:
            when = _now()
            known = db.execute(
                "UPDATE articles SET opened = iif(?, ?, opened) WHERE id = ?",
                (is_opened, when, article.id),
            ).rowcount
            if not known:
                fields = msgspec.structs.asdict(article)
                fields |= {name: as_json(fields[name]) for name in _AS_JSON}
                fields |= {
                    "id": article.id,
                    "opened": when if is_opened else "",
                    "added": when,
                    "work": article.work,
                }
                names = ", ".join(fields)
                values = ", ".join(f":{name}" for name in fields)
                db.execute(f"INSERT INTO articles ({names}) VALUES ({values})", fields)
                if before := earlier or _version_before(db, article):
                    link(db, article.id, before)
            if origin:
                db.execute("UPDATE articles SET origin = ? WHERE id = ?", (origin, article.id))
            if digest:
                db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (digest, article.id))
            if original:
                keep(db, article.id, original)
            return not known

    def get(self, identity: str) -> Article | None:
        """The article of that id."""
        return self._first("id = ?", identity)

    def from_source(self, digest: str) -> Article | None:
        """The article that a source with these bytes gave before."""
        return self._first("id = (SELECT article FROM sources WHERE digest = ?)", digest)

    def _first(self, where: str, value: str) -> Article | None:
        plain = [name for name in Article.__struct_fields__ if name not in _AS_JSON]
        stored = [f"CAST({name} AS BLOB)" for name in _AS_JSON]
        rows = self._database.rows(
            f"SELECT id, {', '.join([*stored, *plain])} FROM articles WHERE {where}", value
        )
        if not rows:
            return None
        identity, *values = rows[0]
        damage = f"the {{}} of the article {identity} cannot be read; it is shown without"
        spans: dict[str, Any] = {
            name: self._database.decoded(json, kind, damage.format(name)) or ()
            for json, (name, kind) in zip(values, _AS_JSON.items(), strict=False)
        }
        return Article(**dict(zip(plain, values[len(spans) :], strict=True)), **spans)

    def find(self, prefix: str) -> list[str]:
        """The ids that begin with `prefix`."""
        query = "SELECT id FROM articles WHERE substr(id, 1, ?) = ?"
        return [row[0] for row in self._database.rows(query, len(prefix), prefix)]

    def ids(self, narrow: Narrow) -> list[str]:
        """The ids of the articles that may have what is asked for, the oldest entry first.

        There may be too many of them, never too few: who asks looks into each.
        """
        where, values = narrowed(narrow)
        query = f"SELECT id FROM articles{where} ORDER BY number"
        return [row[0] for row in self._database.rows(query, *values)]

    def newest_ids(self, narrow: Narrow) -> list[str]:
        """The id of the newest version of each work that may have what is asked for in any version.

        They come in the order of the works' first entries. There may be too many of them, never too
        few, as for `ids`.
        """
        where, values = narrowed(narrow)
        query = (
            "SELECT (SELECT id FROM articles AS version WHERE version.work = works.work "
            "ORDER BY added DESC, number DESC LIMIT 1) FROM "
            f"(SELECT DISTINCT work FROM articles{where}) AS works ORDER BY "
            "(SELECT min(number) FROM articles AS version WHERE version.work = works.work)"
        )
        return [row[0] for row in self._database.rows(query, *values)]

    def tagged(self, tag: str) -> frozenset[str]:
        """The ids of the articles with a note of that tag."""
        return frozenset(self.ids(Narrow(tags=frozenset({tag}))))

    def titles(self) -> list[tuple[str, str]]:
        """Each article's id and title, the oldest entry first."""
        return self._database.rows("SELECT id, title FROM articles ORDER BY number")

    def count(self) -> int:
        """How many there are."""
        count: int = self._database.rows("SELECT count(*) FROM articles")[0][0]
        return count

    def without_findings(self, analyser: str) -> list[str]:
        """The ids of those that an analyser has not been through, the newest entry first.

        Args:
            analyser: `Findings.analyser`.
        """
        rows = self._database.rows(
            "SELECT id FROM articles WHERE NOT EXISTS (SELECT 1 FROM findings "
            "WHERE findings.article = articles.id AND analyser = ?) ORDER BY number DESC",
            analyser,
        )
        return [row[0] for row in rows]

    def with_words(self, words: Sequence[str], limit: int) -> list[str]:
        """The ids of articles in which these words stand in a row, the newest first."""
        return [
            row[0]
            for row in self._database.rows(
                "SELECT articles.id FROM article_words "
                "JOIN articles ON articles.number = article_words.rowid "
                "WHERE article_words MATCH ? ORDER BY article_words.rowid DESC LIMIT ?",
                f'"{" ".join(words)}"',
                limit,
            )
        ]

    def origins(self) -> tuple[Path, ...]:
        """The files that articles came from, as far as is known; some may be gone."""
        query = "SELECT DISTINCT origin FROM articles WHERE origin != ''"
        return tuple(Path(row[0]) for row in self._database.rows(query))

    def entries(self, limit: int = -1) -> tuple[Entry, ...]:
        """The articles as the list shows them, the one opened last first.

        Args:
            limit: The most entries; less than 0 for all of them.
        """
        rows = self._database.rows(
            "SELECT id, title, site, published, source, opened, added, finished, "
            "min(1.0, 1.0 * furthest / max(1, length(text))), "
            "(SELECT count(*) FROM annotations WHERE article = articles.id), "
            "(SELECT count(*) FROM articles AS other WHERE other.work = articles.work) "
            "FROM articles ORDER BY opened DESC, id LIMIT ?",
            limit,
        )
        return tuple(Entry(*row) for row in rows)

    def place(self, article: str) -> int | None:
        """Where the reader left off in the article of that id.

        Returns:
            An offset in code points; None where they have not read in it, or it is not there.
        """
        rows = self._database.rows("SELECT place FROM articles WHERE id = ?", article)
        return rows[0][0] if rows else None

    def furthest(self, article: str) -> int:
        """Up to where the article of that id has been on the screen, in code points."""
        rows = self._database.rows("SELECT furthest FROM articles WHERE id = ?", article)
        return max(0, rows[0][0]) if rows else 0

    def have_been_read(self) -> bool:
        """Whether the reader has ever been in any of them."""
        query = "SELECT EXISTS (SELECT 1 FROM articles WHERE place IS NOT NULL)"
        return bool(self._database.rows(query)[0][0])

    def save_place(self, article: str, offset: int, furthest: int = 0) -> None:
        """Note where the reader leaves off; once at the end of the text, it is finished.

        Args:
            article: The article's id.
            offset: Where they are, in code points.
            furthest: Up to where they have read, in code points; it never goes back.
        """
        with self._database.transaction() as db:
            if self._ends[0] != article or self._ends[1] is None:
                self._ends = article, _end(db, article)
            db.execute(
                "UPDATE articles SET place = ?, furthest = max(furthest, ?), "
                "finished = iif(finished = '' AND ? >= ?, ?, finished) WHERE id = ?",
                (offset, furthest, furthest, self._ends[1], _now(), article),
            )


def _end(db: sqlite3.Connection, article: str) -> int | None:
    """Where the text ends, but for blanks; None where there is no such article.

    To measure a long text takes longer than to save a place in it, which is done while it is read.
    """
    text_end = "SELECT length(rtrim(text, char(10) || ' ')) FROM articles WHERE id = ?"
    row = db.execute(text_end, (article,)).fetchone()
    return row[0] if row else None


def _version_before(db: sqlite3.Connection, article: Article) -> str | None:
    row = db.execute(
        "SELECT id FROM articles WHERE work = ? AND id != ? ORDER BY number DESC LIMIT 1",
        (article.work, article.id),
    ).fetchone()
    return row[0] if row else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
