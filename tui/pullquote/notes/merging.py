"""Two readers change one note: both contributions stay.

What each made of the note is compared with what the one who is saving saw before (a three-way
merge). Tags and evidence join, a change that only one made stands, and of two comments both are
saved. Where a note can have just one of something, a verdict say, what is saved last stands; the
reader is told so, and one step of undo brings the other back.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from pullquote.notes import evidence
from pullquote.notes.annotations import Annotation

BETWEEN = "\n\n---\n\n"  # stands between two comments on one note: a line across, in Markdown

_ONE_OF = {
    "highlight": "highlight",
    "verdict": "verdict",
    "correction": "correction",
    "target": "place",
}
_MEANWHILE = "this note was changed elsewhere meanwhile"


class Merged(NamedTuple):
    """What a note becomes, None for nothing, and a line for the reader where there is need."""

    note: Annotation | None
    remark: str = ""


def merged(seen: Annotation | None, wanted: Annotation | None, stored: Annotation | None) -> Merged:
    """What to store, where another reader may have saved the same note in the meantime.

    Args:
        seen: The note as the reader who is saving saw it; None for a new one.
        wanted: As they want it; None to remove it.
        stored: As it is in the library by now; None if it is not there.

    Returns:
        A note that says nothing is None; the remark is "" where nobody else has changed it.
    """
    if stored in (seen, wanted):
        return Merged(wanted)
    if seen is None:  # added under an id that another has added in the meantime
        return Merged(stored)
    if stored is None:
        return Merged(
            wanted, "this note was removed elsewhere meanwhile; it is back, as you changed it"
        )
    if wanted is None:
        return Merged(stored, f"not removed: {_MEANWHILE}")
    note = _both(seen, wanted, stored)
    return Merged(None if note.is_bare else note, _remark(seen, wanted, stored, note))


class Course(NamedTuple):
    """What became of one note in one library."""

    now: Annotation | None  # None for one that is not there
    states: frozenset[Annotation] = frozenset()  # all that it has been, as far as is known
    at: str = ""  # when it was last changed there; ISO 8601, UTC
    is_removed: bool = False  # whether the reader took it away; else it has never been there
    first: Annotation | None = None  # as what it came, as far as is known

    @property
    def order(self) -> tuple[str, bytes]:
        """Sorts the later one last; of two of one moment, always the same."""
        modified = self.now.modified if self.now else ""
        return max(self.at, modified), msgspec.json.encode(self.now)


def joined(one: Course, other: Course) -> Annotation | None:
    """What a note becomes where two libraries are merged, whichever of them into which.

    A state that the other has been through is an earlier one. Where both went on from a common
    state, both changes stay, and the later one where there can be just one. A change stands against
    a removal that did not know of it.
    """
    if one.now == other.now:
        return one.now
    earlier, later = sorted((one, other), key=lambda course: course.order)
    if earlier.now is None or later.now is None:
        gone, there = (earlier, later) if earlier.now is None else (later, earlier)
        return None if gone.is_removed and there.now in gone.states else there.now
    if earlier.now in later.states:
        return later.now
    if later.now in earlier.states:
        return earlier.now
    common = one.states & other.states
    seen = max(common, key=lambda note: Course(note).order) if common else _blank(earlier.now)
    note = _both(seen, later.now, earlier.now)
    return None if note.is_bare else note


def _blank(note: Annotation) -> Annotation:
    """The note before anything was said in it: where nothing is known, both have added."""
    bare: dict[str, Any] = {"highlight": 0, "comment": "", "verdict": "", "correction": None}
    return msgspec.structs.replace(note, tags=(), evidence=(), **bare)


def _both(seen: Annotation, wanted: Annotation, stored: Annotation) -> Annotation:
    notes = (seen, wanted, stored)
    return Annotation(
        **{name: _value(name, *(getattr(note, name) for note in notes)) for name in _FIELDS}
    )


def _value(name: str, seen: Any, wanted: Any, stored: Any) -> Any:
    if wanted == seen:
        return stored
    if stored in (seen, wanted):
        return wanted
    return _JOINED[name](seen, wanted, stored) if name in _JOINED else wanted


def _comments(seen: str, wanted: str, stored: str) -> str:
    """Both comments, one below the other; where one has all of the other in it, that one alone."""
    if _has_lines(wanted, stored):
        return wanted
    return stored if _has_lines(stored, wanted) else f"{stored}{BETWEEN}{wanted}"


def _has_lines(comment: str, other: str) -> bool:
    """Whether the lines of `other` stand in `comment` as they are."""
    return not other or f"\n{other}\n" in f"\n{comment}\n"


def _lists(
    seen: tuple[Any, ...], wanted: tuple[Any, ...], stored: tuple[Any, ...]
) -> tuple[Any, ...]:
    """What either has added, without what either has taken away."""
    gone = set(seen) - (set(wanted) & set(stored))
    return tuple(one for one in dict.fromkeys((*stored, *wanted)) if one not in gone)


_FIELDS = Annotation.__struct_fields__
_JOINED: dict[str, Callable[[Any, Any, Any], Any]] = {
    "comment": _comments,
    "tags": _lists,
    "evidence": evidence.joined,
    "modified": lambda seen, wanted, stored: max(wanted, stored),
}


def _remark(seen: Annotation, wanted: Annotation, stored: Annotation, note: Annotation) -> str:
    if BETWEEN in note.comment and note.comment not in (wanted.comment, stored.comment):
        what = "both comments are saved, yours below"
    else:
        what = "both changes are saved"
    replaced = [word for name, word in _ONE_OF.items() if _is_replaced(name, seen, wanted, stored)]
    stands = (
        f", but of the two there can be one {' and one '.join(replaced)}: yours" if replaced else ""
    )
    return f"{_MEANWHILE}: {what}{stands}"


def _is_replaced(name: str, *notes: Annotation) -> bool:
    return len({msgspec.json.encode(getattr(note, name)) for note in notes}) == len(notes)
