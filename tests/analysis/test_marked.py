"""The shipped article and a page of our own, with what a careful reader marks in them."""

from pullquote.analysis.pipeline import analyse
from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.text import joined

CLAIMS = [
    (
        "",
        "unattributed",
        "suggested",
        "France and the United Kingdom are reportedly exploring the idea",
    ),
    (
        "Sources familiar with the ongoing",
        "anonymous",
        "suggested",
        "both countries are considering deployments",
    ),
    ("", "unattributed", "suggested", "British officials are said to be contemplating"),
    (
        "those close to the discussions",
        "anonymous",
        "asserted",
        "the aim would not be to replace Ukrainian forces",
    ),
    ("Emmanuel Macron", "named", "asserted", "Europe must not rule out the option"),
    ("Emmanuel Macron", "named", "insisted", "this is about preparing for all eventualities"),
    ("Russia’s Foreign Ministry", "institution", "asserted", "any deployment of foreign troops"),
    ("Maria Zakharova", "named", "asserted", "such a move would turn Western soldiers"),
    ("Sergei Shoigu", "named", "asserted", "sending French troops to Ukraine would"),
    ("the Kremlin", "institution", "insisted", "any foreign intervention on Ukrainian soil"),
    ("other ministers", "official", "suggested", "a mission without clear objectives"),
]
WARNINGS = [
    ("", "fear", "raised fears of direct military confrontation"),
    ("Russia’s Foreign Ministry", "red line", "any deployment of foreign troops to Ukraine"),
    ("Maria Zakharova", "threat", "such a move would turn Western soldiers"),
    ("Sergei Shoigu", "threat", "sending French troops to Ukraine would"),
    ("the Kremlin", "red line", "any foreign intervention on Ukrainian soil"),
    ("other ministers", "caution", "a mission without clear objectives"),
]
ROLES = {
    "Emmanuel Macron": "French President",
    "Maria Zakharova": "the Ministry’s spokesperson",
    "Sergei Shoigu": "Russian Defense Minister",
    "John Healey": "British Defense Secretary",
}


def name(findings: Findings, actor: str | None) -> str:
    one = findings.actor(actor)
    return one.name if one else ""


def test_the_claims_of_the_shipped_article_have_their_sources_and_are_as_firm_as_they_read(
    seed: Article, findings: Findings
) -> None:
    found = [
        (name(findings, c.speaker), c.sourcing, c.commitment, joined(seed.text, c.content))
        for c in findings.claims
    ]
    for who, sourcing, commitment, words in CLAIMS:
        (claim,) = [one for one in found if one[3].startswith(words)]
        assert claim[0].startswith(who)
        assert claim[1:3] == (sourcing, commitment)
    assert len(found) <= len(CLAIMS) + 1


def test_the_warnings_of_the_shipped_article_have_their_issuers(
    seed: Article, findings: Findings
) -> None:
    found = [
        (name(findings, w.speaker), w.kind, joined(seed.text, w.span)) for w in findings.warnings
    ]
    assert [(who, kind) for who, kind, _ in found] == [(who, kind) for who, kind, _ in WARNINGS]
    assert all(
        words.startswith(begun)
        for (_, _, words), (_, _, begun) in zip(found, WARNINGS, strict=True)
    )


def test_the_people_of_the_shipped_article_have_their_roles(findings: Findings) -> None:
    assert {one.name: one.role for one in findings.actors if one.kind == "person"} == ROLES


PAGE = """\
The town of Arden will get its new bridge two years late, the council said on Tuesday.

“We have been too hopeful,” said Ruth Ames, the mayor. “The river is stronger than our plans.”

Ames added that the work would cost nine million more than expected. She denied that the builders had been careless.

The builders see it otherwise. “Nobody asked us about the river,” Paul Orme, who leads the company, told reporters.

According to a report by the water office, the ground below the bridge is soft. The report warned that the old piers could
collapse in a flood.

Opponents of the bridge believe that a ferry would have been enough. “It was vanity,” one of them said.

Two engineers who asked not to be named said the council had known of the danger for a year.

The council insists that the bridge will be safe. It is reportedly looking for a new builder.
"""
MARKED = [
    ("the council", "said", "The town of Arden will get its new bridge two years late"),
    ("Ruth Ames", "said", "“We have been too hopeful,”"),
    ("Ames", "added", "the work would cost nine million more than expected"),
    ("She", "denied", "the builders had been careless"),
    ("Paul Orme", "told", "“Nobody asked us about the river,”"),
    ("a report by the water office", "According to", "the ground below the bridge is soft"),
    ("The report", "warned", "the old piers could collapse in a flood"),
    ("Opponents of the bridge", "believe", "a ferry would have been enough"),
    ("one of them", "said", "“It was vanity,”"),
    ("Two engineers", "said", "the council had known of the danger for a year"),
    ("The council", "insists", "the bridge will be safe"),
]


def test_a_page_of_our_own_has_its_attributions() -> None:
    """At least ten of the eleven that a reader marks, each with all its parts, and few besides."""
    found = [
        (joined(PAGE, one.source), joined(PAGE, one.cue), joined(PAGE, one.content))
        for one in analyse(PAGE).attributions
    ]
    right = [
        m
        for m in MARKED
        if any(all(part in whole for part, whole in zip(m, f, strict=True)) for f in found)
    ]
    assert len(right) >= 10, set(MARKED) - set(right)
    assert len(found) <= 14


def test_a_page_of_our_own_has_its_speakers() -> None:
    found = analyse(PAGE)
    speakers = {name(found, quote.speaker) for quote in found.quotes}
    assert {"Ruth Ames", "Paul Orme"} <= speakers
