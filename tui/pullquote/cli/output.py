"""JSON as commands print it for other programs, the same for all."""

import click
import msgspec

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON Lines: one object a line."
)


def print_json(value: object) -> None:
    """Print a value as one line of JSON, in UTF-8 whatever the terminal's encoding."""
    click.echo(msgspec.json.encode(value))
