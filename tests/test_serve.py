"""The reader in a browser: behind a token, for this machine alone, a process a tab."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from pullquote.library.store import Library

_PATIENCE = 40.0  # seconds
HOSTILE = "“Stop \x1b]52;c;cm0=\x07 <script>alert(1)</script> [link=javascript:alert(1)]now[/]” said Jo Roe."


class Served:
    """A server that runs, by its address."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.process, self.address = process, address
        self.origin = address.rpartition("/")[0].rpartition("/")[0]

    def readers(self) -> list[int]:
        """The processes of its tabs."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(one) for one in listed.read_text().split()]


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[Served]:
    environment = os.environ | {
        "PULLQUOTE_DATA": str(folder / "data"),
        "PULLQUOTE_CONFIG": str(folder / "none.toml"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "pullquote", "serve", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=folder,
    )
    assert process.stdout is not None
    try:
        yield Served(process, process.stdout.readline().strip())
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for the tests that only ask."""
    with served(tmp_path_factory.mktemp("served")) as one:
        yield one


async def status(address: str, **options: Any) -> int:
    async with aiohttp.ClientSession() as session, session.get(address, **options) as answer:
        return answer.status


@asynccontextmanager
async def tab(one: Served, **options: Any) -> Any:
    """A tab, as a browser opens it, once its reader is on the screen."""
    address = one.address.replace("http", "ws", 1) + "ws?width=100&height=30"
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(address, origin=one.origin, **options) as socket,
    ):
        yield socket


async def shown(socket: aiohttp.ClientWebSocketResponse, words: str) -> str:
    """What comes on the screen, up to some words."""
    seen = ""
    async with asyncio.timeout(_PATIENCE):
        while words not in seen:
            message = await socket.receive()
            assert message.type is aiohttp.WSMsgType.BINARY, message
            seen += message.data.decode()
    return seen


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not holds():
            await asyncio.sleep(0.05)


async def test_nothing_is_to_be_had_without_the_token(server: Served) -> None:
    assert urlsplit(server.address).hostname == "127.0.0.1"
    token = server.address.split("/")[-2]
    assert len(token) > 40
    assert await status(server.address) == 200
    assert await status(server.address + "static/js/textual.js") == 200
    for path in (
        "",
        "ws",
        "static/js/textual.js",
        "static/",
        "download/1",
        f"{token[:-1]}/",
        f"{token}x/ws",
        f"x/../{token[:-1]}/",
        f"?token={token}",
    ):
        assert await status(f"{server.origin}/{path}") == 403, path
    headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    assert await status(f"{server.origin}/ws", headers=headers) == 403
    assert server.readers() == []
    assert await status(f"{server.origin}/download/1", cookies={"pullquote": token}) == 404


@pytest.mark.parametrize(
    "asked", ["OPTIONS * HTTP/1.1", "GET /download/1 HTTP/1.1\r\nCookie: pullquote=\xff"]
)
async def test_a_request_of_another_form_is_refused_like_any(server: Served, asked: str) -> None:
    place = urlsplit(server.address)
    answers, asks = await asyncio.open_connection(place.hostname, place.port)
    asks.write(f"{asked}\r\nHost: {place.netloc}\r\n\r\n".encode("latin-1"))
    assert b" 403 " in await answers.readline()
    asks.close()


async def test_another_site_cannot_reach_it_not_even_by_a_name_that_leads_here(
    server: Served,
) -> None:
    port = urlsplit(server.address).port
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"localhost:{port}", ""):
        assert await status(server.address, headers={"Host": host}) in (400, 403), host
    for origin in ("https://evil.example", "null", f"http://localhost:{port}", server.origin + "1"):
        assert await status(server.address, headers={"Origin": origin}) == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            async with aiohttp.ClientSession() as session:
                await session.ws_connect(server.address + "ws", origin=origin)
    assert server.readers() == []


async def test_the_page_fetches_nothing_from_elsewhere_and_is_framed_by_none(
    server: Served,
) -> None:
    async with aiohttp.ClientSession() as session, session.get(server.address) as answer:
        policy, page = answer.headers["Content-Security-Policy"], await answer.text()
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "https://" not in page
    assert f'"{server.address.replace("http", "ws", 1)}ws"' in page


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
async def test_each_tab_is_a_reader_over_one_library_that_ends_with_the_tab(
    tmp_path: Path,
) -> None:
    article = tmp_path / "article.txt"
    article.write_text(HOSTILE, encoding="utf-8")
    with served(tmp_path, str(article)) as server:
        async with tab(server) as first, tab(server) as second:
            screen = await shown(first, "Jo Roe")
            await shown(second, "Jo Roe")
            assert "\x1b]52;c;cm0=" not in screen  # nothing that the article says is obeyed
            assert "<script>" in re.sub("\x1b[^a-zA-Z]*[a-zA-Z]", "", screen)
            assert len(server.readers()) == 2
            await first.send_json(["stdin", "h"])  # the sentence
            await shown(first, "important")
            await first.send_json(["stdin", "1"])
            await until(lambda: _notes(tmp_path) == 1)
            await second.close()
            await until(lambda: len(server.readers()) == 1)
            await first.send_str("no message of textual's")
            await until(lambda: not server.readers())
        async with tab(server) as third:
            await shown(third, "Jo Roe")
            readers = server.readers()
            server.process.send_signal(signal.SIGINT)
            await asyncio.to_thread(server.process.wait, _PATIENCE)
            assert not any(Path(f"/proc/{one}").exists() for one in readers)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
async def test_no_reader_outlives_a_server_that_is_killed(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        async with tab(server) as only:
            await shown(only, "Ukraine")
            (reader,) = server.readers()
            server.process.kill()
            await until(lambda: _has_ended(reader))


def _has_ended(process: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True


def _notes(folder: Path) -> int:
    with Library.open(folder / "data") as library:
        return sum(entry.notes for entry in library.articles.entries())


def test_a_port_that_is_taken_is_one_line(server: Served, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pullquote", "serve", "--port", str(urlsplit(server.address).port)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PULLQUOTE_DATA": str(tmp_path)},
    )
    assert done.returncode == 2
    assert "choose another --port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_textual_serve_one_line_says_what_brings_it(tmp_path: Path) -> None:
    (tmp_path / "textual_serve.py").write_text("raise ModuleNotFoundError(name='textual_serve')")
    done = subprocess.run(
        [sys.executable, "-m", "pullquote", "serve"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PULLQUOTE_DATA": str(tmp_path), "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 2
    assert "pip install 'pullquote[serve]'" in done.stderr


def test_what_is_no_http_is_told_in_one_line(tmp_path: Path) -> None:
    environment = os.environ | {"PULLQUOTE_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "pullquote", "serve"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        address = urlsplit(process.stdout.readline().strip())
        for sent in (
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n",
        ):
            with socket.create_connection((address.hostname, address.port), timeout=10) as to:
                to.sendall(sent)
                assert b" 400 " in to.recv(100)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1].splitlines()
    assert said[1:] == [
        "pullquote: refused a request that is not valid HTTP: Bad status line",
        "pullquote: refused a request that is not valid HTTP: Invalid character in Content-Length",
    ]
