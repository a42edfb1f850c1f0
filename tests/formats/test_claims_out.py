"""The forms that carry claims and verdicts to other people: the worksheet and ClaimReview."""

import json
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from pullquote.article import Article
from pullquote.findings import Claim, Findings, Sourcing
from pullquote.formats.claimreview import claimreview
from pullquote.formats.said import assessed
from pullquote.formats.worksheet import worksheet
from pullquote.notes.annotations import Annotation, Placed
from pullquote.notes.evidence import Evidence
from pullquote.notes.reading import Reading, derived
from pullquote.settings import Settings
from pullquote.text import one_line
from tests.conftest import ROOT
from tests.formats.test_brat import analysed
from tests.readings import note, seed_reading

SETTINGS = Settings(reader="Ann Reader", reader_url="https://example.org/ann")
SCHEMA = Draft7Validator(
    json.loads((ROOT / "tests/data/claimreview.schema.json").read_text(encoding="utf-8"))
)


def reviews(reading: Reading, settings: Settings = SETTINGS) -> list[dict[str, Any]]:
    found = json.loads("".join(claimreview([reading], settings)))
    SCHEMA.validate(found)
    return list(found)


def headings(page: str) -> list[str]:
    tokens = MarkdownIt().parse(page)
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]


@pytest.fixture
def reading(seed: Article, findings: Findings) -> Reading:
    return seed_reading(seed, findings)


def judged(seed: Article, claim: Claim, verdict: str, **bodies: Any) -> Annotation:
    """A verdict on a claim."""
    return note(
        1, (claim.content[0][0], claim.content[-1][1]), seed.text, verdict=verdict, **bodies
    )


# --- ClaimReview


@given(analysed())
def test_any_verdicts_are_valid_reviews_one_a_verdict_on_words(reading: Reading) -> None:
    ones = [one for _, one in assessed(reading) if one.verdict]
    on_words = [one for one in ones if one.target.exact.strip()]
    assert len(on_words) <= len(reviews(reading)) <= len(ones)


def test_a_review_says_what_was_claimed_and_how_the_reader_rates_it(
    seed: Article, findings: Findings
) -> None:
    claim = next(one for one in findings.claims if one.sourcing is Sourcing.NAMED)
    evidence = Evidence(url="https://example.org/b", title="B", quote="it <was> so")
    article = msgspec.structs.replace(
        seed,
        byline="Jane Miller",
        site="The Example",
        url="https://example.org/a",
        published="2026-01-02",
    )
    verdict = judged(seed, claim, "mostly false", comment="See B.", evidence=(evidence,))
    (review,) = reviews(derived(article, findings, (verdict,)))
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "mostly false",
        "ratingExplanation": "See B.",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert review["author"] == {
        "@type": "Person",
        "name": "Ann Reader",
        "url": "https://example.org/ann",
    }
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Emmanuel Macron", "jobTitle": "French President"},
        "datePublished": "2026-01-02",
        "appearance": {
            "@type": "CreativeWork",
            "url": "https://example.org/a",
            "headline": seed.title,
            "author": [{"@type": "Person", "name": "Jane Miller"}],
            "datePublished": "2026-01-02",
            "publisher": {"@type": "Organization", "name": "The Example"},
        },
    }
    assert review["citation"] == [
        {
            "@type": "CreativeWork",
            "url": "https://example.org/b",
            "name": "B",
            "text": "it <was> so",
        }
    ]
    assert "mostly false" not in review["claimReviewed"]


def test_a_verdict_that_lies_on_no_scale_has_no_number(seed: Article, findings: Findings) -> None:
    verdict = judged(seed, findings.claims[0], "opinion")
    (review,) = reviews(derived(seed, findings, (verdict,)))
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "opinion"}


@pytest.mark.parametrize("sourcing", [Sourcing.ANONYMOUS, Sourcing.UNATTRIBUTED])
def test_who_cannot_be_checked_is_not_named_as_the_author_of_a_claim(
    seed: Article, findings: Findings, sourcing: Sourcing
) -> None:
    claim = next(one for one in findings.claims if one.sourcing is sourcing)
    (review,) = reviews(derived(seed, findings, (judged(seed, claim, "false"),)))
    assert "author" not in review["itemReviewed"]


def test_a_reader_without_a_name_is_not_named(reading: Reading) -> None:
    (review,) = reviews(reading, Settings())
    assert "author" not in review


def test_verdicts_on_other_words_and_on_words_that_are_gone_are_reviews_too(
    seed: Article, findings: Findings
) -> None:
    gone = note(1, (0, 6), seed.text, verdict="false", placed=Placed.ORPHANED)
    whole = note(2, (1869, 1928), seed.text, verdict="true")
    found = reviews(derived(seed, msgspec.structs.replace(findings, claims=()), (whole, gone)))
    assert [one["claimReviewed"] for one in found] == [
        one_line(seed.text[1869:1928]),
        seed.text[0:6],
    ]


def test_of_two_verdicts_on_the_same_words_the_last_one_counts(
    seed: Article, findings: Findings
) -> None:
    notes = tuple(
        note(number, (0, 40), seed.text, verdict=one) for number, one in ((2, "true"), (1, "false"))
    )
    for claims in (findings.claims, ()):
        found = reviews(derived(seed, msgspec.structs.replace(findings, claims=claims), notes))
        assert [one["reviewRating"]["alternateName"] for one in found] == ["true"]


def test_a_review_may_stand_in_a_page_as_it_is(seed: Article) -> None:
    text = "</script><script>alert(1)</script>"
    reading = Reading(Article(text=text), None, (note(1, (0, len(text)), text, verdict="false"),))
    written = "".join(claimreview([reading], SETTINGS))
    assert "<" not in written
    assert json.loads(written)[0]["claimReviewed"] == text


def test_a_byline_that_is_no_list_of_people_stays_text(seed: Article, findings: Findings) -> None:
    article = msgspec.structs.replace(seed, byline="Reuters; Jane Miller")
    verdict = judged(seed, findings.claims[0], "true")
    (review,) = reviews(derived(article, findings, (verdict,)))
    assert review["itemReviewed"]["appearance"]["creditText"] == "Reuters; Jane Miller"
    assert "author" not in review["itemReviewed"]["appearance"]


# --- the worksheet


@given(analysed())
def test_a_sheet_has_a_heading_a_claim_and_nothing_breaks_it(reading: Reading) -> None:
    page = "".join(worksheet([reading], SETTINGS))
    assert reading.findings is not None
    tokens = MarkdownIt("commonmark").enable("table").parse(page)
    apart = sum(claim is None for claim, _ in assessed(reading))
    ours = [one for one in tokens if one.type == "heading_open" and one.tag < "h4"]  # not a note's
    assert len(ours) == 1 + len(reading.findings.claims) + apart
    assert not any(token.type in ("fence", "html_block", "code_block", "hr") for token in tokens)
    assert not any(
        one.type in ("html_inline", "image") for token in tokens for one in token.children or ()
    )


def test_the_head_counts_the_claims_and_what_is_open(reading: Reading) -> None:
    page = "".join(worksheet([reading], SETTINGS))
    found = reading.findings
    assert found is not None
    assert f"**Claims: {len(found.claims)}. Open: {len(found.claims) - 1}.**" in page
    assert "| unattributed | 2 | 1 |" in page
    assert "Scale, best first: true › mostly true › half true › mostly false › false." in page


def test_a_claim_with_a_verdict_is_ticked_and_the_others_are_open(reading: Reading) -> None:
    page = "".join(worksheet([reading], SETTINGS))
    first, *others = headings(page)[1:]
    assert first == "Claim 1 · ☑ half true"
    assert all(one.endswith("· ☐ open") for one in others)
    sheet = page.split("## Claim 1")[1].split("## Claim 2")[0]
    assert "☐ mostly true ☑ half true ☐ mostly false" in sheet
    assert "- **sourcing:** unattributed" in sheet
    assert "- **hedges:** reportedly" in sheet
    assert r"[A, “B” & C](<https://example.org/a?b=1&c=2>): “it \<was\> so”" in sheet


def test_a_claim_with_evidence_alone_is_still_open(seed: Article, findings: Findings) -> None:
    evidence = judged(seed, findings.claims[0], "", evidence=(Evidence(url="https://e.org/a"),))
    reading = derived(seed, findings, (evidence,))
    page = "".join(worksheet([reading], SETTINGS))
    assert f"Open: {len(findings.claims)}." in page
    assert headings(page)[1] == "Claim 1 · ☐ open"
    assert "[https://e.org/a](<https://e.org/a>)" in page
    assert reviews(reading) == []


def test_evidence_is_a_link_only_if_it_leads_into_the_web() -> None:
    text = "It rained."
    evidence = (
        Evidence(url="javascript:alert(1)", title="[x](y)"),
        Evidence(url="https://e.org/)> a<b>", title="Two"),
    )
    evidence += (Evidence(url="https://e.org/)><b>", title="Three"),)
    reading = Reading(
        Article(text=text), None, (note(1, (0, 9), text, verdict="true", evidence=evidence),)
    )
    children = [
        one
        for token in MarkdownIt().parse("".join(worksheet([reading], SETTINGS)))
        for one in token.children or ()
    ]
    assert [one.attrs["href"] for one in children if one.type == "link_open"] == [
        "https://e.org/)%3E%20a%3Cb%3E",
        "https://e.org/)%3E%3Cb%3E",
    ]


def test_verdicts_on_words_that_are_no_claim_stand_at_the_end(
    seed: Article, findings: Findings
) -> None:
    gone = note(1, (0, 6), seed.text, verdict="false", placed=Placed.ORPHANED)
    page = "".join(worksheet([derived(seed, findings, (gone,))], SETTINGS))
    assert headings(page)[-1] == "Other words 1 · ☑ false"
    assert (
        page.rstrip().split("## Other words 1")[1].count("these words are no longer in the text")
        == 1
    )


def test_several_articles_are_several_sheets(reading: Reading) -> None:
    page = "".join(worksheet([reading, reading], SETTINGS))
    assert [one for one in headings(page) if one == reading.article.title] == [
        reading.article.title
    ] * 2
