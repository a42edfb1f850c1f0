"""Whose words are passed on inside another's, whom pronouns in words stand for, and who is two."""

import pytest

from pullquote.findings import ActorKind, Sourcing
from pullquote.text import joined
from tests.analysis.test_speakers import analysed, names


def said_by(text: str, name: str) -> list[str]:
    """What somebody says, each attribution joined."""
    found = analysed(text)
    speakers = ((one, found.actor(one.speaker)) for one in found.attributions)
    return [joined(text, one.content) for one, who in speakers if who and who.name == name]


def meant(text: str, pronoun: str, nth: int = 0) -> str:
    """The name of whom the nth of a pronoun stands for."""
    found, start = analysed(text), -1
    for _ in range(nth + 1):
        start = text.index(pronoun, start + 1)
    at = (start, start + len(pronoun))
    return next((actor.name for actor in found.actors if at in actor.mentions), "nobody")


ORDERS = (
    "The town fell after orders from General Tom Reed to “sink everything” in the “bay of sharks”"
)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (
            f"{ORDERS}, according to files leaked to the Courier.",
            "Tom Reed",
            "“sink everything” … “bay of sharks”",
        ),
        (
            "The chair denied it all, citing her deputy's testimony that ‘there was no such note’.",
            "her deputy",
            "‘there was no such note’",
        ),
        (
            "“They accuse us, but all three engineers testified the pier was ‘sound beyond any"
            " doubt’,” Ann Cole added.",
            "all three engineers",
            "‘sound beyond any doubt’",
        ),
    ],
    ids=["an order", "a testimony", "a verb"],
)
def test_words_that_somebody_passes_on_are_of_whom_a_noun_or_a_verb_over_them_names(
    text: str, name: str, words: str
) -> None:
    assert said_by(text, name) == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "According to the Courier, the town fell after orders from General Tom Reed to “sink"
            " everything”, which the crew of the “Lady Ann” did.",
            ["“sink everything”"],
        ),
        (
            "According to the Courier, the cook took an order from Tom Reed for “two small teas”.",
            [],
        ),
    ],
    ids=["a ship's name", "what is ordered"],
)
def test_what_stands_beside_such_a_noun_is_not_what_it_says(text: str, words: list[str]) -> None:
    assert said_by(text, "Tom Reed") == words


PUSHED = "pushed {} Marsh off the boat.\n\n“I had never met him before,” Marsh said."


def test_who_says_i_is_not_he_in_the_same_words() -> None:
    assert meant(f"Tom Reed {PUSHED.format('Paul')}", "him") == "Tom Reed"


def test_where_two_have_the_surname_of_who_speaks_he_may_be_either() -> None:
    assert meant(f"Ann Marsh {PUSHED.format('Tom')}", "him") == "Tom Marsh"


LETTER = "“He knew it was wrong,” said {}, who used to work with Tom Reed.\n\n"


def test_the_words_that_a_sentence_begins_with_are_of_its_subject() -> None:
    text = LETTER.format("Paul Marsh") + "In his statement on Tuesday, Reed said it was late."
    assert meant(text, "his") == "Tom Reed"


def test_but_not_where_they_are_of_a_woman_and_its_subject_is_a_man() -> None:
    text = LETTER.format("Ann Cole") + "In her statement on Tuesday, Reed said, it was late."
    assert meant(text, "her") == "Ann Cole"


def test_who_said_a_quotation_without_a_cue_goes_on_where_somebody_added() -> None:
    text = (
        "Mary Quist, who runs the ferry, said she had not been paid since June. “I wrote to her"
        " twice,” she said.\n\nShe has sold her car.\n\nAnother keeper, Lindo Pei, said the hives"
        " often stand empty and must be burned.\n\n“We have waited since May. We wrote to the board."
        " When we ring, nobody picks up the phone.”\n\nShe added that the new roof was never built."
    )
    assert names(text)[-1] == "Lindo Pei"


def test_the_patient_is_not_dr_reed_but_a_minister_may_be_dr_cole() -> None:
    text = (
        "Dr Tom Reed saw a 29-year-old man with a broken wrist. The man had fallen off a ladder."
        " Reed said the patient would be in plaster until May.\n\n“I can play the piano again and"
        " nothing hurts,” the patient wrote in a letter."
    )
    assert names(text)[-1] == "The man"
    assert set(names("The minister, Dr Ann Cole, said it was late. The minister left.")) == {
        "Ann Cole"
    }


JOINT = "Senators Ann Cole and Kim Park wrote to the board. “We will not wait,” Cole and Park said."


def test_what_two_say_together_is_of_both() -> None:
    assert names(JOINT)[-1] == "Ann Cole and Kim Park"
    assert meant(JOINT, "We") == "Ann Cole and Kim Park"
    found = analysed("Ann Cole and Kim Park said that the yard was never safe.")
    assert [one.sourcing for one in found.claims] == [Sourcing.NAMED]


def test_who_are_named_together_are_an_actor_only_where_they_speak_or_are_meant() -> None:
    text = "Ann Cole and Kim Park live in Leeds. Cole said it was late, and Park agreed."
    assert [actor.name for actor in analysed(text).actors] == ["Ann Cole", "Kim Park"]


def test_they_are_the_two_of_whom_the_sentence_tells() -> None:
    guards = "Tom Reed and Paul Marsh met in May. Prosecutors said the guards slept. "
    signed = guards + "Reed and Marsh signed papers saying they had done their rounds."
    assert meant(signed, "they") == meant(signed, "their") == "Tom Reed and Paul Marsh"
    told = guards + "Reed said the guards had told him that they had done their rounds."
    assert meant(told, "they") == "the guards"


def test_the_lines_of_a_transcript_in_marks_are_of_whom_they_name() -> None:
    text = (
        'What they told the radio:\n\n"QUIST: Is the bridge open?\n\n"HADU: Not before June.\n\n'
        '"So we have put on a ferry.\n\n"QUIST: Who pays for it?\n\n"HADU: The county does."'
    )
    assert said_by(text, "QUIST") == ["Is the bridge open?", "Who pays for it?"]
    assert [words.split()[0] for words in said_by(text, "HADU")] == ["Not", "The"]


def test_a_firm_named_like_two_people_is_not_two_people() -> None:
    text = "Simon and Schuster said on Monday that the book was late."
    groups = [one.name for one in analysed(text).actors if one.kind is ActorKind.GROUP]
    assert groups == []
