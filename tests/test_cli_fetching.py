"""What a reader sees while an article is fetched, and in a terminal that does not speak UTF-8."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.article.manners import server
from tests.test_cli import pullquote

pty = pytest.importorskip("pty", reason="terminals are files on Unix")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as place:
        yield place


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def _fetching(source: str) -> tuple[subprocess.Popen[bytes], int]:
    """A command that fetches `source`, its standard error on a terminal, and the other end."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pullquote.cli", "export", source, "--format", "csl-json"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
        # as in a terminal, also where the tests themselves run in the background
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(theirs)
    return process, ours


def _read(terminal: int, until: bytes = b"") -> bytes:
    """What is written to the terminal up to `until`, or to its end."""
    said = b""
    while not until or until not in said:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # nobody has the other end any more
            break
        if not piece:
            break
        said += piece
    return said


def test_a_slow_page_is_shown_to_be_coming_and_the_line_is_gone_at_the_end(address: str) -> None:
    process, terminal = _fetching(f"{address}/late")
    said = _read(terminal)
    out, _ = process.communicate()
    os.close(terminal)
    assert process.returncode == 0
    assert b"\r\x1b[Kfetching 127.0.0.1:" in said
    assert b": 99 bytes, 1 s" in said
    assert b"fetching" not in said.rpartition(b"\r\x1b[K")[2]
    assert json.loads(out)[0]["URL"] == f"{address}/late"


def test_ctrl_c_ends_the_fetching_with_a_line_and_nothing_is_kept(address: str) -> None:
    process, terminal = _fetching(f"{address}/stalls")
    _read(terminal, b"99 bytes")
    process.send_signal(signal.SIGINT)
    said = _read(terminal)
    out, _ = process.communicate()
    os.close(terminal)
    assert (process.returncode, out) == (130, b"")
    assert f"\r\x1b[Kpullquote: {address}/stalls: stopped; nothing was read\r\n".encode() in said
    assert b"Traceback" not in said
    assert pullquote("list").stdout == ""


def test_where_standard_error_is_no_terminal_nothing_is_said_of_fetching(address: str) -> None:
    done = pullquote("export", f"{address}/late", "--format", "csl-json")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["cp1252", "cp437"])
def test_what_a_terminal_cannot_show_is_replaced_and_the_rest_is_read(
    tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "article.txt"
    path.write_text("“We will go to 東京,” said Zoë Miller.", encoding="utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = subprocess.run(
        [sys.executable, "-m", "pullquote.cli", "--plain", path], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (
        "“We will go to 東京,” [quote 1: Zoë Miller] said".encode(encoding, "replace")
        in done.stdout
    )


def test_findings_are_written_in_utf_8_whatever_the_terminal_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "article.txt"
    path.write_text("“We will go to 東京,” said Zoë Miller.", encoding="utf-8")
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    done = subprocess.run(
        [sys.executable, "-m", "pullquote.cli", "analyze", path], capture_output=True, check=False
    )
    assert json.loads(done.stdout.decode("utf-8"))["text"] == path.read_text(encoding="utf-8")
