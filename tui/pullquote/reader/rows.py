"""The rows of the panes: each a mark, and how its finding or note reads (kinds/)."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import msgspec

from pullquote import kinds
from pullquote.kinds import BY_LAYER, Badge, Line, Styled
from pullquote.languages import INSIST, remark
from pullquote.notes.reading import NOTE, Layer, Reading
from pullquote.reader.hues import Hues
from pullquote.reader.marks import Mark

_PLAIN = Hues()  # where nothing is written in a hue


class Row(msgspec.Struct, frozen=True):
    """One row: what it stands for, and how that reads (`Entry` in kinds/)."""

    mark: Mark | None  # none of what only opens more rows
    glyph: str
    who: str
    word: str
    what: str | Styled
    badge: str = ""
    cue: str = ""
    edge: tuple[Badge, ...] = ()
    tone: str = ""
    manner: str = "bold"
    comment: tuple[Styled, ...] = ()
    denied: bool = False
    hue: str = ""  # of who says it
    lines: int = 2  # of the words, where it is not the current one
    details: Callable[[], list[Line]] = list  # what it opens with where it is

    @property
    def doubtful(self) -> bool:
        """Whether what it stands for is doubtful."""
        return self.mark is not None and self.mark.doubtful


def rows(
    reading: Reading, marks: Iterable[Mark], highlights: tuple[str, ...], hues: Hues
) -> tuple[Row, ...]:
    """The rows of a pane, in the order of `marks`: one a finding, at its first mark."""
    first: dict[str, Mark] = {}
    for mark in marks:
        first.setdefault(mark.id, mark)
    return tuple(row(reading, mark, highlights, hues) for mark in first.values())


def row(reading: Reading, mark: Mark, highlights: tuple[str, ...], hues: Hues = _PLAIN) -> Row:
    """The row of one mark; who says it is written in their hue."""
    entry = kinds.row(reading, mark.layer, mark.item, highlights)
    manner = entry.manner if mark.layer is NOTE else hues.style(mark.actor)
    return Row(
        mark,
        *entry._replace(manner=manner or entry.manner),
        hue="" if mark.layer is NOTE else _colour(manner),
        details=partial(kinds.details, reading, mark.layer, mark.item),
    )


def _colour(style: str) -> str:
    """The colour of a style that may have attributes, too."""
    return next((word for word in style.split() if word.startswith("$")), "")


def empty(reading: Reading, layer: Layer, analysing: bool, filters: Sequence[str]) -> str:
    """Why a pane is empty, and what to do.

    `analysing`: whether there may be more; `filters`: what keeps rows out of it.
    """
    kind = BY_LAYER[layer]
    if layer is not NOTE:  # which nothing has to find, and nothing filters
        if analysing:
            return f"Still reading: no {kind.plural} found so far."
        if reading.findings is None:
            return "Not analysed. Open the article again (L, then Enter) to have it analysed."
        if filters:
            reasons = (f"{words[0].upper()}{words[1:]}." for words in filters)
            return " ".join((f"None of the {kind.plural} is shown.", *reasons))
        if left_out := remark(reading.findings):
            return f"{left_out}.\n{INSIST}"
    return kind.empty
