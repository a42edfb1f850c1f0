"""What the header of a Markdown file says of the article.

Clippers, note programs and blogs write it as YAML, each with names of its own.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pullquote.article.dates import in_words
from pullquote.text import one_line

# The article's fields, with the names that others have for them, in letters alone, surest first.
NAMES = {
    "title": ("title", "headline", "name"),
    "byline": ("author", "authors", "byline", "creator", "creators", "by"),
    "site": ("site", "sitename", "publication", "publisher", "website", "source"),
    "url": ("url", "source", "sourceurl", "canonical", "canonicalurl", "link",
            "original", "originalurl", "permalink"),
    "published": ("published", "datepublished", "publishedat", "pubdate",
                  "publishdate", "publicationdate", "publishedtime", "date"),
    "language": ("language", "lang", "locale"),
}  # fmt: skip
_TAGS = ("tags", "tag", "keywords")
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?", re.I)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?!\d)")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()]*\)")
_DOTS = re.compile(r"\A(---[ \t]*\n(?:(?!---).*\n)*?)\.\.\.[ \t]*(?:\n|\Z)")  # may end a header
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def parted(source: str) -> tuple[dict[str, str], str]:
    """The article's fields in the header of clean Markdown, and the Markdown below it.

    What is no header is left where it stands.
    """
    header, below = _parted(source)
    return (fields(header), below) if header else ({}, source)


def tags(source: str) -> tuple[str, ...]:
    """The tags in the header of clean Markdown, each once, without “#”."""
    given = _parted(source)[0]
    said = [value for key, value in given.items() if str(key).lower() in _TAGS]
    words = (word for value in said for word in _listed(value))
    return tuple(dict.fromkeys(filter(None, (word.strip("#\"' ") for word in words))))


def _listed(value: object) -> Iterable[str]:
    """A list, or words on a line: with commas between them, else with spaces."""
    if isinstance(value, list):
        return _all(value)
    line = _said(value).strip("[]")
    return line.split("," if "," in line else None)


def _parted(source: str) -> tuple[Mapping[str, Any], str]:
    """The header of clean Markdown as it is written, and the Markdown below it."""
    if not source.startswith("---"):
        return {}, source
    import frontmatter
    from yaml import YAMLError

    try:
        header, below = frontmatter.parse(_DOTS.sub(r"\1---\n", source, count=1))
    except (YAMLError, ValueError, RecursionError, OverflowError):
        header, below = _plain_pairs(source)
    return header, below


def _plain_pairs(source: str) -> tuple[dict[str, object], str]:
    """The `key: value` lines of a header that is not valid YAML, as where a title has a colon."""
    found = re.match(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", source, re.S)
    if found is None:
        return {}, source
    pairs = re.findall(r"^([A-Za-z][\w -]*):[ \t]+(\S.*)$", found[1], re.M)
    return {key: value.strip().strip("\"'") for key, value in pairs}, source[found.end() :]


def fields(header: Mapping[str, Any]) -> dict[str, str]:
    """The fields of `Article` that a header has, each on one line; dates in ISO 8601."""
    given = {re.sub(r"[\W_]", "", str(key)).lower(): value for key, value in header.items()}
    about = {
        field: next(
            filter(None, (_READ[field](given[name]) for name in names if name in given)), ""
        )
        for field, names in NAMES.items()
    }
    return {field: value for field, value in about.items() if value}


def _said(value: object) -> str:
    """One value as it reads; dates in ISO 8601."""
    if isinstance(value, datetime.date):  # a time, too
        return value.isoformat()
    if isinstance(value, Mapping):
        return next((_said(value[key]) for key in ("name", "title", "url") if key in value), "")
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return one_line(str(value))
    return ""


def _all(value: object) -> Iterator[str]:
    values: Iterable[object] = value if isinstance(value, list) else [value]
    return filter(None, map(_said, values))


def _first(value: object) -> str:
    return next(_all(value), "")


def _names(value: object) -> str:
    """Names, which may be links to notes or pages."""
    return ", ".join(_LINK.sub(lambda link: link[1] or link[2] or "", one) for one in _all(value))


def _address(value: object) -> str:
    """An address in the web; a link's own, not its words."""
    values: Iterable[object] = value if isinstance(value, list) else [value]
    found = (_ADDRESS.search(one) for one in values if isinstance(one, str))
    return next((address[1].rstrip(")") for address in found if address), "")


def _site(value: object) -> str:
    said = _first(value)
    return "" if _ADDRESS.search(said) else said


def _day(value: object) -> str:
    """The day of a date in ISO 8601, at its own place; "" if it is none."""
    said = _first(value)
    if found := _DAY.match(said):
        return found[1]
    if not re.search(r"\d{4}", said):
        return ""
    when = in_words(said)
    return when.isoformat() if when else ""


def _language(value: object) -> str:
    found = _LANGUAGE.fullmatch(_first(value))
    return found[0].replace("_", "-") if found else ""


_READ = {
    "title": _first,
    "byline": _names,
    "site": _site,
    "url": _address,
    "published": _day,
    "language": _language,
}
