"""pullquote story: an event as several articles have it."""

import json

import pytest
from click.testing import CliRunner

from pullquote.cli import main
from pullquote.findings import Commitment
from pullquote.library.store import Library
from tests.claims import AGAIN, DENIED, OTHER, RAISED, SAME, UNNAMED, saved, told
from tests.library.test_said import doubt

# said in the same words, and denied
SAYS_NO = told(
    "The old harbour wall will be raised by two metres next spring",
    "Ben Carr",
    commitment=Commitment.DENIED,
    site="six.example",
    day="2026-03-02",
)


def story(library: Library, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(
        main, ["story", *arguments, "--data", str(library.path.parent)], catch_exceptions=False
    )
    return result.exit_code, result.output


@pytest.fixture
def ids(library: Library) -> list[str]:
    return saved(library, RAISED, SAME, AGAIN, UNNAMED, OTHER)


def test_the_articles_of_an_event_are_told_with_who_is_quoted_in_which(
    library: Library, ids: list[str]
) -> None:
    code, out = story(library, ids[0])
    assert code == 0
    assert out.splitlines()[0] == "4 articles"
    assert "three.example, 2026-03-02  On three.example: Ada Quist 1" in out
    assert "Claimed in several" in out
    assert "one.example (Ada Quist, named); three.example (Ada Quist, named)" in out
    assert "five.example (sources, anonymous), but one.example (Ada Quist, named)" in out
    assert "two.example, 2026-03-02: 1 claim," in out
    assert "town library" not in out


def test_who_may_be_somebody_else_has_a_question_mark(library: Library, ids: list[str]) -> None:
    doubt(library, ids[0], by="a test")
    assert (
        "one.example (Ada Quist?, named); three.example (Ada Quist, named)"
        in story(library, ids[0])[1]
    )


def test_as_json_and_markdown_and_as_a_worksheet(library: Library, ids: list[str]) -> None:
    found = json.loads(story(library, ids[0], "--format", "json")[1])
    assert {one["site"] for one in found["reports"]} == {
        *("one.example", "two.example", "three.example", "five.example")
    }
    assert len(found["statements"][0]["versions"]) == 3
    assert "## 4 articles" in story(library, ids[0], "--format", "markdown")[1]
    sheet = story(library, ids[0], "--format", "worksheet")[1]
    assert sheet.count("## Claim") == 2
    assert sheet.count("- **in:**") == 4


def test_an_article_alone_is_said_to_be(library: Library) -> None:
    alone, _ = saved(library, OTHER, DENIED)
    code, out = story(library, alone)
    assert code == 1
    assert "no other article" in out
    assert "1 article\n" in out
    assert "Claimed in one only" not in out


def test_a_denial_is_not_told_as_the_claim_that_it_denies(library: Library) -> None:
    claim, _ = saved(library, RAISED, SAME, SAYS_NO)[:2]
    _, out = story(library, claim)
    assert "six.example, 2026-03-02: 1 claim," in out  # in that one only
    several = next(line for line in out.splitlines() if "one.example (Ada Quist" in line)
    assert "Ben Carr" not in several


def test_who_has_a_statement_in_other_words_is_told_with_them(
    library: Library, ids: list[str]
) -> None:
    own = "three.example has: “The old harbour wall will be raised by 2 metres next spring”"
    assert f"\n    {own}\n" in story(library, ids[0])[1]
    assert f"\n  - {own}\n" in story(library, ids[0], "--format", "markdown")[1]
    assert "named, asserted: “The old" in story(library, ids[0], "--format", "worksheet")[1]
