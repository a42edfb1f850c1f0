"""Notes on one line: what the status line says of what was undone."""

import pytest

from pullquote.notes.annotations import annotate
from pullquote.notes.lines import short


@pytest.mark.parametrize(
    "text", ["“We will go,”", "‘We will go,’", "«We will go,»", '"We will go,"']
)
def test_the_marks_of_a_quotation_are_not_doubled(text: str) -> None:
    note = annotate(text, (0, len(text)), highlight=1)
    assert short(note) == "highlight on “We will go,”"


def test_a_long_note_is_told_by_its_first_words_and_its_last() -> None:
    text = "We will go to the river in the morning, and nobody of us will come back before night."
    note = annotate(text, (0, len(text)), highlight=1)
    assert short(note) == "highlight on “We will go to the river in the … back before night.”"
