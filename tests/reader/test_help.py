"""The help at the smallest screen: every act is in it, no line is cut, the columns hold."""

import re

from rich.cells import cell_len

from pullquote.actions import OF_PLUG_INS, READING, SELECTING, key_names
from tests.reader.conftest import Desk, Open

_TALL = (80, 300)  # as wide as the smallest screen, and so high that nothing has to be scrolled


def _lines(at: Desk) -> list[str]:
    """The lines inside the help's box."""
    found = (re.search(r"│ (.*)│", row) for row in at.rows)
    return [one[1].rstrip() for one in found if one]


async def test_at_80_columns_every_act_is_told_in_full_and_columns_align(desk: Open) -> None:
    for keys, acts in ((("question_mark",), READING), (("v", "question_mark"), SELECTING)):
        async with desk(size=_TALL) as at:
            await at.press(*keys)
            lines = _lines(at)
            words = " ".join(" ".join(lines).split())
            for act in (one for one in acts if one.id not in OF_PLUG_INS):
                keys_of, words_of = key_names(act.keys), act.tooltip.split()
                row = next(
                    line
                    for line in lines
                    if line.strip().startswith(f"{keys_of} ") and words_of[0] in line
                )
                assert cell_len(row[: row.index(words_of[0], len(keys_of) + 2)]) == 26, row
                assert act.tooltip in words
            assert all(cell_len(line) <= 74 for line in lines)
            wrapped = [line for line in lines if line.startswith(" " * 20)]
            assert all(len(line) - len(line.lstrip()) == 26 for line in wrapped)


async def test_the_signs_are_explained_in_the_help(desk: Open) -> None:
    async with desk(size=_TALL) as at:
        await at.press("question_mark")
        lines = _lines(at)
        assert any(line.strip().startswith("▎ and a tint") and "a quote" in line for line in lines)
        assert any("● ◆ ◐ ▤ ○ ?" in line and "a claim" in line for line in lines)


async def test_the_help_is_by_place_and_begins_with_the_place_where_the_reader_is(
    desk: Open,
) -> None:
    for keys, first in ((["question_mark"], "Move"), (["v", "question_mark"], "While selecting")):
        async with desk(size=_TALL) as at:
            await at.press(*keys)
            lines = [line.strip().removeprefix("— ") for line in _lines(at)]
            places = ["Move", "Mark up", "While selecting", "In a pane", "In a dialog", "Signs"]
            assert sorted(places, key=lines.index)[0] == first


async def test_typing_finds_keys_by_what_they_do(desk: Open) -> None:
    async with desk(size=(80, 24)) as at:
        await at.press("question_mark", *"next quote")
        lines = [line.strip() for line in _lines(at) if line.strip()]
        assert any(line.startswith("n ") and "next quote" in line for line in lines)
        assert not any("previous" in line for line in lines)
        await at.press(*" xyz")
        assert any("No key does that" in line for line in _lines(at))
        await at.press("escape")
        assert at.app.screen is at.screen
