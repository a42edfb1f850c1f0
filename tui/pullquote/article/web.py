"""Fetch a page from the web within a deadline and a size, or say in one line why not.

The deadline covers everything: name lookup, connecting, redirects, the last byte. So all of it runs
in one coroutine that can be cancelled at any point; a timeout per read would let a server go on for
ever, a byte at a time. Compressed bodies are not left to the client, which has no limit.
"""

import asyncio
import codecs
import re
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from pullquote import __version__
from pullquote.article import Unreadable, Watch, check_size
from pullquote.article.inflating import ENCODINGS, inflated
from pullquote.article.meta_refresh import refresh_target
from pullquote.article.original import Headers, Validators, seconds_to_wait
from pullquote.text import one_line

AGENT = "pullquote"  # the name by which robots.txt may address us
_HEADERS = {
    "User-Agent": f"{AGENT}/{__version__} (a reader for news)",
    "Accept": "text/html, text/markdown, text/plain;q=0.9, */*;q=0.8",
    "Accept-Encoding": ENCODINGS,
}
# Codecs that Python has but no page uses; the first two take time quadratic in the text's length.
_NO_CHARSETS = ("punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape")
_REDIRECTS = 10  # browsers allow 20; a page that needs more than a few is in a loop
_LAST_PORT = 65535
_ALL_FAILED = "All connection attempts failed"  # what the client says of a closed port
_FOR_MACHINES = re.compile(r"^\[(?:Errno -?\d+|SSL[^\]]*)\] | \(_ssl\.c:\d+\)")
_FOR_GOOD = (httpx.codes.MOVED_PERMANENTLY, httpx.codes.PERMANENT_REDIRECT)
_BUSY = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE)
_WITH_REFRESH = ("", "text/html", "application/xhtml+xml")
_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"  # as OpenSSL says it
_REPORT_INTERVAL = 0.5  # seconds; a faster page needs no progress line


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent, inflated, with what its headers say."""

    body: bytes
    url: str  # after redirects, without user name and password
    media_type: str  # in lower case; "" if not declared
    charset: str  # "" if not declared
    status: int
    headers: Headers  # as received
    moved: str = ""  # where it has moved for good, if the server says so

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that the page is as it was, and has sent no body."""
        return self.status == httpx.codes.NOT_MODIFIED


class Refused(Unreadable):
    """The server answered, but not with the page.

    Attributes:
        status: Of HTTP.
        wait: For how many seconds the server asks not to be asked again; None if it does not.
    """

    def __init__(self, message: str, status: int, wait: float | None) -> None:
        super().__init__(message)
        self.status = status
        self.wait = wait

    @property
    def is_gone(self) -> bool:
        """Whether there is no such page, or not any more."""
        return self.status in (httpx.codes.NOT_FOUND, httpx.codes.GONE)


@dataclass(slots=True)
class _Body:
    """The part of the body received so far, as sent: it may be compressed."""

    name: str
    limit: int  # bytes
    began: float = field(default_factory=time.monotonic)
    promised: int | None = None  # bytes; None if not declared
    data: bytearray = field(default_factory=bytearray)

    async def read(self, response: httpx.Response) -> None:
        self.data.clear()
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


def page(
    url: str,
    limit: int,
    timeout: float,
    watch: Watch | None = None,
    known: Validators | None = None,
) -> Page:
    """Fetch the page at `url`; for any thread without a running event loop.

    Args:
        url: An http(s) URL.
        limit: In bytes, for the body as sent and as inflated.
        timeout: In seconds, for everything.
        watch: Called twice a second meanwhile.
        known: The state of the page that is known already; if it is still in that, the page
            returned `is_unchanged`.

    Raises:
        Refused: The server answers with an error.
        Unreadable: The page is too large or too late, or the server cannot be reached.
    """
    name = one_line(url)
    body = _Body(name, limit)
    try:
        with asyncio.Runner(loop_factory=_Loop) as runner:
            return runner.run(_within(timeout, url, body, watch, known or Validators()))
    except TimeoutError as error:
        so_far = f"only {len(body.data):,} bytes" if body.data else "no answer"
        raise Unreadable(f"{name}: {so_far} within {timeout:g} seconds; try again later") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise Unreadable(f"{name}: is not a web address: {_reason(error)}; check it") from error
    except httpx.ConnectError as error:
        if _UNTRUSTED in str(error):
            raise Unreadable(
                f"{name}: its certificate cannot be trusted: {_reason(error)}; open it in a browser"
            ) from error
        raise Unreadable(
            f"{name}: cannot be reached: {_obstacle(error)}; check the address and the network"
        ) from error
    except httpx.NetworkError as error:
        raise Unreadable(f"{name}: the server hung up before it answered; try again") from error
    except (httpx.HTTPError, OSError, ValueError) as error:
        raise Unreadable(
            f"{name}: the server's answer cannot be used: {_reason(error)}; open it in a browser "
            "and save the page"
        ) from error


async def _within(
    timeout: float, url: str, body: _Body, watch: Watch | None, known: Validators
) -> Page:
    watching = asyncio.create_task(_report(watch, body)) if watch else None
    try:
        async with (
            asyncio.timeout(timeout),
            httpx.AsyncClient(headers=_HEADERS, timeout=None, verify=_certificates()) as client,
        ):
            return await _fetched(client, url, body, known)
    finally:
        if watching:
            watching.cancel()


async def _report(watch: Watch, body: _Body) -> None:
    while True:
        await asyncio.sleep(_REPORT_INTERVAL)
        watch(len(body.data), time.monotonic() - body.began)


@cache
def _certificates() -> ssl.SSLContext:
    """The system's certificates, which an office may have added to, and Mozilla's."""
    import certifi
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    return context


async def _fetched(client: httpx.AsyncClient, url: str, body: _Body, known: Validators) -> Page:
    """Follow redirects by hand, so that their bodies are not read and none leads off the web."""
    request = client.build_request("GET", url, headers=known.headers)
    moved: httpx.URL | None = None
    is_for_good = True
    for _ in range(_REDIRECTS + 1):
        _check_on_the_web(request.url, body.name)
        response = await client.send(request, stream=True)
        try:
            if response.next_request is None:
                _check_status(response, body.name, known)
                await body.read(response)
                page = _page(response, body, moved)
                target = _onward(response, page)
                if target is None:
                    return page
                request, is_for_good = (
                    client.build_request("GET", target, headers=known.headers),
                    False,
                )
            else:
                request = response.next_request
                is_for_good = is_for_good and response.status_code in _FOR_GOOD
                moved = request.url if is_for_good else moved
        finally:
            await response.aclose()
    raise Unreadable(f"{body.name}: redirects more than {_REDIRECTS} times; open it in a browser")


def _onward(response: httpx.Response, page: Page) -> httpx.URL | None:
    """Where the page itself sends its visitors, unless that is where they are."""
    written = refresh_target(page.body) if page.media_type in _WITH_REFRESH else ""
    target = response.url.join(written) if written else response.url
    return None if target == response.url else target


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


def _check_status(response: httpx.Response, name: str, known: Validators) -> None:
    """Refuse anything but a whole page, or none (304) where that was asked for."""
    code = response.status_code
    is_whole = response.is_success and code != httpx.codes.PARTIAL_CONTENT
    if is_whole or (code == httpx.codes.NOT_MODIFIED and known.headers):
        return
    status = one_line(f"{code} {response.reason_phrase}")[:100]
    wait = seconds_to_wait(response.headers.get("retry-after", "")) if code in _BUSY else None
    advice = (
        "open it in a browser and save the page"
        if wait is None
        else f"it asks to be left alone for {_in_words(wait)}"
    )
    raise Refused(f"{name}: the server answered {status}; {advice}", code, wait)


def _in_words(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{seconds:.0f} seconds" if minutes < 2 else f"{minutes:,} minutes"


def _page(response: httpx.Response, body: _Body, moved: httpx.URL | None) -> Page:
    return Page(
        body=_inflated(body, response.headers.get("content-encoding", "").strip().lower()),
        url=_without_password(response.url),
        media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=_charset(response),
        status=response.status_code,
        headers=tuple(
            (one_line(name), one_line(value)) for name, value in response.headers.multi_items()
        ),
        moved=_without_password(moved) if moved else "",
    )


def _without_password(url: httpx.URL) -> str:
    return str(url.copy_with(userinfo=b""))


def _charset(response: httpx.Response) -> str:
    """The encoding that the server declares; "" for none, or for one that no page uses."""
    try:
        name = codecs.lookup(response.charset_encoding or "").name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARSETS else name


def _inflated(body: _Body, encoding: str) -> bytes:
    """The body, decompressed. Raises `Unreadable` if it is cut off or exceeds the limit."""
    try:
        data = inflated(bytes(body.data), encoding, body.limit)
    except LookupError as error:
        raise Unreadable(
            f"{body.name}: has a compression that was not requested ({one_line(encoding)[:40]}); "
            "open it in a browser and save the page"
        ) from error
    except EOFError as error:
        raise body.cut_off() from error
    except ValueError as error:
        raise Unreadable(
            f"{body.name}: is not compressed as declared ({encoding}); try again"
        ) from error
    check_size(body.name, len(data), body.limit)
    return data


def _obstacle(error: httpx.ConnectError) -> str:
    """Why a server cannot be reached, in the words of a reader."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            is_unknown = cause.errno == socket.EAI_NONAME
            return "no server of that name is known" if is_unknown else "its name is not found now"
        cause = cause.__cause__ or cause.__context__
    return "nothing answers there" if str(error) == _ALL_FAILED else _reason(error)


def _reason(error: Exception) -> str:
    """What an error of a library says, without what it says to machines."""
    said = _FOR_MACHINES.sub("", one_line(str(error)))
    return said[:200].rstrip(".") or type(error).__name__


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
