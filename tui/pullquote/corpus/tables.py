"""The tables that a corpus is written into: their columns, and the rows of an article.

Columns are called as in the library: `article` is the id of the article, `finding` that of the
finding, `actor` that of who says it and `speaker` their name, `words` what is said, `start` and
`end` where it lies. All other columns are the fields of the findings. Offsets are half-open, in
code points of `articles.text`. The columns are made from the types of findings.py, so that a field
added there is a column here.
"""

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from pullquote.article import Article
from pullquote.findings import NOBODY, STATED, Actor, Attribution, FindingKind, Findings, Statement
from pullquote.text import Spans, joined

if TYPE_CHECKING:
    import pyarrow

SCHEMA = 1  # of the tables

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_PLACE = {"start": int, "end": int}
_METADATA = ("title", "byline", "site", "url", "published", "retrieved", "language", "source")
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


# The columns of each table with their types in Python.
_COLUMNS: dict[str, dict[str, Any]] = {
    "articles": {
        "article": str,
        "text": str,
        **dict.fromkeys(_METADATA, str),
        "analyser": str,
        "sha256": str,  # of the text
        "characters": int,
        "words": int,
    },
    FindingKind.ACTOR.plural: {"article": str, **_columns(Actor)},
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
    "errors": {"input": str, "part": str, "why": str},
}
TABLES = tuple(_COLUMNS)


def schema(table: str) -> "pyarrow.Schema":
    """The columns of a table. Raises `KeyError` if there is none of that name."""
    import pyarrow

    kept = {"pullquote.table": table, "pullquote.schema": str(SCHEMA)}
    columns = [(name, _arrow(type_)) for name, type_ in _COLUMNS[table].items()]
    return pyarrow.schema(columns, metadata=kept)


def rows(identity: str, article: Article, found: Findings) -> Rows:
    """The rows of an analysed article by table; without those of which it has none.

    Args:
        identity: The article's id in the corpus.
        article: What was analysed.
        found: Its findings.
    """
    those: Rows = {
        "articles": [_article(identity, article, found)],
        FindingKind.ACTOR.plural: [_of(identity, one) for one in found.actors],
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
    }
    return {table: found_ones for table, found_ones in those.items() if found_ones}


def _article(identity: str, article: Article, found: Findings) -> Row:
    return {
        "article": identity,
        "text": article.text,
        **{name: getattr(article, name) for name in _METADATA},
        "language": found.language,
        "analyser": found.analyser,
        "sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "characters": len(article.text),
        "words": len(article.text.split()),
    }


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
    if not isinstance(value, tuple):
        return value
    return [dict(zip(_PLACE, one, strict=True)) if isinstance(one, tuple) else one for one in value]


def _arrow(type_: Any) -> "pyarrow.DataType":
    """The type of a column."""
    import pyarrow

    if type_ == Spans:
        place = [(name, pyarrow.int64()) for name in _PLACE]
        return pyarrow.list_(pyarrow.struct(place))
    plain = {
        bool: pyarrow.bool_(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        tuple[str, ...]: pyarrow.list_(pyarrow.string()),
    }
    return plain.get(type_, pyarrow.string())  # names, ids or none, and what is one of a list
