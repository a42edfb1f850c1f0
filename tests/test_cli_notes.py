"""Export, import, search, list and diff on the command line, as a script calls them."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from pullquote.analysis import analyser
from pullquote.article import Article
from pullquote.article.source import extract, fetch
from pullquote.findings import Findings
from pullquote.formats import FORMATS
from pullquote.library.articles import Articles
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate
from pullquote.settings import Settings
from tests.conftest import SOURCE
from tests.test_cli import pullquote

SAID = "“We will go to Łódź,” said Jane Miller.\nShe added that it could take years.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(SAID)
    return path


@pytest.fixture
def read(article: Path, tmp_path: Path) -> Path:
    """The article, read and with two notes; analysed before, so that no command has to."""
    _kept(article, tmp_path / "data")
    with Library.open(tmp_path / "data") as library:
        (entry,) = library.articles.entries()
        library.notes.add(entry.id, annotate(SAID, (1, 11), highlight=1, tags=("war",)))
        library.notes.add(entry.id, annotate(SAID, (44, 60), comment="how many?"))
    return article


def _kept(path: Path, data: Path) -> None:
    """The article in that file in a library, as if it had been read there."""
    raw = fetch(str(path))
    article = extract(raw)
    with Library.open(data) as library:
        library.articles.save(article, raw.digest, str(path.resolve()))
        library.findings.save(article.id, _said())


@cache
def _said() -> Findings:
    from pullquote.analysis.pipeline import analyse

    return analyse(SAID)


def test_what_is_exported_stays_as_unread_as_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (tmp_path / "a.txt").write_text("The council met on Monday.\n")
    assert pullquote("export", str(tmp_path / "a.txt"), "--data", str(data)).returncode == 0
    with Library.open(data) as library:
        (entry,) = library.articles.entries()
        assert (entry.opened, library.articles.place(entry.id)) == ("", None)
        library.articles.save(library.articles.get(entry.id))
        (before,) = library.articles.entries()
    assert pullquote("export", str(tmp_path / "a.txt"), "--data", str(data)).returncode == 0
    with Library.open(data) as library:
        assert library.articles.entries() == (before,)


def test_every_format_is_written_to_standard_output(read: Path) -> None:
    for form in FORMATS:
        done = pullquote("export", read, "--format", form, binary=True)
        assert done.returncode == 0, done.stderr
        empty = {"jsonl-corrections": b"", "claimreview": b"[]\n"}  # no corrections, no verdicts
        assert done.stdout == empty[form] if form in empty else done.stdout.strip()


def test_the_help_and_the_completion_name_every_format_and_say_what_it_is_for() -> None:
    text = " ".join(pullquote("export", "--help").stdout.split())
    for name, one in FORMATS.items():
        assert f" {name} {one.description}" in text
    completed = subprocess.run(
        [sys.executable, "-m", "pullquote.cli"],
        env=os.environ
        | {
            "_PULLQUOTE_COMPLETE": "bash_complete",
            "COMP_LINE": "pullquote export --format ",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert {line.split("\t")[1] for line in completed.stdout.splitlines()} == set(FORMATS)


def test_notes_go_out_by_tag_kind_actor_and_date(read: Path) -> None:
    def notes(*options: str) -> list[str]:
        done = pullquote("export", "--all", "--format", "json", *options)
        return (
            [note["target"]["exact"] for note in json.loads(done.stdout)["annotations"]]
            if done.stdout
            else []
        )

    assert len(notes()) == 2
    assert notes("--tag", "war") == ["We will go"]
    assert notes("--kind", "note") == ["added that it co"]
    assert notes("--kind", "important") == ["We will go"]
    assert notes("--actor", "miller", "--tag", "war") == ["We will go"]
    assert notes("--until", "2001-01-01") == []
    assert len(notes("--since", "2001-01-01")) == 2
    assert "nothing to export" in pullquote("export", "--all", "--tag", "none").stderr
    assert "unknown kind" in pullquote("export", "--all", "--kind", "none").stderr


def test_the_library_goes_into_a_folder_an_article_a_file(read: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Nothing is said.")
    pullquote("--plain", other)
    refused = pullquote("export", "--all")
    assert refused.returncode == 2
    assert "name a folder with --output" in refused.stderr
    (tmp_path / "out").mkdir()
    assert pullquote("export", "--all", "--output", tmp_path / "out").returncode == 0
    assert len(list((tmp_path / "out").glob("*.md"))) == 2
    done = pullquote("export", "--all", "--format", "brat", "--output", tmp_path / "out")
    assert done.returncode == 0
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".md", ".ann", ".txt"}


def test_a_note_for_obsidian_is_brought_up_to_date_and_the_rest_of_it_left_alone(
    read: Path, tmp_path: Path
) -> None:
    note = tmp_path / "note.md"
    pullquote("export", read, "--format", "obsidian", "--output", note)
    note.write_text(f"{note.read_text()}\nMy own words.\n")
    with Library.open(tmp_path / "data") as library:
        library.notes.add(
            library.articles.entries()[0].id, annotate(SAID, (25, 36), comment="new here")
        )
    assert pullquote("export", read, "--format", "obsidian", "--output", note).returncode == 0
    assert note.read_text().endswith("\nMy own words.\n")
    assert note.read_text().count("new here") == 1
    note.write_text("no markers")
    refused = pullquote("export", read, "--format", "obsidian", "--output", note)
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert note.read_text() == "no markers"


@pytest.mark.parametrize("output", ["folder/", "folder/in/it/", "folder"])
def test_a_folder_that_is_named_is_made(read: Path, tmp_path: Path, output: str) -> None:
    """By a slash at its end, or where the whole library goes out, one file per article."""
    assert pullquote("export", "--all", "--output", f"{tmp_path}/{output}").returncode == 0
    assert [path.suffix for path in (tmp_path / output).iterdir()] == [".md"]


def test_a_file_is_no_folder(read: Path, tmp_path: Path) -> None:
    (tmp_path / "out.md").write_text("mine")
    done = pullquote("export", read, "--output", f"{tmp_path}/out.md/")
    assert done.returncode == 2
    assert "out.md/: is a file, not a folder" in done.stderr
    assert pullquote("export", read, "--output", tmp_path / "one.md").returncode == 0
    assert (tmp_path / "one.md").is_file()


def test_the_file_that_was_read_is_never_written_over(read: Path, tmp_path: Path) -> None:
    (tmp_path / "art.ann").write_text("an export")
    (tmp_path / "art.txt").symlink_to(read)
    with Library.open(tmp_path / "data") as library:
        (entry,) = library.articles.entries()
    for source in (str(read), entry.id):
        for form, output in (("markdown", read), ("brat", tmp_path / "art.ann")):
            done = pullquote("export", source, "--format", form, "--output", output, "--force")
            assert done.returncode == 2
            assert "is the file that the article was read from" in done.stderr
    refused = pullquote("analyze", read, "--output", tmp_path / "art.txt")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "is one of the files to analyse" in refused.stderr
    assert read.read_text() == SAID


def test_an_export_goes_into_devices_and_pipes_and_does_not_replace_them(read: Path) -> None:
    shown = pullquote("export", read, "--format", "csv")
    for options in ((), ("--force",)):
        done = pullquote("export", read, "--format", "csv", "--output", "/dev/stdout", *options)
        assert (done.returncode, done.stdout) == (0, shown.stdout)
        assert pullquote("export", read, "--output", "/dev/null", *options).returncode == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("what", ["all", "one"])
def test_a_minus_is_standard_output(
    read: Path, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for other commands: no file is called so."""
    sources = ["--all"] if what == "all" else [str(read)]
    command = ("export", *sources, "--format", "json", "--data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    done = pullquote(*command, "--output", "-")
    assert done.returncode == 0
    assert json.loads(done.stdout)
    assert not (tmp_path / "-").exists()


def test_without_a_working_directory_exports_go_on(read: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    run = f"mkdir {gone}; cd {gone}; rmdir {gone}; PYTHONPATH={SOURCE.parent} {sys.executable} -m pullquote.cli export {read}"
    for output, status in ((tmp_path / "out.md", 0), ("out.md", 2)):
        done = subprocess.run(
            ["sh", "-c", f"{run} --output {output}"], capture_output=True, text=True, check=False
        )
        assert done.returncode == status, done.stderr
        assert len([line for line in done.stderr.splitlines() if line.startswith("pullquote")]) == 1
        assert "Traceback" not in done.stderr


def test_one_bad_row_costs_one_line_and_not_the_export(read: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Nothing is said.")
    _kept(other, tmp_path / "data")
    with sqlite3.connect(tmp_path / "data" / "library.db") as db:
        db.execute("UPDATE annotations SET json = 'not JSON' WHERE comment = ''")
        db.execute("UPDATE articles SET headings = 'not JSON' WHERE title = 'other'")
    db.close()
    done = pullquote("export", "--all", "--format", "json")
    assert done.returncode == 0
    assert [len(one["annotations"]) for one in json.loads(done.stdout)] == [1, 0]
    assert len(done.stderr.splitlines()) == 2
    assert all(line.startswith("pullquote: ") for line in done.stderr.splitlines())


def test_only_articles_that_may_have_what_is_asked_for_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are not, however many they are."""
    from click.testing import CliRunner

    from pullquote.cli.notes import export

    with Library.open(tmp_path / "data") as library:
        for number in range(30):
            article = Article(text=f"{number}. {SAID}")
            library.articles.save(article)
            if number < 2:
                library.notes.add(
                    article.id, annotate(article.text, (1, 11), tags=("war",), highlight=1)
                )
        library.findings.save(article.id, Findings(analyser="any", actors=_said().actors))
    read = list[str]()
    whole = Articles.get
    monkeypatch.setattr(
        Articles, "get", lambda self, identity: [read.append(identity), whole(self, identity)][1]
    )
    for options, most in (
        (["--tag", "war"], 2),
        (["--kind", "tag"], 2),
        (["--since", "2001-01-01"], 2),
        (["--until", "2001-01-01"], 0),
        (["--actor", "MILLER"], 1),
        (["--actor", "nobody of that name"], 0),
        ([], 30),
    ):
        read.clear()
        CliRunner().invoke(
            export, ["--all", "--format", "csv", *options, "--data", str(tmp_path / "data")]
        )
        assert len(read) == most, options


def test_a_library_that_can_only_be_read_is_listed_searched_and_exported(
    read: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    pullquote("export", read, "--format", "json", "--output", out)
    with Library.open(tmp_path / "data") as library:
        identity = library.articles.entries()[0].id
    before = (tmp_path / "data" / "library.db").read_bytes()
    for arguments in (
        ("list",),
        ("search", "many"),
        ("export", identity),
        ("export", read),
        ("--plain", read),
    ):
        done = read_only("--data", tmp_path / "data", arguments=arguments)
        assert (done.returncode, done.stderr) == (0, ""), arguments
        assert done.stdout
    done = read_only("--data", tmp_path / "data", arguments=("import", out))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "can only be read; copy its folder" in done.stderr
    new = tmp_path / "new.txt"
    new.write_text("Nothing is said, and it is new.")
    assert (
        "Nothing is said, and it is new."
        in read_only("--data", tmp_path / "data", arguments=(new,)).stdout
    )
    assert (tmp_path / "data" / "library.db").read_bytes() == before


def read_only(
    *options: str | Path, arguments: tuple[str | Path, ...]
) -> "subprocess.CompletedProcess[str]":
    """The command for one who may not write the library; root is bound by rights for once."""
    data = Path(options[1])
    bound = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    if bound and not shutil.which("setpriv"):
        pytest.skip("no right binds root here")
    for one in (*data.iterdir(), data):
        one.chmod(0o500)
    try:
        command = [*bound, sys.executable, "-m", "pullquote.cli", *map(str, (*arguments, *options))]
        return subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        data.chmod(0o700)


def test_an_article_is_not_analysed_for_a_format_that_says_nothing_of_findings(
    article: Path, tmp_path: Path
) -> None:
    assert pullquote("export", article, "--format", "bibtex").returncode == 0
    with Library.open(tmp_path / "data") as library:
        assert (
            library.findings.of(library.articles.entries()[0].id, analyser(Settings().model))
            is None
        )


def test_what_is_larger_than_the_settings_allow_is_not_read_to_its_end() -> None:
    done = pullquote("import", "/dev/zero")
    assert done.returncode == 2
    assert "raise max_bytes" in done.stderr


@pytest.mark.parametrize("form", ["json", "webannotation", "hypothesis"])
def test_what_went_out_comes_in_again_and_a_second_time_changes_nothing(
    read: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out.json"
    pullquote("export", read, "--format", form, "--output", out)
    with Library.open(tmp_path / "data") as library:
        before = library.notes.of(library.articles.entries()[0].id)
    assert pullquote("import", out).stdout == "2 duplicate\n"
    other = tmp_path / "elsewhere"
    _kept(read, other)
    assert pullquote("import", out, "--data", other).stdout == "1 highlight, 1 note imported\n"
    assert pullquote("import", out, "--data", other).stdout == "2 duplicate\n"
    with Library.open(other) as library:
        assert library.notes.of(library.articles.entries()[0].id) == before


def test_notes_on_a_text_that_has_changed_are_placed_or_told_to_be_orphans(
    read: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    pullquote("export", read, "--format", "webannotation", "--output", out)
    changed = tmp_path / "changed.txt"
    changed.write_text("On Monday it was said. " + SAID.partition("\n")[0])
    done = pullquote("import", out, "--onto", changed, "--data", tmp_path / "elsewhere")
    assert done.stdout == "1 highlight imported, 1 orphaned\n"
    assert "orphaned: “added that it co”: no place for it that is sure enough" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("{}", "bad.json: "),
        ("[1, 2]", "bad.json: "),
        ('{"annotations": 7}', "bad.json: "),
        ("[" * 2000, "bad.json: "),
        ('{"schema": 1, "article": 3}', "not a reading"),
    ],
)
def test_a_file_that_is_none_of_ours_is_told_so(tmp_path: Path, content: str, said: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(content)
    done = pullquote("import", bad)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_search_finds_notes_and_articles_by_the_beginnings_of_words(read: Path) -> None:
    lines = pullquote("search", "many").stdout.splitlines()
    assert len(lines) == 1
    assert "*  how «many»?" in lines[0]
    assert "«Łódź»" in pullquote("search", "łod").stdout
    nothing = pullquote("search", "--notes", "lodz")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr.startswith("pullquote: nothing found; try another word")


def test_the_journal_is_sorted_and_filtered(read: Path, tmp_path: Path) -> None:
    other = tmp_path / "another.txt"
    other.write_text("Nothing is said.")
    pullquote("--plain", other)

    def titles(*options: str) -> list[str]:
        return [line.split()[-1] for line in pullquote("list", *options).stdout.splitlines()]

    assert titles() == ["another", "article"]
    assert titles("--reverse") == ["article", "another"]
    assert titles("--sort", "notes") == ["article", "another"]
    assert titles("--sort", "title") == ["another", "article"]
    assert titles("--with-notes") == titles("--tag", "#war") == ["article"]
    assert titles("--unfinished") == ["another", "article"]
    assert titles("--until", "2001-01-01") == []


def test_a_file_whose_text_changed_takes_the_notes_over_and_says_so(read: Path) -> None:
    read.write_text("Łódź, Monday. " + SAID.replace("could take years", "will be quick"))
    done = pullquote("--plain", read)
    assert "has changed since it was last opened; notes: 1 carried, 1 moved" in done.stderr
    again = pullquote("--plain", read)
    assert again.stderr == ""
    changes = pullquote("diff", read).stdout
    assert "[-could take years-]" in changes
    assert changes.index("CLAIMS") < changes.index("TEXT")


def test_notes_of_which_none_finds_a_place_stay_with_the_version_before(
    read: Path, tmp_path: Path
) -> None:
    read.write_text(
        "She added that it could take years. Nobody has gone since.\nNothing else was known of "
        "it.\n"
    )
    with Library.open(tmp_path / "data") as library:
        (entry,) = library.articles.entries()
        library.notes.remove(
            entry.id, *[note.id for note in library.notes.of(entry.id) if note.comment]
        )
    assert "none of the notes (1) has a place in it; they stay" in pullquote("--plain", read).stderr
    with Library.open(tmp_path / "data") as library:
        assert [(entry.versions, entry.notes) for entry in library.articles.entries()] == [
            (2, 0),
            (2, 1),
        ]


def test_a_file_that_holds_something_else_by_now_is_another_article(
    read: Path, tmp_path: Path
) -> None:
    read.write_text(
        "Rain is expected on the coast, and the ferry will not run before the wind has turned."
    )
    assert pullquote("--plain", read).stderr == ""
    with Library.open(tmp_path / "data") as library:
        assert [entry.versions for entry in library.articles.entries()] == [1, 1]


CSV = (
    "Highlight,Title,Author,URL,Note,Location,Date\r\n"
    "It rains in town,Rain,,https://example.org/a,ok,,\r\n"
    "Half \ud83d a character,Rain,,https://example.org/a,,,\r\n"
    "It shines in town,Sun,,https://example.org/b,,,\r\n"
)


def test_a_file_that_cannot_be_read_costs_itself_alone_and_half_a_character_nothing(
    tmp_path: Path,
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.txt"
    good.write_bytes(CSV.encode("utf-8", "surrogatepass"))
    bad.write_text("words")
    done = pullquote("import", bad, tmp_path / "none", good)
    assert (done.returncode, done.stdout) == (2, "3 waiting\n")
    first, second, third = done.stderr.splitlines()
    assert "what waits finds its place" in first
    assert f"{bad}: is in none of the formats that can be imported" in second
    assert f"{tmp_path / 'none'}: cannot be read: No such file" in third
