"""One run a folder at a time: two would undo each other's work at their ends.

On a disk the system holds the lock and releases it when the run ends, however it ends. In an object
store there is an object that the run renews; one that was not renewed for a while was left behind.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from pullquote.corpus.extra import CorpusError
from pullquote.corpus.place import Place
from pullquote.system import locked

_LOCK = ".running"
_RENEWED, _LEFT = 20.0, 120.0  # seconds


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Hold the folder. Raises `CorpusError` if another run does, `OSError` if none can be."""
    with _on_disk(place) if place.is_local else _in_store(place):
        yield


@contextmanager
def _on_disk(place: Place) -> Iterator[None]:
    path = place.path(_LOCK)
    path.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if locked(number) is False:  # None on a file system without locks
            raise _taken(place)
        yield
    finally:
        os.close(number)


@contextmanager
def _in_store(place: Place) -> Iterator[None]:
    try:
        place.create(_LOCK, _now())
    except FileExistsError as error:
        if time.time() - float(place.read(_LOCK)) < _LEFT:
            raise _taken(place) from error
        place.write(_LOCK, _now())
    is_over = Event()

    def renew() -> None:
        while not is_over.wait(_RENEWED):
            with suppress(OSError):
                place.write(_LOCK, _now())

    renewing = Thread(target=renew, daemon=True)
    renewing.start()
    try:
        yield
    finally:
        is_over.set()
        renewing.join()
        with suppress(OSError):
            place.remove(_LOCK)


def _now() -> bytes:
    return str(time.time()).encode()


def _taken(place: Place) -> CorpusError:
    return CorpusError(
        f"{place.folder}: another run is writing into it; wait for its end, or use another folder"
    )
