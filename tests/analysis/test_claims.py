"""Each example of docs/claims.md is what its line says."""

import re

import pytest

from pullquote.analysis.commitments import COMMITMENTS, CommitmentRow
from pullquote.analysis.pipeline import analyse
from pullquote.text import joined
from tests.conftest import ROOT

_ROW = re.compile(r"^\| (?!\*\*|sentence|---)(.+?) \| (.+?) \| ?(.*?) ?\|$", re.M)
ROWS = _ROW.findall((ROOT / "docs" / "claims.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("sentence", "claim", "commitment"), ROWS)
def test_the_page_of_claims_says_what_is_found(sentence: str, claim: str, commitment: str) -> None:
    text = f"{sentence} The weather was fine."
    found = [(joined(text, one.content), one.commitment.value) for one in analyse(text).claims]
    assert found == ([] if claim == "—" else [(claim, commitment)])


@pytest.mark.parametrize("row", COMMITMENTS, ids=lambda row: row.yes)
def test_a_claim_is_made_as_firmly_as_its_row_says(row: CommitmentRow) -> None:
    """And by no row before it."""
    text = f"{row.yes} The weather was fine."
    (claim,) = analyse(text).claims
    assert claim.commitment is row.commitment
