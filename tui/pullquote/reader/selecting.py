"""Select a piece of the article by keys: the motions move one end of it and the other stays."""

from bisect import bisect_right
from functools import partial

from pullquote.findings import FindingKind
from pullquote.reader import marking
from pullquote.reader.acting import Act, Ask, AskingAct
from pullquote.reader.motions import ends, grown, moved
from pullquote.reader.position import Selecting
from pullquote.reader.session import Session


def select(session: Session) -> str | None:
    """Begin a selection at the cursor, or end it; where one is asked for, let an end stay here."""
    position = session.position
    if position.selecting and position.selecting.loose:
        session.begin(position.cursor, position.cursor)
    elif position.selecting:
        session.end_selection()
    else:
        current = session.current
        span = position.selected or (current.spans[0] if current and current.spans else None)
        session.begin(*((span[0], span[1] - 1) if span else (position.cursor,) * 2))
    return None


def grow(session: Session) -> str | None:
    """Select the next larger piece around the cursor."""
    position = session.position
    if not session.paragraphs:
        return None
    quotes = tuple(span for mark in session.marks.every[FindingKind.QUOTE] for span in mark.spans)
    cursor = position.cursor
    if position.selecting:
        cursor = min(position.selecting.fixed, cursor)
    start, end = grown(session.text, session.paragraphs, quotes, position.selected, cursor)
    session.begin(start, end - 1)
    return None


def caret(session: Session, unit: str, count: int) -> str | None:
    """Move the end of the selection; forward, to the end of a unit and no letter further."""
    cursor, selecting = session.position.cursor, session.position.selecting
    if selecting is None or not session.paragraphs:
        return None
    backward = count < 0 or selecting.loose or cursor < selecting.fixed
    if unit == "character" or backward:
        session.extend(moved(session.text, session.paragraphs, unit, cursor, count))
    else:
        session.extend(_last_of(session, selecting, unit, 1))
    return None


def by_word(session: Session, count: int) -> str | None:
    """Grow the selection by a word at the end that moves, or shrink it."""
    cursor, selecting = session.position.cursor, session.position.selecting
    if selecting is None or not session.paragraphs:
        return None
    if cursor >= selecting.fixed:
        session.extend(_last_of(session, selecting, "word", count))
    else:
        to = moved(session.text, session.paragraphs, "word", cursor, -count)
        session.extend(min(selecting.fixed, to))
    return None


def _last_of(session: Session, selecting: Selecting, unit: str, count: int) -> int:
    """The last character of the next unit, or of the one before, still in the selection."""
    cursor = session.position.cursor
    near = ends(session.text, session.paragraphs, unit, cursor)
    if count > 0:
        ahead = map(session.on_text, (end - 1 for end in near[bisect_right(near, cursor + 1) :]))
        return next((last for last in ahead if last > cursor), cursor)
    behind = reversed(near[: bisect_right(near, cursor)])
    lasts = map(session.on_text, (end - 1 for end in behind))
    last = next((last for last in lasts if last < cursor), cursor)
    return last if last >= selecting.fixed else cursor


def swap_ends(session: Session) -> str | None:
    """Let the other end of the selection move."""
    if session.position.selecting:
        session.begin(session.position.cursor, session.position.selecting.fixed)
    return None


async def take(session: Session, ask: Ask) -> str | None:
    """The selection is as it should be: give it to what it is for, or highlight it."""
    span, on_selected = session.position.selected, session.on_selected
    if on_selected is None:
        return await marking.highlight(session, ask)
    if span and not await on_selected(span):
        session.end_selection()
    return None


ACTS: dict[str, Act] = {
    "select": select,
    "select.grow": grow,
    "selecting.left": partial(caret, unit="character", count=-1),
    "selecting.right": partial(caret, unit="character", count=1),
    "selecting.word": partial(caret, unit="word", count=1),
    "selecting.back": partial(caret, unit="word", count=-1),
    "selecting.sentence": partial(caret, unit="sentence", count=1),
    "selecting.sentence_back": partial(caret, unit="sentence", count=-1),
    "selecting.paragraph": partial(caret, unit="paragraph", count=1),
    "selecting.paragraph_back": partial(caret, unit="paragraph", count=-1),
    "selecting.swap": swap_ends,
    "selecting.grow": partial(by_word, count=1),
    "selecting.shrink": partial(by_word, count=-1),
}
ASKING: dict[str, AskingAct] = {"selecting.take": take}
