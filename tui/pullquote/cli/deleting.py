"""The command that deletes articles."""

import sys

import click

from pullquote.cli import completing, opening
from pullquote.cli.ids import identified
from pullquote.cli.opening import data_option, one_line_errors, tell


@click.command()
@click.argument("articles", nargs=-1, metavar="[ID]…", shell_complete=completing.ids)
@click.option(
    "--purge",
    is_flag=True,
    help="Leave no trace in the file, its log and the copies beside it; without ID, of what was "
    "deleted before.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
def delete(articles: tuple[str, ...], purge: bool, yes: bool, data: str | None) -> None:
    """Delete articles from the library, with all that belongs to them.

    All versions of an article go, with their notes, findings, originals and the log of what you
    did. What goes is said first, and asked. Files that you exported or backed up stay: delete them
    yourself (docs/keeping.md says what deleting can promise). The exit status is 1 if you say no.
    """
    if not (articles or purge):
        raise click.UsageError("name the articles to delete, by their ids")
    with one_line_errors():
        library = opening.library(data, make=False)
        chosen = dict.fromkeys(identified(one, library) for one in articles)
        going = {one.articles: one for id in chosen if (one := library.bin.going(id))}
        for one in going.values():
            click.echo(one.words)
        if going and not yes and not click.confirm("Delete for good?"):
            tell("nothing was deleted")
            sys.exit(1)
        ids = [id for versions in going for id in versions]
        if ids:
            library.bin.delete(*ids)
        if purge:
            library.bin.purge(ids, tell)
        click.echo("purged" if purge else "deleted")
