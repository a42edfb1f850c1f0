"""The command line, as a script calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SOURCE


def pullquote(
    *arguments: str | Path, stdin: str | None = None, binary: bool = False
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pullquote.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=not binary, check=False, input=stdin)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("“We will go,” said Jane Miller.\nShe added that it could take years.\n")
    return path


@pytest.mark.parametrize(
    "arguments",
    [("none.txt",), ("read", "none.txt"), ("export", "none.txt"), ("--plain", "none.txt")],
)
def test_a_bad_source_is_one_line_and_status_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = pullquote(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("pullquote: none.txt: no such file")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_bad_settings_are_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keymap]\n"quote.nxt" = "n"\n')
    done = pullquote("--plain")
    assert done.returncode == 2
    assert 'did you mean "quote.next"?' in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_where_there_is_no_terminal_the_reading_is_printed(article: Path) -> None:
    done = pullquote(article)
    assert done.returncode == 0
    assert "“We will go,” [quote 1: Jane Miller]" in done.stdout
    assert "2. Jane Miller [named, suggested]: it could take years" in done.stdout


def test_standard_input_is_read() -> None:
    assert (
        "[quote 1: Jane Miller]" in pullquote("-", stdin="“We will go,” said Jane Miller.").stdout
    )


def test_analyze_keeps_the_order_and_leaves_out_what_is_bad(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Nothing is said here.")
    done = pullquote("analyze", other, tmp_path / "none.txt", article, "--jobs", "2")
    assert done.returncode == 1
    assert "none.txt: no such file" in done.stderr
    assert [json.loads(line)["doc"] for line in done.stdout.splitlines()] == ["other", "article"]


def test_analyze_says_what_is_in_another_language_and_may_be_told_to_insist(tmp_path: Path) -> None:
    french = tmp_path / "french.txt"
    french.write_text("Le ministre a déclaré lundi que le gouvernement ne céderait pas.", "utf-8")
    done = pullquote("analyze", french)
    assert done.returncode == 0
    said = "french.txt: In French: not analysed; --language en analyses it all the same"
    assert done.stderr.endswith(f"{said}\n")
    record = json.loads(done.stdout)
    assert (record["language"], record["attributions"]) == ("fr", [])
    assert record["foreign"] == [{"language": "fr", "span": [[0, len(record["text"])]]}]
    insisted = pullquote("analyze", french, "--language", "en")
    assert (insisted.stderr, json.loads(insisted.stdout)["language"]) == ("", "en")
    assert "In French: not analysed." in pullquote("--plain", french).stdout
    assert "In French" not in pullquote("--plain", "--language", "en", french).stdout


def test_analyze_writes_a_file(article: Path, tmp_path: Path) -> None:
    assert pullquote("analyze", article, "--output", tmp_path / "out.jsonl").returncode == 0
    record = json.loads((tmp_path / "out.jsonl").read_text())
    assert record["schema"] == 3
    assert record["text"] == article.read_text()


def test_export_writes_once_and_over_a_file_only_when_forced(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.md"
    assert f"wrote {out}" in pullquote("export", article, "--output", out).stderr
    refused = pullquote("export", article, "--output", out)
    assert refused.returncode == 2
    assert "already exists" in refused.stderr
    assert pullquote("export", article, "--output", out, "--force").returncode == 0


def test_the_library_lists_what_was_read_and_exports_it_by_id(article: Path) -> None:
    pullquote(article)
    (line,) = pullquote("list").stdout.splitlines()
    assert "article" in line
    article.unlink()
    assert "Jane Miller" in pullquote("export", line.split()[0]).stdout


def test_an_unknown_format_names_those_that_are_known(article: Path) -> None:
    done = pullquote("export", article, "--format", "docx")
    assert done.returncode == 2
    assert "'docx' is not one of 'bibtex', 'brat'" in done.stderr
    assert done.stderr.endswith("; see pullquote export --help\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--foo"),
        ("search",),
        ("list", "--since", "x"),
        ("a", "b", "c"),
        ("--foo",),
        ("export",),
        ("import",),
    ],
)
def test_a_command_line_that_cannot_be_understood_is_one_line_and_status_2(
    arguments: tuple[str, ...],
) -> None:
    done = pullquote(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "; see pullquote" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "a" * 300),
        ("--plain", "~nosuchuser/a.txt"),
        ("list", "--data", "~nosuchuser/data"),
        ("config", "--data", "~nosuchuser/data"),
        ("--plain", ""),
        ("--plain", "--data", "/dev/null/data"),
        ("search", "\udcff"),
        ("list", "--tag", "\udcff"),
        ("import", "\udcff\x1b[2J"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_status_2(
    article: Path, arguments: tuple[str, ...]
) -> None:
    pullquote(article)
    done = pullquote(*arguments)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("pullquote: ")
    assert "\x1b" not in done.stderr


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="a disk that is always full is Linux' own"
)
@pytest.mark.parametrize(
    "arguments",
    [("list",), ("export", "article.txt"), ("analyze", "article.txt"), ("config",), ("--help",)],
)
def test_a_full_disk_is_one_line_and_status_2(
    article: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)
    pullquote(article)
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "pullquote.cli", *arguments]
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=_here()
        )
    assert done.returncode == 2
    assert done.stderr.startswith(
        "pullquote: standard output: cannot be written: No space left on device"
    )
    assert len(done.stderr.splitlines()) == 1


def _here() -> dict[str, str]:
    """The environment with this checkout on the path, for another folder."""
    return os.environ | {"PYTHONPATH": str(SOURCE.parent)}


def test_a_file_of_any_name_is_read_and_nothing_in_it_reaches_the_terminal(article: Path) -> None:
    hostile = article.with_name("a\x1b[31m\udcff.txt")
    article.rename(hostile)
    for arguments in (("--plain", hostile), ("export", hostile), ("analyze", hostile), ("list",)):
        done = pullquote(*arguments)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        assert "a␛[31m�" in done.stdout
    hostile.write_text(hostile.read_text() + "And more.")
    assert "a␛[31m�.txt: has changed since" in pullquote("--plain", hostile).stderr


@pytest.mark.parametrize("arguments", [("list",), ("search", "words"), ("export", "--all")])
def test_who_only_looks_into_a_library_that_is_not_there_makes_none(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = pullquote(*arguments, "--data", tmp_path / "mistyped")
    assert done.returncode == 2
    assert "no library here" in done.stderr
    assert not (tmp_path / "mistyped").exists()


def test_findings_go_to_a_file_whole_or_are_refused_in_one_line(
    article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "findings.jsonl"
    assert pullquote("analyze", article, "--output", out).returncode == 0
    assert json.loads(out.read_text(encoding="utf-8"))["doc"] == article.stem
    refused = pullquote("analyze", article, "--output", tmp_path / "none" / "findings.jsonl")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "cannot be written" in refused.stderr
