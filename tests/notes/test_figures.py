"""Figures are compared as numbers with what they count, however they are written."""

import pytest

from pullquote.notes.figures import differing, figures


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nineteen dead, officials say", ["19 dead"]),
        ("two people were killed and three wounded", ["2 dead", "3 hurt"]),
        ("a loss of $2.5 million in 1995", ["$2,500,000", "1995"]),
        ("1.5bn euros", ["€1,500,000,000"]),
        ("46 per cent to 42%", ["46%", "42%"]),
        ("by 5 percentage points", ["5 points"]),
        ("forty thousand soldiers on Sept. 11", ["40,000 people"]),
        ("one of them said that the first had left", []),
    ],
)
def test_a_figure_is_a_number_with_what_it_counts(words: str, found: list[str]) -> None:
    assert [str(one) for one in figures(words)] == found


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ("Nineteen people were killed", "21 dead", ["19 dead here, 21 dead there"]),
        ("$2.5 million", "2,500,000 dollars", []),
        ("19 dead and 40 wounded", "40 wounded and 19 killed", []),
        (
            "19 people were killed on Monday",
            "The fire killed 21 people",
            ["19 dead here, 21 dead there"],
        ),
        ("killed at least nineteen", "21 passengers died", ["19 dead here, 21 dead there"]),
        ("46 percent of voters", "40 voters", []),
        ("a lead of 46% to 42%", "a lead of 46% to 41%", ["42% here, 41% there"]),
    ],
)
def test_only_figures_of_one_unit_differ(here: str, there: str, said: list[str]) -> None:
    assert [str(one) for one in differing(here, there)] == said
