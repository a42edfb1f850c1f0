"""Quotations that share some words in a row have a shingle in common."""

from hypothesis import given
from hypothesis import strategies as st

from pullquote.notes.shingles import SIZE, WINDOW, fingerprint, shingles

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30)
SHARED = st.lists(st.integers(0, 99).map(str), min_size=SIZE + WINDOW - 1, max_size=20)


@given(WORDS, WORDS, WORDS, WORDS, SHARED)
def test_whoever_shares_enough_words_in_a_row_meets(
    before: list[str], behind: list[str], other: list[str], last: list[str], shared: list[str]
) -> None:
    first, second = [*before, *shared, *behind], [*other, *shared, *last]
    assert fingerprint(first) & set(shingles(second))


@given(st.lists(st.text(max_size=5), max_size=50))
def test_they_are_small_numbers_and_the_fingerprint_is_some_of_them(keys: list[str]) -> None:
    every = shingles(keys)
    assert len(every) == max(0, len(keys) - SIZE + 1)
    assert all(0 <= one < 2**31 for one in every)
    assert fingerprint(keys) <= set(every)
    assert bool(every) == bool(fingerprint(keys))


def test_they_are_the_same_on_every_machine() -> None:
    assert shingles(["we", "must", "go"]) == [509625840]
