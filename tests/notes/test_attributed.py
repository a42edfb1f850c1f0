"""The same words in another's mouth: told only where two names are certainly of two."""

import pytest

from pullquote.findings import NOBODY
from pullquote.notes.attributed import is_another


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ada Quist", "Bo Lindqvist", True),
        ("Ada Quist", "the council", False),
        ("Ada Quist", "Mr Quist", False),
        ("Ada Quist", "ADA QUIST", False),
        ("Ada Quist", NOBODY, False),
        ("a neighbour", "Bo Lindqvist", False),
    ],
)
def test_two_names_without_a_word_in_common_are_two(one: str, other: str, expected: bool) -> None:
    assert is_another(one, other) is expected
    assert is_another(other, one) is expected
