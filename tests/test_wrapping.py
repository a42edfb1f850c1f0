"""Where lines only wrap, they are one paragraph; where they were ended on purpose, each is one."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.text import Paragraphs, paragraphs

PROSE = """\
The council voted on Monday night to close the old harbour, after a debate of five hours in which \
every member spoke at least once.

"We could not go on paying for a harbour that nobody uses," said Anna Petrov, the mayor, when she \
came out of the hall. "It is over, and I am glad that it is."

The union of dock workers said that it would go to court, and that it expected to win, as it had \
in two cases before. Its lawyer, Tom Ashby, had asked for a delay of six months, which the council \
refused by a vote of nine to eight.\
"""


def wrapped(text: str, width: int = 72) -> str:
    """Each line of `text` as a program wraps it."""
    return "\n".join(
        textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n")
    )


def read(text: str) -> list[str]:
    """The paragraphs of `text`, each on one line."""
    return [" ".join(text[start:end].split()) for start, end in paragraphs(text)]


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("width", [45, 60, 65, 72, 78, 98])
def test_wrapped_prose_is_read_as_before_it_was_wrapped(width: int) -> None:
    assert read(wrapped(PROSE, width)) == lines(PROSE)


def test_one_long_line_among_wrapped_ones_changes_nothing_else() -> None:
    address = "https://www.norton.example/council/" + "minutes-of-the-meeting-" * 5
    for line in (address, "Lines that are not wrapped are longer than a page is wide. " * 4):
        for text in (f"{line}\n\n{wrapped(PROSE)}", f"{wrapped(PROSE)}\n\n{line}"):
            assert sorted(read(text)) == sorted([*lines(PROSE), line.strip()])


def test_an_address_inside_a_wrapped_paragraph_does_not_end_it() -> None:
    text = (
        "The minutes of the meeting on the harbour and the quays can be read at\n"
        f"https://www.norton.example/{'minutes-' * 12}\n"
        "until the end of the month, the council said in a statement that it had\n"
        "sent to the members of the union."
    )
    assert len(read(f"{wrapped(PROSE)}\n\n{text}")) == 4


UNWRAPPED = {
    "contact": "Contact:\nPress office\nTown hall\nNorton\nNR1 2AB\nTel: 01632 960000\nOpen: 9 to 5",
    "sonnet": "Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\n"
    "Rough winds do shake the darling buds of May,\nAnd summer’s lease hath all too short a date;\n"
    "Sometime too hot the eye of heaven shines,\nAnd often is his gold complexion dimm’d;",
    "free verse": "so much depends\nupon\n\na red wheel\nbarrow\n\nglazed with rain\nwater",
    "headlines": "Council votes to close the old harbour after a long debate\n"
    "Union of dock workers to sue over the plan to close it\n"
    "Mayor says that nobody uses the harbour any more at all\n"
    "Prices of fish rise in all towns along the coast again",
    "list": "- one of the councillors voted against it\n- two were not there\n- the rest were for it",
    "numbered list": "1. The council of the town closes the old harbour for good.\n"
    "2. The union of dock workers is heard before that is done.\n"
    "3. The money that is saved goes to the school of the town.\n"
    "4. The mayor of the town reports on it by the end of June.",
    "table": "Who                   For    Against\nCouncillor Ann Cole    1      0\n"
    "Councillor Tom Ashby   0      1\nCouncillor Joan Fry    1      0",
    "sentences": "The council voted on Monday night to close the harbour.\n"
    "The union of dock workers said it would go to court now.\n"
    "The mayor of the town said that nobody had used it at all.\n"
    "The prices of fish rose in all the towns along the coast.",
    "cast": "Anna Petrov, mayor\nTom Ashby, dock workers’ union\nJoan Fry, council",
    "transcript": "Q: Was it over?\nA: It was.\nQ: Who told you so, and when was that?\nA: He did.",
}


@pytest.mark.parametrize("kind", UNWRAPPED)
def test_lines_that_were_ended_on_purpose_stay_lines(kind: str) -> None:
    text = UNWRAPPED[kind]
    assert read(text) == lines(text)


@pytest.mark.parametrize("kind", UNWRAPPED)
def test_they_stay_so_among_wrapped_ones(kind: str) -> None:
    text = UNWRAPPED[kind]
    assert read(f"{wrapped(PROSE)}\n\n{text}\n\n{wrapped(PROSE)}") == [
        *lines(PROSE), *lines(text), *lines(PROSE),
    ]  # fmt: skip


def test_paragraphs_may_be_set_in_instead_of_apart() -> None:
    text = "\n".join(
        textwrap.fill(line, 66, initial_indent="    ") for line in PROSE.split("\n") if line
    )
    assert read(text) == lines(PROSE)


def test_items_of_a_list_may_be_wrapped_themselves() -> None:
    items = [
        "The council closes the harbour for good at the end of the year, and sells the quays.",
        "The union of dock workers is heard before that is done, and may propose something else.",
        "The money goes to the school, which has asked for it since the fire of two years ago.",
    ]
    for mark in ("- ", "• ", "1. "):
        text = "\n".join(
            textwrap.fill(mark + item, 60, subsequent_indent=" " * len(mark)) for item in items
        )
        assert read(text) == [mark + item for item in items]


def test_a_dash_at_the_beginning_of_a_line_is_not_an_item() -> None:
    text = (
        "The mayor, who came out of the hall at midnight with a folder in her hand\n"
        "– the one that she had brought from the ministry in March – said that it\n"
        "was over, and that she was glad that it was, since nobody had been using\n"
        "the harbour for years."
    )
    assert len(read(text)) == 1


def test_letters_as_wide_as_two_and_those_without_capitals_are_wrapped_too() -> None:
    chinese = "市议会周一晚上经过五个小时的辩论投票决定关闭旧港口每位议员至少发言一次" * 4
    arabic = "صوت المجلس مساء الاثنين على إغلاق الميناء القديم بعد نقاش دام خمس ساعات " * 5
    filled = "\n".join(chinese[at : at + 36] for at in range(0, len(chinese), 36))
    assert len(read(filled)) == 1
    assert read(textwrap.fill(arabic.strip(), 70)) == [arabic.strip()]


kinds = st.sampled_from([*UNWRAPPED.values(), wrapped(PROSE), PROSE])


@given(st.lists(kinds | st.text("ab. -\n\t|A“1", max_size=200), max_size=6).map("\n\n".join))
def test_no_word_is_lost_and_no_paragraph_goes_beyond_a_blank_line(text: str) -> None:
    spans = Paragraphs(text)
    assert [word for start, end in spans for word in text[start:end].split()] == text.split()
    assert all(one[1] < two[0] for one, two in pairwise(spans))
    assert not any(
        "\n\n" in text[start:end].replace("\t", "").replace(" ", "") for start, end in spans
    )
    assert list(spans) == [spans[i] for i in range(len(spans))] == list(paragraphs(text))
