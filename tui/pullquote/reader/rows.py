"""The rows of the panes: each a mark, and how its finding or note reads (kinds/)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pullquote import kinds
from pullquote.findings import ActorKind
from pullquote.kinds import BY_LAYER, Badge, Line, Styled
from pullquote.notes.reading import NOTE, Layer, Reading
from pullquote.reader.marks import Mark

_UNNAMED = "bold italic $foreground 60%"


@dataclass(frozen=True, slots=True)
class Row:
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
    hue: str = ""  # of who says it
    lines: int = 2  # of the words, where it is not the current one
    details: Callable[[], list[Line]] = list  # what it opens with where it is

    @property
    def doubtful(self) -> bool:
        """Whether what it stands for is doubtful."""
        return self.mark is not None and self.mark.doubtful


def rows(
    reading: Reading, layer: Layer, marks: tuple[Mark, ...], highlights: tuple[str, ...]
) -> tuple[Row, ...]:
    """The rows of a layer's pane, in the order of `marks`: one a finding, at its first mark."""
    first: dict[str, Mark] = {}
    for mark in marks:
        first.setdefault(mark.id, mark)
    return tuple(row(reading, mark, highlights) for mark in first.values())


def row(reading: Reading, mark: Mark, highlights: tuple[str, ...]) -> Row:
    """The row of one mark."""
    entry = kinds.row(reading, mark.layer, mark.item, highlights)
    if mark.layer is not NOTE and _is_unnamed(reading, mark.actor):
        entry = entry._replace(manner=_UNNAMED)
    return Row(mark, *entry, details=partial(kinds.details, reading, mark.layer, mark.item))


def _is_unnamed(reading: Reading, actor: str | None) -> bool:
    one = reading.findings.actor(actor) if reading.findings else None
    return one is None or one.kind is ActorKind.UNNAMED


def empty(reading: Reading, layer: Layer, analysing: bool, filters: str) -> str:
    """Why a pane is empty, and what to do.

    `analysing`: whether there may be more; `filters`: what keeps rows out of it, if anything does.
    """
    kind = BY_LAYER[layer]
    if layer is not NOTE:  # which nothing has to find, and nothing filters
        if analysing:
            return f"Still reading: no {kind.plural} found so far."
        if reading.findings is None:
            return "Not analysed. Open the article again (L, then Enter) to have it analysed."
        if filters:
            return f"None is shown: {filters}."
    return kind.empty
