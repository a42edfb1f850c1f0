"""Emoji as every terminal draws them: in as many cells as the screen has reckoned with.

Some are several characters that terminals join or do not: a family is two cells in one, eight in
another, and all that stands behind it on the screen is moved. Of these the first alone goes to the
terminal; the text, what is copied and what is exported keep them whole.
"""

import re
from typing import Any

from rich.cells import cell_len
from textual.driver import Driver

_PICTURE = "\u203c-\u3299\U0001f000-\U0001faff"
_SIGNS = "\ufe0f\u20e3\U0001f3fb-\U0001f3ff"  # drawn as a picture, as a key, in a skin's colour
_SEVERAL = re.compile(rf"([\u00a9\u00ae0-9#*{_PICTURE}])(?:[{_SIGNS}]|\u200d[{_PICTURE}])+")
_TELLING = ("\ufe0f", "\u200d", *map(chr, range(0x1F3FB, 0x1F400)))  # one of these is in each


def single_emoji(words: str) -> str:
    """Words, of the same width in cells, with the first character alone of what may be joined."""
    if not any(sign in words for sign in _TELLING):
        return words
    return _SEVERAL.sub(lambda one: one[1].ljust(cell_len(one[0]) - cell_len(one[1]) + 1), words)


def with_single_emoji(driver: type[Driver]) -> type[Driver]:
    """A driver that writes emoji of several characters to its terminal as one."""

    class SingleEmoji(driver):  # type: ignore[misc,valid-type]
        def write(self, data: str) -> Any:
            return super().write(single_emoji(data))

    return SingleEmoji
