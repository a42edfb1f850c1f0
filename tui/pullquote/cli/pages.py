"""The reader in a browser: a server for this machine alone, behind a token in the address.

Every tab is a reader's process of its own, over one library; it ends with the tab, and all end with
the server. Whoever does not know the token gets nothing, neither page nor socket nor download. The
host that is asked for and the page that asks are looked at too, so that no other site can reach the
server through a name that leads here (DNS rebinding).
"""

import asyncio
import logging
import os
import shlex
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import compare_digest, token_urlsafe

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from pullquote.text import one_line

HOST = "127.0.0.1"  # not localhost: its name may lead elsewhere
_TEMPLATES = Path(__file__).parent / "web"
_COOKIE = "pullquote"
_GRACE = 2.0  # seconds for a reader to save what is being written
_COLUMNS, _LINES = 80, 24
# Nothing is fetched from elsewhere, no other page may frame this one, and none is told its address.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _Tab(AppService):
    """A reader's process, in a session of its own: a key in the server's terminal is not its."""

    async def _open_app_process(
        self, width: int = _COLUMNS, height: int = _LINES
    ) -> asyncio.subprocess.Process:
        self._process = await asyncio.create_subprocess_exec(
            *shlex.split(self.command),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Show what the reader shows, until it ends; the page is told then."""
        if self._process is None:  # the tab was closed before it began
            return
        await super().run()
        with suppress(ConnectionError, RuntimeError):
            await self.remote_close()

    async def stop(self) -> None:
        """End the reader, which saves what is being written; one that takes too long is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGHUP if hasattr(signal, "SIGHUP") else signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE)
        _kill_all_of(process)
        if self._task is not None:
            await self._task


def _kill_all_of(process: asyncio.subprocess.Process) -> None:
    """Kill a process with all that it started; nothing happens to one that has ended."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _in_one_line(record: logging.LogRecord) -> bool:
    """Say of a request that is no HTTP what is wrong with it, in place of a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        what, _, _ = one_line(error.message).partition(": ")
        record.msg = f"pullquote: refused a request that is not valid HTTP: {what[:80]}"
        record.args, record.exc_info = (), None
    return True


class Pages(Server):
    """The pages of one library.

    Args:
        command: Opens the reader; run for each tab.
        port: On this machine; 0 for any that is free.

    Raises:
        OSError: The port is taken.
    """

    def __init__(self, command: Sequence[str], port: int = 0) -> None:
        self._socket = socket.create_server((HOST, port))
        self._token = token_urlsafe(32)
        self._host = f"{HOST}:{self._socket.getsockname()[1]}"
        self._tabs = set[_Tab]()
        super().__init__(
            shlex.join(command),
            title="pullquote",
            public_url=f"http://{self._host}",
            templates_path=_TEMPLATES,
        )

    @property
    def address(self) -> str:
        """Where the reader is, with the token."""
        return f"{self.public_url}/{self._token}/"

    def run(self) -> None:
        """Serve until the program is told to end (Ctrl+C)."""
        logging.getLogger("aiohttp.server").addFilter(_in_one_line)
        # no log of requests: it would have the token
        web.run_app(
            self.made(), sock=self._socket, access_log=None, print=None, shutdown_timeout=_GRACE
        )

    async def made(self) -> web.Application:
        """The application: all that textual-serve has, below the token."""
        app = web.Application(middlewares=[self._guarded])
        inner = await self._make_app()
        app.add_subapp(f"/{self._token}", inner)
        app.router.add_get("/download/{key}", self.handle_download)  # where its page looks for it
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command has told the address."""

    async def on_shutdown(self, app: web.Application) -> None:
        """End every tab's reader."""
        await asyncio.gather(*(tab.stop() for tab in list(self._tabs)))

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A tab: keys in, the screen out, for as long as it is open."""
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)

        async def close() -> None:
            await page.close()

        tab = _Tab(
            self.command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        self._tabs.add(tab)
        try:
            size = (("width", _COLUMNS), ("height", _LINES))
            await tab.start(*(to_int(request.query.get(name, ""), least) for name, least in size))
            with suppress(ValueError, LookupError, TypeError, AssertionError):  # no message of ours
                await self._process_messages(page, tab)
        finally:
            await tab.stop()
            self._tabs.discard(tab)
        return page

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not (self._is_asked_here(request) and self._knows_the_token(request)):
            raise web.HTTPForbidden(text="pullquote: open the address that the program printed\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
            response.set_cookie(
                _COOKIE, self._token, path="/download", httponly=True, samesite="Strict"
            )
        return response

    def _is_asked_here(self, request: web.Request) -> bool:
        """Whether it is this server that was asked, and by no other site's page."""
        origin = request.headers.get("Origin", self.public_url)
        return request.headers.get("Host") == self._host and origin == self.public_url

    def _knows_the_token(self, request: web.Request) -> bool:
        _, first, *_ = f"{request.path}/".split("/")  # of "*" there is no first
        given = request.cookies.get(_COOKIE, "") if first == "download" else first
        return compare_digest(given.encode(errors="replace"), self._token.encode())
