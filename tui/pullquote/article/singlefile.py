"""A page saved by a browser that noted in a comment where it was found, and when.

SingleFile does so, and Chromium, Edge and Internet Explorer ("saved from url").
"""

import re
from datetime import UTC, datetime

import msgspec

from pullquote.article import Article
from pullquote.article.forms import Raw, SourceForm
from pullquote.article.html import HTML

_BEGINNING = 5_000  # bytes; the comment stands before or right after <html>
_COMMENT = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)"
    rb"\s*(?:saved date:\s*(?P<date>[^\n]*))?"
    rb"|<!-- saved from url=\(\d{4,5}\)(?P<from>\S+) -->"
)
_DATE = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})")  # as JavaScript says it


def _read(raw: Raw, name: str) -> Article:
    found = _COMMENT.search(raw.data[:_BEGINNING])
    groups = found.groupdict() if found else {}
    said = {what: (value or b"").decode("utf-8", "replace") for what, value in groups.items()}
    address = said.get("url") or said.get("from") or ""
    article = HTML.read(msgspec.structs.replace(raw, url=raw.url or address), name)
    return msgspec.structs.replace(article, retrieved=_when(said.get("date", "")))


def _when(date: str) -> str:
    """A date as JavaScript writes it in ISO 8601, UTC; "" if it is none."""
    found = _DATE.match(date)
    if found is None:
        return ""
    try:
        when = datetime.strptime(found[1], "%b %d %Y %H:%M:%S GMT%z")
    except ValueError:
        return ""
    return when.astimezone(UTC).isoformat(timespec="seconds")


SINGLEFILE = SourceForm(
    name="singlefile",
    suffixes=(),
    content_types=(),
    read=_read,
    sniff=lambda data: HTML.sniff(data[:_BEGINNING]) and bool(_COMMENT.search(data[:_BEGINNING])),
)
