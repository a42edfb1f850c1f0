"""What the model says of a text in one pass: links, and heads of mentions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pullquote.analysis.coreference.clusters import Cluster, clusters
from pullquote.analysis.coreference.heads import Heads, all_heads, heads
from pullquote.analysis.coreference.pairs import scorer
from pullquote.analysis.encoder import Link, encoder
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


def predictions(text: str, prose: Spans) -> Iterator[tuple[int, Predicted]]:
    """What it says of `prose`, window by window, each with how many paragraphs are done by then."""
    for window in encoder().read(text, prose):
        found = [heads(window)] if len(window.types) else []
        yield window.done, Predicted(window.links, found)


def predicted(text: str, prose: Spans) -> Predicted:
    """What it says of all of `prose`."""
    whole = Predicted()
    for _, part in predictions(text, prose):
        add(whole, part)
    return whole


def add(whole: Predicted, part: Predicted) -> None:
    """Put what the model says of a part to what it said before."""
    whole.links.extend(part.links)
    whole.heads.extend(part.heads)


NOTHING = Predicted()
