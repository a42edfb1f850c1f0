"""The tutorial, key by key: what it says is on the screen is on the screen."""

import re
from collections.abc import Iterator

from tests.conftest import ROOT
from tests.reader.conftest import Desk, Open

_NAMES = {"Esc": "escape", "Enter": "enter", "/": "slash", "?": "question_mark", " ": "space"}
_CODE = re.compile(r"`([^`]+)`")


def _steps() -> Iterator[tuple[list[str], list[str]]]:
    """What is pressed and what is seen, row by row of the tables with keys."""
    is_keys = False
    for line in (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "press":
            is_keys = True
        elif not line.startswith("|"):
            is_keys = False
        elif is_keys and not cells[0].startswith("-"):
            yield _CODE.findall(cells[0]), _CODE.findall(cells[1])


def _typed(word: str) -> list[str]:
    """A key by its name, or the letters of what is typed."""
    if word in _NAMES or len(word) == 1 or word.startswith("ctrl+"):
        return [_NAMES.get(word, word)]
    return [_NAMES.get(letter, letter) for letter in word]


def _screen(at: Desk) -> str:
    return " ".join(" ".join(at.rows).split())


async def test_every_step_of_the_tutorial_shows_what_it_says(desk: Open) -> None:
    steps = [*_steps()]
    assert len(steps) > 25
    async with desk() as at:
        for keys, seen in steps:
            await at.press(*(key for word in keys for key in _typed(word)))
            for words in seen:
                # keys that are named in passing are no more on the screen than elsewhere
                assert len(words) == 1 or words == "ctrl+s" or words in _screen(at), (keys, words)
