"""The manual's pages, from what `--help` says: `python -m tests.man_pages` writes them into docs/man/.

A page has the same words as the help, in the sections of a manual, and neither a date nor a
version: it changes when its command does.
"""

import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from pullquote.cli import main
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "man"
_COLUMNS = 60  # of a line in the source, which is longer where dashes are escaped


def roff(text: str) -> str:
    """Text as roff takes it for text."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("`", r"\(ga")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.M)


def _filled(text: str) -> list[str]:
    lines = textwrap.wrap(
        " ".join(text.split()), _COLUMNS, break_long_words=False, break_on_hyphens=False
    )
    return [roff(line) for line in lines]


class _Manual(click.HelpFormatter):
    """What a command's help is written to: lines of a manual's page."""

    def __init__(self) -> None:
        super().__init__(width=100)
        self.lines: list[str] = []
        self._is_described = False

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.lines += [".br"] if ".SH SYNOPSIS" in self.lines else [".SH SYNOPSIS"]
        self.lines.append(rf"\fB{roff(prog)}\fR {roff(args)}".rstrip())

    def write_paragraph(self) -> None:
        pass

    def write_text(self, text: str) -> None:
        if not self._is_described:
            self._is_described = True
            self.lines.append(".SH DESCRIPTION")
        for paragraph in text.strip().split("\n\n"):
            self._write_paragraph(paragraph)

    def _write_paragraph(self, paragraph: str) -> None:
        head, _, rest = paragraph.strip("\n").partition("\n")
        if head.strip() != "\b":
            is_first = self.lines[-1].startswith(".SH")
            self.lines += [*([] if is_first else [".PP"]), *_filled(paragraph)]
            return
        lines = rest.splitlines()
        if lines[0].endswith(":"):
            self.lines.append(f".SH {roff(lines.pop(0).rstrip(':').upper())}")
        self.lines += [".nf", *(roff(line.strip()) for line in lines), ".fi"]

    def write_dl(self, rows: Sequence[tuple[str, str]], *_: Any, **__: Any) -> None:
        for term, text in rows:
            self.lines += [".TP", rf"\fB{roff(term)}\fR", *(_filled(text) or [r"\&"])]

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.lines.append(f".SH {roff(name.upper())}")
        yield


def page(context: click.Context) -> str:
    """The page of a command."""
    command, name = context.command, context.command_path.replace(" ", "-")
    manual = _Manual()
    command.format_help(context, manual)
    summary = (command.help or "").partition("\n\n")[0]
    summary = " ".join(summary.split()).removesuffix(".")
    see = ", ".join(_related(context))
    head = [
        f'.TH {roff(name.upper())} 1 "" "pullquote" "pullquote manual"',
        *(".SH NAME", rf"{roff(name)} \- {roff(summary)}"),
    ]
    foot = [".SH SEE ALSO", *_filled(see)] if see else []
    return "\n".join((*head, *manual.lines, *foot)) + "\n"


def _related(context: click.Context) -> Iterator[str]:
    """The pages of the commands that this one is part of, and of those that are part of it."""
    above = context.parent
    while above is not None:
        yield f"{above.command_path.replace(' ', '-')}(1)"
        above = above.parent
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            yield f"{context.command_path.replace(' ', '-')}-{name}(1)"


def pages() -> dict[str, str]:
    """All pages, by the names of their files."""
    whole = click.Context(main, info_name="pullquote", **main.context_settings)
    return dict(_of(whole))


def _of(context: click.Context) -> Iterator[tuple[str, str]]:
    yield f"{context.command_path.replace(' ', '-')}.1", page(context)
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command is not None and not command.hidden:
                yield from _of(click.Context(command, info_name=name, parent=context))


def write(folder: Path = FOLDER) -> None:
    """Write all pages, and remove those of commands that are gone."""
    folder.mkdir(exist_ok=True)
    written = pages()
    for path in folder.glob("*.1"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:2]))
