"""What another package can read is read like a text or a page."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.article import Unreadable
from pullquote.article.registry import OTHERS, of_page
from pullquote.article.source import fetch, load
from tests.packages import install
from tests.test_cli import pullquote

TOY = """
from pullquote.article import Article
from pullquote.article.forms import SourceForm

def read(raw, name):
    title, _, text = raw.data.decode().removeprefix("TOY ").partition("\\n")
    return Article(text=text.strip(), title=title)

DECLARED = SourceForm(
    name="toy", suffixes=(".toy",), content_types=("text/x-toy",), read=read,
    sniff=lambda data: data.startswith(b"TOY "),
)
"""
DATA = "TOY The headline\n“We will go,” said Jane Miller.\n"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    OTHERS.look_again()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "packages", "pullquote.sources", "toy", TOY, monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "article.toy"
    path.write_text(DATA)
    return path


def test_a_form_of_another_package_is_known_by_its_suffix(toy: None, file: Path) -> None:
    article = load(str(file))
    assert (article.title, article.text) == ("The headline", "“We will go,” said Jane Miller.")
    assert article.source == str(file)


def test_a_form_of_another_package_is_known_by_its_bytes(toy: None) -> None:
    assert load("-", io.BytesIO(DATA.encode())).title == "The headline"


def test_a_form_of_another_package_is_known_by_its_content_type(toy: None) -> None:
    form = of_page("text/x-toy", b"")
    assert form is not None
    assert form.name == "toy"


def test_without_the_package_the_file_is_refused(file: Path) -> None:
    with pytest.raises(Unreadable, match=r"cannot read \.toy files; save it as one of \.txt"):
        load(str(file))


def test_a_package_that_cannot_be_used_is_named_where_it_might_have_helped(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "packages", "pullquote.sources", "toy", "import nowhere", monkeypatch)
    with pytest.raises(Unreadable, match=r"cannot read \.toy files; .*uninstall .* toy_package$"):
        load(str(file))
    assert load("-", io.BytesIO(b"Words.")).text == "Words."


def test_what_goes_wrong_in_another_packages_form_is_one_line(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = TOY.replace("    title, _, text =", "    1 / 0; title, _, text =")
    install(tmp_path / "packages", "pullquote.sources", "toy", code, monkeypatch)
    with pytest.raises(Unreadable, match=r"article\.toy: the form toy: failed: ZeroDivision"):
        load(str(file))


def test_no_package_takes_what_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = TOY.replace('".toy"', '".txt"').replace('b"TOY "', 'b""')
    install(tmp_path / "packages", "pullquote.sources", "toy", code, monkeypatch)
    (tmp_path / "a.txt").write_text("Words.")
    assert fetch(str(tmp_path / "a.txt")).form.name == "text"
    assert fetch("-", io.BytesIO(b"<html><p>Words.")).form.name == "html"


def test_it_is_opened_from_the_command_line(toy: None, file: Path) -> None:
    done = pullquote("export", file, "--format", "csl-json")
    assert '"title": "The headline"' in done.stdout, done.stderr
