"""A site whose pages change while it is served, on the standard library's server.

It tells the state of its pages by ETag, as most sites do, and answers 304 where that is known.
"""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PARAGRAPHS = (
    "“We will go,” said Jane Miller, the minister of trade, on Monday in the capital.",
    "The talks on grain are to go on until both sides agree on the terms of the deal.",
    "Officials declined to comment on the numbers that were published last week.",
)


def page(title: str, paragraphs: Sequence[str] = PARAGRAPHS, beside: str = "") -> bytes:
    """A page with an article; `beside` stands in it, but not in the article."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title><!--{beside}-->"
        f"</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


class Site:
    """The pages by path, the statuses of those that have another than 200, and what was asked.

    Attributes:
        address: Where it is served, without a slash at the end.
        pages: Bodies by path; what is not there is 404.
        refusals: Statuses by path, each with headers.
        redirects: Paths by path.
        asked: Path and status of every answer so far.
        with_etag: Whether it tells the state of its pages.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, bytes] = {}
        self.refusals: dict[str, tuple[int, dict[str, str]]] = {}
        self.redirects: dict[str, str] = {}
        self.asked: list[tuple[str, int]] = []
        self.with_etag = True

    def answer(self, path: str, known: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a path, asked for with `If-None-Match: known`."""
        if path in self.refusals:
            return (*self.refusals[path], b"")
        if path in self.redirects:
            return 301, {"Location": self.redirects[path]}, b""
        if path not in self.pages:
            return 404, {}, b""
        body = self.pages[path]
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if self.with_etag:
            headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
            if known == headers["ETag"]:
                return 304, headers, b""
        return 200, headers, body


@contextmanager
def served() -> Iterator[Site]:
    """A site, while it is served on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = site.answer(self.path, self.headers["If-None-Match"] or "")
            site.asked.append((self.path, status))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            with suppress(ConnectionError):  # a visitor who was killed
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()
