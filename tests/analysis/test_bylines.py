"""Who wrote a plain text, and when, stands above the prose and is no part of it."""

import pytest

from pullquote.analysis.furniture import find_furniture
from pullquote.text import paragraphs

BODY = "The council voted on Monday night to close the old harbour, said Ann Cole, its chair."


def furniture(text: str) -> list[str]:
    return [text[slice(*span)] for span in find_furniture(text, paragraphs(text))]


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Cole",
        "BY ANN COLE",
        "By Ann Cole and Kim Park",
        "By Ann Cole, health editor",
        "By Ann Cole in Nairobi",
        "By Ann Cole | 3 May 2026",
        "Words by Ludwig van der Berg",
        "By Reuters",
        "by our correspondent",
        "Published 3 May 2026",
        "Published: Mon 3 May 2026, 10:04 GMT",
        "Monday, May 3, 2026 | Updated at 2:02 p.m. EST",
        "Updated 2026-05-03",
        "Posted 2 hours ago",
    ],
)
def test_a_line_of_who_wrote_it_or_when_is_furniture_near_the_top(line: str) -> None:
    assert furniture(f"Harbour to close\n\n{line}\n\n{BODY}") == [line]
    low = "\n\n".join(["Harbour to close", *[BODY] * 8, line, BODY])
    assert furniture(low) == []


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the river had risen.",
        "By Friday Ann Cole had left the town",
        "By noon Ann Cole had left the town",
        "By Ann Cole, the river had risen.",
        "By Ann Cole’s account, the bridge was shut.",
        "By Popular Demand",
        "By Train to Moscow",
        "By Land and Sea",
        "Published 3 May 2026, the report says that the dam is safe.",
        "Published by a small press in 2026",
        "May 2026 was the hottest month",
        "On Monday at 10 the bridge fell",
        "1,200",
        "Monday, May 3, 2026",
    ],
)
def test_a_sentence_that_begins_so_stays(line: str) -> None:
    assert furniture(f"Harbour to close\n\n{line}\n\n{BODY}") == []


def test_a_first_line_is_a_byline_by_a_given_name() -> None:
    assert furniture(f"By Ann Cole\n\n{BODY}") == ["By Ann Cole"]
    assert furniture(f"By Stone Bridges\n\n{BODY}") == []
