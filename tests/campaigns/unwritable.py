"""A library that cannot be written while the reader works in a real terminal, then works again.

What is typed into each dialog must be there, and be saved, once the library works; the reader must
never end.
"""

import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from pullquote.analysis.pipeline import analyse
from pullquote.article.source import shipped
from pullquote.library.store import FILE, Library
from pullquote.notes.annotations import Annotation
from tests.benchmarks.terminal import Terminal
from tests.campaigns import Tally

# seconds for what is typed to be saved once it can be; SQLite itself waits five for a lock
_WAIT = 20.0
_TEXT = "half a page of what they said on Monday "

# What is typed, the keys that save it once more, and whether it is there then.
ACTS: dict[str, tuple[bytes, bytes, Callable[[Annotation], bool]]] = {
    "a note": (
        b"ni" + _TEXT.encode() * 20 + b"\x13",
        b"\x13",
        lambda note: _TEXT.strip() in note.comment,
    ),
    "tags": (
        b"nt" + b" ".join(b"tag%d" % n for n in range(90)) + b"\r",
        b"\r",
        lambda note: len(note.tags) == 90,
    ),
    "evidence": (
        b"cl" + b"https://e.org/" + b"a" * 900 + b"\x13",
        b"\x13",
        lambda note: note.evidence != (),
    ),
    "a name": (
        b"ae1" + b"B" * 600 + b"\r",
        b"\r",
        lambda note: bool(note.correction and "BBB" in note.correction.value),
    ),
    "a highlight": (b"wh1", b"wh1", lambda note: note.highlight == 1),
    "a verdict": (b"cr2", b"cr2", lambda note: note.verdict != ""),
    "a correction": (b"ce6", b"ce6", lambda note: note.correction is not None),
}


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    """Another program holds the library."""
    other = sqlite3.connect(data / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def _full(data: Path) -> Iterator[None]:
    """Every insert fails as on a full disk: the same error, by triggers for all who open it."""
    yield from _failing(data, "database or disk is full")


@contextmanager
def _read_only(data: Path) -> Iterator[None]:
    """Every insert fails as in a read-only file: modes do not hold for a root."""
    yield from _failing(data, "attempt to write a readonly database")


def _failing(data: Path, why: str) -> Iterator[None]:
    with sqlite3.connect(data / FILE, timeout=20) as db:
        db.execute(
            "CREATE TRIGGER refused BEFORE INSERT ON annotations BEGIN SELECT RAISE(ABORT, "
            f"'{why}'); END"
        )
    yield
    with sqlite3.connect(data / FILE, timeout=20) as db:
        db.execute("DROP TRIGGER refused")


Way = Callable[[Path], AbstractContextManager[None]]
WAYS: dict[str, Way] = {"locked": _locked, "full": _full, "read-only": _read_only}


def run(rounds: int) -> Iterator[Tally]:
    """Each act in each way, so many times, by one reader a way."""
    for name, way in WAYS.items():
        tally = Tally(f"acts on a library that is {name}")
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                for failure in _sitting(Path(folder), way):
                    tally.attempt(failure)
        yield tally


def _sitting(folder: Path, way: Way) -> Iterator[str | None]:
    """A reader who tries every act; what was wrong with each, if anything was."""
    with Library.open(folder) as library:
        library.articles.save(shipped())
        library.findings.save(shipped().id, analyse(shipped().text))
    environment = {"PULLQUOTE_DATA": str(folder), "PULLQUOTE_CONFIG": str(folder / "none.toml")}
    terminal = Terminal([sys.executable, "-m", "pullquote.cli"], environment, columns=120, rows=30)
    try:
        terminal.wait_for(b"reportedly")
        terminal.settle(0.2)
        for act in ACTS:
            failure = _tried(terminal, folder, way, act)
            yield failure
            if failure:
                return
    finally:
        with suppress(OSError):
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        os.close(terminal._fd)


def _tried(terminal: Terminal, folder: Path, way: Way, act: str) -> str | None:
    typed, again, is_there = ACTS[act]
    with way(folder):
        os.write(terminal._fd, typed)
        if not _is_told(terminal):
            return f"{act}: no line says that it was not saved"
    os.write(terminal._fd, again)
    end = time.monotonic() + _WAIT
    while time.monotonic() < end:
        terminal._read(0.05)
        if os.waitpid(terminal.pid, os.WNOHANG)[0]:
            return f"{act}: the app has ended"
        with Library.open(folder) as library:
            if any(map(is_there, library.notes.of(shipped().id))):
                os.write(terminal._fd, b"\x1b")  # out of the dialog that takes one link more
                terminal.settle(0.3)
                return None
    return f"{act}: what was typed is lost"


def _is_told(terminal: Terminal) -> bool:
    """Whether a line on the screen says that the library cannot be written."""
    seen, end = b"", time.monotonic() + _WAIT
    while time.monotonic() < end and b"library.db" not in seen:
        seen += terminal._read(0.1) or b""
    return b"library.db" in seen
