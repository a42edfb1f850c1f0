"""A page with all that belongs to it in one file, as browsers save it (MHTML, RFC 2557).

It is a letter of several parts; the first page in it is the article's, and says where and when it
was saved.
"""

import re

import msgspec

from pullquote.article import Article, Unreadable, check_size
from pullquote.article.dates import of_header
from pullquote.article.forms import Raw, SourceForm
from pullquote.article.html import HTML

_PAGES = ("text/html", "application/xhtml+xml")
_HEAD_AT_MOST = 10_000  # bytes
_HEADER = re.compile(rb"[!-9;-~]+:")
_RELATED = re.compile(rb"^Content-Type:\s*multipart/related\b", re.I | re.M)
_SENT = re.compile(rb"^(?:To|Received|Delivered-To|Message-ID):", re.I | re.M)  # a letter, no page


def _read(raw: Raw, name: str) -> Article:
    from email import message_from_bytes, policy

    letter = message_from_bytes(raw.data, policy=policy.default)
    page = next((part for part in letter.walk() if part.get_content_type() in _PAGES), None)
    if page is None:
        raise Unreadable(f"{name}: has no page in it, or was cut off; save the page again")
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise Unreadable(f"{name}: has no page in it, or was cut off; save the page again")
    check_size(name, len(data), raw.limit)
    address = str(letter.get("Snapshot-Content-Location") or page.get("Content-Location") or "")
    unpacked = msgspec.structs.replace(
        raw, data=data, form=HTML, url=address, charset=page.get_content_charset("")
    )
    article = HTML.read(unpacked, name)
    return msgspec.structs.replace(article, retrieved=_when(str(letter.get("Date") or "")))


def _is_page(data: bytes) -> bool:
    head = data[:_HEAD_AT_MOST].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return bool(_HEADER.match(head) and _RELATED.search(head) and not _SENT.search(head))


def _when(date: str) -> str:
    """A letter's date in ISO 8601; "" if it is none."""
    when = of_header(date)
    return when.isoformat(timespec="seconds") if when else ""


MHTML = SourceForm(
    name="mhtml",
    suffixes=(".mhtml", ".mht"),
    content_types=("multipart/related", "application/x-mimearchive"),
    read=_read,
    sniff=_is_page,
)
