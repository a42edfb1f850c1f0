"""The analysis in anybody's spaCy pipeline."""

import hashlib
import json
import pickle
from functools import cache
from pathlib import Path

import msgspec
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pullquote.analysis import SHIPPED, VERSION
from pullquote.analysis.components import OutOfOrder
from pullquote.analysis.pipeline import analyse
from pullquote.analysis.stages import NAMES, STAGES
from pullquote.findings import Findings
from pullquote.text import clean
from tests.conftest import SHARED, shipped

TEXT = "“We will go,” said Jane Miller, the minister. Aides warned that it could provoke a war."
TEXTS = (
    TEXT,
    "",
    "\n\n",
    "PARK: We never saw it.\n\nCOLE: He did, reportedly.\n\nPARK: I did not.",
    "Kim Park, the mayor of Oslo, spoke on Monday\n\n“It was wrong,” she said.\n\n"
    "Officials in Norway feared that the port would close. They did not say when.",
    "Also Read: The Port That Never Closed\n\nOSLO — Ann Cole said the\tport “will\n\n"
    "“never close.” It is said to be old.",
    "The council said on Monday that it would never again build in the old\n"
    "harbour, since the ground under the piers had moved by as much as four\n"
    "metres. Kim Park, who leads it, warned that whoever tried to build would\n"
    "be fined; the owners, she added, had been told so many times and by many\n"
    "people. “They know,” she said.\n\nNobody from the owners wished to comment.",
    "Le ministre a déclaré lundi que le gouvernement ne céderait pas aux grévistes.",
    "Le ministre a déclaré lundi que le gouvernement ne céderait pas aux grévistes.\n\n"
    "“We will go,” said Jane Miller, the minister. She said so twice.",
)
BOUND = 3_000  # characters; of the gold articles only shorter ones, so that the test stays fast


@cache
def pipeline(*names: str, **config: bool) -> Language:
    """A parser with those stages behind it; without names, with all of them."""
    nlp = spacy.load(SHIPPED)
    for stage in STAGES if not names else [STAGES[NAMES.index(name)] for name in names]:
        nlp.add_pipe(f"pullquote_{stage.name}", config=config if stage.parse else {})
    return nlp


def gold() -> list[str]:
    """A few articles of each gold set, where they are."""
    files = [
        path
        for name in ("registers", "gum-news", "polnear/dev")
        for path in sorted((SHARED / "gold" / name / "text").glob("*.txt"))[:3]
    ]
    return [clean(path.read_text(encoding="utf-8"))[:BOUND] for path in files]


def said(doc: Doc) -> Findings:
    found = doc._.pullquote
    assert isinstance(found, Findings)
    return found


# --- the same as analyse()


@pytest.mark.parametrize("text", [*TEXTS, shipped().text], ids=lambda text: repr(text[:20]))
def test_a_pipeline_finds_what_analyse_finds(text: str) -> None:
    assert said(pipeline()(text)) == analyse(text)


@pytest.mark.skipif(not gold(), reason="the gold articles are not here")
def test_a_pipeline_finds_in_gold_articles_what_analyse_finds() -> None:
    for text in gold():
        assert said(pipeline()(text)) == analyse(text)


@settings(max_examples=15)  # three docs at a time: each text has stood beside each other by then
@given(st.permutations(TEXTS))
def test_no_doc_takes_the_parse_of_another(texts: list[str]) -> None:
    """Docs that go through a pipeline together have the findings that each has alone."""
    found = [said(doc) for doc in pipeline().pipe(texts, batch_size=3)]
    assert found == [alone(text) for text in texts]


@cache
def alone(text: str) -> Findings:
    return analyse(text)


def test_the_docs_own_parse_is_taken_where_it_is_wished() -> None:
    """Without `reparse` a name that a caller has marked stays one, over a paragraph's end too."""
    nlp = spacy.load(SHIPPED)
    nlp.add_pipe("pullquote_attributions")
    nlp.add_pipe("pullquote_actors", config={"reparse": False})
    doc = nlp.make_doc("Aides of Kim\n\nPark spoke.")
    for name, pipe in nlp.pipeline:
        doc = pipe(doc)
        if name == "ner":
            doc.set_ents([doc.char_span(9, 18, label="PERSON")])
    assert [actor.name for actor in said(doc).actors] == ["Aides of Kim Park"]


# --- the stages one by one


def test_attributions_and_quotes_work_in_a_bare_pipeline() -> None:
    nlp = spacy.blank("en")
    for name in ("pullquote_attributions", "pullquote_quotes"):
        nlp.add_pipe(name)
    (quote,) = said(nlp(TEXT)).quotes
    assert TEXT[slice(*quote.content[0])] == "“We will go,”"


def test_all_stages_behind_a_parser_find_the_speaker_and_the_warning() -> None:
    found = said(pipeline()(TEXT))
    speaker = found.actor(found.quotes[0].speaker)
    assert speaker is not None
    assert speaker.name == "Jane Miller"
    assert [warning.kind for warning in found.warnings] == ["caution"]


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (("quotes", "attributions"), "pullquote_quotes needs pullquote_attributions before it"),
        (("attributions", "claims"), "pullquote_claims needs pullquote_actors before it"),
        (("attributions", "furniture"), "pullquote_furniture must stand before"),
        (("attributions", "quotes", "actors"), "pullquote_actors must stand before"),
    ],
)
def test_a_wrong_order_is_refused_with_what_must_come_before(
    order: tuple[str, ...], told: str
) -> None:
    with pytest.raises(OutOfOrder, match=told):
        pipeline(*order)(TEXT)


def test_a_stage_that_needs_a_parse_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("pullquote_attributions")
    nlp.add_pipe("pullquote_actors")
    with pytest.raises(OutOfOrder, match="needs a parser"):
        nlp(TEXT)


def test_a_doc_that_goes_through_again_is_found_the_same() -> None:
    doc = pipeline()(TEXT)
    before = said(doc)
    assert said(pipeline()(doc)) == before


def test_spacys_own_check_of_the_pipeline_has_nothing_to_say() -> None:
    problems = pipeline().analyze_pipes()["problems"]
    assert [name for name in problems if problems[name]] == []


# --- what spaCy writes, it reads


def test_findings_come_back_from_bytes() -> None:
    doc = pipeline()(TEXT)
    back = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert said(back) == said(doc)
    assert [span.text for span in back.spans["pullquote_quotes"]] == ["“We will go,”"]


def test_findings_come_back_from_a_docbin() -> None:
    doc = pipeline()(TEXT)
    stored = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(stored).get_docs(doc.vocab)
    assert said(back) == said(doc)


def test_findings_come_back_from_a_pickle() -> None:
    doc = pipeline()(TEXT)
    back = pickle.loads(pickle.dumps(doc))
    assert said(back) == said(doc)
    assert [span.text for span in back.spans["pullquote_warnings"]] == ["it could provoke a war"]


def test_findings_come_back_from_json() -> None:
    doc = pipeline()(TEXT)
    written = json.dumps(doc.to_json(underscore=["pullquote_data"]))
    back = Doc(doc.vocab).from_json(json.loads(written))
    assert said(back) == said(doc)


def test_the_data_are_the_findings_as_analyze_prints_them() -> None:
    doc = pipeline()(TEXT)
    printed = json.loads(msgspec.json.encode(said(doc)))
    assert doc._.pullquote_data == {**printed, "stages": list(NAMES)}


def test_findings_come_from_two_processes() -> None:
    texts = [TEXT, TEXTS[4], ""]
    found = [said(doc) for doc in pipeline().pipe(texts, n_process=2, batch_size=1)]
    assert found == [alone(text) for text in texts]


def test_a_pipeline_is_loaded_as_it_was_saved(tmp_path: Path) -> None:
    pipeline(reparse=False).to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert said(loaded(TEXTS[4])) == said(pipeline(reparse=False)(TEXTS[4]))


# --- spans


def test_displacy_shows_the_warnings_with_their_kind() -> None:
    page = displacy.render(
        pipeline()(TEXT), style="span", options={"spans_key": "pullquote_warnings"}, jupyter=False
    )
    assert "caution" in page


def test_every_stage_leaves_its_spans_with_labels_and_ids() -> None:
    doc = pipeline()(TEXT)
    assert list(doc.spans) == [f"pullquote_{name}" for name in NAMES]
    roles = [(span.label_, span.text) for span in doc.spans["pullquote_attributions"]][:3]
    assert roles == [
        ("source", "Jane Miller, the minister"),
        ("cue", "said"),
        ("content", "“We will go,”"),
    ]
    first = said(doc).attributions[0].id
    assert {span.id_ for span in doc.spans["pullquote_quotes"]} == {first}


# --- the model


def test_the_shipped_pipelines_files_are_those_whose_hashes_lie_beside_them() -> None:
    lines = (SHIPPED / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    stated = {name: digest for digest, name in (line.split("  ") for line in lines)}
    files = [path for path in SHIPPED.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert stated == {
        path.relative_to(SHIPPED).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
    assert {"LICENSE", "LICENSES_SOURCES"} <= stated.keys()
    assert {name: stated[f"{name}/model"][:16] for name in WEIGHTS} == WEIGHTS


# as Explosion published them
WEIGHTS = {"tok2vec": "e84fc06eb319c94d", "parser": "e0098910535a863d", "ner": "cd93e9ca9126c69f"}


def test_the_findings_name_the_shipped_pipeline_with_its_version() -> None:
    assert analyse(TEXT).analyser == f"pullquote/{VERSION} en_core_web_sm/3.8.0"
