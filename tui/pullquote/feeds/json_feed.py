"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from pullquote.feeds import Document, Item, NotAFeed
from pullquote.feeds.addresses import absolute
from pullquote.text import one_line

_VERSION = "https://jsonfeed.org/version/"


class _Author(msgspec.Struct):
    name: str | None = None


class _Item(msgspec.Struct):
    id: Any = ""  # text, but some write a number
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: list[_Author] | None = None
    author: _Author | None = None  # of version 1


class _Feed(msgspec.Struct):
    version: str
    title: str | None = None
    home_page_url: str | None = None
    items: list[msgspec.Raw] = []  # each may be broken for itself


def parsed_json(text: str, url: str, name: str) -> Document:
    """The feed in `text`, fetched from `url`. Raises `NotAFeed`, which calls it `name`."""
    try:
        feed = msgspec.json.decode(text, type=_Feed)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotAFeed(f"{name}: is JSON, but not a feed: {one_line(str(error))[:80]}") from error
    if not feed.version.startswith(_VERSION):
        raise NotAFeed(f"{name}: is JSON, but not a JSON Feed; give the address of the feed")
    return Document(
        title=one_line(feed.title or ""),
        site=absolute(url, feed.home_page_url),
        items=tuple(filter(None, (_item(one, url) for one in feed.items))),
    )


def _item(raw: msgspec.Raw, url: str) -> Item | None:
    try:
        item = msgspec.json.decode(raw, type=_Item)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None  # one that is broken costs itself alone
    authors = item.authors or ([item.author] if item.author else [])
    return Item(
        id=one_line(str(item.id or "")),
        address=absolute(url, item.url or item.external_url),
        title=one_line(item.title or ""),
        byline=", ".join(filter(None, (one_line(one.name or "") for one in authors))),
        dated=_dated(item.date_published or item.date_modified or ""),
        content=item.content_html or item.content_text or item.summary or "",
        is_html=bool(item.content_html),
    )


def _dated(when: str) -> str:
    try:
        moment = datetime.fromisoformat(when)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""
