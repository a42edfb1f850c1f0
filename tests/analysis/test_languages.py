"""What is in another language than English is said to be so, and not analysed."""

from pathlib import Path

import pytest

from pullquote.analysis import languages as module
from pullquote.analysis.furniture import find_furniture, prose_of
from pullquote.analysis.languages import languages
from pullquote.analysis.pipeline import analyse
from pullquote.findings import ENGLISH
from pullquote.text import clean, paragraphs

ENGLISH_TEXT = (
    "“We will not go,” said Jane Miller, the minister, on Monday.\n\n"
    "She said that the talks had failed and that the government would not give in."
)
FRENCH = (
    "Le ministre a déclaré lundi que le gouvernement ne céderait pas aux grévistes.\n\n"
    "Paris\n\n"
    "« Nous n'avons rien à cacher », a affirmé la maire de la ville."
)
SENTENCES = [
    ("fr", "Selon le rapport, trois personnes ont été blessées dans l'accident."),
    ("de", "Laut dem Bericht wurden bei dem Unfall drei Menschen verletzt."),
    ("es", "«No tenemos nada que ocultar», afirmó la alcaldesa de la ciudad."),
    ("it", "Il ministro ha detto lunedì che il governo non cederà agli scioperanti."),
    ("nl", "‘We hebben niets te verbergen’, zei de burgemeester van de stad."),
    ("pt", "“Não temos nada a esconder”, afirmou a prefeita da cidade."),
    ("da", "Ministeren sagde mandag, at regeringen ikke vil give efter for de strejkende."),
    ("sv", "”Vi har inget att dölja”, sade stadens borgmästare till tidningen."),
    ("pl", "Minister powiedział w poniedziałek, że rząd nie ustąpi strajkującym."),
    ("tr", "Bakan pazartesi günü hükümetin grevcilere boyun eğmeyeceğini söyledi."),
    ("hu", "A miniszter hétfőn azt mondta, hogy a kormány nem enged a sztrájkolóknak."),
    ("ru", "«Нам нечего скрывать», — сказала мэр города."),
    ("ar", "قال الوزير يوم الاثنين إن الحكومة لن تستسلم للمضربين."),
    ("zh", "部长周一表示，政府不会向罢工者让步。"),
    ("ja", "大臣は月曜日、政府はストライキに屈しないと述べた。"),
]
IN_ENGLISH = [
    "",
    "“Oui.”",
    "Paris, mardi",
    "Squad: Müller, Großkreutz, Schweinsteiger, Özil, Khedira, Boateng, Hummels, Höwedes, Kroos.",
    "Real Madrid 3 Barcelona 1; Atlético de Madrid 2 Real Sociedad 2; Celta de Vigo 1 Cádiz 0.",
    "Four Mayors Ask Berlin For More Trams.",
    "asdf jkl qwer uiop zxcv bnm",
    "0 1 1 2 3 5 8 13 21 34 55 89 144 233 377 610 987 1597 2584 4181 6765 10946 17711",
]


def _main(text: str) -> str:
    page = paragraphs(text)
    return languages(text, page).main


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_a_sentence_is_told_from_english(language: str, sentence: str) -> None:
    assert _main(sentence) == language


@pytest.mark.parametrize("text", IN_ENGLISH)
def test_what_is_short_or_full_of_names_is_not_taken_for_another_language(text: str) -> None:
    assert _main(text) == ENGLISH


def test_an_article_in_french_is_said_to_be_and_has_no_findings() -> None:
    found = analyse(FRENCH)
    assert found.language == "fr"
    (foreign,) = found.foreign
    assert foreign.span == paragraphs(FRENCH)
    assert (found.actors, found.attributions, found.claims) == ((), (), ())


def test_english_passages_of_a_french_article_are_analysed() -> None:
    found = analyse(f"{FRENCH}\n\n{ENGLISH_TEXT}\n\n{FRENCH}")
    assert found.language == "fr"
    assert [found.actor(quote.speaker).name for quote in found.quotes] == [  # type: ignore[union-attr]
        "Jane Miller"
    ]


def test_an_english_article_that_quotes_french_is_analysed_whole() -> None:
    text = f"{ENGLISH_TEXT}\n\n{FRENCH.splitlines()[-1]}\n\n{ENGLISH_TEXT}"
    assert analyse(text).foreign == ()


def test_who_insists_has_all_analysed_as_english() -> None:
    text = f"{FRENCH}\n\nJane Miller a dit : “Non.”"
    found = analyse(text, language=ENGLISH)
    assert (found.language, found.foreign) == (ENGLISH, ())


def test_no_paragraph_of_the_gold_articles_is_taken_for_another_language(shared: Path) -> None:
    texts = [
        clean(path.read_text(encoding="utf-8"))
        for folder in ("registers", "polnear/dev", "gum-news", "meantime", "plover")
        for path in sorted((shared / "gold" / folder / "text").glob("*.txt"))
    ]
    assert len(texts) > 500
    for text in texts:
        page = paragraphs(text)
        for span in prose_of(page, find_furniture(text, page)):
            assert languages(text, (span,)).main == ENGLISH, text[slice(*span)]


def test_english_is_told_without_loading_the_other_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_identifier", None)
    assert _main(ENGLISH_TEXT) == ENGLISH
