"""The command that puts an article's metadata right: edit."""

from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.ids import identified
from pullquote.cli.opening import data_option, one_line_errors

if TYPE_CHECKING:
    from pullquote.library.store import Library

# as pullquote.library.fields has them, which help and completion do without
_FIELDS = ("title", "byline", "site", "url", "published", "language")


@click.command()
@click.argument("article", metavar="ID", shell_complete=completing.ids)
@click.option("--title", help="The headline.")
@click.option("--byline", help="Who wrote it.")
@click.option("--site", help="Where it was published.")
@click.option("--url", metavar="ADDRESS", help="Its http(s) address.")
@click.option(
    "--published", metavar="DATE", help="When: a year, a month, a day or a moment (ISO 8601)."
)
@click.option("--language", metavar="CODE", help="Its language: en, de, pt-BR …")
@click.option(
    "--reset",
    "resets",
    multiple=True,
    type=click.Choice([*_FIELDS, "all"]),
    help="Back to what the page said. May be repeated.",
)
@data_option
def edit(article: str, resets: tuple[str, ...], data: str | None, **values: str | None) -> None:
    """Put an article's title, byline, date and the like right.

    Without options, shows what is known, and what the page said where you put it right. An empty
    value takes a field away. Citations, exports and searches follow; a later version of the article
    has what you put right, too. In the reader, u undoes it.
    """
    with one_line_errors():
        wanted = {name: value for name, value in values.items() if value is not None}
        library = opening.library(data, make=False)
        identity = identified(article, library)
        if resets:
            library.metadata.reset(identity, *(_FIELDS if "all" in resets else resets))
        if wanted:
            library.metadata.edit(identity, wanted)
        _show(identity, library)


def _show(article: str, library: "Library") -> None:
    for field in library.metadata.of(article):
        click.echo(f"{field.name:<10} {field.value or '–'}")
        if field.is_edited:
            click.echo(f"{'':<10} the page said: {field.said or '–'}")
