"""How the tests see that an analysis ends and its work grows as the text does, without a clock."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SECONDS = 60  # of the processor, for what takes a fraction of one: who needs them all never ends


@contextmanager
def ends() -> Iterator[None]:
    """Fails where what is done inside does not end; counts processor time, not a busy machine's."""

    def never(number: int, frame: FrameType | None) -> None:
        raise AssertionError("the analysis does not end")

    before = signal.signal(signal.SIGVTALRM, never)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def steps(work: Callable[[], object]) -> int:
    """How many steps some work takes: lines of Python, each as often as it is come to.

    A loop within a line, as a list is made by one, comes to it anew each time.
    """
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
