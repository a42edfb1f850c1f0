"""The inbox: what came in, gone through by keys, added to, and analysed while nobody types."""

from collections.abc import Iterator

import pytest
from textual.widgets import DataTable, Input

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.reader.bookmark import Bookmark
from pullquote.reader.guarded import Guarded
from pullquote.reader.idle import Idle
from pullquote.settings import Settings
from tests.feeds.site import Site, served
from tests.reader.conftest import NARROW, WIDE, Desk, Open

TOWNS = ("Ashton", "Brill", "Corby")


@pytest.fixture
def incoming(library: Library) -> list[str]:
    """The ids of three unread articles, the newest first; the site of the last comes first."""
    ids = []
    for number, town in enumerate(TOWNS):
        text = f"The council of {town} will vote in spring, the mayor said on Monday."
        article = Article(text=text, title=f"Vote in {town}", site=f"Site {9 - number}")
        library.articles.save(article)
        library.inbox.put(article.id, f"2026-03-0{9 - number}T08:00:00+00:00")
        ids.append(article.id)
    return ids


def titles(at: Desk) -> list[str]:
    table = at.app.screen.query_one(DataTable)
    return [str(table.get_row_at(row)[0]) for row in range(table.row_count)]


def counts(at: Desk) -> list[tuple[str, ...]]:
    table = at.app.screen.query_one(DataTable)
    return [tuple(map(str, table.get_row_at(row)[-2:])) for row in range(table.row_count)]


def read(library: Library) -> set[str]:
    return {
        one.title
        for one in library.articles.entries()
        if library.articles.place(one.id) is not None
    }


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_lists_what_is_unread_first_with_its_quotes_and_claims(
    desk: Open, library: Library, incoming: list[str], findings: Findings, size: tuple[int, int]
) -> None:
    library.articles.save_place(incoming[0], 0)
    library.findings.save(incoming[1], findings)
    async with desk(size=size) as at:
        await at.press("B")
        assert titles(at) == ["Vote in Brill", "Vote in Corby", "Vote in Ashton"]
        assert "Inbox  2 unread" in at.rows[0]
        assert counts(at) == [(str(len(findings.quotes)), "11"), ("·", "·"), ("·", "·")]
        assert all("Site" in row for row in at.rows if "Vote in" in row)
        await at.press("f2")
        assert titles(at) == ["Vote in Corby", "Vote in Brill", "Vote in Ashton"]
        await at.press("f2", *"ashton")
        assert len(titles(at)) == 1


async def test_what_is_not_in_the_inbox_is_not_listed(
    desk: Open, library: Library, incoming: list[str]
) -> None:
    async with desk() as at:
        await at.press("B", *"troops")
        assert titles(at) == []
        assert "Nothing found" in at.rows[-1]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_an_empty_inbox_says_what_to_do(desk: Open, size: tuple[int, int]) -> None:
    async with desk(size=size) as at:
        await at.press("B")
        words = " ".join(" ".join(at.rows).split())
        assert "The inbox is empty. To read an article later, paste its address above" in words
        assert "“pullquote feeds add ADDRESS”" in words
        assert "brings in what is new." in words
        await at.press("escape")
        assert "nothing else is unread" in await at.press("J")


async def test_j_and_k_go_through_what_is_unread_and_what_was_seen_is_read(
    desk: Open, library: Library, incoming: list[str]
) -> None:
    async with desk() as at:
        for key, title in (("J", "Ashton"), ("J", "Brill"), ("K", "Corby")):
            await at.press(key)
            assert at.session.reading.article.title == f"Vote in {title}"
        await at.screen.leave()
        assert {f"Vote in {town}" for town in TOWNS} <= read(library)
        assert library.inbox.unread() == 0


async def test_listing_and_leaving_the_inbox_reads_nothing(
    desk: Open, library: Library, incoming: list[str]
) -> None:
    async with desk() as at:
        await at.press("B", "down", "down", "escape")
        assert library.inbox.unread() == 3


async def test_what_was_passed_by_before_it_was_painted_is_not_read(
    library: Library, incoming: list[str]
) -> None:
    bookmark = Bookmark(incoming[0], 0)
    bookmark.see(0, 40)
    await bookmark.save(Guarded(library))
    assert library.inbox.unread() == 3
    bookmark.painted()
    await bookmark.save(Guarded(library))
    assert library.inbox.unread() == 2


async def test_by_site_the_keys_go_by_site(
    desk: Open, library: Library, incoming: list[str]
) -> None:
    async with desk(settings=Settings(inbox_order="site")) as at:
        await at.press("J")
        assert at.session.reading.article.title == "Vote in Corby"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    with served() as one:
        one.page(1)
        one.page(2)
        one.feed(2)
        yield one


async def _fetched(at: Desk) -> None:
    await at.app.workers.wait_for_complete(
        [one for one in at.app.workers if one.group == "fetching"]
    )
    await at.settle()


async def test_an_address_goes_into_the_inbox_unopened_and_f5_fetches_the_feeds(
    desk: Open, library: Library, site: Site
) -> None:
    library.feeds.add(f"{site.address}/feed.xml")
    async with desk() as at:
        await at.press("B")
        at.app.screen.query_one(Input).value = f" {site.address}/news/1 "
        await at.settle()
        assert "to be read later" in at.rows[-1]
        await at.press("enter")
        await _fetched(at)
        assert titles(at) == ["Budget of town 1"]
        assert "1 new" in at.rows[-1]
        await at.press("f5")
        await _fetched(at)
        assert sorted(titles(at)) == ["Budget of town 1", "Budget of town 2"]
        assert library.inbox.unread() == 2


async def test_what_cannot_be_fetched_waits_and_says_why(
    desk: Open, library: Library, site: Site
) -> None:
    async with desk() as at:
        await at.press("B")
        at.app.screen.query_one(Input).value = f"{site.address}/none"
        await at.press("enter")
        await _fetched(at)
        assert "not fetched" in at.rows[-1]
        assert "404" in at.rows[0]
        assert at.app.screen.query_one(Input).value == ""
        assert [one.address for one in library.inbox.waiting()] == [f"{site.address}/none"]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_an_address_that_waits_is_listed_with_all_of_it_and_why(
    desk: Open, library: Library, incoming: list[str], size: tuple[int, int]
) -> None:
    address = "https://news.example/2026/03/09/council-of-ashton-will-vote-in-spring"
    library.inbox.wait_for(address)
    library.inbox.failed(address, f"{address}: not fetched: no such host; check the address")
    async with desk(size=size) as at:
        await at.press("B")
        (row, *others) = titles(at)
        assert row == f"{address}\nnot fetched: no such host; check the address"
        assert others == [f"Vote in {town}" for town in TOWNS]
        shown = "".join("".join(line.split()) for line in at.rows)
        assert "https://news.example/2026" in shown
        assert "waits" in shown
        await at.press("down", "enter")  # the first that can be read is the one to open
        assert at.session.reading.article.id == incoming[0]
        await at.press("B", "down", "up", "delete")
        assert titles(at) == [f"Vote in {town}" for town in TOWNS if town != "Ashton"] + [
            "Vote in Ashton"
        ]
        assert library.inbox.waiting() == ()


async def test_what_is_unread_is_analysed_while_nobody_types(
    library: Library, incoming: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pullquote.analysis import analyser

    busy = [True, False, False, True]
    idle = Idle(Guarded(library), "en_core_web_sm", lambda: busy.pop(0))
    idle.look()  # a key has just been pressed
    assert idle._task is None
    await idle.work()
    name = analyser("en_core_web_sm")
    assert [library.findings.of(id, name) is not None for id in incoming] == [True, True, False]
    assert library.inbox.unread() == 3


async def test_a_model_that_is_not_there_is_not_tried_again(
    library: Library, incoming: list[str]
) -> None:
    idle = Idle(Guarded(library), "no_such_model", lambda: False)
    await idle.work()
    idle.look()
    assert idle._task is None
