"""Where the keys' motions end, in a text of any length."""

from typing import Any

import pytest

from tui.text import Paragraphs, Span
from tui.widgets.motions import moved, paragraph_at


class Counted(Paragraphs):
    """Paragraphs that count how many of them are looked at."""

    looked_at = 0

    def __getitem__(self, index: Any) -> Any:
        self.looked_at += 1
        return super().__getitem__(index)

    def __iter__(self) -> Any:
        self.looked_at += len(self)
        return super().__iter__()


@pytest.mark.parametrize("unit", ["word", "sentence", "paragraph"])
@pytest.mark.parametrize("count", [1, -1])
def test_a_motion_looks_at_a_few_paragraphs_however_many_there_are(unit: str, count: int) -> None:
    text = "Some words. More of them.\n" * 4096
    spans = Counted(text)
    middle = spans[2048][0]
    spans.looked_at = 0
    there = moved(text, spans, unit, middle, count)
    assert there == middle + {"word": (5, -2), "sentence": (12, -14), "paragraph": (26, -26)}[unit][count < 0]
    assert spans.looked_at < 30


@pytest.mark.parametrize(("offset", "paragraph"), [(0, (2, 5)), (2, (2, 5)), (5, (2, 5)), (8, (7, 10)), (99, (7, 10))])
def test_between_two_paragraphs_is_the_one_before(offset: int, paragraph: Span) -> None:
    assert paragraph_at(Paragraphs("\n\none\n\ntwo\n"), offset) == paragraph
