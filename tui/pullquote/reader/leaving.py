"""Leaving when the reader does not ask: the terminal is closed, the system shuts down.

The app is asked to end politely: places kept, helper ended, terminal as it was. Where that takes
too long (a terminal that nobody reads from any more blocks whoever writes to it), the process ends
all the same.
"""

import asyncio
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_ISFIFO
from threading import Event, Thread, current_thread, main_thread
from types import FrameType
from typing import TextIO

GRACE = 0.7  # seconds to end politely
_SIGNALS = ("SIGHUP", "SIGTERM", "SIGBREAK")  # by name: not every system has them


class Leaving:
    """Watches for signals and for the end of the terminal, once it is told to."""

    def __init__(self, at_once: Callable[[], None], politely: Callable[[], None]) -> None:
        # called in a thread of its own: what must not wait for the event loop
        self._at_once = at_once
        self._politely = politely  # called on the event loop
        self._begun = Event()
        self._loop: asyncio.AbstractEventLoop | None = None  # once it watches

    @property
    def has_begun(self) -> bool:
        """Whether the program is ending."""
        return self._begun.is_set()

    def watch(self) -> None:
        """Begin to watch; needs a running loop."""
        self._loop = asyncio.get_running_loop()
        if current_thread() is main_thread():
            for name in _SIGNALS:
                if hasattr(signal, name):
                    # Not the loop's own handler, which would wait for a loop that a dead terminal
                    # may have blocked.
                    signal.signal(getattr(signal, name), self._signalled)
        keys = sys.__stdin__
        if sys.platform == "linux" and keys is not None and (keys.isatty() or is_piped(keys)):
            Thread(target=self._wait_for_hangup, args=(keys.fileno(),), daemon=True).start()

    def begin(self) -> None:
        """End the program: politely, or in the end by force."""
        if self._begun.is_set():
            return
        self._begun.set()
        for what in (self._at_once, _end_by_force):
            Thread(target=what, daemon=True).start()
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self._politely)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self.begin()

    def _wait_for_hangup(self, terminal: int) -> None:
        """Wait until the other end of the terminal closes; not every such end sends a signal.

        It may be a pipe, of a server that shows the screen in a browser.
        """
        poll = select.poll()
        poll.register(terminal, 0)  # a hang-up is reported even so
        if any(what & select.POLLHUP for _, what in poll.poll()):
            self.begin()


def is_piped(keys: TextIO) -> bool:
    """Whether the keys come from another program, which shows the screen."""
    return bool(os.environ.get("TEXTUAL_DRIVER")) and S_ISFIFO(os.fstat(keys.fileno()).st_mode)


def is_gone() -> bool:
    """Whether the terminal that the keys come from is not there any more."""
    try:
        import termios
    except ImportError:  # Windows: its console ends the program itself
        return False
    if sys.__stdin__ is not None and is_piped(sys.__stdin__):
        poll = select.poll()
        poll.register(sys.__stdin__.fileno(), 0)
        return any(what & select.POLLHUP for _, what in poll.poll(0))
    try:
        termios.tcgetattr(sys.__stdin__ or 0)
    except (termios.error, OSError, ValueError):
        return True
    return False


def _end_by_force() -> None:
    """After the grace, end whatever still hangs."""
    Event().wait(GRACE)
    end()


def end() -> None:
    """End at once, and the helper too: all is saved, and no terminal is left to put right."""
    for child in _children():
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)
    os._exit(0)


def _children() -> list[int]:
    """The processes that this one started, where the system tells."""
    found: list[int] = []
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, listed.read_text(encoding="ascii").split())
    return found
