"""The feed at an address: what is there itself, or the one that the page there names."""

import codecs
from typing import NamedTuple

from pullquote.article import Unreadable
from pullquote.article.web import Page, page
from pullquote.feeds import Document, NotAFeed
from pullquote.feeds.addresses import absolute
from pullquote.feeds.parsing import not_a_feed, parsed
from pullquote.text import one_line

LIMIT = 10_000_000  # bytes; 10,000 items with their texts have half of that
TIMEOUT = 30.0  # seconds
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_PAGES = ("text/html", "application/xhtml+xml")


class Found(NamedTuple):
    """A feed, where it is, and the others that the same page names."""

    address: str
    document: Document
    others: tuple[str, ...] = ()


def feed_at(url: str) -> Found:
    """The feed at an address, or the first that the page there names.

    Raises:
        NotAFeed: There is none.
        Unreadable: The server cannot be reached, or refuses.
    """
    name, there = one_line(url), page(url, LIMIT, TIMEOUT)
    try:
        return Found(there.moved or there.url, document_of(there, name))
    except NotAFeed:
        if there.media_type not in _PAGES:
            raise
    named = _named(there)
    if not named:
        raise NotAFeed(f"{name}: this page names no feed; look for “RSS” or “Feed” on it")
    failed: Unreadable = not_a_feed(name)
    for number, address in enumerate(named):
        try:
            one = page(address, LIMIT, TIMEOUT)
            return Found(one.moved or one.url, document_of(one, address), named[number + 1 :])
        except Unreadable as error:
            failed = error
    raise failed


def document_of(there: Page, name: str) -> Document:
    """The feed that a server sent. Raises `NotAFeed`, which calls it `name`."""
    return parsed(there.body, there.charset, there.url, name)


def _named(there: Page) -> tuple[str, ...]:
    """The feeds that a page names (`link rel=alternate`), in its order."""
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, fromstring

    try:
        codecs.lookup(there.charset or "utf-8")
        tree = fromstring(there.body, parser=HTMLParser(encoding=there.charset or None))
    except (LxmlError, LookupError, ValueError):
        return ()
    base = next((one for one in tree.xpath("//base/@href")), "")
    found = [
        absolute(absolute(there.url, base) or there.url, one.get("href"))
        for one in tree.iter("link")
        if "alternate" in (one.get("rel") or "").lower().split()
        and (one.get("type") or "").partition(";")[0].strip().lower() in _TYPES
    ]
    return tuple(dict.fromkeys(filter(None, found)))
