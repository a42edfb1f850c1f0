"""From the bytes of a feed to its items: RSS 0.9x to 2.0 and Atom by feedparser, and JSON Feed.

Feeds come from anybody. So the text is decoded here, once, and loses the entities that it declares:
feedparser's second parser, for broken XML, would expand them without a limit. It is also given a
stream, since it takes bytes for the name of a file.
"""

import html
import io
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

from pullquote.article.decoding import decoded
from pullquote.feeds import Document, Item, NotAFeed
from pullquote.feeds.addresses import absolute
from pullquote.feeds.json_feed import parsed_json
from pullquote.text import one_line

_HEAD = 64_000  # characters; what stands before the first element is never longer
_FIRST_ELEMENT = re.compile(r"<\w")
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_ENTITY = re.compile(r"<!ENTITY[^>]*>")
_EMPTY_LINES = re.compile(r"\n\s+")  # feedparser takes time quadratic in their number
_TAG = re.compile(r"<[^<>]*>")
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def parsed(data: bytes, charset: str, url: str, name: str) -> Document:
    """The feed in `data`.

    Args:
        data: As it was sent.
        charset: The encoding that the server declares; "" for none.
        url: Where it was found, for relative addresses.
        name: The feed, as messages name it.

    Raises:
        NotAFeed: It is something else, or nothing can be read of it.
        Unreadable: It is in an unknown encoding.
    """
    written = _ENCODING.match(data.lstrip()[:200])
    text = decoded(data, charset or (written[1].decode() if written else ""), name).lstrip()
    if text.startswith("{"):
        return parsed_json(text, url, name)
    return _from_xml(_without_entities(text, name), url, name)


def _without_entities(text: str, name: str) -> str:
    first = _FIRST_ELEMENT.search(text, 0, _HEAD)
    if first is None:
        raise not_a_feed(name)
    head = _DECLARATION.sub("", _ENTITY.sub("", text[: first.start()]))
    return _EMPTY_LINES.sub("\n", head) + text[first.start() :]


def not_a_feed(name: str) -> NotAFeed:
    """The error for what is something else."""
    return NotAFeed(f"{name}: is not a feed; open it in a browser to see what it is")


def _from_xml(text: str, url: str, name: str) -> Document:
    import feedparser

    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        found: Any = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,  # its text is extracted as that of any page
        )
    except Exception as error:  # a hostile feed may break the parser anywhere
        raise NotAFeed(f"{name}: cannot be read: {one_line(str(error))[:80]}") from error
    if not found.version and not found.entries:
        raise not_a_feed(name)
    return Document(
        title=_words(found.feed, "title"),
        site=absolute(url, found.feed.get("link")),
        items=tuple(_item(entry, url) for entry in found.entries),
    )


def _item(entry: Any, url: str) -> Item:
    content = max(_contents(entry), key=lambda one: len(one.value), default=None)
    authors = [one_line(one.get("name") or "") for one in entry.get("authors") or () if one]
    date = entry.get("published_parsed") or entry.get("updated_parsed")
    return Item(
        id=one_line(entry.get("id") or ""),
        address=absolute(url, entry.get("link")),
        title=_words(entry, "title"),
        byline=", ".join(dict.fromkeys(filter(None, map(_name, authors)))),
        dated=_dated(date) if date else "",
        content=content.value if content else "",
        is_html=content is None or content.get("type") in _HTML_TYPES,
    )


def _contents(entry: Any) -> list[Any]:
    """What may be its text: the longest of it is."""
    given = [*(entry.get("content") or ()), entry.get("summary_detail")]
    return [one for one in given if one and one.get("value")]


def _words(of: Any, field: str) -> str:
    """A field in words, whatever it is marked up in."""
    value = of.get(field) or ""
    detail = of.get(f"{field}_detail") or {}
    if detail.get("type") in _HTML_TYPES:
        value = html.unescape(_TAG.sub("", value))
    return one_line(value)


_IN_BRACKETS = re.compile(r"[^()]*\(([^()]+)\)")


def _name(author: str) -> str:
    """RSS has authors as "mail@example.org (Ann Lee)"; an address alone is nobody's name."""
    found = _IN_BRACKETS.fullmatch(author)
    name = found[1].strip() if found and "@" in author else author
    return "" if "@" in name else name


def _dated(when: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(when), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""
