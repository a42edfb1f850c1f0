"""What scripts rely on: JSON with the fields that the docs name, exit statuses, any encoding."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from pullquote.analysis import analyser
from pullquote.article import Article
from pullquote.cli import main
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.settings import Settings
from tests.conftest import ROOT

DOCS = ROOT / "docs" / "shell.md"


@pytest.fixture
def shelf(library: Library, seed: Article, findings: Findings) -> Library:
    """A library with the shipped article in two versions, a note, a feed and voices."""
    changed = msgspec.structs.replace(seed, text=seed.text.replace("Paris", "Lyon") + "\n\nMore.")
    for article in (seed, changed):
        library.articles.save(article)
        library.findings.save(article.id, findings)
    library.works.link(changed.id, seed.id)
    library.notes.add(seed.id, annotate(seed.text, (0, 6), comment="ours", tags=("war",)))
    library.feeds.add("https://example.org/feed", "Täglich", "https://example.org")
    library.said.settle()
    return library


def _documented(command: str) -> set[str]:
    """The fields that the docs name for a command."""
    (row,) = re.findall(rf"^\| `{re.escape(command)}` \| (.*?) \|", DOCS.read_text("utf-8"), re.M)
    return set(re.findall(r"`(\w+)`", row))


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("list", []),
        ("search", ["ours"]),
        ("diff", ["{newer}"]),
        ("voices", []),
        ("feeds list", []),
    ],
)
def test_json_has_an_object_a_line_with_the_fields_of_the_docs(
    shelf: Library, command: str, arguments: list[str]
) -> None:
    newer = max(shelf.articles.titles(), key=lambda one: len(shelf.articles.get(one[0]).text))[0]  # type: ignore[union-attr]
    given = [one.format(newer=newer) for one in arguments]
    done = CliRunner().invoke(main, [*command.split(), *given, "--json"])
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    assert all(set(row) == _documented(command) for row in rows)


def test_a_search_says_where_and_what(shelf: Library, seed: Article) -> None:
    (row,) = [
        json.loads(line)
        for line in CliRunner().invoke(main, ["search", "ours", "--json"]).stdout.splitlines()
    ]
    assert row["article"] == seed.id
    assert row["note"]["comment"] == "ours"
    assert row["note"]["tags"] == ["war"]


def test_whether_you_decided_anything_of_a_voice_is_true_or_false(shelf: Library) -> None:
    (line,) = CliRunner().invoke(main, ["voices", "Zakharova", "--json"]).stdout.splitlines()
    assert json.loads(line)["decided"] is False


# --- exit statuses


def test_every_command_ends_with_the_status_that_the_docs_give(
    shelf: Library, seed: Article, tmp_path: Path
) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Words.", encoding="utf-8")
    id, nobody = seed.id, "0000000000000000"
    rows: tuple[tuple[int, list[str]], ...] = (
        (0, ["--help"]),
        (0, ["--version"]),
        (0, ["list"]),
        (0, ["list", "--tag", "nothing"]),
        (0, ["config"]),
        (0, ["search", "ours"]),
        (1, ["search", "zzzz"]),
        (2, ["search"]),
        (0, ["said", "--by", "Zakharova"]),
        (1, ["said", "zzzz"]),
        (0, ["voices", "Zakharova"]),
        (1, ["voices", "zzzz"]),
        (0, ["voice", "Zakharova"]),
        (2, ["voice", "zzzz"]),
        (1, ["story", id]),
        (2, ["story", nobody]),
        (2, ["elsewhere", nobody]),
        (2, ["edit", nobody]),
        (0, ["edit", id]),
        (2, ["delete"]),
        (130, ["delete", id]),  # nobody answers
        (2, ["original", nobody]),
        (2, ["refresh"]),
        (2, ["export", str(tmp_path / "none.txt")]),
        (2, ["export", id, "--format", "none"]),
        (0, ["export", id, "--format", "csv"]),
        (0, ["add", str(text)]),
        (1, ["add", str(tmp_path / "none.txt")]),
        (0, ["contents", str(text)]),
        (2, ["contents", str(tmp_path / "none.txt")]),
        (2, ["import", str(tmp_path / "none.json")]),
        (2, ["import", "--undo"]),
        (2, ["backup"]),
        (0, ["backup", str(tmp_path / "b.db")]),
        (2, ["restore", str(text)]),
        (2, ["merge", str(text)]),
        (0, ["feeds", "list"]),
        (2, ["feeds", "remove", "zzzz"]),
        (2, ["list", "--data", str(tmp_path / "none")]),
        (2, ["list", "--none"]),
        (2, ["none.txt"]),
        (0, ["completion", "show", "--shell", "bash"]),
        (2, ["completion", "show", "--shell", "none"]),
    )
    runner = CliRunner()
    ended = [(runner.invoke(main, list(line)).exit_code, line) for _, line in rows]
    assert ended == list(rows)


def test_the_docs_and_the_help_give_the_same_statuses() -> None:
    said = CliRunner().invoke(main, ["--help"]).stdout.partition("Exit status:")[2]
    statuses = re.findall(r"^ +(\d+) ", said, re.M)
    assert statuses == ["0", "1", "2", "130"]
    assert re.findall(r"^\| (\d+) \|", DOCS.read_text("utf-8"), re.M) == statuses


def test_ctrl_c_ends_a_command_with_one_line_and_130(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    command = [sys.executable, "-m", "pullquote", "contents", str(tmp_path / "pipe")]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    writer = os.open(tmp_path / "pipe", os.O_WRONLY)  # returns as soon as it is being read
    time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=20)
    os.close(writer)
    assert (running.returncode, told) == (130, "pullquote: stopped\n")


# --- encodings

ENCODINGS: tuple[dict[str, str], ...] = (
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "latin-1"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda one: "-".join(one.values()))
def test_what_an_encoding_lacks_is_replaced_and_json_stays_utf_8(
    shelf: Library, encoding: dict[str, str]
) -> None:
    article = Article(text="„Они придут“, sagte Žižek — “yes”.", title="Žižek “Они”")
    shelf.articles.save(article)
    shelf.findings.save(article.id, Findings(analyser=analyser(Settings().model)))
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for arguments in (["--plain", article.id], ["list", "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "pullquote", *arguments],
            env=env | encoding,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b""), arguments
        if "--json" in arguments:
            assert article.title in {
                json.loads(line)["title"] for line in done.stdout.decode("utf-8").splitlines()
            }


def test_another_way_of_replacing_is_left_to_whoever_asks_for_it(shelf: Library) -> None:
    article = Article(text="Words.", title="Žižek")
    shelf.articles.save(article)
    done = subprocess.run(
        [sys.executable, "-m", "pullquote", "list"],
        env=os.environ | {"PYTHONIOENCODING": "latin-1:xmlcharrefreplace"},
        capture_output=True,
        check=True,
    )
    assert b"&#381;i&#382;ek" in done.stdout


def test_a_reader_that_stops_is_left_in_peace(shelf: Library) -> None:
    """`pullquote … | head`."""
    done = subprocess.run(
        f'"{sys.executable}" -m pullquote --help | head -n 1',
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout[:6], done.stderr) == ("Usage:", "")
