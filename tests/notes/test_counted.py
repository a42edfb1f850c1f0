"""Figures of one event that its articles give otherwise, in sentences that are not alike."""

from datetime import date

import pytest

from pullquote.findings import Commitment, Sourcing
from pullquote.notes.counted import counted
from pullquote.notes.story import Report, Version
from tests.analysis.bounds import steps


def versions(*words: str, commitment: Commitment = Commitment.ASSERTED) -> list[Version]:
    """Claims, each of an article of its own."""
    return [
        Version(
            article=f"{number}",
            site=f"{number}.example",
            finding="c1",
            start=0,
            end=len(one),
            words=one,
            speaker="the coast guard",
            sourcing=Sourcing.INSTITUTION,
            commitment=commitment,
            checkable=True,
            verdict="",
        )
        for number, one in enumerate(words)
    ]


def told(*words: str) -> list[tuple[list[str], bool]]:
    found = counted(versions(*words))
    return [([str(count.figure) for count in one.counts], one.is_doubtful) for one in found]


TWO = (["19 dead", "21 dead"], False)
MAYBE = (["19 dead", "21 dead"], True)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("Fire on the ferry killed at least 19 passengers", "21 died as the ferry burned", TWO),
        ("19 people were killed", "Twenty-one passengers died aboard the Aurora", MAYBE),
        ("The fire left nineteen dead", "the death toll had risen to 21", MAYBE),
        ("19 people died in the fire", "A fire in 1998 killed 21 people", None),  # of other years
        ("19 people were killed", "21 people were rescued", None),
        ("140 passengers were on board", "some 150 passengers had been on board",
         (["140 passengers", "150 passengers"], False)),
        ("140 people were on the ferry", "150 people asked for money", None),
        ("The dock cost $4 million", "$5 million is what the dock has cost",
         (["$4,000,000", "$5,000,000"], False)),
        ("It takes 4 per cent of the fuel", "Of the votes she has 5 per cent", None),
        ("19 dead, not 17 dead, were found", "21 dead were found", None),  # which of the two?
    ],
)  # fmt: skip
def test_figures_are_put_together_where_they_count_one_thing(
    here: str, there: str, expected: tuple[list[str], bool] | None
) -> None:
    assert told(here, there) == ([expected] if expected else [])


def test_three_outlets_are_told_at_once_and_those_that_agree_with_them() -> None:
    found = told("19 died on the ferry", "the ferry: 21 dead on board", "19 dead on the ferry")
    assert [figures for figures, _ in found] == [["19 dead", "21 dead", "19 dead"]]


def test_one_article_alone_and_what_is_denied_differ_from_nothing() -> None:
    one, other = versions("19 people were killed", "21 people were killed")
    assert not counted([one, Version(**{**_fields(other), "article": "0"})])
    denied = versions("21 people were killed", commitment=Commitment.DENIED)
    assert not counted([one, *denied])


def test_twice_as_many_claims_take_twice_the_steps() -> None:
    def work(mark: str, count: int) -> int:
        names = (f"{mark}{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(count))
        claims = versions(*(f"{name} owes {n % 97}% of it" for n, name in enumerate(names)))
        return steps(lambda: counted(claims))

    work("before", 1)  # reads the lists of words
    assert work("many", 400) < 2.1 * work("once", 200)


def _fields(one: Version) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def test_two_articles_of_one_title_are_told_apart() -> None:
    from pullquote.formats.story import outlets

    day = date(2026, 5, 4)
    reports = [
        Report("a" * 16, "Fire", "Herald", day, True),
        Report("b" * 16, "Fire", "Herald", day, True),
        Report("c" * 16, "Fire", "", day, True),
        Report("d" * 16, "Storm", "Herald", day, True),
        Report("e" * 16, "Fire", "Herald", date(2026, 5, 5), True),
    ]
    assert list(outlets(reports).values()) == [
        "Fire, 2026-05-04",
        "Herald, 2026-05-05",
        "Herald, 2026-05-04, Storm",
        "Herald, 2026-05-04, aaaaaaaa",
        "Herald, 2026-05-04, bbbbbbbb",
    ]
