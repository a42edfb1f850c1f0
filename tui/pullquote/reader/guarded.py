"""The library as the screens have it: calls run off the event loop, and a failure is one line.

A library may be locked, on a full disk, read-only or gone at any moment. None of that may end the
app or take what was typed: a call gives back its value or `Failed`, whose line stands on the status
bar until the library works again.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec

from pullquote.library.store import Library, LibraryError
from pullquote.text import one_line

P = ParamSpec("P")
T = TypeVar("T")

MOMENT = 0.3  # seconds: a call that takes longer is shown, and keys no longer wait for it
_WRONG = (LibraryError, sqlite3.Error, OSError, msgspec.MsgspecError)


class Failed(msgspec.Struct, frozen=True):
    """A call that did not succeed, and why, in one line."""

    why: str
    passes: bool = False  # another program writes: it works again when that has ended


async def off_loop(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The value of `call`, run in a thread; raises what it raises.

    The thread does not keep the program from ending, as those of asyncio's own pool would: a
    library may be locked for seconds.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(settle: Callable[[Any], None], value: Any) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(lambda: None if done.done() else settle(value))

    def run() -> None:
        try:
            value = call(*args, **kwargs)
        except Exception as error:
            tell(done.set_exception, error)
        else:
            tell(done.set_result, value)

    Thread(target=run, daemon=True, name="pullquote-library").start()
    return await done


class Guarded:
    """A library behind one guarded path.

    `await guarded(lambda library: library.notes.tags())` is its tags, or `Failed`.
    """

    def __init__(self, library: Library, report: Callable[[], None] = lambda: None) -> None:
        self.trouble = ""  # why the last call failed; "" when it did not
        self.passes = False  # whether it works again by itself
        self._library = library
        self._report = report  # told when there is something new to show
        self._running: dict[asyncio.Future[Any], float] = {}  # calls, with when they began

    @property
    def is_slow(self) -> bool:
        """Whether a call keeps the reader waiting."""
        now = asyncio.get_running_loop().time()
        return any(now - began > MOMENT for began in self._running.values())

    async def __call__(
        self, call: Callable[Concatenate[Library, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | Failed:
        """The value of a call of the library or a function over it; a failure is shown."""
        result = await self.quietly(call, *args, **kwargs)
        if isinstance(result, Failed):
            self.passes = result.passes
        self._show(result.why if isinstance(result, Failed) else "")
        return result

    async def quietly(
        self, call: Callable[Concatenate[Library, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | Failed:
        """The same for what the reader did not ask for: a failure is not shown.

        That one has passed is, where it was another program's doing.
        """
        value = await self.read_quietly(call, *args, **kwargs)
        if self.passes and not isinstance(value, Failed):
            self._show("")
        return value

    async def read_quietly(
        self, call: Callable[Concatenate[Library, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | Failed:
        """The same for what only reads: it succeeds also while nothing can be written."""
        running = asyncio.ensure_future(off_loop(call, self._library, *args, **kwargs))
        self._running[running] = asyncio.get_running_loop().time()
        try:
            return await running
        except _WRONG as error:
            return Failed(self._line(error), _is_busy(error))
        finally:
            del self._running[running]

    def at_once(
        self, call: Callable[Concatenate[Library, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Make a call in this thread, not the event loop's; nobody is told of a failure."""
        with suppress(*_WRONG):
            call(self._library, *args, **kwargs)

    async def settle(self, seconds: float | None = None) -> None:
        """Wait until no call is running, at most so long."""
        if self._running:
            await asyncio.wait(list(self._running), timeout=seconds)

    def _show(self, trouble: str) -> None:
        self.passes = self.passes and bool(trouble)
        if trouble != self.trouble:
            self.trouble = trouble
            self._report()

    def _line(self, error: Exception) -> str:
        """What went wrong, the file without its folder: the status bar is narrow."""
        path = self._library.path
        return one_line(str(error) or type(error).__name__).replace(str(path), path.name)


def _is_busy(error: Exception) -> bool:
    """Whether another program writes to the library."""
    cause = error.__cause__ or error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
