"""The command that shows an event as several articles have it: story."""

import sys
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.ids import identified
from pullquote.cli.opening import data_option, one_line_errors, tell
from pullquote.cli.output import write_utf_8

if TYPE_CHECKING:
    from pullquote.library.store import Library

_FORMS = ("table", "markdown", "json", "worksheet")  # as the formats have them


@click.command()
@click.argument("id", shell_complete=completing.ids)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="table",
    show_default=True,
    help="Lines for the terminal, Markdown, JSON, or a worksheet with each statement once.",
)
@data_option
def story(id: str, form: str, data: str | None) -> None:
    """Show an event as several articles have it.

    ID is an article's id in the library. Articles of the same days are of one story where they make
    the same claims, or share voices that few others have. Told are who is quoted in which, whose
    voice is in one outlet only, what is claimed in several and in one only, and whose source is
    named in one and not in another. The exit status is 1 if no other article is found.
    """
    from pullquote.formats.story import written

    with one_line_errors():
        settings, library = opening.settings(), opening.library(data, make=False)
        article = identified(id, library)
        relate(library)
        found = library.stories.of(article)
        if found is None:
            opening.refuse(f"{id}: not analysed yet; pullquote analyze --library does that")
        write_utf_8()
        for piece in written(found, form, settings):
            click.echo(piece)
    if len(found.reports) < 2:
        tell("no other article in the library is on this event")
        sys.exit(1)


def relate(library: "Library") -> None:
    """Compare the claims that have not been compared yet, with progress where it takes a while."""
    from pullquote.library.relating import is_waiting
    from pullquote.library.relating import relate as compare

    if not library.read_only and is_waiting(library.database):
        with opening.progress(0, "comparing claims") as bar:

            def watch(done: int, whole: int) -> None:
                bar.length = whole
                bar.update(done - bar.pos)

            compare(library.database, watch)
