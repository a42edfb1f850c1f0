"""Bring in what is new: feeds are asked, and their new articles fetched, several at a time.

A feed that cannot be fetched costs one line and nothing else. All has one deadline: what is not
there by then comes the next time, since a feed counts as fetched (and its server is told so, by
ETag) only when all that was new in it has come in. Sites are asked what they want of programs
(robots.txt), and visited by one worker at a time.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from pullquote.article import Unreadable, canonical
from pullquote.article.original import Validators, validators
from pullquote.article.robots import Robots
from pullquote.article.web import Page, Refused, page
from pullquote.feeds import Item
from pullquote.feeds.finding import LIMIT, TIMEOUT, document_of
from pullquote.feeds.side_by_side import side_by_side
from pullquote.feeds.texts import Text, by_feed, by_page, completed
from pullquote.library.feeds import Feed
from pullquote.library.inbox import Waiting
from pullquote.library.store import Library
from pullquote.settings import Settings
from pullquote.text import one_line

_WORKERS = 8
_AT_ONCE = 200  # new items of a feed; one that renames all that it has brings no more
_LONGEST_PAUSE = 10.0  # seconds between two visits, whatever a site asks for


class Arrived(NamedTuple):
    """An article that has come in; `is_new`: to the library."""

    article: str  # its id
    title: str
    site: str
    published: str
    is_new: bool = True


class Trouble(NamedTuple):
    """What did not come in, and why, on one line."""

    line: str


class _Wanted(NamedTuple):
    """An article to be fetched: one of a feed, or at an address that a reader named."""

    item: Item
    feed: Feed | None = None
    names: tuple[str, ...] = ()  # by which it is known when it has come in


class _Asked(NamedTuple):
    """A feed as it is to be saved once all that it has of new articles is there."""

    feed: Feed
    wanted: Sequence[_Wanted] = ()
    problem: str = ""
    has_more: bool = False  # than is fetched at once


class _Fetched(NamedTuple):
    """What became of one that was wanted."""

    wanted: _Wanted
    arrived: Arrived | None = None
    problem: str = ""
    is_settled: bool = True  # it is not tried again


class Fetching:
    """One round over feeds and addresses.

    Args:
        library: Where all comes in.
        settings: How much, and how large it may be.
        seconds: For everything.
        progressed: Told how far it is, in a few words.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        seconds: float,
        progressed: Callable[[str], object] = str,
    ) -> None:
        self._library, self._settings = library, settings
        self._until = time.monotonic() + seconds
        self._progressed = progressed
        self._robots = Robots()

    def run(
        self, feeds: Sequence[Feed] = (), waiting: Sequence[Waiting] = ()
    ) -> Iterator[Arrived | Trouble]:
        """Fetch what is new in the feeds, and what waits to be fetched; for any thread.

        Raises:
            LibraryError: The library cannot be read or written.
        """
        asked: list[_Asked] = []
        try:
            for one in side_by_side(self._ask, feeds, _WORKERS, self._until):
                asked.append(one)
                self._progressed(f"{len(asked)} of {len(feeds)} feeds")
                if one.problem:
                    yield Trouble(one.problem)
            yield from self._articles(asked, waiting)
        except TimeoutError:
            yield Trouble("not all could be fetched in time; pullquote fetch goes on with the rest")

    # --- feeds

    def _ask(self, feed: Feed) -> Iterator[_Asked]:
        now = datetime.now(UTC)
        if feed.wait > now.isoformat():
            return
        known = Validators(feed.etag, feed.last_modified)
        try:
            there = page(feed.address, LIMIT, self._timeout(), known=known)
            yield self._answered(feed, there, now)
        except Unreadable as error:
            wait = getattr(error, "wait", None) or 0.0
            until = (now + timedelta(seconds=min(wait, 604_800))).isoformat() if wait else ""
            problem = one_line(str(error))
            self._library.feeds.save(msgspec.structs.replace(feed, wait=until, problem=problem))
            yield _Asked(feed, problem=problem)

    def _answered(self, feed: Feed, there: Page, now: datetime) -> _Asked:
        found = msgspec.structs.replace(
            feed,
            address=there.moved or feed.address,
            fetched=now.isoformat(timespec="seconds"),
            wait="",
            problem="",
        )
        if there.is_unchanged:
            self._library.feeds.save(found)
            return _Asked(found)
        document, state = document_of(there, feed.address), validators(there.headers)
        found = msgspec.structs.replace(
            found,
            title=feed.title or document.title,
            site=document.site or feed.site,
            etag=state.etag,
            last_modified=state.last_modified,
        )
        fresh = self._fresh((found, feed), document.newest())
        most = _AT_ONCE
        if not feed.fetched:
            most = self._settings.feed_items
            self._library.feeds.see(name for one in fresh[most:] for name in one.names)
        return _Asked(found, fresh[:most], has_more=bool(feed.fetched) and len(fresh) > most)

    def _fresh(self, states: tuple[Feed, Feed], items: Sequence[Item]) -> list[_Wanted]:
        """Those that have not come in before; each once.

        A feed that has moved names its items by both its addresses: as it is now, and as it was.
        """
        named = []
        for item in items:
            own, address = item.names
            names = [state.item(own) for state in states] if own else []
            named.append(_Wanted(item, states[0], tuple(filter(None, (*names, address)))))
        seen = self._library.feeds.seen([name for one in named for name in one.names])
        fresh: list[_Wanted] = []
        taken: set[str] = set()
        for one in named:
            if seen.isdisjoint(one.names) and taken.isdisjoint(one.names):
                fresh.append(one)
                taken.update(one.names)
        if states[0].address != states[1].address:
            old = [one for one in named if not seen.isdisjoint(one.names)]
            self._library.feeds.see(name for one in old for name in one.names)
        return fresh

    # --- articles

    def _articles(
        self, asked: Sequence[_Asked], waiting: Sequence[Waiting]
    ) -> Iterator[Arrived | Trouble]:
        open_feeds = {one.feed.number: one for one in asked if not one.problem}
        left = {number: len(one.wanted) for number, one in open_feeds.items()}
        wanted = [want for one in open_feeds.values() for want in one.wanted]
        wanted += [_Wanted(Item(address=one.address)) for one in waiting]
        sites: dict[str, list[_Wanted]] = defaultdict(list)
        for want in wanted:
            sites[urlsplit(want.item.address).netloc].append(want)
        failed: dict[int, list[str]] = defaultdict(list)
        done = 0
        for number, count in left.items():
            if not count:
                self._close(open_feeds[number], [])
        for one in side_by_side(self._of_site, [*sites.values()], _WORKERS, self._until):
            done += 1
            self._progressed(f"{done} of {len(wanted)} articles")
            if one.arrived:
                yield one.arrived
            feed = one.wanted.feed
            if feed is None:
                yield from [Trouble(one.problem)] if one.problem else []
                continue
            failed[feed.number] += [one.problem] if one.problem else []
            left[feed.number] -= 1
            if not left[feed.number]:
                yield from self._close(open_feeds[feed.number], failed[feed.number])

    def _close(self, asked: _Asked, failed: Sequence[str]) -> list[Trouble]:
        """Save how a feed was found, all of its articles being there, or not to be had."""
        problem = ""
        if failed:
            problem = f"{asked.feed.name}: {len(failed)} of its articles not to be had: {failed[0]}"
        feed = msgspec.structs.replace(asked.feed, problem=problem)
        if failed or asked.has_more:  # it is to be read again, changed or not
            feed = msgspec.structs.replace(feed, etag="", last_modified="")
        self._library.feeds.save(feed)
        return [Trouble(problem)] if problem else []

    def _of_site(self, wanted: Sequence[_Wanted]) -> Iterator[_Fetched]:
        """The articles of one site, one after the other."""
        for number, want in enumerate(wanted):
            if number and want.feed:
                pause = min(self._robots.pause(want.item.address), _LONGEST_PAUSE)
                time.sleep(max(0.0, min(pause, self._until - time.monotonic())))
            if time.monotonic() > self._until:
                return
            yield self._of_feed(want, want.feed) if want.feed else self._named(want)

    def _of_feed(self, want: _Wanted, feed: Feed) -> _Fetched:
        item = want.item
        address = canonical(item.address)
        if address and self._library.works.get(address):
            self._library.feeds.see(want.names)  # the reader had it before the feed did
            return _Fetched(want)
        try:
            text = self._text(item)
        except Unreadable as error:
            is_settled = isinstance(error, Refused) and error.is_gone
            if is_settled:
                self._library.feeds.see(want.names)
            return _Fetched(want, problem="" if is_settled else one_line(str(error)))
        article = completed(text.article, item, feed.title)
        with self._library.transaction():
            is_known = bool(
                self._library.articles.find(article.id) or self._library.works.get(article.work)
            )
            if not is_known:
                self._save(text._replace(article=article))
                self._library.inbox.put(article.id, item.dated or article.published, feed.address)
            self._library.feeds.see(filter(None, (*want.names, canonical(article.url))))
        return _Fetched(want, None if is_known else _arrived(text._replace(article=article)))

    def _text(self, item: Item) -> Text:
        """The article by its page, else by the feed. Raises `Unreadable` with the page's reason."""
        name = one_line(item.address or item.title)
        if not item.address:
            return by_feed(item, name)
        try:
            if not self._robots.allow(item.address):
                raise Unreadable(
                    f"{name}: its site does not let programs fetch it; open it in a browser"
                )
            return by_page(item.address, self._settings.max_bytes, self._timeout())
        except Unreadable as error:
            try:
                return by_feed(item, name)
            except Unreadable:
                raise error from None

    def _named(self, want: _Wanted) -> _Fetched:
        """What a reader wants to read later, by its address."""
        address = want.item.address
        try:
            text = by_page(address, self._settings.max_bytes, self._timeout())
        except Unreadable as error:
            self._library.inbox.failed(address, one_line(str(error)))
            return _Fetched(want, problem=f"{one_line(str(error))} (it waits in the inbox)")
        with self._library.transaction():
            is_new = not self._library.articles.find(text.article.id)
            if is_new:
                self._save(text)
            self._library.inbox.put(text.article.id, text.article.published)
            self._library.inbox.came(address)
        return _Fetched(want, _arrived(text)._replace(is_new=is_new))

    def _save(self, text: Text) -> None:
        raw = text.raw
        original = raw.original(self._settings.original_limit) if raw else None
        digest = raw.digest if raw else ""
        self._library.articles.save(text.article, digest, original=original)

    def _timeout(self) -> float:
        return max(0.1, min(TIMEOUT, self._until - time.monotonic()))


def _arrived(text: Text) -> Arrived:
    one = text.article
    return Arrived(one.id, one.title or one.source, one.site, one.published)
