"""A page from the web, within a deadline and a size, or one line that says why not.

The deadline is for the whole: looking the name up, connecting, redirects, the last byte. So
everything runs in one coroutine that can be cancelled at any point; a limit on each read would let
a server go on for ever, a byte at a time. Compressed bodies are inflated here and not by the
client, which knows no bound: a few bytes can stand for gigabytes.
"""

import asyncio
import codecs
import socket
import threading
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from pullquote import __version__
from pullquote.article import Unreadable, Watch, check_size
from pullquote.text import one_line

_HEADERS = {
    "User-Agent": f"pullquote/{__version__} (a reader for news)",
    "Accept": "text/html, text/markdown, text/plain;q=0.9",
    "Accept-Encoding": "gzip, deflate",  # what `_inflated` undoes
}
# Python knows these too, but no page is written in them, and the first two take the square of a
# text's length.
_NO_CHARSETS = ("punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape")
_REDIRECTS = 10  # browsers allow 20; a page that needs more than a few is in a loop
_PORTS = 65535  # the last one
_TOLD_EVERY = 0.5  # seconds; what comes sooner needs no progress
_ANY_HEADER = 32 + zlib.MAX_WBITS  # zlib's word for: a gzip or a zlib header, whichever is there
_NO_HEADER = -zlib.MAX_WBITS  # some servers' idea of "deflate"
_GZIP = b"\x1f\x8b"
_MEMBERS = 100  # what is cut into more is an attack: each one is copied


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: the body as it is meant to be read, and what it is said to be."""

    body: bytes
    url: str  # where it was found in the end, without a name and password
    media_type: str  # in lower case; "" where the server does not say
    charset: str


@dataclass(slots=True)
class _Body:
    """What has come so far, as it was sent: maybe compressed."""

    name: str
    limit: int
    began: float = field(default_factory=time.monotonic)
    promised: int | None = None  # bytes, where the server says
    data: bytearray = field(default_factory=bytearray)

    async def read(self, response: httpx.Response) -> None:
        promised = response.headers.get("content-length", "")
        self.promised = int(promised) if promised.isdecimal() else None
        check_size(self.name, self.promised or 0, self.limit)
        try:
            async for chunk in response.aiter_raw():
                self.data += chunk
                check_size(self.name, len(self.data), self.limit)
        except (httpx.RemoteProtocolError, httpx.NetworkError) as error:
            raise self.broken_off() from error

    def broken_off(self) -> Unreadable:
        of = f" of {self.promised:,}" if self.promised is not None else ""
        return Unreadable(
            f"{self.name}: the page broke off after {len(self.data):,}{of} bytes; try again"
        )


def page(url: str, limit: int, timeout: float, watch: Watch | None = None) -> Page:
    """The page at `url`, of at most `limit` bytes, sent and inflated, in at most `timeout` seconds.

    `watch` is called twice a second meanwhile. Raises `Unreadable`.
    """
    name = one_line(url)
    body = _Body(name, limit)
    try:
        with asyncio.Runner(loop_factory=_Loop) as runner:
            return runner.run(_within(timeout, url, body, watch))
    except TimeoutError as error:
        so_far = f"only {len(body.data):,} bytes" if body.data else "no answer"
        raise Unreadable(f"{name}: {so_far} within {timeout:g} seconds; try again later") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise Unreadable(f"{name}: is no address on the web: {_reason(error)}; check it") from error
    except httpx.ConnectError as error:
        raise Unreadable(
            f"{name}: cannot be reached: {_reason(error)}; check the address and the network"
        ) from error
    except httpx.NetworkError as error:
        raise Unreadable(f"{name}: the server broke off before it answered; try again") from error
    except (httpx.HTTPError, OSError, ValueError) as error:
        raise Unreadable(
            f"{name}: the server's answer cannot be used: {_reason(error)}; try it in a browser "
            "and save the page"
        ) from error


async def _within(timeout: float, url: str, body: _Body, watch: Watch | None) -> Page:
    watching = asyncio.create_task(_told(watch, body)) if watch else None
    try:
        async with (
            asyncio.timeout(timeout),
            httpx.AsyncClient(headers=_HEADERS, timeout=None) as client,
        ):
            return await _fetched(client, url, body)
    finally:
        if watching:
            watching.cancel()


async def _told(watch: Watch, body: _Body) -> None:
    while True:
        await asyncio.sleep(_TOLD_EVERY)
        watch(len(body.data), time.monotonic() - body.began)


async def _fetched(client: httpx.AsyncClient, url: str, body: _Body) -> Page:
    """Follow redirects by hand, so that no body on the way is read, and none leads off the web."""
    request = client.build_request("GET", url)
    for _ in range(_REDIRECTS + 1):
        _check_on_the_web(request.url, body.name)
        response = await client.send(request, stream=True)
        try:
            if response.next_request is None:
                _check_status(response, body.name)
                await body.read(response)
                return _page(response, body)
            request = response.next_request
        finally:
            await response.aclose()
    raise Unreadable(
        f"{body.name}: leads from one address to another without end; try it in a browser"
    )


def _check_on_the_web(url: httpx.URL, name: str) -> None:
    if url.scheme not in ("http", "https") or not url.host or not 0 <= (url.port or 0) <= _PORTS:
        raise Unreadable(
            f"{name}: leads to {one_line(str(url))[:200]}, which is not on the web; try it in a "
            "browser"
        )


def _check_status(response: httpx.Response, name: str) -> None:
    """Only a whole page will do: part of one (206), or none (304), is refused like an error."""
    if not response.is_success or response.status_code == httpx.codes.PARTIAL_CONTENT:
        status = one_line(f"{response.status_code} {response.reason_phrase}")[:100]
        raise Unreadable(
            f"{name}: the server answered {status}; try it in a browser and save the page"
        )


def _page(response: httpx.Response, body: _Body) -> Page:
    return Page(
        body=_inflated(body, response.headers.get("content-encoding", "").strip().lower()),
        url=str(response.url.copy_with(userinfo=b"")),
        media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=_charset(response),
    )


def _charset(response: httpx.Response) -> str:
    """The encoding that the server declares; "" for none, and for what is no encoding of pages."""
    try:
        name = codecs.lookup(response.charset_encoding or "").name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARSETS else name


def _inflated(body: _Body, encoding: str) -> bytes:
    """The body decompressed; raises `Unreadable` where it breaks off or passes the limit."""
    if encoding in ("", "identity") or not body.data:
        return bytes(body.data)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Unreadable(
            f"{body.name}: is packed in a way that was not asked for ({one_line(encoding)[:40]}); "
            "try it in a browser and save the page"
        )
    for header in (_ANY_HEADER, _NO_HEADER) if encoding == "deflate" else (_ANY_HEADER,):
        with suppress(zlib.error):
            return _unzipped(body, header)
    raise Unreadable(f"{body.name}: is not packed as the server says ({encoding}); try again")


def _unzipped(body: _Body, header: int) -> bytes:
    """The gzipped body, whose members may stand in a row; trailing bytes are ignored."""
    data, rest = b"", bytes(body.data)
    for _ in range(_MEMBERS):
        inflating = zlib.decompressobj(header)
        data += inflating.decompress(rest, body.limit + 1 - len(data))
        check_size(body.name, len(data), body.limit)
        if not inflating.eof:
            raise body.broken_off()
        rest = inflating.unused_data
        if not rest.startswith(_GZIP):
            return data
    raise zlib.error("too many members")


def _reason(error: Exception) -> str:
    return one_line(str(error))[:200].rstrip(".") or type(error).__name__


class _Loop(asyncio.SelectorEventLoop):
    """An event loop that closes without waiting for the look-up of a name: that has no deadline."""

    async def getaddrinfo(
        self,
        host: bytes | str | None,
        port: bytes | str | int | None,
        *,
        family: int = 0,
        type: int = 0,
        proto: int = 0,
        flags: int = 0,
    ) -> list[Any]:
        found: asyncio.Future[list[Any]] = self.create_future()

        def settle(outcome: list[Any] | Exception) -> None:
            if found.done():
                return
            if isinstance(outcome, Exception):
                found.set_exception(outcome)
            else:
                found.set_result(outcome)

        def look_up() -> None:
            outcome: list[Any] | Exception
            try:
                outcome = socket.getaddrinfo(host, port, family, type, proto, flags)
            except Exception as error:
                outcome = error
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self.call_soon_threadsafe(settle, outcome)

        threading.Thread(target=look_up, daemon=True).start()
        return await found
