"""How firmly a source stands behind what it says; the first row that holds decides."""

from collections.abc import Callable
from typing import NamedTuple

from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.passed import Passed, has_modal
from pullquote.findings import Commitment


class CommitmentRow(NamedTuple):
    """How firmly a claim is made, when it is, and a sentence that makes it so."""

    commitment: Commitment
    when: Callable[[Passed], bool]
    yes: str


COMMITMENTS = (
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.is_negated and one.cue_is("commitment", "denied"),
        yes="The mayor did not deny that the port had closed.",
    ),
    CommitmentRow(
        Commitment.DENIED,
        lambda one: one.is_negated or one.cue_is("commitment", "denied"),
        yes="The mayor denied that the port had closed.",
    ),
    CommitmentRow(
        Commitment.CONDITIONAL,
        lambda one: has_modal(one.cue, lexicon("cues")["hedge"]["modals of cues"]),
        yes="The mayor would say that the port had closed.",
    ),
    CommitmentRow(
        Commitment.ALLEGED,
        lambda one: one.cue_is("commitment", "alleged") or one.is_hedged,
        yes="The mayor alleged that the port had closed.",
    ),
    CommitmentRow(
        Commitment.INSISTED,
        lambda one: one.cue_is("commitment", "insisted"),
        yes="The mayor insisted that the port had closed.",
    ),
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.cue_is("commitment", "suggested"),
        yes="The mayor suggested that the port had closed.",
    ),
    CommitmentRow(
        Commitment.CONDITIONAL,
        lambda one: one.is_conditional,
        yes="The mayor said that the port will close if the ice comes.",
    ),
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.is_tentative,
        yes="The mayor said that the port may close.",
    ),
    CommitmentRow(
        Commitment.ASSERTED,
        lambda one: True,
        yes="The mayor said that the port had closed.",
    ),
)


def commitment(one: Passed) -> Commitment:
    """How firmly: by the cue's negation and class, then by what its main verb stands under."""
    return next(row.commitment for row in COMMITMENTS if row.when(one))
