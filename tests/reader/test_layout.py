"""Lines as wide as the column, and back from offsets."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from pullquote.reader import layout
from pullquote.reader.layout import Layout
from pullquote.text import Paragraphs, clean

texts = st.text(st.sampled_from("ab c\t\n-é東京👩\u200d🚀🇫🇷\u0301"), max_size=120).map(clean)


@given(texts, st.integers(4, 30))
def test_every_word_is_on_a_line_and_no_line_is_wider_than_the_column(
    text: str, width: int
) -> None:
    wrapped = Layout(text, Paragraphs(text), width)
    lines = [wrapped.span(number) for number in range(len(wrapped))]
    assert "".join("".join(text[start:end].split()) for start, end in lines) == "".join(
        text.split()
    )
    assert all(cell_len(text[start:end]) <= width for start, end in lines)
    assert all(
        wrapped.line(start) == number for number, (start, end) in enumerate(lines) if end > start
    )


@given(st.text(st.sampled_from("a東👩\u200d🚀🇫🇷\u0301é"), min_size=1, max_size=80))
def test_a_long_word_is_cut_in_pieces_as_it_is_in_one(word: str) -> None:
    """So that a paragraph of Chinese, however long, is never in memory grapheme by grapheme."""
    whole = list(split_graphemes(word)[0])
    at_a_time, layout._AT_A_TIME = layout._AT_A_TIME, 16
    try:
        assert list(layout._pieces(word, (0, len(word)), 4)) in (
            whole,
            [(0, len(word), cell_len(word))],
        )
    finally:
        layout._AT_A_TIME = at_a_time
