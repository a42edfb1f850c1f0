"""The manual's pages are what the commands say, in a form that man and mandoc take."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.man_pages import FOLDER, roff

PAGES = sorted(FOLDER.glob("*.1"))
# a page has no date: it says what the command says, whenever it is made
_UNAVOIDABLE = 'missing date, using ""'


def test_the_pages_are_what_the_commands_say(tmp_path: Path) -> None:
    """Made anew with docs/commands.md (tests/test_docs.py), or by `python -m tests.man_pages`.

    In a process of its own, as docs/commands.md: click remembers how a command was used first.
    """
    made = tmp_path / "man"
    subprocess.run([sys.executable, "-m", "tests.man_pages", made], cwd=ROOT, check=True)
    committed = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
    assert {page.name: page.read_text(encoding="utf-8") for page in made.iterdir()} == committed
    assert {"pullquote.1", "pullquote-export.1", "pullquote-feeds-add.1"} <= set(committed)


def test_a_line_of_text_is_no_request_to_roff() -> None:
    assert roff(".SH a\n'b\\c--d") == "\\&.SH a\n\\&'b\\ec\\-\\-d"


def test_mandoc_has_nothing_to_say_of_them() -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed here: the form of the pages is not checked by it")
    done = subprocess.run(
        ["mandoc", "-Tlint", "-Wwarning", *PAGES], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stdout.splitlines() if _UNAVOIDABLE not in line] == []


def test_groff_sets_them_without_a_warning() -> None:
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed here: the pages are not set by it")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-Kutf8", *PAGES],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "PULLQUOTE-EXPORT(1)" in done.stdout
