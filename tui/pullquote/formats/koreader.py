"""KOReader's notes on a document, out of the metadata.….lua beside it, in its old form and its new.

Since 2024 one list of annotations has the highlights, each with its note, and the bookmarks.
Before, a bookmark stood for each highlight, whose `notes` are the words and whose `text` is what
the reader wrote, or where they wrote nothing, a line that the program made up; and the highlights
stood again by page. Nothing in the file is run.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from pullquote.formats.form import Content, Importer, Items
from pullquote.formats.lua import NotATable, Table, table
from pullquote.notes.incoming import (
    Incoming,
    NotThisFormat,
    Refused,
    admitted,
    local_moment,
    on_words,
)

_FIRST = re.compile(r"\s*+(?:--[^\n]*+\s*+)*+return\s*+\{")
_KEYS = ("annotations", "bookmarks", "highlight", "doc_props", "doc_path", "stats")
_MADE_UP = re.compile(r" @ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")  # “Page 12 the words @ …”


def loaded(text: str) -> list[Incoming]:
    """What such a file holds, in the order of the document.

    Raises:
        NotThisFormat: It is no table of KOReader's.
    """
    try:
        whole = table(text)
    except NotATable as error:
        raise NotThisFormat(f"metadata of KOReader that cannot be read: it {error}") from error
    title = _title(whole)
    items = _new(whole) if "annotations" in whole else _old(whole)
    return [_incoming(item, title) for item in items]


def _title(whole: Table) -> str:
    """The document's title, else its file's name."""
    for about in ("doc_props", "stats"):
        if title := _text(_in(whole, about).get("title")):
            return title
    return PurePosixPath(_text(whole.get("doc_path"))).stem


def _new(whole: Table) -> Iterator[Table]:
    return _each(_in(whole, "annotations"))


def _old(whole: Table) -> Iterator[Table]:
    """The items of the old form as the new one has them."""
    seen = set[tuple[str, str]]()
    for one in _each(_in(whole, "bookmarks")):
        words, said = _text(one.get("notes")), _text(one.get("text"))
        if not one.get("highlighted"):
            yield {"datetime": one.get("datetime")}
            continue
        made_up = words in said or _MADE_UP.search(said)
        seen.add((_text(one.get("datetime")), words))
        yield one | {"drawer": "lighten", "text": words, "note": "" if made_up else said}
    for page in _each(_in(whole, "highlight")):
        for one in _each(page):
            if (_text(one.get("datetime")), _text(one.get("text"))) not in seen:
                yield {"drawer": "lighten"} | one


def _incoming(item: Table, title: str) -> Incoming:
    words, comment = _text(item.get("text")).strip(), _text(item.get("note")).strip()
    if not item.get("drawer"):
        return Incoming(skipped="bookmark")
    if not words and not comment:
        return Incoming(skipped="highlight without words")
    when, where = _text(item.get("datetime")), item.get("pos0") or item.get("page")
    made = local_moment(when)
    note = on_words(
        words,
        source=f"koreader {title}\n{where}\n{words}\n{comment}",
        highlight=int(bool(words)),
        comment=comment,
        created=made,
        modified=local_moment(_text(item.get("datetime_updated"))) or made,
    )
    try:
        return admitted(note, "", "", title, whole=not words)
    except Refused as error:
        return Incoming(refused=f"{words[:60]}: {error}")


def _each(values: Table) -> Iterator[Table]:
    """The tables in a table that are counted, in their order."""
    counted = sorted(key for key in values if isinstance(key, int | float))
    return (values[key] for key in counted if isinstance(values[key], dict))


def _in(whole: Table, key: str) -> Table:
    found = whole.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_koreaders(content: Content) -> bool:
    text = content.text
    return bool(_FIRST.match(text)) and any(f'["{key}"]' in text for key in _KEYS)


IMPORTER = Importer(
    name="koreader",
    carries="highlights with their notes (metadata.….lua)",
    read=lambda content: Items(loaded(content.text)),
    sniff=_is_koreaders,
)
