"""Sources that hold several articles: list them, choose one, or add them all to the library."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pullquote.article import Unreadable
from pullquote.article.forms import Member, Members, Raw
from pullquote.cli import completing, opening
from pullquote.cli.opening import data_option, one_line_errors, tell
from pullquote.settings import Settings
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.library.store import Library

_SHOWN = 40  # members on the screen at a time; words find the others


def choose(found: Members) -> Raw:
    """Ask the reader, in the terminal, which of several articles to open.

    A number opens one; words list those that have them; nothing leaves the program.
    """
    numbers = range(1, len(found) + 1)
    listed: Sequence[int] = numbers
    while True:
        for number in listed[:_SHOWN]:
            click.echo(_row(number, found[number - 1]), err=True)
        if len(listed) > _SHOWN:
            click.echo(f"  … and {len(listed) - _SHOWN:,} more: type words to find one", err=True)
        asked = click.prompt("Number, or words to find", default="", show_default=False, err=True)
        if not asked.strip():
            raise click.exceptions.Exit(0)
        if asked.strip().isdecimal() and int(asked) in numbers:
            return found[int(asked) - 1].raw
        words = asked.lower().split()
        listed = [one for one in numbers if all(word in _words(found[one - 1]) for word in words)]
        if not listed:
            click.echo(f"  none of them has “{one_line(asked)}”", err=True)
            listed = numbers


def _row(number: int, member: Member) -> str:
    note = one_line(member.note)  # of a mail or an archive: it may have control characters
    return f"{number:4}  {one_line(member.title)}" + (f"  ({note})" if note else "")


def _words(member: Member) -> str:
    return f"{member.title} {member.note}".lower()


@click.command("contents")
@click.argument("source", shell_complete=completing.files)
def contents(source: str) -> None:
    """List the articles in a book, a mailbox or a web archive.

    SOURCE is a file, a URL, or - for standard input. SOURCE#3 names the third article to all
    commands: pullquote book.epub#3.
    """
    from pullquote.article.source import fetch, members

    with one_line_errors():
        found = members(fetch(source, limit=opening.settings().max_bytes))
        for number, member in enumerate(found, 1):
            click.echo(_row(number, member) if member.title else f"{number:4}  {one_line(source)}")


@click.command("add")
@click.argument(
    "sources", nargs=-1, required=True, metavar="SOURCE…", shell_complete=completing.files
)
@opening.mend_option
@data_option
def add(sources: tuple[str, ...], data: str | None) -> None:
    """Add articles to the library without opening them.

    Prints the id and the title of each. Of a book, a mailbox or a web archive all are added;
    SOURCE#3 adds only the third. What cannot be read is reported on standard error and skipped; the
    exit status is then 1.
    """
    from pullquote.article.source import fetch, members

    failed = False
    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        library.database.check_writable()
        for source in sources:
            try:
                found = members(fetch(source, limit=settings.max_bytes))
            except Unreadable as error:
                tell(str(error))
                failed = True
                continue
            for member in found:
                failed = not _added(member.raw, settings, library) or failed
    sys.exit(1 if failed else 0)


def _added(raw: Raw, settings: Settings, library: "Library") -> bool:
    """Save one article and print its line. Returns False if it cannot be read, which is told."""
    try:
        article = opening.brought_in(raw, settings, library)
    except Unreadable as error:
        tell(str(error))
        return False
    click.echo(f"{article.id}  {article.title or article.source}")
    return True
