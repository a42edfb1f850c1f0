"""The exports: golden files, and what must hold of any reading."""

import csv
import io
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.findings import Findings
from tui.article import Article
from tui.export import EXPORTERS, ExportError, export, write
from tui.export.csv_table import csv_table
from tui.export.json_form import json_form, loaded
from tui.export.markdown import markdown
from tui.library.annotations import Annotation, Target
from tui.library.reading import Reading
from tui.text import clean

GOLDEN = Path(__file__).parent.parent / "data" / "export"
NAMES = ("important", "question", "check", "quote", "context")


def _note(number: int, span: tuple[int, int], text: str, **bodies: object) -> Annotation:
    start, end = span
    target = Target(start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32])
    when = f"2026-01-0{number}T12:00:00+00:00"
    return msgspec.convert(
        {"id": f"note{number}", "target": msgspec.to_builtins(target), "created": when, "modified": when, **bodies},
        Annotation,
    )


@pytest.fixture
def reading(seed: Article, findings: Findings) -> Reading:
    notes = (
        _note(1, (34, 44), seed.text, highlight=2, tags=("hedge",)),
        _note(2, (1527, 1545), seed.text, highlight=1, comment="# who decides that?\n=SUM(A1)", tags=("war", "russia")),
    )
    return Reading(seed, msgspec.structs.replace(findings, analyser="golden"), notes)


@pytest.mark.parametrize("form", list(EXPORTERS))
def test_an_export_is_as_its_golden_file(reading: Reading, form: str, request: pytest.FixtureRequest) -> None:
    """Golden files are made anew by deleting them and running the test twice."""
    path = GOLDEN / f"seed{EXPORTERS[form].suffix}"
    written = export(reading, form, NAMES).encode()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
        pytest.fail(f"{path.name} was not there and has been written; look at it and commit it")
    assert written == path.read_bytes()


texts = st.text(min_size=1, max_size=80).map(clean)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(texts)
    notes = []
    for number in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        bodies = {
            "highlight": draw(st.integers(0, 5)),
            "comment": draw(texts),
            "tags": tuple(draw(st.lists(texts, max_size=2))),
        }
        notes.append(_note(number, (start, end), text, **bodies))
    return Reading(Article(text=text, title=draw(texts)), None, tuple(notes))


@given(readings())
def test_json_comes_back_as_it_went(reading: Reading) -> None:
    assert loaded(json_form(reading)) == reading


@given(readings())
def test_csv_has_a_row_a_note_and_no_formula(reading: Reading) -> None:
    rows = list(csv.reader(io.StringIO(csv_table(reading, NAMES), newline="")))
    assert len(rows) == 1 + len(reading.annotations)
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows[1:] for cell in row)


@given(readings())
def test_no_note_breaks_the_structure_of_the_markdown(reading: Reading) -> None:
    from markdown_it import MarkdownIt

    body = markdown(reading, NAMES).split("\n---\n", 1)[1]
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
