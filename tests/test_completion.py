"""What real shells complete, what they are told, and that asking costs the library nothing."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from pullquote.article import Article
from pullquote.cli import main
from pullquote.cli.shells import Typed, quoted, typed
from pullquote.findings import Findings
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate

FILES = ("article one.txt", "example.txt", 'it\'s $5 "net".txt', "Über uns.txt")
SCRIPTS = {
    "bash": "bash-completion/completions/pullquote",
    "zsh": "zsh/site-functions/_pullquote",
    "fish": "fish/completions/pullquote.fish",
}
# How each shell is started with nothing of anybody's settings, and told of the completion.
STARTS = {
    "bash": (["--norc", "--noprofile", "-i"], "source {script}"),
    "zsh": (
        ["-f", "-i"],
        "bindkey -e; unsetopt beep; fpath=({folder} $fpath); autoload -Uz compinit && compinit -u -D",
    ),
    "fish": (["--no-config", "-i"], "set -g fish_complete_path {folder} $fish_complete_path"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, seed: Article, findings: Findings) -> Path:
    """A folder with files and a library, and a program that says what it was given."""
    home = tmp_path_factory.mktemp("home")
    for name in FILES:
        (home / "in" / name).parent.mkdir(exist_ok=True)
        (home / "in" / name).write_text("words")
    (home / "in" / "folder x").mkdir()
    (home / "bin").mkdir()
    given = home / "bin" / "given"
    given.write_text('#!/bin/sh\nshift\nprintf "<%s>" "$@"\necho END\n')
    given.chmod(0o755)
    program = home / "bin" / "pullquote"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pullquote "$@"\n')
    program.chmod(0o755)
    with Library.open(home / "data") as library:
        library.articles.save(seed)
        library.findings.save(seed.id, findings)
        library.notes.add(seed.id, annotate(seed.text, (0, 5), tags=("war crimes",)))
        library.said.settle()
        library.feeds.add("https://example.org:8080/feed?x=1&y=2", "A feed", "")
    return home


def _environment(home: Path) -> dict[str, str]:
    own = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
    return own | {
        "PATH": f"{home / 'bin'}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "share"),
        "PULLQUOTE_DATA": str(home / "data"),
        "PULLQUOTE_CONFIG": str(home / "config.toml"),
        "PS1": "$ ",
        "LANG": "C.UTF-8",
    }


class Shell:
    """A shell at a terminal, in a folder with files."""

    def __init__(self, name: str, home: Path) -> None:
        env = _environment(home) | {"TERM": "xterm" if name == "fish" else "dumb"}
        self._name = name
        subprocess.run(
            [home / "bin" / "pullquote", "completion", "install", "--shell", name],
            env=env,
            check=True,
            capture_output=True,
        )
        script = home / "share" / SCRIPTS[name]
        arguments, setting = STARTS[name]
        self._terminal = pexpect.spawn(
            name, arguments, env=env, cwd=str(home / "in"), encoding="utf-8", dimensions=(60, 200)
        )
        self._terminal.sendline(setting.format(script=script, folder=script.parent))
        self._terminal.sendline("echo RE''ADY")
        self._terminal.expect("READY\r?\n")

    def completed(self, line: str) -> list[str]:
        """The arguments of pullquote after the tabulator key on a line."""
        # what the line has become is given to another program, which says what came
        self._terminal.send(f"{line}\t\x01given \x05\r")
        self._terminal.expect("END\r?\n")
        said = str(self._terminal.before)
        found = said[said.rindex("given ") :].partition("<")[2]
        return found.removesuffix(">").split("><")

    def shows(self, line: str, *words: str) -> None:
        """That it shows these words, in any order, where several fit; the last that is asked."""
        self._terminal.send(f"{line}\t" if self._name == "fish" else f"{line}\t\t")
        left = set(words)
        while left:
            left.discard(words[self._terminal.expect_exact(list(words), timeout=10)])

    def close(self) -> None:
        self._terminal.close(force=True)


@pytest.fixture(scope="module", params=SCRIPTS)
def shell(request: pytest.FixtureRequest, home: Path) -> Iterator[Shell]:
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed here: its completion is not tried")
    started = Shell(request.param, home)
    yield started
    started.close()


def test_a_real_shell_completes_what_is_begun(shell: Shell, seed: Article) -> None:
    rows: tuple[tuple[str, list[str]], ...] = (
        ("pullquote exp", ["export"]),
        ("pullquote art", ["article one.txt"]),
        ("pullquote it", [FILES[2]]),
        ("pullquote analyze Üb", ["analyze", "Über uns.txt"]),
        (f"pullquote story {seed.id[:2]}", ["story", seed.id[:8]]),
        ("pullquote export --format hyp", ["export", "--format", "hypothesis"]),
        ("pullquote list --tag war", ["list", "--tag", "war crimes"]),
        ('pullquote voice "Maria Z', ["voice", "Maria Zakharova"]),
        ("pullquote said --by=Sergei", ["said", "--by=Sergei Shoigu"]),
        (
            "pullquote feeds remove https://ex",
            ["feeds", "remove", "https://example.org:8080/feed?x=1&y=2"],
        ),
    )
    assert {line: shell.completed(line) for line, _ in rows} == dict(rows)


def test_files_and_commands_are_offered_together(shell: Shell) -> None:
    shell.shows("pullquote ex", "export  ", "example.txt")


# --- what a shell is told


def _answers(line: str, **more: str) -> list[list[str]]:
    env = {"_PULLQUOTE_COMPLETE": "zsh_complete", "COMP_LINE": line} | more
    done = CliRunner().invoke(main, [], prog_name="pullquote", env=env)
    return [one.split("\t") for one in done.stdout.splitlines() if one]


def test_ids_stand_beside_titles_and_commands_beside_what_they_do(
    library: Library, seed: Article
) -> None:
    library.articles.save(seed)
    assert _answers("pullquote diff " + seed.id[:4]) == [
        ["file", seed.id[:4], ""],
        ["plain", seed.id[:8], seed.title],
    ]
    assert ["plain", "search", "Search notes, tags and articles."] in _answers("pullquote se")


@pytest.mark.parametrize(
    "line",
    [
        *(
            f"pullquote corpus {name} co"
            for name in ("audit", "said", "sql", "voices", "to-library")
        ),
        "pullquote corpus analyze x --out co",
        "pullquote corpus from-library --out co",
    ],
)
def test_the_folder_of_a_corpus_is_completed(line: str) -> None:
    assert _answers(line) == [["dir", "co", ""]]


@pytest.mark.parametrize("group", ["corpus", "feeds"])
def test_commands_of_a_group_say_what_they_do_in_a_whole_sentence(group: str) -> None:
    said = [beside for _, _, beside in _answers(f"pullquote {group} ")]
    assert said
    assert all(one.endswith(".") and not one.endswith("...") for one in said)


def test_bash_lists_them_so_too(library: Library, seed: Article) -> None:
    library.articles.save(seed)
    second = Article(text="Words.", title="Another")
    library.articles.save(second)
    asked = {"_PULLQUOTE_COMPLETE": "bash_complete", "COMP_TYPE": "63"}
    words = [word for _, word, _ in _answers("pullquote story ", **asked)]
    assert words == [f"{one.id[:8]}  ({one.title})" for one in (second, seed)]


def test_a_title_cannot_reach_the_terminal_as_more_than_words(library: Library) -> None:
    hostile = Article(text="Words.", title="a\x1b[31m\tb\nplain\tc $(touch x) `touch x`")
    library.articles.save(hostile)
    ((kind, word, beside),) = _answers("pullquote story ")
    assert (kind, word) == ("plain", hostile.id[:8])
    assert "\x1b" not in beside


@pytest.mark.parametrize("state", ["missing", "damaged", "foreign", "locked", "folder"])
def test_a_library_that_cannot_be_looked_at_completes_nothing_and_stays_as_it_is(
    tmp_path: Path, seed: Article, state: str
) -> None:
    path = tmp_path / "data" / "library.db"
    held = None
    if state != "missing":
        with Library.open(path.parent) as library:
            library.articles.save(seed)
    if state == "damaged":
        path.write_bytes(b"no database at all" * 100)
    elif state == "folder":
        path.unlink()
        path.mkdir()
    elif state == "foreign":
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 1")
    elif state == "locked":
        held = sqlite3.connect(path, isolation_level=None)
        held.execute("PRAGMA locking_mode = EXCLUSIVE")
        held.execute("BEGIN EXCLUSIVE")
        held.execute("UPDATE articles SET title = 'x'")
    before = _contents(tmp_path)
    # of one that another program holds, what was there before that is offered
    assert state == "locked" or _answers("pullquote story ") == []
    assert _answers("pullquote voice a") == []
    assert ["plain", "search", "Search notes, tags and articles."] in _answers("pullquote se")
    assert _contents(tmp_path) == before
    if held:
        held.close()


def test_asking_writes_nothing_beside_the_library(library: Library, seed: Article) -> None:
    library.articles.save(seed)
    library.close()
    folder = library.path.parent
    before = _contents(folder)
    assert _answers("pullquote story ")
    assert _contents(folder) == before


def _contents(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
        if not path.name.endswith("-shm")  # where SQLite's readers and writers note who is there
    }


def test_asking_imports_neither_the_screen_nor_the_analysis() -> None:
    code = (
        "import sys\ntry:\n    from pullquote.cli import main; main(prog_name='pullquote')\n"
        "except SystemExit: pass\nprint('LOADED', *sys.modules)"
    )
    for line in ("pullquote ", "pullquote story ", "pullquote voice x", "pullquote list --tag x"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"_PULLQUOTE_COMPLETE": "zsh_complete", "COMP_LINE": line},
            capture_output=True,
            text=True,
            check=True,
        )
        loaded = {name.partition(".")[0] for name in done.stdout.rpartition("LOADED")[2].split()}
        assert not loaded & {"spacy", "numpy", "textual", "lxml", "httpx", "trafilatura"}


@pytest.mark.parametrize(
    ("line", "words", "last", "quote"),
    [
        ("pullquote ", [], "", ""),
        ("pullquote  voice Jo", ["voice"], "Jo", ""),
        ("pullquote voice Jo\\ R", ["voice"], "Jo R", ""),
        ('pullquote voice "Jo ', ["voice"], "Jo ", '"'),
        ("pullquote voice 'Jo", ["voice"], "Jo", "'"),
        ("pullquote 'a b' \"c\"", ["a b"], "c", ""),
        ("pullquote a\\", [], "a", ""),
        ("pullquote a # b", ["a", "#"], "b", ""),
    ],
)
def test_a_line_is_read_as_a_shell_reads_it(
    line: str, words: list[str], last: str, quote: str
) -> None:
    assert typed(line) == Typed(words, last, quote)


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.parametrize("word", ["plain", "it's", 'a "b"', "$(x) `y` \\ ;|&<>*?[]{}~#!", "é ü"])
def test_a_word_comes_out_of_the_shell_as_it_went_in(word: str, quote: str) -> None:
    line = f"printf %s {quote}{quoted(word, quote)}{quote}"
    assert subprocess.check_output(["sh", "-c", line], text=True) == word


# --- completion install, completion show


@pytest.mark.parametrize("name", SCRIPTS)
def test_install_says_what_it_writes_and_does_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "with space"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("SHELL", f"/usr/bin/{name}")
    first, second = (CliRunner().invoke(main, ["completion", "install"]) for _ in range(2))
    assert first.output.startswith(f"wrote {folder / SCRIPTS[name]}\n")
    assert "is there already" in second.output
    shown = CliRunner().invoke(main, ["completion", "show"])
    assert (folder / SCRIPTS[name]).read_bytes() == shown.stdout_bytes
    if name != "fish":  # it needs no line in any file
        assert f"'{folder}" in first.output


def test_an_unknown_shell_is_told_how_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/nu")
    done = CliRunner().invoke(main, ["completion", "install"])
    assert done.exit_code == 2
    assert done.output == "pullquote: nu: name one of bash, zsh, fish with --shell\n"
