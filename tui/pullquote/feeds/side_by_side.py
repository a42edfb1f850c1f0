"""Several jobs at a time, none of which can keep the program from ending."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class _End:
    """What a worker says after a job, with what it raised."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def side_by_side(
    work: Callable[[Job], Iterable[Result]], jobs: Sequence[Job], workers: int, until: float
) -> Iterator[Result]:
    """What `work` gives for each job, as it comes.

    Args:
        work: Called in threads of its own.
        jobs: Each is begun as soon as a worker is free.
        workers: The most at a time.
        until: When to stop waiting for them, by `time.monotonic`.

    Raises:
        TimeoutError: They are not all done by then; those that run are left to themselves.
    """
    todo: SimpleQueue[Job] = SimpleQueue()
    done: SimpleQueue[Result | _End] = SimpleQueue()
    for job in jobs:
        todo.put(job)
    for _ in range(min(workers, len(jobs))):
        run = partial(_run, work, todo, done, until)
        Thread(target=run, daemon=True, name="pullquote-feeds").start()
    left = len(jobs)
    while left:
        try:
            result = done.get(timeout=max(0.0, until - time.monotonic()))
        except Empty as error:
            raise TimeoutError from error
        if not isinstance(result, _End):
            yield result
        elif result.error:
            raise result.error
        else:
            left -= 1


def _run(
    work: Callable[[Job], Iterable[Result]],
    todo: "SimpleQueue[Job]",
    done: "SimpleQueue[Result | _End]",
    until: float,
) -> None:
    with suppress(Empty):
        while time.monotonic() < until:
            job = todo.get_nowait()
            try:
                for result in work(job):
                    done.put(result)
            except Exception as error:
                done.put(_End(error))
            else:
                done.put(_End())
