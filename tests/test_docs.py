"""What the docs say of keys and commands is what the program does."""

from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

from pullquote.actions import READING, SELECTING
from pullquote.cli import main
from pullquote.formats import FORMATS
from pullquote.reader.help import key_names
from tests.conftest import ROOT

HEAD = """# Keys

Every act has a name, which the keymap in the [settings](settings.md) gives other keys. An act applies to the selection, else to
the finding under the cursor, else to the sentence.
"""


def _keys_page() -> str:
    lines = [HEAD]
    for group, actions in groupby((*READING, *SELECTING), key=lambda action: action.group):
        lines += [f"## {group}\n", "| keys | name | what it does |", "|---|---|---|"]
        for action in actions:
            keys = " ".join(f"`{name}`" for name in key_names(action.keys).split(" "))
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


def _commands_page() -> str:
    lines = ["# Commands\n", "What `--help` says, command by command.\n"]
    for command in ("", "read", "analyze", "export", "import", "search", "list", "diff", "config"):
        arguments = [command, "--help"] if command else ["--help"]
        done = CliRunner().invoke(main, arguments, prog_name="pullquote", terminal_width=100)
        name = f"pullquote {command}".strip()
        lines += [f"## {name}\n", "```", done.output.rstrip(), "```", ""]
    return "\n".join(lines)


def test_the_page_of_commands_is_their_help() -> None:
    """Made anew by deleting docs/commands.md and running this twice."""
    path = ROOT / "docs" / "commands.md"
    if not path.exists():
        path.write_text(_commands_page(), encoding="utf-8")
        pytest.fail("docs/commands.md was not there and has been written")
    assert path.read_text(encoding="utf-8") == _commands_page()


def test_names_of_acts_are_unique() -> None:
    names = [action.id for action in (*READING, *SELECTING)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "command", ["analyze", "export", "import", "search", "list", "diff", "config"]
)
def test_every_command_is_in_the_readme_and_explains_itself(command: str) -> None:
    assert f"pullquote {command}" in (ROOT / "README.md").read_text(encoding="utf-8")
    done = CliRunner().invoke(main, [command, "--help"])
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 4


def test_links_in_the_docs_lead_somewhere() -> None:
    import re

    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / Path(target)).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_place_in_the_docs(form: str) -> None:
    index = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert f"(formats/{form}.md)" in index or f"\n## {form}\n" in index
