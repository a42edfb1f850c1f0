"""Put the reader's corrections to what the machine found.

A correction names its finding by kind and place, so that it holds for whatever analyser finds the same again. One whose
finding is not there any more, or lies elsewhere, is a conflict: it is shown, and applied to nothing else. Corrections are
applied in the order in which they were made, each to what the ones before it left.
"""

from collections.abc import Callable

import msgspec

from tui.analysis.findings import (
    CONFIRMED,
    CORRECTED,
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Quote,
    Sourcing,
    Warning,
    WarningKind,
    sourcing,
)
from tui.library.annotations import Annotation, Correction, Edit, FindingKind, spans_of
from tui.text import Span, Spans, overlap

replace = msgspec.structs.replace
Finding = Quote | Claim | Warning


def corrected(text: str, found: Findings, annotations: tuple[Annotation, ...]) -> tuple[Findings, frozenset[str]]:
    """The findings with the corrections among `annotations` applied, and the ids of those that could not be."""
    edits = sorted((one for one in annotations if one.correction), key=lambda one: (one.created, one.id))
    conflicts = set()
    for note in edits:
        assert note.correction is not None
        changed = None if note.is_orphan else _applied(text, found, note.correction, f"r{note.id[:12]}")
        if changed is None:
            conflicts.add(note.id)
        else:
            found = changed
    return (_in_order(found) if edits else found), frozenset(conflicts)


def _in_order(found: Findings) -> Findings:
    return replace(
        found,
        quotes=tuple(sorted(found.quotes, key=lambda one: one.content)),
        claims=tuple(sorted(found.claims, key=lambda one: one.content)),
        warnings=tuple(sorted(found.warnings, key=lambda one: one.span)),
    )


def _applied(text: str, found: Findings, one: Correction, new: str) -> Findings | None:
    """The findings after one correction, None where it has nothing to be applied to. `new` is the id of what it adds."""
    try:
        if one.kind is FindingKind.ACTOR:
            return _on_actor(text, found, one, new)
        return _on_finding(text, found, one, new)
    except ValueError:  # a value that this version does not know
        return None


# --- quotes, claims, warnings


def place(one: Finding) -> Spans:
    """Where a finding lies: what a correction names it by."""
    return one.span if isinstance(one, Warning) else one.content


def _placed(one: Claim | Warning, spans: Spans) -> Claim | Warning:
    return replace(one, span=spans) if isinstance(one, Warning) else replace(one, content=spans)


def _all(found: Findings, kind: FindingKind) -> tuple[Finding, ...]:
    if kind is FindingKind.QUOTE:
        return found.quotes
    return found.claims if kind is FindingKind.CLAIM else found.warnings


def _with(found: Findings, kind: FindingKind, ones: list[Finding]) -> Findings:
    return replace(found, **{f"{kind}s": tuple(ones)})


def _on_finding(text: str, found: Findings, one: Correction, new: str) -> Findings | None:
    of, to = spans_of(one.of), spans_of(one.to)
    ones = _all(found, one.kind)
    here = [f for f in ones if place(f) == of]
    if one.edit is Edit.ADD:
        return _confirmed(found, here[0], CORRECTED) if here else _added(text, found, one, new)
    if one.edit is Edit.BOUNDS and not here:
        moved = [f for f in ones if place(f) == to]
        return _confirmed(found, moved[0], CORRECTED) if moved else None
    if one.edit is Edit.REJECT and not here:
        # Where the machine finds nothing here any more, it has come to agree.
        return None if any(_share(place(f), of) for f in ones) else found
    if not here:
        return None
    finding = here[0]
    if one.edit is Edit.REJECT:
        return _rejected(found, one.kind, finding)
    if one.edit is Edit.CONFIRM:
        return _confirmed(found, finding, CONFIRMED)
    if one.edit in (Edit.SPEAKER, Edit.SOURCE):
        return _said_by(text, found, finding, one, new)
    if one.edit is Edit.BOUNDS:
        return _bounded(found, one.kind, finding, to)
    return _valued(found, one, finding)


def _share(one: Spans, other: Spans) -> bool:
    return any(overlap(a, b) for a in one for b in other)


def _change(found: Findings, kind: FindingKind, old: Finding, *now: Finding) -> Findings:
    """`found` with `now` in the place of `old`."""
    return _with(found, kind, [n for f in _all(found, kind) for n in (now if f is old else (f,))])


def _kind_of(one: Finding) -> FindingKind:
    return FindingKind(type(one).__name__.lower())


def _confirmed(found: Findings, one: Finding, rule: str) -> Findings:
    """The finding is right: sure, and by the reader's word. A quote's word is its attribution's."""
    if isinstance(one, Quote):
        return _on_attribution(found, one.attribution, lambda a: replace(a, confidence=1.0, rule=rule))
    return _change(found, _kind_of(one), one, replace(one, confidence=1.0, rule=rule))


def _on_attribution(found: Findings, identity: str | None, change: Callable[[Attribution], Attribution]) -> Findings:
    ones = tuple(change(one) if one.id == identity else one for one in found.attributions)
    return replace(found, attributions=ones)


def _rejected(found: Findings, kind: FindingKind, one: Finding) -> Findings:
    found = _change(found, kind, one)
    if not isinstance(one, Quote):
        return found
    others: tuple[Finding, ...] = (*found.claims, *found.warnings)
    if any(other.attribution == one.attribution for other in others):
        return _on_attribution(found, one.attribution, lambda a: replace(a, kind=AttributionKind.INDIRECT))
    return replace(found, attributions=tuple(a for a in found.attributions if a.id != one.attribution))


def _bounded(found: Findings, kind: FindingKind, one: Finding, to: Spans) -> Findings | None:
    if not to:
        return None
    if isinstance(one, Quote):

        def change(a: Attribution) -> Attribution:
            content = to if a.content == one.content else a.content
            return replace(a, content=content, confidence=1.0, rule=CORRECTED)

        found = _on_attribution(found, one.attribution, change)
        return _change(found, kind, one, replace(one, content=to))
    return _change(found, kind, one, replace(_placed(one, to), confidence=1.0, rule=CORRECTED))


def _valued(found: Findings, edit: Correction, one: Finding) -> Findings | None:
    """The finding with another kind, sourcing or commitment."""
    if edit.edit is Edit.KIND and isinstance(one, Quote):
        kind = AttributionKind(edit.value)
        found = _on_attribution(found, one.attribution, lambda a: replace(a, kind=kind, confidence=1.0, rule=CORRECTED))
        return _change(found, edit.kind, one, replace(one, kind=kind))
    if edit.edit is Edit.KIND and isinstance(one, Warning):
        now: Claim | Warning = replace(one, kind=WarningKind(edit.value), confidence=1.0, rule=CORRECTED)
    elif edit.edit is Edit.SOURCING and isinstance(one, Claim):
        now = replace(one, sourcing=Sourcing(edit.value), confidence=1.0, rule=CORRECTED)
    elif edit.edit is Edit.COMMITMENT and isinstance(one, Claim):
        now = replace(one, commitment=Commitment(edit.value), confidence=1.0, rule=CORRECTED)
    else:
        return None
    return _change(found, edit.kind, one, now)


def _added(text: str, found: Findings, edit: Correction, new: str) -> Findings | None:
    """A finding that the machine missed; `to` is a mention of who says it, if anybody."""
    found, speaker = _speaker(text, found, edit, new)
    if edit.to and speaker is None:
        return None
    content = spans_of(edit.of)
    if edit.kind is FindingKind.WARNING:
        warning = Warning(
            span=content,
            kind=WarningKind(edit.value or WarningKind.CAUTION),
            issuer=speaker,
            rule=CORRECTED,
        )
        return replace(found, warnings=(*found.warnings, warning))
    if edit.kind is FindingKind.CLAIM:
        claim = Claim(
            content=content,
            sourcing=sourcing(found.actor(speaker), has_source=bool(edit.to)),
            commitment=Commitment(edit.value or Commitment.ASSERTED),
            source=speaker,
            rule=CORRECTED,
        )
        return replace(found, claims=(*found.claims, claim))
    kind = AttributionKind(edit.value or AttributionKind.DIRECT)
    said = Attribution(id=new, source=(), cue=(), content=content, kind=kind, speaker=speaker, rule=CORRECTED)
    quote = Quote(attribution=new, content=content, kind=kind, speaker=speaker)
    return replace(found, attributions=(*found.attributions, said), quotes=(*found.quotes, quote))


def _speaker(text: str, found: Findings, edit: Correction, new: str) -> tuple[Findings, str | None]:
    """The id of the actor mentioned at `to`. For a source's own words, an actor of that name is added if none is."""
    if not edit.to:
        return found, None
    span = edit.to[0].span
    actor = mentioned(found, span)
    if actor is None and edit.edit in (Edit.SOURCE, Edit.ADD):
        actor = Actor(id=f"{new}s", name=text[slice(*span)], kind=_kind_of_words(text, span), mentions=(span,))
        actor = replace(actor, rule=CORRECTED)
        found = replace(found, actors=(*found.actors, actor))
    return found, actor.id if actor else None


def _kind_of_words(text: str, span: Span) -> ActorKind:
    return ActorKind.UNNAMED if text[span[0]].islower() else ActorKind.PERSON


def _said_by(text: str, found: Findings, one: Finding, edit: Correction, new: str) -> Findings | None:
    """Another speaker: of the attribution, and so of all that follows from it."""
    found, speaker = _speaker(text, found, edit, new)
    if edit.to and speaker is None:
        return None
    source = spans_of(edit.to) if edit.edit is Edit.SOURCE else None
    about = one.attribution

    def change(a: Attribution) -> Attribution:
        return replace(
            a, speaker=speaker, source=a.source if source is None else source, confidence=1.0, rule=CORRECTED
        )

    if about is not None:
        found = _on_attribution(found, about, change)

    def concerned(other: Finding) -> bool:
        return other is one or (about is not None and other.attribution == about)

    has_source = bool(edit.to)
    how = sourcing(found.actor(speaker), has_source)
    return replace(
        found,
        quotes=tuple(replace(q, speaker=speaker) if concerned(q) else q for q in found.quotes),
        claims=tuple(
            replace(c, source=speaker, sourcing=how, confidence=1.0, rule=CORRECTED) if concerned(c) else c
            for c in found.claims
        ),
        warnings=tuple(
            replace(w, issuer=speaker, confidence=1.0, rule=CORRECTED) if concerned(w) else w for w in found.warnings
        ),
    )


# --- actors


def mentioned(found: Findings, span: Span) -> Actor | None:
    """The actor mentioned just at `span`."""
    return next((actor for actor in found.actors if span in actor.mentions), None)


def _on_actor(text: str, found: Findings, edit: Correction, new: str) -> Findings | None:
    of, to = spans_of(edit.of), spans_of(edit.to)
    actor = mentioned(found, of[0])
    if edit.edit is Edit.ADD:
        if actor is not None:
            return _change_actor(found, actor, replace(actor, rule=CORRECTED))
        free = tuple(span for span in of if mentioned(found, span) is None)
        name = edit.value or text[slice(*of[0])]
        one = Actor(id=new, name=name, kind=_kind_of_words(text, of[0]), mentions=tuple(sorted(free)), rule=CORRECTED)
        return replace(found, actors=(*found.actors, one))
    if actor is None:
        return found if edit.edit is Edit.REJECT and not _anywhere(found, of[0]) else None
    if edit.edit is Edit.REJECT:
        return _referring(_without(found, actor), actor.id, None)
    if edit.edit is Edit.CONFIRM:
        return _change_actor(found, actor, replace(actor, rule=CONFIRMED))
    if edit.edit is Edit.NAME:
        aliases = tuple(dict.fromkeys((*actor.aliases, actor.name))) if actor.kind is not ActorKind.UNNAMED else ()
        aliases = tuple(alias for alias in aliases if alias != edit.value)
        known = ActorKind.PERSON if actor.kind is ActorKind.UNNAMED else actor.kind
        named = replace(actor, name=edit.value, aliases=aliases, kind=known, rule=CORRECTED)
        return _resourced(_change_actor(found, actor, named), actor.id)
    if edit.edit is Edit.KIND:
        kind = ActorKind(edit.value)
        return _resourced(_change_actor(found, actor, replace(actor, kind=kind, rule=CORRECTED)), actor.id)
    if edit.edit is Edit.MERGE:
        return _merged(found, actor, mentioned(found, to[0]) if to else None)
    if edit.edit is Edit.SPLIT:
        return _split(text, found, actor, edit, new)
    if edit.edit is Edit.BOUNDS and to:
        mentions = tuple(sorted(to[0] if span == of[0] else span for span in actor.mentions))
        return _change_actor(found, actor, replace(actor, mentions=mentions, rule=CORRECTED))
    return None


def _anywhere(found: Findings, span: Span) -> bool:
    return any(overlap(span, mention) for actor in found.actors for mention in actor.mentions)


def _change_actor(found: Findings, old: Actor, now: Actor) -> Findings:
    return replace(found, actors=tuple(now if one is old else one for one in found.actors))


def _without(found: Findings, actor: Actor) -> Findings:
    return replace(found, actors=tuple(one for one in found.actors if one is not actor))


def _referring(found: Findings, old: str, now: str | None) -> Findings:
    """All that `old` said, claimed and warned is now by `now`."""
    how = sourcing(found.actor(now), has_source=True)
    return replace(
        found,
        attributions=tuple(replace(a, speaker=now) if a.speaker == old else a for a in found.attributions),
        quotes=tuple(replace(q, speaker=now) if q.speaker == old else q for q in found.quotes),
        claims=tuple(replace(c, source=now, sourcing=how) if c.source == old else c for c in found.claims),
        warnings=tuple(replace(w, issuer=now) if w.issuer == old else w for w in found.warnings),
    )


def _resourced(found: Findings, actor: str) -> Findings:
    """The sourcing of an actor's claims, after its kind has changed."""
    return _referring(found, actor, actor)


def _merged(found: Findings, actor: Actor, other: Actor | None) -> Findings | None:
    """`actor` is `other`, whose name stays."""
    if other is None:
        return None
    if other is actor:
        return found  # the machine has come to agree
    one = replace(
        other,
        role=other.role or actor.role,
        affiliation=other.affiliation or actor.affiliation,
        aliases=tuple(a for a in dict.fromkeys((*other.aliases, actor.name, *actor.aliases)) if a != other.name),
        mentions=tuple(sorted({*other.mentions, *actor.mentions})),
        rule=CORRECTED,
    )
    return _referring(_change_actor(_without(found, actor), other, one), actor.id, other.id)


def _split(text: str, found: Findings, actor: Actor, edit: Correction, new: str) -> Findings | None:
    """The mentions at `to` are another actor's, and so is what the sources there say."""
    to = spans_of(edit.to)
    taken = tuple(span for span in actor.mentions if span in to)
    if len(taken) < len(to) or len(taken) == len(actor.mentions):
        return None
    name = edit.value or text[slice(*taken[0])]
    one = replace(actor, id=new, name=name, role=None, aliases=(), mentions=taken, rule=CORRECTED)
    left = replace(actor, mentions=tuple(span for span in actor.mentions if span not in taken), rule=CORRECTED)
    found = _change_actor(found, actor, left)
    found = replace(found, actors=(*found.actors, one))
    theirs = {a.id for a in found.attributions if a.speaker == actor.id and _share(a.source, taken)}
    return replace(
        found,
        attributions=tuple(replace(a, speaker=new) if a.id in theirs else a for a in found.attributions),
        quotes=tuple(replace(q, speaker=new) if q.attribution in theirs else q for q in found.quotes),
        claims=tuple(replace(c, source=new) if c.attribution in theirs else c for c in found.claims),
        warnings=tuple(replace(w, issuer=new) if w.attribution in theirs else w for w in found.warnings),
    )
