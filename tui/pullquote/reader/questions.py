"""What an act may ask the reader: each question is a value, which the screen asks with a dialog.

`save` saves an answer while its dialog is open, and says why it could not, or "": what was typed
stays in the dialog until it is saved. The dialogs are in tui/pullquote/reader/asking.py.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pullquote.library.elsewhere import Place
from pullquote.library.metadata import Field
from pullquote.notes.annotations import Evidence
from pullquote.notes.changes import Changes
from pullquote.notes.reading import Layer
from pullquote.reader.guarded import Guarded

Answer = TypeVar("Answer")
Value = TypeVar("Value")
Save = Callable[[Value], Awaitable[str]]
Check = Callable[[str], str | None]  # what is wrong with a line, or None
Tags = tuple[str, ...]


class Question(Generic[Answer]):
    """Something to ask; answered with an `Answer`, or with None where the reader leaves."""


@dataclass(frozen=True)
class Choose(Question[int]):
    """One of several; answered with its index, those of `names` behind those of `choices`."""

    title: str
    choices: Sequence[str]
    names: Sequence[str] = ()  # found by typing some letters of them
    chips: Sequence[str] = ()  # the styles of the choices' digits
    at: int | None = None  # which it is now


@dataclass(frozen=True)
class Write(Question[str]):
    """A note of several lines."""

    title: str
    text: str
    save: Save[str]


@dataclass(frozen=True)
class WriteLine(Question[str]):
    """One line."""

    title: str
    value: str
    hint: str
    check: Check
    save: Save[str]


@dataclass(frozen=True)
class GiveTags(Question[Tags]):
    """Tags, with those used before to choose from."""

    title: str
    tags: Tags
    known: Callable[[], Awaitable[Tags]]
    save: Save[Tags]


@dataclass(frozen=True)
class GiveEvidence(Question[None]):
    """The evidence for a verdict, one link after another."""

    title: str
    evidence: tuple[Evidence, ...]
    wrong: Callable[[Evidence], str | None]
    save: Save[tuple[Evidence, ...]]


@dataclass(frozen=True)
class ChooseClaims(Question[dict[str, frozenset[str]]]):
    """Values of several groups."""

    groups: Mapping[str, Sequence[str]]
    chosen: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class ChooseKinds(Question[frozenset[str]]):
    """Which kinds are highlighted; answered with those that are not."""

    layers: Sequence[Layer]
    hidden: frozenset[str]


@dataclass(frozen=True)
class ChooseMentions(Question[frozenset[int]]):
    """Some of an actor's mentions; answered with their indexes."""

    title: str
    mentions: Sequence[str]
    chosen: frozenset[int]


@dataclass(frozen=True)
class ShowChanges(Question[None]):
    """What changed from one version to another; nothing is asked."""

    found: Changes
    title: str


@dataclass(frozen=True)
class Compare(Question[int]):
    """The same words in other articles; answered with the index of the place to go to."""

    places: Sequence[Place]
    speaker: str  # who says them here


@dataclass(frozen=True)
class PutRight(Question[Mapping[str, str]]):
    """The metadata of an article; answered with the fields that are to be other than they are."""

    fields: Sequence[Field]
    save: Save[Mapping[str, str]]


@dataclass(frozen=True)
class FromLibrary(Question[tuple[str, int | None]]):
    """An article of the library; answered with its id, and the offset to go to, if one is meant."""

    library: Guarded
    is_inbox: bool = False  # of what is in the inbox


@dataclass(frozen=True)
class ShowVoice(Question[tuple[str, int | None]]):
    """All that one voice said; answered with an article's id, and the offset to go to."""

    library: Guarded
    number: int
    verdicts: Sequence[str]
    analyser: str


@dataclass(frozen=True)
class FromVoices(Question[int]):
    """One of the voices of the library; answered with its number."""

    library: Guarded
    title: str = "Voices"
