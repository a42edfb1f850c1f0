"""What an edit knows of itself: its words, what it asks, what it does and what it trains.

An edit is one class in edits.py; the menu, the dialogs, the notes' lines and the training export
come from it.
"""

from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from pullquote.findings import (
    NOBODY,
    STATED,
    Actor,
    Finding,
    FindingKind,
    Findings,
    Statement,
)
from pullquote.notes.annotations import Correction, Edit
from pullquote.notes.corrections.steps import Case, mentioned, statements_at
from pullquote.text import Spans, one_line


class Asks(StrEnum):
    """What the reader is asked for, once an edit is chosen."""

    NOTHING = "nothing"
    VERDICT = "verdict"  # nothing, but what stands there is kept with it
    VALUE = "value"  # one of `values`
    SPEAKER = "speaker"  # an actor, or nobody named
    ACTOR = "actor"  # another actor
    WORDS = "words"  # to be selected in the text
    EXTENT = "extent"  # to be grown or shrunk in the text
    NAME = "name"
    MENTIONS = "mentions"  # some of the actor's, and a name


_WORDS = {Edit.SOURCING: "kind of source", Edit.COMMITMENT: "firmness"}


class EditSpec:
    """One edit.

    In `menu`, `line` and `done` stand {kind}, {edit}, {role} (of who says it), {to} (the words
    there) and {value}.
    """

    edit: Edit
    kinds: tuple[FindingKind, ...]  # of the findings that it can be made of
    asks: ClassVar[Asks] = Asks.NOTHING
    question: ClassVar[str] = ""  # over the list or line that asks
    values: tuple[StrEnum, ...] = ()  # to choose from
    menu: ClassVar[str] = ""  # its line in the menu; none where it is not offered there
    line: ClassVar[str]  # as a note tells it
    done: ClassVar[str] = "{edit}: {value}"  # as the status line tells it
    repeats: ClassVar[bool] = False  # whether a second one does not take the place of the first

    answer: ClassVar[str] = "accept"  # in training data
    label: ClassVar[str] = ""  # there, of what stands at `to`
    field: str = ""  # of the finding, which it sets: "was" in training data
    names_actor: ClassVar[bool] = False  # whether `to` is a mention of who is meant

    # --- in words

    @property
    def word(self) -> str:
        """What it changes, as a reader knows it."""
        return _WORDS.get(self.edit, self.edit)

    def menu_line(self, kind: FindingKind) -> str:
        """How it is offered for a finding of that kind."""
        role = STATED[kind].speaker_role if kind in STATED else ""
        return self.menu.format(kind=kind, edit=self.word, role=role)

    def note_line(self, correction: Correction) -> str:
        """The correction on one line, for people."""
        words = self.line.format(
            kind=correction.kind, edit=self.edit, to=quoted(correction), value=correction.value
        )
        return one_line(words).rstrip(" :")

    def done_line(self, correction: Correction) -> str:
        """What was just done, for the status line."""
        return self.done.format(kind=correction.kind, edit=self.word, value=correction.value)

    # --- applied

    def applied(self, case: Case) -> Findings | None:
        """The findings after it; None where it has nothing to be applied to.

        Raises `ValueError` for a value that this version does not know.
        """
        if case.correction.kind is FindingKind.ACTOR:
            actor = mentioned(case.found, case.of[0])
            return self.on_actor(case, actor) if actor else self.on_no_actor(case)
        here = statements_at(case.found, case.correction.kind, case.of)
        if len(here) > 1 or any(one[1] > other[0] for one, other in pairwise(self.result(case))):
            return None
        return self.on_statement(case, here[0]) if here else self.on_no_statement(case)

    def result(self, case: Case) -> Spans:
        """The spans that must be in order."""
        return case.to

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        """Of what somebody says: a quote, claim or warning."""
        return None

    def on_no_statement(self, case: Case) -> Findings | None:
        """Of one that is not there."""
        return None

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        """Of an actor."""
        return None

    def on_no_actor(self, case: Case) -> Findings | None:
        """Of one who is not mentioned there."""
        return None

    # --- as training data

    def right(self, of: Spans, to: Spans) -> Spans:
        """Where the finding lies by the reader's word."""
        return of

    def before(self, of: Spans) -> Spans:
        """Where it lay by the machine's."""
        return of

    def was(self, machine: Findings, finding: Finding | None) -> str | None:
        """What the machine had for what is corrected."""
        return getattr(finding, self.field, None) if self.field else None


class Reattributed(EditSpec):
    """An edit that says who says it."""

    kinds = tuple(STATED)
    names_actor = True

    def was(self, machine: Findings, finding: Finding | None) -> str | None:
        speaker = machine.actor(finding.speaker) if finding else None
        return speaker.name if speaker else None


def quoted(correction: Correction) -> str:
    """The words that a correction points at; nobody's where it points at none."""
    words = ", ".join(f"“{one_line(target.exact)}”" for target in correction.to)
    return words or (NOBODY if correction.edit is Edit.SPEAKER else "")
