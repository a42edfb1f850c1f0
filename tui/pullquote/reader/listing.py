"""The panes beside the text: which are shown, and what they list."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var

from pullquote import kinds
from pullquote.findings import FindingKind
from pullquote.kinds import BY_LAYER, Order, PaneSpec
from pullquote.notes.reading import NOTE, Layer
from pullquote.reader.filters import VisibleMarks
from pullquote.reader.marks import Mark, orphans
from pullquote.reader.panes import NotesPane, Pane
from pullquote.reader.rows import Row, empty, rows
from pullquote.reader.session import Session

Titles = Mapping[str, tuple[str, PaneSpec]]  # of panes, with what they list, by their ids
PANES: Titles = {
    pane.name: (f"{number} {pane.name.capitalize()}", pane)
    for number, pane in enumerate(kinds.PANES, 1)
}
RAIL: Titles = {"rail-actors": ("Actors", PANES["actors"][1])}
TOGETHER = ("claims", "warnings")  # these are shown at once where there is room


class Listing(NamedTuple):
    """What a pane lists; why nothing, where there is nothing; a word for its title."""

    rows: tuple[Row, ...]
    empty: str
    about: str


def listing(session: Session, pane: PaneSpec) -> Listing:
    """What a pane lists."""
    marks, reading, kind = session.marks, session.reading, pane.kind.layer
    # the list of whom else to choose stays
    shown = marks.every[kind] if kind is FindingKind.ACTOR else marks.of(kind)
    if kind is NOTE:
        shown += orphans(reading)
    shown = tuple(mark for mark in shown if pane.lists(reading, mark.item))
    if order := _order(session, kind):
        shown = tuple(sorted(shown, key=lambda mark: order.key(mark.item)))
    why = empty(reading, kind, session.is_analysing, marks.left_out(kind))
    return Listing(
        rows(reading, kind, shown, session.settings.highlights), why, _about(session, kind)
    )


def _order(session: Session, kind: Layer) -> Order | None:
    """In which order a pane lists its rows; None for that of the text."""
    return BY_LAYER[kind].orders.get(session.settings.claims_order)


def _order_title(session: Session, kind: Layer) -> str:
    order, marks = _order(session, kind), session.marks.of(kind)
    if order is None or not marks:
        return ""
    count = f"{sum(not order.key(mark.item) for mark in marks)} " if order.is_counted else ""
    return count + order.title


def _about(session: Session, kind: Layer) -> str:
    """What a pane's title says beside its count; of the claims shown, how many are open."""
    if kind is NOTE:
        lost = len(orphans(session.reading))
        return f"{lost} orphaned" if lost else ""
    judged = any(note.verdict for note in session.reading.annotations)
    words = (
        _order_title(session, kind),
        f"{len(session.marks.open_claims())} open" if BY_LAYER[kind].is_judged and judged else "",
        "1 chosen" if kind is FindingKind.ACTOR and session.filters.actor is not None else "",
        "so far" if session.is_analysing and session.marks.every[kind] else "",
    )
    return " · ".join(filter(None, words))


def drawn(pane: Pane) -> bool:
    """Whether a pane beside the text is on its screen: a narrow one has them in a drawer."""
    screen = pane.screen
    beside = not screen.has_class("-narrow") or screen.has_class("-drawer")
    return beside and pane.has_class("-shown")


def in_rail(pane: Pane) -> bool:
    """Whether a pane in the rail is on its screen: a vast one has room for it."""
    return pane.screen.has_class("-vast")


class Panes(Vertical):
    """Several panes, of which those on the screen are filled; the others wait until they are."""

    marks: var[VisibleMarks | None] = var(None, init=False)
    current: var[Mark | None] = var(None, init=False)

    def __init__(
        self,
        session: Session,
        titles: Titles,
        is_shown: Callable[[Pane], bool],
        *,
        id: str,
    ) -> None:
        super().__init__(id=id)
        self._session, self._titles, self._is_shown = session, titles, is_shown
        self._stale: set[str] = set()  # the ids of the panes that are not as the reading is

    def compose(self) -> ComposeResult:
        for name, (title, spec) in self._titles.items():
            pane = NotesPane if spec.kind.layer is NOTE else Pane
            yield pane(title, id=name, classes="-shown" if name in TOGETHER else "")

    @property
    def shown(self) -> list[Pane]:
        """The panes that are on the screen."""
        return [pane for pane in self.query(Pane) if self._is_shown(pane)]

    def watch_marks(self) -> None:
        """All panes have to be filled anew."""
        self._stale = set(self._titles)
        self.fill()

    def watch_current(self, current: Mark | None) -> None:
        """Mark the row of the current finding in each pane that has one, none in the others."""
        for pane in self.query(Pane):
            pane.mark_row(current)

    def fill(self) -> None:
        """Fill the panes that are shown and stale."""
        for pane in self.shown:
            if pane.id in self._stale:
                self._stale.discard(pane.id)
                pane.fill(*listing(self._session, self._titles[pane.id][1]))
                pane.mark_row(self._session.current)

    def open(self, name: str, alone: bool) -> Pane:
        """Show a pane, and with it the one that it is shown together with, unless `alone`."""
        for other in self.query(Pane):
            together = name in TOGETHER and other.id in TOGETHER and not alone
            other.set_class(other.id == name or together, "-shown")
        self.fill()
        return self.query_one(f"#{name}", Pane)
