"""Where a note out of a file lies in its article: as it says, or where its words stand."""

import re

import msgspec

from pullquote.article import Article
from pullquote.notes.anchoring import Placement, locate
from pullquote.notes.annotations import Annotation, Placed, Target, on_targets, target, targets_of
from pullquote.text import paragraphs

# characters of words without context from which their one place in a text is taken for theirs
_DISTINCTIVE = 12


def placed_in(note: Annotation, article: Article, whole: bool) -> Annotation:
    """The note where it lies in an article; one on the whole on its headline or first paragraph."""
    if not whole:
        return found_in(note, article.text)
    heads = (*article.headings[:1], *paragraphs(article.text)[:1])
    if not heads:
        return msgspec.structs.replace(note, placed=Placed.ORPHANED)
    return msgspec.structs.replace(note, target=target(article.text, heads[0]))


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
