"""What commands print, the same for all: JSON for other programs, and letters that can be shown."""

import sys
from io import TextIOWrapper

import click
import msgspec

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON Lines: one object a line."
)


def print_json(value: object) -> None:
    """Print a value as one line of JSON, in UTF-8 whatever the terminal's encoding."""
    click.echo(msgspec.json.encode(value))


def replace_unencodable() -> None:
    """Print a question mark for each character that standard output's encoding lacks.

    Whoever chose another way (PYTHONIOENCODING=latin-1:xmlcharrefreplace) has it.
    """
    out = sys.stdout
    if isinstance(out, TextIOWrapper) and (
        out.errors == "strict" or (out.errors == "surrogateescape" and out.encoding != "utf-8")
    ):
        out.reconfigure(errors="replace")


def write_utf_8() -> None:
    """Print UTF-8 whatever the terminal's encoding, for output that programs read."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # Windows has its own line ends
