"""Word pieces: the numbers are those that the library `tokenizers` gives for the same vocabulary."""

import hashlib
import json

import pytest

from pullquote.analysis.pieces import Pieces
from pullquote.analysis.words import FILES
from tests.conftest import ROOT

PIECES = Pieces(FILES / "tokenizer.json")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("unbelievably", [4895, 8671, 2666, 3567, 6321]),
        ("Élysée", [20779, 19763]),
        ("İstanbul’s", [9960, 1521, 1055]),
        ("co-operate", [2522, 1011, 5452]),
        ("北京", [1781, 1755]),
        ("ΣΟΦΟΣ", [1173, 29730, 29736, 29730, 29733]),
        ("a\u200bb", [11113]),
        ("x" * 101, [100]),
        ("$5m", [1002, 1019, 2213]),
        ("\u0301", []),
        ("naïve…", [15743, 1529]),
        ("", []),
    ],
)
def test_a_text_has_the_pieces_of_its_words(text: str, numbers: list[int]) -> None:
    assert PIECES.of(text) == numbers


def test_the_shipped_article_has_the_pieces_that_the_model_was_trained_on() -> None:
    numbers = PIECES.of((ROOT / "seeds" / "troops-to-ukraine.txt").read_text(encoding="utf-8"))
    digest = hashlib.sha256(json.dumps(numbers).encode()).hexdigest()
    assert digest == "14768b579063fccb33fefb97fb807696ced12f9dba076a83fab332bc6dc943fe"
