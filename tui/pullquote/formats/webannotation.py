"""W3C Web Annotation (2017), out and in: a collection in JSON-LD with its one page.

What the model has no word for (the kind of a highlight, a correction, how a note came to its place,
the article) is said in terms of our own beside the model's, so that what is read again is what was
written; other readers pass over them, and find the same in words in the bodies. The model counts
characters as we do, in Unicode code points.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from pullquote.formats.files import indented, listed
from pullquote.formats.form import Content, Format, Purpose, notes_reader
from pullquote.formats.selectors import (
    URN,
    Highlight,
    Quote,
    identity,
    iri,
    is_a,
    name_of,
    selectors,
    source_of,
    target_of,
    values,
)
from pullquote.notes.annotations import Annotation, Correction, Placed
from pullquote.notes.corrections import correction_line
from pullquote.notes.evidence import Check, Evidence
from pullquote.notes.incoming import (
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

Node = dict[str, Any]

_KINDS = ("AnnotationCollection", "AnnotationPage", "Annotation")  # of files that come in
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    # A correction is a JSON literal, and so are the checks of evidence (JSON-LD 1.1, 4.2.2): its
    # lists keep their order, and no name in it needs a term.
    {
        "pullquote": f"{URN}terms#",
        "pullquote:correction": {"@id": "pullquote:correction", "@type": "@json"},
        "pullquote:checks": {"@id": "pullquote:checks", "@type": "@json"},
    },
]

# --- out


def webannotation(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The annotations as an indented AnnotationCollection; an orphan has no position selector.

    What follows from all of them, the collection's id and their number, stands at its end.
    """
    articles, total = list[str](), 0

    def items() -> Iterator[Node]:
        nonlocal total
        for reading in readings:
            articles.append(URN + reading.article.id)
            for item in _annotations(reading, settings):
                total += 1
                yield item

    collection = {
        "@context": _CONTEXT,
        "type": "AnnotationCollection",
        "label": "Annotations made in pullquote",
    }
    page = {"type": "AnnotationPage", "startIndex": 0, "items": []}
    yield indented(collection | {"first": page}).rpartition("[]")[0]
    yield from listed(items(), depth=2)
    identity = uuid5(NAMESPACE_URL, " ".join(articles)).urn
    rest = {
        "first": {"items": [], "id": f"{identity}#1", "partOf": identity},
        "id": identity,
        "total": total,
    }
    yield indented(rest).partition("[]")[2]


def _annotations(reading: Reading, settings: Settings) -> list[Node]:
    article, source = reading.article, source_of(reading.article)
    about = _given(
        {"id": URN + article.id, "dcterms:title": article.title, "pullquote:url": article.url}
    )
    return [_annotation(placeless(note), source, about, settings) for note in reading.annotations]


def _annotation(note: Annotation, source: str, article: Node, settings: Settings) -> Node:
    bodies = _bodies(note, settings)
    # The note's own first. The name of a highlight's kind is a class; the motivation is to
    # highlight.
    purposes = (one["purpose"].replace("classifying", "highlighting") for one in bodies)
    motivations = list(dict.fromkeys((note.motivation.value, *purposes)))
    creator = _given(
        {"type": "Person", "name": settings.reader, "homepage": iri(settings.reader_url)}
    )
    return _given(
        {
            "@context": _CONTEXT,
            "id": UUID(identity(note.id)).urn,
            "type": "Annotation",
            "motivation": motivations[0] if len(motivations) == 1 else motivations,
            "creator": creator if settings.reader else None,
            "created": note.created.replace("+00:00", "Z"),
            "modified": note.modified.replace("+00:00", "Z"),
            "body": bodies,
            "target": {
                "type": "SpecificResource",
                "source": source,
                "selector": selectors(note.target),
            },
            "pullquote:article": article,
            "pullquote:highlight": note.highlight,
            "pullquote:placed": note.placed,
            "pullquote:origin": note.origin,
        }
    )


def _bodies(note: Annotation, settings: Settings) -> list[Node]:
    bodies = []
    if note.correction:
        said = _text("editing", correction_line(note.correction))
        bodies.append(said | {"pullquote:correction": msgspec.to_builtins(note.correction)})
    if note.verdict:
        bodies.append(_text("assessing", note.verdict))
    bodies += map(_evidence, note.evidence)
    if note.comment:
        bodies.append(_text("commenting", note.comment, "text/markdown"))
    bodies += [_text("tagging", tag) for tag in note.tags]
    if note.highlight:
        bodies.append(_text("classifying", settings.highlight(note.highlight)))
    return bodies


def _text(purpose: str, value: str, form: str = "text/plain") -> Node:
    """A text as it was typed; only a comment is Markdown."""
    return {"type": "TextualBody", "purpose": purpose, "format": form, "value": value}


def _evidence(evidence: Evidence) -> Node:
    source = iri(evidence.url) or f"{URN}nowhere"
    return _given(
        {
            "type": ["SpecificResource", "pullquote:Evidence"],
            "purpose": "assessing",
            "source": source,
            "selector": {"type": "TextQuoteSelector", "exact": evidence.quote}
            if evidence.quote
            else None,
            "state": {"type": "TimeState", "sourceDate": evidence.check.at.replace("+00:00", "Z")}
            if evidence.check
            else None,
            "dcterms:title": evidence.title,
            "pullquote:source": evidence.article,
            "pullquote:checks": [*map(msgspec.to_builtins, evidence.checks)],
            "pullquote:problem": evidence.problem,
        }
    ) | ({"pullquote:url": evidence.url} if source != evidence.url else {})


def _given(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in ("", None, [])}


# --- in


class _Resource(msgspec.Struct, frozen=True):
    id: str = ""


class _Target(msgspec.Struct, frozen=True):
    source: str | _Resource = ""
    selector: str | dict[str, Any] | list[str | dict[str, Any]] = []


class _Body(msgspec.Struct, frozen=True):
    type: str | list[str] = ""
    id: str = ""
    value: str | None = None
    purpose: str | list[str] = []
    source: str | _Resource = ""
    selector: Any = None
    title: str = msgspec.field(default="", name="dcterms:title")
    url: str | None = msgspec.field(default=None, name="pullquote:url")
    correction: Correction | None = msgspec.field(default=None, name="pullquote:correction")
    article: str = msgspec.field(default="", name="pullquote:source")
    checks: tuple[Check, ...] = msgspec.field(default=(), name="pullquote:checks")
    problem: str = msgspec.field(default="", name="pullquote:problem")


class _Article(msgspec.Struct, frozen=True):
    id: str
    title: str = msgspec.field(default="", name="dcterms:title")
    url: str = msgspec.field(default="", name="pullquote:url")


class _Item(msgspec.Struct, frozen=True):
    type: str | list[str]
    target: str | _Target | list[str | _Target]
    id: str = ""
    motivation: str | list[str] = []
    created: str = ""
    modified: str = ""
    body: str | _Body | list[str | _Body] | None = None
    text: str = msgspec.field(default="", name="bodyValue")
    article: _Article | None = msgspec.field(default=None, name="pullquote:article")
    highlight: Highlight | None = msgspec.field(default=None, name="pullquote:highlight")
    placed: Placed = msgspec.field(default=Placed.HERE, name="pullquote:placed")
    origin: str = msgspec.field(default="", name="pullquote:origin")


def loaded(text: str) -> list[Incoming]:
    """What an Annotation, a list of them, an AnnotationPage or an AnnotationCollection holds.

    Returns:
        One for each target of an annotation, in their order. A target with a quote alone lies
        `NOWHERE`; with a position alone, its `exact` is empty.

    Raises:
        NotThisFormat: It is none of these.
    """
    whole = decoded(text)
    if is_a(whole, "AnnotationCollection"):
        whole = whole.get(
            "first", {"type": "AnnotationPage", "items": []} if whole.get("total") == 0 else None
        )
    if is_a(whole, "AnnotationPage") and isinstance(whole.get("items"), list):
        further = (
            [Incoming(refused="the pages after the first are not in this file")]
            if whole.get("next")
            else []
        )
        return read_each(whole["items"], _read) + further
    items = whole if isinstance(whole, list) else [whole]
    if not any(is_a(item, "Annotation") for item in items):
        raise NotThisFormat("no Web Annotation: neither an Annotation nor a page of them in it")
    return read_each(items, _read)


def _read(item: Any) -> list[Incoming]:
    one = msgspec.convert(item, _Item)
    if not is_a(item, "Annotation"):
        raise Refused("its type is not Annotation")
    name = name_of(item)
    targets = values(one.target)
    if not targets:
        raise Refused("it has no target")
    names = [name, *(f"{name} {number}" for number in range(2, len(targets) + 1))]
    return [
        _incoming(one, target, identity(name)) for target, name in zip(targets, names, strict=True)
    ]


def _incoming(one: _Item, target: str | _Target, identity: str) -> Incoming:
    if isinstance(target, str):
        raise Refused("its target is a whole resource, not words in it")
    bare = Annotation(id=identity, target=target_of(values(target.selector)))
    article = one.article or _Article("", url=_id(target.source))
    return admitted(_noted(one, bare), article.id.removeprefix(URN), article.url, article.title)


def _noted(one: _Item, bare: Annotation) -> Annotation:
    """`bare` with all that the annotation says; a verdict beyond the first is a comment."""
    found: dict[str, list[Any]] = defaultdict(list)
    if one.text:
        found["comment"].append(one.text)
    for body in values(one.body):
        field, value = _contribution(body, one)
        is_second = field == "verdict" and found["verdict"]
        found["comment" if is_second else field].append(value)
    marked = "highlighting" in values(one.motivation) or not any(found.values())
    return msgspec.structs.replace(
        bare,
        highlight=int(marked) if one.highlight is None else one.highlight,
        comment="\n\n".join(found["comment"]),
        tags=tuple(found["tag"]),
        created=one.created,
        modified=one.modified,
        verdict="".join(found["verdict"]),
        evidence=tuple(found["evidence"]),
        correction=next(iter(found["correction"]), None),
        placed=one.placed,
        origin=one.origin,
    )


_PURPOSES = {"tagging": "tag", "classifying": "tag", "assessing": "verdict"}  # of texts


def _contribution(body: str | _Body, one: _Item) -> tuple[str, Any]:
    """What a body adds to a note: to which part of it, and what."""
    if isinstance(body, str):
        return "comment", _link(body)
    if body.value is None and "pullquote:Evidence" not in values(body.type):
        return "comment", _link(body)
    if body.correction:
        return "correction", body.correction
    if body.value is None:
        return "evidence", _evidenced(body)
    motivations = values(one.motivation)
    purposes = values(body.purpose) or (motivations if len(motivations) == 1 else [])
    if "classifying" in purposes and one.highlight is not None:
        # the name of the kind, which the reader who wrote it may have changed since
        return "kind of highlight", body.value
    return next((part for it, part in _PURPOSES.items() if it in purposes), "comment"), body.value


def _link(body: str | _Body) -> str:
    """A body that is elsewhere: its address."""
    link = body if isinstance(body, str) else _id(body.source) or body.id
    if not link:
        raise Refused("it has a body that is neither a text nor a resource")
    return link


def _evidenced(body: _Body) -> Evidence:
    url = _id(body.source) if body.url is None else body.url
    words = msgspec.convert(body.selector, Quote).exact if body.selector else ""
    return Evidence(
        url=url,
        title=body.title,
        quote=words,
        article=body.article,
        checks=body.checks,
        problem=body.problem,
    )


def _id(resource: str | _Resource) -> str:
    return resource if isinstance(resource, str) else resource.id


def _has_annotations(content: Content) -> bool:
    return any(is_a(item, kind) for item in content.items for kind in _KINDS)


FORMAT = Format(
    name="webannotation",
    suffix=".jsonld",
    carries="all annotations (W3C, JSON-LD)",
    description="W3C Web Annotation, for other annotation tools",
    purpose=Purpose.EXCHANGE,
    write=webannotation,
    read=notes_reader(loaded),
    sniff=_has_annotations,
    whole=True,
    needs_findings=False,
)
