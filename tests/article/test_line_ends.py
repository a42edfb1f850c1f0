"""Words that the end of a line divides are read in one piece; compounds keep their hyphens."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article.line_ends import unwrapped, whole_words

BEFORE = (
    "The council voted on Monday night to close the harbour, after a debate in which\n"
    "all the members of the town’s council spoke of the money that is needed for it,\n"
    "and that was the end of it for the mayor and those who had come in to hear the\n"
    "end of it. They were there till midnight, and then it was for those of the "
)
AFTER = " of the town, which has said that it would go to court\nover it, as it had in two cases before."


def joined(divided: str, before: str = BEFORE) -> str:
    """What a word divided at `-|` reads as in a wrapped text."""
    text = unwrapped(before + divided.replace("|", "\n") + AFTER)
    assert "\n" not in text.partition(BEFORE.split()[0])[2]
    return text.rpartition(" those of the ")[2].partition(" of the town")[0]


@pytest.mark.parametrize(
    ("divided", "read"),
    [
        ("old har-|bour", "old harbour"),
        ("coun-|cil", "council"),
        ("col-|our", "colour"),  # both are words, and so is the whole
        ("organ-|isation,", "organisation,"),
        ("travel-|led", "travelled"),
        ("spokes-|woman", "spokeswoman"),
        ("thou-|sand", "thousand"),
        ("“co-|operate”", "“cooperate”"),
        ("COUN-|CIL", "COUNCIL"),
        ("Anna Pe-|trov", "Anna Petrov"),
        ("Mar-|seille’s", "Marseille’s"),
        ("Za-|kharova", "Zakharova"),
        ("Zelen-|sky", "Zelensky"),
        ("Krem-|lin", "Kremlin"),
        ("har\u00ad|bour", "harbour"),
        ("har‐|bour", "harbour"),
    ],
)
def test_a_hyphen_that_divides_a_word_goes(divided: str, read: str) -> None:
    assert joined(divided) == read


@pytest.mark.parametrize(
    "compound",
    [
        "well-|known", "self-|made", "twenty-|five", "decision-|making", "ex-|wife", "long-|term",
        "six-|month", "ten-year-|old", "day-to-|day", "mother-in-|law", "French-|speaking",
        "Al-|Qaeda", "Anglo-|American", "Bruni-|Ortiz", "COVID-|19", "2025-|26", "U.S.-|led",
        "X-|ray", "vice-|president", "so-|called",
    ],
)  # fmt: skip
def test_a_hyphen_that_belongs_to_the_word_stays(compound: str) -> None:
    assert joined(compound) == compound.replace("|", "")


def test_the_document_knows_its_own_words_best() -> None:
    assert joined("health-|care", "healthcare\n\n" + BEFORE) == "healthcare"
    assert joined("co-|operate", "to co-operate\n\n" + BEFORE) == "co-operate"
    assert joined("Jong-|un", "Kim Jong-un\n\n" + BEFORE) == "Jong-un"


def test_hyphens_before_a_conjunction_and_dashes_stay_apart() -> None:
    assert joined("pre-|and post-war") == "pre- and post-war"
    assert joined("one --|the old one") == "one -- the old one"
    assert joined("one -|the old one") == "one - the old one"


def test_addresses_are_not_words() -> None:
    assert joined("www.norton-|council.example") == "www.norton- council.example"


@pytest.mark.parametrize(
    ("language", "divided", "read"),
    [
        ("Der Rat der Stadt hat am Montag", "Regie-|rung", "Regierung"),
        ("Der Rat der Stadt hat am Montag", "Donau-|schiff", "Donauschiff"),
        ("Der Rat der Stadt hat am Montag", "Vor-|und Nachteile", "Vor- und Nachteile"),
        ("Le conseil de la ville a dit que le port est", "gouverne-|ment", "gouvernement"),
        ("Le conseil de la ville a dit que le port est", "porte-|parole", "porte-parole"),
        ("Совет города решил закрыть старый порт", "прави-|тельство", "правительство"),
    ],
)
def test_other_languages_divide_their_own_words(language: str, divided: str, read: str) -> None:
    filled = "\n".join([f"{language}, {language}".lower()] * 5)
    text = f"{filled} {divided.replace('|', chr(10))}"
    assert unwrapped(text).endswith(read)


def test_only_wrapped_lines_are_touched_but_for_a_known_word() -> None:
    poem = "a self-\nMade man\nand well-\nKnown"
    assert whole_words(poem) == poem
    assert whole_words("of the har-\nbour\nand of the") == "of the harbour\nand of the"


def test_the_line_ends_after_the_word_so_that_lines_keep_their_length() -> None:
    assert whole_words(f"{BEFORE}har-\nbour, it was") == f"{BEFORE}harbour,\nit was"


def test_letters_of_scripts_without_spaces_are_joined_without_one() -> None:
    chinese = "市议会周一晚上经过五个小时的辩论投票决定关闭旧港口每位议员至少发言一次" * 4
    filled = "\n".join(chinese[at : at + 36] for at in range(0, len(chinese), 36))
    assert whole_words(filled) == chinese
    assert whole_words("市议会\n旧港口") == "市议会\n旧港口"


texts = st.lists(
    st.sampled_from([*"abzéA- \n\u00ad‐’1市"])
    | st.sampled_from([BEFORE, "har-\nbour", "well-\nknown"]),
    max_size=60,
).map("".join)


@given(texts)
def test_no_letter_is_lost_and_nothing_is_done_twice(text: str) -> None:
    whole = whole_words(text)
    assert re.findall(r"\w", whole) == re.findall(r"\w", text)
    assert whole.count("\n\n") == text.count("\n\n")
    assert re.findall(r"\w", unwrapped(text)) == re.findall(r"\w", text)


def test_a_space_behind_the_word_makes_no_blank_line() -> None:
    assert whole_words("har-\nbour \nThe harbour.") == "harbour\nThe harbour."
