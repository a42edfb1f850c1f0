"""What the model says of a text in one pass: links, and heads of mentions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from pullquote.analysis.coreference.clusters import Cluster, clusters
from pullquote.analysis.coreference.heads import Heads, all_heads, heads
from pullquote.analysis.coreference.pairs import scorer
from pullquote.analysis.encoder import Link, Window, encoder
from pullquote.analysis.words import Encoded
from pullquote.text import Spans


@dataclass(eq=False)
class Predicted:
    """What the model says of a text, or of a part of it."""

    links: list[Link] = field(default_factory=list)
    heads: list[Heads] = field(default_factory=list)  # of each window

    @cached_property
    def whole(self) -> Heads:
        """The mentions of all windows, in order."""
        return all_heads(self.heads)

    @cached_property
    def clusters(self) -> list[Cluster]:
        """The actors that it sees; the text is complete when they are asked for."""
        return clusters(self.whole, scorer()) if self.heads else []


class Reading:
    """A text that the model reads window by window, in one thread or in several beside each other.

    Each window is read once, by whoever comes to it first.
    """

    def __init__(self, text: str, prose: Spans) -> None:
        self._due = _windows(text, prose)
        self._turn = Lock()
        self._read: dict[int, tuple[int, Predicted]] = {}  # by the window's number
        self._whole = 0  # windows that are read with all before them

    def go_on(self) -> Iterator[int]:
        """Read what nobody has begun; behind each window, the paragraphs done (see `done`)."""
        while True:
            with self._turn:
                taken = next(self._due, None)
            if taken is None:
                return
            number, (done, window) = taken
            self._keep(number, done, _said(encoder().window(done, window)))
            yield self.done

    def _keep(self, number: int, done: int, part: Predicted) -> None:
        with self._turn:
            self._read[number] = done, part
            while self._whole in self._read:
                self._whole += 1

    @property
    def done(self) -> int:
        """How many paragraphs are read, with all before them."""
        return self._read[self._whole - 1][0] if self._whole else 0

    def first(self, count: int) -> Predicted:
        """What the model says of the first `count` paragraphs, as far as they are read."""
        found = Predicted()
        for number in range(self._whole):
            done, part = self._read[number]
            if done <= count:
                add(found, part)
        return found


def _windows(text: str, prose: Spans) -> Iterator[tuple[int, tuple[int, list[Encoded]]]]:
    """The windows with their numbers; the model is loaded when the first is asked for."""
    yield from enumerate(encoder().windows(text, prose))


def _said(window: Window) -> Predicted:
    return Predicted(window.links, [heads(window)] if len(window.types) else [])


def predicted(text: str, prose: Spans) -> Predicted:
    """What it says of all of `prose`."""
    reading = Reading(text, prose)
    for _ in reading.go_on():
        pass
    return reading.first(len(prose))


def add(whole: Predicted, part: Predicted) -> None:
    """Put what the model says of a part to what it said before."""
    whole.links.extend(part.links)
    whole.heads.extend(part.heads)


NOTHING = Predicted()
