"""Each row of sourcing holds for its sentence, and not for its near miss."""

import pytest

from pullquote.analysis.pipeline import analyse
from pullquote.analysis.sourcing import SOURCINGS, Row, sourcing
from pullquote.findings import Actor, ActorKind, Sourcing


@pytest.mark.parametrize("row", SOURCINGS, ids=lambda row: row.yes)
def test_a_claim_is_sourced_as_its_row_says(row: Row) -> None:
    """And by no row before it."""
    (claim,) = analyse(f"{row.yes} The weather was fine.").claims
    assert claim.sourcing is row.sourcing
    (other,) = analyse(f"{row.no} The weather was fine.").claims
    assert other.sourcing is not row.sourcing


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("two people familiar with the talks", Sourcing.ANONYMOUS),
        ("a spokeswoman for the bank", Sourcing.OFFICIAL),
        ("police officers", Sourcing.OFFICIAL),
        ("the police", Sourcing.INSTITUTION),
        ("a local police source", Sourcing.ANONYMOUS),
        ("their lawyer", Sourcing.OFFICIAL),
        ("lawyers", Sourcing.ANONYMOUS),
    ],
)
def test_the_head_noun_decides(name: str, expected: Sourcing) -> None:
    assert sourcing(Actor(id="a1", name=name, kind=ActorKind.UNNAMED), has_source=True) is expected
