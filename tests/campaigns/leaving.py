"""The reader is left at random moments: at the start, during the analysis, in a dialog."""

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from pullquote.article.source import shipped
from pullquote.library.store import Library
from tests.benchmarks.terminal import Terminal
from tests.campaigns import Tally

_LIMIT = 10.0  # seconds after which a reader counts as hanging
_SLOW = 1.0
_PER_WAY = 5  # sittings a round
_KEYS = (b"", b"G", b"nh1", b"Gihalf a page", b"GD", b"Gcl", b"Gt", b"GL", b"GE1", b"G/war", b"G:")


def _quit(terminal: Terminal) -> None:
    os.write(terminal._fd, b"\x11")  # ctrl+q, which is heard in dialogs too


def _close(terminal: Terminal) -> None:
    os.close(terminal._fd)


def _stop_reading(terminal: Terminal) -> None:
    with suppress(BlockingIOError):
        os.set_blocking(terminal._fd, False)
        os.write(terminal._fd, b"jk" * 1000)
    os.kill(terminal.pid, signal.SIGTERM)


WAYS: dict[str, Callable[[Terminal], None]] = {
    "q": _quit,
    "SIGTERM": lambda terminal: os.kill(terminal.pid, signal.SIGTERM),
    "SIGHUP": lambda terminal: os.kill(terminal.pid, signal.SIGHUP),
    "closed terminal": _close,
    "terminal not read from": _stop_reading,
}


def run(rounds: int) -> Iterator[Tally]:
    """Leave in each way, so many times a round."""
    chance = random.Random(7)
    for way in WAYS:
        tally, slow = Tally(f"leaving by {way}"), 0
        for _ in range(_PER_WAY * rounds):
            with tempfile.TemporaryDirectory() as folder:
                failure, seconds = _sitting(
                    Path(folder), way, chance.choice(_KEYS), chance.uniform(0, 3)
                )
            slow += seconds > _SLOW
            tally.attempt(failure)
        tally.remark = f"{slow} took over a second" if slow else ""
        yield tally


def _sitting(folder: Path, way: str, keys: bytes, seconds: float) -> tuple[str | None, float]:
    """One sitting; what was wrong with how it ended, if anything was, and how long that took."""
    environment = {"PULLQUOTE_DATA": str(folder), "PULLQUOTE_CONFIG": str(folder / "none.toml")}
    terminal = Terminal([sys.executable, "-m", "pullquote.cli"], environment, columns=80, rows=24)
    seen, at_end = b"", False
    try:
        terminal.wait_for(b"reportedly")
        if keys:
            os.write(terminal._fd, keys)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            data = terminal._read(0.05) or b""
            at_end = at_end or b"100%" in data
        children = _children(terminal.pid)
        began = time.monotonic()
        WAYS[way](terminal)
        guarded = way == "q" and b"half" in keys  # what was typed keeps the reader here
        status = None
        while status is None and time.monotonic() - began < (_SLOW if guarded else _LIMIT):
            if way not in ("closed terminal", "terminal not read from"):
                seen += terminal._read(0.02) or b""
            time.sleep(0.005)
            pid, code = os.waitpid(terminal.pid, os.WNOHANG)
            status = code if pid else None
        took = time.monotonic() - began
        if status is None:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
            return (None, 0) if guarded else (f"{way}, {keys!r}: hung", took)
        return _wrong(
            folder,
            f"{way}, {keys!r} after {seconds:.1f} s",
            seen,
            children,
            at_end and keys != b"nh1",
        ), took
    finally:
        with suppress(OSError):
            os.close(terminal._fd)


def _wrong(folder: Path, what: str, seen: bytes, children: list[int], moved: bool) -> str | None:
    if b"Traceback" in seen or b"Error" in seen:
        return f"{what}: a traceback"
    until = time.monotonic() + 0.5
    while any(_is_alive(child) for child in children):
        if time.monotonic() > until:
            return f"{what}: left a process behind"
        time.sleep(0.01)
    with Library.open(folder) as library:
        if moved and not library.articles.place(shipped().id):
            return f"{what}: the place is lost"
    return None


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for one in tasks for child in one.read_text().split()]


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
