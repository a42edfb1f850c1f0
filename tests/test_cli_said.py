"""What is said in all articles, asked for on the command line."""

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from pullquote.cli import main
from pullquote.library.store import Library
from tests.library.test_said import add, doubt
from tests.test_cli import pullquote


@pytest.fixture
def town(tmp_path: Path) -> Path:
    with Library.open(tmp_path) as library:
        add(
            library,
            "The [b]Herald[/b]",
            "2016-08-03",
            ("Ada Quist", "The bridge is *closed* <b>for good</b>", True),
            ("Bo Rask", "=SUM(bridge) # [a](b) | Ada Quist", False),
        )
        add(library, "Post", "", ("Cy Rask", "Bridges close", False))
    return tmp_path


def said(town: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return pullquote("said", "--data", town, *arguments)


def test_who_said_what_is_listed_with_where_it_stands(town: Path) -> None:
    done = said(town, "bridge", "--by", "ada quist")
    assert done.returncode == 0
    assert "2016-08-03" in done.stdout
    assert "Ada Quist  said  (direct, named, checkable)" in done.stdout
    assert "“The bridge is *closed* <b>for good</b>”" in done.stdout
    assert done.stderr == ""


def test_conditions_are_options_or_stand_among_the_words(town: Path) -> None:
    options = said(town, "bridge", "--by", "rask", "--until", "2016", "--site", "herald")
    typed = said(town, "bridge", "by:rask", "until:2016", "site:herald")
    assert options.stdout == typed.stdout
    assert "Bo Rask" in typed.stdout


def test_what_a_name_stands_for_is_told(town: Path) -> None:
    assert "by “rask”: Bo Rask, Cy Rask" in said(town, "--by", "rask").stderr


@pytest.mark.parametrize(
    ("arguments", "way_out"),
    [
        (("--by", "Ada Quisst"), "did you mean “Ada Quist”"),
        (("--site", "nowhere"), "no site is called so; there are"),
        (("bridge", "xyzzy"), "leave out a word"),
        (("speaker:ada",), "“speaker:ada” was looked for as words: conditions are by: about:"),
        (("xyzzy",), "nothing found"),
    ],
)
def test_what_nobody_said_is_one_line_with_a_way_out(
    town: Path, arguments: tuple[str, ...], way_out: str
) -> None:
    done = said(town, *arguments)
    assert done.returncode == 1
    assert way_out in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [("--since", "soon"), ("kind:lie",), ("--kind", "lie")])
def test_a_bad_condition_is_one_line_and_status_2(town: Path, arguments: tuple[str, ...]) -> None:
    done = said(town, *arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_pages_lead_on(town: Path) -> None:
    first, second = (said(town, "--limit", "2", "--page", page) for page in ("1", "2"))
    assert "1 to 2 of 3; --page 2 shows the next" in first.stderr
    assert len(first.stdout.splitlines()) == 4
    assert "=SUM" in second.stdout


def test_a_dossier_takes_nothing_for_markup(town: Path) -> None:
    """Each article is cited once, where it can be cited."""
    markdown = said(town, "--format", "markdown").stdout
    assert r"\*closed\*" in markdown
    assert "<b>" not in markdown
    assert markdown.count("“The [b]Herald") == 0
    page = said(town, "--format", "html").stdout
    assert "&lt;b&gt;for good&lt;/b&gt;" in page
    assert "<b>" not in page
    rows = list(csv.DictReader(io.StringIO(said(town, "--format", "csv").stdout)))
    assert [row["speaker"] for row in rows] == ["Cy Rask", "Ada Quist", "Bo Rask"]
    assert all(not row["words"].startswith("=") for row in rows)
    assert [row["dated"] for row in rows] == ["added", "published", "published"]
    found = json.loads(said(town, "--format", "json").stdout)
    assert {one["article"] for one in found["said"]} == {
        one["article"] for one in found["articles"]
    }
    assert len(json.loads(said(town, "--format", "csl-json").stdout)) == 2


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("table", "Ada Quist?  said"),
        ("markdown", "**Ada Quist?**"),
        ("html", ">Ada Quist?<"),
        ("csv", ",yes,“The bridge"),
        ("json", '"doubtful": true'),
    ],
)
def test_who_may_be_somebody_else_has_a_question_mark(
    tmp_path: Path, form: str, shown: str
) -> None:
    """As in the article; programs are told apart from the name."""
    with Library.open(tmp_path) as library:
        here = add(library, "Herald", "2016-08-03", ("Ada Quist", "The bridge is closed", False))
        assert shown not in said(tmp_path, "--format", form).stdout
        doubt(library, here)
    done = said(tmp_path, "--format", form).stdout
    assert shown in done
    assert ("Ada Quist?" in done) == (form not in ("csv", "json"))


def test_what_is_not_indexed_yet_is_told_and_can_be_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        for number in range(60):
            add(library, "Herald", "2016-08-03", ("Ada Quist", f"Bridge {number} closes", False))
        with library.database.transaction() as db:
            db.execute("INSERT INTO stale SELECT article FROM indexed")
            db.execute("DELETE FROM indexed")
    monkeypatch.setattr("pullquote.cli.said._PATIENCE", 0)
    data = ("--data", str(tmp_path))
    short = CliRunner().invoke(main, ["said", "bridge", *data])
    assert short.exit_code == 1
    assert "60 articles are still being indexed: not all of it is listed" in short.stderr
    whole = CliRunner().invoke(main, ["said", "bridge", "--wait", "--limit", "0", *data])
    assert whole.stdout.count("Ada Quist") == 60
    assert "still being indexed" not in whole.stderr


def test_a_dossier_is_written_to_a_file_which_is_kept(town: Path) -> None:
    path = town / "bridge.md"
    assert said(town, "bridge", "--output", str(path)).returncode == 0
    assert path.read_text().startswith("# What is said: bridge\n")
    again = said(town, "bridge", "--output", str(path))
    assert again.returncode == 2
    assert "already exists" in again.stderr
    assert said(town, "bridge", "--output", str(path), "--force").returncode == 0


def test_an_older_library_is_indexed_before_it_is_asked(town: Path) -> None:
    """And it can be made anew."""
    with Library.open(town) as library, library.database.transaction() as db:
        db.execute("DELETE FROM indexed")
        db.execute("INSERT INTO stale SELECT number FROM articles")
    before = said(town, "bridge").stdout
    assert "Ada Quist" in before
    assert said(town, "bridge", "--rebuild").stdout == before


def test_a_library_without_anything_says_how_to_begin(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    done = said(tmp_path, "bridge")
    assert done.returncode == 1
    assert "no article here is analysed yet" in done.stderr


def test_what_was_added_can_be_analysed_where_it_is(tmp_path: Path, town: Path) -> None:
    article = tmp_path / "mill.txt"
    article.write_text(
        '"The mill will close in March," said Ada Quist, the mayor, on Monday.\n' * 2
    )
    pullquote("add", "--data", town, article)
    assert "nothing found" in said(town, "mill").stderr
    assert "analysed; 3 articles" in pullquote("analyze", "--library", "--data", town).stderr
    assert "Ada Quist" in said(town, "mill").stdout
    assert "nothing left to analyse" in pullquote("analyze", "--library", "--data", town).stderr


def test_findings_that_cannot_be_read_are_told_and_made_anew(tmp_path: Path) -> None:
    article = tmp_path / "mill.txt"
    article.write_text('"The mill will close in March," said Ada Quist, the mayor, on Monday.\n')
    data = tmp_path / "data"
    pullquote("add", "--data", data, article)
    pullquote("analyze", "--library", "--data", data)
    with Library.open(data) as library, library.database.transaction() as db:
        db.execute("UPDATE findings SET json = CAST('{' AS BLOB)")
        (here,) = (one.id for one in library.articles.entries())
    done = pullquote("analyze", "--library", "--data", data)
    assert f"findings that cannot be read, and are made anew: {here[:8]}" in done.stderr
    assert "1 analysed;" in done.stderr
    assert "Ada Quist" in said(data, "mill").stdout
    assert "nothing left to analyse" in pullquote("analyze", "--library", "--data", data).stderr


def test_a_dossier_goes_to_standard_output_by_its_name_in_shells(town: Path) -> None:
    named = said(town, "bridge", "--format", "csv", "--output", "-")
    assert named.stdout == said(town, "bridge", "--format", "csv").stdout


def test_either_files_are_analysed_or_the_library(town: Path) -> None:
    done = pullquote("analyze", "--data", town)
    assert done.returncode == 2
    assert "use --library" in done.stderr
