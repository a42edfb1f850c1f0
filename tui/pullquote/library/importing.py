"""Annotations come in from a file: each is given its article and its place, and is reported on.

What is there already is left alone, so that a second import changes nothing. What is on an article
that is not in the library waits, and finds its place when that comes (`place_waiting`). An article
is known by its id or address, for certain; else by title or words, and then only as far as the
notes have a place in it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import NAMESPACE_OID, uuid5

import msgspec

from pullquote.article import canonical
from pullquote.library.imports import Begun
from pullquote.library.placing import placed_in
from pullquote.library.store import Library, LibraryError
from pullquote.library.waiting import TELLING, title_key, words_key
from pullquote.notes.annotations import (
    Annotation,
    Motivation,
    Placed,
)
from pullquote.notes.incoming import NOWHERE, Incoming


class Outcome(StrEnum):
    """What became of an item."""

    IMPORTED = "imported"
    WAITING = "waiting"  # for its article
    DUPLICATE = "duplicate"
    ORPHANED = "orphaned"
    SKIPPED = "skipped"  # left out on purpose: a bookmark
    REFUSED = "refused"


class Result(msgspec.Struct, frozen=True):
    """What became of one item."""

    outcome: Outcome
    words: str = ""  # that it lies on; "" where the file does not say
    reason: str = ""  # one line; "" where it was simply imported
    motivation: Motivation | None = None  # none for what is no note
    note: str = ""  # the id under which it is in the library
    article: str = ""  # and that of the article it is on


Watch = Callable[[], object]  # called for each item whose fate is known


def _nobody() -> None:
    """Nobody watches."""


_LOST = "no place for it that is sure enough; it is listed in the notes, to be placed by hand"
_NOTHING = "neither an address, a title nor words to know its article by: name it with --onto"
_WAITS = "waits for its article"
_THERE = "is there already"
_FIRST_WORDS = 8  # of a note's, by which the articles that may have it are looked up
_FEW = 4  # articles with these words that are looked at, the newest


class _Seat(NamedTuple):
    """An item with its number in the file; `sure` where its article is known for certain."""

    number: int
    item: Incoming
    note: Annotation
    sure: bool


def bring_in(
    library: Library,
    items: Sequence[Incoming],
    onto: str = "",
    watch: Watch = _nobody,
    begun: Begun | None = None,
) -> list[Result]:
    """Put `items` into the library, as one act for each article; the rest waits.

    Args:
        library: Has the articles that the items are on, or some of them.
        items: As a format has read them (`pullquote.notes.incoming`).
        onto: The id of the article that all of them belong to; "" where each says so itself.
        watch: Called once for each item.
        begun: The import that they are part of, which can be undone.

    Returns:
        What became of each, in their order.

    Raises:
        LibraryError: The library cannot be written. The items of some articles may be in.
    """
    results: dict[int, Result] = {}
    coming: dict[str, list[_Seat]] = defaultdict(list)
    waiting = list[_Seat]()
    shelf = _Shelf(library)
    for number, item in enumerate(items):
        if item.annotation is None:
            outcome = Outcome.SKIPPED if item.skipped else Outcome.REFUSED
            results[number] = Result(outcome, "", item.skipped or item.refused)
            watch()
            continue
        identity = _article(library, item, onto)
        seat = _Seat(number, item, item.annotation, bool(identity))
        if identity := identity or shelf.fitting(item):
            coming[identity].append(seat)
        else:
            waiting.append(seat)
            watch()
    for identity, seats in coming.items():
        came, new = _seated(library, identity, seats, watch)
        with library.transaction():
            library.notes.add(identity, *new)
            if new:  # what waited for the article since an earlier import
                library.imports.placed(identity, [note.id for note in new])
                library.waiting.drop(note.id for note in new)
            _note(library, begun, came)
        results |= came
    waiting += [
        seat
        for seats in coming.values()
        for seat in seats
        if results[seat.number].outcome is Outcome.WAITING
    ]
    with library.transaction():
        waits = _let_wait(library, waiting)
        _note(library, begun, waits)
    results |= waits
    return [results[number] for number in range(len(items))]


def _note(library: Library, begun: Begun | None, results: Mapping[int, Result]) -> None:
    """Note what an import has brought."""
    if begun:
        brought = [(one.note, one.article) for one in results.values() if one.note]
        library.imports.note(begun, brought)


def place_waiting(library: Library, identity: str) -> int:
    """Anchor the notes that waited for an article that is in the library now, as one act.

    Those that name its address and have no place in it are listed with it as orphans; others go on
    waiting.

    Args:
        library: Has the article.
        identity: The article's id.

    Returns:
        How many found their place.

    Raises:
        LibraryError: The library cannot be read or written.
    """
    article = library.articles.get(identity) if library.waiting.count() else None
    if article is None or library.read_only:
        return 0
    seats = [
        _Seat(number, one.item, _unplaced(one.item.annotation), one.sure)
        for number, one in enumerate(library.waiting.candidates(article))
        if one.item.annotation
    ]
    if not seats:
        return 0
    results, new = _seated(library, identity, seats, _nobody)
    done = [seat for seat in seats if results[seat.number].outcome is not Outcome.WAITING]
    ids = [seat.note.id for seat in done]
    with library.transaction():
        library.notes.add(identity, *new)
        library.imports.placed(identity, ids)
        library.waiting.drop(ids)
    return sum(results[seat.number].outcome is Outcome.IMPORTED for seat in done)


def settle_waiting(library: Library, identity: str) -> str:
    """Anchor what waited for an article that is opened; says so, or "" where nothing has.

    Where the library cannot be written now, they wait on: the article can be read all the same.
    """
    try:
        count = place_waiting(library, identity)
    except LibraryError:
        return ""
    if count == 1:
        return "1 waiting note found its place"
    return f"{count} waiting notes found their place" if count else ""


def _unplaced(note: Annotation) -> Annotation:
    """A note as it was before it lost its place elsewhere: it may have one here."""
    return msgspec.structs.replace(note, placed=Placed.HERE)


def _let_wait(library: Library, seats: Sequence[_Seat]) -> dict[int, Result]:
    """Put notes among those that wait; what became of each, by its number."""
    results = dict[int, Result]()
    if not seats:
        return results
    known = {seat.number for seat in seats if _is_known_by_something(seat.item)}
    there = library.notes.taken([seat.note.id for seat in seats])
    new = set(
        library.waiting.add(
            [seat.item for seat in seats if seat.number in known and seat.note.id not in there]
        )
    )
    for seat in seats:
        words, motivation = seat.note.target.exact, seat.note.motivation
        if seat.number not in known:
            results[seat.number] = Result(Outcome.REFUSED, words, _NOTHING, motivation)
        elif seat.note.id in new:
            new.remove(seat.note.id)
            results[seat.number] = Result(
                Outcome.WAITING, words, _WAITS, motivation, note=seat.note.id
            )
        else:
            reason = _THERE if seat.note.id in there else "waits already"
            results[seat.number] = Result(Outcome.DUPLICATE, words, reason, motivation)
    return results


def _is_known_by_something(item: Incoming) -> bool:
    """Whether an article that comes could be known to be an item's."""
    assert item.annotation is not None
    words = words_key(item.annotation.target.exact)
    return bool(canonical(item.url) or title_key(item.title) or len(words) >= TELLING)


def _seated(
    library: Library, identity: str, seats: Sequence[_Seat], watch: Watch
) -> tuple[dict[int, Result], list[Annotation]]:
    """Anchor notes in the article of that id: what is to become of each, and those that are new.

    One that is not for certain on it and has no place in it is left out, as waiting.
    """
    article = library.articles.get(identity)
    assert article is not None
    # Looked for before what is there: an id that another import puts there in between is not taken
    # for another article's.
    taken = library.notes.taken([seat.note.id for seat in seats])
    there = library.notes.of(identity)
    ids, contents = {note.id for note in there}, {_content(note) for note in there}
    said = {says for note in there for says in (_says(note), _says(note, NOWHERE))}
    results, new = dict[int, Result](), list[Annotation]()
    for number, item, note, sure in seats:
        watch()
        words, motivation = note.target.exact, note.motivation
        placed = note if note.id in ids else placed_in(note, article, item.whole)
        is_said = not item.whole and _is_without_context(note) and _says(note) in said
        if placed.id in ids or is_said or _content(placed) in contents:
            results[number] = Result(Outcome.DUPLICATE, words, _THERE, motivation)
            continue
        if placed.is_orphan and not sure:
            results[number] = Result(Outcome.WAITING, words, _WAITS, motivation)
            continue
        if placed.id in taken:  # on another article; a second import must come to the same id
            again = uuid5(NAMESPACE_OID, f"{placed.id} {identity}").hex
            placed = msgspec.structs.replace(placed, id=again)
            if again in ids:
                results[number] = Result(Outcome.DUPLICATE, words, _THERE, motivation)
                continue
        ids.add(placed.id)
        contents.add(_content(placed))
        new.append(placed)
        lost = placed.is_orphan
        results[number] = Result(
            Outcome.ORPHANED if lost else Outcome.IMPORTED,
            words,
            _LOST * lost,
            motivation,
            note=placed.id,
            article=identity,
        )
    return results, new


# --- the article


def _article(library: Library, item: Incoming, onto: str) -> str | None:
    """The id of the article that an item is on for certain: by its id, or the newest there."""
    for identity in filter(None, (onto, item.article)):
        if library.works.versions(identity):
            return identity
    versions = library.works.get(canonical(item.url)) if canonical(item.url) else ()
    return versions[-1].id if versions else None


class _Shelf:
    """The library's articles by what notes know of them without an address."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._titles: dict[str, str] | None = None
        self._texts = dict[str, tuple[str, str]]()  # the words and the address of articles by id

    def fitting(self, item: Incoming) -> str | None:
        """The id of the newest article that has an item's words, else of one with its title.

        None for an item with an address that is not here.
        """
        assert item.annotation is not None
        words, address = words_key(item.annotation.target.exact), canonical(item.url)
        if self._titles is None:
            self._titles = {title_key(title): one for one, title in self._library.articles.titles()}
        titled = self._titles.get(title_key(item.title) or "-")
        found = [titled] if titled else []
        if len(words) >= TELLING:
            found += self._library.articles.with_words(words.split()[:_FIRST_WORDS], _FEW)
        here = [one for one in found if not (address and self._known(one)[1])]
        with_words = (one for one in here if len(words) >= TELLING and words in self._known(one)[0])
        return next(with_words, titled if titled in here else None)

    def _known(self, identity: str) -> tuple[str, str]:
        if identity not in self._texts:
            article = self._library.articles.get(identity)
            self._texts = dict(list(self._texts.items())[-_FEW:])
            self._texts[identity] = (
                (words_key(article.text), canonical(article.url)) if article else ("", "")
            )
        return self._texts[identity]


# --- what is there already


def _is_without_context(note: Annotation) -> bool:
    return not note.target.prefix and not note.target.suffix


def _says(note: Annotation, start: int | None = None) -> tuple[object, ...]:
    """What a note says of which words (at `start`, else where it lies), whatever is around them.

    Forms made for people lose whether there is a highlight under a comment.
    """
    start = note.target.start if start is None else start
    bodies = (note.comment, note.tags, note.verdict, note.evidence, note.correction)
    return start, note.target.exact, *bodies, note.highlight * (not any(bodies))


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
