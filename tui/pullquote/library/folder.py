"""One plain file an article, for a folder that is synchronised by other means.

A file is what the format `json` writes, so that any program that reads that reads it, with all else
that the library holds of the article under `library`: the journal, what the page said, the log of
acts, originals. Findings are not in it: they are found anew, so that no file can put words into the
mouth of the machine. What comes in passes the same doors as any import.
"""

import base64
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pullquote.article import Article
from pullquote.errors import PullquoteError
from pullquote.files import put_in_place, staging, written
from pullquote.library.acts import as_json
from pullquote.library.records import Record, Row
from pullquote.library.vetting import Unfit, vetted
from pullquote.text import one_line

SUFFIX = ".json"
_SCHEMA = 3  # of the format `json`
_JOURNAL = {
    "place": int | None,
    "furthest": int,
    "added": str,
    "opened": str,
    "finished": str,
    "work": str,
    "origin": str,
}
_NOT_AS_ROWS = ("annotations", "findings", "acts", "metadata")


class Act(msgspec.Struct, frozen=True):
    """An act of the log; the states are JSON."""

    annotation: str
    before: str | None = None
    after: str | None = None
    undone: int = 0
    bundle: int = 0
    at: str = ""


class Said(msgspec.Struct, frozen=True):
    """What the page said of a field that the reader has put right."""

    field: str
    said: str
    edited: str


class Kept(msgspec.Struct, frozen=True):
    """What the library holds beside the article and its notes."""

    journal: dict[str, Any] = {}
    metadata: list[Said] = []
    acts: list[Act] = []
    tables: dict[str, list[dict[str, Any]]] = {}


class _File(msgspec.Struct, frozen=True):
    schema: int
    article: Article
    annotations: list[Any] = []
    library: Kept = Kept()


class NotOurs(PullquoteError):
    """A file that is no article of a library; the message is one line."""


def encoded(one: Record, article: Article) -> bytes:
    """An article's file; the same article gives the same bytes."""
    kept = Kept(
        {name: one.article[name] for name in _JOURNAL},
        msgspec.convert([_without_article(row) for row in one.rows["metadata"]], list[Said]),
        msgspec.convert([_without_article(row) for row in one.rows["acts"]], list[Act]),
        {
            table: [
                {name: _portable(value) for name, value in _without_article(row).items()}
                for row in rows
            ]
            for table, rows in one.rows.items()
            if table not in _NOT_AS_ROWS and rows
        },
    )
    notes = [msgspec.Raw(row["json"].encode()) for row in one.rows["annotations"]]
    file = _File(_SCHEMA, article, notes, kept)
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def _without_article(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "article"}


def _portable(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def put_files(folder: Path, files: Iterator[tuple[str, bytes]]) -> Iterator[bool]:
    """Write each file, by its stem, into the folder, where it is not there as it is.

    Yields:
        For each whether it was written.

    Raises:
        OSError: One cannot be written; those before it are.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with staging(folder) as stage:
        for stem, data in files:
            path = folder / f"{stem}{SUFFIX}"
            is_new = not path.is_file() or path.read_bytes() != data
            if is_new:
                with written(stage / "new") as file:
                    file.write(data)
                (stage / "new").chmod(0o600)
                put_in_place(stage / "new", path, over=True)
            yield is_new


# --- in


def decoded(data: bytes, db: sqlite3.Connection) -> Record:
    """What a file holds, fit for this library.

    Args:
        data: The file.
        db: The library's, whose columns are those to be filled.

    Raises:
        NotOurs: Something in it is not what it should be.
    """
    file = _file(data)
    try:
        journal = {
            name: msgspec.convert(file.library.journal.get(name, _UNKNOWN[name]), kind)
            for name, kind in _JOURNAL.items()
        }
        own = msgspec.structs.asdict(file.article)
        own = {
            name: value if isinstance(value, str) else as_json(value) for name, value in own.items()
        }
        rows: dict[str, list[Row]] = {
            table: [{name: _value(value) for name, value in row.items()} for row in coming]
            for table, coming in file.library.tables.items()
            if table not in _NOT_AS_ROWS
        }
        rows["annotations"] = [{"json": as_json(note)} for note in file.annotations]
        rows["metadata"] = [msgspec.structs.asdict(one) for one in file.library.metadata]
        rows["acts"] = [msgspec.structs.asdict(act) for act in file.library.acts]
        found, wrong = vetted(Record({**own, **journal}, rows), db)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, Unfit) as error:
        raise NotOurs(f"is not an article of a library: {one_line(str(error))}") from error
    if wrong:
        raise NotOurs(wrong[0])
    return found


def _file(data: bytes) -> _File:
    try:
        whole = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
        if isinstance(whole, list):
            raise NotOurs("holds several articles; pullquote import takes it")
        file = msgspec.convert(whole, _File)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise NotOurs(f"is not an article of a library: {one_line(str(error))}") from error
    if file.schema > _SCHEMA:
        raise NotOurs(f"was written by a newer pullquote (schema {file.schema}); update pullquote")
    return file


_UNKNOWN: dict[str, Any] = {
    "place": None, "furthest": 0, "added": "", "opened": "", "finished": "", "work": "",
    "origin": "",
}  # fmt: skip


def _value(value: Any) -> Any:
    if isinstance(value, dict) and isinstance(value.get("base64"), str):
        try:
            return base64.b64decode(value["base64"], validate=True)
        except ValueError as error:
            raise NotOurs("has an original that cannot be read") from error
    if isinstance(value, (dict, list)):
        raise NotOurs("has a value that no library has")
    return value
