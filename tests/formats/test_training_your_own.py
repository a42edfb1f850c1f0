"""docs/training-your-own.md: from a reader's corrections to a component, as the page says."""

import runpy
from pathlib import Path

import pytest
import spacy
from spacy.cli.train import train
from spacy.tokens import DocBin

import pullquote
from pullquote.article import Article
from pullquote.findings import FindingKind, Findings, WarningKind
from pullquote.notes.annotations import Correction, Edit, targets
from tests.conftest import ROOT

PROJECT = ROOT / "docs" / "training-your-own"
SPLIT = runpy.run_path(str(PROJECT / "split.py"))["split"]
SENTENCES = (
    "The {who} warned that the port would close.",
    "The {who} threatened to close the port.",
    "The {who} said that it was Monday.",
)


def corrected(who: str) -> pullquote.Reading:
    """An article with two warnings that its reader added, and a paragraph with none."""
    lines = [sentence.format(who=who) for sentence in SENTENCES]
    article = Article(text="\n\n".join(lines), title=who)
    notes = []
    for words, kind in (("port would close", "caution"), ("close the port", "threat")):
        start = article.text.index(words)
        span = (start, start + len(words))
        added = Correction(
            edit=Edit.ADD,
            kind=FindingKind.WARNING,
            analyser="",
            of=targets(article.text, (span,)),
            to=(),
            value=str(WarningKind(kind)),
        )
        notes.append(pullquote.annotate(article.text, span, correction=added))
    return pullquote.reading_of(article, Findings(analyser="none"), notes)


def test_a_component_is_trained_on_corrections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = [corrected(who) for who in ("mayor", "owner", "council", "union")]
    pullquote.write(readings, "spacy", tmp_path / "corrections.spacy")
    SPLIT(tmp_path / "corrections.spacy", tmp_path)
    paths = {f"paths.{name}": str(tmp_path / f"{name}.spacy") for name in ("train", "dev")}
    steps = {"training.max_steps": 30, "training.eval_frequency": 15}
    train(PROJECT / "config.cfg", tmp_path / "model", overrides={**paths, **steps})
    trained = spacy.load(tmp_path / "model" / "model-last")
    assert set(trained.get_pipe("spancat").labels) == {"caution", "threat"}
    doc = trained("The mayor warned that the port would close.")
    assert "warnings" in doc.spans


def test_one_article_cannot_be_shared_out(tmp_path: Path) -> None:
    pullquote.write(corrected("mayor"), "spacy", tmp_path / "corrections.spacy")
    with pytest.raises(SystemExit, match="one article only"):
        SPLIT(tmp_path / "corrections.spacy", tmp_path)


def test_what_holds_no_corrections_is_told_so(tmp_path: Path) -> None:
    DocBin().to_disk(tmp_path / "corrections.spacy")
    with pytest.raises(SystemExit, match="has no corrections"):
        SPLIT(tmp_path / "corrections.spacy", tmp_path)
