"""A terminal to measure in: a program in a pty, timed from a key to the end of its frame.

Headless runs skip the terminal's own cost; so budgets are measured here. Works on Linux, where a
process's CPU time can be read thread by thread.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

_SYNC_ASKED, _SYNC_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


class Press(NamedTuple):
    """What a key press cost, in milliseconds: to the first and last byte painted, and of CPU."""

    first: float
    wall: float
    cpu: float


class Terminal:
    """A program in a terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        environment: dict[str, str],
        columns: int = 120,
        rows: int = 36,
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execvpe(command[0], list(command), os.environ | fixed | environment)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, seconds: float) -> bytes | None:
        ready, _, _ = select.select([self._fd], [], [], max(0, seconds))
        if not ready:
            return None
        try:
            data = os.read(self._fd, 1 << 20)
        except OSError:
            return b""
        if _SYNC_ASKED in data:
            os.write(self._fd, _SYNC_ANSWER)
        return data

    def wait_for(self, words: bytes, seconds: float = 60) -> float:
        """Seconds from the start of the program to `words` on the screen."""
        seen, end = b"", time.perf_counter() + seconds
        while words not in seen:
            data = self._read(end - time.perf_counter())
            if not data:
                raise TimeoutError(f"{words!r} did not come: {seen[-400:]!r}")
            seen = (seen + data)[-1_000_000:]
        return time.perf_counter() - self.started

    def settle(self, quiet: float = 0.5) -> None:
        """Wait until nothing has been painted for `quiet` seconds."""
        while self._read(quiet):
            pass

    def press(self, key: bytes, quiet: float = 0.06) -> Press:
        """Press a key and wait for all that it paints."""
        before, start = self._cpu(), time.perf_counter()
        os.write(self._fd, key)
        first = last = start
        while self._read(1.0 if last == start else quiet):
            last = time.perf_counter()
            first = last if first == start else first
        return Press((first - start) * 1000, (last - start) * 1000, (self._cpu() - before) / 1e6)

    def _cpu(self) -> int:
        """Nanoseconds that all threads have run."""
        total = 0
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            with (
                suppress(FileNotFoundError),  # it has ended meanwhile
                open(f"/proc/{self.pid}/task/{thread}/schedstat") as file,
            ):
                total += int(file.read().split()[0])
        return total

    def memory(self) -> float:
        """Resident memory in MB."""
        with open(f"/proc/{self.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
