"""Partitions follow from the inputs alone, and a change stays where it is."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from pullquote.corpus.partitions import Partition, partitions
from pullquote.corpus.parts import Failure, Options, Part

_SIZE = 20_000


def _parts(count: int, size: int = 2_000) -> list[Part | Failure]:
    return [Part(input=f"{number:05}.txt", form="document", size=size) for number in range(count)]


def _made(found: list[Part | Failure], analyser: str = "a/1", **told: str) -> list[Partition]:
    return list(partitions(found, _SIZE, analyser, Options(**told)))  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 100_000), max_size=60))
def test_every_part_is_in_one_partition_in_its_order(sizes: list[int]) -> None:
    found = [Part(input=f"{at}", form="document", size=size) for at, size in enumerate(sizes)]
    made = _made([*found])
    assert list(chain.from_iterable(one.parts for one in made)) == found
    assert len({one.id for one in made}) == len(made)
    for one in made:
        assert sum(max(1024, part.size) for part in one.parts[:-1]) < 2 * _SIZE


def test_a_change_makes_few_other_partitions() -> None:
    before = _parts(2_000)
    ids = {one.id for one in _made(before)}
    assert 100 < len(ids) < 500
    more = Part(input="00999b.txt", form="document", size=2_000)
    changed = Part(input="00500.txt", form="document", size=2_000, state="later")
    for after in (
        [*before[:1000], more, *before[1000:]],
        [*before[:500], changed, *before[501:]],
        before[1:],
    ):
        assert len({one.id for one in _made(after)} - ids) <= 4


def test_what_rows_depend_on_makes_other_partitions() -> None:
    found = _parts(10)
    ids = {one.id for one in _made(found)}
    assert not ids & {one.id for one in _made(found, "a/2")}
    assert not ids & {one.id for one in _made(found, language="en")}
    assert ids == {one.id for one in _made(found)}


def test_what_cannot_be_divided_is_in_a_partition_too() -> None:
    gone = Failure("gone.txt", "", "no such file")
    assert [(one.parts, one.failures) for one in _made([gone])] == [((), (gone,))]
    ((parts, failures),) = [(one.parts, one.failures) for one in _made([*_parts(1), gone])]
    assert (len(parts), failures) == (1, (gone,))
