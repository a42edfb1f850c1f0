"""The tables of a corpus hold what the findings hold, and take no value that has no column."""

from datetime import date

import pytest

from pullquote.article import Article, Part, PartKind
from pullquote.corpus.tables import TABLES, rows, schema
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Foreign,
    Quote,
    Sourcing,
)

pyarrow = pytest.importorskip("pyarrow")

TEXT = "“We sail at dawn,” said Ada Quay, citing the harbour board."
FOUND = Findings(
    analyser="test 1",
    actors=(Actor(id="a1", name="Ada Quay", kind=ActorKind.PERSON, mentions=((24, 32),)),),
    attributions=(
        Attribution(
            id="at1", source=((24, 32),), cue=((19, 23),), content=((0, 18),), speaker="a1",
            kind=AttributionKind.DIRECT,
        ),
    ),
    quotes=(
        Quote(
            id="q1", attribution="at1", content=((0, 18),), kind=AttributionKind.DIRECT,
            speaker="a1",
        ),
    ),
    claims=(
        Claim(
            id="c1", content=((1, 16),), sourcing=Sourcing.NAMED, commitment=Commitment.ASSERTED,
            figures=((12, 16),),
        ),
    ),
)  # fmt: skip


def test_every_row_fits_the_columns_of_its_table() -> None:
    found = rows("harbour", Article(text=TEXT, title="At dawn"), FOUND)
    for name, those in found.items():
        table = pyarrow.Table.from_pylist(those, schema=schema(name))
        assert table.to_pylist() == those
        assert set(those[0]) == set(table.column_names)


def test_a_statement_has_its_words_and_who_says_it() -> None:
    found = rows("harbour", Article(text=TEXT), FOUND)
    (quote,) = found["quotes"]
    assert (quote["finding"], quote["actor"], quote["speaker"]) == ("q1", "a1", "Ada Quay")
    assert quote["words"] == TEXT[quote["start"] : quote["end"]] == "“We sail at dawn,”"
    (claim,) = found["claims"]
    assert (claim["actor"], claim["figures"]) == (None, [{"start": 12, "end": 16}])


def test_there_is_a_table_for_each_kind_of_finding() -> None:
    assert {schema(name).metadata[b"pullquote.table"].decode() for name in TABLES} == set(TABLES)
    assert {"articles", "actors", "mentions", "attributions", "quotes", "claims", "warnings",
            "replies", "said", "signatures", "errors", "inputs"} == set(TABLES)  # fmt: skip


def test_what_is_said_is_a_statement_with_what_the_library_knows_of_it() -> None:
    """A claim in a quote of the same speaker is a part of it; who is mentioned in it is told."""
    text = "“The harbour board will sail at dawn,” said Ada Quay, 40."
    found = Findings(
        analyser="test 1",
        actors=(
            Actor(id="a1", name="Ada Quay", kind=ActorKind.PERSON, mentions=((44, 52),)),
            Actor(id="a2", name="harbour board", kind=ActorKind.ORGANISATION, mentions=((5, 18),)),
        ),
        attributions=(
            Attribution(
                id="at1", source=((44, 52),), cue=((39, 43),), content=((0, 38),), speaker="a1",
                kind=AttributionKind.DIRECT,
            ),
        ),
        quotes=(
            Quote(
                id="q1", attribution="at1", content=((0, 38),), kind=AttributionKind.DIRECT,
                speaker="a1",
            ),
        ),
        claims=(
            Claim(
                id="c1", content=((1, 37),), attribution="at1", speaker="a1", checkable=True,
                sourcing=Sourcing.NAMED, commitment=Commitment.INSISTED,
            ),
        ),
    )  # fmt: skip
    article = Article(text=text, url="https://www.example.org/dawn", published="3 May 2016")
    those = rows("harbour", article, found)
    whole, part = those["said"]
    assert (whole["finding"], whole["part_of"], whole["kinds"]) == ("q1", None, ["claim"])
    assert (whole["how"], whole["commitment"], whole["cue"]) == ("direct", "insisted", "said")
    assert (whole["speaker"], whole["about"], whole["checkable"]) == ("Ada Quay", ["a2"], True)
    assert (whole["site"], whole["day"]) == ("example.org", date(2016, 5, 3))
    assert (part["finding"], part["part_of"]) == ("c1", "q1")
    assert [one["born"] for one in those["actors"]] == [1976, None]
    table = pyarrow.Table.from_pylist(those["said"], schema=schema("said"))
    assert table.to_pylist() == those["said"]


def test_all_that_is_shown_of_an_article_is_held() -> None:
    """Its parts, its furniture and what of it is in another language."""
    article = Article(
        text=TEXT, headings=((0, 4),), parts=(Part(PartKind.QUOTED, 0, 8, by="Ada Quay"),)
    )
    found = Findings(
        analyser="test 1", furniture=((0, 2),), foreign=(Foreign(language="fr", span=((3, 5),)),)
    )
    (row,) = rows("harbour", article, found)["articles"]
    assert row["parts"] == [{"kind": "quoted", "start": 0, "end": 8, "by": "Ada Quay", "label": ""}]
    assert row["foreign"] == [{"language": "fr", "span": [{"start": 3, "end": 5}]}]
    assert row["furniture"] == [{"start": 0, "end": 2}]
    assert pyarrow.Table.from_pylist([row], schema=schema("articles")).to_pylist() == [row]
