"""Feeds: what a site announces of its new articles, read from RSS, Atom and JSON Feed."""

import msgspec

from pullquote.article import Unreadable, canonical


class NotAFeed(Unreadable):
    """What was fetched is no feed; the message, one line, names the address and a way out."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One article as its feed announces it; "" for what the feed does not say."""

    id: str = ""  # the feed's own name for it
    address: str = ""  # of its page, absolute
    title: str = ""
    byline: str = ""
    dated: str = ""  # when it was published, else updated; ISO 8601, UTC, to the second
    content: str = ""  # its text, or the beginning of it
    is_html: bool = True  # or else plain text

    @property
    def names(self) -> tuple[str, ...]:
        """What it is told from others by, in this feed (the first) or in any (the address)."""
        own = self.id or ("" if canonical(self.address) else f"{self.title}\n{self.content}")
        return own, canonical(self.address)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it was fetched, its items in its own order."""

    title: str = ""
    site: str = ""  # the address of the site that it is about
    items: tuple[Item, ...] = ()

    def newest(self) -> list[Item]:
        """The items from the newest to the oldest; those without a date last, in their order."""
        return sorted(self.items, key=lambda item: item.dated, reverse=True)
