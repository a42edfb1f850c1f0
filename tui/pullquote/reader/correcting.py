"""The reader has the last word: correct what the machine found, in place, or add what it missed."""

from collections.abc import Awaitable, Callable

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


async def correct(session: Session, ask: Ask) -> str | None:
    """Correct the finding here; on a selection, or where there is none, add one."""
    mark = None if session.position.selected else session.current
    if mark is not None and mark.layer is NOTE:
        return correct_note(session, mark.note)
    if session.reading.findings is None:
        return "not analysed yet: nothing to correct"
    if mark is None:
        return await _add_missed(session, ask)
    kind = FindingKind(mark.layer)
    menu = offered(kind)
    title = f"Correct this {kind}: {target_title(session)}"
    chosen = await ask(Choose(title, [spec.menu_line(kind) for spec in menu]))
    if chosen is None:
        return None
    now = session.marks.again(mark)
    if now is None:
        return f"the analysis went on, and this {kind} is not found any more"
    spec = menu[chosen]
    return await _MAKE[spec.asks](session, ask, spec, now)


# --- one correction, by what has to be asked for it


async def _edit(session: Session, edit: Edit, to: Spans = (), value: str = "") -> str:
    """Correct the finding that the reader is on."""
    mark = session.current
    if mark is None or mark.layer is NOTE:
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
    if mark is None or mark.layer is NOTE:
        session.said = NO_FINDING
        return ""
    return await save_correction(session, confirmation(session, mark))


async def _at_once(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    await do(session, lambda: _edit(session, spec.edit))


async def _as_right(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    await do(session, lambda: _confirm(session))


async def _choose_value(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    title = f"{spec.edit.capitalize()} of this {mark.layer}"
    chosen = await ask(Choose(title, tuple(map(str, spec.values))))
    if chosen is not None:
        value = str(spec.values[chosen])
        await do(session, lambda: _edit(session, spec.edit, value=value))


async def _choose_speaker(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    nobody = mark.actor is not None
    at = _offset_of(session, mark)
    chosen = await _choose_actor(session, ask, spec.question, at, mark.actor, nobody=nobody)
    if chosen is not None:
        name, to = chosen
        await do(session, lambda: _edit(session, spec.edit, to, name))


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


async def _choose_actor(
    session: Session,
    ask: Ask,
    title: str,
    at: int,
    present: str | None = None,
    leave_out: str | None = None,
    nobody: bool = False,
) -> tuple[str, Spans] | None:
    """Let the reader choose an actor, or nobody; None where they choose none, or the present one.

    Args:
        session: Whose actors there are to choose from, and where it is said why there are none.
        ask: Asks the reader.
        title: What is asked.
        at: An offset; of actors who say as much, those named nearest to it come first.
        present: The id of the one who it is by now.
        leave_out: The id of one who is not to be chosen.
        nobody: Whether nobody may be chosen, too.

    Returns:
        The name and the mention that names the actor best; nobody has no mention.
    """
    actors = [one for one in most_likely(findings_of(session), at) if one.id != leave_out]
    names = [one.name for one in actors] + [NOBODY] * nobody
    if not names:
        session.said = "there is no other actor: select a name and press e to add one"
        return None
    rows = [f"{one.name}  (now)" if one.id == present else one.name for one in actors]
    chosen = await ask(Choose(title, rows + names[len(actors) :]))
    if chosen is None:
        return None
    if chosen >= len(actors):
        return NOBODY, ()
    if actors[chosen].id == present:
        session.said = f"it is by {names[chosen]} already; “It is right” confirms it"
        return None
    return names[chosen], (naming(session, actors[chosen]),)


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


async def _merge(session: Session, ask: Ask, spec: EditSpec, mark: Mark) -> None:
    actor = mark.finding
    assert isinstance(actor, Actor)
    title, of = f"{actor.name} is the same as …", place_of(session, mark)
    at = _offset_of(session, mark)
    chosen = await _choose_actor(session, ask, title, at, leave_out=actor.id)
    if chosen is not None:
        name, to = chosen
        await save_correction(session, correction(session, mark, spec.edit, to, name, of))


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
        speaker = await _choose_actor(session, ask, "Who says it?", span[0], nobody=True)
        if speaker is None:
            return None
        to = speaker[1]
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
