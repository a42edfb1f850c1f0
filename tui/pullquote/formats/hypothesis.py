"""Hypothesis, out and in: the file that its client exports and imports; in, its API's answers too.

Its offsets are UTF-16 units, as JavaScript counts; ours are code points. What it has no field for
goes into a key of our own, `pullquote`, that it passes over, so that what is read again is what was
written. People see the kind of a highlight and the verdict as tags, and verdict, evidence and
correction below the comment; these are named in our key too, and taken away again.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from pullquote.article import Article
from pullquote.formats.files import indented, listed
from pullquote.formats.form import Content, Format, Purpose, notes_reader
from pullquote.formats.markdown import judged
from pullquote.formats.selectors import (
    Highlight,
    Offset,
    identity,
    name_of,
    selectors,
    source_of,
    target_of,
)
from pullquote.notes.annotations import Annotation, Correction, Placed, Target
from pullquote.notes.evidence import Evidence
from pullquote.notes.incoming import (
    NOWHERE,
    Incoming,
    NotThisFormat,
    Refused,
    admitted,
    decoded,
    placeless,
    read_each,
)
from pullquote.notes.reading import Reading
from pullquote.settings import Settings

# no account of Hypothesis' own is claimed (RFC 2606: the name belongs to nobody)
_AUTHORITY = "pullquote.invalid"


class _Ours(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What Hypothesis has no field for; `text` and `tags` are what was added for people to see."""

    article: str = ""
    url: str = ""
    start: Offset | None = None  # in code points; none for an orphan
    end: Offset | None = None
    highlight: Highlight = 0
    verdict: str = ""
    evidence: tuple[Evidence, ...] = ()
    correction: Correction | None = None
    placed: Placed = Placed.HERE
    origin: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()


_SHARED = ("highlight", "verdict", "evidence", "correction", "placed", "origin")


def _shared(note: Annotation | _Ours) -> dict[str, Any]:
    """What a note and our own key call by the same names."""
    return {name: getattr(note, name) for name in _SHARED}


# --- out


def hypothesis(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The annotations as Hypothesis' client exports them, dated by the latest change among them."""
    name = re.sub(r"[^A-Za-z0-9._]+", "_", settings.reader).strip("_")[:30]
    # a name has 3 to 30 of these characters
    user = f"acct:{name if len(name) >= 3 else 'reader'}@{_AUTHORITY}"
    latest = ""

    def annotations() -> Iterator[dict[str, Any]]:
        nonlocal latest
        for reading in readings:
            page = _page(reading.article)
            for note in reading.annotations:
                latest = max(latest, note.modified)
                yield _annotation(page, note, user, settings)

    head = {"export_userid": user, "client_version": "pullquote", "annotations": []}
    yield indented(head).rpartition("[]")[0]
    yield from listed(annotations(), depth=1)
    yield indented({"annotations": [], "export_date": latest}).partition("[]")[2]


class _Page(NamedTuple):
    """What the notes on one article share."""

    id: str
    uri: str
    url: str
    title: str
    wide: list[int]  # where in its text a character takes two UTF-16 units: each beyond U+FFFF

    def in_utf16(self, target: Target) -> Target:
        """`target` with its place counted in UTF-16 units."""
        start, end = (offset + bisect_left(self.wide, offset) for offset in target.span)
        return msgspec.structs.replace(target, start=start, end=end)


def _page(article: Article) -> _Page:
    wide = [found.start() for found in re.finditer("[\U00010000-\U0010ffff]", article.text)]
    return _Page(article.id, source_of(article), article.url, article.title, wide)


def _annotation(page: _Page, note: Annotation, user: str, settings: Settings) -> dict[str, Any]:
    note = placeless(note)
    added = "\n\n".join(judged(note))
    text = "\n\n" * bool(note.comment and added) + added
    tags = tuple(filter(None, (settings.highlight(note.highlight), note.verdict)))
    start, end = (None, None) if note.is_orphan else note.target.span
    ours = _Ours(
        article=page.id, url=page.url, start=start, end=end, text=text, tags=tags, **_shared(note)
    )
    return {
        "id": note.id,
        "created": note.created,
        "updated": note.modified,
        "user": user,
        "user_info": {"display_name": settings.reader or None},
        "uri": page.uri,
        "text": note.comment + text,
        "tags": (*note.tags, *tags),
        "group": "__world__",
        # as "Only me"
        "permissions": {
            "read": [user],
            "update": [user],
            "delete": [user],
            "admin": [user],
        },
        "target": [{"source": page.uri, "selector": selectors(page.in_utf16(note.target))}],
        "document": {"title": [page.title]} if page.title else {},
        "links": {},
        "hidden": False,
        "flagged": False,
        "pullquote": ours,
    }


# --- in

_LISTS = ("annotations", "rows")  # of the client's export, and of the API's answer to a search


class _Document(msgspec.Struct, frozen=True):
    title: str | list[str] = ""


class _Target(msgspec.Struct, frozen=True):
    selector: list[Any] | None = None


class _Item(msgspec.Struct, frozen=True):
    target: list[_Target]
    id: str = ""
    created: str = ""
    updated: str = ""
    uri: str = ""
    text: str = ""
    tags: list[str] = []
    references: list[str] | None = None
    document: _Document | None = None
    pullquote: _Ours | None = None


def loaded(text: str) -> list[Incoming]:
    """What a file that the client exported holds, an answer of the API, or JSON Lines of notes.

    Offsets in UTF-16 units mean nothing without the text of the page that they count. A reply lies
    on the words of the note that the thread began with.

    Returns:
        One for each annotation, in their order. Only a note that we wrote has a place; any other
        lies `NOWHERE`, to be found by its words, or is on the whole page.

    Raises:
        NotThisFormat: It is no such file.
    """
    items = _items(decoded(text))
    if items is None:
        raise NotThisFormat('no export of Hypothesis: no list of "annotations" or "rows" in it')
    first = {one["id"]: one for one in items if isinstance(one, dict) and _has_id(one)}

    def read(item: Any) -> list[Incoming]:
        one = msgspec.convert(item, _Item)
        root = first.get(one.references[0]) if one.references else None
        return _read(item, one, msgspec.convert(root, _Item) if root else one)

    return read_each(items, read)


def _items(whole: Any) -> list[Any] | None:
    """The annotations in a file: in a list under one of two names, one a line, or one alone."""
    if isinstance(whole, dict):
        found = next((whole[key] for key in _LISTS if key in whole), None)
        if found is None and _is_one(whole):
            return [whole]
        return found if isinstance(found, list) else None
    return whole if isinstance(whole, list) and any(map(_is_one, whole)) else None


def _is_one(item: Any) -> bool:
    return isinstance(item, dict) and item.keys() >= {"target", "uri"}


def _has_id(item: dict[str, Any]) -> bool:
    return isinstance(item.get("id"), str)


def _read(item: Any, one: _Item, begun: _Item) -> list[Incoming]:
    """The note that an item is; `begun` is what its thread began with, itself if nothing else."""
    found = [target for target in begun.target if target.selector]
    if len(found) > 1:
        raise Refused("it lies on several places")
    is_bare = not one.text and not one.tags
    if is_bare and (one is not begun or not found):
        raise Refused("it says nothing, and lies on no words")
    ours = one.pullquote or _Ours(highlight=int(is_bare), url=one.uri)
    note = Annotation(
        id=identity(name_of(item)),
        target=_target(found[0].selector or [], ours) if found else Target(NOWHERE, NOWHERE, ""),
        comment=one.text.removesuffix(ours.text),
        tags=_own(tuple(one.tags), ours.tags),
        created=one.created,
        modified=one.updated,
        **_shared(ours),
    )
    titles = one.document.title if one.document else ""
    title = titles if isinstance(titles, str) else "".join(titles[:1])
    return [admitted(note, ours.article, ours.url, title, whole=not found)]


def _target(selectors: list[Any], ours: _Ours) -> Target:
    found = target_of(selectors)
    if not found.exact:
        raise Refused("a position in the page, without the words that stand there")
    start, end = (
        (NOWHERE, NOWHERE) if ours.start is None or ours.end is None else (ours.start, ours.end)
    )
    return msgspec.structs.replace(found, start=start, end=end)


def _own(tags: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    """The reader's own tags. Elsewhere they may have been put into another order."""
    if added and tags[-len(added) :] == added:
        return tags[: -len(added)]
    return tuple(one for one in tags if one not in added)


def _is_an_export(content: Content) -> bool:
    return any(
        isinstance(item, dict)
        and (_is_one(item) or not item.keys().isdisjoint(_LISTS))
        and not item.keys() & {"@context", "schema"}  # those of W3C's form and of our own
        for item in content.items[:1]
    )


FORMAT = Format(
    name="hypothesis",
    suffix=".hypothesis.json",
    carries="all annotations, as Hypothesis has them",
    description="notes as the Hypothesis client exports and imports them",
    purpose=Purpose.EXCHANGE,
    write=hypothesis,
    read=notes_reader(loaded),
    sniff=_is_an_export,
    whole=True,
    needs_findings=False,
)
