"""`import pullquote`: what another program gets."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import pullquote
import pullquote.api
from pullquote.article import Article
from pullquote.findings import Findings
from tests.conftest import ROOT
from tests.test_docs import check_examples
from tests.test_imports import HEAVY

TEXT = "“We will go,” said Jane Miller, the minister.\n\nAides warned that it could provoke a war."


def test_importing_it_imports_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import pullquote; print(*{*sys.modules} - before)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert {name for name in loaded.split() if name.startswith("pullquote")} == {"pullquote"}


def test_all_but_the_analysis_does_without_its_libraries() -> None:
    code = (
        "import sys, pullquote; [getattr(pullquote, name) for name in pullquote.__all__]; "
        "pullquote.read(sys.argv[1]); print(*sys.modules)"
    )
    article = next((ROOT / "seeds").glob("*.txt"))
    done = subprocess.run([sys.executable, "-c", code, article], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not {name.partition(".")[0] for name in done.stdout.split()} & HEAVY


def test_every_public_name_is_there_and_explains_itself() -> None:
    assert set(pullquote.__all__) <= set(dir(pullquote))
    for name in pullquote.__all__:
        assert name == "__version__" or getattr(pullquote, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pullquote.nothing  # type: ignore[attr-defined]


def test_the_examples_print_what_they_say() -> None:
    failed, tried = doctest.testmod(pullquote.api)
    assert tried > 10
    assert not failed


def test_offsets_count_in_the_text_as_it_was_given() -> None:
    """Also where its lines end as on Windows."""
    for text in (TEXT, TEXT.replace("\n", "\r\n")):
        found = pullquote.analyze(text)
        (quote,), (warning,) = found.quotes, found.warnings
        assert text[slice(*quote.content[0])] == "“We will go,”"
        assert text[slice(*warning.span[0])] == "it could provoke a war"


def test_what_is_no_text_is_refused_by_its_type() -> None:
    with pytest.raises(TypeError, match="not bytes"):
        pullquote.analyze(b"She said so.")  # type: ignore[arg-type]


def test_an_article_is_read_analysed_and_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# A visit\n\n{TEXT}\n", encoding="utf-8")
    article = pullquote.read(tmp_path / "a.md")
    reading = pullquote.reading_of(article, pullquote.analyze(article))
    (written,) = pullquote.write(reading, "json", tmp_path / "a.json")
    assert "Jane Miller" in written.read_text(encoding="utf-8")
    assert pullquote.read_notes(written.read_bytes()).articles[0].title == "A visit"
    with pytest.raises(pullquote.ExportError, match="exists"):
        pullquote.write(reading, "json", written)
    with pytest.raises(pullquote.Unreadable, match="no such file"):
        pullquote.read(tmp_path / "b.md")


def test_a_library_gives_its_readings_with_findings_and_notes(
    tmp_path: Path, seed: Article, findings: Findings
) -> None:
    note = pullquote.annotate(seed.text, (0, 20), comment="When?")
    with pullquote.open_library(tmp_path) as library:
        library.articles.save(seed)
        library.findings.save(seed.id, findings)
        library.notes.add(seed.id, note)
        (reading,) = pullquote.readings(library)
    assert reading == pullquote.reading_of(seed, findings, [note])
    with pytest.raises(pullquote.LibraryError):
        pullquote.open_library(tmp_path / "none", make=False)


@pytest.mark.parametrize("page", ["python.md", "spacy.md"])
def test_the_pages_on_the_library_print_what_they_say(page: str) -> None:
    check_examples(ROOT / "docs" / page)
