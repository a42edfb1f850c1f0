"""The one door that text comes in by, and how it is cut."""

import tracemalloc
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.layout import Layout
from pullquote.text import Paragraphs, clean, one_line, paragraphs, sentences

anything = st.text(st.characters(codec=None), max_size=200)


@given(anything)
def test_cleaning_keeps_every_offset(text: str) -> None:
    without = text.replace("\r\n", "\n")
    assert len(clean(without)) == len(without)


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(anything)
def test_no_control_character_but_tab_and_line_feed_passes(text: str) -> None:
    kinds = {character: unicodedata.category(character) for character in clean(text)}
    assert all(kind not in ("Cc", "Cs") or character in "\t\n" for character, kind in kinds.items())


@given(anything)
def test_lines_are_the_same_however_they_are_split(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.splitlines() == (cleaned.removesuffix("\n").split("\n") if cleaned else [])


@pytest.mark.parametrize(
    "hostile", ["\x1b]52;c;ZXZpbA==\x07", "\x9b31m", "\u202eevil", "\U000e0041", "\ud800", "\u2066"]
)
def test_nothing_that_a_terminal_obeys_passes(hostile: str) -> None:
    assert not set(hostile) & set("\x1b\x07\x9b\u202e\U000e0041\ud800\u2066") & set(clean(hostile))


@pytest.mark.parametrize(
    "spelled",
    [
        "הממשלה (C++\u200e) החליטה.",
        "قال \u200fHBO\u200f! ثم",
        "عدد \u061c5-3 في",
        "\u200eIsrael said so.",
        "Um den \u200e1. Mai",
    ],
)
def test_marks_of_direction_stay_where_they_are_spelling(spelled: str) -> None:
    assert clean(spelled) == spelled
    assert one_line(spelled) == spelled


@pytest.mark.parametrize("mark", ["\u200f", "\u061c"])
def test_a_mark_that_turns_figures_round_unseen_does_not_pass(mark: str) -> None:
    """Each line by itself: one in Hebrew lends nothing to another."""
    assert clean(f"They won {mark}3-1.\nשלום {mark}3") == f"They won \ufffd3-1.\nשלום {mark}3"


@given(anything)
def test_paragraphs_are_in_order_apart_and_hold_all_words(text: str) -> None:
    cleaned = clean(text)
    spans = paragraphs(cleaned)
    assert all(end > start for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert [word for s, e in spans for word in cleaned[s:e].split()] == cleaned.split()
    covered = {i for s, e in spans for i in range(s, e)}
    assert all(character.isspace() for i, character in enumerate(cleaned) if i not in covered)


def test_sentences_do_not_end_at_titles_and_initials() -> None:
    text = "Mr. Smith met J. K. Rowling. “It went well!” They left."
    assert [text[s:e] for s, e in sentences(text, (0, len(text)))] == [
        "Mr. Smith met J. K. Rowling.",
        "“It went well!”",
        "They left.",
    ]


class Counted(str):
    """A text that counts the characters that are cut from it."""

    cut = 0

    def __getitem__(self, place: Any) -> str:
        piece = super().__getitem__(place)
        Counted.cut += len(piece)
        return piece


@pytest.mark.parametrize(
    "words", ["Mr. A", "U.S.A. ", "He went. ", "“So.” ", "? ", "word, ", "a     ", "...."]
)
def test_twice_the_text_is_cut_into_sentences_with_twice_the_work(words: str) -> None:
    def work(count: int) -> int:
        text, Counted.cut = Counted(words * count), 0
        sentences(text, (0, len(text)))
        return Counted.cut

    assert work(400) <= 2.5 * work(200)


def test_millions_of_lines_take_a_few_bytes_each() -> None:
    """Not a tuple and two numbers for each, 120 bytes."""
    text = "word\n" * 200_000
    tracemalloc.start()
    try:
        spans = Paragraphs(text)
        layout = Layout(text, spans, 80)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (len(spans), len(layout)) == (200_000, 399_999)
    assert held < 40 * len(spans)
    assert most < 60 * len(spans)
