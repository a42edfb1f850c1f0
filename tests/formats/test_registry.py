"""A format is one value: what another package declares is as good as ours."""

import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.article import Article
from pullquote.formats import FORMATS, export, listed_formats
from pullquote.formats.importers import NotThisFormat, read, read_each
from pullquote.formats.registry import IMPORTERS
from pullquote.notes.reading import derived
from pullquote.plugins import BrokenPlugIn
from pullquote.settings import Settings
from tests.conftest import ROOT
from tests.packages import WORDS_ALONE, install
from tests.test_cli import pullquote

SAID = "“We will go to Łódź,” said Jane Miller.\nShe added that it could take years.\n"
WORDS = "it could take years"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    FORMATS.look_again()
    IMPORTERS.look_again()


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "packages", "pullquote.formats", "toy", WORDS_ALONE, monkeypatch)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "broken", "pullquote.formats", "broken", "import nowhere", monkeypatch)


def test_a_format_of_another_package_goes_out_and_comes_in(toy: None, tmp_path: Path) -> None:
    article, out = tmp_path / "article.txt", tmp_path / "out.toy"
    article.write_text(SAID)
    (tmp_path / "in.toy").write_text(f"TOY\n{WORDS}\n")
    assert (
        pullquote("import", tmp_path / "in.toy", "--onto", article).stdout
        == "1 highlight imported\n"
    )
    done = pullquote("export", article, "--format", "toy", "--output", out)
    assert done.returncode == 0, done.stderr
    assert out.read_text() == f"TOY\n{WORDS}\n"
    assert pullquote("import", out, "--onto", article).stdout == "1 duplicate\n"


def test_a_format_of_another_package_is_in_the_help(toy: None) -> None:
    assert re.search(r"toy +words alone, line by line", pullquote("export", "--help").stdout)


def test_a_format_that_cannot_be_used_is_one_line(broken: None, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(SAID)
    assert "broken_package" in pullquote("export", "--help").stdout
    done = pullquote("export", article, "--format", "broken")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "pullquote: broken: cannot be used: ModuleNotFoundError" in done.stderr
    assert pullquote("export", article, "--format", "csv").returncode == 0


def test_an_import_that_fails_names_the_format_that_could_not_be_asked(broken: None) -> None:
    with pytest.raises(NotThisFormat, match=r"broken: cannot be used: [^\n]*broken_package$"):
        read(b"{}")


def test_what_is_no_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "odd", "pullquote.formats", "odd", "DECLARED = 7", monkeypatch)
    with pytest.raises(BrokenPlugIn, match="odd_package:DECLARED is not a Format"):
        FORMATS["odd"]


def test_no_package_replaces_a_format_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "packages", "pullquote.formats", "csv", WORDS_ALONE, monkeypatch)
    assert FORMATS["csv"].description == "one row per annotation, for spreadsheets"


def test_a_file_on_which_another_packages_format_breaks_is_not_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = WORDS_ALONE.replace('content.data.startswith(b"TOY")', "1 / 0")
    install(tmp_path / "packages", "pullquote.formats", "toy", code, monkeypatch)
    with pytest.raises(NotThisFormat, match="none of the formats that can be imported"):
        read(b'{"toy": []}')


def test_a_file_of_ours_is_never_another_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = WORDS_ALONE.replace('content.data.startswith(b"TOY")', "True")
    install(tmp_path / "packages", "pullquote.formats", "toy", code, monkeypatch)
    readings = [derived(Article(text=text), None, ()) for text in (SAID, "Nothing is said.")]
    for form in ("json", "webannotation", "hypothesis"):
        file = io.BytesIO(str(export(readings, form, Settings())).encode())
        articles = [one for items in read_each(file, 10_000_000) for one in items.articles]
        assert len(articles) == (2 if form == "json" else 0)
    assert len(read(b"TOY\nwords").notes) == 1


@pytest.mark.parametrize("where", ["write", "read"])
def test_what_goes_wrong_in_another_packages_format_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    code = WORDS_ALONE.replace(
        f"def {where}(", f"def {where}(*args):\n    yield 1 / 0\n\ndef {where}_("
    )
    code = code.replace("    yield 1 / 0", "    1 / 0") if where == "read" else code
    install(tmp_path / "packages", "pullquote.formats", "toy", code, monkeypatch)
    article = tmp_path / "article.txt"
    article.write_text(SAID)
    (tmp_path / "in.toy").write_text(f"TOY\n{WORDS}\n")
    done = {
        "write": lambda: pullquote("export", article, "--format", "toy"),
        "read": lambda: pullquote("import", tmp_path / "in.toy", "--onto", article),
    }[where]()
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "the format toy: failed: ZeroDivisionError" in line


def test_each_format_is_called_what_its_entry_point_is() -> None:
    assert [one.name for one in FORMATS.values()] == list(FORMATS)


def _table() -> str:
    lines = ["| format | carries | can be imported |", "|---|---|---|"]
    for one in listed_formats()[0]:
        page = f"formats/{one.name}.md"
        target = page if (ROOT / "docs" / page).exists() else f"#{one.name}"
        lines.append(f"| [{one.name}]({target}) | {one.carries} | {'yes ' if one.read else ''}|")
    return "\n".join(lines)


def test_the_docs_list_every_format() -> None:
    """The table in docs/formats.md is what the formats say; on a difference, put this one there."""
    assert f"\n\n{_table()}\n\n" in (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_first_exporter_of_the_docs_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "first-exporter.md").read_text(encoding="utf-8")
    code, project, text, shown = re.findall(r"```(?:python|toml|text)?\n(.*?)```", page, re.DOTALL)
    points = tomllib.loads(project)["project"]["entry-points"]
    assert points == {"pullquote.formats": {"quotes": "quotes:FORMAT"}}
    code += "\nDECLARED = FORMAT\n"
    install(tmp_path / "packages", "pullquote.formats", "quotes", code, monkeypatch)
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    _, command, *lines = shown.splitlines()
    arguments = command.removeprefix("$ pullquote ").replace(
        "article.txt", f"{tmp_path}/article.txt"
    )
    assert pullquote(*arguments.split()).stdout.splitlines() == lines
    assert re.search(r"quotes +who says what, a line each", pullquote("export", "--help").stdout)
