"""The pane of the cast, and the page of one speaker that it opens."""

from msgspec.structs import replace

from pullquote.findings import FindingKind
from pullquote.reader.marks import Mark
from pullquote.reader.panes import Pane
from pullquote.reader.rows import Row


class SpeakerPage(Pane):
    """Everything that one speaker says, below who they are."""

    @property
    def count(self) -> int:
        return max(0, len(self.rows) - 1)


class CastPane(Pane):
    """Who speaks; those who are only mentioned are folded under one row, which opens them."""

    moment = "cast"

    _all: tuple[Row, ...] = ()
    _folding: int | None = None  # the number of the row that folds and opens
    _is_folded = True

    def fill(self, rows: tuple[Row, ...], empty: str, about: str = "") -> None:
        self._all = rows
        self._folding = next((n for n, row in enumerate(rows) if row.mark is None), None)
        if self._is_folded and self._folding is not None:
            rows = rows[: self._folding + 1]
        super().fill(rows, empty, about)

    @property
    def count(self) -> int:
        return sum(row.mark is not None for row in self._all)

    def dressed(self, row: Row) -> Row:
        if row.mark is not None:
            return replace(row, glyph="")
        return replace(row, glyph="▸" if self._is_folded else "▾")

    def _number_of(self, mark: Mark) -> int | None:
        number = super()._number_of(mark)
        is_folded = number is None and self._is_folded and mark.layer is FindingKind.ACTOR
        return self._folding if is_folded else number

    def nearest(self, offset: int) -> int:
        return 0  # the cast is not in the order of the text

    def choose(self, row: Row) -> None:
        if row.mark is not None:
            self.post_message(self.Chosen(row.mark, opens_page=True))
        else:
            self._is_folded = not self._is_folded
            self.fill(self._all, "", self.about)
