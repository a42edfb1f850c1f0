"""Voices on the command line."""

import json
import subprocess
from pathlib import Path

import pytest

from pullquote.library.store import Library
from tests.library.test_said import add, doubt
from tests.library.test_voices import person, read
from tests.test_cli import pullquote


@pytest.fixture
def town(tmp_path: Path) -> Path:
    with Library.open(tmp_path) as library:
        add(library, "Herald", "2016-08-03", ("Ada Quist", "The bridge is [b]closed[/b]", True))
        add(library, "Post", "2016-10-01", ("Ada Quist", "It stays closed", False))
        read(library, "One.", person("Timothy Rask", role="mayor"))
        read(library, "Two.", person("Tim Rask"))
    return tmp_path


def run(town: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command, *rest = arguments
    return pullquote(command, "--data", town, *rest)


def test_voices_are_listed_those_in_most_articles_first(town: Path) -> None:
    lines = run(town, "voices").stdout.splitlines()
    assert lines[0].endswith("Ada Quist")
    assert "2 articles" in lines[0]
    assert len(lines) == 3
    none = run(town, "voices", "xyzzy")
    assert (none.returncode, none.stdout) == (1, "")
    assert "no voice found; try another word" in none.stderr


def test_a_voice_is_shown_with_all_it_said_newest_first(town: Path) -> None:
    shown = run(town, "voice", "ada quist").stdout
    assert shown.index("It stays closed") < shown.index("The bridge is [b]closed[/b]")
    assert "2016-08" in shown
    told = json.loads(run(town, "voice", "Ada Quist", "--format", "json").stdout)
    assert told["page"]["voice"]["name"] == "Ada Quist"
    assert [one["day"] for one in told["said"]] == ["2016-10-01", "2016-08-03"]
    assert "It stays closed" in run(town, "voice", "Ada Quist", "--format", "markdown").stdout


def test_a_limit_of_0_is_all(town: Path) -> None:
    assert len(run(town, "voices", "--limit", "0").stdout.splitlines()) == 3
    assert len(run(town, "voices", "--limit", "1").stdout.splitlines()) == 1
    assert "Tim Rask" in run(town, "voices", "--proposed", "--limit", "0").stdout


def test_a_dossier_of_a_voice_has_all_it_said_unless_a_limit_is_given(town: Path) -> None:
    with Library.open(town) as library:
        for number in range(60):
            add(library, "Post", "2016-11-01", ("Ada Quist", f"The toll is {number} crowns", True))
    table = run(town, "voice", "Ada Quist")
    assert (table.stdout.count("crowns"), table.stdout.count("closed")) == (50, 0)
    assert "the newest 50; --limit 0 shows all" in table.stderr
    for form in ("markdown", "html", "csv", "json"):
        done = run(town, "voice", "Ada Quist", "--format", form)
        assert done.stdout.count(" crowns") == 60, form
        assert not done.stderr, form
    few = run(town, "voice", "Ada Quist", "--format", "csv", "--limit", "2")
    assert len(few.stdout.splitlines()) == 3
    assert "the newest 2" in few.stderr


def test_a_dossier_of_a_voice_says_who_it_is_and_cites_its_articles(town: Path) -> None:
    run(town, "voice", "Ada Quist", "--role", "Mayor of Hull", "--link", "Q42")
    written = run(town, "voice", "Ada Quist", "--format", "markdown").stdout
    assert "Ada Quist · Mayor of Hull · person" in written
    assert "voice 1" not in written  # a number that may be another's tomorrow
    cited = json.loads(run(town, "voice", "Ada Quist", "--format", "csl-json").stdout)
    told = json.loads(run(town, "voice", "Ada Quist", "--format", "json").stdout)
    assert [one["csl"] for one in told["articles"]] == cited
    assert {one["article"] for one in told["articles"]} == {one["article"] for one in told["said"]}


def test_what_may_be_said_by_somebody_else_has_a_name_with_a_question_mark(town: Path) -> None:
    assert "Ada Quist?" not in run(town, "voice", "Ada Quist").stdout
    with Library.open(town) as library:
        doubt(library, next(one.id for one in library.articles.entries() if one.site == "Post"))
    assert run(town, "voice", "Ada Quist").stdout.count("Ada Quist?") == 1


def test_a_name_of_several_is_one_line_that_lists_which(town: Path) -> None:
    done = run(town, "voice", "rask")
    assert done.returncode == 2
    assert "Timothy Rask (person)" in done.stderr
    assert "Tim Rask (person)" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_name_that_nobody_has_has_a_way_out(town: Path) -> None:
    assert "did you mean “Ada Quist”" in run(town, "voice", "Ada Quisst").stderr


def test_who_is_who_is_said_and_taken_back(town: Path) -> None:
    assert "one name may be short" in run(town, "voices", "--proposed").stdout
    done = run(town, "voice", "Timothy Rask", "--merge", "Tim Rask", "--role", "Mayor of Rask")
    assert "merged Tim Rask into Timothy Rask" in done.stdout
    assert run(town, "voices", "--proposed").returncode == 1
    assert "Timothy Rask *, Mayor of Rask" in run(town, "voices", "rask").stdout
    assert "undone: gave Timothy Rask" in run(town, "voices", "--undo").stdout
    assert "undone: merged" in run(town, "voices", "--undo").stdout
    assert len(run(town, "voices", "rask").stdout.splitlines()) == 2
    assert "redone: merged" in run(town, "voices", "--redo").stdout
    refused = run(town, "voice", "Tim Rask", "--link", "nowhere").stderr
    assert refused.startswith("pullquote: “nowhere” is no link")


def test_decisions_go_out_and_come_in(town: Path, tmp_path: Path) -> None:
    run(town, "voice", "Timothy Rask", "--merge", "Tim Rask")
    file = tmp_path / "voices.json"
    assert "wrote" in run(town, "voices", "--export", str(file)).stdout
    assert "is there already" in run(town, "voices", "--export", str(file)).stderr
    run(town, "voices", "--undo")
    assert "taken in" in run(town, "voices", "--import", str(file)).stdout
    assert len(run(town, "voices", "rask").stdout.splitlines()) == 1
    file.write_text("{}")
    assert "has no decisions" in run(town, "voices", "--import", str(file)).stderr


def test_a_folder_of_plain_files_has_decisions_on_voices_in_one_of_its_own(
    town: Path, tmp_path: Path
) -> None:
    run(town, "voice", "Timothy Rask", "--merge", "Tim Rask")
    folder = tmp_path / "plain"
    assert pullquote("backup", "--data", town, "--folder", str(folder)).returncode == 0
    again = pullquote("backup", "--data", town, "--folder", str(folder))
    assert "0 articles written, 4 unchanged" in again.stdout
    assert again.stderr == ""
    done = pullquote("merge", "--data", tmp_path / "other", str(folder))
    assert done.returncode == 0, done.stderr
    found = pullquote("voices", "--data", tmp_path / "other", "--export", "-").stdout
    assert json.loads(found)["decisions"]
    (folder / "voices.json").write_text("{}")
    done = pullquote("merge", "--data", tmp_path / "other", str(folder))
    assert done.returncode == 1
    assert "has no decisions" in done.stderr
