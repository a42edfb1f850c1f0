"""The rows of the panes: each a mark, and how its finding or note reads (kinds/)."""

from dataclasses import dataclass

from pullquote import kinds
from pullquote.kinds import BY_LAYER, Styled
from pullquote.languages import INSIST, remark
from pullquote.notes.reading import NOTE, Layer, Reading
from pullquote.reader.marks import Mark


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it stands for, who (with a glyph and a word), and what."""

    mark: Mark
    glyph: str
    who: str
    word: str
    what: str | Styled
    badge: str = ""  # what the reader says of it: a verdict, that it was corrected

    @property
    def doubtful(self) -> bool:
        """Whether what it stands for is doubtful."""
        return self.mark.doubtful


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
    return Row(mark, *kinds.row(reading, mark.layer, mark.item, highlights))


def empty(reading: Reading, layer: Layer, analysing: bool, filters: str) -> str:
    """Why a pane is empty; `filters` is what keeps rows out of it, if anything does."""
    kind = BY_LAYER[layer]
    if layer is not NOTE:  # which nothing has to find, and nothing filters
        if analysing:
            return f"Still reading: no {kind.plural} found so far."
        if reading.findings is None:
            return "Not analysed."
        if filters:
            return f"None is shown: {filters}."
        if left_out := remark(reading.findings):
            return f"{left_out}.\n{INSIST}"  # a pane wraps no lines
    return kind.empty
