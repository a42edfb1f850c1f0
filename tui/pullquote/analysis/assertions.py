"""Which attributions assert something: a fact, a prediction, what their source must do.

The first row that holds settles it; docs/claims.md has the rules with more examples.
"""

from collections.abc import Callable
from typing import NamedTuple

from pullquote.analysis.passed import Passed
from pullquote.findings import AttributionKind, Stance


class Row(NamedTuple):
    """What settles whether an attribution is a claim, a sentence that it settles, a near miss."""

    is_claim: bool
    when: Callable[[Passed], bool]
    yes: str
    no: str


ASSERTIONS = (
    Row(
        False,
        lambda one: one.is_question,
        yes="Ann Cole asked if the bridge was safe.",
        no="“If the river rises, the bridge will close,” Ann Cole said.",
    ),
    Row(
        False,
        lambda one: one.is_negated and not one.cue_is("assertion", "negated"),
        yes="Ann Cole did not say that the bridge was safe.",
        no="Ann Cole did not deny that the bridge was safe.",
    ),
    Row(
        False,
        lambda one: (
            one.cue_is("assertion", "topics") and one.attribution.kind is AttributionKind.INDIRECT
        ),
        yes="Ann Cole discussed the state of the bridge.",
        no="Ann Cole announced the closure of the bridge.",
    ),
    Row(
        False,
        lambda one: one.cue_is("assertion", "names") and one.is_name,
        yes="The plan was called Green Harbour by the council.",
        no="The plan was called a disgrace by the council.",
    ),
    Row(
        False,
        lambda one: one.is_by_text,
        yes="A second paragraph tells that the bridge fell.",
        no="The second paragraph of the letter says that the bridge fell.",
    ),
    Row(
        False,
        lambda one: one.is_one_word,
        yes="Ann Cole claimed victory.",
        no="Ann Cole claimed a great victory.",
    ),
    Row(
        True,
        lambda one: one.cue_is("assertion", "promises") and one.attribution.stance is Stance.SAID,
        yes="Ann Cole vowed to mend the bridge.",
        no="Ann Cole hopes to mend the bridge.",
    ),
    Row(
        False,
        lambda one: one.has_attitude and not one.cue_is("assertion", "also"),
        yes="Ann Cole wants the council to mend the bridge.",
        no="Ann Cole fears the bridge will fall.",
    ),
    Row(
        True,
        lambda one: one.is_clause or (one.cue_is("assertion", "telling") and one.is_finite),
        yes="Ann Cole said that the bridge was safe.",
        no="Ann Cole told the council to mend the bridge.",
    ),
    Row(
        True,
        lambda one: one.cue_is("assertion", "of a thing") or one.cue_is("assertion", "denials"),
        yes="Ann Cole denied the charge.",
        no="Ann Cole mentioned the charge.",
    ),
    Row(
        True,
        lambda one: one.cue_is("assertion", "judges") and one.says_what_of_it,
        yes="Ann Cole criticised the misuse of the fund.",
        no="Ann Cole criticised the driver.",
    ),
    Row(
        True,
        lambda one: one.cue_is("assertion", "shows") and one.is_by_document and one.says_what_of_it,
        yes="The scan revealed a growth in the lung.",
        no="Ann Cole revealed a taste for gin.",
    ),
)


def asserts(one: Passed) -> bool:
    """Whether an attribution is a claim; not where no row settles it."""
    if not one.attribution.content:
        return False
    return next((row.is_claim for row in ASSERTIONS if row.when(one)), False)
