"""The reader has the last word: correct what the machine found, in place, or add what it missed."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from pullquote.extra import EXTRA
from pullquote.findings import NOBODY, STATED, Actor, FindingKind
from pullquote.kinds import BY_LAYER, NO_FINDING
from pullquote.notes.annotations import Annotation, Edit, Placed, target
from pullquote.notes.corrections import Asks, EditSpec, offered, spec_of
from pullquote.notes.reading import NOTE
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.correction_notes import (
    around,
    confirmation,
    correction,
    correction_at,
    findings_of,
    most_likely,
    naming,
    place_of,
    same_words,
    save_correction,
    stretched,
)
from pullquote.reader.marking import do, replaced, target_title, title_of
from pullquote.reader.marks import Mark
from pullquote.reader.questions import Choose, ChooseMentions, Save, WriteLine
from pullquote.reader.session import Session
from pullquote.text import Span, Spans, one_line

_SELECT = "to its first letter, v, to its last · Enter saves · Esc"
_EXTENT = "] [ by a word · o the other end · Enter saves · Esc leaves"
_NAMED = "Enter saves · Esc leaves"
_NO_OTHER = "there is no other actor: select a name and press e to add one"


async def correct(session: Session, ask: Ask) -> str | None:
    """Correct the finding here; on a selection, or where there is none, add one."""
    mark = None if session.position.selected else session.current
    if mark is not None and mark.layer is NOTE:
        return correct_note(session, mark.note)
    if mark is not None and mark.layer is EXTRA:
        return "found by a plug-in, and cannot be corrected: h and i mark it"
    if session.reading.findings is None:
        return "not analysed yet: nothing to correct"
    if mark is None:
        return await _add_missed(session, ask)
    kind = FindingKind(mark.layer)
    menu = offered(kind)
    of_speaker = next((spec for spec in menu if spec.asks is Asks.SPEAKER), None)
    named = _choosable(session, _offset_of(session, mark), mark.actor, nobody=bool(mark.actor))
    named = named if of_speaker else []
    title = f"Correct this {kind}: {target_title(session)}"
    lines = [spec.menu_line(kind) for spec in menu]
    at = next((len(menu) + number for number, one in enumerate(named) if one.is_now), None)
    chosen = await ask(Choose(title, lines, [one.name for one in named], at=at))
    if chosen is None:
        return None
    now = session.marks.again(mark)
    if now is None:
        return f"the analysis went on, and this {kind} is not found any more"
    if of_speaker and chosen >= len(menu):
        return await _say_by(session, of_speaker, named[chosen - len(menu)])
    spec = menu[chosen]
    return await _MAKE[spec.asks](session, ask, spec, now)


# --- one correction, by what has to be asked for it


async def _edit(session: Session, edit: Edit, to: Spans = (), value: str = "") -> str:
    """Correct the finding that the reader is on."""
    mark = session.current
    if mark is None or mark.layer in (NOTE, EXTRA):
        session.said = NO_FINDING
        return ""
    kind = FindingKind(mark.layer)
    spec = spec_of(edit, kind)
    if kind not in spec.kinds or (spec.asks is Asks.VALUE and value not in spec.values):
        session.said = f"this {kind} has no {edit} {value}".rstrip()
        return ""
    return await save_correction(session, correction(session, mark, edit, to, value))


async def _confirm(session: Session) -> str:
    """The finding that the reader is on is right, as it stands."""
    mark = session.current
    if mark is None or mark.layer in (NOTE, EXTRA):
        session.said = NO_FINDING
        return ""
    return await save_correction(session, confirmation(session, mark))


async def _at_once(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    await do(session, lambda: _edit(session, spec.edit))


async def _as_right(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    await do(session, lambda: _confirm(session))


async def _choose_value(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    title = f"{spec.word.capitalize()} of this {mark.layer}"
    chosen = await ask(Choose(title, tuple(map(str, spec.values))))
    if chosen is not None:
        value = str(spec.values[chosen])
        await do(session, lambda: _edit(session, spec.edit, value=value))


async def _choose_speaker(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> str | None:
    at = _offset_of(session, mark)
    named = _choosable(session, at, mark.actor, nobody=mark.actor is not None)
    chosen = await _choose_actor(ask, spec.question, named)
    return _NO_OTHER if not named else await _say_by(session, spec, chosen) if chosen else None


async def _say_by(session: Session, spec: EditSpec, chosen: "_Choosable") -> str | None:
    """Let it be said by whom the reader chose; where that was in doubt, it is confirmed."""
    now = session.current
    if not chosen.is_now:
        await do(session, lambda: _edit(session, spec.edit, chosen.to, chosen.name))
    elif now is not None and now.speaker_doubtful:
        await do(session, lambda: _confirm(session))
    else:
        return f"it is by {chosen.name} already; “It is right” confirms it"
    return None


async def _select_source(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    of = place_of(session, mark)

    async def take(span: Span) -> str:
        words = one_line(session.text[slice(*span)])
        made = correction(session, mark, spec.edit, (span,), words, of)
        return await save_correction(session, made)

    session.want_selection(None, take, f"who says it? {_SELECT}")


async def _select_extent(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    async def take(span: Span) -> str:
        old = mark.spans
        to = stretched(old, span)
        if to == old:
            session.said = f"this {mark.layer} is as it was"
            return ""
        return await save_correction(session, correction(session, mark, spec.edit, to, of=old))

    session.want_selection((mark.start, mark.end), take, _EXTENT)


# --- actors


def _offset_of(session: Session, mark: Mark) -> int:
    """Where a finding begins in the text, or the cursor is where it lies nowhere."""
    return mark.start if mark.spans else session.position.cursor


class _Choosable(NamedTuple):
    """An actor to choose, or nobody: the name, the mention that names them, if it is them now."""

    name: str
    to: Spans = ()
    is_now: bool = False


def _choosable(
    session: Session,
    at: int,
    present: str | None = None,
    leave_out: str | None = None,
    nobody: bool = False,
) -> list[_Choosable]:
    """The actors whom the reader may choose, those who say most and are nearest first.

    Args:
        session: Has the actors.
        at: An offset; of actors who say as much, those named nearest to it come first.
        present: The id of the one who it is by now.
        leave_out: The id of one who is not to be chosen.
        nobody: Whether nobody may be chosen, too.
    """
    actors = [one for one in most_likely(findings_of(session), at) if one.id != leave_out]
    named = [_Choosable(one.name, (naming(session, one),), one.id == present) for one in actors]
    return named + [_Choosable(NOBODY)] * nobody


async def _choose_actor(ask: Ask, title: str, named: Sequence[_Choosable]) -> _Choosable | None:
    """Let the reader choose one of them; None where they choose none, or there is none."""
    if not named:
        return None
    at = next((number for number, one in enumerate(named) if one.is_now), None)
    chosen = await ask(Choose(title, (), [one.name for one in named], at=at))
    return None if chosen is None else named[chosen]


async def _call(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    now = str(getattr(mark.finding, spec.field) or "")
    of = place_of(session, mark)

    async def save(line: str) -> str:
        name = one_line(line)
        if name == now:
            return ""
        return await save_correction(
            session, correction(session, mark, spec.edit, value=name, of=of)
        )

    await _ask_name(ask, spec.question, now, save)


async def _ask_name(ask: Ask, title: str, name: str, save: Save[str]) -> None:
    await ask(WriteLine(title, name, _NAMED, _needed, save))


def _needed(line: str) -> str | None:
    return None if line.strip() else "a name is needed"


async def _merge(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> str | None:
    actor = mark.finding
    assert isinstance(actor, Actor)
    title, of = f"{actor.name} is the same as …", place_of(session, mark)
    at = _offset_of(session, mark)
    named = _choosable(session, at, leave_out=actor.id)
    chosen = await _choose_actor(ask, title, named)
    if chosen is not None:
        made = correction(session, mark, spec.edit, chosen.to, chosen.name, of)
        await save_correction(session, made)
    return None if named else _NO_OTHER


async def _split(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> str | None:
    actor, text = mark.finding, session.text
    assert isinstance(actor, Actor)
    if len(actor.mentions) < 2:
        return "this actor is mentioned only once"
    words = text[slice(*mark.spans[0])]
    alike = frozenset(i for i, span in enumerate(actor.mentions) if text[slice(*span)] == words)
    start = alike if len(alike) < len(actor.mentions) else frozenset[int]()
    title = f"Which mentions are of another than {actor.name}?"
    chosen = await ask(ChooseMentions(title, around(text, actor.mentions), start))
    if not chosen:
        return None
    if len(chosen) == len(actor.mentions):
        return "all of them: give the actor another name instead"
    taken = tuple(actor.mentions[index] for index in sorted(chosen))
    left = next(span for span in actor.mentions if span not in taken)
    of = naming(session, actor)
    of = left if of in taken else of

    async def save(line: str) -> str:
        note = correction(session, mark, spec.edit, taken, one_line(line), of=(of,))
        return await save_correction(session, note)

    await _ask_name(ask, "And who is that?", text[slice(*taken[0])], save)
    return None


_MAKE: dict[Asks, Callable[[Session, Ask, EditSpec, Mark], Awaitable[str | None]]] = {
    Asks.NOTHING: _at_once,
    Asks.VERDICT: _as_right,
    Asks.VALUE: _choose_value,
    Asks.SPEAKER: _choose_speaker,
    Asks.ACTOR: _merge,
    Asks.WORDS: _select_source,
    Asks.EXTENT: _select_extent,
    Asks.NAME: _call,
    Asks.MENTIONS: _split,
}


# --- what was missed, and what lost its place


async def _add_missed(session: Session, ask: Ask) -> str | None:
    span, text = session.position.selected, session.text
    if span is None:
        return f"{NO_FINDING}; v selects what was missed"
    chosen = await ask(
        Choose("What is it?", [BY_LAYER[kind].singular.capitalize() for kind in FindingKind])
    )
    if chosen is None:
        return None
    kind, value = tuple(FindingKind)[chosen], ""
    to: Spans = ()
    of: Spans = (span,)
    stated = STATED.get(kind)
    if stated and stated.asked:
        values = list(map(str, stated.choices[stated.asked]))
        which = await ask(Choose(f"Which {stated.asked} of {kind}?", values))
        if which is None:
            return None
        value = values[which]
    if stated is None:
        of = (span, *same_words(text, span))
    else:
        named = _choosable(session, span[0], nobody=True)
        speaker = await _choose_actor(ask, "Who says it?", named)
        if speaker is None:
            return None
        to = speaker.to
    note = correction_at(session, kind, of, Edit.ADD, to, value)
    # an actor's other mentions do not make it longer
    await save_correction(session, replaced(note, target=target(text, span)))
    return None


def correct_note(session: Session, note: Annotation) -> str | None:
    """Let the reader select what a note of theirs lies on, first of all one without a place."""
    if note.correction:
        return "a correction lies where its finding does: x removes it"

    async def take(span: Span) -> str:
        placed = replaced(note, target=target(session.text, span), placed=Placed.HERE)
        return await session.save(
            [(note, placed)], f"placed on {session.quoted(placed.target.exact)}"
        )

    if note.is_orphan:
        session.want_selection(None, take, f"{_SELECT} · ORPHANED {title_of(note)}")
    else:
        session.want_selection(note.target.span, take, _EXTENT)
    return None


ASKING: dict[str, AskingAct] = {"correct": correct}
