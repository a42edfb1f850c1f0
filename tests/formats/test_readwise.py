"""What Readwise gets: rows it takes, with nothing lost that it has a place for."""

import csv
import io

from hypothesis import given

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.formats.readwise import HEADER, readwise
from pullquote.notes.annotations import Placed
from pullquote.notes.evidence import Evidence
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from tests.readings import note, readings, seed_reading

SETTINGS = Settings()
CAPS = {"Highlight": 8191, "Title": 511, "Author": 1024, "URL": 2047, "Note": 8191}


def rows(*ones: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(readwise(ones, SETTINGS)), newline="")))


def a_reading(text: str = "They said so.", **bodies: object) -> Reading:
    return derived(Article(text=text), None, (note(1, (0, len(text)), text, **bodies),))


def test_the_shipped_articles_notes_come_with_tags_verdict_and_evidence(
    seed: Article, findings: Findings
) -> None:
    """Corrections of findings are no notes on words and stay out."""
    first, second, third, lost = rows(seed_reading(seed, findings))
    assert (first["Highlight"], first["Location"], first["Note"]) == (
        "reportedly",
        "34",
        ".question .hedge",
    )
    assert second["Note"] == ".important .war .russia\n# who decides that?\n=SUM(A1)"
    assert (
        third["Note"] == "Verdict: half true\n"
        "Evidence: A, “B” & C https://example.org/a?b=1&c=2 “it <was> so” · unchecked"
    )
    assert (lost["Highlight"], lost["Note"], lost["Location"]) == ("a sentence gone", "lost", "")
    assert first["Date"] == "2026-01-01 12:00:00"
    assert first["Title"] == seed.title


@given(readings())
def test_every_row_is_one_that_readwise_takes(reading: Reading) -> None:
    lines = rows(reading)
    words = [one.target.exact.strip() for one in reading.annotations if one.target.exact.strip()]
    assert [row["Highlight"].removeprefix("'") for row in lines] == [
        one.removeprefix("'") for one in words
    ]
    for row in lines:
        assert tuple(row) == HEADER
        assert row["Highlight"]
        assert row["Title"]
        assert all(len(row[column]) <= most for column, most in CAPS.items())
        assert not any(row[column].startswith(("=", "+", "-", "@", "\t", "\r")) for column in CAPS)


def test_lines_end_as_rfc_4180_has_it() -> None:
    written = "".join(readwise([a_reading(comment="one\ntwo")], SETTINGS))
    assert written.split("\r\n")[0] == ",".join(HEADER)
    assert written.endswith("\r\n")


def test_what_is_too_long_is_cut_between_graphemes_and_says_so() -> None:
    family = "👩\u200d👩\u200d👧"  # five code points that are one character to a reader
    (row,) = rows(a_reading(family * 2000, comment="x" * 9000))
    assert row["Highlight"] == family * (8190 // 5) + "…"
    assert row["Note"] == "x" * 8190 + "…"
    (row,) = rows(a_reading("y" * 8191))
    assert row["Highlight"] == "y" * 8191


def test_half_a_url_is_not_given_for_a_whole_one() -> None:
    text = "They said so."
    for url in ("https://e.org/" + "a" * 2047, "javascript:alert(1)"):
        (row,) = rows(
            derived(Article(text=text, url=url), None, (note(1, (0, 4), text, highlight=1),))
        )
        assert row["URL"] == ""


def test_tags_are_single_words_and_give_no_orders() -> None:
    """`.c1` would join the highlight with others, `.h1` make a heading of it."""
    (row,) = rows(a_reading(tags=("c1", "H2", ".dotted", "two words", "...")))
    assert row["Note"] == ".c-1 .H-2 .dotted .two-words"


def test_an_orphan_keeps_its_words_but_has_no_place() -> None:
    (row,) = rows(
        a_reading(
            comment="gone", placed=Placed.ORPHANED, evidence=(Evidence(url="https://e.org/"),)
        )
    )
    assert (row["Highlight"], row["Location"]) == ("They said so.", "")
    assert row["Note"] == "gone\nEvidence: https://e.org/ · unchecked"
