"""What the model says of a text in one pass: links, and heads of mentions."""

from collections.abc import Iterator
from typing import NamedTuple

from pullquote.analysis.coreference.heads import Heads, heads
from pullquote.analysis.encoder import Link, encoder
from pullquote.text import Spans


class Predicted(NamedTuple):
    """What the model says of a text, or of a part of it."""

    links: list[Link]
    heads: list[Heads]  # of each window


def predictions(text: str, prose: Spans) -> Iterator[tuple[int, Predicted]]:
    """What it says of `prose`, window by window, each with how many paragraphs are done by then."""
    for window in encoder().read(text, prose):
        found = [heads(window)] if len(window.types) else []
        yield window.done, Predicted(window.links, found)


def predicted(text: str, prose: Spans) -> Predicted:
    """What it says of all of `prose`."""
    whole = Predicted([], [])
    for _, part in predictions(text, prose):
        add(whole, part)
    return whole


def add(whole: Predicted, part: Predicted) -> None:
    """Put what the model says of a part to what it said before."""
    whole.links.extend(part.links)
    whole.heads.extend(part.heads)


NOTHING = Predicted([], [])
