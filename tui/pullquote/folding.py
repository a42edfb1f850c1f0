"""Text without what only sets it: soft hyphens, marks of direction; ligatures as their letters.

Names and searches are by the folded text; all offsets stay those of the text as it is, and
`Folded.span` leads back. Joiners are kept: in Persian and in Indian scripts they are spelling.
Letters and their accents are not put together or taken apart.
"""

import re
from array import array
from bisect import bisect_right
from functools import cached_property

Span = tuple[int, int]

# soft hyphen, zero-width space, word joiner; Arabic, left-to-right and right-to-left mark
UNSEEN = "\u00ad\u200b\u2060\u061c\u200e\u200f"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_FOLDS = re.compile(f"[{UNSEEN}{''.join(LIGATURES)}]")


def folded(text: str) -> str:
    """`text` without what only sets it."""
    return _FOLDS.sub(lambda found: LIGATURES.get(found[0], ""), text)


class Folded:
    """A text, folded, and the way back; offsets are half-open, in code points."""

    def __init__(self, text: str) -> None:
        self._found = [(match.start(), match[0]) for match in _FOLDS.finditer(text)]
        self.text = folded(text) if self._found else text

    @property
    def is_folded(self) -> bool:
        """Whether it differs from the text as it is."""
        return bool(self._found)

    def span(self, span: Span) -> Span:
        """Where a span of the folded text, which is not empty, lies in the text as it is."""
        start, end = span
        return self._place(start), self._place(end - 1) + 1

    @cached_property
    def _changes(self) -> "tuple[array[int], array[int]]":
        """Where offsets begin to differ by another number, in the folded text; and by how much."""
        starts, differences = array("q", [0]), array("q", [0])
        for offset, letter in self._found:
            here, difference = offset - differences[-1], differences[-1]
            for more in range(1, len(LIGATURES.get(letter, ""))):
                starts.append(here + more)
                differences.append(difference - more)
            if letter not in LIGATURES:
                starts.append(here)
                differences.append(difference + 1)
        return starts, differences

    def _place(self, offset: int) -> int:
        starts, differences = self._changes
        return offset + differences[bisect_right(starts, offset) - 1]
