"""The reader's corrections, as JSON Lines and as a DocBin, read back as a script would."""

import json
from typing import Any

import msgspec
import pytest
import spacy
from hypothesis import given, settings
from spacy.tokens import Doc, DocBin

from pullquote.article import Article
from pullquote.findings import Claim, FindingKind, Findings, Quote
from pullquote.formats.training_data import docbin, jsonl
from pullquote.notes.annotations import Annotation, Correction, Edit, Placed, targets
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from pullquote.text import Spans
from tests.formats.test_brat import analysed
from tests.readings import note

SETTINGS = Settings()
GROUPS = {"quotes", "claims", "warnings", "actors", "sources"}


def corrected(
    number: int,
    text: str,
    edit: Edit,
    kind: FindingKind,
    of: Spans,
    to: Spans = (),
    value: str = "",
    **bodies: Any,
) -> Annotation:
    """A correction of a finding on `of`."""
    correction = Correction(
        edit=edit,
        kind=kind,
        analyser="golden",
        of=targets(text, of),
        to=targets(text, to),
        value=value,
    )
    return note(number, of[0], text, correction=correction, **bodies)


def examples(reading: Reading) -> list[dict[str, Any]]:
    return [json.loads(line) for line in "".join(jsonl([reading], SETTINGS)).splitlines()]


def words(example: dict[str, Any], field: str = "spans") -> list[tuple[str, str]]:
    return [(one["label"], example["text"][one["start"] : one["end"]]) for one in example[field]]


def docs(*readings: Reading) -> list[Doc]:
    return list(
        DocBin().from_bytes(b"".join(docbin(readings, SETTINGS))).get_docs(spacy.blank("en").vocab)
    )


@pytest.fixture
def quote(findings: Findings) -> Quote:
    return findings.quotes[0]


@pytest.fixture
def claim(findings: Findings) -> Claim:
    return findings.claims[3]


@pytest.fixture
def reading(seed: Article, findings: Findings, quote: Quote, claim: Claim) -> Reading:
    """The shipped article with a claim rejected, a quote confirmed, a conflict, an orphan."""
    text = seed.text
    ones = (
        corrected(1, text, Edit.REJECT, FindingKind.CLAIM, claim.content),
        corrected(2, text, Edit.CONFIRM, FindingKind.QUOTE, quote.content),
        corrected(3, text, Edit.CONFIRM, FindingKind.WARNING, ((0, 3),)),
        corrected(4, text, Edit.CONFIRM, FindingKind.QUOTE, quote.content, placed=Placed.ORPHANED),
    )
    return derived(seed, msgspec.structs.replace(findings, analyser="golden"), ones)


# --- JSON Lines


def test_what_was_rejected_is_a_negative_and_what_was_confirmed_a_positive(
    reading: Reading, claim: Claim
) -> None:
    rejected, confirmed = examples(reading)
    text = reading.article.text
    assert (rejected["answer"], confirmed["answer"]) == ("reject", "accept")
    assert words(rejected) == [("CLAIM", text[slice(*span)]) for span in claim.content]
    assert words(confirmed) == words(confirmed, "before") == [("QUOTE", "“legitimate targets”")]


def test_an_example_is_the_paragraphs_around_and_says_where_they_begin(reading: Reading) -> None:
    ones = list(examples(reading))
    assert ones
    for example in ones:
        start = example["start"]
        assert reading.article.text[start : start + len(example["text"])] == example["text"]
        assert "\n" not in example["text"]
        assert start == 0 or reading.article.text[start - 1] == "\n"
        assert (example["article"], example["analyser"]) == (reading.article.id, "golden")


def test_new_bounds_come_with_the_old_ones(seed: Article, findings: Findings, claim: Claim) -> None:
    ((start, end),) = claim.content
    to = ((start, end - 5),)
    (example,) = examples(
        derived(
            seed,
            findings,
            (corrected(1, seed.text, Edit.BOUNDS, FindingKind.CLAIM, claim.content, to),),
        )
    )
    assert words(example) == [("CLAIM", seed.text[start : end - 5])]
    assert words(example, "before") == [("CLAIM", seed.text[start:end])]


def test_another_speaker_comes_with_the_mention_and_both_names(
    seed: Article, findings: Findings, quote: Quote
) -> None:
    at = seed.text.index("Emmanuel Macron")
    notes = (
        corrected(1, seed.text, Edit.SPEAKER, FindingKind.QUOTE, quote.content, ((at, at + 15),)),
    )
    (example,) = examples(derived(seed, findings, notes))
    assert words(example) == [("QUOTE", "“legitimate targets”"), ("SPEAKER", "Emmanuel Macron")]
    assert (example["was"], example["value"]) == ("Maria Zakharova", "Emmanuel Macron")


@pytest.mark.parametrize(
    ("edit", "value"),
    [(Edit.SOURCING, "official"), (Edit.COMMITMENT, "denied")],
    ids=["sourcing", "commitment"],
)
def test_another_value_comes_with_what_the_machine_had(
    seed: Article, findings: Findings, claim: Claim, edit: Edit, value: str
) -> None:
    notes = (corrected(1, seed.text, edit, FindingKind.CLAIM, claim.content, value=value),)
    (example,) = examples(derived(seed, findings, notes))
    assert (example["was"], example["value"]) == (getattr(claim, edit), value)


def test_an_actor_made_one_with_another_comes_with_both_mentions(
    seed: Article, findings: Findings
) -> None:
    one, other = (
        actor for actor in findings.actors if actor.name in ("European nations", "Europe")
    )
    notes = (
        corrected(
            1, seed.text, Edit.MERGE, FindingKind.ACTOR, one.mentions[:1], other.mentions[:1]
        ),
    )
    (example,) = examples(derived(seed, findings, notes))
    assert words(example) == [
        ("ACTOR", seed.text[slice(*one.mentions[0])]),
        ("SAME", seed.text[slice(*other.mentions[0])]),
    ]
    assert example["value"] == other.name


def test_what_the_machine_missed_has_nothing_before(seed: Article, findings: Findings) -> None:
    notes = (corrected(1, seed.text, Edit.ADD, FindingKind.WARNING, ((0, 33),), value="red line"),)
    (example,) = examples(derived(seed, findings, notes))
    assert (example["before"], example["was"], example["value"]) == ([], None, "red line")
    assert words(example) == [("WARNING", seed.text[:33])]


def test_an_article_without_corrections_gives_no_line(seed: Article, findings: Findings) -> None:
    assert "".join(jsonl([Reading(seed), derived(seed, findings, ())], SETTINGS)) == ""


# --- spaCy


def test_the_findings_come_back_from_a_docbin_as_the_reader_put_them_right(
    reading: Reading, quote: Quote
) -> None:
    first, second = docs(reading)
    assert set(first.spans) == {f"{name}{gold}" for name in GROUPS for gold in ("", "_gold")} | {
        "rejected"
    }
    assert [one.text for one in second.spans["quotes_gold"]] == ["“legitimate targets”"]
    (gold,) = second.spans["quotes_gold"]
    assert (gold.label_, gold.id_) == (quote.kind, quote.attribution)
    assert not first.spans["quotes_gold"]


def test_what_was_rejected_is_in_a_group_of_its_own_and_in_no_other(
    reading: Reading, claim: Claim
) -> None:
    first, _ = docs(reading)
    rejected = [(one.label_, one.text) for one in first.spans["rejected"]]
    assert rejected == [("claim", reading.article.text[slice(*claim.content[0])])]
    assert rejected[0][1] not in [one.text for one in first.spans["claims"]]


def test_a_doc_says_which_paragraph_of_which_article_it_is(reading: Reading) -> None:
    ones = list(docs(reading))
    assert ones
    for doc in ones:
        start = doc.user_data["start"]
        assert reading.article.text[start : start + len(doc.text)] == doc.text
        assert doc.user_data["article"] == reading.article.id
        assert doc.user_data["analyser"] == "golden"


def test_bounds_inside_a_word_are_widened_and_counted(
    seed: Article, findings: Findings, claim: Claim
) -> None:
    ((start, end),) = claim.content
    notes = (
        corrected(1, seed.text, Edit.BOUNDS, FindingKind.CLAIM, claim.content, ((start, end - 2),)),
    )
    (doc,) = docs(derived(seed, findings, notes))
    assert [one.text for one in doc.spans["claims_gold"]] == [seed.text[start:end]]
    assert doc.user_data["widened"] == 2  # in `claims` and in `claims_gold`


def test_paragraphs_at_which_nobody_looked_are_not_there(seed: Article, findings: Findings) -> None:
    assert docs(Reading(seed), derived(seed, findings, ())) == []


@pytest.mark.parametrize(
    "language", ["", "en-GB", "de_AT", "xx", "tokenizer_exceptions", "no such", "../en"]
)
def test_any_language_is_cut_into_tokens(reading: Reading, language: str) -> None:
    article = msgspec.structs.replace(reading.article, language=language)
    assert len(docs(msgspec.structs.replace(reading, article=article))) == 2


@given(analysed())
@settings(max_examples=20)  # each makes a DocBin
def test_what_was_confirmed_is_in_both_forms_of_any_article(reading: Reading) -> None:
    assert reading.machine is not None
    of = reading.machine.claims[0].content
    one = corrected(9, reading.article.text, Edit.CONFIRM, FindingKind.CLAIM, of)
    confirmed = derived(reading.article, reading.machine, (*reading.annotations, one))
    (example,) = examples(confirmed)
    text = reading.article.text
    assert words(example) == [("CLAIM", text[start:end]) for start, end in of]
    said = "".join(
        "".join(span.text for span in doc.spans["claims_gold"]) for doc in docs(confirmed)
    )
    assert all(piece in said for start, end in of for piece in text[start:end].split())
