"""A site on this machine with feeds and pages, which changes as the test says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

_BEGAN = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Reply(NamedTuple):
    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = {}


class Site:
    """What it answers by path, and what it was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.conditions: list[str] = []  # If-None-Match, as asked

    def page(self, number: int, words: str = "") -> None:
        """A page with an article of that number."""
        self.replies[f"/news/{number}"] = Reply(article(number, words).encode())

    def feed(self, *numbers: int, path: str = "/feed.xml", **replied: object) -> None:
        """An RSS feed with items of these numbers, the newest first."""
        items = "".join(map(item, sorted(numbers, reverse=True)))
        self.xml(rss(items), path, **replied)

    def xml(self, text: str, path: str = "/feed.xml", **replied: object) -> None:
        """A feed as it is written."""
        reply = Reply(text.encode(), "application/rss+xml; charset=utf-8")
        self.replies[path] = reply._replace(**replied)  # type: ignore[arg-type]


def article(number: int, words: str = "") -> str:
    """A page whose article says nothing of its author and day."""
    paragraphs = (
        f"The council of town {number} will vote on its budget in spring, the mayor said on Monday.",
        f"“We have saved {number} million,” said Ann Cole, who leads it. “That is not enough.”",
        words or f"A spokesman for the union of town {number} declined to comment on the plan.",
    )
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>Budget of town {number}</title></head>"
        f"<body><article><h1>Budget of town {number}</h1>{body}</article></body></html>"
    )


def item(number: int, more: str = "") -> str:
    """An item with a relative link, a date and an author."""
    when = format_datetime(_BEGAN + timedelta(minutes=number))
    return (
        f"<item><title>Budget of town {number}</title><link>/news/{number}</link>"
        f"<guid isPermaLink='false'>town-{number}</guid><pubDate>{when}</pubDate>"
        f"<author>desk@example.org (Kim Park)</author>{more}</item>"
    )


def with_content(number: int, content: str) -> str:
    """An item that has its text in the feed."""
    return item(number, f"<description>{escape(content)}</description>")


def rss(items: str) -> str:
    """An RSS feed of these items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>The Example</title><link>/</link>{items}</channel></rss>"
    )


@contextmanager
def served() -> Iterator[Site]:
    """A site; its robots.txt lets all in, unless the test says otherwise."""

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            condition = self.headers.get("If-None-Match", "")
            site.conditions += [condition] if condition else []
            reply = site.replies.get(self.path.partition("?")[0], Reply(b"not here", status=404))
            if condition and condition == reply.headers.get("ETag"):
                reply = reply._replace(body=b"", status=304)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", reply.media_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
