"""The partitions of a run, listed once, ahead of the workers.

How much there is to do is known when all is listed, long before it is done. What is listed and not
yet taken lies in a file of its own, packed: the client's memory does not grow with the corpus.
"""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from tempfile import TemporaryFile
from threading import Event, Lock, Thread
from typing import IO

import msgspec

from pullquote.corpus.partitions import Partition


@contextmanager
def listing(found: Iterable[Partition]) -> "Iterator[Listing]":
    """Partitions as they are listed. Raises `OSError` where no file can be made."""
    with TemporaryFile() as file:
        made = Listing(found, file)
        try:
            yield made
        finally:
            made.stop()


class Listing:
    """Partitions, which can be taken once, while others are listed."""

    def __init__(self, found: Iterable[Partition], file: IO[bytes]) -> None:
        """Begin to list; the file is for what is not yet taken."""
        self.total = 0  # bytes of inputs; 0 until all are listed
        self._file = file
        self._lock, self._is_over = Lock(), Event()
        self._places: SimpleQueue[tuple[int, int] | Exception | None] = SimpleQueue()
        Thread(target=self._list, args=(found,), daemon=True).start()

    def stop(self) -> None:
        """Nothing more is listed; the file is let go."""
        with self._lock:
            self._is_over.set()

    def __iter__(self) -> Iterator[Partition]:
        """The partitions in their order. Raises what the listing has raised."""
        while (place := self._places.get()) is not None:
            if isinstance(place, Exception):
                raise place
            start, size = place
            with self._lock:
                self._file.seek(start)
                packed = self._file.read(size)
            yield msgspec.json.decode(zlib.decompress(packed), type=Partition)

    def _list(self, found: Iterable[Partition]) -> None:
        total = end = 0
        try:
            for one in found:
                packed = zlib.compress(msgspec.json.encode(one), 1)
                with self._lock:
                    if self._is_over.is_set():
                        return
                    self._file.seek(end)
                    self._file.write(packed)
                self._places.put((end, len(packed)))
                end += len(packed)
                total += one.weight
            self.total = total
        except Exception as error:
            self._places.put(error)
        self._places.put(None)
