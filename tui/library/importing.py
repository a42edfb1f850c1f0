"""Annotations come in from a file: each is found its article and its place, and what became of each is told.

What is there already is left alone, so that a second import changes nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from uuid import uuid4

import msgspec

from tui.article import Article, canonical
from tui.library.annotations import Annotation, Placed, Target, on_targets, target
from tui.library.incoming import Incoming
from tui.library.store import Library


class Outcome(StrEnum):
    """What became of an item."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    ORPHANED = "orphaned"
    REFUSED = "refused"


class Result(msgspec.Struct, frozen=True):
    """What became of one item: of which words, and why, where it was not simply imported."""

    outcome: Outcome
    words: str = ""
    reason: str = ""


_NOT_READ = "its article is not in the library: read it first, or name it with --onto"


def bring_in(library: Library, items: Sequence[Incoming], onto: str = "") -> list[Result]:
    """Put `items` into the library, all of an article's as one act, and tell what became of each.

    `onto` is the id of the article that they belong to, where the file does not say. Raises `LibraryError`.
    """
    results: list[Result] = []
    coming: dict[str, list[Annotation]] = defaultdict(list)
    for item in items:
        note, article = item.annotation, _article(library, item, onto)
        if note is None:
            results.append(Result(Outcome.REFUSED, "", item.refused))
        elif article is None:
            results.append(Result(Outcome.REFUSED, note.target.exact, _NOT_READ))
        elif _is_there(note, (*library.annotations(article.id), *coming[article.id])):
            results.append(Result(Outcome.DUPLICATE, note.target.exact, "is there already"))
        else:
            placed = _placed(note, article.text)
            if library.annotation(placed.id) is not None:  # on another article
                placed = msgspec.structs.replace(placed, id=uuid4().hex)
            coming[article.id].append(placed)
            lost = placed.is_orphan
            why = "its words are not in the text; it is listed in the notes, to be placed by hand" if lost else ""
            results.append(Result(Outcome.ORPHANED if lost else Outcome.IMPORTED, note.target.exact, why))
    for identity, notes in coming.items():
        library.add(identity, *notes)
    return results


def _article(library: Library, item: Incoming, onto: str) -> Article | None:
    """The article that an item is on: as told, by its id, or the newest version at its address."""
    for identity in filter(None, (onto, item.article)):
        if found := library.article(identity):
            return found
    versions = library.work(canonical(item.url)) if canonical(item.url) else ()
    return library.article(versions[-1].id) if versions else None


def _is_there(note: Annotation, others: Sequence[Annotation]) -> bool:
    return any(other.id == note.id or _says(other) == _says(note) for other in others)


def _says(note: Annotation) -> tuple[object, ...]:
    words = (note.target.prefix[-8:], note.target.exact, note.target.suffix[:8])
    return (*words, note.highlight, note.comment, note.tags, note.verdict, note.evidence, note.correction)


def _placed(note: Annotation, text: str) -> Annotation:
    """The note where its words lie in `text`: as it says, if they stand there; else where they are found."""
    from tui.library.anchoring import locate

    if note.is_orphan or _stands(note.target, text):
        return note
    places = {one: locate(one, text) for one in _targets(note)}
    if any(place is None for place in places.values()):
        return msgspec.structs.replace(note, placed=Placed.ORPHANED)

    def put(one: Target) -> Target:
        place = places[one]
        assert place is not None
        return target(text, (place.start, place.end))

    moved = any(place is not None and place.placed is Placed.MOVED for place in places.values())
    return msgspec.structs.replace(on_targets(note, put), placed=Placed.MOVED if moved else Placed.CARRIED)


def _stands(one: Target, text: str) -> bool:
    return (
        0 <= one.start < one.end <= len(text)
        and text[one.start : one.end] == one.exact
        and text.startswith(one.suffix, one.end)
    )


def _targets(note: Annotation) -> tuple[Target, ...]:
    return (note.target, *note.correction.of, *note.correction.to) if note.correction else (note.target,)
