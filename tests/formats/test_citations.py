"""CSL JSON against a schema, BibTeX as pybtex reads it, and who a byline says wrote it."""

import json
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pybtex.database import parse_string

from pullquote.article import Article
from pullquote.formats.bibtex import bibtex, escaped
from pullquote.formats.csl import Name, authors, csl_json
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line
from tests.conftest import ROOT
from tests.readings import texts, words

SETTINGS = Settings()
SCHEMA = Draft7Validator(
    json.loads((ROOT / "tests/data/csl/csl-item.schema.json").read_text(encoding="utf-8"))
)
ARTICLE = Article(
    text="Prices have doubled.",
    title="Prices {rise} by 100% in R&D: $5_000 #1 ~ ^ \\ NATO",
    byline="By Jane Miller and Ursula von der Leyen",
    site="The Example & Co",
    url="https://example.org/a_b?c=%20d&e={f}",
    published="2026-01-05T08:00:00+00:00",
    retrieved="2026-02-03",
    language="en",
)
_DATES = st.sampled_from(
    ("", "2026-01-05", "2026-01", "2026", "2026-13-41", "5 January", "2026-01-05T08:00Z", "0000")
)
articles = st.builds(
    Article,
    text=texts,
    title=words,
    byline=words
    | st.sampled_from(
        ("Jane Miller", "By Jane Miller, Ann Lee and John Doe", "Reuters; Jane Miller", ";")
    ),
    site=words,
    url=words | words.map("https://example.org/{}".format),
    published=_DATES | words,
    retrieved=_DATES,
    language=st.sampled_from(("", "en")),
)
several = st.lists(articles, min_size=1, max_size=3).map(
    lambda ones: [Reading(one) for one in ones]
)
# What each of TeX's commands stands for.
_SIGNS = {
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}
_SIGNS |= {r"\textbackslash{}": "\\", **{f"\\{sign}": sign for sign in "&%_#$"}}


def unescaped(tex: str) -> str:
    return re.sub(r"\\(?:text\w+\{\}|.)", lambda match: _SIGNS[match[0]], tex)


@given(several)
def test_any_articles_are_valid_csl_and_each_has_a_key_of_its_own(readings: list[Reading]) -> None:
    items = json.loads("".join(csl_json(readings, SETTINGS)))
    SCHEMA.validate(items)
    assert (
        len({item["id"] for item in items})
        == len(items)
        == len({one.article.id for one in readings})
    )


def test_an_article_is_cited_with_all_that_is_known_of_it() -> None:
    (item,) = json.loads("".join(csl_json([Reading(ARTICLE)], SETTINGS)))
    assert item == {
        "id": f"Miller2026-{ARTICLE.id[:8]}",
        "type": "article-newspaper",
        "title": ARTICLE.title,
        "author": [
            {"family": "Miller", "given": "Jane"},
            {"family": "von der Leyen", "given": "Ursula"},
        ],
        "issued": {"date-parts": [[2026, 1, 5]]},
        "container-title": "The Example & Co",
        "URL": ARTICLE.url,
        "accessed": {"date-parts": [[2026, 2, 3]]},
        "language": "en",
    }


@pytest.mark.parametrize(
    ("known", "kind", "entry"),
    [
        ({"site": "The Example", "published": "2026-01"}, "article-newspaper", "article"),
        ({"url": "https://example.org/a", "published": "2026"}, "webpage", "online"),
        ({}, "document", "misc"),
    ],
)
def test_what_an_article_is_cited_as_follows_from_what_is_known(
    known: dict[str, str], kind: str, entry: str
) -> None:
    reading = Reading(Article(text="Prices have doubled.", **known))
    (item,) = json.loads("".join(csl_json([reading], SETTINGS)))
    assert item["type"] == kind
    assert (
        parse_string("".join(bibtex([reading], SETTINGS)), "bibtex").entries[item["id"]].type
        == entry
    )


@pytest.mark.parametrize(
    ("published", "issued"),
    [
        ("2026-01-05T08:00:00+00:00", {"date-parts": [[2026, 1, 5]]}),
        ("2026-01", {"date-parts": [[2026, 1]]}),
        ("2026", {"date-parts": [[2026]]}),
        ("2026-02-30", {"literal": "2026-02-30"}),
        ("2026/01/05", {"literal": "2026/01/05"}),
        ("last Friday", {"literal": "last Friday"}),
    ],
)
def test_a_date_is_one_of_the_calendar_or_stays_as_it_is_written(
    published: str, issued: dict[str, object]
) -> None:
    (item,) = json.loads(
        "".join(
            csl_json([Reading(msgspec.structs.replace(ARTICLE, published=published))], SETTINGS)
        )
    )
    assert item["issued"] == issued


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Miller", ["Miller, Jane"]),
        ("Jane Miller, John Doe and Ann Lee", ["Miller, Jane", "Doe, John", "Lee, Ann"]),
        ("Jane Miller; Reuters", ["Miller, Jane", "Reuters"]),
        ("Volodymyr Zelensky and Anna Kovalenko", ["Volodymyr Zelensky", "Kovalenko, Anna"]),
        ("J. K. Rowling", ["Rowling, J. K."]),
        ("Ursula von der Leyen", ["von der Leyen, Ursula"]),
        ("Department of Health and Human Services", ["Department of Health and Human Services"]),
        ("Associated Press", ["Associated Press"]),
        ("Paris Match News", ["Paris Match News"]),
        ("Jane Miller, Political Editor", ["Jane Miller, Political Editor"]),
        ("Jane Miller in Kyiv", ["Jane Miller in Kyiv"]),
        ("Martin Luther King Jr.", ["Martin Luther King Jr."]),
        ("Miller, Jane", ["Miller, Jane"]),
        ("", []),
    ],
)
def test_a_byline_is_taken_apart_only_where_its_parts_are_sure_to_be_people(
    byline: str, names: list[str]
) -> None:
    assert [one.literal or f"{one.family}, {one.given}" for one in authors(byline)] == names


def test_a_name_that_is_written_the_other_way_round_stays_in_one_piece() -> None:
    assert authors("Miller, Jane") == (Name(literal="Miller, Jane"),)


@given(st.text(st.sampled_from("a {}\\&%_#$~^")))
def test_what_tex_would_obey_comes_back_as_text(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(several)
def test_bibtex_says_what_csl_says(readings: list[Reading]) -> None:
    entries = parse_string("".join(bibtex(readings, SETTINGS)), "bibtex").entries
    items = json.loads("".join(csl_json(readings, SETTINGS)))
    assert [entry.key for entry in entries.values()] == [item["id"] for item in items]
    for entry, item in zip(entries.values(), items, strict=True):
        fields = entry.fields
        # BibTeX sees runs of white space as one, at the ends as none.
        assert one_line(unescaped(fields.get("title", "{}")[1:-1])) == one_line(
            item.get("title", "")
        )
        site = fields.get("journaltitle", fields.get("organization", ""))
        assert one_line(unescaped(site)) == one_line(item.get("container-title", ""))
        assert len(entry.persons.get("author", ())) == len(item.get("author", ()))


def test_a_bibtex_entry_holds_people_dates_and_an_address_that_breaks_nothing() -> None:
    (entry,) = parse_string(
        "".join(bibtex([Reading(ARTICLE)], SETTINGS)), "bibtex"
    ).entries.values()
    first, second = entry.persons["author"]
    assert (first.last_names, first.first_names) == (["Miller"], ["Jane"])
    assert (second.prelast_names, second.last_names, second.first_names) == (
        ["von", "der"],
        ["Leyen"],
        ["Ursula"],
    )
    assert entry.fields["date"] == "2026-01-05"
    assert entry.fields["urldate"] == "2026-02-03"
    assert entry.fields["url"] == "https://example.org/a_b?c=%20d&e=%7Bf%7D"
    assert entry.fields["title"].startswith(
        r"{Prices \textbraceleft{}rise\textbraceright{} by 100\% in R\&D: \$5\_000"
    )
    assert entry.fields["title"].endswith("NATO}")


def test_the_key_of_an_article_is_the_same_in_whatever_company() -> None:
    other = Article(text="Other.", byline="Jane Miller", published="2026")
    alone = json.loads("".join(csl_json([Reading(ARTICLE)], SETTINGS)))[0]["id"]
    assert alone in [
        item["id"]
        for item in json.loads("".join(csl_json([Reading(other), Reading(ARTICLE)], SETTINGS)))
    ]
