"""Whom titles, "you", "we", bare nouns and "the two countries" in an article stand for."""

import pytest

from tests.analysis.test_speakers import analysed


def mentioned(text: str, name: str) -> list[str]:
    """The words by which somebody is mentioned, in order."""
    found = analysed(text)
    return [
        text[slice(*span)]
        for actor in found.actors
        if actor.name == name
        for span in actor.mentions
    ]


def meant(text: str, word: str) -> str:
    """The name of whom the first of a word stands for."""
    at = (text.index(word), text.index(word) + len(word))
    return next((one.name for one in analysed(text).actors if at in one.mentions), "nobody")


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        (
            "Mayor Ann Cole spoke on Monday. Critics of Mayor Cole had slept. Cole left.",
            "Ann Cole",
            ["Mayor Ann Cole", "Ann Cole", "Mayor Cole", "Cole"],
        ),
        (
            "Vice President Jane Park arrived. Vice President Park laughed.",
            "Jane Park",
            ["Vice President Jane Park", "Jane Park", "Vice President Park"],
        ),
        (
            "Tom Reed met Lt. Col. Jim Holt. Mr Reed and Lt. Col. Holt left.",
            "Tom Reed",
            ["Tom Reed", "Mr Reed"],
        ),
    ],
    ids=["an office", "of two words", "a form of address"],
)
def test_a_mention_by_name_begins_with_the_title(text: str, name: str, mentions: list[str]) -> None:
    assert mentioned(text, name) == mentions


def test_what_somebody_was_before_is_no_title() -> None:
    text = "Mayor Ann Cole spoke. The former mayor’s friend saw retired teacher Cole."
    assert "Cole" in mentioned(text, "Ann Cole")


JAILED = "Judge Ann Cole jailed Tom Reed, a baker, for three years on Friday."


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        (f"{JAILED}\n\n“You knew the oven was broken,” she told the court.", "You", "Tom Reed"),
        (
            f"{JAILED}\n\nJudge Cole said: “This was no accident.\n\n“Nobody warned the shop."
            "\n\n“When you left you did not look back.”",
            "you",
            "Tom Reed",
        ),
        (
            "Tom Reed stole. Judge Ann Cole KC sentenced weeping Reed to three years for theft."
            "\n\n“You knew,” she said.",
            "You",
            "Tom Reed",
        ),
    ],
    ids=["jailed", "later on", "weeping"],
)
def test_you_is_whom_the_speaker_turned_to_before(text: str, word: str, who: str) -> None:
    assert meant(text, word) == who


@pytest.mark.parametrize(
    "text",
    [
        "Judge Ann Cole saw Tom Reed on Friday.\n\n“You never know what comes,” she said.",
        f"{JAILED}\n\nReed wept.\n\nThe town was quiet.\n\n“You can hear it,” she said later.",
    ],
    ids=["only seen", "long ago"],
)
def test_you_is_not_whom_the_speaker_only_had_to_do_with(text: str) -> None:
    assert meant(text, "You") != "Tom Reed"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Nurses walked out. “We are tired,” Ann Cole, a nurse at the ward, said.", "Nurses"),
        (
            "Farmers of the valley have no well. Some farmers left.\n\n"
            "“We wait,” said Tom Reed, a minister.",
            "nobody",
        ),
    ],
    ids=["one of them", "holds an office"],
)
def test_we_of_somebody_without_an_office_are_those_they_belong_to(text: str, who: str) -> None:
    assert meant(text, "We") == who


def test_a_group_is_mentioned_by_its_bare_noun_whatever_it_does() -> None:
    text = (
        "Villagers say the dam leaks. Police met villagers on Monday. The mayor asked the"
        " villagers to wait."
    )
    assert mentioned(text, "Villagers") == ["Villagers", "villagers", "the villagers"]


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (
            "France and Spain signed a treaty. Both countries have ports.",
            "Both countries",
            "France and Spain",
        ),
        (
            "India and Pakistan have talked. Ann Cole said the two neighbours were tired.",
            "the two neighbours",
            "India and Pakistan",
        ),
        (
            "Ann Cole and Tom Reed met in Rome. Both leaders said it was late.",
            "Both leaders",
            "Ann Cole and Tom Reed",
        ),
        (
            "France and Spain signed a treaty. The two countries of the south said no.",
            "The two countries",
            "nobody",
        ),
    ],
    ids=["both", "neighbours", "leaders", "which is said"],
)
def test_the_two_are_those_who_were_named_together_last(text: str, words: str, who: str) -> None:
    assert meant(text, words) == who


def test_two_others_are_not_those_who_were_named_together() -> None:
    text = "France and Spain signed a treaty. Two countries did not."
    assert mentioned(text, "France and Spain") == []
