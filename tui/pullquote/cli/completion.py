"""The commands that bring completion to a shell: completion install, and completion show."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from pullquote.cli.opening import one_line_errors, refuse
from pullquote.errors import PullquoteError
from pullquote.files import replacing


class _Shell(NamedTuple):
    """Where a shell looks for completions, and what else it has to be told."""

    variable: str  # names the folder that `path` is in
    usual: str  # that folder where the variable is not set, in the home folder
    path: str
    hint: Callable[[Path], str]


def _bash(file: Path) -> str:
    return (
        "the package bash-completion loads it by itself, in a new shell; without that package, "
        f"put this line into ~/.bashrc:\n  source {shlex.quote(str(file))}"
    )


def _zsh(file: Path) -> str:
    return (
        "put this line into ~/.zshrc, before the one with compinit, and open a new shell:\n"
        f"  fpath=({shlex.quote(str(file.parent))} $fpath)\n"
        "if there is no line with compinit, put this one below it:\n"
        "  autoload -Uz compinit && compinit"
    )


def _fish(file: Path) -> str:
    return "fish loads it by itself, at once"


_DATA, _CONFIG = ("XDG_DATA_HOME", ".local/share"), ("XDG_CONFIG_HOME", ".config")
_SHELLS = {
    "bash": _Shell(*_DATA, "bash-completion/completions/pullquote", _bash),
    "zsh": _Shell(*_DATA, "zsh/site-functions/_pullquote", _zsh),
    "fish": _Shell(*_CONFIG, "fish/completions/pullquote.fish", _fish),
}

_shell_option = click.option(
    "--shell",
    type=click.Choice(tuple(_SHELLS)),
    help="For this shell.  [default: the one that you use]",
)


@click.group()
def completion() -> None:
    """Have the shell complete commands, files, ids, tags and names.

    In bash, zsh and fish. The tabulator key then completes what is begun.
    """


@completion.command()
@_shell_option
def install(shell: str | None) -> None:
    """Write the completion for a shell where that looks for it.

    Prints the file that is written, and the line that the shell's own settings need, if they need
    one: those are left to you. Doing it twice changes nothing.
    """
    with one_line_errors():
        chosen = shell or _used()
        one = _SHELLS[chosen]
        path = _folder(one) / one.path
        script = _script(chosen).encode()
        if path.is_file() and path.read_bytes() == script:
            click.echo(f"{path}: is there already, as it should be")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as file:
                file.write(script)
            click.echo(f"wrote {path}")
        click.echo(one.hint(path))


@completion.command()
@_shell_option
def show(shell: str | None) -> None:
    """Print the completion for a shell, to put it somewhere yourself."""
    with one_line_errors():
        click.echo(_script(shell or _used()).encode(), nl=False)


def _used() -> str:
    """The shell of whoever is at work."""
    name = Path(os.environ.get("SHELL", "")).name
    if name not in _SHELLS:
        refuse(f"{name or 'this shell'}: name one of {', '.join(_SHELLS)} with --shell")
    return name


def _folder(shell: _Shell) -> Path:
    given = os.environ.get(shell.variable, "")
    if os.path.isabs(given):  # the standard has others ignored
        return Path(given)
    try:
        return Path.home() / shell.usual
    except RuntimeError as error:
        raise PullquoteError(f"there is no home folder; set {shell.variable}") from error


def _script(shell: str) -> str:
    from pullquote.cli.shells import Bash, Fish, Zsh

    every = {one.name: one for one in (Bash, Zsh, Fish)}
    return every[shell].script_text()
