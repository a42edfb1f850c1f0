"""Moving through the article: by findings, sentences and paragraphs, by matches, and back."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from pullquote.findings import FindingKind
from pullquote.languages import remark
from pullquote.notes.reading import EVERY_LAYER, NOTE, Layer
from pullquote.reader import searching
from pullquote.reader.acting import Act
from pullquote.reader.listing import is_to_come, none_yet
from pullquote.reader.marks import Mark, after, before
from pullquote.reader.motions import moved, sentence_at
from pullquote.reader.session import Session


def step(session: Session, kind: Layer, count: int) -> str | None:
    """Go to the next or previous of a kind; of the matches, where a search is live."""
    if kind is FindingKind.QUOTE and session.search.matches:
        searching.step(session, count)
        return None
    went = _go_to_one(session, session.marks.of(kind), kind, count)
    return None if went else none_of(session, kind)


def next_open(session: Session) -> str | None:
    """Go to the next claim without a verdict."""
    if not session.marks.of(FindingKind.CLAIM):
        return none_of(session, FindingKind.CLAIM)
    went = _go_to_one(session, session.marks.open_claims(), FindingKind.CLAIM, 1)
    return None if went else "no claim shown is open"


def _go_to_one(session: Session, marks: Sequence[Mark], kind: Layer, count: int) -> bool:
    """Go to the next or previous of marks of a kind, round at the ends; whether there is one."""
    current, cursor = session.current, session.position.cursor
    here = current.start if current and current.layer is kind else cursor - (count > 0)
    mark = after(marks, here) if count > 0 else before(marks, here)
    if mark is not None:
        session.go_to(mark)
    return mark is not None


def same_actor(session: Session, count: int) -> str | None:
    """Go to the next or previous mention of the actor under the cursor."""
    actor, cursor = session.actor_here(), session.position.cursor
    marks = tuple(mark for mark in session.marks.every[FindingKind.ACTOR] if mark.actor == actor)
    mark = after(marks, cursor) if count > 0 else before(marks, cursor)
    if actor is None or mark is None:
        return "no actor here: a goes to the next one"
    session.go_to(mark)
    return None


def unit(session: Session, name: str, count: int) -> str | None:
    """Go to the next or previous sentence or paragraph."""
    text, paragraphs = session.text, session.paragraphs
    if not paragraphs:
        return None
    cursor = moved(text, paragraphs, name, session.position.cursor, count)
    span = sentence_at(text, paragraphs, cursor) if name == "sentence" else None
    session.go(cursor, (span,) if span else ())
    return None


def end(session: Session, count: int) -> str | None:
    """Go to the start (-1) or the end (1) of the text."""
    paragraphs = session.paragraphs
    if paragraphs:
        session.go(paragraphs[0][0] if count < 0 else paragraphs[-1][1] - 1, jump=True)
    return None


def arrive(session: Session) -> None:
    """Be on the quote or claim that begins where the way from another article led to."""
    here, layers = session.position.cursor, (FindingKind.QUOTE, FindingKind.CLAIM)
    marks = [one for layer in layers for one in session.marks.of(layer) if one.start == here]
    if marks:
        session.current = max(marks, key=lambda one: one.end)
        session.position = replace(session.position, focus=session.current.spans)


def jump(session: Session, count: int) -> str | None:
    """Go back to where a jump began, if need be in the article before, or forward again."""
    if count < 0 and (destination := session.trail.article_before()):
        session.destination = destination
        return None
    stop = session.trail.step(count, session.stop)
    if stop is None:
        return "no further jump"
    mark, focus = session.found_again(stop)
    session.go(stop.cursor, focus, mark)
    return None


def step_on(session: Session, kind: Layer | None) -> str:
    """Go to the next of a kind, or the next sentence for None; why there is none, or ""."""
    cursor = session.position.cursor
    said = unit(session, "sentence", 1) if kind is None else step(session, kind, 1)
    if said is not None:
        return said
    stays = session.position.cursor == cursor
    return f"there is no other {kind or 'sentence'} to do it to" if stays else ""


def none_of(session: Session, kind: Layer) -> str:
    """Why there is none of a kind to go to: none found, none shown, or none yet."""
    if kind is NOTE:
        return "no notes of mine here yet"
    if is_to_come(session):
        return none_yet(kind.plural)
    if session.reading.findings is None:
        return f"not analysed, so no {kind.plural} are known"
    reasons = session.marks.left_out(kind)
    if reasons:
        return f"no {kind.plural} are shown: {' · '.join(reasons)}"
    left_out = remark(session.reading.findings)
    return " · ".join(filter(None, (f"no {kind.plural} in this article", left_out)))


ACTS: dict[str, Act] = {
    **{f"{kind}.next": partial(step, kind=kind, count=1) for kind in EVERY_LAYER},
    **{f"{kind}.previous": partial(step, kind=kind, count=-1) for kind in EVERY_LAYER},
    "verdict.next": next_open,
    "mention.next": partial(same_actor, count=1),
    "mention.previous": partial(same_actor, count=-1),
    "text.start": partial(end, count=-1),
    "text.end": partial(end, count=1),
    "paragraph.next": partial(unit, name="paragraph", count=1),
    "paragraph.previous": partial(unit, name="paragraph", count=-1),
    "sentence.next": partial(unit, name="sentence", count=1),
    "sentence.previous": partial(unit, name="sentence", count=-1),
    "jump.back": partial(jump, count=-1),
    "jump.forward": partial(jump, count=1),
}
