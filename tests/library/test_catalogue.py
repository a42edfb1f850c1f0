"""The library as a list to choose from: what narrows it, what it is sorted by, what it knows."""

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import AttributionKind, Findings, Quote
from pullquote.library.catalogue import Order, sought
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate

ARTICLES = (
    Article(text="One text.", title="Bridges", site="The Example", byline="Ann Lee",
            published="2026-03-01"),
    Article(text="Another text of more words.", title="anchors", site="BBC News",
            url="https://bbc.example/a", byline="Kim Park", published="2025-12-24"),
    Article(text="A third.", title="Canals", site="BBC News", byline="Ann Cole",
            published="2026-05-05T10:00:00Z"),
)  # fmt: skip


@pytest.fixture
def shelf(library: Library) -> Library:
    for article in ARTICLES:
        library.articles.save(article)
    one, other, _ = ARTICLES
    library.articles.save_place(one.id, 0, len(one.text))
    library.articles.save_place(other.id, 5, 7)
    library.notes.add(
        one.id,
        annotate(one.text, (0, 3), tags=("war", "money")),
        annotate(one.text, (4, 8), tags=("war",)),
    )
    remark = annotate(other.text, (0, 7), comment="hm")
    library.notes.add(other.id, msgspec.structs.replace(remark, verdict="true"))
    said = (Quote(attribution="a1", content=((0, 3),), kind=AttributionKind.DIRECT),)
    library.findings.save(one.id, Findings(analyser="test", quotes=said))
    return library


def _titles(library: Library, typed: str, order: Order = "title") -> list[str]:
    return [one.entry.title for one in library.listed(sought(typed), order)]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("", ["anchors", "Bridges", "Canals"]),
        ("site:bbc", ["anchors", "Canals"]),
        ("SITE:BBC author:park", ["anchors"]),
        ('author:"ann lee"', ["Bridges"]),
        ("tag:war", ["Bridges"]),
        ("tag:#mon", ["Bridges"]),
        ("tag:peace", []),
        ("after:2026", ["Bridges", "Canals"]),
        ("after:2026-05", ["Canals"]),
        ("unread", ["Canals"]),
        ("unread site:example", []),
        ("site:", ["anchors", "Bridges", "Canals"]),  # not typed to the end
        ("site:100%", []),
        ("site:'", []),
    ],
)
def test_conditions_narrow_the_list(shelf: Library, typed: str, titles: list[str]) -> None:
    assert _titles(shelf, typed) == titles


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("opened", ["Canals", "anchors", "Bridges"]),
        ("title", ["anchors", "Bridges", "Canals"]),
        ("published", ["Canals", "Bridges", "anchors"]),
        ("read", ["Canals", "anchors", "Bridges"]),
        ("quotes", ["Bridges", "Canals", "anchors"]),
        ("notes", ["Bridges", "anchors", "Canals"]),
        ("verdicts", ["anchors", "Canals", "Bridges"]),
        ("tags", ["Bridges", "Canals", "anchors"]),
    ],
)
def test_it_is_sorted(shelf: Library, order: Order, titles: list[str]) -> None:
    assert _titles(shelf, "", order) == titles


def test_what_is_neither_a_condition_nor_unread_are_words() -> None:
    found = sought('ceasefire site:bbc "in May" unread tag:')
    assert (found.words, found.conditions) == ('ceasefire "in May"', (("site", "bbc"),))
    assert found.unread


def test_it_counts_what_is_in_an_article(
    library: Library, seed: Article, findings: Findings
) -> None:
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    note = annotate(seed.text, findings.claims[0].spans[0])
    library.notes.add(seed.id, msgspec.structs.replace(note, verdict="true", tags=("a", "b")))
    (one,) = library.listed(sought(""))
    assert (one.quotes, one.claims, one.judged) == (2, 11, 1)
    assert sorted(one.tags) == ["a", "b"]
    assert one.unread


def test_damaged_findings_and_tags_cost_nothing_but_themselves(
    library: Library, seed: Article
) -> None:
    library.articles.save(seed)
    library.notes.add(seed.id, annotate(seed.text, (0, 6), tags=("war",)))
    db = library._database._connection
    db.execute("INSERT INTO findings VALUES (?, 'a', x'7b', NULL)", (seed.id,))
    db.execute("UPDATE annotations SET tags = 'no JSON'")
    (one,) = library.listed(sought(""))
    assert (one.quotes, one.claims, one.tags) == (0, 0, ())
