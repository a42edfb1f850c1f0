"""Whether two quotations are the same words, which of them leaves some out, and which differ."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.notes.changes import How
from pullquote.notes.collation import Likeness, collate
from pullquote.notes.words import read

SAME, CUT, CHANGED = Likeness

BRIDGE = "“We will rebuild the old bridge before the winter, whatever it costs the town.”"
WALL = "“Nobody asked us about the wall. I would have said no. It is our river, after all.”"
# Two quotations, and what the first is to the second; which of them leaves words out.
PAIRS = {
    "as it was": (BRIDGE, BRIDGE, SAME, (False, False)),
    "set otherwise": (
        BRIDGE,
        '"We will re\u00adbuild THE old bridge -- before the winter - whatever it costs the town"',
        SAME,
        (False, False),
    ),
    "in two pieces": (
        BRIDGE,
        "“We will rebuild the old bridge before the winter,” … “whatever it costs the town.”",
        SAME,
        (False, False),
    ),
    "a bracket for a word": (
        BRIDGE,
        "“[The council] will rebuild the old bridge before the winter, whatever it costs the town.”",
        SAME,
        (False, False),
    ),
    "a bracket beside a word": (
        BRIDGE,
        "“We will rebuild the old bridge [over the Ister] before the winter, whatever it costs the town.”",
        SAME,
        (False, False),
    ),
    "a capital in brackets": (
        "“I think the old bridge will be rebuilt before the winter comes.”",
        "“[T]he old bridge will be rebuilt before the winter comes.”",
        CUT,
        (False, True),
    ),
    "an apostrophe the wrong way round": (
        "“The town‘s bridge isn’t safe for carts of any kind.”",
        "“The town's bridge isn't safe for carts of any kind.”",
        SAME,
        (False, False),
    ),
    "a part of it": ("“rebuild the old bridge before the winter,”", BRIDGE, CUT, (True, False)),
    "words left out": (
        BRIDGE,
        "“We will rebuild the old bridge … whatever it costs the town.”",
        CUT,
        (False, True),
    ),
    "each has what the other has not": (
        "“Nobody asked us about the wall. I would have said no.”",
        "“I would have said no. It is our river, after all.”",
        CUT,
        (True, True),
    ),
    "another word": (
        BRIDGE,
        "“We will repair the old bridge before the winter, whatever it costs the town.”",
        CHANGED,
        (False, False),
    ),
    "another last word": (
        BRIDGE,
        "“We will rebuild the old bridge before the winter, whatever it costs the county.”",
        CHANGED,
        (False, False),
    ),
    "another figure": (
        "“We counted 9.9 tonnes of fish in the river this May.”",
        "“We counted 99 tonnes of fish in the river this May.”",
        CHANGED,
        (False, False),
    ),
    "other words, and some left out": (
        WALL,
        "“Nobody asked us about that wall. I would have said no.”",
        CHANGED,
        (False, True),
    ),
}


@pytest.mark.parametrize(("first", "second", "likeness", "cuts"), PAIRS.values(), ids=PAIRS)
def test_the_same_words_are_known_and_what_became_of_them(
    first: str, second: str, likeness: Likeness, cuts: tuple[bool, bool]
) -> None:
    found, back = collate(read(first), read(second)), collate(read(second), read(first))
    assert found
    assert back
    assert (found.likeness, found.cuts) == (likeness, cuts)
    assert (back.likeness, back.cuts) == (likeness, cuts[::-1])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("“We will not go.”", "“We will not go.”"),  # under five words
        ("“I would have said no to them.”", "“I would have asked the council first.”"),
        (  # what stands in many sentences
            "“Nobody is fit to be mayor of the city of Ister, she least of all.”",
            "“I never wanted to be mayor of the city of Ister.”",
        ),
        (BRIDGE, WALL),
        ("", ""),
    ],
)
def test_others_are_not_the_same_words(first: str, second: str) -> None:
    assert collate(read(first), read(second)) is None


@pytest.mark.parametrize(
    ("shorter", "is_signed"),
    [
        ("“We will rebuild the old bridge … whatever it costs the town.”", True),
        ("“We will rebuild the old bridge,” … “whatever it costs the town.”", True),
        ("“We will rebuild the old bridge. . . . whatever it costs the town.”", True),
        ("“We will rebuild the old bridge, whatever it costs the town.”", False),
        ("“We will rebuild the old bridge before the winter.”", True),  # where it ends, it ends
    ],
)
def test_words_left_out_within_have_a_sign_or_none(shorter: str, is_signed: bool) -> None:
    found = collate(read(BRIDGE), read(shorter))
    assert found
    assert found.likeness is CUT
    assert found.is_signed is is_signed


@pytest.mark.parametrize(
    ("second", "remark"),
    [
        (BRIDGE, "the same"),
        ("“We will rebuild the old bridge … whatever it costs the town.”", "cut there"),
        (
            "“We will rebuild the old bridge, whatever it costs the town.”",
            "cut there, without a sign",
        ),
        ("“We will rebuild the old bridge before the winter,”", "shorter there"),
        (f"{BRIDGE} … “It is high time.”", "shorter here"),
        (
            "“It is high time.” … “We will rebuild the bridge before the winter,”",
            "cut there, without a sign, only in part the same",
        ),
        (
            "“We will repair the old bridge before the winter,”",
            "changed, shorter there",
        ),
    ],
)
def test_what_became_of_the_words_is_said_in_a_few(second: str, remark: str) -> None:
    found = collate(read(BRIDGE), read(second))
    assert found
    assert found.remark == remark


def test_each_side_shows_what_only_it_has() -> None:
    found = collate(
        read("“We will rebuild the old bridge before winter, come what may.”"),
        read("“We will repair the bridge before winter, come what may,”"),
    )
    assert found
    kept, removed, added = How.KEPT, How.REMOVED, How.ADDED
    assert found.sides == (
        (
            (kept, "“We will "),
            (removed, "rebuild"),
            (kept, " the "),
            (removed, "old"),
            (kept, " bridge before winter, come what may.”"),
        ),
        (
            (kept, "“We will "),
            (added, "repair"),
            (kept, " the bridge before winter, come what may,”"),
        ),
    )


def test_a_word_that_stands_twice_is_taken_where_the_others_are() -> None:
    """Not the first "we" of the longer one, far from the rest."""
    found = collate(
        read("“we must go home before dark”"),
        read("“we were asked to stay, but we must go home before dark”"),
    )
    assert found
    assert [words for how, words in found.sides[1] if how is How.ADDED] == [
        "we were asked to stay, but"
    ]


def test_very_long_ones_are_compared_too() -> None:
    """A transcript of 50,000 words, with a quotation out of its first 10,000, and with itself."""
    numbers = [f"word{number * 7919 % 3001}" for number in range(50_000)]
    whole, part = read(" ".join(numbers)), read(" ".join(numbers[4_000:4_020]))
    found, itself = collate(part, whole), collate(whole, whole)
    assert found
    assert found.likeness is CUT
    assert itself
    assert itself.likeness is SAME


TEXTS = st.lists(
    st.sampled_from(
        ["we", "will", "not", "go", "…", "[he]", "“ours”.", "bridge,", "Ister’s", "1,000"]
    ),
    max_size=40,
).map(" ".join)


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_text_and_either_way_round_it_is_the_same(
    first: str, second: str
) -> None:
    found = collate(read(first), read(second))
    assert (found is None) == (collate(read(second), read(first)) is None)
    if found:
        assert ["".join(words for _, words in side) for side in found.sides] == [first, second]
        assert all(any(gap.sizes) for gap in found.gaps)
        assert found.shared <= min(len(found.first), len(found.second))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_read(first: str, second: str) -> None:
    collate(read(first), read(second))
    words = read(first)
    spans = list(words.spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, islice(spans, 1, None), strict=False))
    assert all(words.keys)
