"""What the docs say of keys and commands is what the program does."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

from pullquote.actions import READING, SELECTING, Action, key_names
from pullquote.cli import main
from pullquote.formats import FORMATS
from tests.conftest import ROOT, SOURCE

HEAD = """# Keys

Every act has a name, which the keymap in the [settings](settings.md) gives other keys. An act applies to the selection, else to
the finding under the cursor, else to the sentence.
"""


def _keys_page() -> str:
    lines = [HEAD]
    for group, actions in groupby((*READING, *SELECTING), key=lambda action: action.group):
        lines += [f"## {group}\n", "| keys | name | what it does |", "|---|---|---|"]
        for action in actions:
            names = key_names(action.keys).split(" ")
            keys = " ".join("`` ` ``" if name == "`" else f"`{name}`" for name in names)
            lines.append(f"| {keys} | {action.id} | {action.tooltip} |")
        lines.append("")
    return "\n".join(lines)


def test_the_page_of_keys_lists_every_act() -> None:
    """Made anew by deleting docs/keys.md and running this twice."""
    path = ROOT / "docs" / "keys.md"
    if not path.exists():
        path.write_text(_keys_page(), encoding="utf-8")
        pytest.fail("docs/keys.md was not there and has been written")
    assert path.read_text(encoding="utf-8") == _keys_page()


_COMMANDS = (
    *(
        "",
        "read",
        "add",
        "contents",
        "analyze",
        "export",
        "import",
        "search",
        "voices",
        "voice",
        "said",
        "elsewhere",
        "story",
        "list",
        "diff",
    ),
    *(
        "original",
        "refresh",
        "edit",
        "delete",
        "backup",
        "restore",
        "merge",
        "config",
        "feeds",
        "feeds add",
        "feeds remove",
        "feeds list",
    ),
    *("feeds import", "feeds export", "fetch", "later", "evidence"),
    *("completion", "completion install", "completion show"),
    *("corpus", "corpus analyze", "corpus said", "corpus voices", "corpus audit", "corpus sql"),
    *("corpus to-library", "corpus from-library", "serve"),
)


def _commands_page() -> str:
    lines = ["# Commands\n", "What `--help` says, command by command.\n"]
    for command in _COMMANDS:
        arguments = [*command.split(), "--help"]
        done = CliRunner().invoke(main, arguments, prog_name="pullquote", terminal_width=100)
        name = f"pullquote {command}".strip()
        lines += [f"## {name}\n", "```", done.output.rstrip(), "```", ""]
    return "\n".join(lines)


def test_the_page_of_commands_is_their_help() -> None:
    """Made anew by deleting docs/commands.md and running this twice.

    In a process of its own: click remembers a command's help option from its first use, which may
    have been without the options of the whole.
    """
    path = ROOT / "docs" / "commands.md"
    code = "import sys, tests.test_docs as t; sys.stdout.buffer.write(t._commands_page().encode())"
    page = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    if not path.exists():
        path.write_text(page, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "tests.man_pages"], cwd=ROOT, check=True)
        pytest.fail("docs/commands.md was not there and has been written, and docs/man/ with it")
    assert path.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("arguments", [(), ("feeds",)])
def test_what_a_command_does_is_not_cut_short_at_80_columns(arguments: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*arguments, "--help"], terminal_width=80)
    commands = done.output.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert len(commands) > 4
    assert [line for line in commands if line.endswith("...")] == []


def test_names_of_acts_are_unique() -> None:
    names = [action.id for action in (*READING, *SELECTING)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("acts", [READING, SELECTING], ids=["reading", "selecting"])
def test_no_two_acts_of_one_place_share_a_key(acts: Sequence[Action]) -> None:
    keys = [key for action in acts for key in action.keys.split(",") if key]
    assert len(keys) > 3
    assert [key for key in keys if keys.count(key) > 1] == []


def test_a_key_is_called_what_stands_on_it() -> None:
    keys = {key for act in (*READING, *SELECTING) for key in key_names(act.keys).split()}
    parts = {part for key in keys for part in key.split("+")}
    assert {"&", "`", "Enter"} <= parts
    words = {part for part in parts if len(part) > 1 and part.islower()}
    assert words <= {"ctrl", "alt", "shift", "f1", "f10"}


@pytest.mark.parametrize("command", sorted(main.commands.keys() - {"read"}))
def test_every_command_is_in_the_readme_and_explains_itself(command: str) -> None:
    assert f"pullquote {command}" in (ROOT / "README.md").read_text(encoding="utf-8")
    done = CliRunner().invoke(main, [command, "--help"])
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 4


def test_links_in_the_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, target) for page in pages for target in re.findall(r"\]\(([^)#:]+)\)", _prose(page))
    ]
    assert {"README.md", "CONTRIBUTING.md"} <= {page.name for page, _ in links}
    assert [link for link in links if not (link[0].parent / link[1]).exists()] == []


def test_every_page_has_its_place_in_the_site() -> None:
    """What else is wrong with the site `make docs` tells."""
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    made = {"contributing.md", "changelog.md"}
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert sorted(re.findall(r": (\S+\.md)$", nav, re.M)) == sorted(pages | made)


def _prose(page: Path) -> str:
    """The page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_place_in_the_docs(form: str) -> None:
    index = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert f"(formats/{form}.md)" in index or f"\n## {form}\n" in index


def test_the_page_of_the_architecture_prints_what_the_code_prints() -> None:
    check_examples(ROOT / "docs" / "architecture.md")


def check_examples(page: Path) -> None:
    """Run the page's examples in order; fail with what differs."""
    examples = doctest.DocTestParser().get_doctest(page.read_text("utf-8"), {}, page.name, None, 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples, out=said.append)
    assert examples.examples
    assert not said, "".join(said)


def test_the_first_correction_of_the_docs_works_as_written(tmp_path: Path) -> None:
    """In a copy of the package: a module cannot be given another member of an enum."""
    page = ROOT / "docs" / "first-correction.md"
    stored, edit, line, _ = re.findall(
        r"```(?:python)?\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL
    )
    package = tmp_path / "pullquote"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__", "model"))
    _insert(package / "notes/annotations.py", '    NAME = "name".*?\n', stored)
    edits = package / "notes/corrections/edits.py"
    _insert(edits, r"    Name\(\),\n", line)
    _insert(edits, r"\n\n(?=EDITS\b)", f"{edit}\n\n")
    check = "from tests.test_docs import *; check_examples(Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", check, page],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _insert(path: Path, after: str, words: str) -> None:
    old = path.read_text(encoding="utf-8")
    new, count = re.subn(f"({after})", lambda found: found[1] + words, old)
    assert count == 1
    path.write_text(new, encoding="utf-8")


_COLUMNS_HEAD = """# The columns of a corpus

The tables that [`pullquote corpus analyze`](corpus.md) writes, as Parquet. `article` is an article's id, `finding` that of a finding in it, `actor` that of
who says it and `speaker` their name; `start` and `end` are half-open offsets into `articles.text`, in code points. What the other columns say, the
[findings](findings.md) tell. `day` is the day of publication and `born` the year of birth, to within one, where the article tells. In `said` a quote with the
claims in it is one statement: what is a part of another has its id in `part_of`, and `about` has the other actors who are mentioned. In `inputs`,
`sha256` is of what was read in the input, or in a part of it ([more](corpus.md#again)).
"""


def test_the_page_of_columns_lists_every_table() -> None:
    """Made anew by deleting docs/corpus-columns.md and running this twice."""
    pytest.importorskip("pyarrow")
    from pullquote.corpus.tables import DUPLICATES, TABLES, schema

    lines = [_COLUMNS_HEAD]
    for table in (*TABLES, DUPLICATES):
        lines += [f"## {table}\n", "| column | type |", "|---|---|"]
        lines += [f"| `{field.name}` | `{field.type}` |" for field in schema(table)]
        lines.append("")
    made, path = "\n".join(lines), ROOT / "docs" / "corpus-columns.md"
    if not path.exists():
        path.write_text(made, encoding="utf-8")
        pytest.fail("docs/corpus-columns.md was not there and has been written")
    assert path.read_text(encoding="utf-8") == made
