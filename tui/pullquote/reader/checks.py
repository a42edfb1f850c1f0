"""Checks of evidence beside the reading, each in a process of its own.

What a fetched page takes to be read would keep the keys waiting, and a process can be ended
wherever it hangs. It keeps what it finds in the library itself (tui/pullquote/library/checking.py);
what is shown is read from there.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pullquote import library as place
from pullquote.analysis.beside import environment
from pullquote.library.evidence import Job
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.library.checking import Checked

_PLACE = Path(place.__file__).parent  # where only who installed us writes
_LINE_LIMIT = 1 << 20  # bytes; the words of a page that stand in the place of a quotation
Key = tuple[str, ...]


class Checks:
    """The checks that run: how far each is, in words, by the evidence's key."""

    def __init__(self) -> None:
        self.words: dict[Key, str] = {}
        self._running: dict[Key, asyncio.Task[Checked | str]] = {}
        self._begun = set[asyncio.Task[None]]()  # nobody else holds them

    @property
    def progress(self) -> str:
        """How far the checks are, in words for the bar; "" where none runs."""
        last = next(reversed(self.words.values()), "")
        return f"{last} (X stops it)" if last else ""

    async def run(self, job: Job, folder: Path, changed: Callable[[], None]) -> "Checked | str":
        """What a check finds, or why there is none, in words.

        Args:
            job: One that runs already is not begun again.
            folder: The library's.
            changed: Called when there is something new to show.
        """
        key = job.evidence.key

        def tell(words: str) -> None:
            self.words[key] = words
            changed()

        if key in self._running:
            return "it is being checked already"
        tell("checking …")
        task = self._running[key] = asyncio.create_task(_checked(job, folder, tell))
        try:
            return await task
        except asyncio.CancelledError:
            if not task.cancelled():
                task.cancel()
                raise
            return (
                "stopped; it is unchecked, F5 beside it or pullquote refresh --evidence checks it"
            )
        finally:
            del self._running[key], self.words[key]
            changed()

    def begin(self, check: Callable[[], Coroutine[None, None, None]]) -> None:
        """Let a check run by itself."""
        task = asyncio.create_task(check())
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    def stop(self) -> bool:
        """Stop all that run; whether there were any."""
        for task in self._running.values():
            task.cancel()
        return bool(self._running)


async def _checked(job: Job, folder: Path, tell: Callable[[str], None]) -> "Checked | str":
    from pullquote.library.checking_beside import Said

    command = (sys.executable, "-P", "-m", "pullquote.library.checking_beside")
    try:
        process = await asyncio.create_subprocess_exec(
            *(*command, str(folder.absolute())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE_LIMIT,
            cwd=_PLACE,
            env=environment(),
        )
    except OSError as error:  # no memory for one more, say
        return one_line(str(error))
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(msgspec.json.encode(job))
        process.stdin.close()
        async for line in process.stdout:
            said = msgspec.json.decode(line, type=Said)
            if said.checked or said.wrong:
                return said.checked or said.wrong
            tell(f"checking … {said.received:,} bytes, {said.seconds:.0f} s")
        return "broke off; F5 tries again"
    except (ValueError, msgspec.MsgspecError, OSError) as error:
        return str(error)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
