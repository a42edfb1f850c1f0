"""The acts that add something of the reader's: highlight, note, tag, remove, undo, redo, repeat.

Each goes into the library first, in a thread, so that it is durable when it is shown and the paint
never waits for the disk. What was chosen once can be repeated with one key: it is remembered as a
function of whatever is the target next. Saving gives back why it could not be done, or "": so a
dialog that holds what was typed stays open until it is.
"""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from pullquote.article import Article
from pullquote.findings import FindingKind
from pullquote.library.notes import Notes
from pullquote.library.store import Change, Library
from pullquote.notes.annotations import Annotation, annotate, now
from pullquote.notes.reading import NOTE
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.filters import name_of
from pullquote.reader.guarded import Failed
from pullquote.reader.marks import covering
from pullquote.reader.moving import step_on
from pullquote.reader.questions import Choose, GiveTags, Tags, Write
from pullquote.reader.session import Repeatable, Session
from pullquote.reader.wording import excerpt
from pullquote.text import plural

# the note that an act changes, if there is one, and the one that it starts from
Aim = tuple[Annotation | None, Annotation]
_SHOWN = 60  # cells of what is annotated, in a dialog's title


def chosen_notes(session: Session) -> tuple[Annotation, ...]:
    """The notes that are chosen in their pane, as they now are, in the order of the reading's."""
    return tuple(note for note in session.reading.annotations if note.id in session.chosen)


def note_here(session: Session) -> Annotation | None:
    """The reader's note under the cursor: on just what is the target, or the shortest."""
    current, target = session.current, session.target()
    if current and current.layer is NOTE:
        return current.note
    here = [one.note for one in covering(session.marks.every[NOTE], session.position.cursor)]
    return next((note for note in here if note.target.span == target), here[0] if here else None)


def aim(session: Session) -> Aim | None:
    """What an act is to change or to add, if there is anything."""
    note = None if session.position.selected else note_here(session)
    if note is not None and note.correction is None:
        return note, replaced(note)
    span = session.target()
    return (None, annotate(session.text, span)) if span else None


def replaced(note: Annotation, **bodies: object) -> Annotation:
    """`note` with other bodies, changed now."""
    return msgspec.structs.replace(note, modified=now(), **bodies)


def change(before: Annotation | None, after: Annotation) -> Change:
    """A note in the place of another, or new; one that says nothing any more is removed."""
    return before, None if after.is_bare else after


def as_saved(session: Session, note: Annotation) -> Annotation | None:
    """The note of that id as the reader last saw it; None where it has not been saved yet."""
    return next((one for one in session.reading.annotations if one.id == note.id), None)


def title_of(note: Annotation) -> str:
    """The words that a note lies on, as a dialog's title quotes them."""
    return excerpt(note.target.exact, _SHOWN)


def target_title(session: Session) -> str:
    """The words that an act applies to, as a dialog's title quotes them."""
    span = session.target()
    return excerpt(session.text[slice(*span)], _SHOWN) if span else ""


async def do(session: Session, act: Repeatable, first: Repeatable | None = None) -> None:
    """Do an act, and remember it to be repeated: here, where it failed.

    `first` is how it is done this time: to what the reader was asked about, which the analysis may
    since have found to be something else.
    """
    last = session.repeatable(act)
    why_not = await (first or act)()
    if why_not:
        last = replace(last, target=None)
    elif last.kind and session.current is None:  # it was removed, or a filter now hides it
        last = replace(last, target=session.target())
    session.last = last


async def _give(
    session: Session, to: Aim | None, done: Callable[[str], str], **bodies: object
) -> str:
    """Give a note these bodies; `done` says of the words that it lies on what was done."""
    if to is None:
        return ""
    note = to[1]
    before = as_saved(session, note)  # a dialog may save twice
    after = replaced(before or note, **bodies)
    return await session.save([change(before, after)], done(session.quoted(note.target.exact)))


# --- highlight, note, tag


async def highlight(session: Session, ask: Ask) -> str | None:
    """Highlight in one of five kinds."""
    here, names = aim(session), session.settings.highlights
    if here is None:
        return None
    kind = await ask(
        Choose(
            f"Highlight: {title_of(here[1])}",
            names,
            chips=[f"$chip-ink on $chip-{number}" for number in range(1, len(names) + 1)],
            at=here[1].highlight - 1,
        )
    )
    if kind is not None:
        done = f"highlighted {{}} as {names[kind]}".format
        give = partial(_give, session, done=done, highlight=kind + 1)
        await do(session, lambda: give(aim(session)), lambda: give(here))
    return None


async def comment(session: Session, ask: Ask) -> str | None:
    """Write a note."""
    here = aim(session)
    if here is None:
        return None
    note = here[1]

    async def save(text: str) -> str:
        if not text and not note.comment:
            return ""
        done = ("note on {}" if text else "note off {}").format
        give = partial(_give, session, done=done, comment=text)
        last = session.repeatable(lambda: give(aim(session)))
        why_not = await give(here)
        if here[0] is None and not why_not:
            session.last = last
        return why_not

    await ask(Write(title_of(note), note.comment, save))
    return None


async def tag(session: Session, ask: Ask) -> str | None:
    """Tag, with the last used tags to choose from; all notes chosen in their pane together."""
    chosen, here = chosen_notes(session), aim(session)
    if chosen:
        await _tag_chosen(session, ask, chosen)
    elif here:
        await _tag_one(session, ask, here)
    return None


async def _known_tags(session: Session) -> Tags:
    tags = await session.library(lambda library: library.notes.tags())
    return () if isinstance(tags, Failed) else tags


async def _tag_one(session: Session, ask: Ask, here: Aim) -> None:
    note = here[1]

    async def save(tags: Tags) -> str:
        if not tags and not note.tags:
            return ""
        last = session.repeatable(lambda: _tag_more(session, tags))
        why_not = await _give(session, here, _tagged(tags), tags=tags)
        if tags and not why_not:
            session.last = last
        return why_not

    known = partial(_known_tags, session)
    await ask(GiveTags(f"Tags: {title_of(note)}", note.tags, known, save))


async def _tag_chosen(session: Session, ask: Ask, notes: tuple[Annotation, ...]) -> None:
    """Give all the chosen notes tags more."""
    count = plural(len(notes), "note")

    async def save(tags: Tags) -> str:
        if not tags:
            return ""
        # it is done to the chosen notes, and not to the one that the reader is on
        last = session.repeatable(lambda: _tag_more(session, tags), on_target=False)
        many = [(note, _with_tags(note, tags)) for note in notes]
        why_not = await session.save(many, _tagged(tags)(count))
        if not why_not:
            session.last = last
        return why_not

    await ask(GiveTags(f"Tag {count}", (), partial(_known_tags, session), save))


async def _tag_more(session: Session, tags: Tags) -> str:
    """Give these tags again: to the notes now chosen, else to what an act is aimed at."""
    chosen, here = chosen_notes(session), aim(session)
    aims: Sequence[Aim] = [(note, note) for note in chosen] or ([here] if here else [])
    words = plural(len(chosen), "note") if chosen else ""
    words = words or "".join(session.quoted(note.target.exact) for _, note in aims)
    lacking = [one for one in aims if not set(tags) <= set(one[1].tags)]
    if not lacking:
        session.said = f"{words} {_names(tags)}: tagged so already" if aims else ""
        return ""
    many = [(before, _with_tags(note, tags)) for before, note in lacking]
    return await session.save(many, _tagged(tags)(words))


def _with_tags(note: Annotation, tags: Tags) -> Annotation:
    return replaced(note, tags=tuple(dict.fromkeys((*note.tags, *tags))))


def _names(tags: Tags) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def _tagged(tags: Tags) -> Callable[[str], str]:
    """What was done with the tags to some words."""
    return lambda words: (
        f"tagged {words} {_names(tags)}" if tags else f"removed the tags of {words}"
    )


async def remove(session: Session, ask: Ask) -> str | None:
    """Remove the note under the cursor, or all that are chosen in their pane."""
    notes = chosen_notes(session) or tuple(filter(None, (note_here(session),)))
    if not notes:
        return "no note of mine here: m goes to the next one"
    one = notes[0]
    done = f"removed the {one.motivation.word} on {session.quoted(one.target.exact)}"
    if len(notes) > 1:
        done = f"removed {len(notes)} notes"
    await session.save([(note, None) for note in notes], done)
    return None


# --- again, and back


async def repeat(session: Session, ask: Ask) -> str | None:
    """Do the last act again: here, or on the next target where this one has just had it."""
    last = session.last
    if last is None:
        return "nothing to repeat yet"
    kind = session.current.layer if session.current else last.kind
    if session.target() == last.target and (none_left := step_on(session, kind)):
        return none_left
    await do(session, last.act)
    session.last = replace(session.last or last, kind=last.kind or (session.last or last).kind)
    return None


async def undo(session: Session, ask: Ask) -> str | None:
    """Undo our last act on this article."""
    return await _travel(session, Notes.undo, "undone", "nothing to undo")


async def redo(session: Session, ask: Ask) -> str | None:
    """Redo what was undone."""
    return await _travel(session, Notes.redo, "redone", "nothing to redo")


async def _travel(
    session: Session, go: Callable[..., str | None], done: str, nothing: str
) -> str | None:
    gone = await session.library(_travelled, go, session.reading.article.id)
    if isinstance(gone, Failed):
        return None
    what, notes, article = gone
    if what is None:  # the selection stays
        return nothing
    if article:  # its metadata may have been put back
        session.reading = msgspec.structs.replace(session.reading, article=article)
    session.annotated(notes, f"{done}: {what}")
    return None


def _travelled(
    library: Library, go: Callable[..., str | None], article: str
) -> tuple[str | None, tuple[Annotation, ...], Article | None]:
    what = go(library.notes, article, alone=not library.presence.is_elsewhere(article))
    return what, library.notes.of(article), library.articles.get(article)


# --- copying


def quotation(session: Session) -> str:
    """The words that an act applies to, with the line that says who says it, where; "" for none."""
    span = session.target()
    if span is None:
        return ""
    article, found = session.reading.article, session.reading.findings
    said = covering(session.marks.every[FindingKind.QUOTE], span[0])
    speaker = name_of(found, said[0].actor) if said and said[0].actor else None
    parts = (speaker, article.title, article.site, article.published, article.url)
    source = f"— {', '.join(filter(None, parts))}" if any(parts) else ""
    return f"{session.text[slice(*span)]}\n{source}".rstrip()


ASKING: dict[str, AskingAct] = {
    "highlight": highlight,
    "note.write": comment,
    "tag": tag,
    "note.remove": remove,
    "repeat": repeat,
    "undo": undo,
    "redo": redo,
}
