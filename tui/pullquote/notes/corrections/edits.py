"""The edits, a class each, in the order of the menu: a new one is a class and its `EDITS` line."""

from enum import StrEnum

from pullquote.findings import (
    CONFIRMED,
    CORRECTED,
    NOBODY,
    STATED,
    Actor,
    ActorKind,
    FindingKind,
    Findings,
    Statement,
)
from pullquote.notes.annotations import Correction, Edit
from pullquote.notes.corrections.spec import Asks, EditSpec, Reattributed, quoted
from pullquote.notes.corrections.steps import (
    Case,
    bounded,
    change,
    confirmed,
    confirmed_value,
    handed_over,
    is_mentioned,
    is_near,
    mentioned,
    merged,
    named,
    new_actor,
    rejected,
    replace,
    said_by,
    share,
    split,
    statements_at,
    valued,
    vouched_for,
    with_mentions,
    with_new,
)
from pullquote.text import Spans

_ACTOR = (FindingKind.ACTOR,)
_ANY = tuple(FindingKind)


class Speaker(Reattributed):
    """It is said by the actor mentioned at `to`; by nobody named, where that is empty."""

    edit = Edit.SPEAKER
    asks = Asks.SPEAKER
    question = "Who says it?"
    menu, line = "Another {role} …", "The {kind} here is by {to}"
    label = "SPEAKER"

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        return said_by(case, here)


class Source(Reattributed):
    """Its source are the words at `to`."""

    edit = Edit.SOURCE
    asks = Asks.WORDS
    menu, line = "The {role} in the text: select …", "The source of the {kind} here: {to}"
    done = "said by {value}"
    label = "SOURCE"

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        return said_by(case, here)


class Name(EditSpec):
    """An actor is called `value`."""

    edit, kinds = Edit.NAME, _ACTOR
    asks = Asks.NAME
    question = "What is this actor called?"
    menu, line = "Another name …", "The name of the {kind} here: {value}"
    done = "called {value}"
    field = "name"

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        if not case.correction.value:
            return None
        return change(case.found, actor, named(actor, case.correction.value))


class Value(EditSpec):
    """Another value of one of the fields that a kind of finding lets the reader choose."""

    asks = Asks.VALUE
    menu, line = "Another {edit} …", "The {edit} of the {kind} here: {value}"

    def __init__(self, kind: FindingKind, field: str, values: tuple[StrEnum, ...]) -> None:
        self.edit, self.kinds, self.field, self.values = Edit(field), (kind,), field, values

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        return valued(case.found, here, self.field, type(self.values[0])(case.correction.value))


class KindOfActor(EditSpec):
    """An actor is of the kind `value`."""

    edit, kinds, field = Edit.KIND, _ACTOR, "kind"
    asks, values = Asks.VALUE, Actor.choices["kind"]
    menu, line = Value.menu, Value.line

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        now = replace(actor, kind=ActorKind(case.correction.value), rule=CORRECTED)
        return change(case.found, actor, now)


class Merge(EditSpec):
    """An actor is the one mentioned at `to`."""

    edit, kinds = Edit.MERGE, _ACTOR
    asks = Asks.ACTOR
    menu, line = "The same as …", "The {kind} here is the one of {to}"
    done = "the same as {value}"
    repeats = True
    label, names_actor = "SAME", True

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        other = mentioned(case.found, case.to[0]) if case.to else None
        return merged(case.found, actor, other) if other else None


class Split(EditSpec):
    """The mentions at `to` are another actor's, called `value`."""

    edit, kinds = Edit.SPLIT, _ACTOR
    asks = Asks.MENTIONS
    menu, line = "Two actors: split …", "Another {kind} is meant by {to}: {value}"
    done = "split: {value}"
    repeats = True
    label = "OTHER"

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        return split(case, actor) if case.to else None


class Bounds(EditSpec):
    """It lies on `to`."""

    edit, kinds = Edit.BOUNDS, _ANY
    asks = Asks.EXTENT
    menu, line = "Another extent", "The {kind} here lies on {to}"
    done = "extent"

    def menu_line(self, kind: FindingKind) -> str:
        return f"{self.menu} of this mention" if kind is FindingKind.ACTOR else self.menu

    def right(self, of: Spans, to: Spans) -> Spans:
        return to

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        if self._there(case):
            return self._agreed(case, rejected(case.found, here))
        return bounded(case.found, here, case.to) if case.to else None

    def on_no_statement(self, case: Case) -> Findings | None:
        return self._agreed(case, case.found) if self._there(case) else None

    def _there(self, case: Case) -> list[Statement]:
        """What the machine has come to find where the reader said."""
        return (
            [] if case.to == case.of else statements_at(case.found, case.correction.kind, case.to)
        )

    def _agreed(self, case: Case, found: Findings) -> Findings | None:
        there = self._there(case)
        return confirmed(found, there[0], CORRECTED) if len(there) == 1 else None

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        if not case.to:
            return None
        other = mentioned(case.found, case.to[0])
        if other is not actor and is_mentioned(case.found, case.to[0]):
            return None
        left = tuple(span for span in actor.mentions if span != case.of[0])
        return change(case.found, actor, with_mentions(replace(actor, mentions=left), case.to[:1]))

    def on_no_actor(self, case: Case) -> Findings | None:
        other = mentioned(case.found, case.to[0]) if case.to else None
        if other is None or is_mentioned(case.found, case.of[0]):
            return None
        return change(case.found, other, replace(other, rule=CORRECTED))


class Reject(EditSpec):
    """It is none."""

    edit, kinds = Edit.REJECT, _ANY
    menu, line = "No {kind}", "No {kind} here"
    done = "no {kind}"
    answer = "reject"

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        return rejected(case.found, here)

    def on_no_statement(self, case: Case) -> Findings | None:
        near = any(share(one.spans, case.of) for one in case.found.of(case.correction.kind))
        return None if near else case.found

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        return handed_over(change(case.found, actor), actor.id, None)

    def on_no_actor(self, case: Case) -> Findings | None:
        return None if is_near(case.found, case.of[0]) else case.found


class Confirm(EditSpec):
    """It is right; with a `value`, while its value and its speaker (at `to`) are unchanged."""

    edit, kinds = Edit.CONFIRM, _ANY
    asks = Asks.VERDICT
    menu, line = "It is right", "The {kind} here is right"
    done = "{kind} confirmed"

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        speaker = mentioned(case.found, case.to[0]) if case.to else None
        unchanged = (confirmed_value(here), here.speaker) == (
            case.correction.value,
            speaker.id if speaker else None,
        )
        if unchanged:
            return vouched_for(confirmed(case.found, here, CONFIRMED), here)
        return None if case.correction.value else confirmed(case.found, here, CONFIRMED)

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        if case.correction.value not in ("", confirmed_value(actor)):
            return None
        return change(case.found, actor, replace(actor, rule=CONFIRMED))


_VALUES = tuple(
    Value(kind, field, values)
    for kind, stated in STATED.items()
    for field, values in stated.choices.items()
)
_VALUE_OF = {spec.kinds[0]: spec for spec in _VALUES}  # of one that was missed: the last of them


class Add(EditSpec):
    """The machine missed it; an actor's `value` is its name, another's `to` is who says it."""

    edit, kinds = Edit.ADD, _ANY
    line = "A {kind} that was missed{value}{to}"
    done = "{kind} added"
    repeats = True
    label = "SPEAKER"

    def note_line(self, correction: Correction) -> str:
        to = quoted(correction)
        value = f" ({correction.value})" if correction.value else ""
        return self.line.format(kind=correction.kind, value=value, to=f", by {to}" if to else "")

    def done_line(self, correction: Correction) -> str:
        by = "" if correction.kind is FindingKind.ACTOR else f", by {quoted(correction) or NOBODY}"
        return super().done_line(correction) + by

    def before(self, of: Spans) -> Spans:
        return ()

    def result(self, case: Case) -> Spans:
        return case.of

    def on_statement(self, case: Case, here: Statement) -> Findings | None:
        """The reader's word on the kind of what is there by now, and on who says it."""
        found: Findings | None = confirmed(case.found, here, CORRECTED)
        if case.correction.value:
            case = replace(case, found=found)
            found = _VALUE_OF[case.correction.kind].on_statement(case, self._here(case))
        if not case.to:
            return found
        case = replace(case, found=found)
        return said_by(case, self._here(case))

    def on_no_statement(self, case: Case) -> Findings | None:
        case = replace(case, found=with_new(case))
        return self.on_statement(case, self._here(case))

    def _here(self, case: Case) -> Statement:
        return statements_at(case.found, case.correction.kind, case.of)[0]

    def on_actor(self, case: Case, actor: Actor) -> Findings | None:
        known = with_mentions(named(actor, case.correction.value), self._free(case))
        return change(case.found, actor, known)

    def on_no_actor(self, case: Case) -> Findings | None:
        free = self._free(case)
        if case.of[0] not in free:
            return None
        new = new_actor(case, free, case.correction.value)
        return replace(case.found, actors=(*case.found.actors, new))

    def _free(self, case: Case) -> Spans:
        """Where nobody is mentioned yet."""
        return tuple(dict.fromkeys(span for span in case.of if not is_mentioned(case.found, span)))


EDITS: tuple[EditSpec, ...] = (
    Speaker(),
    Source(),
    Name(),
    KindOfActor(),
    Merge(),
    Split(),
    Bounds(),
    *_VALUES,
    Reject(),
    Confirm(),
    Add(),
)
