"""The tables that a corpus is written into: their columns, and the rows of an article.

Columns are called as in the library: `article` is the id of the article, `finding` that of the
finding, `actor` that of who says it and `speaker` their name, `words` what is said, `start` and
`end` where it lies, `site` what the library calls the site, and `day` the day of publication, null
where the article does not say. All other columns are the fields of the findings. Offsets are
half-open, in code points of `articles.text`. The columns are made from the types of findings.py, so
that a field added there is a column here. `said` is what is asked: the quotes and claims that
report words, a quote with the claims in it once, as the library has them.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from pullquote.article import Article, Parts
from pullquote.corpus.signatures import signature
from pullquote.findings import (
    NOBODY,
    STATED,
    Actor,
    Attribution,
    FindingKind,
    Findings,
    Foreign,
    Statement,
)
from pullquote.notes.annotations import Annotation
from pullquote.notes.apart import year_of_birth
from pullquote.notes.dates import day_of
from pullquote.notes.reading import Reading, derived
from pullquote.notes.sayings import site_of
from pullquote.notes.statements import Stated, stated
from pullquote.text import Spans, joined

if TYPE_CHECKING:
    import pyarrow

SCHEMA = 1  # of the tables
SAID = "said"

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_PLACE = {"start": int, "end": int}
METADATA = ("title", "byline", "site", "url", "published", "retrieved", "language", "source")
# What is known of an article beside its words and its findings; of none of them there may be none.
_FORM: dict[str, Any] = {
    "headings": Spans, "parts": Parts, "furniture": Spans, "foreign": tuple[Foreign, ...],
}  # fmt: skip
# What has another name in the tables than in the types of findings.
_RENAMED = {"speaker": "actor"}
_IDS: dict[type[msgspec.Struct], str] = {Actor: "actor", Attribution: "attribution"}


def _fields(type_: type[msgspec.Struct], *without: str) -> dict[str, str]:
    """The columns of a type of finding, each with the field that it holds."""
    names = {**_RENAMED, "id": _IDS.get(type_, "finding")}
    return {names.get(name, name): name for name in type_.__struct_fields__ if name not in without}


_HELD: dict[type[msgspec.Struct], dict[str, str]] = {
    Actor: _fields(Actor, "mentions"),
    **{type_: _fields(type_) for type_ in (Attribution, *STATED.values())},
}


def _columns(type_: type[msgspec.Struct]) -> dict[str, Any]:
    """The columns of a type of finding, each with its type in Python."""
    hints = get_type_hints(type_)
    return {column: hints[name] for column, name in _HELD[type_].items()}


_PARTS = ("part_of", "kinds")  # of statements: here by the ids of their findings
_TOLD = "doubtful"  # of statements: here how sure it is who says it tells that


# The columns of each table with their types in Python.
_COLUMNS: dict[str, dict[str, Any]] = {
    "articles": {
        "article": str,
        "text": str,
        **dict.fromkeys(METADATA, str),
        "day": date,
        "analyser": str,
        "sha256": str,  # of the text
        "characters": int,
        "words": int,
        **_FORM,
    },
    FindingKind.ACTOR.plural: {"article": str, **_columns(Actor), "born": int},
    "mentions": {"article": str, "actor": str, **_PLACE},
    "attributions": {"article": str, **_columns(Attribution)},
    **{
        kind.plural: {
            "article": str,
            **_PLACE,
            "words": str,
            "speaker": str,
            **_columns(type_),
        }
        for kind, type_ in STATED.items()
    },
    SAID: {
        "article": str,
        "site": str,
        "day": date,
        **{
            name: type_
            for name, type_ in get_type_hints(Stated).items()
            if name not in (*_PARTS, _TOLD)
        },
        "part_of": str,
        "kinds": tuple[str, ...],
        "about": tuple[str, ...],  # the ids of the other actors who are mentioned in it
    },
    "signatures": {"article": str, "day": date, "folded": str, "minhash": bytes},
    "errors": {"input": str, "part": str, "why": str},
    "inputs": {
        "input": str,
        "form": str,
        "name": str,  # what the ids of its articles begin with
        "start": int,  # half-open, in rows or bytes, of what was read; -1 for the end
        "stop": int,
        "size": int,  # bytes
        "sha256": str,  # of what was read in it (fingerprint.py)
        "articles": int,
    },
    "duplicates": {"article": str, "of": str, "near": float, "is_exact": bool},
}
DUPLICATES = "duplicates"  # of the whole corpus (duplicates.py); all others are of its partitions
TABLES = tuple(name for name in _COLUMNS if name != DUPLICATES)


def schema(table: str) -> "pyarrow.Schema":
    """The columns of a table. Raises `KeyError` if there is none of that name."""
    import pyarrow

    kept = {"pullquote.table": table, "pullquote.schema": str(SCHEMA)}
    columns = [(name, _arrow(type_)) for name, type_ in _COLUMNS[table].items()]
    return pyarrow.schema(columns, metadata=kept)


def rows(
    identity: str, article: Article, found: Findings, notes: tuple[Annotation, ...] = ()
) -> Rows:
    """The rows of an analysed article by table; without those of which it has none.

    Args:
        identity: The article's id in the corpus.
        article: What was analysed.
        found: What the machine found.
        notes: The reader's, in text order, orphans last; their corrections are applied.
    """
    reading = derived(article, found, notes)
    found = reading.findings or found
    head = _article(identity, article, found)
    those: Rows = {
        "articles": [head],
        FindingKind.ACTOR.plural: [_actor(head, one) for one in found.actors],
        "mentions": [
            {"article": identity, "actor": actor.id, "start": start, "end": end}
            for actor in found.actors
            for start, end in actor.mentions
        ],
        "attributions": [_of(identity, one) for one in found.attributions],
        **{
            kind.plural: [
                _statement(identity, article.text, found, one)
                for one in found.of(kind)
                if isinstance(one, type_)
            ]
            for kind, type_ in STATED.items()
        },
        "signatures": [_signature(head)],
        SAID: _said(reading, {name: head[name] for name in ("article", "site", "day")}),
    }
    return {table: found_ones for table, found_ones in those.items() if found_ones}


def _article(identity: str, article: Article, found: Findings) -> Row:
    day, is_known = day_of(article.published, "")
    return {
        "article": identity,
        "text": article.text,
        **{name: getattr(article, name) for name in METADATA},
        "site": site_of(article.site, article.url),
        "language": found.language,
        "day": day if is_known else None,
        "analyser": found.analyser,
        "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "characters": len(article.text),
        "words": len(article.text.split()),
        "headings": _plain(article.headings),
        "parts": _plain(article.parts),
        "furniture": _plain(found.furniture),
        "foreign": _plain(found.foreign),
    }


def _signature(head: Row) -> Row:
    exact, minhash = signature(head["text"])
    return {"article": head["article"], "day": head["day"], "folded": exact, "minhash": minhash}


def _actor(head: Row, one: Actor) -> Row:
    ends = (end for _, end in one.mentions)
    return {
        **_of(head["article"], one),
        "born": year_of_birth(head["text"], ends, str(head["day"] or "")),
    }


def _said(reading: Reading, head: Row) -> list[Row]:
    actors = reading.findings.actors if reading.findings else ()
    mentions = sorted((start, actor.id) for actor in actors for start, _ in actor.mentions)
    ones = stated(reading)
    return [
        {
            **head,
            **{
                name: _plain(value)
                for name, value in msgspec.structs.asdict(one).items()
                if name != _TOLD
            },
            "part_of": None if one.part_of is None else ones[one.part_of].finding,
            "about": _about(one, mentions),
        }
        for one in ones
    ]


def _about(one: Stated, mentions: Sequence[tuple[int, str]]) -> list[str]:
    first, end = (
        bisect_left(mentions, offset, key=itemgetter(0)) for offset in (one.start, one.end)
    )
    return sorted({actor for _, actor in mentions[first:end]} - {one.actor})


def _statement(identity: str, text: str, found: Findings, one: Statement) -> Row:
    actor = found.actor(one.speaker)
    return {
        **_of(identity, one),
        "start": one.spans[0][0],
        "end": one.spans[-1][1],
        "words": joined(text, one.spans),
        "speaker": actor.name if actor else NOBODY,
    }


def _of(identity: str, one: Actor | Attribution | Statement) -> Row:
    held = _HELD[type(one)].items()
    return {"article": identity, **{column: _plain(getattr(one, name)) for column, name in held}}


def _plain(value: Any) -> Any:
    """A field's value as Arrow takes it."""
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, msgspec.Struct):
        return {name: _plain(one) for name, one in msgspec.structs.asdict(value).items()}
    if not isinstance(value, tuple):
        return value
    return [
        dict(zip(_PLACE, one, strict=True)) if isinstance(one, tuple) else _plain(one)
        for one in value
    ]


def from_row(value: Any, type_: Any) -> Any:
    """What stands in a row, or in a column of it, as the type that it was."""
    if type_ in _HELD:
        hints = get_type_hints(type_)
        columns = {**_HELD[type_], **({"mentions": "mentions"} if type_ is Actor else {})}
        fields = {name: from_row(value[column], hints[name]) for column, name in columns.items()}
        return type_(**fields)
    return msgspec.convert(_spans(value), type_)


def _spans(value: Any) -> Any:
    """A value of Arrow's with its spans as pairs."""
    if isinstance(value, dict):
        if tuple(value) == tuple(_PLACE):
            return tuple(value.values())
        return {name: _spans(one) for name, one in value.items()}
    return [_spans(one) for one in value] if isinstance(value, list) else value


def _arrow(type_: Any) -> "pyarrow.DataType":
    """The type of a column."""
    import pyarrow

    if type_ == Spans:
        place = [(name, pyarrow.int64()) for name in _PLACE]
        return pyarrow.list_(pyarrow.struct(place))
    if get_origin(type_) is tuple:
        return pyarrow.list_(_arrow(get_args(type_)[0]))
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        fields = get_type_hints(type_)
        return pyarrow.struct([(name, _arrow(fields[name])) for name in type_.__struct_fields__])
    plain = {
        bool: pyarrow.bool_(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        date: pyarrow.date32(),
        bytes: pyarrow.binary(),
    }
    return plain.get(type_, pyarrow.string())  # names, ids or none, and what is one of a list
