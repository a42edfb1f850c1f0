"""The door of merges: what another library holds of an article, made fit for this one.

Anybody may have written its file. Words are cleaned as those of articles are, places lie in the
text, moments are past; notes pass the door of all notes. Findings are taken as far as an analyser
could have found them in this text, and a digest leads to an article only where the bytes that it is
of are there, so that no file can pass one text off for another. What cannot be had is left out and
told, and costs nothing but itself.
"""

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from pullquote.article import Article, Parts
from pullquote.article.forms import digest
from pullquote.article.original import Headers
from pullquote.article.vetting import vetted as vetted_article
from pullquote.errors import PullquoteError
from pullquote.findings import Finding, Findings
from pullquote.library import fields, records
from pullquote.library.acts import METADATA, as_json, columns_of
from pullquote.library.placing import found_in
from pullquote.library.records import Record, Row
from pullquote.library.waiting import row as waiting_row
from pullquote.notes.annotations import Annotation, now, targets_of
from pullquote.notes.incoming import Incoming, Refused, admitted, placeless
from pullquote.notes.incoming import vetted as vetted_note
from pullquote.text import Spans, clean, is_on_the_web, one_line

_ID, _SHA256 = re.compile("[0-9a-f]{32}"), re.compile("[0-9a-f]{64}")
_AS_JSON: dict[str, Any] = {"headings": Spans, "parts": Parts}
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
_TYPES = {"TEXT": str, "INTEGER": int, "BLOB": bytes, "REAL": float}


class Unfit(PullquoteError):
    """Of an article nothing can be had; the message, one line, says why."""


def vetted(one: Record, db: sqlite3.Connection) -> tuple[Record, list[str]]:
    """A record of another library, fit for this one.

    Args:
        one: As it stands there.
        db: This library's, whose columns are those to be filled.

    Returns:
        The record, and what is wrong with what was left out, a line each.

    Raises:
        Unfit: It is no article.
    """
    article = _article(one.article)
    wrong: list[str] = []
    rows = {table: _typed(db, table, ones) for table, ones in one.rows.items()}
    for table, vet in _ROWS.items():
        rows[table] = [found for row in rows.get(table, ()) if (found := vet(row, article))]
    rows["annotations"] = list(_notes(one.rows.get("annotations", ()), article.text, wrong))
    rows["sources"] = _sources(rows.get("sources", ()), rows["originals"], article)
    known = records.tables(db)
    return Record(
        _own(article) | _journal(one.article, article),
        {
            table: [{**_cleaned(row), known[table]: article.id} for row in ones]
            for table, ones in rows.items()
            if table in known
        },
    ), wrong


def _article(row: Row) -> Article:
    plain = {name: row.get(name, "") for name in Article.__struct_fields__ if name not in _AS_JSON}
    try:
        parts = {name: _decoded(row.get(name, "[]"), kind) or () for name, kind in _AS_JSON.items()}
        return vetted_article(msgspec.convert({**plain, **parts}, Article))
    except _UNREADABLE as error:
        raise Unfit(f"is not an article of a library: {one_line(str(error))}") from error


def _own(article: Article) -> dict[str, Any]:
    own = msgspec.structs.asdict(article)
    return own | {name: as_json(own[name]) for name in _AS_JSON} | {"id": article.id}


def _journal(row: Row, article: Article) -> dict[str, Any]:
    place, furthest = row.get("place"), row.get("furthest")
    size = len(article.text)
    work = one_line(str(row.get("work") or ""))
    return {
        "place": place if isinstance(place, int) and 0 <= place <= size else None,
        "furthest": min(max(0, furthest), size) if isinstance(furthest, int) else 0,
        "added": past(row.get("added")) or now(),
        "opened": past(row.get("opened")),
        "finished": past(row.get("finished")),
        "work": article.work if work in ("", row.get("id")) else work,
        "origin": clean(str(row.get("origin") or "")),
    }


def past(moment: object) -> str:
    """A moment as it stands in a file (ISO 8601), but none that is still to come; "" for none."""
    try:
        when = datetime.fromisoformat(str(moment))
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return str(moment) if when <= datetime.now(UTC) else now()
    except (ValueError, OverflowError):
        return ""


def _typed(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows whose values are of the kinds that the table holds."""
    kinds = {
        name: _TYPES.get(kind.upper(), object)
        for name, kind in db.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
    }
    return [
        row
        for row in rows
        if all(
            value is None or isinstance(value, kinds.get(name, object))
            for name, value in row.items()
        )
    ]


def _cleaned(row: Row) -> dict[str, Any]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}


def _decoded(value: Any, kind: Any) -> Any:
    """The JSON in a column; None where it is none of that kind."""
    try:
        return msgspec.json.decode(value, type=kind)
    except (*_UNREADABLE, TypeError):
        return None


# --- notes, and the log of acts


def _notes(rows: Sequence[Row], text: str, wrong: list[str]) -> Iterator[Row]:
    for row in rows:
        try:
            note = msgspec.json.decode(row["json"], type=Annotation)
            yield columns_of(found_in(_sound(note), text))
        except (*_UNREADABLE, Refused, TypeError, OverflowError) as error:
            wrong.append(f"has a note that cannot be read: {one_line(str(error))}")


def _sound(note: Annotation) -> Annotation:
    """A note as it stands in the file, if that could be ours; else as it is admitted.

    Raises:
        Refused: It cannot be.
    """
    clean_one = vetted_note(note)
    if not _ID.fullmatch(note.id):
        raise Refused(f"the id {one_line(note.id)[:40]} is none")
    return note if placeless(note) == clean_one else clean_one


def _act(act: Row, article: Article) -> Row | None:
    """An act that may be in the log: undoing it brings its states back."""
    states = [state for state in (act.get("before"), act.get("after")) if state is not None]
    try:
        if act["annotation"] == METADATA:
            is_sound = len(states) == 2 and all(
                fields.checked(name, value) == value
                for state in states
                for name, value in fields.read(state).items()
            )
        else:
            notes = [msgspec.json.decode(state, type=Annotation) for state in states]
            is_sound = all(_may_be_brought_back(note, act["annotation"], article) for note in notes)
    except (*_UNREADABLE, PullquoteError, TypeError):
        return None
    return {**act, "at": past(act.get("at"))} if is_sound else None


def _may_be_brought_back(note: Annotation, identity: str, article: Article) -> bool:
    is_in = note.is_orphan or all(one.end <= len(article.text) for one in targets_of(note))
    return is_in and _sound(note) == note and note.id == identity


# --- what belongs to an article


def _said(row: Row, article: Article) -> Row | None:
    """What the page said of a field that the reader has put right."""
    if row.get("field") not in fields.FIELDS:
        return None
    return {**row, "said": one_line(row["said"]), "edited": past(row["edited"])}


def _findings(row: Row, article: Article) -> Row | None:
    found = _decoded(row.get("json"), Findings)
    if found is None or found.analyser != row.get("analyser") or not _fit(found, article.text):
        return None
    return row


def _fit(found: Findings, text: str) -> bool:
    """Whether findings may be of a text: they lie in it, name what there is, and are clean."""
    actors = {one.id for one in found.actors} | {None}
    attributions = {one.id for one in found.attributions} | {None}
    stated: list[Finding] = [*found.quotes, *found.claims, *found.warnings, *found.replies]
    stated += found.of_plug_ins
    speakers = {one.speaker for one in stated} | {one.speaker for one in found.attributions}
    named = [getattr(one, role) for one in found.claims for role in one.others]
    return (
        all(one.spans and one.attribution in attributions for one in stated)
        and {*named, *speakers} <= actors
        and all(_is_sane(value, len(text)) for value in _leaves(msgspec.to_builtins(found)))
    )


def _leaves(value: Any) -> Iterator[Any]:
    """The values in a tree of lists and mappings; a span, its two numbers, is one."""
    if isinstance(value, Mapping):
        value = [*value.values()]
    if isinstance(value, (list, tuple)) and not (len(value) == 2 and isinstance(value[0], int)):
        for one in value:
            yield from _leaves(one)
    else:
        yield value


def _is_sane(value: Any, size: int) -> bool:
    if isinstance(value, (list, tuple)):
        start, end = value
        return bool(0 <= start < end <= size)
    return not isinstance(value, str) or clean(value) == value


def _original(row: Row, article: Article) -> Row:
    """What the article was read from; its bytes only if they are those that it says."""
    headers = _decoded(row.get("headers"), Headers) or ()
    about = _decoded(row.get("about"), dict[str, str]) or {}
    status, size = row["status"], row["size"]
    return {
        **row,
        "url": _on_the_web(row["url"]),
        "status": status if 0 <= status < 1000 else 0,
        "size": max(0, size),
        **{name: one_line(row[name]) for name in ("etag", "last_modified", "charset", "form")},
        **{name: past(row[name]) for name in ("retrieved", "checked")},
        "headers": as_json([(one_line(name), one_line(value)) for name, value in headers]),
        "about": as_json({one_line(name): one_line(value) for name, value in about.items()}),
        "data": row["data"] if _bytes_of(row) is not None else None,
    }


def _page(row: Row, article: Article) -> Row | None:
    """What was fetched as evidence; a path of another machine leads to nothing here."""
    if not _SHA256.fullmatch(row["sha256"]):
        return None
    found = {**_original({**row, "checked": ""}, article), "source": _on_the_web(row["source"])}
    return {name: found[name] for name in row}


def _bytes_of(row: Row) -> bytes | None:
    import hashlib

    try:
        data = zlib.decompressobj().decompress(row["data"] or b"", max(0, row["size"]) + 1)
    except (zlib.error, OverflowError):
        return None
    is_whole = row["data"] is not None and hashlib.sha256(data).hexdigest() == row["sha256"]
    return data if is_whole else None


def _sources(rows: Sequence[Row], originals: Sequence[Row], article: Article) -> list[Row]:
    """The digests that lead to the article: those of the bytes that are there."""
    known = {
        digest(row["form"], row["url"], data, mend)
        for row in originals
        if (data := _bytes_of(row)) is not None
        for mend in (False, True)
    }
    return [row for row in rows if row["digest"] in known]


def _in_inbox(row: Row, article: Article) -> Row | None:
    return {
        **row,
        "feed": one_line(row["feed"]),
        "dated": min(one_line(row["dated"]), now()) or now(),
        "added": past(row["added"]) or now(),
    }


_ROWS: Mapping[str, Callable[[Row, Article], Row | None]] = {
    "acts": _act,
    "metadata": _said,
    "findings": _findings,
    "originals": _original,
    "evidence_pages": _page,
    "inbox": _in_inbox,
}


# --- what belongs to no article


def vetted_of_none(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a table of another library that belong to no article, as far as they are fit."""
    vet = _OF_NONE.get(table, _cleaned)
    return [found for row in _typed(db, table, rows) if (found := vet(row))]


def _feed(row: Row) -> Row | None:
    words = ("address", "title", "site", "folder", "problem", "etag", "last_modified")
    found = {**row, **{name: one_line(row[name]) for name in words}}
    found |= {name: past(row[name]) for name in ("added", "fetched")}
    found |= {"site": _on_the_web(row["site"]), "wait": ""}
    return found if is_on_the_web(found["address"]) else None


def _address(row: Row) -> Row | None:
    """An address that waits to be fetched."""
    address = _on_the_web(row["address"])
    found = {"address": address, "added": past(row["added"]), "problem": one_line(row["problem"])}
    return found if address else None


def _on_the_web(address: str) -> str:
    plain = one_line(address)
    return plain if is_on_the_web(plain) else ""


def _waiting_note(row: Row) -> Row | None:
    item = _decoded(row["json"], Incoming)
    if item is None or item.annotation is None:
        return None
    try:
        note = _sound(item.annotation)
        known = admitted(note, item.article, item.url, item.title, item.whole)
    except (Refused, OverflowError):
        return None
    return waiting_row(known, past(row["added"]))


_OF_NONE: Mapping[str, Callable[[Row], Row | None]] = {
    "feeds": _feed,
    "waiting": _address,
    "waiting_notes": _waiting_note,
    "imports": lambda row: {**row, "file": one_line(row["file"]), "at": past(row["at"])},
}
