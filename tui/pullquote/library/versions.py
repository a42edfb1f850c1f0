"""A text changes: the reader's notes go over from one version of an article to the next.

The notes of the earlier version stay where they are; the later one gets copies of its own, each
marked as carried, moved or orphaned. Carrying over twice adds nothing, whichever way: a copy
remembers what it is a copy of, and so leads back to the note that was made first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile
from uuid import NAMESPACE_OID, uuid5

import msgspec

from pullquote.article import Article
from pullquote.library.store import Library
from pullquote.library.works import Version
from pullquote.notes.annotations import Annotation, Placed
from pullquote.notes.reading import Reading, derived


def carry_over(library: Library, earlier: str, later: str, lost: bool = True) -> Counter[Placed]:
    """Carry the notes that are not there yet over to a later version, as one act.

    Args:
        library: Has both versions.
        earlier: The id of the article that the notes are on.
        later: The id of the one that they go to.
        lost: Whether to carry them over where not one of them finds a place.

    Returns:
        How many notes came over how.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    old, new = library.articles.get(earlier), library.articles.get(later)
    if old is None or new is None:
        return Counter()
    copies = _copies(library, old, new)
    if lost or not all(copy.is_orphan for copy in copies):
        library.notes.add(later, *copies)
    return Counter(copy.placed for copy in copies)


def _copies(library: Library, old: Article, new: Article) -> tuple[Annotation, ...]:
    """The notes of one version as they lie in a later one, where they are not there yet."""
    from pullquote.notes.anchoring import carried

    origins = _origins(library, old.id, new.id)
    # Whoever carries a note over names its copy so; of two who do it at once, the library takes the
    # copy of one.
    return tuple(
        msgspec.structs.replace(
            carried(note, old.text, new.text),
            id=uuid5(NAMESPACE_OID, f"{_first(note.id, origins)} {new.id}").hex,
        )
        for note in not_carried(library, old.id, new.id)
    )


def with_first(library: Library, reading: Reading, versions: Sequence[Version]) -> Reading:
    """A reading that knows the first of the `versions` of its work, the first first.

    Raises:
        LibraryError: The library cannot be read.
    """
    if not versions or versions[0].id == reading.article.id:
        return reading
    return msgspec.structs.replace(reading, first=library.articles.get(versions[0].id))


def with_earlier_notes(library: Library, reading: Reading, versions: Sequence[Version]) -> Reading:
    """A reading with the notes that wait in an earlier version, as if they were carried over.

    Nothing is written. Notes wait while the reader has not decided about them (`undecided`); they
    are those of the last of the `versions` before that has any.

    Raises:
        LibraryError: The library cannot be read.
    """
    article = reading.article
    before = takewhile(lambda version: version.id != article.id, versions)
    noted = [version.id for version in before if version.notes]
    old = library.articles.get(noted[-1]) if noted else None
    if old is None or library.notes.of(old.id) != not_carried(library, old.id, article.id):
        return reading
    notes = sorted((*reading.annotations, *_copies(library, old, article)), key=_in_order)
    return derived(article, reading.machine, tuple(notes))


def _in_order(note: Annotation) -> tuple[bool, int, int, str, str]:
    """In the order of the text, orphans last, as the library has them."""
    return note.is_orphan, *note.target.span, note.created, note.id


def not_carried(library: Library, earlier: str, later: str) -> tuple[Annotation, ...]:
    """The notes of one version that are not on another, neither as such nor as a copy.

    Args:
        library: Has both versions.
        earlier: The id of the article that the notes are on.
        later: The id of the one that they may have been carried over to.

    Raises:
        LibraryError: The library cannot be read.
    """
    origins = _origins(library, earlier, later)
    there = {_first(note.id, origins) for note in library.notes.of(later)}
    notes = library.notes.of(earlier)
    return tuple(note for note in notes if _first(note.id, origins) not in there)


def _origins(library: Library, *articles: str) -> dict[str, str]:
    """Of each note on any version of these articles, what it is a copy of; "" for none."""
    versions = {one.id for article in articles for one in library.works.versions(article)}
    return {note.id: note.origin for one in versions for note in library.notes.of(one)}


def _first(note: str, origins: Mapping[str, str]) -> str:
    """The id of the note that this one was carried over from, over however many versions."""
    seen = set[str]()
    while note not in seen and (origin := origins.get(note)):
        seen.add(note)
        note = origin
    return note


def undecided(library: Library, article: str) -> str | None:
    """The version before, while the reader has not decided what it is to this one.

    Args:
        library: Has the article.
        article: Its id.

    Returns:
        The id of the version before, if it has notes and none of them has been carried over.

    Raises:
        LibraryError: The library cannot be read.
    """
    earlier = library.works.earlier(article)
    if earlier is None:
        return None
    notes = library.notes.of(earlier)
    return earlier if notes and notes == not_carried(library, earlier, article) else None


# the share of three-word runs in common from which one text is taken for a version of another
_ALIKE = 0.1


def are_alike(one: str, other: str) -> bool:
    """Whether one text may be a version of the other, not another article in its file."""
    a, b = _runs(one), _runs(other)
    return len(a & b) >= _ALIKE * min(len(a), len(b))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(words, words[1:], words[2:], strict=False))


def summary(counts: Counter[Placed]) -> str:
    """How many notes came over how, in words."""
    hows = (Placed.CARRIED, Placed.MOVED, Placed.ORPHANED)
    parts = [f"{counts[how]} {how}" for how in hows if counts[how]]
    return f"notes: {', '.join(parts)}" if parts else "no notes to carry over"
