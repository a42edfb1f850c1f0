"""What an act may ask the reader: each question is a value, which the screen asks with a dialog.

`save` saves an answer while its dialog is open, and says why it could not, or "": what was typed
stays in the dialog until it is saved. The dialogs are in tui/pullquote/reader/asking.py.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import msgspec

from pullquote.library.metadata import Field
from pullquote.notes.changes import Changes, Piece
from pullquote.notes.reading import Layer
from pullquote.reader.guarded import Guarded

if TYPE_CHECKING:
    from pullquote.reader.evidence import Gathering

Answer = TypeVar("Answer")
Value = TypeVar("Value")
Save = Callable[[Value], Awaitable[str]]
Check = Callable[[str], str | None]  # what is wrong with a line, or None
Tags = tuple[str, ...]


class Question(msgspec.Struct, Generic[Answer], frozen=True):
    """Something to ask; answered with an `Answer`, or with None where the reader leaves."""


class Choose(Question[int], frozen=True):
    """One of several; answered with its index, those of `names` behind those of `choices`."""

    title: str
    choices: Sequence[str]
    names: Sequence[str] = ()  # found by typing some letters of them
    chips: Sequence[str] = ()  # the styles of the choices' digits
    at: int | None = None  # which it is now


class Write(Question[str], frozen=True):
    """A note of several lines."""

    title: str
    text: str
    save: Save[str]


class WriteLine(Question[str], frozen=True):
    """One line."""

    title: str
    value: str
    hint: str
    check: Check
    save: Save[str]


class GiveTags(Question[Tags], frozen=True):
    """Tags, with those used before to choose from."""

    title: str
    tags: Tags
    known: Callable[[], Awaitable[Tags]]
    save: Save[Tags]


class GiveEvidence(Question[None], frozen=True):
    """The evidence for a verdict, one piece after another."""

    title: str
    gathering: "Gathering"


class ChooseClaims(Question[dict[str, frozenset[str]]], frozen=True):
    """Values of several groups."""

    groups: Mapping[str, Sequence[str]]
    chosen: Mapping[str, frozenset[str]]


class ChooseKinds(Question[frozenset[str]], frozen=True):
    """Which kinds are highlighted; answered with those that are not."""

    layers: Sequence[Layer]
    hidden: frozenset[str]


class ChooseMentions(Question[frozenset[int]], frozen=True):
    """Some of an actor's mentions; answered with their indexes."""

    title: str
    mentions: Sequence[str]
    chosen: frozenset[int]


class ShowChanges(Question[None], frozen=True):
    """What changed from one version to another; nothing is asked."""

    found: Changes
    title: str


class There(NamedTuple):
    """A place where the same is said: what it is to what is said here, and both in pieces."""

    remark: str
    outlet: str  # with the day
    title: str
    speaker: str
    sides: tuple[tuple[Piece, ...], tuple[Piece, ...]]  # here and there
    known: tuple[str, str] = ("", "")  # of how it is said here and there


class Compare(Question[int], frozen=True):
    """The same in other articles; answered with the index of the place to go to."""

    title: str
    speaker: str  # who says it here
    places: Sequence[There]


class PutRight(Question[Mapping[str, str]], frozen=True):
    """The metadata of an article; answered with the fields that are to be other than they are."""

    fields: Sequence[Field]
    save: Save[Mapping[str, str]]


class FromLibrary(Question[tuple[str, int | None]], frozen=True):
    """An article of the library; answered with its id, and the offset to go to, if one is meant."""

    library: Guarded
    is_inbox: bool = False  # of what is in the inbox


class ShowVoice(Question[tuple[str, int | None]], frozen=True):
    """All that one voice said; answered with an article's id, and the offset to go to."""

    library: Guarded
    number: int
    verdicts: Sequence[str]
    analyser: str


class FromVoices(Question[int], frozen=True):
    """One of the voices of the library; answered with its number."""

    library: Guarded
    title: str = "Voices"


class FromSaid(Question[tuple[str, int | None]], frozen=True):
    """Something that is said in any article; answered with the article's id and its offset."""

    library: Guarded
