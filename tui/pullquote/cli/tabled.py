"""Rows of a corpus as a table for the terminal, or as CSV, JSON or Parquet."""

import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from pullquote.cli.opening import refuse, tell
from pullquote.cli.output import write_utf_8
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.corpus.arrow import Found

FORMS = ("table", "csv", "json", "parquet")
_WIDEST = 60  # columns of the terminal, for one of the table
_LOOKED_AT = 200  # rows, for the widths
_NARROWEST = 12  # to what text is cut where a table is wider than the terminal
_NONE = "–"
_NUMBER = re.compile(rf"-?[\d.]*(?:e[+-]?\d+|%)?|{_NONE}")


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that gives rows."""
    options = (
        click.option(
            "--format", "form", type=click.Choice(FORMS), default="table", show_default=True,
            help="A table for the terminal, or a form for programs.",
        ),
        click.option(
            "--output", type=click.Path(), help="Write to this file instead of printing."
        ),
        click.option("--force", is_flag=True, help="Overwrite an existing file."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def put(found: "Found", form: str, output: str | None, force: bool) -> int:
    """Write rows to standard output or a file; how many there were.

    A file is there whole or not at all.
    """
    from pullquote.files import replacing
    from pullquote.settings import expanded

    write, counts = _WRITERS[form], list[int]()

    def batches() -> Iterator[Any]:
        for batch in found.batches:
            counts.append(batch.num_rows)
            yield batch

    counted = found._replace(batches=batches())
    if output is None or output == "-":
        write_utf_8()
        if form == "parquet" and sys.stdout.isatty():
            refuse("Parquet is nothing for a terminal; write it to a file with --output")
        write(counted, sys.stdout.buffer)
        return sum(counts)
    path = expanded(output)
    if path.exists() and not force:
        refuse(f"{output}: is there already; --force writes over it")
    with replacing(path) as file:
        write(counted, file)
    tell(f"wrote {path}")
    return sum(counts)


def _table(found: "Found", file: Any) -> None:
    rows = (
        [_NONE if value is None else _cell(value) for value in row.values()] for row in _rows(found)
    )
    first = list(islice(rows, _LOOKED_AT))
    if not first:
        return
    names = list(found.schema.names)
    room = max(_WIDEST, shutil.get_terminal_size().columns // 2)
    columns = list(zip(names, *first, strict=True))
    widths = [min(room, max(map(len, column))) for column in columns]
    signs = [">" if all(map(_NUMBER.fullmatch, column[1:])) else "<" for column in columns]
    gap = _fit(widths, signs) if file.isatty() else 2
    for row in chain([names, ["─" * width for width in widths]], first, rows):
        cells = (
            f"{cell if len(cell) <= width else f'{cell[: width - 1]}…':{sign}{width}}"
            for cell, sign, width in zip(row, signs, widths, strict=True)
        )
        file.write(f"{(' ' * gap).join(cells).rstrip()}\n".encode())
    file.flush()


def _fit(widths: list[int], signs: list[str]) -> int:
    """Make text narrower until a row fits the terminal, if it can; the spaces between columns."""
    room = shutil.get_terminal_size().columns - len(widths) + 1
    gap = 2 if sum(widths) + len(widths) - 1 <= room else 1
    texts = [at for at, sign in enumerate(signs) if sign == "<"]
    while sum(widths) > room and texts:
        widest = max(texts, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return gap


def _csv(found: "Found", file: Any) -> None:
    from pullquote.formats.csv_table import table

    cells = (tuple(map(_value, row.values())) for row in _rows(found))
    _write_pieces(table(tuple(found.schema.names), cells), file)


def _json(found: "Found", file: Any) -> None:
    from pullquote.formats.files import listed

    _write_pieces(chain(listed(_rows(found)), ["\n"]), file)


def _write_pieces(pieces: Iterable[str | bytes], file: Any) -> None:
    for piece in pieces:
        file.write(piece.encode() if isinstance(piece, str) else piece)
    file.flush()


def _parquet(found: "Found", file: Any) -> None:
    from pullquote.corpus.arrow import write_parquet

    write_parquet(found, file)


_WRITERS = {"table": _table, "csv": _csv, "json": _json, "parquet": _parquet}


def _rows(found: "Found") -> Iterator[dict[str, Any]]:
    for batch in found.batches:
        yield from batch.to_pylist()


def _value(value: Any) -> str | float:
    """A value for other programs: numbers as they are."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else _cell(value)


def _cell(value: Any) -> str:
    """A value as one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) < 1e6 else f"{value:g}"
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return one_line(str(value))
