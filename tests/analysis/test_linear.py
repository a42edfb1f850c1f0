"""Twice the text takes twice the steps: no rule asks everything of everything."""

from collections.abc import Callable

import pytest

from pullquote.analysis import DEFAULT_MODEL
from pullquote.analysis.attributions import attributions_of
from pullquote.analysis.furniture import find_furniture, prose_of
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.pipeline import analyse, found_in, parse
from pullquote.analysis.words import words
from pullquote.findings import Findings
from pullquote.text import paragraphs
from tests.analysis.bounds import ends, steps

# times the steps for twice the text: a little above 2, since a place in a longer list takes a step
# more to find
_MORE = 2.1
_GIVEN = ("Ann", "Bob", "Carla", "Dan", "Eve", "Fred", "Gina", "Hugo", "Iris", "Jack")
_PLACES = ("France", "Iran", "Russia", "Germany", "Kenya", "Brazil")


def _name(number: int) -> str:
    """A surname that only this number has."""
    return "M" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04}") + "er"


def prose(count: int) -> str:
    return "\n".join(
        f"{_PLACES[n % 6]} warned that {_GIVEN[n % 10]} {_name(n)} could attack. The {_name(n)} "
        "Ministry said it was late, and "
        f"the country reportedly paid. “We will go,” said {_GIVEN[n % 10]} {_name(n)}. He feared "
        "a war."
        for n in range(count)
    )


def one_name(count: int) -> str:
    return "\n".join(
        "French President Jean Dupont spoke. Dupont said he would go. The president left. France "
        "paid; the country was glad."
        for _ in range(count)
    )


def one_surname(count: int) -> str:
    return "\n".join(
        f"{_name(n)} Smith met Ann Cole. Smith said that the {_name(n)} Union had paid the Union."
        for n in range(count)
    )


def one_office(count: int) -> str:
    return "\n".join(
        f"French Minister Ann {_name(n)} spoke on Monday. The minister left." for n in range(count)
    )


def quotes_on_one_line(count: int) -> str:
    return " ".join(f"“We will go home now,” said Ann {_name(n)}." for n in range(count))


def quotes_that_go_on(count: int) -> str:
    return "“We will go home now,” said Ann Cole. “We\n" + "\n".join(
        "“must go on and on and on" for _ in range(count)
    )


def unmatched_marks(count: int) -> str:
    return "\n".join(
        'He said “ and " and « and “We must go, and ” was said by “ Ann Cole.' for _ in range(count)
    )


def marks_alone(count: int) -> str:
    return "“ \" ” ' " * count


def words_in_marks_on_one_line(count: int) -> str:
    return '" word ' * count


def transcript(count: int) -> str:
    return "\n".join(f"SPEAKER {_name(n).upper()}: We must go on with this." for n in range(count))


def signed(count: int) -> str:
    return "\n".join(f"“The worst play of all.” ― Ann {_name(n)}" for n in range(count))


def links(count: int) -> str:
    return "\n".join(
        f"Also read: Senator {_name(n)} says no\nThe town was quiet that day." for n in range(count)
    )


def hedges(count: int) -> str:
    return "\n".join(
        "The army is reportedly leaving, and fears of a war are rising. It threatened to attack."
        for _ in range(count)
    )


def replies(count: int) -> str:
    return "\n".join(
        f"Ann {_name(n)} accused Bob Cole of lying, and did not respond to a request for comment. "
        "Prosecutors said that the firm would be sued unless it paid, which the firm denied."
        for n in range(count)
    )


def one_long_quotation(count: int) -> str:
    return "“" + "The river rose by two metres. We will sue them. " * count + "” said Ann Cole."


def no_stop(count: int) -> str:
    return "the minister of Acme said that France would reportedly attack and he and " * count


def a_chain(count: int) -> str:
    return "the ministers of " * count


def places_that_own(count: int) -> str:
    return " ".join(f"The Municipality of {_PLACES[n % 6]} paid." for n in range(count))


def interview(count: int) -> str:
    told = " ".join(f"Ann {_name(n)} met Kim Park." for n in range(count))
    asked = "\n".join(f"What did you say to {_name(n)}?\nI said so." for n in range(count))
    return f"{told}\n{asked}"


def what_follows(count: int) -> str:
    return "\n".join(
        f"“If nobody pays, the locks will be changed, and pay up or we burn it down,” {_name(n)} said."
        for n in range(count)
    )


def orders_in_one_sentence(count: int) -> str:
    return "He said: “If it rains, " + "pay up or we burn it down and " * count + "go.”"


TEXTS: tuple[tuple[Callable[[int], str], int], ...] = (
    (prose, 60),
    (one_name, 80),
    (one_surname, 80),
    (one_office, 100),
    (quotes_on_one_line, 120),
    (quotes_that_go_on, 150),
    (unmatched_marks, 80),
    (marks_alone, 500),
    (words_in_marks_on_one_line, 150),
    (transcript, 150),
    (signed, 120),
    (links, 120),
    (hedges, 80),
    (replies, 60),
    (one_long_quotation, 60),
    (no_stop, 100),
    (a_chain, 400),
    (places_that_own, 120),
    (interview, 80),
    (what_follows, 60),
    (orders_in_one_sentence, 60),
)


def _work(text: str) -> Callable[[], Findings]:
    """The rules over a text that is parsed already; the parser and the model are others' code."""
    page = paragraphs(text)
    parsed = list(parse(text, page, DEFAULT_MODEL))

    def work() -> Findings:
        furniture = find_furniture(text, page)
        here = prose_of(page, furniture)
        for one in here:
            words(text, one)
        found = found_in(
            Parsed(text, parsed, furniture), page, attributions_of(text, here, ()), "rules"
        )
        for quote in found.quotes:
            found.attribution(quote.attribution)
        return found

    return work


@pytest.mark.parametrize(("text", "count"), TEXTS, ids=lambda one: getattr(one, "__name__", ""))
def test_twice_the_text_takes_twice_the_steps(text: Callable[[int], str], count: int) -> None:
    once, twice = _work(text(count)), _work(text(2 * count))
    once()  # what is read once a run is read before the count
    assert steps(twice) < _MORE * steps(once)


@pytest.mark.parametrize(
    "text",
    [
        "He said" + " " * 400_000 + "no.",
        "“We will go,”"
        + " " * 400_000
        + "― and more words that are no name, since they are too many for one to bear.",
        "BERLIN" + " " * 400_000 + "is far.",
        "FILE" + " " * 400_000 + "x",
        "Photo" + " " * 400_000 + "x",
        "Related" + " " * 400_000 + "x",
        "“We will go,” " + "A" * 400_000,
        "“" * 200_000,
        "'" * 200_000 + "―",
        "a" * 400_000 + " ly that",
        "ly " * 100_000 + "it",
        "WALLACE " * 50_000,
        ". " * 200_000,
        "The town.\n" + "What do you say?\nI say so.\n" * 30_000,
        "“" + "he never called " * 30_000 + "it “so”",
        "By Ann Cole" + " and Ann Cole" * 30_000,
        "Published " + "3 May " * 60_000 + "x",
    ],
    ids=lambda text: f"{text[:10]}…{text[-10:]}",
)
def test_no_pattern_looks_again_and_again(text: str) -> None:
    """A moment where each character is looked at once, hours where it is for each other one."""
    page = paragraphs(text)
    with ends():
        find_furniture(text, page)
        attributions_of(text, page, ())
        for one in page:
            words(text, one)


def test_a_line_of_a_million_letters_is_analysed() -> None:
    text = "“We will go,” said Ann Cole. " * 300 + "x" * 900_000
    with ends():
        found = analyse(text, cores=1)
    assert found.quotes


def test_a_line_of_millions_of_letters_is_analysed_at_its_beginning() -> None:
    text = ("“We will go,” said Ann Cole. " + "x" * 300 + ". ") * 9_000
    with ends():
        found = analyse(text, cores=1)
    assert found.quotes
    assert found.quotes[-1].content[-1][1] < len(text) / 10
