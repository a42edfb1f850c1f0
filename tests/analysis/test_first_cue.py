"""docs/first-cue.md works as written: the words are added, and what it prints is found."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.pipeline import analyse
from pullquote.text import joined
from tests.analysis import test_rules
from tests.analysis.test_rules import claimed, warned
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "first-cue.md").read_text(encoding="utf-8")
ARTICLE, CUES, ROW = (
    re.search(rf"```{form}\n(.*?)```", PAGE, re.DOTALL)[1]  # type: ignore[index]
    for form in ("text", "toml", "python")
)


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Nothing that another test has looked up is taken for what is found here, or the reverse."""
    test_rules.analysed.cache_clear()
    yield
    test_rules.analysed.cache_clear()


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> None:
    cues = tomllib.loads(CUES)["cues"]
    monkeypatch.setitem(lexicon("warnings"), "cues", frozenset(cues))


def listed(text: str) -> list[str]:
    """The warnings as `pullquote analyze --format text` prints them."""
    found = analyse(text, cores=1)
    ones = ((one, found.actor(one.speaker)) for one in found.warnings)
    return [
        f"{number}. {actor.name if actor else None} [{one.kind}]: {joined(text, one.span)}"
        for number, (one, actor) in enumerate(ones, 1)
    ]


def test_the_word_is_new() -> None:
    (word,) = set(tomllib.loads(CUES)["cues"]) - lexicon("warnings")["cues"]
    assert word in PAGE
    assert listed(ARTICLE) == []


def test_with_the_word_there_is_the_warning_that_the_page_shows(added: None) -> None:
    assert listed(ARTICLE) == re.findall(r"^> (.*)$", PAGE, re.M)


def test_the_row_is_a_test_that_passes(added: None) -> None:
    row = eval(ROW, vars(test_rules))
    assert warned(row.text) == row.found
    assert warned(row.near) == row.near_found


def test_a_word_of_speech_makes_a_claim_firmer(monkeypatch: pytest.MonkeyPatch) -> None:
    firm = "Ann Lee avowed that the port had closed"
    about = "Ann Lee avowed her love of the port"
    assert firm in PAGE
    assert about in PAGE
    assert claimed(f"{firm}.") == ["reported, named, asserted: the port had closed"]
    test_rules.analysed.cache_clear()
    of_cues = lexicon("cues")["commitment"]
    monkeypatch.setitem(of_cues, "insisted", of_cues["insisted"] | {"avow"})
    assert claimed(f"{firm}.") == ["reported, named, insisted: the port had closed"]
    assert claimed(f"{about}.") == []
