"""The tables of a corpus hold what the findings hold, and take no value that has no column."""

import pytest

from pullquote.article import Article
from pullquote.corpus.tables import TABLES, rows, schema
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
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
            "replies", "errors"} == set(TABLES)  # fmt: skip
