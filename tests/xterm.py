"""A program in a real terminal that nobody sees: xterm under Xvfb, with real keys and clicks.

Needs Xvfb, xterm and xdotool.
"""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Self

from PIL import Image, ImageChops, ImageGrab

_FONT, _POINTS = "DejaVu Sans Mono", 10
_SCREEN = "2000x1100x24"
_EVERY, _LONGEST = 0.1, 4.0  # seconds: between two looks, and until it is taken for still
_ANSWERED = 1.5  # seconds until what was pressed is taken for something that changes nothing
_STILL, _STARTED = 0.4, 1.5  # seconds without a change: after a key, and at the beginning


class XTerm:
    """A terminal of so many columns and rows in which a command runs."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int,
        rows: int,
        terminal: str = "xterm-256color",
    ) -> None:
        self._columns, self._rows = columns, rows
        own = {name: one for name, one in os.environ.items() if name != "NO_COLOR"}
        # xterm keeps these from its programs
        told = [f"{name}={one}" for name, one in environment.items()]
        self._command = [
            *("xterm", "-fa", _FONT, "-fs", str(_POINTS), "-geometry", f"{columns}x{rows}+0+0"),
            *("-bw", "0", "-b", "0", "+sb", "-xrm", "XTerm*directColor: true", "-tn", terminal),
            *("-e", "env", "-u", "COLORTERM", *told, *command),
        ]
        self._environment = own
        self._running = ExitStack()
        self._before: Image.Image | None = None  # the last key

    def __enter__(self) -> Self:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        self._running.callback(_end, server)
        os.close(write)
        with os.fdopen(read) as told:
            self._display = f":{told.readline().strip()}"
        self._environment["DISPLAY"] = self._display
        shown = subprocess.Popen(self._command, env=self._environment, stderr=subprocess.DEVNULL)
        self._running.callback(_end, shown)
        found = self._xdotool("search", "--sync", "--onlyvisible", "--class", "xterm")
        self._window = found.split()[-1]
        named = self._xdotool("getwindowgeometry", "--shell", self._window).split()
        size = dict(line.split("=") for line in named)
        self._size = int(size["WIDTH"]), int(size["HEIGHT"])
        self._xdotool("mousemove", str(self._size[0] - 2), str(self._size[1] - 2))
        return self

    def __exit__(self, *error: object) -> None:
        self._running.close()

    def press(self, key: str) -> None:
        """Press a key, by its X name ("Return", "question") or its letter; "type x" types x."""
        self._before = self.image()
        typed = key.removeprefix("type ")
        self._xdotool("type" if typed != key else "key", typed)

    def click(self, column: int, row: int, button: int = 1) -> None:
        """Click on a cell."""
        width, height = self._size
        x = round((column + 0.5) * width / self._columns)
        y = round((row + 0.5) * height / self._rows)
        self._xdotool("mousemove", str(x), str(y))
        self._xdotool("click", str(button))

    def settle(self, still: float = _STILL, longest: float = _LONGEST) -> Image.Image:
        """Wait until nothing changes any more; what is on the screen then."""
        began = time.monotonic()
        last = self._before or self.image()
        # what was pressed changes something, be it late
        since, self._before = began + (_ANSWERED if self._before else 0), None
        while (now := time.monotonic()) - since < still and now - began < longest:
            time.sleep(_EVERY)
            image = self.image()
            if ImageChops.difference(last, image).getbbox():
                last, since = image, now
        return last

    def started(self, still: float = _STARTED) -> Image.Image:
        """Wait until the program shows something, and that is all."""
        for _ in range(600):
            colours = self.image().getcolors(4)
            if colours is None or len(colours) > 3:
                break
            time.sleep(_EVERY)
        return self.settle(still, longest=60.0)

    def image(self) -> Image.Image:
        """What is on the screen."""
        box = (0, 0, *self._size)
        return ImageGrab.grab(bbox=box, xdisplay=self._display).convert("RGB")

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=True
        )
        return done.stdout


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait()
