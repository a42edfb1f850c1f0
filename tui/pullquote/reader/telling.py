"""What the bar says: where the reader is, on what, what was done, which keys matter."""

from pullquote.extra import Extra
from pullquote.languages import remark
from pullquote.notes.reading import NOTE
from pullquote.reader import searching
from pullquote.reader.hints import Hints
from pullquote.reader.marks import Mark, position
from pullquote.reader.motions import word_count
from pullquote.reader.rows import Row, row
from pullquote.reader.session import Session
from pullquote.reader.standing import at
from pullquote.reader.status import Line, Words
from pullquote.text import plural

_SURE = 0.995  # from here on it would be told as 100 %


def line(
    session: Session, share: float, hints: Hints, pane: str = "", here: Mark | None = None
) -> Line:
    """The bar's line; `share` of the text is on the screen or above it.

    `pane`: in what the reader is, as `MOMENTS` has it, on the row of `here`; "" for the text.
    """
    said, mark = session.library.trouble or session.said, session.current
    is_current = mark and not session.position.selected and not session.search.matches
    return Line(
        where=f"{round(100 * share):3}%",
        what=_what(session),
        more=_known(session, mark, hints) if mark and is_current else (),
        said=said,
        done=session.done if said != session.done else "",
        progress=session.checks.progress or session.progress,
        keys=hints.at(_moment(session, pane, here)),
    )


def _moment(session: Session, pane: str, here: Mark | None) -> str:
    """Where the reader is, by which it is chosen which keys the bar names."""
    current = session.current
    row = current or here  # to which acts apply in a pane
    moments = (
        ("taking", session.position.selecting and session.on_selected),
        ("selecting", session.position.selecting),
        ("selected", session.position.selected),
        ("cast", pane == "cast" and here),
        (f"{row.layer.plural} pane" if row else "pane", pane),
        ("match", session.search.matches),
        (current.layer if current else "", current),
        ("analysing", session.is_analysing),
    )
    return next((moment for moment, is_now in moments if is_now), "reading")


def _what(session: Session) -> tuple[Words, ...]:
    """What is selected, else the match or finding that the reader is on, and the filters."""
    selected, search, mark = session.position.selected, session.search, session.current
    if selected:
        return ((f"SELECTING {plural(word_count(session.text, selected), 'word')}", ""),)
    filters = session.filters.words(session.reading.findings)
    here: tuple[Words, ...] = ()
    if search.matches:
        number = searching.number(session)
        here = ((f"match {number} of {len(search.matches)}: “{search.sought}”", ""),)
    elif mark:
        here = _finding(session, mark)
    elif not session.is_analysing and (left_out := remark(session.reading.findings)):
        here = ((f"{left_out} (I: as English)", ""),)
    return *here, *(((filters, ""),) if filters else ())


def _finding(session: Session, mark: Mark) -> tuple[Words, Words]:
    """Who says the finding, and which one it is."""
    one = _row(session, mark)
    marks = session.marks.of(mark.layer)
    nth = position(marks, mark)
    so_far = " so far" if session.is_analysing and mark.layer is not NOTE else ""
    place = "" if nth is None else f" {nth + 1}/{len(marks)}{so_far}"
    return (f"{one.glyph} {one.who}", one.manner), (f"{_called(mark)}{place}", "")


def _called(mark: Mark) -> str:
    """What a finding is called: by its kind, or by that of the plug-in that found it."""
    return mark.item.kind if isinstance(mark.item, Extra) else str(mark.layer)


def _known(session: Session, mark: Mark, hints: Hints) -> tuple[Words, ...]:
    """What is known of a finding, most important first: who says it, and how sure it is, last."""
    one, found = _row(session, mark), session.reading.findings
    speaker = found.actor(mark.actor) if found else None
    role = speaker.role if speaker else ""
    known = (one.badge, _elsewhere(session, mark, hints), one.word, role)
    is_sure = mark.layer is NOTE or mark.confidence >= _SURE
    sure = "" if is_sure else f"{_called(mark)} confidence {mark.confidence * 100:.0f} %"
    return tuple((words, "dim") for words in (*known, sure) if words)


def _elsewhere(session: Session, mark: Mark, hints: Hints) -> str:
    """In how many other places a quote or claim is, and the key that shows them."""
    found = session.elsewhere.get(at(mark)) if mark.spans else None
    return f"{found.badge.words} elsewhere ({hints.key('elsewhere')})" if found else ""


def _row(session: Session, mark: Mark) -> Row:
    """How the finding reads, in the hue of who says it."""
    return row(session.reading, mark, session.settings.highlights, session.marks.hues)
