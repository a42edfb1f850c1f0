"""How a quotation stands in a source: there, changed, not there, and what is made of doubt."""

import pytest

from pullquote.notes.changes import How
from pullquote.notes.evidence import Check, Evidence, Standing
from pullquote.notes.evidence_lines import changed_words
from pullquote.notes.standing import look_up

TEXT = (
    "The minister spoke on Monday. “We will build 1,200 homes by the end of next year,” she\n"
    "said, “and not one of them on the marshes.” Rents rose by 3.5% to £900 a month. The\n"
    "council did not reply. 首相は記者会見で増税はしないと述べた。"
)


@pytest.mark.parametrize(
    ("quote", "standing"),
    [
        ("We will build 1,200 homes by the end of next year", Standing.STANDS),
        ('we will build 1,200 homes by the end of next year," she said', Standing.STANDS),
        ("We will build 1,200 homes … and not one of them on the marshes", Standing.STANDS),
        ("We will build […] not one of them", Standing.STANDS),
        ("Rents rose by 3.5% to £900", Standing.STANDS),
        ("増税はしない", Standing.STANDS),
        ("mar\u00adshes", Standing.STANDS),
        ("We will build 1.200 homes by the end of next year", Standing.CHANGED),
        ("We will build 2,200 homes by the end of next year", Standing.CHANGED),
        ("Rents rose by 3.5 to £900", Standing.CHANGED),
        ("We shall build 1,200 homes before the end of this year", Standing.CHANGED),
        ("not one of them on the marshes … We will build 1,200 homes", Standing.CHANGED),
        ("The mayor of the town has never been to see what was built there", Standing.MISSING),
        ("the harbour", Standing.MISSING),
        ("", Standing.KEPT),
        ("“…”", Standing.KEPT),
    ],
)
def test_words_and_figures_are_compared_and_nothing_else(quote: str, standing: Standing) -> None:
    assert look_up(quote, (TEXT,)).standing is standing


def test_it_is_said_where_it_stands_and_in_which_words() -> None:
    found = look_up("We shall build 1,200 homes before the end of next year", ("nothing", TEXT))
    assert found.words == "We will build 1,200 homes by the end of next year"
    assert TEXT[slice(*found.span)] == found.words


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Rents rose by 3.5% to £900 a week", "Rents rose by 3.5% to £900 a month"),
        ("Prices rose by 3.5% to £900 a month", "Rents rose by 3.5% to £900 a month"),
        ("The minister spoke on Monday night", "The minister spoke on Monday"),
        ("by the end of next year in Hull", "by the end of next year"),
    ],
)
def test_the_last_word_that_is_another_there_is_told_but_none_of_the_next_sentence(
    quote: str, words: str
) -> None:
    found = look_up(quote, (TEXT,))
    assert (found.standing, found.words.rstrip(",.”")) == (Standing.CHANGED, words)


def test_how_it_stood_before_it_changed_is_known() -> None:
    stood = Check(standing=Standing.STANDS, at="", sha256="a")
    changed = Check(standing=Standing.CHANGED, at="", sha256="b", words="We will")
    gone = Check(standing=Standing.MISSING, at="", sha256="c")

    def before(*checks: Check) -> Check | None:
        return Evidence(url="https://e.org", quote="We shall", checks=checks).stood

    assert before(stood, changed) == stood
    assert before(stood, changed, gone) == changed
    assert before(changed, stood) is None
    assert before(changed) is None


def test_a_word_is_not_found_within_another() -> None:
    assert look_up("art of the deal", ("The start of the deal",)).standing is not Standing.STANDS


def test_what_is_left_out_lies_between_the_parts_of_one_place() -> None:
    found = look_up("build … marshes", (TEXT,))
    assert found.words.startswith("build 1,200")
    assert found.words.endswith("marshes")


def test_the_words_that_changed_are_marked_as_between_two_versions() -> None:
    check = Check(
        standing=Standing.CHANGED, at="", sha256="", words="We will build 1,200 homes soon"
    )
    one = Evidence(url="https://e.org", quote="We will build 2,200 homes soon", checks=(check,))
    assert [how for how, _ in changed_words(one)] == [How.KEPT, How.REMOVED, How.ADDED, How.KEPT]
    assert not changed_words(Evidence(url="https://e.org", quote="We will"))


def test_a_source_of_a_million_words_is_looked_through() -> None:
    text = (TEXT + "\n") * 20_000
    assert look_up("nobody has ever said this, in no place", (text,)).standing is Standing.MISSING
    assert look_up("We will build 1,300 homes", (text,)).standing is Standing.CHANGED
