"""Notes on one line: what the status line says of what was undone."""

import pytest

from pullquote.notes.annotations import annotate
from pullquote.notes.lines import short


@pytest.mark.parametrize(
    "text", ["“We will go,”", "‘We will go,’", "«We will go,»", '"We will go,"']
)
def test_the_marks_of_a_quotation_are_not_doubled(text: str) -> None:
    note = annotate(text, (0, len(text)), highlight=1)
    assert short(note) == "highlight “We will go,”"
