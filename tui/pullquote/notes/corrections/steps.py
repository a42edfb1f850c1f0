"""The steps that corrections are made of: each gives findings anew, and knows nothing of menus."""

from collections.abc import Callable, Container
from enum import StrEnum
from typing import Any

import msgspec

from pullquote.analysis.sourcing import sourcing
from pullquote.findings import (
    CORRECTED,
    STATED,
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Finding,
    FindingKind,
    Findings,
    Rule,
    Sourcing,
    Statement,
    statements,
)
from pullquote.notes.annotations import Correction, Edit, spans_of
from pullquote.text import Span, Spans, overlap

replace = msgspec.structs.replace


class Case(msgspec.Struct, frozen=True):
    """A correction with what it is applied to. What it adds is named after its note."""

    text: str
    found: Findings
    correction: Correction
    note: str  # its annotation's id

    @property
    def of(self) -> Spans:
        """Where the finding lies."""
        return spans_of(self.correction.of)

    @property
    def to(self) -> Spans:
        """What the edit points at."""
        return spans_of(self.correction.to)


def change(found: Findings, old: Finding, *now: Finding) -> Findings:
    """`found` with `now` in the place of `old`."""
    kind = old.finding
    findings = tuple(n for one in found.of(kind) for n in (now if one is old else (one,)))
    return replace(found, **{kind.plural: findings})


# --- what somebody says


def confirmed_value(finding: Finding) -> str:
    """What a confirmation vouches for, beside the place and who speaks."""
    named = (finding.name,) if isinstance(finding, Actor) else ()
    return ", ".join((*named, *(str(getattr(finding, field)) for field in finding.choices)))


def statements_at(found: Findings, kind: FindingKind, spans: Spans) -> list[Statement]:
    return [one for one in statements(found, kind) if one.spans == spans]


def each_statement(found: Findings, turned: Callable[[Statement], Statement]) -> Findings:
    """The findings with all that somebody says changed."""
    return replace(
        found, **{kind.plural: tuple(map(turned, statements(found, kind))) for kind in STATED}
    )


def share(one: Spans, other: Spans) -> bool:
    return any(overlap(a, b) for a in one for b in other)


def on_attribution(
    found: Findings, identity: str | None, turned: Callable[[Attribution], Attribution]
) -> Findings:
    """The attribution changed; a quote is as sure as its attribution, and by the same rule.

    Who says a claim is as sure as who says its attribution.
    """
    now = {one.id: turned(one) for one in found.attributions if one.id == identity}

    def following(finding: Statement) -> Statement:
        said = now.get(finding.attribution or "")
        if said is None:
            return finding
        sure = {"confidence": said.confidence, "rule": said.rule} if finding.is_attribution else {}
        if "speaker_confidence" in finding.__struct_fields__:
            sure["speaker_confidence"] = said.speaker_confidence
        return replace(finding, **sure)

    return each_statement(
        replace(found, attributions=tuple(now.get(one.id, one) for one in found.attributions)),
        following,
    )


def confirmed(found: Findings, finding: Statement, rule: Rule) -> Findings:
    """The finding is right: sure, and by the reader's word. A quote's word is its attribution's."""
    if finding.is_attribution:
        return on_attribution(
            found, finding.attribution, lambda a: replace(a, confidence=1.0, rule=rule)
        )
    return change(found, finding, replace(finding, confidence=1.0, rule=rule))


def vouched_for(found: Findings, finding: Statement) -> Findings:
    """Who says the finding is right, too."""
    return on_attribution(found, finding.attribution, lambda a: replace(a, speaker_confidence=1.0))


def rejected(found: Findings, finding: Statement) -> Findings:
    """The finding is none; nor is a quote's attribution, unless something else rests on it."""
    found = change(found, finding)
    if not finding.is_attribution:
        return found
    others = (other for kind in STATED if kind is not finding.finding for other in found.of(kind))
    if any(other.attribution == finding.attribution for other in others):
        return on_attribution(
            found, finding.attribution, lambda a: replace(a, kind=AttributionKind.INDIRECT)
        )
    return replace(
        found, attributions=tuple(a for a in found.attributions if a.id != finding.attribution)
    )


def bounded(found: Findings, finding: Statement, to: Spans) -> Findings:
    """The finding lies on `to`; the attribution of a direct quote does, too."""
    place = {finding.extent: to}
    if not finding.is_attribution:
        return change(found, finding, replace(finding, confidence=1.0, rule=CORRECTED, **place))

    def moved(a: Attribution) -> Attribution:
        return replace(
            a,
            content=to if a.content == finding.spans else a.content,
            confidence=1.0,
            rule=CORRECTED,
        )

    return on_attribution(
        change(found, finding, replace(finding, **place)), finding.attribution, moved
    )


def valued(found: Findings, finding: Statement, field: str, value: StrEnum) -> Findings:
    """The finding with another value of one of its fields; a quote's is its attribution's, too."""
    now = replace(finding, **{field: value})
    found = change(found, finding, now)
    if now.is_attribution:
        found = on_attribution(found, now.attribution, lambda a: replace(a, **{field: value}))
    return confirmed(found, now, CORRECTED)


def with_new(case: Case) -> Findings:
    """A finding of which only its place is known; its id, and its attribution's, is the note's."""
    found, kind, of_kind = case.found, case.correction.kind, STATED[case.correction.kind]
    fields: dict[str, Any] = {
        "id": f"{kind[0]}-{case.note}",
        of_kind.extent: case.of,
        **of_kind.assumed,
    }
    if of_kind.is_attribution:
        said = Attribution(
            id=f"t-{case.note}",
            source=(),
            cue=(),
            content=case.of,
            kind=AttributionKind(of_kind.assumed["kind"]),
        )
        found = replace(found, attributions=(*found.attributions, said))
        fields["attribution"] = said.id
    return replace(found, **{kind.plural: (*statements(found, kind), of_kind(**fields))})


def said_by(case: Case, finding: Statement) -> Findings | None:
    """Another speaker: of the attribution, and so of all that follows from it."""
    found, edit = case.found, case.correction.edit
    speaker: str | None = None
    if case.to:
        span = case.to[0]
        actor = mentioned(found, span)
        if actor is None and edit is not Edit.SPEAKER and not is_mentioned(found, span):
            actor = new_actor(case, (span,))
            found = replace(found, actors=(*found.actors, actor))
        if actor is None:
            return None
        speaker = actor.id
    about = finding.attribution

    def given(a: Attribution) -> Attribution:
        source = case.to if edit is Edit.SOURCE else a.source
        return replace(
            a,
            speaker=speaker,
            source=source,
            confidence=1.0,
            speaker_confidence=1.0,
            rule=CORRECTED,
        )

    def concerned(other: Finding) -> bool:
        return other is finding or (about is not None and other.attribution == about)

    found = on_attribution(found, about, given)
    said = found.attribution(about)
    how = sourcing(found.actor(speaker), has_source=said is not None and bool(said.source))

    def by_them(other: Statement) -> Statement:
        if not concerned(other):
            return other
        sourced = {"sourcing": how} if "sourcing" in other.choices else {}
        sure = {} if other.is_attribution else {"confidence": 1.0, "rule": CORRECTED}
        return replace(other, speaker=speaker, **sourced, **sure)

    return each_statement(found, by_them)


# --- actors


def mentioned(found: Findings, span: Span) -> Actor | None:
    """The one actor mentioned just at `span`; none, too, where two are."""
    actors = [actor for actor in found.actors if span in actor.mentions]
    return actors[0] if len(actors) == 1 else None


def is_mentioned(found: Findings, span: Span) -> bool:
    return any(span in actor.mentions for actor in found.actors)


def new_actor(case: Case, mentions: Spans, name: str = "") -> Actor:
    """An actor of the reader's, called by the words of the first mention where there is no name."""
    name = name or case.text[slice(*mentions[0])]
    return Actor(
        id=f"a-{case.note}",
        name=name,
        kind=_kind(name),
        mentions=tuple(sorted(set(mentions))),
        rule=CORRECTED,
    )


def _kind(name: str) -> ActorKind:
    return ActorKind.UNNAMED if name[0].islower() else ActorKind.PERSON


def is_near(found: Findings, span: Span) -> bool:
    return any(overlap(span, mention) for actor in found.actors for mention in actor.mentions)


def with_mentions(actor: Actor, more: Spans) -> Actor:
    return replace(actor, mentions=tuple(sorted({*actor.mentions, *more})), rule=CORRECTED)


def named(actor: Actor, name: str) -> Actor:
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


def handed_over(
    found: Findings, old: str, new: str | None, only: Container[str | None] | None = None
) -> Findings:
    """What `old` said, claimed and warned, now by `new`: all, or that of attributions in `only`."""

    def who(speaker: str | None, attribution: str | None) -> str | None:
        return new if speaker == old and (only is None or attribution in only) else speaker

    def others(one: Statement) -> dict[str, str | None]:
        """Whom it came through, and whom it is against."""
        return {field: new for field in one.others if only is None and getattr(one, field) == old}

    found = replace(
        found,
        attributions=tuple(replace(a, speaker=who(a.speaker, a.id)) for a in found.attributions),
    )
    if found.extras:
        extras = (replace(one, speaker=who(one.speaker, None)) for one in found.extras)
        found = replace(found, extras=tuple(extras))
    return each_statement(
        found, lambda one: replace(one, speaker=who(one.speaker, one.attribution), **others(one))
    )


def resourced(before: Findings, after: Findings) -> Findings:
    """Claims resourced where their sources have changed; else the reader's word stays."""
    sourced = zip(after.claims, _sourcings(before), _sourcings(after), strict=True)
    return replace(
        after,
        claims=tuple(
            one if was == now else replace(one, sourcing=now) for one, was, now in sourced
        ),
    )


def _sourcings(found: Findings) -> list[Sourcing]:
    """How well each claim is sourced, by its source alone."""
    worded = {one.id for one in found.attributions if one.source}
    return [sourcing(found.actor(one.speaker), one.attribution in worded) for one in found.claims]


def merged(found: Findings, actor: Actor, other: Actor) -> Findings:
    """`actor` is `other`, whose name stays."""
    if other is actor:
        return found  # the machine has come to agree
    one = replace(
        with_mentions(other, actor.mentions),
        role=other.role or actor.role,
        affiliation=other.affiliation or actor.affiliation,
        aliases=_aliases(other.name, other, actor),
    )
    return handed_over(change(change(found, actor), other, one), actor.id, other.id)


def split(case: Case, actor: Actor) -> Findings | None:
    """The mentions at `to` are another actor's, and so is what the sources there say."""
    found, to, name = case.found, case.to, case.correction.value
    other = mentioned(found, to[0])
    if (
        other and other is not actor and set(to) <= set(other.mentions)
    ):  # the machine has come to agree
        return change(found, other, named(other, name))
    left = tuple(span for span in actor.mentions if span not in to)
    if not left or not set(to) <= set(actor.mentions):
        return None
    one = new_actor(case, to, name)
    if actor.kind is not ActorKind.UNNAMED:
        one = replace(one, kind=actor.kind)
    one = replace(one, affiliation=actor.affiliation)
    found = change(found, actor, replace(actor, mentions=left, rule=CORRECTED))
    theirs = {a.id for a in found.attributions if a.speaker == actor.id and share(a.source, to)}
    return handed_over(replace(found, actors=(*found.actors, one)), actor.id, one.id, theirs)
