"""The commands about feeds and the inbox, as a shell sees them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feeds.site import Reply, Site, served
from tests.test_cli import pullquote

OPML = """<?xml version="1.0"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="World &amp; war"><outline text="Asia">
<outline text="A" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline>
<outline title="B" type="rss" xmlUrl="https://b.example/feed"/></outline>
<outline text="B again" xmlUrl="https://b.example/feed"/><outline text="no feed"/>
</body></opml>"""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "*")
    with served() as one:
        one.page(1)
        one.feed(1)
        one.replies["/"] = Reply(
            b"<html><head><base href='/deep/'><link rel='alternate' type='application/rss+xml' "
            b"href='../feed.xml'><link rel='alternate' type='application/atom+xml' href='/more'>"
        )
        yield one


def test_a_feed_is_found_by_its_page_listed_fetched_and_removed(site: Site) -> None:
    done = pullquote("feeds", "add", site.address)
    assert done.stdout == f"added: The Example ({site.address}/feed.xml)\n"
    assert done.stderr == f"pullquote: that page names other feeds, too: {site.address}/more\n"
    assert "is there already" in pullquote("feeds", "add", f"{site.address}/feed.xml").stdout
    done = pullquote("fetch")
    assert done.returncode == 0
    assert done.stdout[8:] == "  Budget of town 1  The Example  2026-03-02\n"
    assert done.stderr == "1 new; 1 unread in the inbox\n"
    assert pullquote("fetch").stderr == "nothing new; 1 unread in the inbox\n"
    listed = pullquote("feeds", "list").stdout
    assert "  1     1 unread  " in listed
    assert listed.endswith(f"  The Example  {site.address}/feed.xml\n")
    assert pullquote("feeds", "remove", "1").stdout == "removed: The Example\n"
    assert pullquote("feeds", "list").stdout == ""
    unopened = f"{'':10}    0%    0 notes  Budget of town 1"
    assert unopened in pullquote("list").stdout


def test_a_feed_that_cannot_be_had_is_a_line_and_status_1(site: Site) -> None:
    pullquote("feeds", "add", site.address)
    site.replies["/feed.xml"] = Reply(b"", status=500)
    done = pullquote("fetch")
    assert (done.returncode, done.stdout) == (1, "")
    first, second = done.stderr.splitlines()
    assert first.startswith(f"pullquote: {site.address}/feed.xml: the server answered 500")
    assert second == "nothing new; 0 unread in the inbox"
    assert "the server answered 500" in pullquote("feeds", "list").stdout


def test_a_page_without_a_feed_is_refused(site: Site) -> None:
    done = pullquote("feeds", "add", f"{site.address}/news/1")
    assert done.returncode == 1
    assert "this page names no feed" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_feeds_it_is_said_how_to_add_one() -> None:
    done = pullquote("fetch")
    assert (done.returncode, done.stderr) == (
        2,
        "pullquote: no feeds yet; add one with pullquote feeds add URL\n",
    )


def test_lists_of_feeds_come_in_and_go_out_with_their_folders(tmp_path: Path) -> None:
    done = pullquote("feeds", "import", "-", stdin=OPML)
    assert (done.stdout, done.stderr) == ("2 feeds added\n", "")
    out = tmp_path / "feeds.opml"
    pullquote("feeds", "export", "--output", out)
    listed = pullquote("feeds", "list").stdout
    assert "[World & war/Asia]" in listed
    for number in ("1", "2"):
        pullquote("feeds", "remove", number)
    assert pullquote("feeds", "import", out).stdout == "2 feeds added\n"
    again = pullquote("feeds", "list").stdout
    assert [line[3:] for line in again.splitlines()] == [line[3:] for line in listed.splitlines()]
    assert pullquote("feeds", "import", out).stdout == "0 feeds added, 2 there already\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is not valid OPML"),
        ("<opml><body><outline", "is not valid OPML"),
        ("<html></html>", "is not OPML"),
        ("<opml><body><outline text='x'/></body></opml>", "has no feed in it"),
        (
            "<!DOCTYPE opml [<!ENTITY a 'aaaaaaaaaa'>"
            + "".join(
                f"<!ENTITY {b} '{f'&{a};' * 10}'>"
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "]><opml><body><outline xmlUrl='https://a.example/&i;'/></body></opml>",
            "is not valid OPML",
        ),
    ],
)
def test_a_bad_list_of_feeds_is_one_line(content: str, why: str) -> None:
    done = pullquote("feeds", "import", "-", stdin=content)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"pullquote: standard input: {why}")
    assert len(done.stderr.splitlines()) == 1


def test_what_is_to_be_read_later_comes_in_unopened(site: Site) -> None:
    site.page(2)
    lines = f"{site.address}/news/1 {site.address}/news/2\n\nnot an address\n{site.address}/none\n"
    done = pullquote("later", "-", stdin=lines)
    assert done.returncode == 1
    assert sorted(line[10:26] for line in done.stdout.splitlines()) == [
        "Budget of town 1",
        "Budget of town 2",
    ]
    assert "pullquote: not: is not a web address" in done.stderr
    assert "/none: the server answered 404" in done.stderr
    assert done.stderr.endswith("2 new; 2 unread in the inbox, 1 still to be fetched\n")
    site.replies["/none"] = site.replies["/news/2"]
    again = pullquote("fetch")
    assert again.returncode == 0
    assert "(in the library already)" in again.stdout
    assert pullquote("later", f"{site.address}/news/1").stderr.startswith("nothing new; 2 unread")
