"""The reader has the last word on what the machine found, and only on that."""

from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.findings import (
    CONFIRMED,
    CORRECTED,
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    FindingKind,
    Findings,
    Quote,
    Reply,
    ReplyKind,
    Sourcing,
    Statement,
    Warning,
    WarningKind,
    numbered,
)
from pullquote.notes.annotations import (
    Annotation,
    Correction,
    Edit,
    Placed,
    Target,
    on_targets,
    targets,
)
from pullquote.notes.corrections import corrected, correction_line, offered, spec_of
from pullquote.notes.reading import derived
from pullquote.text import Span, Spans
from tests.readings import note, texts

replace = msgspec.structs.replace
QUOTE, CLAIM, WARNING, ACTOR, REPLY = (
    FindingKind.QUOTE,
    FindingKind.CLAIM,
    FindingKind.WARNING,
    FindingKind.ACTOR,
    FindingKind.REPLY,
)

TEXT = (
    "“We will go,” said Ann Lee. Two officials said war may come. Bob warned of ruin, and he was "
    "right. "
    "It reportedly rained. Robert Roe said: “No.”"
)


def at(words: str) -> Span:
    """Where `words` stand in the text, for the first time."""
    start = TEXT.index(words)
    return start, start + len(words)


ANN, OFFICIALS, BOB, ROE = at("Ann Lee"), at("Two officials"), at("Bob"), at("Robert Roe")
HE = (TEXT.index("he was"), TEXT.index("he was") + 2)
GO, NO, WAR, RUIN, RAIN = (
    at("“We will go,”"),
    at("“No.”"),
    at("war may come"),
    at("ruin"),
    at("It reportedly rained"),
)
DANGER = at("warned of ruin")


def told() -> Findings:
    """What a machine finds in the text: two quotes, a claim, one with a warning, and a hedge."""
    people = (
        Actor(id="a1", name="Ann Lee", kind=ActorKind.PERSON, mentions=(ANN,)),
        Actor(id="a2", name="Two officials", kind=ActorKind.UNNAMED, mentions=(OFFICIALS,)),
        Actor(id="a3", name="Bob", kind=ActorKind.PERSON, mentions=(BOB, HE)),
        Actor(id="a4", name="Robert Roe", kind=ActorKind.PERSON, role="mayor", mentions=(ROE,)),
    )
    direct, indirect = AttributionKind.DIRECT, AttributionKind.INDIRECT
    said = (
        _said("t1", ANN, at("said Ann")[0], GO, direct, "a1"),
        _said("t2", OFFICIALS, at("said war")[0], WAR, indirect, "a2"),
        _said("t3", BOB, at("warned")[0], RUIN, indirect, "a3"),
        _said("t4", ROE, at("said: ")[0], NO, direct, "a4"),
    )
    claims = tuple(
        Claim(
            content=one.content,
            sourcing=how,
            commitment=Commitment.ASSERTED,
            attribution=one.id,
            speaker=one.speaker,
        )
        for one, how in zip(
            said, (Sourcing.NAMED, Sourcing.ANONYMOUS, Sourcing.NAMED), strict=False
        )
    )
    hedge = Claim(
        content=(RAIN,),
        sourcing=Sourcing.UNATTRIBUTED,
        commitment=Commitment.SUGGESTED,
        confidence=0.7,
    )
    warning = Warning(
        span=(DANGER,), kind=WarningKind.CAUTION, attribution="t3", speaker="a3", confidence=0.6
    )
    return Findings(
        analyser="machine",
        actors=people,
        attributions=said,
        quotes=tuple(numbered(quoting(one) for one in said[::3])),
        claims=tuple(numbered((*claims, hedge))),
        warnings=tuple(numbered([warning])),
    )


def quoting(one: Attribution) -> Quote:
    """A quote of all that an attribution reports."""
    return Quote(
        attribution=one.id,
        content=one.content,
        kind=one.kind,
        speaker=one.speaker,
        confidence=one.confidence,
        rule=one.rule,
    )


def _said(
    identity: str, source: Span, cue: int, content: Span, kind: AttributionKind, speaker: str
) -> Attribution:
    return Attribution(
        id=identity,
        source=(source,),
        cue=((cue, cue + 4),),
        content=(content,),
        kind=kind,
        speaker=speaker,
        confidence=0.8,
    )


def fix(
    kind: FindingKind, edit: Edit, of: Span, *to: Span, value: str = "", number: int = 1
) -> Annotation:
    """The reader's correction, the one of that number."""
    one = Correction(
        edit=edit,
        kind=kind,
        analyser="machine",
        of=targets(TEXT, (of,)),
        to=targets(TEXT, to),
        value=value,
    )
    return note(number, of, TEXT, correction=one)


def after(*fixes: Annotation, found: Findings | None = None) -> Findings:
    """The findings with corrections that can all be applied."""
    now, conflicts = corrected(TEXT, found or told(), fixes)
    assert not conflicts
    return now


def refused(*fixes: Annotation, found: Findings | None = None) -> None:
    """None of the corrections can be applied, and none changes anything."""
    machine = found or told()
    assert corrected(TEXT, machine, fixes) == (machine, frozenset(one.id for one in fixes))


def quote(found: Findings, content: Span) -> Quote:
    return next(one for one in found.quotes if one.content == (content,))


def claim(found: Findings, content: Span) -> Claim:
    return next(one for one in found.claims if one.content == (content,))


def actor(found: Findings, mention: Span) -> Actor:
    (one,) = (one for one in found.actors if mention in one.mentions)
    return one


def said_in(found: Findings, identity: str) -> Attribution:
    (one,) = (one for one in found.attributions if one.id == identity)
    return one


# --- each edit does what it says: quotes, claims, warnings


def test_without_corrections_the_findings_are_the_machines() -> None:
    machine = told()
    remark = note(1, GO, TEXT, comment="why?")
    assert corrected(TEXT, machine, (remark,)) == (machine, frozenset())


def test_what_is_confirmed_is_sure_by_the_readers_word() -> None:
    found = after(
        fix(QUOTE, Edit.CONFIRM, GO),
        fix(CLAIM, Edit.CONFIRM, RAIN, number=2),
        fix(WARNING, Edit.CONFIRM, DANGER, number=3),
    )
    for one in (said_in(found, "t1"), claim(found, RAIN), found.warnings[0]):
        assert (one.rule, one.confidence) == (CONFIRMED, 1.0)


def unsure() -> Findings:
    """What a machine finds that is not sure who says any of it."""
    machine = told()
    low = {"speaker_confidence": 0.4}
    return replace(
        machine,
        attributions=tuple(replace(one, **low) for one in machine.attributions),
        quotes=tuple(replace(one, **low) for one in machine.quotes),
        claims=tuple(replace(one, **low) for one in machine.claims),
    )


@pytest.mark.parametrize(
    "word",
    [
        fix(QUOTE, Edit.SPEAKER, GO, BOB),
        fix(QUOTE, Edit.SOURCE, GO, BOB),
        fix(QUOTE, Edit.CONFIRM, GO, ANN, value="direct"),
        fix(CLAIM, Edit.CONFIRM, GO, ANN, value="named, asserted"),
        fix(QUOTE, Edit.ADD, GO, ANN),
    ],
)
def test_who_says_it_is_sure_where_the_reader_says_so(word: Annotation) -> None:
    """Of the quote and of what is claimed in it, and of nothing else."""
    machine = unsure()
    found = after(word, found=machine)
    for one in (said_in(found, "t1"), quote(found, GO), claim(found, GO)):
        assert one.speaker_confidence == 1.0
    assert not found.is_speaker_doubtful(quote(found, GO))
    for one in (said_in(found, "t4"), quote(found, NO), claim(found, WAR)):
        assert one.speaker_confidence == 0.4
    assert found.is_speaker_doubtful(quote(found, NO))


def test_that_it_is_a_quote_of_another_kind_or_extent_says_nothing_of_who_says_it() -> None:
    found = after(
        fix(QUOTE, Edit.KIND, GO, value="mixed"),
        fix(QUOTE, Edit.BOUNDS, NO, at("No.”"), number=2),
        found=unsure(),
    )
    assert [one.speaker_confidence for one in found.quotes] == [0.4, 0.4]
    assert all(map(found.is_speaker_doubtful, found.quotes))


def test_what_nobody_says_has_no_doubtful_speaker() -> None:
    found = after(fix(QUOTE, Edit.SPEAKER, GO), found=unsure())
    assert not found.is_speaker_doubtful(quote(found, GO))
    assert not found.is_speaker_doubtful(claim(found, RAIN))


def test_what_is_rejected_is_gone_and_the_rest_stays() -> None:
    machine = told()
    found = after(fix(CLAIM, Edit.REJECT, WAR), fix(WARNING, Edit.REJECT, DANGER, number=2))
    assert found == replace(
        machine, claims=tuple(one for one in machine.claims if one.content != (WAR,)), warnings=()
    )


def test_a_rejected_quote_takes_its_attribution_along_unless_a_claim_rests_on_it() -> None:
    found = after(fix(QUOTE, Edit.REJECT, GO), fix(QUOTE, Edit.REJECT, NO, number=2))
    assert not found.quotes
    assert found.attribution("t4") is None
    assert said_in(found, "t1").kind is AttributionKind.INDIRECT
    assert claim(found, GO).attribution == "t1"


def test_another_speaker_goes_over_to_all_that_was_said_in_the_same_breath() -> None:
    found = after(fix(CLAIM, Edit.SPEAKER, RUIN, OFFICIALS))
    ruin, danger, said = claim(found, RUIN), found.warnings[0], said_in(found, "t3")
    assert (said.speaker, said.source, said.rule) == ("a2", (BOB,), CORRECTED)
    assert (ruin.speaker, ruin.sourcing, ruin.rule) == ("a2", Sourcing.OFFICIAL, CORRECTED)
    assert (danger.speaker, danger.rule) == ("a2", CORRECTED)
    found = after(fix(WARNING, Edit.SPEAKER, DANGER, ROE))
    assert claim(found, RUIN).speaker == found.warnings[0].speaker == "a4"
    found = after(fix(QUOTE, Edit.SPEAKER, GO, BOB))
    assert quote(found, GO).speaker == claim(found, GO).speaker == "a3"
    assert quote(found, NO).speaker == "a4"


def test_said_by_nobody_named_is_anonymous_where_words_name_a_source() -> None:
    found = after(fix(QUOTE, Edit.SPEAKER, GO), fix(CLAIM, Edit.SPEAKER, RAIN, number=2))
    assert quote(found, GO).speaker is None
    assert claim(found, GO).sourcing is Sourcing.ANONYMOUS
    assert claim(found, RAIN).sourcing is Sourcing.UNATTRIBUTED


def test_a_source_in_the_text_becomes_the_attributions_and_an_actor_if_it_is_none_yet() -> None:
    found = after(fix(QUOTE, Edit.SOURCE, GO, at("officials")))
    said = said_in(found, "t1")
    new = actor(found, at("officials"))
    assert said.source == (at("officials"),)
    assert said.speaker == quote(found, GO).speaker == claim(found, GO).speaker == new.id
    assert (new.name, new.kind, new.rule) == ("officials", ActorKind.UNNAMED, CORRECTED)
    assert claim(found, GO).sourcing is Sourcing.OFFICIAL
    found = after(fix(QUOTE, Edit.SOURCE, GO, ROE))
    assert quote(found, GO).speaker == "a4"
    assert len(found.actors) == 4


def test_other_bounds_move_a_finding_and_nothing_else() -> None:
    wider, narrower = at("said war may come"), at("We will go")
    found = after(
        fix(CLAIM, Edit.BOUNDS, WAR, wider),
        fix(QUOTE, Edit.BOUNDS, GO, narrower, number=2),
        fix(WARNING, Edit.BOUNDS, DANGER, RUIN, number=3),
    )
    assert claim(found, wider).rule == CORRECTED
    said = said_in(found, quote(found, narrower).attribution)
    assert (said.content, said.rule) == ((narrower,), CORRECTED)
    assert [(one.span, one.rule) for one in found.warnings] == [((RUIN,), CORRECTED)]
    assert claim(found, GO) == claim(told(), GO)
    refused(fix(CLAIM, Edit.BOUNDS, WAR))


def test_a_finding_drawn_onto_another_becomes_one_with_it() -> None:
    found = after(fix(CLAIM, Edit.BOUNDS, RAIN, WAR))
    assert [one.content for one in found.claims] == [(GO,), (WAR,), (RUIN,)]
    assert claim(found, WAR).speaker == "a2"


def test_kinds_sourcing_and_commitment_are_as_the_reader_says() -> None:
    found = after(
        fix(QUOTE, Edit.KIND, GO, value="mixed"),
        fix(WARNING, Edit.KIND, DANGER, value="red line", number=2),
        fix(CLAIM, Edit.SOURCING, WAR, value="official", number=3),
        fix(CLAIM, Edit.COMMITMENT, WAR, value="denied", number=4),
    )
    said = said_in(found, "t1")
    assert said.kind is quote(found, GO).kind is AttributionKind.MIXED
    assert (found.warnings[0].kind, found.warnings[0].rule) == (WarningKind.RED_LINE, CORRECTED)
    war = claim(found, WAR)
    assert (war.sourcing, war.commitment, war.rule) == (
        Sourcing.OFFICIAL,
        Commitment.DENIED,
        CORRECTED,
    )


def test_what_the_machine_missed_is_added_with_who_said_it() -> None:
    missed = at("he was right")
    found = after(
        fix(QUOTE, Edit.ADD, missed, ANN),
        fix(CLAIM, Edit.ADD, missed, OFFICIALS, number=2),
        fix(WARNING, Edit.ADD, missed, BOB, value="threat", number=3),
    )
    one = quote(found, missed)
    said = said_in(found, one.attribution)
    assert (said.content, said.kind, said.rule) == ((missed,), AttributionKind.DIRECT, CORRECTED)
    assert one.speaker == said.speaker == "a1"
    added = claim(found, missed)
    assert (added.speaker, added.sourcing, added.rule) == ("a2", Sourcing.OFFICIAL, CORRECTED)
    danger = found.warnings[-1]
    assert (danger.span, danger.kind, danger.speaker, danger.rule) == (
        (missed,),
        WarningKind.THREAT,
        "a3",
        CORRECTED,
    )
    found = after(fix(CLAIM, Edit.ADD, missed), fix(QUOTE, Edit.ADD, missed, number=2))
    assert claim(found, missed).sourcing is Sourcing.UNATTRIBUTED
    assert quote(found, missed).speaker is None


# --- actors


def test_an_unnamed_actor_gets_a_name_and_its_claims_a_named_source() -> None:
    found = after(fix(ACTOR, Edit.NAME, OFFICIALS, value="Kim Poe"))
    one = actor(found, OFFICIALS)
    assert (one.name, one.kind, one.aliases, one.rule) == (
        "Kim Poe",
        ActorKind.PERSON,
        (),
        CORRECTED,
    )
    assert claim(found, WAR).sourcing is Sourcing.NAMED
    renamed = actor(after(fix(ACTOR, Edit.NAME, ANN, value="Ann B. Lee")), ANN)
    assert (renamed.name, renamed.aliases) == ("Ann B. Lee", ("Ann Lee",))
    refused(fix(ACTOR, Edit.NAME, ANN))


def test_another_kind_of_actor_makes_its_claims_sourced_otherwise() -> None:
    found = after(fix(ACTOR, Edit.KIND, BOB, value="government"))
    assert actor(found, BOB).kind is ActorKind.GOVERNMENT
    assert claim(found, RUIN).sourcing is Sourcing.INSTITUTION
    assert claim(found, GO).sourcing is Sourcing.NAMED


def test_the_readers_own_sourcing_stays_where_a_change_of_the_actor_does_not_concern_it() -> None:
    own = fix(CLAIM, Edit.SOURCING, RUIN, value="official")
    assert (
        claim(after(own, fix(ACTOR, Edit.NAME, BOB, value="Bobby", number=2)), RUIN).sourcing
        is Sourcing.OFFICIAL
    )
    assert (
        claim(after(own, fix(ACTOR, Edit.MERGE, BOB, ROE, number=2)), RUIN).sourcing
        is Sourcing.OFFICIAL
    )


def test_merged_actors_keep_the_others_name_and_all_that_both_said() -> None:
    found = after(fix(ACTOR, Edit.MERGE, BOB, ROE))
    one = actor(found, ROE)
    assert (one.id, one.name, one.role, one.aliases, one.rule) == (
        "a4",
        "Robert Roe",
        "mayor",
        ("Bob",),
        CORRECTED,
    )
    assert one.mentions == (BOB, HE, ROE)
    assert len(found.actors) == 3
    assert (
        claim(found, RUIN).speaker == found.warnings[0].speaker == quote(found, NO).speaker == "a4"
    )
    said = said_in(found, "t3")
    assert said.speaker == "a4"


def test_a_split_takes_mentions_and_what_their_sources_say() -> None:
    found = after(fix(ACTOR, Edit.SPLIT, HE, BOB, value="Bob the Elder"))
    elder, left = actor(found, BOB), actor(found, HE)
    assert (elder.name, elder.kind, elder.mentions) == ("Bob the Elder", ActorKind.PERSON, (BOB,))
    assert (left.id, left.name, left.mentions) == ("a3", "Bob", (HE,))
    assert claim(found, RUIN).speaker == found.warnings[0].speaker == elder.id
    found = after(fix(ACTOR, Edit.SPLIT, BOB, HE, value="Jo"))
    assert claim(found, RUIN).speaker == actor(found, BOB).id == "a3"
    refused(fix(ACTOR, Edit.SPLIT, BOB, BOB, HE, value="nobody left"))
    refused(fix(ACTOR, Edit.SPLIT, BOB, HE, ROE, value="not all theirs"))
    refused(fix(ACTOR, Edit.SPLIT, BOB))


def test_an_added_actor_has_the_name_given_and_leaves_others_their_mentions() -> None:
    ones = fix(ACTOR, Edit.ADD, at("war"), value="War, Inc.")
    both = replace(
        ones, correction=replace(_of(ones), of=targets(TEXT, (at("war"), at("rained"), BOB)))
    )
    found = after(both)
    one = actor(found, at("war"))
    assert (one.name, one.kind, one.mentions) == (
        "War, Inc.",
        ActorKind.PERSON,
        (at("war"), at("rained")),
    )
    assert actor(found, BOB).id == "a3"
    assert found.actors.index(one) == 2  # in text order
    assert actor(after(fix(ACTOR, Edit.ADD, at("rained"))), at("rained")).name == "rained"


def _of(one: Annotation) -> Correction:
    assert one.correction is not None
    return one.correction


def test_a_rejected_actor_leaves_its_claims_without_it() -> None:
    found = after(fix(ACTOR, Edit.REJECT, BOB))
    assert [one.id for one in found.actors] == ["a1", "a2", "a4"]
    ruin, said = claim(found, RUIN), said_in(found, "t3")
    assert (ruin.speaker, ruin.sourcing) == (None, Sourcing.ANONYMOUS)
    assert said.speaker is None
    assert found.warnings[0].speaker is None


def test_a_mention_gets_other_bounds_but_never_anothers_place() -> None:
    found = after(fix(ACTOR, Edit.BOUNDS, ROE, at("Roe")), fix(ACTOR, Edit.CONFIRM, BOB, number=2))
    assert actor(found, at("Roe")).mentions == (at("Roe"),)
    assert actor(found, BOB).rule == CONFIRMED
    assert actor(after(fix(ACTOR, Edit.BOUNDS, BOB, HE)), HE).mentions == (HE,)
    refused(fix(ACTOR, Edit.BOUNDS, BOB, ROE))


# --- a changed analysis


def test_a_correction_holds_for_another_analyser_that_finds_the_same() -> None:
    other = replace(told(), analyser="machine 2", claims=told().claims[:2])
    assert quote(after(fix(QUOTE, Edit.SPEAKER, GO, BOB), found=other), GO).speaker == "a3"


ELSEWHERE = at("go,” said")  # shares words with the quote


@pytest.mark.parametrize(
    "edit", [edit for edit in Edit if edit not in (Edit.ADD, Edit.NAME, Edit.MERGE, Edit.SPLIT)]
)
def test_a_correction_whose_finding_lies_elsewhere_is_a_conflict_and_applied_to_nothing(
    edit: Edit,
) -> None:
    elsewhere = replace(
        told(), quotes=(replace(told().quotes[0], content=(ELSEWHERE,)), told().quotes[1])
    )
    refused(fix(QUOTE, edit, GO, ANN, value="direct"), found=elsewhere)


@pytest.mark.parametrize("edit", [edit for edit in Edit if edit not in (Edit.ADD, Edit.REJECT)])
def test_a_correction_whose_finding_is_gone_is_a_conflict(edit: Edit) -> None:
    nothing = Findings(analyser="machine 2")
    for kind, of in ((QUOTE, GO), (CLAIM, RAIN), (WARNING, DANGER), (ACTOR, BOB)):
        refused(fix(kind, edit, of, at("Ann"), value="person"), found=nothing)


@pytest.mark.parametrize("edit", list(Edit))
def test_an_actor_mentioned_in_other_bounds_is_not_taken_for_the_same(edit: Edit) -> None:
    if edit is not Edit.ADD:
        refused(fix(ACTOR, edit, at("Robert"), at("right"), value="person"))


def test_a_speaker_who_is_no_actor_any_more_is_a_conflict() -> None:
    refused(fix(QUOTE, Edit.SPEAKER, GO, at("officials")))
    refused(fix(ACTOR, Edit.MERGE, BOB, at("Roe")))


def test_a_place_that_two_findings_share_names_neither() -> None:
    twice = told()
    twice = replace(
        twice,
        claims=(twice.claims[0], *twice.claims),
        actors=(*twice.actors, replace(twice.actors[3], id="a9")),
    )
    refused(
        fix(CLAIM, Edit.CONFIRM, GO),
        fix(ACTOR, Edit.NAME, ROE, value="Rob", number=2),
        fix(QUOTE, Edit.SPEAKER, GO, ROE, number=3),
        fix(ACTOR, Edit.ADD, ROE, value="Rob", number=4),
        found=twice,
    )


def test_where_the_machine_has_come_to_agree_there_is_no_conflict() -> None:
    """The reader said so first; now the machine says it by itself."""
    fixes = (
        fix(QUOTE, Edit.ADD, at("he was right"), BOB),
        fix(WARNING, Edit.REJECT, DANGER, number=2),
        fix(CLAIM, Edit.BOUNDS, WAR, at("said war may come"), number=3),
        fix(ACTOR, Edit.MERGE, BOB, ROE, number=4),
        fix(ACTOR, Edit.BOUNDS, ANN, at("Lee"), number=5),
        fix(ACTOR, Edit.ADD, at("rained"), value="Rain", number=6),
        fix(ACTOR, Edit.REJECT, OFFICIALS, number=7),
    )
    agreed = after(*fixes)
    assert after(*fixes, found=agreed) == agreed


def test_a_machine_that_splits_by_itself_is_told_the_name() -> None:
    split = fix(ACTOR, Edit.SPLIT, BOB, HE, value="Jo")
    assert actor(after(split), HE).name == "Jo"
    ann, officials, bob, roe = told().actors
    apart = (replace(bob, mentions=(BOB,)), replace(bob, id="a5", name="he", mentions=(HE,)))
    found = after(split, found=replace(told(), actors=(ann, officials, *apart, roe)))
    assert (actor(found, HE).id, actor(found, HE).name, actor(found, BOB).name) == (
        "a5",
        "Jo",
        "Bob",
    )


def test_what_the_machine_finds_by_now_keeps_the_readers_word_on_who_said_it_and_how() -> None:
    found = after(
        fix(QUOTE, Edit.ADD, GO, BOB, value="mixed"),
        fix(WARNING, Edit.ADD, DANGER, ANN, value="fear", number=2),
        fix(ACTOR, Edit.ADD, ROE, value="Mayor Roe", number=3),
    )
    assert (quote(found, GO).speaker, quote(found, GO).kind) == ("a3", AttributionKind.MIXED)
    assert [(one.kind, one.speaker, one.rule) for one in found.warnings] == [
        (WarningKind.FEAR, "a1", CORRECTED)
    ]
    assert len(found.quotes) == 2
    assert (actor(found, ROE).name, actor(found, ROE).aliases) == ("Mayor Roe", ("Robert Roe",))


@pytest.mark.parametrize(
    ("kind", "edit", "of"),
    [
        (QUOTE, Edit.KIND, GO),
        (CLAIM, Edit.SOURCING, WAR),
        (CLAIM, Edit.COMMITMENT, WAR),
        (WARNING, Edit.KIND, DANGER),
        (ACTOR, Edit.KIND, ANN),
        (QUOTE, Edit.ADD, at("right")),
        (CLAIM, Edit.ADD, at("right")),
        (WARNING, Edit.ADD, at("right")),
    ],
)
def test_a_value_of_a_newer_version_is_a_conflict(kind: FindingKind, edit: Edit, of: Span) -> None:
    refused(fix(kind, edit, of, value="a word of next year"))


@pytest.mark.parametrize(
    ("kind", "edit"),
    [
        (QUOTE, Edit.SOURCING),
        (QUOTE, Edit.NAME),
        (CLAIM, Edit.KIND),
        (WARNING, Edit.MERGE),
        (ACTOR, Edit.SPEAKER),
    ],
)
def test_an_edit_that_is_none_of_this_kind_is_a_conflict(kind: FindingKind, edit: Edit) -> None:
    refused(
        fix(
            kind,
            edit,
            {QUOTE: GO, CLAIM: GO, WARNING: DANGER, ACTOR: ANN}[kind],
            BOB,
            value="named",
        )
    )


def test_a_correction_that_lost_its_words_is_a_conflict() -> None:
    reject = fix(CLAIM, Edit.REJECT, WAR)
    refused(replace(reject, placed=Placed.ORPHANED))
    refused(on_targets(reject, lambda one: replace(one, exact="other words")))
    refused(on_targets(reject, lambda one: replace(one, start=-1, end=-1)))
    refused(replace(reject, correction=replace(_of(reject), of=())))
    behind = Target(len(TEXT) - 5, len(TEXT) + 9, TEXT[-5:])
    bounds = fix(QUOTE, Edit.BOUNDS, NO, GO)
    refused(replace(bounds, correction=replace(_of(bounds), to=(behind,))))
    backwards = fix(CLAIM, Edit.BOUNDS, WAR, RAIN, WAR)
    refused(backwards)


def test_corrections_are_applied_in_the_order_in_which_they_were_made() -> None:
    wider = at("said war may come")
    first, second = (
        fix(CLAIM, Edit.BOUNDS, WAR, wider),
        fix(CLAIM, Edit.SPEAKER, wider, ANN, number=2),
    )
    for order in ((first, second), (second, first)):
        assert claim(after(*order), wider).speaker == "a1"
    late, early = (
        fix(CLAIM, Edit.BOUNDS, WAR, wider, number=2),
        fix(CLAIM, Edit.SPEAKER, wider, ANN, number=1),
    )
    assert corrected(TEXT, told(), (late, early))[1] == {early.id}
    names = [
        fix(ACTOR, Edit.NAME, BOB, value=name, number=number)
        for number, name in ((2, "Last"), (1, "First"))
    ]
    assert actor(after(*names), BOB).name == "Last"


def test_two_additions_of_one_moment_do_not_mix_up_what_each_says() -> None:
    """Ids that begin alike, as addresses of imported notes do, stay two."""
    fixes = [
        replace(fix(QUOTE, Edit.ADD, of, to), id=f"https://example.org/notes/{name}")
        for name, of, to in (("a", at("right"), at("rained")), ("b", at("come"), at("war")))
    ]
    found = after(*fixes)
    for of, to in ((at("right"), at("rained")), (at("come"), at("war"))):
        assert quote(found, of).speaker == actor(found, to).id
    well_formed(TEXT, found)


def test_every_edit_knows_how_it_is_offered_and_told() -> None:
    """What the menu and the notes say of each, for each kind of finding that it can be made of."""
    for spec in (spec_of(edit, kind) for edit in Edit for kind in FindingKind):
        for kind in spec.kinds:
            one = fix(kind, spec.edit, GO, NO, value="odd").correction
            assert one is not None
            said = (spec.menu_line(kind), correction_line(one), spec.done_line(one))
            assert not any(mark in line for line in said for mark in "{}")
            assert kind in said[1] or spec.edit is Edit.CONFIRM
    assert [spec.menu_line(CLAIM) for spec in offered(CLAIM)] == [
        "Another source …",
        "The source in the text: select …",
        "Another extent",
        "Another kind of source …",
        "Another firmness …",
        "No claim",
        "It is right",
    ]
    assert [spec.menu_line(ACTOR) for spec in offered(ACTOR)] == [
        "Another name …",
        "Another kind …",
        "The same as …",
        "Two actors: split …",
        "Another extent of this mention",
        "No actor",
        "It is right",
    ]


def test_an_edit_that_a_kind_does_not_have_is_a_conflict_and_still_told() -> None:
    one = fix(QUOTE, Edit.SOURCING, GO, value="named")
    found, conflicts = corrected(TEXT, told(), (one,))
    assert (found, conflicts) == (told(), {one.id})
    assert one.correction is not None
    assert correction_line(one.correction) == "The sourcing of the quote here: named"


# --- the shipped article


def test_every_finding_of_the_shipped_article_can_be_confirmed_rejected_and_given_to_another(
    seed: Article, findings: Findings
) -> None:
    anyone = findings.actors[-1]
    ones = [(kind, one.spans) for kind in (QUOTE, CLAIM, WARNING) for one in findings.of(kind)]
    actors = [(ACTOR, (one.mentions[0],)) for one in findings.actors]
    for kind, of in (*ones, *actors):
        for edit in (
            (Edit.CONFIRM, Edit.REJECT)
            if kind is ACTOR
            else (Edit.CONFIRM, Edit.REJECT, Edit.SPEAKER)
        ):
            to = (anyone.mentions[0],) if edit is Edit.SPEAKER else ()
            one = correction(seed.text, kind, edit, of, to)
            reading = derived(seed, findings, (one,))
            assert not reading.conflicts
            assert reading.machine == findings
            assert reading.findings is not None
            well_formed(seed.text, reading.findings)
            assert reading.findings != findings


def correction(
    text: str, kind: FindingKind, edit: Edit, of: Spans, to: Spans, value: str = "", number: int = 1
) -> Annotation:
    one = Correction(
        edit=edit,
        kind=kind,
        analyser="any",
        of=targets(text, of),
        to=targets(text, to),
        value=value,
    )
    return note(number, (of[0][0], of[-1][1]), text, correction=one)


# --- whatever is corrected


def well_formed(text: str, found: Findings) -> None:
    """What every reader of findings relies on."""
    actors, attributions = [one.id for one in found.actors], [one.id for one in found.attributions]
    assert len(set(actors)) == len(actors)
    assert len(set(attributions)) == len(attributions)
    speakers = [one.speaker for one in found.attributions] + [one.speaker for one in found.quotes]
    speakers += [one.speaker for one in found.claims] + [one.speaker for one in found.warnings]
    speakers += [one.speaker for one in found.replies]
    speakers += [actor for one in found.claims for actor in (one.via, one.against)]
    assert set(speakers) <= {*actors, None}
    said: tuple[Statement, ...] = (
        *found.quotes,
        *found.claims,
        *found.warnings,
        *found.replies,
    )
    ids = [one.id for kind in FindingKind for one in found.of(kind)]
    assert len(set(ids)) == len(ids)
    assert all(found.finding(one) for one in ids)
    for one in found.quotes:
        rests_on = found.attribution(one.attribution)
        assert rests_on is not None
        assert (one.confidence, one.rule) == (rests_on.confidence, rests_on.rule)
    assert {one.attribution for one in said} <= {*attributions, None}
    spans = [span for one in found.actors for span in one.mentions]
    spans += [span for one in found.attributions for span in (*one.source, *one.cue, *one.content)]
    spans += [span for one in said for span in one.spans]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one.spans for one in said)
    assert all(
        one.name and one.mentions == tuple(sorted(set(one.mentions))) for one in found.actors
    )
    attributed = [min((*one.source, *one.cue, *one.content))[0] for one in found.attributions]
    assert attributed == sorted(attributed)
    mentions = [one.mentions for one in found.actors]
    assert mentions == sorted(mentions)
    for places in places_of(found):
        assert places == sorted(places)


def places_of(found: Findings) -> tuple[list[Spans], ...]:
    return tuple([one.spans for one in found.of(kind)] for kind in (QUOTE, CLAIM, WARNING, REPLY))


def single(found: Findings) -> bool:
    """No place is shared by two findings of a kind, no mention by two actors."""
    mentions = [span for one in found.actors for span in one.mentions]
    unique = all(len(set(places)) == len(places) for places in places_of(found))
    return unique and len(set(mentions)) == len(mentions)


def one_voice(found: Findings) -> bool:
    """Quotes, claims and warnings are by whom their attribution is by."""
    by = {one.id: one.speaker for one in found.attributions}
    said = [(one.attribution, one.speaker) for one in found.quotes]
    said += [(one.attribution, one.speaker) for one in found.claims if one.attribution]
    said += [(one.attribution, one.speaker) for one in found.warnings if one.attribution]
    return all(by[attribution] == speaker for attribution, speaker in said)


_ALIKE = (Edit.CONFIRM, Edit.REJECT, Edit.ADD, Edit.BOUNDS, Edit.KIND)
_SAID = (*_ALIKE, Edit.SPEAKER, Edit.SOURCE)
EDITS = {
    QUOTE: _SAID,
    CLAIM: (*_SAID, Edit.SOURCING, Edit.COMMITMENT),
    WARNING: _SAID,
    REPLY: (*_ALIKE, Edit.SPEAKER),
    ACTOR: (*_ALIKE, Edit.NAME, Edit.MERGE, Edit.SPLIT),
}
VALUES = ("", "mixed", "person", "unnamed", "fear", "named", "denied", "a word of next year")


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, Findings, tuple[Annotation, ...]]:
    """A random text, findings on it, and corrections at the same few places."""
    text = draw(texts.filter(lambda words: len(words) > 8))
    starts = st.integers(0, len(text) - 1)
    span = starts.flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, min(len(text), start + 9)))
    )
    pool = sorted(draw(st.lists(span, min_size=4, max_size=6, unique=True)))
    numbers = count(1)
    free = draw(st.permutations(pool))
    actors = []
    for _ in range(draw(st.integers(0, len(pool) // 2))):
        mentions, free = free[:2], free[2:]
        kind, number = draw(st.sampled_from(ActorKind)), next(numbers)
        actors.append(
            Actor(
                id=f"a{number}",
                name=draw(st.sampled_from("XYz")),
                kind=kind,
                mentions=tuple(sorted(mentions)),
            )
        )
    who = st.sampled_from([None, *(one.id for one in actors)])
    some = st.lists(st.sampled_from(pool), min_size=1, max_size=4, unique=True)
    said = tuple(
        Attribution(
            id=f"t{next(numbers)}",
            source=(draw(st.sampled_from(pool)),),
            cue=(),
            content=(content,),
            kind=AttributionKind.DIRECT,
            speaker=draw(who),
        )
        for content in draw(some)
    )
    claims = [
        Claim(
            content=a.content,
            sourcing=Sourcing.NAMED,
            commitment=Commitment.ASSERTED,
            attribution=a.id,
            speaker=a.speaker,
            via=draw(who),
            against=draw(who),
        )
        for a in said[1:]
    ]
    claims += [
        Claim(content=(one,), sourcing=Sourcing.UNATTRIBUTED, commitment=Commitment.SUGGESTED)
        for one in draw(some)
        if (one,) not in [a.content for a in said]
    ]
    warnings = [
        Warning(span=(one,), kind=WarningKind.FEAR, speaker=draw(who)) for one in draw(some)
    ]
    replies = [Reply(span=(one,), kind=ReplyKind.DENIED, speaker=draw(who)) for one in draw(some)]
    found = Findings(
        analyser="any",
        actors=tuple(sorted(actors, key=lambda one: one.mentions)),
        attributions=tuple(sorted(said, key=lambda a: min((*a.source, *a.content))[0])),
        quotes=tuple(numbered(quoting(one) for one in said[:2])),
        claims=tuple(numbered(claims)),
        warnings=tuple(numbered(warnings)),
        replies=tuple(numbered(replies)),
    )
    places: st.SearchStrategy[Spans] = st.one_of(
        st.sampled_from(pool).map(lambda one: (one,)),
        st.lists(st.sampled_from(pool), min_size=2, max_size=2).map(tuple),
    )
    nowhere: st.SearchStrategy[Spans] = st.just(())
    fixes = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        kind_of = draw(st.sampled_from(FindingKind))
        edit = draw(st.sampled_from(EDITS[kind_of]))
        to = draw(st.one_of(places, nowhere))
        one = correction(
            text, kind_of, edit, draw(places), to, draw(st.sampled_from(VALUES)), number
        )
        if draw(st.integers(0, 9)) == 0:
            one = draw(
                st.sampled_from((replace(one, placed=Placed.ORPHANED), on_targets(one, _elsewhere)))
            )
        fixes.append(one)
    return text, found, tuple(fixes)


def _elsewhere(one: Target) -> Target:
    return replace(one, start=one.start + 400, end=one.end + 400)


@given(cases(), st.randoms(use_true_random=False))
def test_whatever_is_corrected_the_findings_hold_together(
    case: tuple[str, Findings, tuple[Annotation, ...]], random: Any
) -> None:
    text, machine, fixes = case
    well_formed(text, machine)
    found, conflicts = corrected(text, machine, fixes)
    well_formed(text, found)
    assert single(found)
    assert one_voice(found)
    assert conflicts <= {one.id for one in fixes}
    shuffled = random.sample(fixes, len(fixes))
    assert corrected(text, machine, tuple(shuffled)) == (found, conflicts)
    assert corrected(text, machine, ()) == (machine, frozenset())


@given(cases())
def test_a_correction_that_conflicts_changes_nothing(
    case: tuple[str, Findings, tuple[Annotation, ...]],
) -> None:
    text, machine, fixes = case
    found, conflicts = corrected(text, machine, fixes)
    assert corrected(text, machine, tuple(one for one in fixes if one.id not in conflicts)) == (
        found,
        frozenset(),
    )


@given(cases())
def test_a_correction_that_was_applied_changes_nothing_more_when_the_machine_agrees(
    case: tuple[str, Findings, tuple[Annotation, ...]],
) -> None:
    text, machine, fixes = case
    for one in fixes:
        found, _ = corrected(text, machine, (one,))
        assert corrected(text, found, (one,))[0] == found
