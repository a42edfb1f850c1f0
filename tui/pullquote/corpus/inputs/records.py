"""From a row with named columns to an article.

Which column is the text, the id or another field is said by the reader, or it is one that others
call so. A text is taken as it is; where a column `form` says "html" or "markdown", it is read as
such a file is.
"""

import codecs
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pullquote.article import Article, Unreadable
from pullquote.article.forms import Raw, SourceForm
from pullquote.article.front_matter import NAMES, fields
from pullquote.article.registry import OURS
from pullquote.article.source import extract
from pullquote.corpus.inputs.forms import Read, failed
from pullquote.corpus.parts import Entry, Failure, Options, Part
from pullquote.text import clean, one_line

Row = Mapping[str, Any]

# What others call the columns, in letters alone, surest first; the rest is in front_matter.py.
_TEXTS = ("text", "body", "content", "articlebody", "articletext", "articlecontent", "bodytext",
          "fulltext", "maintext", "plaintext", "story", "article")  # fmt: skip
_IDS = ("id", "articleid", "docid", "documentid", "uuid", "uid", "guid", "identifier")
_ALWAYS = {"text": _TEXTS, "id": _IDS, "form": ("form",), "retrieved": ("retrieved",)}
_LONGEST_ID = 500  # characters
_FIRST = 100  # rows; where none of them can be read, it is the file that is meant otherwise
_LISTED = 40  # columns that a message names


def column(field: str, columns: tuple[str, ...], mapped: Mapping[str, str]) -> str:
    """The column that holds a field, as `mapped` has it or as others call it; "" for none."""
    return mapped.get(field) or _guessed(field, columns)


@lru_cache(maxsize=4096)
def _guessed(field: str, columns: tuple[str, ...]) -> str:
    letters = {_letters(name): name for name in reversed(columns)}
    return next((letters[name] for name in _ALWAYS[field] if name in letters), "")


def wanted(columns: tuple[str, ...], mapped: Mapping[str, str]) -> list[str]:
    """Those of the columns that are read: the rest may be large."""
    known = {name for names in (*NAMES.values(), *_ALWAYS.values()) for name in names}
    given = {name for value in mapped.values() for name in (value, value.partition(".")[0])}
    return [name for name in columns if name in given or _letters(name) in known]


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def value(row: Row, name: str) -> Any:
    """What a column holds; `a.b` is what is called b in a. None for nothing."""
    if name in row:
        return row[name]
    outer, _, inner = name.partition(".")
    within = row.get(outer) if inner else None
    return value(within, inner) if isinstance(within, Mapping) else None


def entry(row: Row, where: str, part: Part, options: Options) -> Entry | Failure:
    """The article of a row, called `where` if the row has no id; or why there is none."""
    columns, mapped = tuple(row), options.columns

    def of(field: str) -> Any:
        return value(row, column(field, columns, mapped))

    name = column("text", columns, mapped)
    text = _text(of("text"))
    identity = _identity(of("id")) or where
    if text is None:
        return failed(part, where, _no_text(columns, name))
    if len(text) > options.limit:
        return failed(part, identity, f"larger than {options.limit:,} bytes")
    if not re.search(r"\w", text):
        return failed(part, identity, "contains no words; nothing to read")
    about: dict[str, Any] = fields(
        {**row, name: "", **{field: value(row, mapped[field]) for field in mapped}}
    )
    about["retrieved"] = one_line(str(of("retrieved") or ""))
    source = f"{part.input}{where.removeprefix(part.name)}"
    try:
        article = _article(text, one_line(str(of("form") or "")).lower(), source, about, options)
    except Unreadable as error:
        return failed(part, identity, str(error).removeprefix(f"{source}: "))
    return Entry(identity, article)


def _article(text: str, form: str, source: str, about: dict[str, Any], options: Options) -> Article:
    read_as = _source_form(form)
    if read_as is None:
        return Article(text=clean(text), source=one_line(source), **about)
    raw = Raw(
        data=text.encode("utf-8", "replace"),
        form=read_as,
        source=source,
        url=about.get("url", ""),
        charset="utf-8",
        limit=options.limit,
        about={field: said for field, said in about.items() if said or field == "retrieved"},
    )
    return extract(raw)


def _source_form(name: str) -> SourceForm | None:
    """The form of the reader's of that name, suffix or media type; None for plain text."""
    if name in ("", "text", "plain", "txt", "text/plain"):
        return None
    fits = (
        form
        for form in OURS
        if form.members is None
        and (name == form.name or f".{name}" in form.suffixes or name in form.content_types)
    )
    return next(fits, None)


def _text(found: Any) -> str | None:
    if isinstance(found, bytes):
        return found.decode("utf-8", AS_BROWSERS)
    return found if isinstance(found, str) else None


def _identity(found: Any) -> str:
    return one_line(str(found))[:_LONGEST_ID] if isinstance(found, str | int) else ""


def _no_text(columns: tuple[str, ...], name: str) -> str:
    there = ", ".join(one_line(one) for one in columns[:_LISTED])
    more = ", …" if len(columns) > _LISTED else ""
    if name:
        return f"no text in the column “{one_line(name)}”; the columns are {there}{more}"
    return f"no column is known to be the text; name one of {there}{more} as --map text=COLUMN"


def or_none_at_all(part: Part, rows: Read) -> Read:
    """The rows; where none of the first can be read, one failure that tells why, and no more."""
    held: list[Failure] = []
    for one in rows:
        if isinstance(one, Entry):
            yield from held
            yield one
            break
        held.append(one)
        if len(held) == _FIRST:
            why = f"none of the first {_FIRST} rows can be read: {held[0].part}: {held[0].why}"
            yield failed(part, "", why)
            return
    else:
        yield from held
    yield from rows


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


AS_BROWSERS = "pullquote.windows-1252"  # what is no UTF-8 is read as Western text was before it

codecs.register_error(AS_BROWSERS, _as_windows_1252)
