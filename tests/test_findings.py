"""The types at the ground: one protocol, ids, indexes, and a JSON form that others can rely on."""

import msgspec

from pullquote.findings import (
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    FindingKind,
    Findings,
    Rule,
    Sourcing,
    Stance,
    Warning,
    WarningKind,
    numbered,
)
from tests.freeze import SCHEMA, schema


def claim(start: int, **fields: object) -> Claim:
    return Claim(
        content=((start, start + 4),),
        sourcing=Sourcing.NAMED,
        commitment=Commitment.ASSERTED,
        **fields,  # type: ignore[arg-type]
    )


def test_every_finding_is_found_by_its_id_and_answers_what_all_answer(findings: Findings) -> None:
    for kind in FindingKind:
        ones = findings.of(kind)
        assert ones or kind is FindingKind.REPLY  # nobody was asked in the shipped article
        for one in ones:
            assert findings.finding(one.id) is one
            assert one.finding is kind
            assert one.rule in Rule
            assert one.speaker is None or findings.actor(one.speaker)
            assert [span for place in one.places for span in place] == list(one.spans)


def test_quotes_claims_and_warnings_are_numbered_in_text_order(findings: Findings) -> None:
    for kind, letter in (("quotes", "q"), ("claims", "c"), ("warnings", "w")):
        ones = getattr(findings, kind)
        assert [one.id for one in ones] == [f"{letter}{n}" for n in range(1, len(ones) + 1)]
        assert [one.spans for one in ones] == sorted(one.spans for one in ones)
    assert [(one.id, one.content[0][0]) for one in numbered((claim(9), claim(2)))] == [
        ("c1", 2),
        ("c2", 9),
    ]


def test_a_quote_is_as_sure_as_its_attribution_and_found_by_the_same_rule(
    findings: Findings,
) -> None:
    for one in findings.quotes:
        said = findings.attribution(one.attribution)
        assert said
        assert (one.confidence, one.rule) == (said.confidence, said.rule)


def test_who_says_it_is_the_speaker_in_code_and_keeps_its_key_in_json() -> None:
    warning = Warning(span=((0, 4),), kind=WarningKind.THREAT, speaker="a2")
    told = msgspec.json.decode(
        msgspec.json.encode(
            Findings(analyser="any", claims=(claim(0, speaker="a1"),), warnings=(warning,))
        )
    )
    assert (told["claims"][0]["source"], told["warnings"][0]["issuer"]) == ("a1", "a2")
    assert not {"speaker", "finding", "spans"} & {*told["claims"][0], *told["warnings"][0]}


def test_findings_as_they_were_kept_before_ids_are_still_read() -> None:
    old = b"""{"analyser": "pullquote/3", "actors": [{"id": "a1", "name": "Bo", "kind": "person"}],
        "quotes": [{"attribution": "t1", "content": [[0, 4]], "kind": "direct", "speaker": "a1"}],
        "claims": [{"content": [[0, 4]], "sourcing": "named", "commitment": "asserted",
        "source": "a1"}],
        "warnings": [{"span": [[0, 4]], "kind": "fear", "issuer": "a1"}]}"""
    found = msgspec.json.decode(old, type=Findings)
    for kind in FindingKind:
        expected = [] if kind is FindingKind.REPLY else ["a1"]  # there were none yet
        assert [one.speaker for one in found.of(kind)] == expected


def test_the_json_schema_is_that_of_the_types() -> None:
    assert SCHEMA.read_bytes() == schema()


def test_thoughts_are_left_out_where_words_alone_are_asked_for() -> None:
    def said(identity: str, stance: Stance) -> Attribution:
        kind = AttributionKind.INDIRECT
        return Attribution(
            id=identity, source=(), cue=(), content=((0, 4),), kind=kind, stance=stance
        )

    claims = (claim(0, attribution="t1"), claim(5, attribution="t2"), claim(9))
    warning = Warning(span=((0, 4),), kind=WarningKind.FEAR, attribution="t2")
    found = Findings(
        analyser="any",
        attributions=(said("t1", Stance.SAID), said("t2", Stance.FELT)),
        claims=claims,
        warnings=(warning,),
    )
    assert found.non_speech_ids == {"t2"}
    assert found.in_words().claims == (claims[0], claims[2])
    assert found.in_words().warnings == (warning,)
