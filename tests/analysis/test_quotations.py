"""Which words stand in quotation marks, in every house style."""

import pytest

from pullquote.analysis.quotations import (
    STYLES,
    Style,
    chains,
    is_title,
    quotations,
    read_quotations,
    with_double_marks,
)
from pullquote.text import paragraphs


def quoted(text: str) -> list[list[str]]:
    """The quotations of each paragraph."""
    read = read_quotations(text, paragraphs(text))
    return [[text[slice(*one.span)] for one in ones] for ones in read]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_is_told_from_what_only_looks_like_it(style: Style) -> None:
    (found,) = quoted(style.yes)
    assert found == [style.yes.partition(" she said")[0].rstrip(", ") + found[0][-1:]] or (
        style.yes.startswith(found[0])
    )
    assert quoted(style.no) == [[]]


@pytest.mark.parametrize("marks", ["“%s”", '"%s"', "''%s''", "``%s''", "«%s»", "« %s »", "„%s“"])
def test_every_kind_of_mark_makes_a_quotation(marks: str) -> None:
    text = f"He said {marks % 'it is so'} and left."
    (one,) = quotations(text, (0, len(text)))
    assert text[slice(*one.span)] == marks % "it is so"
    assert text[slice(*one.inner)].strip() == "it is so"
    assert one.closed


@pytest.mark.parametrize("marks", ["‘%s’", "'%s'"])
def test_single_marks_quote_and_apostrophes_inside_do_not_end_them(marks: str) -> None:
    text = f"{marks % 'It wasn’t the drivers’ fault,'} she said."
    assert quoted(text) == [[marks % "It wasn’t the drivers’ fault,"]]


def test_apostrophes_open_nothing() -> None:
    text = "It's the ministers' plan, and it’s Moscow’s. Rock 'n' roll ruled the '90s, so tell 'em."
    assert quoted(text) == [[]]


def test_a_short_term_in_single_marks_ends_before_a_plural() -> None:
    assert quoted("The ‘heroes’ were the drivers’ friends.") == [["‘heroes’"]]


def test_double_marks_inside_single_ones_are_nested() -> None:
    text = "‘She said “leave it to me” and then she left,’ he said."
    assert quoted(text) == [["‘She said “leave it to me” and then she left,’"]]


def test_the_same_marks_may_nest() -> None:
    text = '"He looked at me and said, "You are fired," and that was that," said Omar Reyes.'
    assert quoted(text) == [['"He looked at me and said, "You are fired," and that was that,"']]


def test_where_one_of_nested_marks_is_missing_the_first_that_closes_ends() -> None:
    text = '"What do you mean, "What do I mean?" asked Irene Falk.'
    assert quoted(text) == [['"What do you mean, "What do I mean?"']]


def test_a_mark_too_many_spoils_no_other_paragraph() -> None:
    text = "“Left open\n“Closed,” he said."
    first, second = paragraphs(text)
    assert [one.closed for one in quotations(text, first)] == [False]
    assert [text[slice(*one.span)] for one in quotations(text, second)] == ["“Closed,”"]


def test_a_closing_mark_before_the_first_word_opens() -> None:
    assert quoted("”So it is,” she said.") == [["”So it is,”"]]


def test_where_the_opening_mark_is_missing_the_paragraph_is_quoted_from_its_start() -> None:
    assert quoted('Nobody on the ground knows why," the minister said.') == [
        ['Nobody on the ground knows why,"']
    ]
    assert quoted("The board is 6” by 4”.") == [[]]


def test_a_dash_opens_a_line_of_dialogue_where_lines_have_verbs_of_speech() -> None:
    text = "— I did not take it, said Julia Ortiz.\n— Then who did? asked the prosecutor."
    assert quoted(text) == [["— I did not take it,"], ["— Then who did?"]]
    assert quoted("— two eggs\n— a cup of milk") == [[], []]


def test_a_quotation_goes_on_in_the_paragraph_that_opens_with_a_mark() -> None:
    text = "He said: “One.\n“Two.\n“Three.”\nThe end.\n“Four.”"
    page = paragraphs(text)
    (chain,) = chains(page, read_quotations(text, page))
    assert [place.paragraph for place in chain] == [0, 1, 2]


def test_a_title_is_written_with_capitals() -> None:
    for text, title in (
        ("“Bad Blood”", True),
        ("“A Tale of Two Cities”", True),
        ("“Thank God.”", False),
        ("“We are late.”", False),
    ):
        (one,) = quotations(text, (0, len(text)))
        assert is_title(text, one) is title


def test_the_models_read_double_marks_each_in_its_place() -> None:
    text = '‘He said “no”,’ she said. «Yes.» "Well."'
    read = with_double_marks(text, paragraphs(text))
    assert read == '“He said ‘no’,” she said. “Yes.” "Well."'
    assert len(read) == len(text)
