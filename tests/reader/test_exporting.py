"""The menu of formats is made from what the formats say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from pullquote.formats import FORMATS
from tests.packages import WORDS_ALONE, install
from tests.reader.conftest import Open


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    FORMATS.look_again()


async def test_a_format_of_another_package_is_in_the_readers_menu(
    desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "packages", "pullquote.formats", "toy", WORDS_ALONE, monkeypatch)
    monkeypatch.chdir(tmp_path)
    async with desk() as at:
        await at.press("E", *"toy", "enter")
        assert at.app.screen.query_one(Input).value.endswith(".toy")
        assert "wrote" in await at.press("enter")
    assert [path.read_text() for path in tmp_path.glob("*.toy")] == ["TOY\n"]


async def test_a_format_that_cannot_be_used_is_said_and_left_out(
    desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "packages", "pullquote.formats", "broken", "import nowhere", monkeypatch)
    async with desk() as at:
        assert "broken: cannot be used" in await at.press("E")
        assert not any("broken:" in row for row in at.rows[:-1])
        await at.press("escape")
