"""A day of a site's feed: what comes into the inbox, what does not, and what is said of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.feeds.fetching import Arrived, Fetching, Trouble
from pullquote.library.copies import merge_all
from pullquote.library.store import Library
from pullquote.settings import Settings
from tests.feeds.site import Reply, Site, item, rss, served, with_content

ENGLISH = "The minister said on Monday that the bridge would open in May, after years of delay."


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def site(library: Library) -> Iterator[Site]:
    """A site with three articles, and its feed among the reader's."""
    with served() as one:
        for number in (1, 2, 3):
            one.page(number)
        one.feed(1, 2, 3)
        library.feeds.add(f"{one.address}/feed.xml")
        yield one


def fetched(library: Library, seconds: float = 60, **settings: int) -> tuple[list[str], list[str]]:
    """The titles of what came in, the oldest first, and the lines of what did not."""
    waiting = library.inbox.waiting()
    came = [
        *Fetching(library, Settings(**settings), seconds).run(library.feeds.all(), waiting)  # type: ignore[arg-type]
    ]
    titles = sorted(one.title for one in came if isinstance(one, Arrived))
    return titles, [one.line for one in came if isinstance(one, Trouble)]


def towns(*numbers: int) -> list[str]:
    return [f"Budget of town {number}" for number in numbers]


def test_what_is_new_comes_into_the_inbox_unread_and_comes_once(
    library: Library, site: Site
) -> None:
    assert fetched(library) == (towns(1, 2, 3), [])
    assert library.inbox.unread() == 3
    (first, *_) = library.articles.entries()
    assert (first.opened, first.site) == ("", "The Example")
    assert fetched(library) == ([], [])
    site.page(4)
    site.feed(2, 3, 4)  # one item is gone, one is new
    assert fetched(library) == (towns(4), [])
    assert library.inbox.unread() == 4


def test_the_text_is_the_pages_and_the_feed_says_what_the_page_does_not(
    library: Library, site: Site
) -> None:
    fetched(library)
    entry = next(one for one in library.articles.entries() if one.title == "Budget of town 2")
    article = library.articles.get(entry.id)
    assert article is not None
    assert "“We have saved 2 million,” said Ann Cole" in article.text
    assert article.url == f"{site.address}/news/2"  # its link is relative
    assert (article.byline, article.published) == ("Kim Park", "2026-03-02")
    original = library.originals.of(article.id)
    assert original is not None
    assert original.data == site.replies["/news/2"].body
    site.replies["/news/4"] = Reply(
        b"<html><head><meta name=author content='Ann Lee'><meta property='article:published_time' "
        b"content='2026-02-01'></head><body><article><p>" + ENGLISH.encode() * 3 + b"</p></article>"
    )
    site.feed(4)
    fetched(library)
    article = next(
        one
        for entry in library.articles.entries()
        if (one := library.articles.get(entry.id)) and one.url.endswith("/4")
    )
    assert (article.byline, article.published) == ("Ann Lee", "2026-02-01")


def test_an_item_that_was_edited_and_an_article_that_was_deleted_do_not_come_again(
    library: Library, site: Site
) -> None:
    fetched(library)
    library.bin.delete(*(one.id for one in library.articles.entries()))
    site.page(1, "The mayor has resigned in the meantime, and the vote was put off to the summer.")
    items = item(1, "<description>Now edited</description>") + item(2)
    site.xml(rss(items.replace("town-1", "edited-1")))  # another name, the same page
    assert fetched(library) == ([], [])
    assert library.inbox.unread() == 0


def test_only_the_newest_of_a_feed_come_the_first_time_and_the_others_never(
    library: Library, site: Site
) -> None:
    site.xml(rss("".join(map(item, range(10_000)))))
    for number in (9_998, 9_999, 10_000):
        site.page(number)
    assert fetched(library, feed_items=2) == (towns(9_998, 9_999), [])
    assert len(site.asked) == 4  # the feed, robots.txt, two pages
    site.xml(rss("".join(map(item, range(9_000, 10_001)))))
    assert fetched(library, feed_items=2) == (towns(10_000), [])


def test_a_feed_that_has_not_changed_is_not_sent_again(library: Library, site: Site) -> None:
    site.feed(1, headers={"ETag": '"one"'})
    assert fetched(library)[0] == towns(1)
    assert site.conditions == []
    assert fetched(library) == ([], [])
    assert site.conditions == ['"one"']


def test_what_was_not_there_in_time_comes_though_the_feed_has_not_changed(
    library: Library, site: Site
) -> None:
    site.feed(1, 2, headers={"ETag": '"one"'})
    del site.replies["/news/2"]
    site.replies["/news/2"] = Reply(b"", status=500)
    titles, lines = fetched(library)
    assert titles == towns(1)
    assert len(lines) == 1
    assert lines[0].startswith("The Example: 1 of its articles not to be had: http://127.0.0.1:")
    site.page(2)
    assert fetched(library) == (towns(2), [])


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b"", status=500), "the server answered 500"),
        (Reply(b"", status=404), "the server answered 404"),
        (Reply(b"<html><p>Please log in.</p></html>"), "is not a feed"),
        (Reply(b"{]", "application/json"), "is JSON, but not a feed"),
        (Reply(b"\x00\xff\x13" * 99, "application/rss+xml"), "is a binary file"),
        (Reply(b"<" * 200_000, "application/rss+xml"), "is not a feed"),
        (Reply(b"", "text/xml"), "is not a feed"),
    ],
)
def test_a_bad_feed_is_one_line_and_the_others_come(
    library: Library, site: Site, reply: Reply, why: str
) -> None:
    site.replies["/bad"] = reply
    library.feeds.add(f"{site.address}/bad", "Bad")
    titles, lines = fetched(library)
    assert titles == towns(1, 2, 3)
    (line,) = lines
    assert line.startswith(f"{site.address}/bad: ")
    assert why in line
    assert next(one for one in library.feeds.all() if one.title == "Bad").problem == line


def test_broken_xml_is_read_as_far_as_it_goes(library: Library, site: Site) -> None:
    broken = rss(item(1) + item(2)).replace("</author></item>", "</author><br></item>", 1)
    site.xml(broken.removesuffix("</channel></rss>"))
    assert fetched(library) == (towns(1, 2), [])


def test_entities_do_not_explode(library: Library, site: Site) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">\n' for n in range(1, 12))
    flat = f'<!ENTITY x "{"x" * 9000}">'
    text = rss(item(1) + f"<item><title>&e11;</title><guid>b</guid></item>{'&x;' * 9_000}")
    site.xml(text.replace("?>\n", f'?>\n<!DOCTYPE rss [<!ENTITY e0 "ha">\n{bomb}{flat}]>\n'))
    titles, lines = fetched(library)
    assert titles == towns(1)
    assert len("".join(lines)) < 1000


def test_a_feed_that_has_moved_is_asked_where_it_is(library: Library, site: Site) -> None:
    site.replies["/old"] = Reply(b"", status=301, headers={"Location": "/feed.xml"})
    library.feeds.remove(f"{site.address}/feed.xml")
    library.feeds.add(f"{site.address}/old", "Old")
    assert fetched(library) == (towns(1, 2, 3), [])
    (feed,) = library.feeds.all()
    assert (feed.address, feed.unread) == (f"{site.address}/feed.xml", 3)


def test_a_feed_whose_server_asks_for_quiet_is_left_alone(library: Library, site: Site) -> None:
    site.replies["/feed.xml"] = Reply(b"", status=503, headers={"Retry-After": "3600"})
    assert "left alone for 60 minutes" in fetched(library)[1][0]
    site.feed(1)
    assert fetched(library) == ([], [])


def test_the_feeds_own_words_where_the_page_cannot_be_had(library: Library, site: Site) -> None:
    text = f"<p>{ENGLISH}</p><p>“It is &lt;late&gt;,” said Kim Park.</p>"
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /news/8", "text/plain")
    site.page(8, "Not for programs.")
    site.xml(rss(with_content(7, text) + with_content(8, text.replace("May", "June"))))
    assert fetched(library) == (towns(7, 8), [])
    assert "/news/8" not in site.asked
    article = library.articles.get(library.articles.entries()[0].id)
    assert article is not None
    assert article.text.splitlines()[-1] == "“It is <late>,” said Kim Park."
    assert article.url in (f"{site.address}/news/7", f"{site.address}/news/8")


def test_a_page_that_is_gone_is_not_looked_for_again(library: Library, site: Site) -> None:
    site.feed(1, 9)
    assert fetched(library) == (towns(1), [])
    fetched(library)
    assert site.asked.count("/news/9") == 1


def test_the_same_text_and_the_same_page_come_once(library: Library, site: Site) -> None:
    site.replies["/copy"] = site.replies["/news/1"]
    items = item(1).replace("/news/1", "/news/1?utm_source=feed#top") + item(1).replace(
        "town-1", "again"
    )
    items += item(2).replace("/news/2", "/copy")
    site.xml(rss(items))
    assert fetched(library) == (towns(1), [])
    assert library.inbox.unread() == 1


def test_what_the_reader_has_read_does_not_come_as_new(library: Library, site: Site) -> None:
    from pullquote.article.source import load

    read = load(f"{site.address}/news/1")
    library.articles.save(read)
    library.articles.save_place(read.id, 0)
    assert fetched(library) == (towns(2, 3), [])
    assert library.inbox.unread() == 2


def test_items_without_dates_come_in_the_order_of_the_feed(library: Library, site: Site) -> None:
    items = "".join(
        f"<item><title>Budget of town {n}</title><link>/news/{n}</link></item>" for n in (3, 1, 2)
    )
    site.xml(rss(items))
    assert fetched(library, feed_items=2) == (towns(1, 3), [])


def test_all_ends_in_time_and_goes_on_the_next(library: Library, site: Site) -> None:
    titles, lines = fetched(library, seconds=0)
    assert (titles, len(lines)) == ([], 1)
    assert "in time" in lines[0]
    assert fetched(library) == (towns(1, 2, 3), [])


def test_addresses_that_wait_are_fetched_and_stay_until_they_are_there(
    library: Library, site: Site
) -> None:
    library.inbox.wait_for(f"{site.address}/news/5")
    assert not library.inbox.wait_for(f"{site.address}/news/5")
    titles, lines = fetched(library)
    assert titles == towns(1, 2, 3)
    assert "it waits in the inbox" in lines[0]
    (one,) = library.inbox.waiting()
    assert "404" in one.problem
    site.page(5)
    assert fetched(library) == (towns(5), [])
    assert library.inbox.waiting() == ()


def test_an_item_is_there_whole_or_not_at_all_and_comes_once_then(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever ends the program between its steps: the article is in the inbox, or comes again."""
    library.inbox.wait_for(f"{site.address}/news/3")
    for calls, name in ((library.inbox, "put"), (library.feeds, "see"), (library.inbox, "came")):
        with monkeypatch.context() as patch:
            patch.setattr(calls, name, _ends)
            with pytest.raises(_Ended):
                fetched(library)
        assert library.inbox.unread() == len(library.articles.entries())
    fetched(library)
    assert sorted(one.title for one in library.articles.entries()) == towns(1, 2, 3)
    assert library.inbox.unread() == 3
    assert library.inbox.waiting() == ()


class _Ended(Exception):
    """The program is killed here."""


def _ends(*args: object) -> None:
    raise _Ended


def test_a_feed_that_is_removed_and_added_again_brings_nothing_twice(
    library: Library, site: Site
) -> None:
    """Also items without an address of their own, of which the feed's name is all there is."""
    plain = with_content(7, f"<p>{ENGLISH}</p>").replace("<link>/news/7</link>", "")
    site.xml(rss(plain))
    assert fetched(library) == (towns(7), [])
    library.bin.delete(*(one.id for one in library.articles.entries()))
    library.feeds.remove(f"{site.address}/feed.xml")
    library.feeds.add(f"{site.address}/feed.xml")
    assert fetched(library) == ([], [])
    site.replies["/moved.xml"] = site.replies["/feed.xml"]
    site.replies["/feed.xml"] = Reply(b"", status=301, headers={"Location": "/moved.xml"})
    assert fetched(library) == ([], [])
    assert fetched(library) == ([], [])
    assert [one.address for one in library.feeds.all()] == [f"{site.address}/moved.xml"]


def test_what_came_into_a_library_does_not_come_into_the_one_that_it_is_merged_with(
    library: Library, site: Site, tmp_path: Path
) -> None:
    """And of another feed's items, which may bear the same names, nothing is lost by it."""
    plain = with_content(7, f"<p>{ENGLISH}</p>").replace("<link>/news/7</link>", "")
    site.xml(rss(plain))
    site.xml(rss(plain.replace("May", "June")), path="/other.xml")
    with Library.open(tmp_path / "theirs") as theirs:
        theirs.feeds.add(f"{site.address}/feed.xml")
        fetched(theirs)
        theirs.bin.delete(*(one.id for one in theirs.articles.entries()))
        library.feeds.remove(f"{site.address}/feed.xml")
        library.feeds.add(f"{site.address}/other.xml")
        merge_all(library.database, theirs.database, lambda done, whole: None)
    assert fetched(library) == (towns(7), [])
    (entry,) = library.articles.entries()
    article = library.articles.get(entry.id)
    assert article is not None
    assert "June" in article.text
