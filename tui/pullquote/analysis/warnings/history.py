"""What is long past is no warning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Run

_YEAR = re.compile(r"\b1\d{3}\b")


def is_history(sentence: Run) -> bool:
    """Whether a sentence tells of a year before 2000."""
    return bool(_YEAR.search(sentence.text))
