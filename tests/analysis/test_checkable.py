"""What can be checked, and the figures in it."""

import pytest

from pullquote.analysis import DEFAULT_MODEL
from pullquote.analysis.checkable import ROWS, Content, Row, content_of, figures
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import analyse, parse
from pullquote.text import paragraphs


def _content(text: str) -> Content:
    """The one claim of a text, as the rows look at it."""
    found = analyse(text)
    (claim,) = found.claims
    said = found.attribution(claim.attribution)
    assert said is not None
    parsed = Parsed(text, list(parse(text, paragraphs(text), DEFAULT_MODEL)))
    cue = frozenset(t.lemma_.lower() for span in said.cue for t in parsed.tokens(span))
    return content_of(parsed, claim.content, cue, claim.sourcing)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.yes)
def test_a_row_holds_for_its_claim_and_not_for_the_near_miss(row: Row) -> None:
    assert row.when(_content(f"{row.yes} It rained."))
    assert not row.when(_content(f"{row.no} It rained."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Cole said 4,200 people had left in March 2012.", ["4,200 people", "March 2012"]),
        ("Ann Cole said rents rose by 9 per cent.", ["9 per cent"]),
        ("Ann Cole said wages were lower than in 2008.", ["lower than", "2008"]),
        ("Ann Cole said nobody had left.", []),
    ],
)
def test_the_figures_of_a_claim(text: str, expected: list[str]) -> None:
    parsed = Parsed(text, list(parse(text, paragraphs(text), DEFAULT_MODEL)))
    found = figures(parsed, ((len("Ann Cole said "), len(text) - 1),))
    assert [text[slice(*span)] for span in found] == expected
