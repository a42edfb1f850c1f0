"""The exports: golden files, and what must hold of any reading."""

import csv
import io
from itertools import pairwise
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pullquote.analysis import DEFAULT_MODEL, analyser
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.formats import FORMATS, export
from pullquote.formats.csv_table import csv_table
from pullquote.formats.json_form import json_form, loaded
from pullquote.formats.markdown import escaped, markdown
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from pullquote.text import one_line
from tests.formats.test_obsidian import HOSTILE
from tests.readings import note, readings, seed_reading

GOLDEN = Path(__file__).parent.parent / "data" / "export"
SETTINGS = Settings()


@pytest.fixture
def reading(seed: Article, findings: Findings) -> Reading:
    return seed_reading(seed, findings)


def test_the_frozen_findings_are_of_the_present_analyser(findings: Findings) -> None:
    """If not: `python -m tests.freeze`, then make the golden files anew."""
    assert findings.analyser == analyser(DEFAULT_MODEL)


# whose bytes are its version's
@pytest.mark.parametrize("form", [form for form in FORMATS if form != "spacy"])
def test_an_export_is_as_its_golden_file(
    reading: Reading, form: str, request: pytest.FixtureRequest
) -> None:
    """Golden files are made anew by deleting them and running the test twice."""
    path = GOLDEN / f"{form}.{FORMATS[form].suffix.rpartition('.')[2]}"
    content = export([reading], form, SETTINGS)
    written = content.encode() if isinstance(content, str) else content
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
        pytest.fail(f"{path.name} was not there and has been written; look at it and commit it")
    assert written == path.read_bytes()


@given(readings())
def test_json_comes_back_as_it_went(reading: Reading) -> None:
    ((article, notes),) = loaded("".join(json_form([reading], SETTINGS)))
    assert article == replace(reading.article, title=one_line(reading.article.title))
    assert tuple(one.annotation for one in notes) == reading.annotations


@pytest.mark.parametrize("form", [form for form, one in FORMATS.items() if not one.needs_findings])
def test_a_format_that_needs_no_findings_is_the_same_without(reading: Reading, form: str) -> None:
    without = replace(reading, findings=None, machine=None)
    assert export([reading], form, SETTINGS) == export([without], form, SETTINGS)


@pytest.mark.parametrize("form", FORMATS)
def test_a_highlight_of_no_kind_is_written_without_one(reading: Reading, form: str) -> None:
    assert (SETTINGS.highlight(1), SETTINGS.highlight(0), SETTINGS.highlight(6)) == (
        "important",
        "",
        "",
    )
    odd = replace(
        reading, annotations=tuple(replace(one, highlight=9) for one in reading.annotations)
    )
    assert export([odd], form, SETTINGS)


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if not one.single])
def test_an_article_named_twice_is_written_once(reading: Reading, form: str) -> None:
    assert export([reading, reading], form, SETTINGS) == export([reading], form, SETTINGS)


@given(readings())
def test_csv_has_a_row_a_note_and_no_formula(reading: Reading) -> None:
    rows = list(csv.reader(io.StringIO("".join(csv_table([reading], SETTINGS)), newline="")))
    assert len(rows) == 1 + len(reading.annotations)
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows[1:] for cell in row
    )


def test_no_cell_of_csv_is_a_formula_whichever_it_is() -> None:
    one = replace(note(1, (0, 2), "So.", comment="c"), created="=1", modified="+1")
    (_, row) = csv.reader(
        io.StringIO(
            "".join(csv_table([derived(Article(text="So."), None, (one,))], SETTINGS)), newline=""
        )
    )
    assert row[-2:] == ["'=1", "'+1"]


@given(
    st.text(st.sampled_from("&lt;#60 %a*_<>[]`~=$|") | st.characters(codec="utf-8")).map(one_line)
)
def test_escaped_text_is_shown_as_it_stands(text: str) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(escaped(text))
    assert [one.type for token in tokens for one in token.children or ()] == ["text"] * bool(text)
    assert "".join(one.content for token in tokens for one in token.children or ()) == text
    assert "%%" not in escaped(text)


@given(readings())
def test_no_note_breaks_the_structure_of_the_markdown(reading: Reading) -> None:
    from markdown_it import MarkdownIt

    body = markdown(reading, SETTINGS).split("\n---\n", 1)[1]
    headings = [token.tag for token in MarkdownIt().parse(body) if token.type == "heading_open"]
    assert headings.count("h1") <= 1
    assert headings.count("h2") == bool(reading.annotations)
    assert not any(token.type == "html_block" for token in MarkdownIt().parse(body))


MARKDOWN = "So **it** is, see [this](https://e.org/).\n\n- one\n- two\n\n```python\n# <b>\n```\n\n> and `so`"


def on_two(comment: str) -> Reading:
    """A reading with that comment on a claim, and another note behind it."""
    text = "They said so. And so it was."
    notes = (
        note(1, (0, 13), text, comment=comment, verdict="true"),
        note(2, (14, 28), text, comment="behind", verdict="false"),
    )
    return derived(Article(text=text, title="Title"), None, notes)


@pytest.mark.parametrize("form", ["markdown", "worksheet"])
def test_the_readers_markdown_stays_markdown(form: str) -> None:
    written = str(export([on_two(MARKDOWN)], form, SETTINGS))
    margin = "  " if form == "worksheet" else ""
    assert indent(MARKDOWN, margin) in written
    for comment, shown in (
        ("# A\n\nb", "#### A"),
        ("A *b*\n---", "##### A *b*"),
        ("###### A", "###### A"),
    ):
        assert shown in str(export([on_two(comment)], form, SETTINGS))


@pytest.mark.parametrize(
    "comment", [*HOSTILE, MARKDOWN, "- a\n\n      b", "1) a", "> a", "    code", "a  ", "#", "***"]
)
@pytest.mark.parametrize("form", ["markdown", "worksheet"])
def test_no_comment_breaks_what_stands_around_it(form: str, comment: str) -> None:
    """The other notes, and all headings that are the export's own, stay what they are."""
    for text in (comment, f"before\n\n{comment}\n\nafter", f"*so* {comment}"):
        assert _around(str(export([on_two(text)], form, SETTINGS))) == _around(
            str(export([on_two("harmless")], form, SETTINGS))
        )


def _around(written: str) -> list[tuple[str, int, str]]:
    """The headings of the export's own, and all that lies on words of the article or stands behind
    the other note.
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).parse(written.split("\n---\n", 1)[-1])
    assert not any(
        kid.type in ("html_inline", "image") for token in tokens for kid in token.children or ()
    )
    assert not any(token.type == "html_block" for token in tokens)
    found = [
        (opened.tag, token.level, token.content)
        for opened, token in pairwise(tokens)
        if token.type == "inline"
        and (opened.tag in ("h1", "h2", "h3") or "so it was" in token.content)
    ]
    behind = next(number for number, token in enumerate(tokens) if "so it was" in token.content)
    return found + [(token.type, token.level, token.content) for token in tokens[behind:]]
