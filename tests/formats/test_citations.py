"""CSL JSON against a schema, BibTeX as pybtex reads it, and who a byline says wrote it."""

import json
import re
import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pybtex.database import parse_string

from pullquote.article import Article
from pullquote.formats.bibtex import bibtex, escaped
from pullquote.formats.bylines import Name, authors
from pullquote.formats.csl import csl_json
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line
from tests.citations import by_pandoc, written
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
    ("language", "csl", "field", "babel"),
    [
        ("de", "de", "langid", "ngerman"),
        ("en_GB", "en-GB", "langid", "british"),
        ("pt-br", "pt-BR", "langid", "brazilian"),
        ("zh-Hant-TW", "zh-TW", "langid", "chinese"),
        ("fo", "fo", "language", "fo"),
        ("", None, "langid", None),
        ("Deutsch, bitte", None, "langid", None),
    ],
)
def test_an_article_is_cited_in_its_language(
    language: str, csl: str | None, field: str, babel: str | None
) -> None:
    reading = Reading(msgspec.structs.replace(ARTICLE, language=language))
    (item,) = json.loads("".join(csl_json([reading], SETTINGS)))
    (entry,) = parse_string("".join(bibtex([reading], SETTINGS)), "bibtex").entries.values()
    assert item.get("language") == csl
    assert entry.fields.get(field) == babel


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
        ("Volodymyr Petrenko and Anna Kovalenko", ["Petrenko, Volodymyr", "Kovalenko, Anna"]),
        ("Priya Sharma", ["Sharma, Priya"]),
        ("Åsa Östlund", ["Östlund, Åsa"]),
        ("J. K. Rowling", ["Rowling, J. K."]),
        ("Ursula von der Leyen", ["von der Leyen, Ursula"]),
        ("Odile Le Goff", ["Le Goff, Odile"]),
        ("Mohammed bin Salman", ["bin Salman, Mohammed"]),
        ("Martin Luther King, Jr.", ["King, Martin Luther, Jr."]),
        ("Dr. Jane Miller", ["Miller, Jane"]),
        ("JANE MILLER", ["Miller, Jane"]),
        ("Jean DUPONT", ["Dupont, Jean"]),
        ("DUPONT Jean", ["Dupont, Jean"]),
        ("Jane Miller, Political Editor", ["Miller, Jane"]),
        ("Jane Miller in Kyiv and John Doe in London", ["Miller, Jane", "Doe, John"]),
        ("Jane Miller (jane@example.org)", ["Miller, Jane"]),
        ("Reporting by Jane Miller in Paris; Editing by John Doe", ["Miller, Jane"]),
        ("Jane Miller, Reuters", ["Miller, Jane", "Reuters"]),
        ("Jane Miller and agencies", ["Miller, Jane", "agencies"]),
        ("Miller, Jane", ["Miller, Jane"]),
        ("Jane Miller, Kyiv", ["Jane Miller, Kyiv"]),
        ("Jane Miller and Madonna", ["Jane Miller and Madonna"]),
        ("Frank Gardner Security Correspondent", ["Frank Gardner Security Correspondent"]),
        ("Sheikh Hasina", ["Sheikh Hasina"]),
        ("", []),
    ],
)
def test_a_byline_is_taken_apart_where_its_parts_are_sure_to_be_people(
    byline: str, names: list[str]
) -> None:
    assert named(byline) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Staff", ["Staff"]),
        ("Associated Press", ["Associated Press"]),
        ("The Associated Press", ["The Associated Press"]),
        ("Agence France-Presse", ["Agence France-Presse"]),
        ("Le Monde", ["Le Monde"]),
        ("Reuters in Paris", ["Reuters"]),
        ("AFP, Reuters", ["AFP", "Reuters"]),
        ("Paris Match News", ["Paris Match News"]),
        ("Guardian staff and agencies", ["Guardian staff and agencies"]),
        ("Department of Health and Human Services", ["Department of Health and Human Services"]),
        ("Ministry of Trade and Rural Development", ["Ministry of Trade and Rural Development"]),
        ("Human Rights Watch", ["Human Rights Watch"]),
        ("BBC Verify", ["BBC Verify"]),
        ("Valley Oak", ["Valley Oak"]),
    ],
)
def test_an_institution_stays_whole(byline: str, names: list[str]) -> None:
    assert named(byline, site="Valley Oak") == names


@pytest.mark.parametrize(
    ("byline", "language", "names"),
    [
        ("Xi Wang", "en", ["Wang, Xi"]),
        ("Xu Jianlan", "en", ["Xu, Jianlan"]),
        ("Li Wei", "en", ["Li, Wei"]),
        ("Wei Li", "en", ["Li, Wei"]),
        ("Chou Shu-lin", "en", ["Chou, Shu-lin"]),
        ("Shu-lin Chou", "en", ["Chou, Shu-lin"]),
        ("Kim Jong Soo", "en", ["Kim, Jong Soo"]),
        ("Lee Jung-joo", "en", ["Lee, Jung-joo"]),
        ("Kim Park", "en", ["Park, Kim"]),
        ("Lee Martin Oswell", "en", ["Oswell, Lee Martin"]),
        ("Nguyễn Phú Trọng", "en", ["Nguyễn, Phú Trọng"]),
        ("Viet Thanh Nguyen", "en", ["Nguyen, Viet Thanh"]),
        ("Gabriel García Márquez", "en", ["García Márquez, Gabriel"]),
        ("María Pérez y Luis Gómez", "es", ["Pérez, María", "Gómez, Luis"]),
        ("Juan Carlos García", "es", ["García, Juan Carlos"]),
        ("José Ortega y Gasset", "es", ["Ortega y Gasset, José"]),
        ("Orbán Viktor", "hu", ["Orbán, Viktor"]),
        ("Viktor Orbán", "en", ["Orbán, Viktor"]),
        ("Von Hans Müller und Anna Schmidt", "de", ["Müller, Hans", "Schmidt, Anna"]),
        ("Von Miller", "en", ["Miller, Von"]),
        ("Par Jean-Luc Martin et Anne Dupont", "fr-FR", ["Martin, Jean-Luc", "Dupont, Anne"]),
        ("王小明", "zh", ["王, 小明"]),
        ("김정은", "ko", ["김, 정은"]),
        ("山田 太郎", "ja", ["山田, 太郎"]),
        ("Сидоров Иван Петрович", "ru", ["Сидоров, Иван Петрович"]),
    ],
)
def test_the_name_of_the_family_is_where_the_language_has_it(
    byline: str, language: str, names: list[str]
) -> None:
    assert named(byline, language) == names


@given(st.text(st.sampled_from("aB,;. '-éü&王")) | words)
def test_of_any_byline_nothing_is_made_up(byline: str) -> None:
    for one in authors(byline):
        assert all(word in byline for word in one.literal.split())
        assert bool(one.literal) != bool(one.family and one.given)


def named(byline: str, language: str = "", site: str = "") -> list[str]:
    return [
        one.literal or ", ".join(filter(None, (one.family, one.given, one.suffix)))
        for one in authors(byline, language, site)
    ]


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
    assert entry.fields["entrysubtype"] == "newspaper"
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


def test_a_later_version_has_the_key_of_the_first_and_two_versions_have_two() -> None:
    later = msgspec.structs.replace(ARTICLE, text="Changed.", byline="Kim Park", published="2027")
    first, changed = Reading(ARTICLE), Reading(later, first=ARTICLE)
    (key,) = keys([first])
    assert keys([changed]) == [key]
    assert keys([first, changed]) == [key, f"Park2027-{later.id[:8]}"]
    assert keys([changed, first]) == [key, f"{key}-2"]


def keys(readings: list[Reading]) -> list[str]:
    return [item["id"] for item in json.loads("".join(csl_json(readings, SETTINGS)))]


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not here")
def test_pandoc_sets_both_forms_of_citations_alike(tmp_path: Path) -> None:
    set_ = {}
    for suffix, text in written().items():
        path = tmp_path / f"articles.{suffix}"
        path.write_text(text, encoding="utf-8")
        set_[suffix] = by_pandoc(path).lower()  # the capitals of a title are the style's
    assert set_["json"] == set_["bib"]
    assert "wang, xi, jong-un kim, and van an nguyen" in set_["json"]
    assert "associated press. 2026" in set_["json"]
