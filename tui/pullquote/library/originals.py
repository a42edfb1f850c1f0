"""What the articles were read from, as it was: the bytes, compressed, and where they came from.

An article keeps the first bytes that gave its text. When its source is fetched again and gives the
same text, only the time is noted, and what the server tells that state by.
"""

import sqlite3
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

from pullquote.article.original import Headers, Original, Validators, validators
from pullquote.library.acts import as_json
from pullquote.library.database import Database
from pullquote.text import is_on_the_web

_PLAIN = ("sha256", "size", "form", "source", "url", "charset", "retrieved", "status")
_LATEST = "checked = excluded.checked, etag = excluded.etag, last_modified = excluded.last_modified"


class Known(msgspec.Struct, frozen=True):
    """The state of a source that was found when it was last fetched."""

    article: str  # the id of the version that it gave
    title: str
    source: str  # an http(s) address or the full path of a file; "" if it cannot be fetched again
    url: str  # after redirects, as far as is known
    is_on_the_web: bool  # that is where it came from
    validators: Validators = Validators()


class Originals:
    """The originals, each under its article's id; every call may raise `LibraryError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article: str) -> Original | None:
        """What the article of that id was read from; None if nothing is known of it."""
        rows = self._database.rows(f"SELECT {COLUMNS} FROM originals WHERE article = ?", article)
        return restored(self._database, rows[0], article) if rows else None

    def keep(self, article: str, original: Original, digest: str) -> None:
        """Keep what the article of that id was read from, or that its source still gives it.

        Args:
            article: The article's id.
            original: What gave it now.
            digest: Of that (`Raw.digest`), for `Articles.from_source`.
        """
        with self._database.transaction() as db:
            db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (digest, article))
            keep(db, article, original)

    def seen_again(self, article: str) -> None:
        """Note that the source of the article of that id was asked, and is as it was."""
        with self._database.transaction() as db:
            db.execute("UPDATE originals SET checked = ? WHERE article = ?", (_now(), article))

    def known(self, article: str = "") -> tuple[Known, ...]:
        """The source of each work, in its state when it was last fetched.

        Args:
            article: The id of an article: only of the work that it is a version of.
        """
        rows = self._database.rows(
            "SELECT work, id, title, articles.source, articles.url, origin, originals.source, "
            "originals.url, etag, last_modified FROM articles "
            "LEFT JOIN originals ON article = id "
            "WHERE ?1 = '' OR work = (SELECT work FROM articles WHERE id = ?1) "
            "ORDER BY coalesce(checked, added), number",
            article,
        )
        latest = {
            work: Known(identity, title, *_found(*row)) for work, identity, title, *row in rows
        }
        return tuple(latest.values())


# as `restored` takes them
COLUMNS = f"data, CAST(headers AS BLOB), CAST(about AS BLOB), {', '.join(_PLAIN)}"


def restored(database: Database, row: tuple[Any, ...], article: str) -> Original:
    """What a row of `COLUMNS` holds; `article` is named where it is damaged."""
    data, headers, about, *values = row
    plain = dict(zip(_PLAIN, values, strict=True))
    damage = f"what came with the original of {article} cannot be read; it is left without"
    return Original(
        data=_unpacked(database, article, data, plain["size"]),
        headers=database.decoded(headers, Headers, damage) or (),
        about=database.decoded(about, dict[str, str], damage) or {},
        **plain,
    )


def _unpacked(database: Database, article: str, data: bytes | None, size: int) -> bytes | None:
    """The bytes, if they are as many as the library says: no more are ever unpacked."""
    if data is None:
        return None
    with suppress(zlib.error):
        whole = zlib.decompressobj().decompress(data, size + 1)
        if len(whole) == size:
            return whole
    database.report(f"the original of the article {article} is damaged")
    return None


def _found(
    source: str, url: str, origin: str, kept: str | None, kept_url: str | None, *known: str | None
) -> tuple[str, str, bool, Validators]:
    """Where to fetch from: where it came from, else the address that the article has."""
    came_from = (kept if kept != "-" else "") or origin or (source if is_on_the_web(source) else "")
    return (
        came_from or (url if is_on_the_web(url) else ""),
        kept_url or url,
        is_on_the_web(came_from),
        Validators(*(one or "" for one in known)),
    )


def keep(db: sqlite3.Connection, article: str, original: Original) -> None:
    """Keep what an article was read from, or that it is still so; the transaction is the caller's.

    Bytes are added where there were none.
    """
    if original.data is not None:
        db.execute("DELETE FROM originals WHERE article = ? AND data IS NULL", (article,))
    row = columns_of(article, original) | {"checked": _now()}
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    db.execute(
        f"INSERT INTO originals ({names}) VALUES ({values}) "
        f"ON CONFLICT (article) DO UPDATE SET {_LATEST}",
        row,
    )


def columns_of(article: str, original: Original) -> dict[str, Any]:
    """An original's row, but for when it was last asked for."""
    latest = validators(original.headers)
    return {name: getattr(original, name) for name in _PLAIN} | {
        "article": article,
        "headers": as_json(original.headers),
        "about": as_json(original.about),
        "etag": latest.etag,
        "last_modified": latest.last_modified,
        "data": None if original.data is None else zlib.compress(original.data),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
