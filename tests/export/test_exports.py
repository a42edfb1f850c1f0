"""The exports: golden files, and what must hold of any reading."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given

from tests.readings import readings, seed_reading
from tui.analysis.findings import Findings
from tui.article import Article
from tui.export import EXPORTERS, ExportError, export, write
from tui.export.csv_table import csv_table
from tui.export.json_form import json_form, loaded
from tui.export.markdown import markdown
from tui.library.reading import Reading
from tui.settings import Settings

GOLDEN = Path(__file__).parent.parent / "data" / "export"
SETTINGS = Settings()


@pytest.fixture
def reading(seed: Article, findings: Findings) -> Reading:
    return seed_reading(seed, findings)


@pytest.mark.parametrize("form", [form for form in EXPORTERS if form != "spacy"])  # whose bytes are its version's
def test_an_export_is_as_its_golden_file(reading: Reading, form: str, request: pytest.FixtureRequest) -> None:
    """Golden files are made anew by deleting them and running the test twice."""
    path = GOLDEN / f"{form}{EXPORTERS[form].suffix}"
    content = export([reading], form, SETTINGS)
    written = content.encode() if isinstance(content, str) else content
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
        pytest.fail(f"{path.name} was not there and has been written; look at it and commit it")
    assert written == path.read_bytes()


@given(readings())
def test_json_comes_back_as_it_went(reading: Reading) -> None:
    assert loaded(json_form([reading], SETTINGS)) == (reading,)


@given(readings())
def test_csv_has_a_row_a_note_and_no_formula(reading: Reading) -> None:
    rows = list(csv.reader(io.StringIO(csv_table([reading], SETTINGS), newline="")))
    assert len(rows) == 1 + len(reading.annotations)
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows[1:] for cell in row)


@given(readings())
def test_no_note_breaks_the_structure_of_the_markdown(reading: Reading) -> None:
    from markdown_it import MarkdownIt

    body = markdown(reading, SETTINGS).split("\n---\n", 1)[1]
    headings = [token.tag for token in MarkdownIt().parse(body) if token.type == "heading_open"]
    assert headings.count("h1") <= 1
    assert headings.count("h2") == bool(reading.annotations)
    assert not any(token.type in ("fence", "html_block", "code_block") for token in MarkdownIt().parse(body))


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    write("one", path)
    with pytest.raises(ExportError, match=r"out\.md: is there already"):
        write("two", path)
    assert path.read_text() == "one"
    write("two", path, force=True)
    assert path.read_text() == "two"
    assert [one.name for one in tmp_path.iterdir()] == ["out.md"]


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write("one", tmp_path / "no" / "out.md")
