"""Where motions and sweeps end: never inside a grapheme, never outside the text."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from pullquote.reader.layout import Layout
from pullquote.reader.motions import (
    inside,
    moved,
    paragraph_at,
    sentence_starts,
    snapped,
    word_at,
    word_count,
    words_in,
)
from pullquote.reader.pointing import clicked, pointed_at, swept
from pullquote.text import Paragraphs, Span, paragraphs
from tests.readings import texts


def _starts(text: str) -> set[int]:
    spans, _ = split_graphemes(text.replace("\n", " ").replace("\t", " "))
    return {start for start, _, _ in spans} | {len(text)}


@given(texts, st.data())
def test_a_sweep_takes_whole_words_inside_one_text(text: str, data: st.DataObject) -> None:
    spans = paragraphs(text)
    layout = Layout(text, spans, data.draw(st.integers(10, 40)))
    cells = st.tuples(st.integers(-5, len(layout) + 3), st.integers(-5, 50))
    anchor, here = (pointed_at(text, layout, *data.draw(cells)) for _ in range(2))
    taken = swept(text, spans, anchor, here)
    if taken is None:
        assert not text[min(anchor[0], here[0]) : max(anchor[1], here[1])].strip()
    else:
        start, end = taken
        assert 0 <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert snapped(text, spans, taken) == taken
        assert swept(text, spans, here, anchor) == taken


@given(texts, st.data())
def test_clicks_take_something_around_the_place_that_is_clicked(
    text: str, data: st.DataObject
) -> None:
    spans = paragraphs(text)
    if not spans:
        return
    start, end = data.draw(st.sampled_from(spans))
    offset = data.draw(st.integers(start, end - 1))
    for times in (2, 3, 4):
        first, last = clicked(text, spans, offset, times)
        assert start <= first < last <= end


@given(
    texts,
    st.integers(0, 90),
    st.sampled_from(["character", "word", "sentence", "paragraph"]),
    st.sampled_from([1, -1]),
)
def test_a_motion_stays_in_the_text(text: str, cursor: int, unit: str, count: int) -> None:
    spans = paragraphs(text)
    if not spans:
        return
    cursor = inside(spans, min(cursor, len(text)))
    assert any(start <= cursor < end for start, end in spans)
    assert 0 <= moved(text, spans, unit, cursor, count) < len(text)


@given(texts)
def test_words_lie_side_by_side_and_hold_all_that_is_no_space(text: str) -> None:
    words = words_in(text, (0, len(text)))
    assert all(one[1] <= other[0] for one, other in pairwise(words))
    covered = {place for start, end in words for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if not character.isspace())


def test_words_are_those_of_unicode() -> None:
    text = "“Don’t,” he said: 1,000.50 cafe\u0301s. 好的"
    words = [text[slice(*span)] for span in words_in(text, (0, len(text)))]
    assert words == [
        "“",
        "Don’t",
        ",”",
        "he",
        "said",
        ":",
        "1,000.50",
        "cafe\u0301s",
        ".",
        "好",
        "的",
    ]
    assert word_count(text, (0, len(text))) == 7


def test_a_word_is_found_fast_in_a_paragraph_of_any_length() -> None:
    text = "word " * 100_000
    assert word_at(text, paragraphs(text), 250_001) == (250_000, 250_004)


def test_sentences_that_begin_in_a_part_of_the_text() -> None:
    text = "One is here. Two is here.\nThree is here."
    spans = paragraphs(text)
    assert sentence_starts(text, spans, (5, len(text))) == [13, 26]
    assert sentence_starts(text, spans, (13, 20)) == [13]


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
    assert (
        there
        == middle
        + {"word": (5, -2), "sentence": (12, -14), "paragraph": (26, -26)}[unit][count < 0]
    )
    assert spans.looked_at < 30


@pytest.mark.parametrize(
    ("offset", "paragraph"), [(0, (2, 5)), (2, (2, 5)), (5, (2, 5)), (8, (7, 10)), (99, (7, 10))]
)
def test_between_two_paragraphs_is_the_one_before(offset: int, paragraph: Span) -> None:
    assert paragraph_at(Paragraphs("\n\none\n\ntwo\n"), offset) == paragraph
