"""What the panes beside the text list: which rows, why none, and a word for their titles."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from pullquote.findings import FindingKind
from pullquote.kinds import BY_LAYER, Line, Order, PaneSpec
from pullquote.notes.reading import NOTE, Layer
from pullquote.reader.marks import Mark, orphans
from pullquote.reader.rows import Row, empty, rows
from pullquote.reader.session import Session
from pullquote.reader.standing import at


class Listing(NamedTuple):
    """What a pane lists; why nothing, where there is nothing; a word for its title."""

    rows: tuple[Row, ...]
    empty: str
    about: str


def listing(session: Session, pane: PaneSpec) -> Listing:
    """What a pane lists."""
    marks, reading, kind = session.marks, session.reading, pane.kind.layer
    ones = rows(reading, _listed(session, pane), session.settings.highlights, marks.hues)
    listed = tuple(_standing(session, one) for one in ones) if session.elsewhere else ones
    why = empty(reading, kind, is_to_come(session), marks.left_out(kind))
    if marks.of(kind):  # and the pane lists others
        why = pane.empty or f"None of the {kind.plural} here is one that this pane lists."
    return Listing(listed, why, _about(session, kind))


def _standing(session: Session, one: Row) -> Row:
    """A row with where else it is said, if it is."""
    found = session.elsewhere.get(at(one.mark)) if one.mark and one.mark.spans else None
    if found is None:
        return one
    lines = partial(_with_line, ("elsewhere", found.words), one.details)
    return replace(one, edge=(found.badge, *one.edge), details=lines)


def _with_line(line: Line, details: Callable[[], list[Line]]) -> list[Line]:
    return [*details(), line]


def is_to_come(session: Session) -> bool:
    """Whether the analysis runs, or has not begun yet: it says how it ended."""
    return session.is_analysing or (session.reading.findings is None and not session.progress)


def none_yet(plural: str) -> str:
    """What is said where there may be some of these later."""
    return f"still reading: no {plural} found so far"


def count(session: Session, pane: PaneSpec) -> int:
    """How many rows a pane has, when it is filled."""
    return len({mark.id for mark in _listed(session, pane)})


def _listed(session: Session, pane: PaneSpec) -> tuple[Mark, ...]:
    marks, reading, kind = session.marks, session.reading, pane.kind.layer
    # the list of whom else to choose stays
    shown = marks.every[kind] if kind is FindingKind.ACTOR else marks.of(kind)
    if kind is NOTE:
        shown += orphans(reading)
    shown = tuple(mark for mark in shown if pane.lists(reading, mark.item))
    order = _order(session, kind)
    if order is None:
        return shown
    return tuple(sorted(shown, key=lambda mark: order.key(reading, mark.item)))


def _order(session: Session, kind: Layer) -> Order | None:
    """In which order a pane lists its rows; None for that of the text."""
    return BY_LAYER[kind].orders.get(session.settings.claims_order)


def _order_title(session: Session, kind: Layer) -> str:
    order, marks = _order(session, kind), session.marks.of(kind)
    if order is None or not marks:
        return ""
    if not order.is_counted:
        return order.title
    count = sum(not order.key(session.reading, mark.item) for mark in marks)
    return f"{count} {order.title}"


def _about(session: Session, kind: Layer) -> str:
    """What a pane's title says beside its count; of the claims shown, how many are open."""
    if kind is NOTE:
        lost = len(orphans(session.reading))
        return f"{lost} orphaned" if lost else ""
    notes = session.reading.annotations if session.marks.every[kind] else ()
    judged = any(note.verdict for note in notes)
    words = (
        _order_title(session, kind),
        f"{len(session.marks.open_claims())} open" if BY_LAYER[kind].is_judged and judged else "",
        "1 chosen" if kind is FindingKind.ACTOR and session.filters.actor is not None else "",
        "so far" if session.is_analysing and session.marks.every[kind] else "",
    )
    return " · ".join(filter(None, words))
