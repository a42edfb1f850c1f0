"""The way that the reader came: where jumps began, in this article and in others before it."""

from typing import NamedTuple

from pullquote.reader.marks import Mark
from pullquote.reader.opening import Place
from pullquote.text import Spans


class Stop(NamedTuple):
    """Where the reader was once: the cursor, what it was on, what the first line showed."""

    cursor: int
    focus: Spans
    mark: Mark | None
    top: int


class Destination(NamedTuple):
    """Another article to go to: its id, the offset (None: where it was left), the way back."""

    article: str
    at: int | None
    trail: tuple[Place, ...]


class Trail:
    """Where jumps began; `articles` are those that the reader came from, the nearest last."""

    def __init__(self, articles: tuple[Place, ...] = ()) -> None:
        self.articles = articles
        self._back: list[Stop] = []
        self._forward: list[Stop] = []

    def leave(self, stop: Stop) -> None:
        """Jump away from `stop`, so that the way back leads to it."""
        self._back.append(stop)
        self._forward.clear()

    def step(self, count: int, here: Stop) -> Stop | None:
        """One jump back (-1) or forward (1) from `here`; None where there is no further one."""
        source, target = (self._back, self._forward) if count < 0 else (self._forward, self._back)
        if not source:
            return None
        target.append(here)
        return source.pop()

    def article_before(self) -> Destination | None:
        """The article that the reader came from, once no jump in this one is left."""
        if self._back or not self.articles:
            return None
        *before, (article, at) = self.articles
        return Destination(article, at, tuple(before))
