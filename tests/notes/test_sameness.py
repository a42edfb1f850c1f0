"""Two claims are the same statement, similar, or neither; doubt makes them less, never more."""

import pytest

from pullquote.notes.sameness import SAME, SIMILAR, Sameness, Told, compared, likeness, plain

WALL = Told("The wall will be raised by two metres next spring", "Ada Quist", False)


def alike(here: Told, there: Told, cosine: float = 0.95) -> Sameness | None:
    found = compared(likeness(cosine, plain(here.words), plain(there.words)), here, there)
    return found.sameness if found else None


@pytest.mark.parametrize(
    ("words", "speaker", "found"),
    [
        ("Next spring the wall will be raised by two metres", "Ben Carr", Sameness.SAME),
        ("Next spring the wall will be raised by 3 metres", "Ben Carr", Sameness.SIMILAR),
        ("Next spring the wall will be raised by 3 feet", "Ben Carr", Sameness.SIMILAR),
        ("Next spring the wall will not be raised by two metres", "Ben Carr", Sameness.SIMILAR),
        ("The library opens on Sundays from May on", "Ada Quist", None),
    ],
)
def test_figures_and_negation_decide_where_words_agree(
    words: str, speaker: str, found: Sameness | None
) -> None:
    assert alike(WALL, Told(words, speaker, False)) == found


def test_what_two_say_of_themselves_is_no_claim_in_common() -> None:
    words = "they are satisfied with the new timetable of the ferry"
    there = f"{words} now"
    assert alike(Told(words, "Ada Quist", False), Told(there, "Ben Carr", False)) is None
    assert alike(Told(words, "Ada Quist", False), Told(there, "Mr Quist", False)) is Sameness.SAME


def test_the_same_words_of_two_about_themselves_are_for_the_reader_to_look_at() -> None:
    words = "we warned the board of the wall three times"
    assert (
        alike(Told(words, "Ada Quist", False), Told(words, "Ben Carr", False), 1.0)
        is Sameness.SIMILAR
    )
    assert alike(Told(words, "Ada Quist", False), Told(words, "Quist", False), 1.0) is Sameness.SAME
    assert alike(WALL, WALL._replace(speaker="Ben Carr"), 1.0) is Sameness.SAME


def test_who_counts_the_dead_otherwise_does_not_make_the_same_statement() -> None:
    here = Told("A fire on the ferry broke out on Monday and 19 people were killed", "Ann", False)
    there = Told("The fire on the ferry on Monday killed 21 people", "Ann", False)
    found = compared(0.95, here, there)
    assert found is not None
    assert found.sameness is Sameness.SIMILAR
    assert [str(one) for one in found.differing] == ["19 dead here, 21 dead there"]


def test_limits_hold_as_given() -> None:
    assert compared(SIMILAR - 0.01, WALL, WALL._replace(words=WALL.words + " at last")) is None
    found = compared(SAME, WALL, WALL._replace(words=WALL.words + " at last"))
    assert found is not None
    assert found.sameness is Sameness.SAME


def test_a_denial_is_never_the_claim_that_it_denies_whatever_its_words() -> None:
    found = compared(1.0, WALL, WALL._replace(is_denial=True))
    assert found is not None
    assert found.sameness is Sameness.SIMILAR
    assert alike(WALL._replace(is_denial=True), WALL._replace(is_denial=True)) is Sameness.SAME


def test_an_opposite_makes_it_similar() -> None:
    helps = Told("the new tax helps the farmers of the valley", "Ann", False)
    hurts = Told("the new tax hurts the farmers of the valley", "Ann", False)
    found = compared(0.95, helps, hurts)
    assert found
    assert found.sameness is Sameness.SIMILAR
    again = Told("the new tax helps the farmers of that valley", "Ann", False)
    found = compared(0.95, helps, again)
    assert found
    assert found.sameness is Sameness.SAME
