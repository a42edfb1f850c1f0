"""Annotations come in from a file: each is given its article and its place, and is reported on.

What is there already is left alone, so that a second import changes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from uuid import NAMESPACE_OID, uuid5

import msgspec

from pullquote.article import canonical
from pullquote.library.store import Library
from pullquote.notes.anchoring import Placement, locate
from pullquote.notes.annotations import Annotation, Placed, Target, on_targets, target, targets_of
from pullquote.notes.incoming import Incoming


class Outcome(StrEnum):
    """What became of an item."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    ORPHANED = "orphaned"
    REFUSED = "refused"


class Result(msgspec.Struct, frozen=True):
    """What became of one item."""

    outcome: Outcome
    words: str = ""  # that it lies on; "" where the file does not say
    reason: str = ""  # one line; "" where it was simply imported


# characters of words without context from which their one place in a text is taken for theirs
_DISTINCTIVE = 12
_LOST = "no place for it that is sure enough; it is listed in the notes, to be placed by hand"
_NOT_READ = "its article is not in the library: read it first, or name it with --onto"


def bring_in(library: Library, items: Sequence[Incoming], onto: str = "") -> list[Result]:
    """Put `items` into the library, as one act for each article.

    Args:
        library: Has the articles that the items are on.
        items: As a format has read them (`pullquote.notes.incoming`).
        onto: The id of the article that all of them belong to; "" where each says so itself.

    Returns:
        What became of each, in their order.

    Raises:
        LibraryError: The library cannot be written. The items of some articles may be in.
    """
    results: dict[int, Result] = {}
    coming: dict[str, list[tuple[int, Annotation]]] = defaultdict(list)
    for number, item in enumerate(items):
        if item.annotation is None:
            results[number] = Result(Outcome.REFUSED, "", item.refused)
        elif identity := _article(library, item, onto):
            coming[identity].append((number, item.annotation))
        else:
            results[number] = Result(Outcome.REFUSED, item.annotation.target.exact, _NOT_READ)
    for identity, notes in coming.items():
        results |= _bring_in(library, identity, notes)
    return [results[number] for number in range(len(items))]


def _bring_in(
    library: Library, identity: str, notes: Sequence[tuple[int, Annotation]]
) -> dict[int, Result]:
    """Put `notes` onto the article of that id; what became of each, by its number."""
    article = library.articles.get(identity)
    assert article is not None
    # Looked for before what is there: an id that another import puts there in between is not taken
    # for another article's.
    taken = library.notes.taken([note.id for _, note in notes])
    there = library.notes.of(identity)
    ids, contents = {note.id for note in there}, {_content(note) for note in there}
    results, new = {}, []
    for number, note in notes:
        placed = note if note.id in ids else found_in(note, article.text)
        if placed.id in ids or _content(placed) in contents:
            results[number] = Result(Outcome.DUPLICATE, note.target.exact, "is there already")
            continue
        if placed.id in taken:  # on another article; a second import must come to the same id
            placed = msgspec.structs.replace(
                placed, id=uuid5(NAMESPACE_OID, f"{placed.id} {identity}").hex
            )
        ids.add(placed.id)
        contents.add(_content(placed))
        new.append(placed)
        lost = placed.is_orphan
        results[number] = Result(
            Outcome.ORPHANED if lost else Outcome.IMPORTED, note.target.exact, _LOST * lost
        )
    library.notes.add(identity, *new)
    return results


def _article(library: Library, item: Incoming, onto: str) -> str | None:
    """The id of the article that an item is on: by its id, or the newest at its address."""
    for identity in filter(None, (onto, item.article)):
        if library.works.versions(identity):
            return identity
    versions = library.works.get(canonical(item.url)) if canonical(item.url) else ()
    return versions[-1].id if versions else None


def _content(note: Annotation) -> tuple[object, ...]:
    words = (note.target.prefix[-8:], note.target.exact, note.target.suffix[:8])
    return (
        *words,
        note.highlight,
        note.comment,
        note.tags,
        note.verdict,
        note.evidence,
        note.correction,
    )


def found_in(note: Annotation, text: str) -> Annotation:
    """The note where its words lie in `text`: as it says, if they are there, else as found."""
    if note.is_orphan or all(_is_there(one, text) for one in targets_of(note)):
        return note
    places = {one: _place(one, text) for one in targets_of(note)}
    if any(place is None for place in places.values()):
        return msgspec.structs.replace(note, placed=Placed.ORPHANED)

    def put(one: Target) -> Target:
        place = places[one]
        assert place is not None
        return target(text, (place.start, place.end))

    moved = any(place is not None and place.placed is Placed.MOVED for place in places.values())
    return msgspec.structs.replace(
        on_targets(note, put), placed=Placed.MOVED if moved else Placed.CARRIED
    )


def _is_there(target: Target, text: str) -> bool:
    """Whether the words stand where the target says, among the words that it says."""
    return (
        target.stands(text)
        and text.startswith(target.suffix, target.end)
        and text.endswith(target.prefix, 0, target.start)
    )


def _place(target: Target, text: str) -> Placement | None:
    """Where a target lies in `text`: as it says, as found, or where its words stand just once."""
    if _is_there(target, text):
        return Placement(target.start, target.end, Placed.CARRIED)
    found = locate(target, text)
    if found or target.prefix or target.suffix or len(target.exact) < _DISTINCTIVE:
        return found
    start = text.find(target.exact)
    end = start + len(target.exact)
    is_only = start >= 0 and text.find(target.exact, start + 1) < 0
    is_whole = re.compile(rf"(?<!\w){re.escape(target.exact)}(?!\w)").match(text, max(0, start))
    return Placement(start, end, Placed.MOVED) if is_only and is_whole else None
