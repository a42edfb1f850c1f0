"""A plain text is titled by its headline, where it evidently has one; else by its file's name."""

from pathlib import Path

import pytest

from pullquote.article.source import load

BODY = (
    "The council voted on Monday night to close the old harbour, after a debate of five hours in "
    "which every member spoke at least once. “It is late,” said Ann Cole, its chair."
)
WRAPPED = (
    "The council voted on Monday night to close the old harbour, after a\n"
    "debate of five hours in which every member spoke at least once.\n"
    "“It is late,” said Ann Cole, who has chaired it for seven years now.\n"
)


def read(text: str, tmp_path: Path) -> tuple[str, list[str]]:
    """The title of a text in a file, and its headings."""
    path = tmp_path / "scan 0042.txt"
    path.write_text(text)
    article = load(str(path))
    assert article.text.strip() == text.strip()
    return article.title, [article.text[start:end] for start, end in article.headings]


@pytest.mark.parametrize(
    "text",
    [
        f"Harbour to close\n\n{BODY}\n",
        f"\n\n  Harbour to close  \n\n\n{WRAPPED}",
        f"Harbour to close\n================\n\n{WRAPPED}",
        f"Harbour to close\n{BODY}\n{BODY}\n",
        f"Harbour to close\n\nBy Ann Lee\n5 March 2026\n\n{WRAPPED}\n{WRAPPED}",
        f"FOR IMMEDIATE RELEASE\n\nHarbour to close\n\n{BODY}",
        f"PRESS RELEASE\nFOR IMMEDIATE RELEASE\n\nHarbour to close\n\n{BODY}",
    ],
    ids=["block", "wrapped", "underlined", "lines", "byline", "release", "two lines above"],
)
def test_a_line_that_stands_above_the_text_is_its_title(text: str, tmp_path: Path) -> None:
    assert read(text, tmp_path) == ("Harbour to close", ["Harbour to close"])


@pytest.mark.parametrize(
    "line",
    [
        "‘We will not leave,’ says council",
        "Council: harbour to close",
        "Will the harbour close?",
        "Harbour to close by 2030, says council",
        "港を閉鎖へ　市議会が決定",
        "Der Hafen schließt – für immer",
    ],
)
def test_headlines_of_many_kinds(line: str, tmp_path: Path) -> None:
    assert read(f"{line}\n\n{BODY}\n", tmp_path)[0] == " ".join(line.split())


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        WRAPPED,
        f"He left.\n\n{BODY}",
        f"Dear all,\n\n{BODY}",
        f"“Who are you?”\n\n{BODY}",
        f"by Ann Lee\n\n{BODY}",
        f"By Ann Lee\n\n{BODY}",
        f"5 March 2026\n\n{BODY}",
        f"March 5, 2026\n\n{BODY}",
        f"LONDON (Example) —\n\n{BODY}",
        f"https://example.org/a\n\n{BODY}",
        f"- first thing\n- second thing\n\n{BODY}",
        f"ANN: Who was it?\n\nKIM: It was a man whom I had never seen before in all my life. {BODY}",
        "Milk\n\nEggs\n\nFlour\n\nBread\n",
        "The river runs\nto the sea\n\nand nobody knows\nwhere it begins\n",
        "Meeting at noon\n\nBring chairs",
        "",
        "1.\n\n" + BODY,
        f"HARWICK COURIER            Page 1\n\n{BODY}",
    ],
)  # fmt: skip
def test_where_none_is_evident_the_files_name_is_the_title(text: str, tmp_path: Path) -> None:
    if text:
        assert read(text, tmp_path) == ("scan 0042", [])
