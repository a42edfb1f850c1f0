"""Marks to come back to: a note with a tag of its own, so that it lasts and can be undone."""

from pullquote.notes.reading import NOTE
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.marking import aim, as_saved, change, replaced, title_of
from pullquote.reader.questions import Choose
from pullquote.reader.session import Session

TAG = "mark"
_NONE = "no marks here yet: ` sets one"


async def set_here(session: Session, ask: Ask) -> str | None:
    """Set a mark on the selection, finding or sentence; take it off where one is."""
    here = aim(session)
    if here is None:
        return None
    note = here[1]
    is_marked = TAG in note.tags
    tags = tuple(tag for tag in note.tags if tag != TAG) + (TAG,) * (not is_marked)
    before = as_saved(session, note)
    words = session.quoted(note.target.exact)
    done = f"mark off {words}" if is_marked else f"mark on {words} · ' lists the marks"
    await session.save([change(before, replaced(before or note, tags=tags))], done)
    return None


async def list_all(session: Session, ask: Ask) -> str | None:
    """Go to one of the marks."""
    marks = [mark for mark in session.marks.every[NOTE] if TAG in mark.note.tags]
    if not marks:
        return _NONE
    current = session.current
    at = next((number for number, mark in enumerate(marks) if mark == current), None)
    chosen = await ask(Choose("Marks", [title_of(mark.note) for mark in marks], at=at))
    if chosen is not None:
        session.go_to(marks[chosen])
    return None


ASKING: dict[str, AskingAct] = {"mark.set": set_here, "mark.list": list_all}
