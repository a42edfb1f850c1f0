"""An article in another language is said to be so where its findings would be; `I` insists."""

from typing import Any

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import Findings, Foreign
from pullquote.library.store import Library
from tests.reader.conftest import NARROW, at_desk

TEXT = "Le ministre a parlé lundi.\n\nIl ne cédera pas."
FRENCH = Article(text=TEXT, title="Le ministre")
NOT_READ = Findings(
    analyser="pullquote/1",
    language="fr",
    foreign=(Foreign(language="fr", span=((0, 26), (28, 45))),),
)


async def test_the_panes_and_the_status_line_say_which_language_it_is_in(library: Library) -> None:
    async with at_desk(library, FRENCH, NOT_READ) as at:
        assert "In French: not analysed (I: as English)" in at.status
        for key, name in zip(
            "12346", ("claims", "warnings", "quotes", "actors", "replies"), strict=True
        ):
            await at.press(key)
            words = str(at.pane(name).get_option_at_index(0).prompt)
            assert words == "In French: not analysed.\nPress I to analyse it as English."
        await at.press("escape")
        assert "no quotes in this article · In French: not analysed" in await at.press("n")


async def test_on_a_narrow_screen_too(library: Library) -> None:
    async with at_desk(library, FRENCH, NOT_READ, size=NARROW) as at:
        assert "In French: not analysed (I: as English)" in at.status


async def test_capital_i_analyses_it_as_english_and_that_is_saved(
    library: Library, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def beside(text: str, model: str, tell: Any, show: Any, language: str) -> Findings:
        asked.append(language)
        return msgspec.structs.replace(NOT_READ, language="en", foreign=())

    monkeypatch.setattr("pullquote.reader.analysing.analyse_beside", beside)
    async with at_desk(library, FRENCH, NOT_READ) as at:
        await at.press("I")
        assert asked == ["en"]
        assert "French" not in at.status
        assert "nothing is left out for its language" in await at.press("I")
    assert asked == ["en"]
    saved = library.findings.of(FRENCH.id, NOT_READ.analyser)
    assert saved is not None
    assert (saved.language, saved.foreign) == ("en", ())
