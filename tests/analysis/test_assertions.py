"""What is a claim, whom it is against, whom it came through, and the cue as readers see it."""

import pytest

from pullquote.analysis import accused
from pullquote.analysis.pipeline import analyse
from pullquote.findings import Claim, Commitment, Findings, Sourcing
from pullquote.text import joined


def _found(text: str) -> Findings:
    return analyse(f"{text} The weather was fine.").in_words()


def _claims(text: str) -> list[Claim]:
    return list(_found(text).claims)


def _name(found: Findings, identity: str | None) -> str | None:
    actor = found.actor(identity)
    return None if actor is None else actor.name


@pytest.mark.parametrize("row", accused.ROWS, ids=lambda row: row.yes)
def test_a_claim_is_against_whom_it_accuses(row: accused.Row) -> None:
    found = _found(row.yes)
    assert [_name(found, claim.against) for claim in found.claims] == ["Tom Birch"]
    assert not any(claim.against for claim in _claims(row.no))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Hamas and Iran blamed Israel for the strike.", "Israel for the strike"),
        ("Ann Cole rejected claims that she had lied.", "she had lied"),
        ("The court heard that nobody had checked the brakes.", "nobody had checked the brakes"),
        ("The court ruled that the law was void.", "the law was void"),
        ("The jury found that the fire had been set.", "the fire had been set"),
    ],
)
def test_accusations_denials_and_findings_are_shown_without_being_asked_for(
    text: str, content: str
) -> None:
    found = _found(text)
    assert [joined(f"{text} ", claim.content) for claim in found.claims] == [content]


def test_each_sentence_of_a_long_quotation_is_a_claim_of_its_own() -> None:
    text = (
        "“The river rose by two metres. Who could have known? The bridge may close. Good luck to "
        "you,” said Ann Cole."
    )
    claims = analyse(text).claims
    assert [joined(text, claim.content) for claim in claims] == [
        "“The river rose by two metres.",
        "The bridge may close.",
    ]
    assert [claim.commitment for claim in claims] == [Commitment.ASSERTED, Commitment.SUGGESTED]
    assert [claim.checkable for claim in claims] == [True, False]


def test_what_a_lawyer_was_told_to_say_came_through_the_lawyer() -> None:
    found = _found("Her lawyer said that Ruth Pell had been told the safe was empty.")
    (claim,) = found.claims
    assert _name(found, claim.speaker) == "Ruth Pell"
    assert _name(found, claim.via) == "Her lawyer"
    assert claim.sourcing is Sourcing.NAMED


@pytest.mark.parametrize(
    ("text", "cue", "commitment"),
    [
        ("Ann Cole has repeatedly alleged that the bridge fell.", "alleged", Commitment.ALLEGED),
        ("Ann Cole admitted that the bridge fell.", "admitted", Commitment.ASSERTED),
        ("The bridge fell, according to Ann Cole.", "according to", Commitment.ASSERTED),
        ("Ann Cole did not deny that the bridge fell.", "did not deny", Commitment.SUGGESTED),
        ("The bridge reportedly fell.", "reportedly", Commitment.SUGGESTED),
        ("The clerk allegedly forged the stamp.", "allegedly", Commitment.ALLEGED),
    ],
)
def test_the_cue_is_told_as_a_reader_sees_it(text: str, cue: str, commitment: Commitment) -> None:
    (claim,) = _claims(text)
    assert (claim.cue, claim.commitment) == (cue, commitment)


def test_a_source_that_is_named_takes_what_is_alleged() -> None:
    found = _found("The clerk allegedly forged the stamp, according to the indictment.")
    (claim,) = found.claims
    assert claim.sourcing is Sourcing.DOCUMENT


@pytest.mark.parametrize(
    "text",
    [
        "Members are supposed to declare gifts within 28 days.",
        "Visitors are expected to take off their shoes.",
        "He was pictured with Tom Baker.",
    ],
)
def test_duties_and_pictures_are_no_claims(text: str) -> None:
    assert _claims(text) == []


def test_what_somebody_is_supposed_to_have_done_is_hearsay() -> None:
    (claim,) = _claims("The minister is supposed to have fled.")
    assert claim.sourcing is Sourcing.UNATTRIBUTED
