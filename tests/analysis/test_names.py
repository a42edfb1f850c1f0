"""Whose name ends where: what runs into it, firms like two people, who are named together."""

import pytest

from pullquote.analysis.prefixes import ROWS, Prefix
from pullquote.findings import ActorKind
from tests.analysis.test_speakers import analysed, names


def people(text: str) -> list[str]:
    """The names of the persons, in their order."""
    return [one.name for one in analysed(text).actors if one.kind is ActorKind.PERSON]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.kind)
def test_what_runs_into_a_full_name_is_no_part_of_it(row: Prefix) -> None:
    assert "Ann Cole" in people(row.yes)
    assert "Ann Cole" not in people(row.no)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Navy Major General Tom Reed said it was late.", "Tom Reed"),
        ("L. Arnold Quist said it was late.", "L. Arnold Quist"),
        ("JD Ross Cole said it was late.", "JD Ross Cole"),
        ("An aide told Harbour News’ Ann Cole. Cole said it was late.", "Ann Cole"),
        ("Norland’s Ann Cole said it was late.", "Ann Cole"),
    ],
)
def test_a_name_is_cut_where_it_begins(text: str, name: str) -> None:
    assert name in people(text)


def test_a_team_before_a_name_is_its_own() -> None:
    text = "Rovers QB Ann Cole said it was late. The Rovers lost. “We lost,” Cole said."
    (rovers,) = [one for one in analysed(text).actors if one.name == "Rovers"]
    assert rovers.kind is ActorKind.ORGANISATION
    assert "Cole" not in [text[slice(*span)] for span in rovers.mentions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thorn and Quill Ltd said it would close the yard.", "Thorn and Quill Ltd"),
        ("Thorn and Quill, the law firm, said it was late.", "Thorn and Quill"),
        ("Dale and Sparrow said it was late. Dale and Sparrow sells soap.", "Dale and Sparrow"),
        ("Hale & Brook, a gunmaker, said its sales rose.", "Hale & Brook"),
    ],
)
def test_a_firm_named_like_two_people_is_one(text: str, name: str) -> None:
    assert set(names(text)) == {name}
    assert [one.kind for one in analysed(text).actors if one.name == name] == [
        ActorKind.ORGANISATION
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Cole and Kim Park left. Cole and Park said it was late. Cole and Park were tired.",
        "Norland and Denmark said it was late. Norland and Denmark left.",
        "Ann and Tom said it was late. Ann and Tom left.",
        "Ann Cole and Park Ltd said it was late.",
        "Thorn and Quill, the company founders, said it was late.",
    ],
)
def test_two_who_are_named_together_are_no_firm(text: str) -> None:
    bodies = [one.name for one in analysed(text).actors if one.kind is ActorKind.ORGANISATION]
    assert not [name for name in bodies if " and " in name]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mr and Mrs Cole said they had lost everything.", "Mr and Mrs Cole"),
        ("Mr. and Mrs. Reed said they would sue.", "Mr. and Mrs. Reed"),
        ("Ann and Tom Cole, who bake, said trade was slow.", "Ann and Tom Cole"),
        ("Sisters Ann and Jane Cole said they would fight.", "Ann and Jane Cole"),
        ("Neither Tom Reed nor Jim Reed said that it was late.", "Tom Reed and Jim Reed"),
        ("The Cole sisters, Ann and Jane, said they would fight.", "The Cole sisters"),
        ("Senators Ann Cole and Kim Park said so.", "Ann Cole and Kim Park"),
        ("The two judges, Ann Cole and Kim Park, said no.", "Ann Cole and Kim Park"),
        ("The aides of Ann Cole and Kim Park said no.", "The aides of Ann Cole"),
        ("Lawyers for both Ann and Tom Cole said no.", "Lawyers for both Ann"),
    ],
)
def test_several_who_speak_together_are_all_named(text: str, speaker: str) -> None:
    assert names(text) == [speaker]


def test_mr_cole_is_not_mrs_cole() -> None:
    text = "Mrs Cole said it was late. “I had no warning,” said Mr Cole, 45. Mrs Cole wept."
    first, second = analysed(text).attributions
    assert first.speaker != second.speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to the survey, Tom Hale leads. Tom Hale won.", "the survey"),
        ("According to the mayor, Tom Hale, it was late.", "Tom Hale"),
    ],
)
def test_whom_a_source_tells_of_is_not_who_it_is(text: str, speaker: str) -> None:
    assert names(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Linda Moss lives with her stepson Justin. Fans of Justin Timber sang on Monday."
            " “I could not sleep,” said Justin.",
            "Justin",
        ),
        (
            "Ann Cole wept. Her son Brad said she was kind. A picture of Brad Quist hung there.",
            "Brad",
        ),
        (
            "Karen Doyle wept. Her son Michael Doyle, 9, woke her. “I ran,” Michael said.",
            "Michael Doyle",
        ),
        (
            "Karen Doyle wept. Her son Michael woke her. “I ran,” said Michael. Michael Doyle is 9.",
            "Michael Doyle",
        ),
    ],
)
def test_a_child_called_by_the_given_name_is_nobody_who_has_it_in_full(
    text: str, speaker: str
) -> None:
    assert names(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("JANE ARNOT, Leeds\n\nThe mayor, Jane Arnot, said it was late. Arnot left.", "Jane Arnot"),
        ("Anna-Lise Holt said it was late. “It is,” Anna-Lise said. Holt left.", "Anna-Lise Holt"),
        ("Anna-Lise, a nurse, said it was late.", "Anna-Lise"),
        ("Coca-Cola said it was late.", "Coca-Cola"),
        ("Omar al-Hadid said it was late. The army is after Hadid. He said no.", "Omar al-Hadid"),
    ],
)
def test_a_name_is_whole_and_in_small_letters_where_it_stands_so(text: str, name: str) -> None:
    assert set(names(text)) == {name}


def test_a_wife_is_not_the_husband_whose_surname_she_has() -> None:
    text = "Jean-Luc Merle said it was late. Jean-Luc Merle’s wife, Anne-Sophie Merle, said no."
    assert names(text) == ["Jean-Luc Merle", "Anne-Sophie Merle"]


def test_a_firm_that_has_an_age_is_nobody_of_that_age() -> None:
    said = names("Tom Reed, 31, works there. The 31-year-old firm said it would close.")
    assert said != ["Tom Reed"]


@pytest.mark.parametrize(("age", "speaker"), [(", 34,", "Sam Dent"), ("", "Joe")])
def test_who_is_called_by_an_age_is_who_is_that_old(age: str, speaker: str) -> None:
    text = (
        f"Sam Dent{age} has been charged. His brother Joe, 31, was there. The 31-year-old said:"
        " “He did nothing.” The 34-year-old said that he was innocent."
    )
    assert names(text)[-2:] == ["Joe", speaker]
