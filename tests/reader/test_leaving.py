"""Leaving in a real terminal: the place is kept, nothing is left behind, nothing is printed."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from tests.benchmarks.terminal import Terminal
from tests.conftest import SOURCE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
LIMIT = 30  # seconds in which a reader that leaves at all has left, on however slow a machine


class Sitting:
    """A reader at the shipped article, in a terminal of their own, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        environment = {
            "PULLQUOTE_DATA": str(self.data),
            "PULLQUOTE_CONFIG": str(folder / "none.toml"),
        }
        self.terminal = Terminal(
            [sys.executable, "-m", "pullquote.cli"], environment, columns=80, rows=24
        )
        self.seen = b""
        self.ended = False
        self.terminal.wait_for(b"reportedly")

    def read(self, seconds: float = 0.1) -> bytes:
        data = self.terminal._read(seconds) or b""
        self.seen += data
        return data

    def press(self, keys: bytes) -> None:
        os.write(self.terminal._fd, keys)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + LIMIT
        while not condition():
            assert time.monotonic() < end, self.seen[-2000:].decode(errors="replace")
            self.read()

    def children(self) -> list[int]:
        tasks = Path(f"/proc/{self.terminal.pid}/task")
        return [int(pid) for one in tasks.glob("*/children") for pid in one.read_text().split()]

    def place(self, article: Article) -> int:
        with Library.open(self.data) as library:
            return library.articles.place(article.id) or 0

    def wait_for_end(self, drain: bool = True) -> int:
        """The status with which the reader ended."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if drain:
                self.read(0.02)
            pid, status = os.waitpid(self.terminal.pid, os.WNOHANG)
            if pid:
                self.ended = True
                return status
            time.sleep(0.01)
        pytest.fail("the reader is still there")

    def close(self) -> None:
        if not self.ended:
            os.kill(self.terminal.pid, signal.SIGKILL)
            os.waitpid(self.terminal.pid, 0)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def quits(one: Sitting) -> None:
    one.press(b"q")


def is_told_to_end(one: Sitting) -> None:
    os.kill(one.terminal.pid, signal.SIGTERM)


def hangs_up(one: Sitting) -> None:
    os.kill(one.terminal.pid, signal.SIGHUP)


def closes_the_terminal(one: Sitting) -> None:
    os.close(one.terminal._fd)


def is_not_read_from(one: Sitting) -> None:
    one.press(b"jk" * 1500)  # what they paint is more than a terminal holds that nobody reads from
    os.kill(one.terminal.pid, signal.SIGTERM)


WAYS = [quits, is_told_to_end, hangs_up, closes_the_terminal, is_not_read_from]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_while_the_analysis_runs_the_place_is_kept_and_no_process_is_left(
    tmp_path: Path, seed: Article, way: Callable[[Sitting], None]
) -> None:
    one = Sitting(tmp_path)
    try:
        one.wait_for(lambda: bool(one.children()))
        helper = one.children()
        one.press(b"G")
        one.wait_for(lambda: b"100%" in one.seen)
        way(one)
        one.wait_for_end(drain=way in (quits, is_told_to_end, hangs_up))
        assert b"Traceback" not in one.seen
        assert b"Error" not in one.seen
        assert one.place(seed) > 0
        end = time.monotonic() + LIMIT
        while any(map(is_alive, helper)):
            assert time.monotonic() < end, "the helper is still there"
            time.sleep(0.01)
    finally:
        one.close()


def save_analysed(folder: Path, article: Article, findings: Findings) -> None:
    """Put an article that was analysed before into the library in `folder`."""
    with Library.open(folder) as library:
        library.articles.save(article)
        library.findings.save(article.id, findings)


@pytest.mark.parametrize(
    "way", [is_told_to_end, hangs_up, closes_the_terminal], ids=lambda way: way.__name__
)
def test_a_note_that_is_being_written_is_saved_when_nobody_can_be_asked(
    tmp_path: Path, seed: Article, findings: Findings, way: Callable[[Sitting], None]
) -> None:
    save_analysed(tmp_path / "data", seed, findings)
    one = Sitting(tmp_path)
    try:
        one.press(b"nihalf a page")
        one.wait_for(lambda: b"page" in one.seen)
        way(one)
        one.wait_for_end(drain=way is not closes_the_terminal)
        with Library.open(tmp_path / "data") as library:
            assert [note.comment for note in library.notes.of(seed.id)] == ["half a page"]
    finally:
        one.close()


@pytest.mark.parametrize("way", [quits, is_told_to_end], ids=lambda way: way.__name__)
def test_after_leaving_all_notes_are_in_the_one_file_that_a_reader_would_copy(
    tmp_path: Path, seed: Article, findings: Findings, way: Callable[[Sitting], None]
) -> None:
    save_analysed(tmp_path / "data", seed, findings)
    one = Sitting(tmp_path)
    try:
        one.press(b"nh1")
        one.wait_for(lambda: b"highlighted" in one.seen)
        way(one)
        one.wait_for_end()
        full = [path.name for path in one.data.iterdir() if path.stat().st_size]
        assert full == ["library.db"]  # what tells who has an article open is empty
    finally:
        one.close()


def test_a_killed_reader_has_lost_no_more_than_a_few_seconds_of_its_place(
    tmp_path: Path, seed: Article, findings: Findings
) -> None:
    save_analysed(tmp_path / "data", seed, findings)
    one = Sitting(tmp_path)
    try:
        one.press(b"G")
        one.wait_for(lambda: one.place(seed) > 0)
    finally:
        one.close()
    assert one.place(seed) > 0


def test_without_its_working_directory_the_reader_exports_to_home_and_leaves(
    tmp_path: Path, seed: Article, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, home = tmp_path / "gone", tmp_path / "home"
    gone.mkdir()
    home.mkdir()
    save_analysed(tmp_path / "data", seed, findings)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PYTHONPATH", str(SOURCE.parent))
    monkeypatch.chdir(gone)
    one = Sitting(tmp_path)
    try:
        gone.rmdir()
        one.press(b"E1")
        one.wait_for(lambda: b"Export to" in one.seen)
        one.press(b"\r")
        one.wait_for(lambda: any(home.iterdir()))
        one.press(b"q")
        assert one.wait_for_end() == 0
        assert b"Traceback" not in one.seen
    finally:
        one.close()
