"""Statements that are near are found, a few or many at once, and alike."""

from pullquote.analysis.vectors import Compared

SAID = (
    "the council will rebuild the old bridge before the winter",
    "before the winter, the council is to rebuild the old bridge",
    "three men were hurt when a lorry overturned on the coast road",
    "inflation fell to two per cent in March, the bank said",
)
AGAIN = "the old bridge will be rebuilt by the council before winter"


def test_one_is_found_by_another_and_the_nearest_comes_first() -> None:
    every = Compared()
    assert [near.others for near in every.add(SAID[:1], 0.6, 9)] == [()]
    (near,) = every.add(SAID[1:2], 0.6, 9)
    assert [other for other, _ in near.others] == [0]
    [*every.add(SAID[2:], 0.6, 9)]
    (near,) = every.add([AGAIN], 0.6, 9)
    assert sorted(other for other, _ in near.others) == [0, 1]
    assert near.others[0][1] >= near.others[1][1]


def test_many_at_once_are_found_as_one_by_one() -> None:
    alone, together = Compared(), Compared()
    statements = [*SAID, AGAIN, *(f"{one} today" for one in SAID), *SAID]
    one_by_one = [near for one in statements for near in alone.add([one], 0.7, 99)]
    at_once = [*together.add(statements, 0.7, 99)]
    assert [near.vector for near in at_once] == [near.vector for near in one_by_one]
    for here, there in zip(at_once, one_by_one, strict=True):
        assert {other for other, _ in here.others} == {other for other, _ in there.others}
