"""A text has changed since it was read: which version to read, what became of the notes."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple

from pullquote.analysis import analyser
from pullquote.library.store import Library, Version
from pullquote.library.versions import carry_over, not_carried, summary
from pullquote.notes.annotations import Annotation, local_minute
from pullquote.notes.changes import changes
from pullquote.notes.reading import Reading
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import Failed, off_loop
from pullquote.reader.questions import Choose, ShowChanges
from pullquote.reader.session import Session
from pullquote.text import plural


class _Offer(NamedTuple):
    """What can be done about another version."""

    label: str
    do: Callable[[], Awaitable[str | None]]
    goes_on: bool = False  # the choice comes again afterwards


async def offer_earlier(
    session: Session, ask: Ask, earlier: str, same_place: bool = False
) -> str | None:
    """Offer this new text with the notes carried over, or the one read before, until answered.

    `same_place`: that one came from the same file, not from the same address.
    """
    versions = await _versions(session) or []
    version = next((one for one in versions if one.id == earlier), None)
    if version is None:
        return None
    notes, day = plural(version.notes, "note"), _day(version)
    offers = [
        _Offer(f"Read the new text, and carry {notes} over", partial(_carry, session, version.id)),
        _Offer(f"Read the text of {day}", partial(_open, session, version.id)),
        _Offer("See what changed first", partial(_compare, session, ask, version.id), True),
        *[_Offer("It is another article", partial(_tell_apart, session))] * same_place,
    ]
    chosen = await _choose(ask, f"This has changed since {day}", offers)
    if chosen is None:
        return f"{notes} not carried over yet: D does it, or shows what changed"
    return await chosen.do()


async def versions(session: Session, ask: Ask) -> str | None:
    """Other versions of this article: what changed, their notes, open one."""
    versions = await _versions(session)
    if versions is None:
        return None
    if len(versions) < 2:
        return "the only version so far"
    here = [one.id for one in versions].index(session.reading.article.id)
    offers: list[_Offer] = []
    for version in versions[:here]:
        offers += _offers(session, ask, version, f"{_day(version)}, before this one")
        if left := await _not_carried(session, version):
            label = f"Carry {plural(left, 'note')} over from it"
            offers.append(_Offer(label, partial(_carry, session, version.id)))
    for version in versions[here + 1 :]:
        offers += _offers(session, ask, version, f"{_day(version)}, after this one")
    title = f"Versions of this article; this one is of {_day(versions[here])}"
    chosen = await _choose(ask, title, offers)
    return await chosen.do() if chosen else None


def _offers(session: Session, ask: Ask, version: Version, day: str) -> list[_Offer]:
    notes = plural(version.notes, "note")
    return [
        _Offer(f"What changed: {day}", partial(_compare, session, ask, version.id), True),
        _Offer(f"Open it ({notes})", partial(_open, session, version.id)),
    ]


async def _choose(ask: Ask, title: str, offers: list[_Offer]) -> _Offer | None:
    """What the reader chooses, once they have seen what changed; None where they leave."""
    labels = [one.label for one in offers]
    while (chosen := await ask(Choose(title, labels))) is not None:
        if not offers[chosen].goes_on:
            return offers[chosen]
        await offers[chosen].do()
    return None


# --- what can be done


async def _carry(session: Session, earlier: str) -> str | None:
    carried = await session.library(_carried, earlier, session.reading.article.id)
    if isinstance(carried, Failed):
        return None
    fate, notes = carried
    session.annotated(notes, "")
    return f"{fate} · 5 lists them"


async def _open(session: Session, identity: str) -> None:
    session.leave_for(identity)


async def _tell_apart(session: Session) -> str | None:
    here = session.reading.article.id
    unlinked = await session.library(lambda library: library.works.unlink(here))
    failed = isinstance(unlinked, Failed)
    return None if failed else "told apart from what the file held before"


async def _compare(session: Session, ask: Ask, identity: str) -> None:
    """Show what changed between that version and this one, from the older to the newer."""
    here = session.reading
    pair = await session.library(_in_order, identity, here, analyser(session.settings.model))
    if isinstance(pair, Failed) or pair is None:
        return
    old, new = pair
    found = await off_loop(changes, old, new)
    await ask(ShowChanges(found, old.article.title or "Untitled"))


# --- what the library knows of versions


async def _versions(session: Session) -> list[Version] | None:
    versions = await session.library(_versions_of, session.reading.article.id)
    return None if isinstance(versions, Failed) else versions


async def _not_carried(session: Session, version: Version) -> int:
    """How many of a version's notes have not been carried over to this one."""
    left = await session.library(not_carried, version.id, session.reading.article.id)
    return 0 if isinstance(left, Failed) else len(left)


def _versions_of(library: Library, here: str) -> list[Version]:
    """All versions of an article in the order in which they were read, this one among them.

    With those of what the file held before, of which it is not yet known that it is the same work.
    """
    works = library.works
    before = works.earlier(here)
    versions = (*(works.versions(before) if before else ()), *works.versions(here))
    return sorted({one.id: one for one in versions}.values(), key=lambda one: one.added)


def _carried(library: Library, earlier: str, here: str) -> tuple[str, tuple[Annotation, ...]]:
    """Make `here` a version of the work of `earlier`, with its notes; their fate, and all notes."""
    library.works.link(here, earlier)
    return summary(carry_over(library, earlier, here)), library.notes.of(here)


def _in_order(
    library: Library, other: str, here: Reading, analyser: str
) -> tuple[Reading, Reading] | None:
    """Another version and this one, the older first; None where that one is gone."""
    order = [one.id for one in _versions_of(library, here.article.id)]
    found = library.reading(other, analyser)
    if found is None or found.article.id not in order:
        return None
    return (
        (found, here)
        if order.index(found.article.id) < order.index(here.article.id)
        else (here, found)
    )


def _day(version: Version) -> str:
    return local_minute(version.added)


ASKING: dict[str, AskingAct] = {"versions": versions}
