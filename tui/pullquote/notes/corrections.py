"""Put the reader's corrections to what the machine found.

A correction names its finding by kind and place, so that it holds for whatever analyser finds the
same again. One whose finding is not there any more, or lies elsewhere, is a conflict: it is shown,
and applied to nothing else. So is one at a place that two findings share, since it names neither.
Where the machine has come to agree there is nothing to apply, and no conflict. Corrections are
applied in the order in which they were made, each to what the ones before it left.
"""

from collections.abc import Callable, Container
from itertools import pairwise

import msgspec

from pullquote.findings import (
    CONFIRMED,
    CORRECTED,
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Finding,
    FindingKind,
    Findings,
    Quote,
    Rule,
    Sourcing,
    Statement,
    Warning,
    WarningKind,
    sourcing,
)
from pullquote.notes.annotations import Annotation, Correction, Edit, spans_of
from pullquote.text import Span, Spans, overlap

replace = msgspec.structs.replace


def corrected(
    text: str, found: Findings, annotations: tuple[Annotation, ...]
) -> tuple[Findings, frozenset[str]]:
    """The findings with the corrections among `annotations`, and the ids of the conflicts.

    A correction that could not be applied changes nothing. All spans are half-open, in code points
    of `text`.
    """
    machine, conflicts = found, set()
    for note in sorted(annotations, key=lambda one: (one.created, one.id)):
        if note.correction is None:
            continue
        holds = not note.is_orphan and _stands(text, note.correction)
        changed = _applied(text, found, note.correction, note.id) if holds else None
        if changed is None:
            conflicts.add(note.id)
        else:
            found = changed
    return (found if found is machine else _in_order(found)), frozenset(conflicts)


def _stands(text: str, one: Correction) -> bool:
    """Whether a correction is of this text: its words stand where it says."""
    return bool(one.of) and all(target.stands(text) for target in (*one.of, *one.to))


def _in_order(found: Findings) -> Findings:
    return replace(
        found,
        actors=tuple(sorted(found.actors, key=lambda one: one.mentions)),
        attributions=tuple(
            sorted(
                found.attributions, key=lambda one: min((*one.source, *one.cue, *one.content))[0]
            )
        ),
        quotes=tuple(sorted(found.quotes, key=lambda one: one.content)),
        claims=tuple(sorted(found.claims, key=lambda one: one.content)),
        warnings=tuple(sorted(found.warnings, key=lambda one: one.span)),
    )


def _applied(text: str, found: Findings, one: Correction, note: str) -> Findings | None:
    """The findings after one correction, whose additions are named after `note`; None if lost."""
    try:
        if one.kind is FindingKind.ACTOR:
            changed = _on_actor(text, found, one, note)
            return _resourced(found, changed) if changed else None
        return _on_finding(text, found, one, note)
    except ValueError:  # a value that this version does not know
        return None


def _change(found: Findings, old: Finding, *now: Finding) -> Findings:
    """`found` with `now` in the place of `old`."""
    kind = old.finding
    ones = tuple(n for one in found.of(kind) for n in (now if one is old else (one,)))
    return replace(found, **{kind.plural: ones})


# --- quotes, claims, warnings


def confirmed_value(one: Finding) -> str:
    """What a confirmation vouches for, beside the place and who speaks."""
    match one:
        case Claim():
            return f"{one.sourcing}, {one.commitment}"
        case Actor():
            return f"{one.name}, {one.kind}"
        case Quote() | Warning():
            return str(one.kind)
    return ""


def _at(found: Findings, kind: FindingKind, spans: Spans) -> list[Statement]:
    return [one for one in _statements(found, kind) if one.spans == spans]


def _statements(found: Findings, kind: FindingKind) -> tuple[Statement, ...]:
    ones: tuple[Statement, ...] = getattr(found, kind.plural)
    return ones


def _on_finding(text: str, found: Findings, edit: Correction, note: str) -> Findings | None:
    of, to = spans_of(edit.of), spans_of(edit.to)
    here = _at(found, edit.kind, of)
    if len(here) > 1 or any(
        one[1] > other[0] for one, other in pairwise(of if edit.edit is Edit.ADD else to)
    ):
        return None
    if edit.edit is Edit.ADD:
        return _added(text, found, edit, note)
    # the machine has come to agree
    if edit.edit is Edit.BOUNDS and to != of and (there := _at(found, edit.kind, to)):
        found = _rejected(found, here[0]) if here else found
        return _confirmed(found, there[0], CORRECTED) if len(there) == 1 else None
    if not here:
        lost = any(_share(one.spans, of) for one in found.of(edit.kind))
        return found if edit.edit is Edit.REJECT and not lost else None
    match edit.edit:
        case Edit.REJECT:
            return _rejected(found, here[0])
        case Edit.CONFIRM:
            speaker = mentioned(found, to[0]) if to else None
            same = edit.value == confirmed_value(here[0]) and here[0].speaker == (
                speaker.id if speaker else None
            )
            return _confirmed(found, here[0], CONFIRMED) if same or not edit.value else None
        case Edit.SPEAKER | Edit.SOURCE:
            return _said_by(text, found, here[0], edit, note)
        case Edit.BOUNDS:
            return _bounded(found, here[0], to) if to else None
    return _valued(found, here[0], edit)


def _share(one: Spans, other: Spans) -> bool:
    return any(overlap(a, b) for a in one for b in other)


def _on_attribution(
    found: Findings, identity: str | None, change: Callable[[Attribution], Attribution]
) -> Findings:
    """The attribution changed; a quote is as sure as its attribution, and by the same rule."""
    now = {one.id: change(one) for one in found.attributions if one.id == identity}
    return replace(
        found,
        attributions=tuple(now.get(one.id, one) for one in found.attributions),
        quotes=tuple(
            replace(one, confidence=now[one.attribution].confidence, rule=now[one.attribution].rule)
            if one.attribution in now
            else one
            for one in found.quotes
        ),
    )


def _confirmed(found: Findings, one: Statement, rule: Rule) -> Findings:
    """The finding is right: sure, and by the reader's word. A quote's word is its attribution's."""
    if isinstance(one, Quote):
        return _on_attribution(
            found, one.attribution, lambda a: replace(a, confidence=1.0, rule=rule)
        )
    return _change(found, one, replace(one, confidence=1.0, rule=rule))


def _rejected(found: Findings, one: Statement) -> Findings:
    found = _change(found, one)
    if not isinstance(one, Quote):
        return found
    others: tuple[Claim | Warning, ...] = (*found.claims, *found.warnings)
    if any(other.attribution == one.attribution for other in others):
        return _on_attribution(
            found, one.attribution, lambda a: replace(a, kind=AttributionKind.INDIRECT)
        )
    return replace(
        found, attributions=tuple(a for a in found.attributions if a.id != one.attribution)
    )


def _bounded(found: Findings, one: Statement, to: Spans) -> Findings:
    """The finding lies on `to`; the attribution of a direct quote does, too."""
    if isinstance(one, Warning):
        return _change(found, one, replace(one, span=to, confidence=1.0, rule=CORRECTED))
    if isinstance(one, Claim):
        return _change(found, one, replace(one, content=to, confidence=1.0, rule=CORRECTED))

    def change(a: Attribution) -> Attribution:
        return replace(
            a, content=to if a.content == one.content else a.content, confidence=1.0, rule=CORRECTED
        )

    return _on_attribution(_change(found, one, replace(one, content=to)), one.attribution, change)


def _valued(found: Findings, one: Statement, edit: Correction) -> Findings | None:
    """The finding with another kind, sourcing or commitment; an addition has a kind or one."""
    match one, edit.edit:
        case Quote(), Edit.KIND | Edit.ADD:
            kind = AttributionKind(edit.value)
            found = _change(found, one, replace(one, kind=kind))
            return _on_attribution(
                found,
                one.attribution,
                lambda a: replace(a, kind=kind, confidence=1.0, rule=CORRECTED),
            )
        case Warning(), Edit.KIND | Edit.ADD:
            now: Statement = replace(one, kind=WarningKind(edit.value))
        case Claim(), Edit.COMMITMENT | Edit.ADD:
            now = replace(one, commitment=Commitment(edit.value))
        case Claim(), Edit.SOURCING:
            now = replace(one, sourcing=Sourcing(edit.value))
        case _:
            return None
    return _confirmed(_change(found, one, now), now, CORRECTED)


def _added(text: str, found: Findings, edit: Correction, note: str) -> Findings | None:
    """A finding that was missed, or is found by now; the reader's kind and speaker hold."""
    of = spans_of(edit.of)
    if not _at(found, edit.kind, of):
        found = _with_new(found, edit.kind, of, note)
    found = _confirmed(found, _at(found, edit.kind, of)[0], CORRECTED)
    if edit.value:
        valued = _valued(found, _at(found, edit.kind, of)[0], edit)
        assert valued is not None  # all that can be added has a value
        found = valued
    return _said_by(text, found, _at(found, edit.kind, of)[0], edit, note) if edit.to else found


def _with_new(found: Findings, kind: FindingKind, content: Spans, note: str) -> Findings:
    """A finding of which only its place is known; its id, and its attribution's, is the note's."""
    identity = f"{kind[0]}-{note}"
    if kind is FindingKind.WARNING:
        warning = Warning(span=content, kind=WarningKind.CAUTION, id=identity)
        return replace(found, warnings=(*found.warnings, warning))
    if kind is FindingKind.CLAIM:
        claim = Claim(
            content=content,
            sourcing=Sourcing.UNATTRIBUTED,
            commitment=Commitment.ASSERTED,
            id=identity,
        )
        return replace(found, claims=(*found.claims, claim))
    direct = AttributionKind.DIRECT
    said = Attribution(id=f"t-{note}", source=(), cue=(), content=content, kind=direct)
    quote = Quote(attribution=said.id, content=content, kind=direct, id=identity)
    return replace(found, attributions=(*found.attributions, said), quotes=(*found.quotes, quote))


def _said_by(
    text: str, found: Findings, one: Statement, edit: Correction, note: str
) -> Findings | None:
    """Another speaker: of the attribution, and so of all that follows from it."""
    speaker: str | None = None
    if edit.to:
        span = edit.to[0].span
        actor = mentioned(found, span)
        if actor is None and edit.edit is not Edit.SPEAKER and not _taken(found, span):
            actor = _new_actor(text, f"a-{note}", (span,))
            found = replace(found, actors=(*found.actors, actor))
        if actor is None:
            return None
        speaker = actor.id
    about = one.attribution

    def change(a: Attribution) -> Attribution:
        source = spans_of(edit.to) if edit.edit is Edit.SOURCE else a.source
        return replace(a, speaker=speaker, source=source, confidence=1.0, rule=CORRECTED)

    def concerned(other: Finding) -> bool:
        return other is one or (about is not None and other.attribution == about)

    found = _on_attribution(found, about, change)
    said = found.attribution(about)
    how = sourcing(found.actor(speaker), has_source=said is not None and bool(said.source))
    sure = {"confidence": 1.0, "rule": CORRECTED}
    return replace(
        found,
        quotes=tuple(replace(q, speaker=speaker) if concerned(q) else q for q in found.quotes),
        claims=tuple(
            replace(c, speaker=speaker, sourcing=how, **sure) if concerned(c) else c
            for c in found.claims
        ),
        warnings=tuple(
            replace(w, speaker=speaker, **sure) if concerned(w) else w for w in found.warnings
        ),
    )


# --- actors


def mentioned(found: Findings, span: Span) -> Actor | None:
    """The one actor mentioned just at `span`; none, too, where two are."""
    ones = [actor for actor in found.actors if span in actor.mentions]
    return ones[0] if len(ones) == 1 else None


def _taken(found: Findings, span: Span) -> bool:
    return any(span in actor.mentions for actor in found.actors)


def _new_actor(text: str, identity: str, mentions: Spans, name: str = "") -> Actor:
    words = text[slice(*mentions[0])]
    name = name or words
    return Actor(
        id=identity,
        name=name,
        kind=_kind(name),
        mentions=tuple(sorted(set(mentions))),
        rule=CORRECTED,
    )


def _kind(name: str) -> ActorKind:
    return ActorKind.UNNAMED if name[0].islower() else ActorKind.PERSON


def _on_actor(text: str, found: Findings, edit: Correction, note: str) -> Findings | None:
    of, to = spans_of(edit.of), spans_of(edit.to)
    actor, other = mentioned(found, of[0]), mentioned(found, to[0]) if to else None
    if edit.edit is Edit.ADD:
        free = tuple(dict.fromkeys(span for span in of if not _taken(found, span)))
        if of[0] in free:
            return replace(
                found, actors=(*found.actors, _new_actor(text, f"a-{note}", free, edit.value))
            )
        return (
            _change(found, actor, _with_mentions(_named(actor, edit.value), free))
            if actor
            else None
        )
    if actor is None:
        if edit.edit is Edit.BOUNDS and other and not _taken(found, of[0]):
            return _change(found, other, replace(other, rule=CORRECTED))
        return None if edit.edit is not Edit.REJECT or _anywhere(found, of[0]) else found
    match edit.edit:
        case Edit.REJECT:
            return _handed_over(_change(found, actor), actor.id, None)
        case Edit.CONFIRM if edit.value in ("", confirmed_value(actor)):
            return _change(found, actor, replace(actor, rule=CONFIRMED))
        case Edit.NAME if edit.value:
            return _change(found, actor, _named(actor, edit.value))
        case Edit.KIND:
            return _change(found, actor, replace(actor, kind=ActorKind(edit.value), rule=CORRECTED))
        case Edit.BOUNDS if to and (other is actor or not _taken(found, to[0])):
            left = replace(actor, mentions=tuple(span for span in actor.mentions if span != of[0]))
            return _change(found, actor, _with_mentions(left, to[:1]))
        case Edit.MERGE if other:
            return _merged(found, actor, other)
        case Edit.SPLIT if to:
            return _split(text, found, actor, edit, note)
    return None


def _anywhere(found: Findings, span: Span) -> bool:
    return any(overlap(span, mention) for actor in found.actors for mention in actor.mentions)


def _with_mentions(actor: Actor, more: Spans) -> Actor:
    return replace(actor, mentions=tuple(sorted({*actor.mentions, *more})), rule=CORRECTED)


def _named(actor: Actor, name: str) -> Actor:
    """The actor called `name`, if that is one; an unnamed one becomes a person by it."""
    if name in ("", actor.name):
        return replace(actor, rule=CORRECTED)
    if actor.kind is ActorKind.UNNAMED:
        return replace(actor, name=name, kind=ActorKind.PERSON, aliases=(), rule=CORRECTED)
    return replace(actor, name=name, aliases=_aliases(name, actor), rule=CORRECTED)


def _aliases(name: str, *actors: Actor) -> tuple[str, ...]:
    """What else one called `name` is called, who is all of `actors`."""
    known = dict.fromkeys(alias for actor in actors for alias in (*actor.aliases, actor.name))
    return tuple(alias for alias in known if alias != name)


def _handed_over(
    found: Findings, old: str, new: str | None, only: Container[str | None] | None = None
) -> Findings:
    """What `old` said, claimed and warned, now by `new`: all, or that of attributions in `only`."""

    def who(speaker: str | None, attribution: str | None) -> str | None:
        return new if speaker == old and (only is None or attribution in only) else speaker

    return replace(
        found,
        attributions=tuple(replace(a, speaker=who(a.speaker, a.id)) for a in found.attributions),
        quotes=tuple(replace(q, speaker=who(q.speaker, q.attribution)) for q in found.quotes),
        claims=tuple(replace(c, speaker=who(c.speaker, c.attribution)) for c in found.claims),
        warnings=tuple(replace(w, speaker=who(w.speaker, w.attribution)) for w in found.warnings),
    )


def _resourced(before: Findings, after: Findings) -> Findings:
    """Claims resourced where their sources have changed; else the reader's word stays."""
    ones = zip(after.claims, _sourcings(before), _sourcings(after), strict=True)
    return replace(
        after,
        claims=tuple(one if was == now else replace(one, sourcing=now) for one, was, now in ones),
    )


def _sourcings(found: Findings) -> list[Sourcing]:
    """How well each claim is sourced, by its source alone."""
    worded = {one.id for one in found.attributions if one.source}
    return [sourcing(found.actor(one.speaker), one.attribution in worded) for one in found.claims]


def _merged(found: Findings, actor: Actor, other: Actor) -> Findings:
    """`actor` is `other`, whose name stays."""
    if other is actor:
        return found  # the machine has come to agree
    one = replace(
        _with_mentions(other, actor.mentions),
        role=other.role or actor.role,
        affiliation=other.affiliation or actor.affiliation,
        aliases=_aliases(other.name, other, actor),
    )
    return _handed_over(_change(_change(found, actor), other, one), actor.id, other.id)


def _split(
    text: str, found: Findings, actor: Actor, edit: Correction, note: str
) -> Findings | None:
    """The mentions at `to` are another actor's, and so is what the sources there say."""
    to = spans_of(edit.to)
    other = mentioned(found, to[0])
    # the machine has come to agree
    if other and other is not actor and set(to) <= set(other.mentions):
        return _change(found, other, _named(other, edit.value))
    left = tuple(span for span in actor.mentions if span not in to)
    if not left or not set(to) <= set(actor.mentions):
        return None
    one = _new_actor(text, f"a-{note}", to, edit.value)
    if actor.kind is not ActorKind.UNNAMED:
        one = replace(one, kind=actor.kind)
    one = replace(one, affiliation=actor.affiliation)
    found = _change(found, actor, replace(actor, mentions=left, rule=CORRECTED))
    theirs = {a.id for a in found.attributions if a.speaker == actor.id and _share(a.source, to)}
    return _handed_over(replace(found, actors=(*found.actors, one)), actor.id, one.id, theirs)
