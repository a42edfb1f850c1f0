"""What the analysis knows of countries, by name, people, capital and seat, and of given names."""

from collections import Counter

import pytest
from babel import Locale

from pullquote.analysis import lexicon
from pullquote.analysis.lexicon import countries, given_names
from pullquote.analysis.pipeline import analyse

# What CLDR calls otherwise, or counts as a territory and ISO 3166 does not.
OTHERWISE = {
    "Congo - Kinshasa": "Democratic Republic of the Congo",
    "Congo - Brazzaville": "Republic of the Congo",
    "Hong Kong SAR China": "Hong Kong",
    "Macao SAR China": "Macau",
    "Myanmar (Burma)": "Myanmar",
    "St. Helena, Ascension & Tristan da Cunha": "Saint Helena",
}
NO_COUNTRIES = ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]


@pytest.mark.parametrize(
    "name",
    [
        OTHERWISE.get(name, name)
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code not in NO_COUNTRIES and code.isalpha()
    ],
)
def test_every_territory_of_iso_3166_is_known_by_the_name_that_cldr_has(name: str) -> None:
    assert name in countries().names


def test_no_word_of_the_table_is_two_countries() -> None:
    lines = (lexicon._DATA / "countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert {len(row) for row in rows} == {5}
    for column in range(1, 5):
        words = Counter(word for row in rows for word in row[column].split("; ") if word)
        assert [word for word, count in words.items() if count > 1] == []
    assert len(countries().names) >= 2 * 250


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Türkiye", "Turkey"),
        ("Kosovan", "Kosovo"),
        ("Skopje", "North Macedonia"),
        ("Taipei", "Taiwan"),
        ("Palestinian", "Palestine"),
        ("Scottish", "Scotland"),
        ("Indian", "India"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("Côte d'Ivoire", "Ivory Coast"),
        ("Kremlin", "Russia"),
        ("Casa Rosada", "Argentina"),
    ],
)
def test_a_word_stands_for_its_country(word: str, country: str) -> None:
    known = countries()
    tables = (known.names, known.demonyms, known.capitals, known.seats)
    assert country in {table.get(word) for table in tables}


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        ("The Kremlin said on Monday that it would talk.", "the Kremlin", "Russia"),
        ("The Knesset said on Monday that it would vote.", "the Knesset", "Israel"),
        ("Downing Street said on Monday that it would pay.", "Downing Street", "United Kingdom"),
        ("Kosovan Prime Minister Ann Cole said that it was late.", "Ann Cole", "Kosovo"),
    ],
)
def test_a_seat_of_government_and_an_office_have_their_country(
    text: str, name: str, affiliation: str
) -> None:
    assert (name, affiliation) in {(one.name, one.affiliation) for one in analyse(text).actors}


# --- given names


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("mary", "f"),
        ("volodymyr", "m"),
        ("alexei", "m"),
        ("yevgeny", "m"),
        ("priya", "f"),
        ("åsa", "f"),
        (
            "andrea",
            "f",
        ),  # a man in Italy, but of those who are written about in English most are not
        ("nicola", ""),
    ],
)
def test_given_names_of_many_countries_tell_men_and_women(name: str, sex: str) -> None:
    assert given_names()[name] == sex
