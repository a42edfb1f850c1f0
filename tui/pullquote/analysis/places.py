"""What lies where: spans found by offset, without looking at all of them.

Rules ask again and again what else lies on some words. Asking each of all the others makes a text
of twice the length take four times as long; here a question costs what it finds. Offsets are
half-open, in code points.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Generic, TypeVar

from pullquote.text import Span, overlap

T = TypeVar("T")
_ROOM = 64  # characters: a few words, so that a room holds few spans and a span lies in few rooms


class Places(Generic[T]):
    """Things by the spans that they lie on, which may overlap."""

    def __init__(self, things: Iterable[tuple[Span, T]] = ()) -> None:
        self._rooms: dict[int, list[int]] = {}
        self._things: list[tuple[Span, T]] = []
        for span, thing in things:
            self.put(span, thing)

    def put(self, span: Span, thing: T) -> None:
        """Add a thing."""
        for room in _rooms(span):
            self._rooms.setdefault(room, []).append(len(self._things))
        self._things.append((span, thing))

    def over(self, span: Span) -> list[tuple[Span, T]]:
        """The things that share a character with `span`, in the order put in, with their spans."""
        rooms = [self._rooms[room] for room in _rooms(span) if room in self._rooms]
        numbers = rooms[0] if len(rooms) == 1 else sorted(set(chain.from_iterable(rooms)))
        ones = map(self._things.__getitem__, numbers)
        return [(where, thing) for where, thing in ones if overlap(where, span)]


def _rooms(span: Span) -> range:
    return range(span[0] // _ROOM, (max(span[0], span[1] - 1)) // _ROOM + 1)


S = TypeVar("S", bound=Sequence[int])


def meeting(spans: Sequence[S], span: Span) -> Sequence[S]:
    """Those of the sorted, separate `spans` (or of what begins with one) that reach into `span`."""
    first = bisect_right(spans, span[0], key=lambda one: one[1])
    return spans[first : bisect_left(spans, span[1], lo=first, key=lambda one: one[0])]
