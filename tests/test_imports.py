"""What is not imported: the text is on the screen before anything heavy."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.store import Library
from tests.conftest import ROOT

HEAVY = {"spacy", "numpy", "trafilatura", "lxml", "onnxruntime", "httpx"}
# What a form of sources, a server's answer or a package's metadata alone need.
LATER = {"email", "importlib.metadata", "pullquote.article.pdf_layout", "statistics", "zipfile"}
_RUN = """
import sys
sys.argv = ["pullquote", *sys.argv[1:]]
try:
    from pullquote.cli import main
    main()
except SystemExit:
    pass
print("LOADED", *sorted(sys.modules), file=sys.stderr)
"""


def _modules(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], capture_output=True, text=True, check=True
    )
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("LOADED")]
    return set(line.split())


def _loaded(*arguments: str) -> set[str]:
    return {name.partition(".")[0] for name in _modules(*arguments)}


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(argument: str) -> None:
    assert not _loaded(argument) & (HEAVY | {"textual"})


@pytest.mark.parametrize("arguments", [("--help",), ("analyze", "--help"), ("said", "--help")])
def test_help_of_a_corpus_imports_no_engine(arguments: tuple[str, ...]) -> None:
    engines = {"dask", "distributed", "pyarrow", "duckdb", "fsspec", "rensa"}
    assert not _loaded("corpus", *arguments) & (HEAVY | engines)


def test_an_article_analysed_before_opens_without_anything_heavy(
    library: Library, seed: Article, findings: Findings, tmp_path: Path
) -> None:
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    assert not _loaded("--plain") & HEAVY


def test_a_format_is_imported_where_it_is_used_and_no_other(
    library: Library, seed: Article, findings: Findings
) -> None:
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["entry-points"]["pullquote.formats"]
    every = {place.partition(":")[0] for place in declared.values()}
    for arguments in (["--help"], ["list"], ["config"]):
        assert not _modules(*arguments) & every
    csv = {"pullquote.formats.csv_table"}
    assert _modules("export", seed.id, "--format", "csv") & every == csv


_OPEN = """
import asyncio, gc, sys
from pathlib import Path
from pullquote.app import Pullquote
from pullquote.analysis import analyser
from pullquote.article.source import shipped
from pullquote.library.store import Library
from pullquote.settings import Settings
library = Library.open(Path(sys.argv[1]))
article = shipped()
reading = library.reading(article.id, analyser(Settings().model))
gc.disable()
async def main():
    async with Pullquote(reading, library, Settings()).run_test() as pilot:
        await pilot.press("n")
        assert pilot.app.screen.session.current is not None
        assert gc.isenabled() and gc.get_freeze_count()
asyncio.run(main())
print(*sys.modules)
"""


def test_the_reader_shows_findings_without_anything_heavy(
    library: Library, seed: Article, findings: Findings, tmp_path: Path
) -> None:
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, tmp_path / "data"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout.split()) & (HEAVY | LATER)


def test_who_imports_the_analysis_keeps_their_environment() -> None:
    """The number of threads is set in the helper process alone."""
    code = (
        "import os; before = dict(os.environ); import pullquote.analysis.pipeline; "
        "import pullquote.analysis.components; print(os.environ == before)"
    )
    bare = {name: value for name, value in os.environ.items() if "_NUM_THREADS" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=bare
    )
    assert done.stdout == "True\n"
