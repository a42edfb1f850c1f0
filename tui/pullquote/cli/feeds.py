"""The commands that keep the list of feeds: add, remove, list, and OPML in and out."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pullquote.article import Unreadable
from pullquote.cli import completing, opening
from pullquote.cli.opening import data_option, one_line_errors, refuse, tell
from pullquote.cli.output import json_option, print_json, write_utf_8
from pullquote.files import replacing
from pullquote.notes.annotations import local_minute
from pullquote.settings import expanded

if TYPE_CHECKING:
    from pullquote.library.feeds import Feed

# of a feed, what other programs are told
_TOLD = ("number", "address", "title", "site", "folder", "added", "fetched", "problem", "unread")
_LARGEST_LIST = 20_000_000  # bytes


@click.group()
def feeds() -> None:
    """Keep the list of feeds that `pullquote fetch` looks into.

    RSS, Atom and JSON Feed; lists of feeds come in and go out as OPML.
    """


@feeds.command()
@click.argument("addresses", nargs=-1, required=True, metavar="URL…")
@data_option
def add(addresses: tuple[str, ...], data: str | None) -> None:
    """Add feeds, by their address or that of a page that names one.

    The exit status is 1 if one of them could not be added.
    """
    from pullquote.feeds.addresses import typed
    from pullquote.feeds.finding import feed_at

    with one_line_errors():
        library = opening.library(data)
        failed = False
        for address in addresses:
            try:
                found = feed_at(typed(address))
            except Unreadable as error:
                failed = True
                tell(str(error))
                continue
            document = found.document
            is_new = library.feeds.add(found.address, document.title, document.site)
            state = "added" if is_new else "is there already"
            click.echo(f"{state}: {document.title or found.address} ({found.address})")
            if found.others:
                tell(f"that page names other feeds, too: {' '.join(found.others)}")
    sys.exit(1 if failed else 0)


@feeds.command()
@click.argument(
    "addresses", nargs=-1, required=True, metavar="FEED…", shell_complete=completing.feeds
)
@data_option
def remove(addresses: tuple[str, ...], data: str | None) -> None:
    """Remove feeds, by their address or number in the list.

    What came in by them stays, in the inbox too.
    """
    with one_line_errors():
        library = opening.library(data, make=False)
        going = [_named(address, library.feeds.all()) for address in addresses]
        with library.transaction():
            for one in going:
                library.feeds.remove(one.address)
        for one in going:
            click.echo(f"removed: {one.name}")


def _named(address: str, every: "Sequence[Feed]") -> "Feed":
    found = next((one for one in every if address in (one.address, str(one.number))), None)
    if found is None:
        refuse(f"{address}: no feed has this address or number; pullquote feeds list shows all")
    return found


@feeds.command("list")
@json_option
@data_option
def list_(as_json: bool, data: str | None) -> None:
    """List the feeds.

    Each line has the feed's number, how many of its articles are unread, when it was last fetched,
    its title and its address; below it, why it could not be fetched.
    """
    with one_line_errors():
        every = opening.library(data, make=False).feeds.all()
        if not every:
            click.echo("No feeds yet; add one with pullquote feeds add URL.", err=True)
        for one in every:
            if as_json:
                print_json({name: getattr(one, name) for name in _TOLD})
                continue
            when = local_minute(one.fetched) or "never fetched"
            folder = f"[{one.folder}]" if one.folder else ""
            cells = (f"{one.number:>3}", f"{one.unread:>4} unread", f"{when:16}", one.title)
            click.echo("  ".join(filter(None, (*cells, one.address, folder))))
            if one.problem:
                click.echo(f"     {one.problem}")


@feeds.command("import")
@click.argument("file", metavar="FILE", shell_complete=completing.files)
@data_option
def import_(file: str, data: str | None) -> None:
    """Add the feeds of an OPML file, or of - for standard input.

    Folders are kept, however deep; a feed that is there already is left alone.
    """
    from pullquote.feeds.opml import read

    with one_line_errors():
        with nullcontext(sys.stdin.buffer) if file == "-" else expanded(file).open("rb") as source:
            content = source.read(_LARGEST_LIST + 1)
        if len(content) > _LARGEST_LIST:
            refuse(f"{file}: larger than {_LARGEST_LIST:,} bytes; split it")
        found = read(content, "standard input" if file == "-" else file)
        library = opening.library(data)
        with library.transaction():
            added = sum(
                library.feeds.add(one.address, one.title, one.site, one.folder) for one in found
            )
        there = f", {len(found) - added} there already" if added < len(found) else ""
        click.echo(f"{added} feed{'s' * (added != 1)} added{there}")


@feeds.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@data_option
def export(output: Path | None, data: str | None) -> None:
    """Write the list of feeds as OPML, which other feed readers read."""
    from pullquote.feeds.opml import Outline, written

    with one_line_errors():
        write_utf_8()
        every = opening.library(data, make=False).feeds.all()
        listed = written(Outline(one.address, one.title, one.site, one.folder) for one in every)
        if output is None or str(output) == "-":
            click.echo(listed, nl=False)
            return
        with replacing(output) as file:
            file.write(listed.encode())
        tell(f"wrote {output}")
