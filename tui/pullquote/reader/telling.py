"""What the status line says: where the reader is, on what, what was done, which keys matter."""

from pullquote.languages import remark
from pullquote.notes.reading import NOTE
from pullquote.reader import searching
from pullquote.reader.hints import Hints
from pullquote.reader.marks import position
from pullquote.reader.motions import word_count
from pullquote.reader.rows import row
from pullquote.reader.session import Session
from pullquote.reader.status import Line
from pullquote.reader.wording import plural


def line(session: Session, share: float, hints: Hints, in_pane: bool) -> Line:
    """The status line; `share` of the text is on the screen or above it."""
    selected, filters = session.position.selected, session.filters.words(session.reading.findings)
    return Line(
        where=f"{round(100 * share):3}%",
        what=(
            f"SELECTING {plural(word_count(session.text, selected), 'word')}"
            if selected
            else " · ".join(filter(None, (filters, _current(session))))
        ),
        done=session.library.trouble or session.done,
        progress=session.progress,
        keys=hints.at(_moment(session, in_pane)),
    )


def _moment(session: Session, in_pane: bool) -> str:
    """Where the reader is, by which it is chosen which keys the status line tells of."""
    if session.position.selecting:
        return "taking" if session.on_selected else "selecting"
    if session.position.selected:
        return "selected"
    if in_pane:
        return "pane"
    if session.search.matches:
        return "match"
    return session.current.layer if session.current else "reading"


def _current(session: Session) -> str:
    """The match or finding that the reader is on, and which one it is."""
    search, mark = session.search, session.current
    if search.matches:
        number = searching.number(session)
        return f"match {number} of {len(search.matches)}: “{search.sought}”"
    if mark is None:
        left_out = "" if session.is_analysing else remark(session.reading.findings)
        return f"{left_out} (I: as English)" if left_out else ""
    one = row(session.reading, mark, session.settings.highlights)
    marks = session.marks.of(mark.layer)
    nth = position(marks, mark)
    so_far = " so far" if session.is_analysing and mark.layer is not NOTE else ""
    place = "" if nth is None else f" {nth + 1}/{len(marks)}{so_far}"
    words = " ".join(filter(None, (one.badge, one.word)))
    return f"{mark.layer}{place}: {one.who}{f' ({words})' if words else ''}"
