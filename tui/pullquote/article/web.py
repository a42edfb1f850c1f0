"""Fetch a page from the web within a deadline and a size, or say in one line why not.

The deadline covers everything: name lookup, connecting, redirects, the last byte. So all of it runs
in one coroutine that can be cancelled at any point; a timeout per read would let a server go on for
ever, a byte at a time. Compressed bodies are inflated here and not by the client, which has no
limit: a few bytes can expand to gigabytes.
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
# Codecs that Python has but no page uses; the first two take time quadratic in the text's length.
_NO_CHARSETS = ("punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape")
_REDIRECTS = 10  # browsers allow 20; a page that needs more than a few is in a loop
_LAST_PORT = 65535
_REPORT_INTERVAL = 0.5  # seconds; a faster page needs no progress line
_ANY_HEADER = 32 + zlib.MAX_WBITS  # tells zlib to accept a gzip or a zlib header
_NO_HEADER = -zlib.MAX_WBITS  # what some servers send as "deflate"
_GZIP = b"\x1f\x8b"
_MAX_MEMBERS = 100  # each gzip member costs a copy of the rest; more of them are an attack


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent, inflated, with what its headers say."""

    body: bytes
    url: str  # after redirects, without user name and password
    media_type: str  # in lower case; "" if not declared
    charset: str  # "" if not declared


@dataclass(slots=True)
class _Body:
    """The part of the body received so far, as sent: it may be compressed."""

    name: str
    limit: int  # bytes
    began: float = field(default_factory=time.monotonic)
    promised: int | None = None  # bytes; None if not declared
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
            raise self.cut_off() from error

    def cut_off(self) -> Unreadable:
        of = f" of {self.promised:,}" if self.promised is not None else ""
        return Unreadable(
            f"{self.name}: the page was cut off after {len(self.data):,}{of} bytes; try again"
        )


def page(url: str, limit: int, timeout: float, watch: Watch | None = None) -> Page:
    """Fetch the page at `url`.

    Args:
        url: An http(s) URL.
        limit: In bytes, for the body as sent and as inflated.
        timeout: In seconds, for everything.
        watch: Called twice a second meanwhile.

    Raises:
        Unreadable: There is no such page, or it is too large or too late.
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
        raise Unreadable(f"{name}: is not a web address: {_reason(error)}; check it") from error
    except httpx.ConnectError as error:
        raise Unreadable(
            f"{name}: cannot be reached: {_reason(error)}; check the address and the network"
        ) from error
    except httpx.NetworkError as error:
        raise Unreadable(f"{name}: the server hung up before it answered; try again") from error
    except (httpx.HTTPError, OSError, ValueError) as error:
        raise Unreadable(
            f"{name}: the server's answer cannot be used: {_reason(error)}; open it in a browser "
            "and save the page"
        ) from error


async def _within(timeout: float, url: str, body: _Body, watch: Watch | None) -> Page:
    watching = asyncio.create_task(_report(watch, body)) if watch else None
    try:
        async with (
            asyncio.timeout(timeout),
            httpx.AsyncClient(headers=_HEADERS, timeout=None) as client,
        ):
            return await _fetched(client, url, body)
    finally:
        if watching:
            watching.cancel()


async def _report(watch: Watch, body: _Body) -> None:
    while True:
        await asyncio.sleep(_REPORT_INTERVAL)
        watch(len(body.data), time.monotonic() - body.began)


async def _fetched(client: httpx.AsyncClient, url: str, body: _Body) -> Page:
    """Follow redirects by hand, so that their bodies are not read and none leads off the web."""
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
    raise Unreadable(f"{body.name}: redirects more than {_REDIRECTS} times; open it in a browser")


def _check_on_the_web(url: httpx.URL, name: str) -> None:
    if (
        url.scheme not in ("http", "https")
        or not url.host
        or not 0 <= (url.port or 0) <= _LAST_PORT
    ):
        raise Unreadable(
            f"{name}: leads to {one_line(str(url))[:200]}, which is not a web address; open it "
            "in a browser"
        )


def _check_status(response: httpx.Response, name: str) -> None:
    """Refuse anything but a whole page: part of one (206) or none (304) is like an error."""
    if not response.is_success or response.status_code == httpx.codes.PARTIAL_CONTENT:
        status = one_line(f"{response.status_code} {response.reason_phrase}")[:100]
        raise Unreadable(
            f"{name}: the server answered {status}; open it in a browser and save the page"
        )


def _page(response: httpx.Response, body: _Body) -> Page:
    return Page(
        body=_inflated(body, response.headers.get("content-encoding", "").strip().lower()),
        url=str(response.url.copy_with(userinfo=b"")),
        media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=_charset(response),
    )


def _charset(response: httpx.Response) -> str:
    """The encoding that the server declares; "" for none, or for one that no page uses."""
    try:
        name = codecs.lookup(response.charset_encoding or "").name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARSETS else name


def _inflated(body: _Body, encoding: str) -> bytes:
    """The body, decompressed. Raises `Unreadable` if it is cut off or exceeds the limit."""
    if encoding in ("", "identity") or not body.data:
        return bytes(body.data)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Unreadable(
            f"{body.name}: has a compression that was not requested ({one_line(encoding)[:40]}); "
            "open it in a browser and save the page"
        )
    for header in (_ANY_HEADER, _NO_HEADER) if encoding == "deflate" else (_ANY_HEADER,):
        with suppress(zlib.error):
            return _unzipped(body, header)
    raise Unreadable(f"{body.name}: is not compressed as declared ({encoding}); try again")


def _unzipped(body: _Body, header: int) -> bytes:
    """The inflated body, of one gzip member after another; trailing bytes are ignored."""
    data, rest = b"", bytes(body.data)
    for _ in range(_MAX_MEMBERS):
        inflating = zlib.decompressobj(header)
        data += inflating.decompress(rest, body.limit + 1 - len(data))
        check_size(body.name, len(data), body.limit)
        if not inflating.eof:
            raise body.cut_off()
        rest = inflating.unused_data
        if not rest.startswith(_GZIP):
            return data
    raise zlib.error("too many members")


def _reason(error: Exception) -> str:
    return one_line(str(error))[:200].rstrip(".") or type(error).__name__


class _Loop(asyncio.SelectorEventLoop):
    """An event loop that closes without waiting for a name lookup, which has no deadline."""

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
