"""Letters read in the wrong encoding are mended when the reader asks for it, never before."""

from pathlib import Path

import pytest

from pullquote.article.mojibake import garbled, mended
from pullquote.article.source import load
from tests.test_cli import pullquote

MEANT = "“It’s a café,” said Élodie Lefèvre — “naïve”.\n\nПривет, Łódź, Τέλος, 市议会, 5 €.\n"
GARBLED = MEANT.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")


@pytest.mark.parametrize(
    ("as_it_is", "meant"),
    [
        ("AndrÃ© from the cafÃ©’s", "André from the café’s"),
        ("donâ€™t go", "don’t go"),
        ("ÂŁ5 and Â£5", "ÂŁ5 and £5"),
        ("Ð¾Ð½ Ð±Ñ‹Ð»", "он был"),
        ("one line is right: “é”\nanother is garbled: Ã©", "one line is right: “é”\nanother is garbled: é"),
    ],
)  # fmt: skip
def test_garbled_letters_are_known_and_mended(as_it_is: str, meant: str) -> None:
    assert garbled(as_it_is) is not None
    assert mended(as_it_is) == meant


@pytest.mark.parametrize(
    "text",
    [
        MEANT,
        "CAFÉ À LA “X”",
        "Â",
        "PARCE QU’IL Y A MARQUÉ…",
        "Ångström’s Âge",
        "São Paulo — “à”",
        "",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert garbled(text) is None
    assert mended(text) == text


def test_the_command_line_names_the_word_and_the_way_out_and_changes_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("“No,” said AndrÃ© Blanc.\n")
    done = pullquote("export", path, "--format", "text", "--data", tmp_path / "library")
    assert "AndrÃ© Blanc" in done.stdout
    assert "(“AndrÃ©” for “André”); --mend reads them" in done.stderr
    done = pullquote("export", path, "--format", "text", "--mend", "--data", tmp_path / "library")
    assert "André Blanc" in done.stdout
    assert not done.stderr
    done = pullquote("export", path, "--format", "text", "--data", tmp_path / "library")
    assert "AndrÃ© Blanc" in done.stdout
    assert load(str(path)).text == "“No,” said AndrÃ© Blanc.\n"


def test_all_findings_can_be_of_the_mended_text(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        path = tmp_path / name
        path.write_text("â€œIt is over, and I am glad of it,â€\x9d said AndrÃ© Blanc, the mayor.\n")
        done = pullquote("analyze", path, "--mend")
        assert '"name":"André Blanc"' in done.stdout.replace('": "', '":"'), done.stderr
        assert "look garbled" in pullquote("analyze", path).stderr
