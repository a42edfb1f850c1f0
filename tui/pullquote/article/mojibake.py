"""Text that was written in one encoding and read in another ("AndrÃ©"), which ftfy can mend.

It is never mended unasked: what looks like it may be a name, and a quotation of it has to stay.
"""

import re
from typing import NamedTuple

# A letter that begins a UTF-8 sequence, read as Latin-1 or windows-1252, and one that goes on with
# it. Few texts have such a pair; ftfy, which takes a while to import, looks at those.
_PAIR = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_LINES = 2_000  # with such a pair are enough to tell


class Garbled(NamedTuple):
    """A word as it is, and as it was meant."""

    word: str
    meant: str


def mended(text: str) -> str:
    """`text` with each line as it was meant, where it is garbled."""
    return "".join(map(_mended, text.splitlines(keepends=True)))


def garbled(text: str) -> Garbled | None:
    """The first garbled word of `text`, if any."""
    suspects = (line for line in text.split("\n") if _PAIR.search(line))
    for _, line in zip(range(_LINES), suspects, strict=False):
        if _mended(line) != line:
            words = ((word, _mended(word)) for word in line.split() if _PAIR.search(word))
            return next(
                (Garbled(*pair) for pair in words if pair[0] != pair[1]),
                Garbled(line, _mended(line)),
            )
    return None


def _mended(line: str) -> str:
    if not _PAIR.search(line):
        return line
    from ftfy import fix_encoding

    return fix_encoding(line)
