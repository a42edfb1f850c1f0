"""The words of an article as a message quotes them."""

import pytest

from pullquote.reader.wording import excerpt


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("“We will go,”", "“We will go,”"),
        ("He called it a “boat”", "“He called it a “boat””"),
        ("We got letters, and we got a ‘boat’", "“We got letters, and we got a ‘boat’”"),
        ("“boat” was the word", "““boat” was the word”"),
        ("“He said ‘no’,”", "“He said ‘no’,”"),
        (
            "it would not now choose an operator, despite what it told them, “within weeks”",
            "“it would not now choose … weeks”",
        ),
        (
            "They told us that it would never have been internationalisation",
            "“They told us that it would never have …”",
        ),
    ],
)
def test_the_marks_around_it_are_not_doubled_and_those_within_keep_their_partners(
    words: str, quoted: str
) -> None:
    assert excerpt(words) == quoted
