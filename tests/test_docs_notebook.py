"""The notebook of the docs runs on a corpus, and draws its three plots."""

from pathlib import Path

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import Findings

for _module in ("nbclient", "ipykernel", "pandas", "polars", "duckdb", "matplotlib"):
    pytest.importorskip(_module, reason=f"{_module} is not installed: the notebook is not run")

NOTEBOOK = Path(__file__).parent.parent / "docs" / "corpus.ipynb"


def test_the_notebook_draws_three_plots(
    seed: Article, findings: Findings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import nbformat
    from nbclient import NotebookClient

    from pullquote.corpus.keeping import write
    from pullquote.corpus.tables import rows

    folder = tmp_path / "corpus"
    made = (
        rows(
            f"{month}",
            msgspec.structs.replace(seed, published=f"2016-0{month}", site=site),
            findings,
        )
        for month, site in ((1, "Herald"), (2, "Post"), (3, "Herald"))
    )
    write(str(folder), "test", findings.analyser, made)
    monkeypatch.setenv("PULLQUOTE_CORPUS", str(folder))
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells)  # they are made, not kept
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 3
