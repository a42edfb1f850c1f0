"""The parse by the offsets of the text."""

import pytest

from pullquote.analysis import DEFAULT_MODEL
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import parse
from pullquote.text import paragraphs

TEXT = "Ann Cole said it.\n\nShe — it's late — left."


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 3), ["Ann"]),
        ((1, 5), ["Ann", "Cole"]),
        ((3, 8), ["Cole"]),  # from the blank on
        ((3, 4), []),
        ((22, 27), ["—", "it"]),
        ((22, 29), ["—", "it", "'s"]),
        ((9, 80), ["said", "it", "."]),
        ((17, 22), []),  # between two paragraphs
    ],
)
def test_tokens_share_a_character_with_their_span(span: tuple[int, int], words: list[str]) -> None:
    parsed = Parsed(TEXT, list(parse(TEXT, paragraphs(TEXT), DEFAULT_MODEL)))
    assert [token.text for token in parsed.tokens(span)] == words
