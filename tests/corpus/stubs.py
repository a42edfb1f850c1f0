"""A stub of the analysis, and of Dask: the engine is looked at without a model and a cluster."""

import os
import time
from collections.abc import Callable
from typing import Any

from distributed import KilledWorker

from pullquote.analysis import AnalysisFailed, NoModel
from pullquote.corpus.analyst import Limits
from pullquote.findings import Actor, ActorKind, Findings

STUB = "tests.corpus.stubs:stub"
analysed: list[str] = []  # the texts that stubs of this process have been given


class Died(BaseException):
    """The worker is gone; at the fake client below."""


class _Stub:
    """Each word with a capital is an actor. Some words do what no article should."""

    def analyse(self, text: str, language: str = "") -> Findings:
        analysed.append(text)
        if "FAILS" in text:
            raise AnalysisFailed("the analysis failed: as it was told to")
        if "NOMODEL" in text:
            raise NoModel("no such model")
        if "KILLS" in text:
            raise Died
        if "EXITS" in text:
            os._exit(1)
        if "SLOW" in text:
            time.sleep(0.02)
        found = (
            Actor(id=f"a{number}", name=word, kind=ActorKind.PERSON)
            for number, word in enumerate(text.split())
            if word.istitle()
        )
        return Findings(analyser="stub", actors=tuple(found))

    def close(self) -> None:
        """Nothing is open."""


def stub(limits: Limits) -> _Stub:
    return _Stub()


class _Future:
    """What came of a call, made at once."""

    def __init__(self, key: str, call: Callable[[], Any], status: str) -> None:
        self.key, self.status = key, status
        self._error: Exception | None = None
        self._result: Any = None
        try:
            self._result = call()
        except Died:
            self._error = KilledWorker(key, None, 1)

    def add_done_callback(self, call: Callable[["_Future"], None]) -> None:
        call(self)

    def result(self) -> Any:
        if self._error:
            raise self._error
        return self._result

    def release(self) -> None:
        """Nothing is held."""


class Inline:
    """A client of Dask that does everything itself; after `lost` jobs its scheduler is gone."""

    status = "running"

    def __init__(self, lost: int = -1) -> None:
        self._left = lost
        self.in_flight = 0

    def nthreads(self) -> dict[str, int]:
        return {"here": 1}

    def submit(self, function: Callable[..., Any], *given: Any, key: str, pure: bool) -> _Future:
        assert not pure
        self._left -= 1
        status = "cancelled" if self._left == -1 else "finished"
        return _Future(key, lambda: function(*given), status)

    def run(self, function: Callable[..., Any], *given: Any, on_error: str) -> None:
        function(*given)
