"""One run a folder at a time: two would undo each other's work at their ends.

On a disk the system holds the lock and releases it when the run ends, however it ends. In an object
store, and on a disk without locks, there is an object that the run renews. One that was not renewed
for a while was left behind, and whoever comes then makes the next one: they are numbered, each is
made by one run alone, and the last counts. So of those who find the same left behind one goes on.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from pullquote.corpus.extra import CorpusError
from pullquote.corpus.place import Place
from pullquote.system import locked

_LOCK = ".running"
_LOCKS = "locks"
_RENEWED, _LEFT = 20.0, 120.0  # seconds

Check = Callable[[], None]  # raises `CorpusError` where the folder is another run's by now


@contextmanager
def alone(place: Place) -> Iterator[Check]:
    """Hold the folder. Raises `CorpusError` if another run does, `OSError` if none can be."""
    with _on_disk(place) if place.is_local else numbered(place) as check:
        yield check


@contextmanager
def _on_disk(place: Place) -> Iterator[Check]:
    path = place.path(_LOCK)
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        held = locked(file)
        if held is False:
            raise _taken(place)
        if held is None:  # a file system without locks
            with numbered(place) as check:
                yield check
        else:
            yield lambda: None
    finally:
        os.close(file)


@contextmanager
def numbered(place: Place) -> Iterator[Check]:
    """Hold the folder by the last of the objects that runs make in it. Raises as `alone` does."""
    mine = max(_numbers(place), default=0)
    if mine and _is_held(place, mine):
        raise _taken(place)
    mine += 1
    try:
        place.create(_name(mine), _now())
    except FileExistsError as error:
        raise _taken(place) from error
    is_over = Event()

    def renew() -> None:
        while not is_over.wait(_RENEWED):
            with suppress(OSError):
                if mine == max(_numbers(place), default=0):
                    place.write(_name(mine), _now())

    def check() -> None:
        if any(one > mine for one in _numbers(place)):
            raise _taken(place)

    renewing = Thread(target=renew, daemon=True)
    renewing.start()
    try:
        for other in _numbers(place):
            if other != mine and _is_held(place, other):  # made while this one was
                raise _taken(place)
        yield check
    finally:
        is_over.set()
        renewing.join()
        for one in _numbers(place):
            if one <= mine:
                with suppress(OSError):
                    place.remove(_name(one))


def _numbers(place: Place) -> list[int]:
    return [int(name) for name in place.names(_LOCKS) if name.isdecimal()]


def _is_held(place: Place, number: int) -> bool:
    """Whether a run has renewed it of late; it may be just being written, or just be gone."""
    try:
        return time.time() - float(place.read(_name(number))) < _LEFT
    except FileNotFoundError:
        return False
    except ValueError:
        return True


def _name(number: int) -> str:
    return f"{_LOCKS}/{number}"


def _now() -> bytes:
    return str(time.time()).encode()


def _taken(place: Place) -> CorpusError:
    return CorpusError(
        f"{place.folder}: another run is writing into it; wait for its end, or use another folder"
    )
