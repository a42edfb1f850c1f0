"""Run the analysis in a helper process: no key waits for it, and nothing it does ends the reading.

A thread in the reader's own process would hold the interpreter for up to a second at a time and
could not be ended; a process can be, also where it hangs in a library's C code. The helper finds
its modules where the reader does, never in the folder that the reader was started in, in which
anything may lie.
"""

import asyncio
import os
import signal
import site
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pullquote.analysis import AnalysisFailed, NoModel
from pullquote.analysis.messages import Answer, Request
from pullquote.findings import Findings

T = TypeVar("T")
Item = TypeVar("Item")

__all__ = [
    "AnalysisFailed",
    "Helper",
    "NoModel",
    "Waiting",
    "analyse_beside",
    "deadline",
    "each_in_order",
]

_LINE_LIMIT = 1 << 28  # bytes; findings come as one line
# there, and only the one who installed us writes in it
_PLACE = Path(__file__).parent / "en"
_NICENESS = 10  # niceness of a helper beside the reader's screen
# A hung analysis must end while somebody still waits for it, a slow one must not. A core of 2020
# does some 10,000 characters a second and loads the model in 2 s: a helper that gets a tenth of one
# gets through, also where it starts on a crowded machine.
_TO_START, _A_CHARACTER = 120.0, 0.001  # seconds
_TO_FIND = 20.0  # seconds, of a plug-in, which finds its model loaded but its own
_QUIET_ENVIRONMENT = ("PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONPATH")  # the last is made anew


def deadline(text: str) -> float:
    """How many seconds the analysis of `text` may take."""
    return _TO_START + _A_CHARACTER * len(text)


def plug_in_deadline(text: str) -> float:
    """How many seconds each other package may take to find in `text` what it looks for."""
    return _TO_FIND + _A_CHARACTER * len(text) / 2


class Helper:
    """A process that analyses texts in turn, so that the model is loaded once; started when needed.

    `command` is what runs, `deadline` says in how many seconds a text is to be done by us, `memory`
    how many bytes the process may have, 0 for any, and `plug_in_deadline` how many seconds each
    other package may take that finds something in it.
    """

    def __init__(
        self,
        model: str,
        cores: int = 2,
        nice: int = 0,
        command: Sequence[str] = (),
        deadline: Callable[[str], float] = deadline,
        memory: int = 0,
        plug_in_deadline: Callable[[str], float] = plug_in_deadline,
    ) -> None:
        self._command = [*command] or _command(model, cores, nice, memory)
        self._deadline = deadline
        self._plug_in_deadline = plug_in_deadline
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> asyncio.subprocess.Process:
        """Start the process, if it does not run. Raises `OSError`."""
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_LINE_LIMIT,
                cwd=_PLACE,
                env=environment(),
            )
        return self._process

    async def analyse(
        self,
        text: str,
        progressed: Callable[[float], None] | None = None,
        so_far: Callable[[Findings], None] | None = None,
        language: str = "",
    ) -> Findings:
        """The findings of `text`. Late or cancelled, the process is ended.

        Args:
            text: As it comes through the door (tui/pullquote/text.py).
            progressed: Called with the share done, 0 to 1.
            so_far: Called with the findings of the first part of a long text.
            language: "en" where it is to be analysed as English, whatever it looks like.

        Raises:
            AnalysisFailed: This text could not be analysed in time, or at all.
            NoModel: No text can be: the pipeline is not there, or cannot be loaded.
        """
        seconds = self._deadline(text)
        request = Request(
            text=text, language=language, in_parts=so_far is not None, seconds=seconds
        )
        try:
            answer = await _within(seconds, self._answered(request, progressed, so_far))
            if answer.ours is not None:
                answer = await self._with_extras(answer, self._plug_in_deadline(text))
        except TimeoutError as error:
            await self.close()
            raise AnalysisFailed(
                f"the analysis was given up: not done after {seconds:,.0f} s"
            ) from error
        except (OSError, ValueError) as error:  # also a line that is too long, or no JSON
            await self.close()
            raise AnalysisFailed(f"the analysis broke off: {error}") from error
        except BaseException:
            await self.close()
            raise
        if answer.findings is None:
            raise (
                NoModel(answer.no_model)
                if answer.no_model
                else AnalysisFailed(f"the analysis failed: {answer.error}")
            )
        return answer.findings

    async def _answered(
        self,
        request: Request,
        progressed: Callable[[float], None] | None,
        so_far: Callable[[Findings], None] | None,
    ) -> Answer:
        process = await self.start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(msgspec.json.encode(request) + b"\n")
        with suppress(ConnectionError):  # a process that has ended; how, is said below
            await process.stdin.drain()
        async for line in process.stdout:
            answer = msgspec.json.decode(line, type=Answer)
            if answer.so_far is not None and so_far is not None:
                so_far(answer.so_far)
            elif answer.progress is None:
                return answer  # also `ours`: the rest is other packages' and has its own time
            elif progressed is not None:
                progressed(answer.progress)
        raise AnalysisFailed(_how_it_ended(await process.wait()))

    async def _with_extras(self, answer: Answer, seconds: float) -> Answer:
        """The answer behind those of other packages; without what is not there in time."""
        while answer.ours is not None:
            ours, name = answer.ours, answer.plug_in
            try:
                answer = await _within(seconds, self._next())
            except (TimeoutError, OSError, ValueError, AnalysisFailed) as error:
                await self.close()
                why = str(error) or f"not done after {seconds:,.0f} s"
                line = f"the findings of {name}: given up: {why}; report it to its authors"
                failed = msgspec.structs.replace(ours, failed=(*(ours.failed or ()), line))
                return Answer(findings=failed)
        return answer

    async def _next(self) -> Answer:
        process = await self.start()
        assert process.stdout is not None
        line = await process.stdout.readline()
        if not line:
            raise AnalysisFailed(_how_it_ended(await process.wait()))
        return msgspec.json.decode(line, type=Answer)

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def analyse_beside(
    text: str,
    model: str,
    progressed: Callable[[float], None],
    so_far: Callable[[Findings], None],
    language: str = "",
) -> Findings:
    """The findings of `text`, by a helper of its own that gives way to the screen.

    Args:
        text: See `Helper.analyse`, as for `progressed` and `so_far`.
        model: The name of a spaCy pipeline with a parser and entities, shipped or installed.
        progressed: Called with the share done, 0 to 1.
        so_far: Called with the findings of the first part of a long text.
        language: See `Helper.analyse`.

    Raises:
        AnalysisFailed: It could not be analysed, for whatever reason.
    """
    helper = Helper(model, nice=_NICENESS)
    try:
        return await helper.analyse(text, progressed, so_far, language)
    except NoModel as error:
        raise AnalysisFailed(f"the analysis failed: {error}") from error
    finally:
        await helper.close()


class Waiting:
    """A helper for who waits for it: the same process for one text after another."""

    def __init__(self, helper: Helper) -> None:
        self._helper = helper
        self._runner = asyncio.Runner()

    def analyse(self, text: str, language: str = "") -> Findings:
        """As `Helper.analyse`."""
        return self._runner.run(self._helper.analyse(text, language=language))

    def end(self) -> None:
        """End the process; the next text starts another one."""
        self._runner.run(self._helper.close())

    def close(self) -> None:
        """End the process for good."""
        self.end()
        self._runner.close()


def each_in_order(
    work: Callable[[Helper, Item], Coroutine[Any, Any, T]],
    items: Iterable[Item],
    helpers: Sequence[Helper],
) -> Iterator[T]:
    """What `work` makes of each item, as many at a time as there are helpers.

    Args:
        work: Given a helper that is free, and an item.
        items: What there is to do; each is begun as soon as a helper is free.
        helpers: At least one; they are ended at the end, or when `work` raises.

    Returns:
        The results in the items' order, each when it is there. What `work` raises is raised here.
    """
    with asyncio.Runner() as runner:
        free: asyncio.Queue[Helper] = asyncio.Queue()
        for helper in helpers:
            free.put_nowait(helper)

        async def worked(item: Item) -> T:
            helper = await free.get()
            try:
                return await work(helper, item)
            finally:
                free.put_nowait(helper)

        loop = runner.get_loop()
        tasks = [loop.create_task(worked(item)) for item in items]
        try:
            for task in tasks:
                yield runner.run(_result(task))
        finally:
            runner.run(_ended(tasks, helpers))


async def _result(task: Awaitable[T]) -> T:
    return await task


async def _ended(tasks: Sequence[asyncio.Task[T]], helpers: Sequence[Helper]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for helper in helpers:
        await helper.close()


async def _within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives. Raises `TimeoutError` where that takes longer.

    Counted second by second, so that the time in which all this was stopped (ctrl+z, a closed lid)
    counts as one.
    """
    task = asyncio.ensure_future(work)
    try:
        while seconds > 0 and not task.done():
            await asyncio.wait({task}, timeout=min(seconds, 1.0))
            seconds -= 1.0
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        task.cancel()
        await asyncio.wait({task})  # a process that was just being started is ended by then


def _how_it_ended(status: int) -> str:
    if status >= 0:
        return f"the analysis ended without findings (status {status})"
    name = signal.Signals(-status).name if -status in set(signal.Signals) else f"signal {-status}"
    return f"the analysis was ended by the system ({name}); its memory may have run out"


def _command(model: str, cores: int, nice: int, memory: int) -> list[str]:
    # -P: nothing is imported from the folder that it starts in.
    return [
        *(sys.executable, "-P", "-m", "pullquote.analysis"),
        *("--model", _located(model), "--cores", str(cores), "--nice", str(nice)),
        *(("--memory", str(memory)) if memory else ()),
    ]


def _located(model: str) -> str:
    """A model's name, or its folder in full; a bare name is never taken for a folder."""
    is_folder = any(mark in model for mark in (os.sep, os.altsep, "~") if mark)
    return str(Path(model).expanduser().absolute()) if is_folder else model


def environment() -> dict[str, str]:
    """A helper's environment: no module path depends on where the reader was started."""
    kept = {name: value for name, value in os.environ.items() if name not in _QUIET_ENVIRONMENT}
    given = [
        path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(path)
    ]
    # where this package was found; Python knows its own folders
    root = str(Path(__file__).resolve().parents[2])
    known = {
        os.path.realpath(path)
        for path in (*given, *site.getsitepackages(), site.getusersitepackages())
    }
    path = given if root in known else [*given, root]
    return {**kept, "PYTHONSAFEPATH": "1"} | ({"PYTHONPATH": os.pathsep.join(path)} if path else {})
