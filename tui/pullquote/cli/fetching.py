"""The commands that bring articles into the inbox: fetch, and later."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pullquote.analysis import AnalysisFailed, NoModel, analyser
from pullquote.cli import opening
from pullquote.cli.opening import INTERRUPTED, data_option, one_line_errors, refuse, tell
from pullquote.settings import Settings
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.library.feeds import Feed
    from pullquote.library.inbox import Waiting
    from pullquote.library.store import Library

_FROM_START = "\r\x1b[K"  # back to the start of the line, which is erased


_seconds_option = click.option(
    "--timeout",
    "seconds",
    type=click.IntRange(1, 86_400),
    default=300,
    show_default=True,
    help="Seconds for everything; what is not there by then comes the next time.",
)


@click.command()
@click.option("--analyze", is_flag=True, help="Find out who says what in all unread articles, too.")
@_seconds_option
@data_option
def fetch(analyze: bool, seconds: int, data: str | None) -> None:
    """Bring new articles of all feeds into the inbox.

    What waits to be read later comes, too. Each new article is a line with its id, title and site.
    The text comes from the article's page, or from the feed where the page cannot be had. What came
    in before does not come again, also after you deleted it. A feed that cannot be fetched is one
    line on standard error, and the exit status is then 1.
    """
    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        every, waiting = library.feeds.all(), library.inbox.waiting()
        if not (every or waiting):
            refuse("no feeds yet; add one with pullquote feeds add URL")
        failed = _bring_in(library, settings, seconds, every, waiting)
        if analyze:
            failed = _analyse_unread(library, settings) or failed
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("addresses", nargs=-1, required=True, metavar="URL…")
@_seconds_option
@data_option
def later(addresses: tuple[str, ...], seconds: int, data: str | None) -> None:
    """Put articles into the inbox, to be read later.

    With - as URL, addresses are read from standard input. The articles are fetched now, but not
    opened. One that cannot be fetched waits in the inbox until
    `pullquote fetch` can; the exit status is then 1.
    """
    from pullquote.feeds.addresses import addresses_in

    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        lines = [line for one in addresses for line in _lines(one)]
        found, wrong = addresses_in(lines)
        for line in wrong:
            tell(f"{one_line(line)[:200]}: is not a web address; give one with https://")
        with library.transaction():
            for address in found:
                library.inbox.wait_for(address)
        waiting = [one for one in library.inbox.waiting() if one.address in found]
        failed = _bring_in(library, settings, seconds, (), waiting)
    sys.exit(1 if failed or wrong else 0)


def _lines(argument: str) -> list[str]:
    if argument != "-":
        return [argument]
    return sys.stdin.buffer.read().decode("utf-8", "replace").splitlines() if sys.stdin else []


def _bring_in(
    library: "Library",
    settings: Settings,
    seconds: float,
    every: "Sequence[Feed]",
    waiting: "Sequence[Waiting]",
) -> bool:
    """Fetch, and print what comes in. Returns whether anything failed."""
    from pullquote.feeds.fetching import Arrived, Fetching

    came, failed = 0, 0
    with _shown() as show:
        for one in Fetching(library, settings, seconds, show).run(every, waiting):
            show("")
            if isinstance(one, Arrived):
                came += one.is_new
                there = "" if one.is_new else "(in the library already)"
                cells = (one.article[:8], one.title or "Untitled", one.site, one.published, there)
                click.echo("  ".join(filter(None, cells)))
            else:
                failed += 1
                tell(one.line)
    unread = library.inbox.unread()
    left = len(library.inbox.waiting())
    more = f", {left} still to be fetched" if left else ""
    click.echo(f"{came or 'nothing'} new; {unread} unread in the inbox{more}", err=True)
    return bool(failed)


def _analyse_unread(library: "Library", settings: Settings) -> bool:
    """Analyse the unread articles of the inbox, the newest first. Returns whether any failed."""
    failed: set[str] = set()
    with _shown() as show:
        while (id := library.inbox.without_findings(analyser(settings.model), failed)) is not None:
            article = library.articles.get(id)
            assert article is not None
            show(f"finding who says what: {article.title[:60]}")
            try:
                opening.analysed(article, settings, library)
            except NoModel:
                raise
            except AnalysisFailed as error:
                tell(f"{id[:8]}: {error}")
                failed.add(id)
    return bool(failed)


@contextmanager
def _shown() -> Iterator[Callable[[str], None]]:
    """Show how far it is as a line on standard error, if that is a terminal.

    Ctrl+C ends the command with one line.
    """
    is_shown = bool(sys.stderr and sys.stderr.isatty())

    def show(words: str) -> None:
        if is_shown:
            click.echo(f"{_FROM_START}{one_line(words)}", nl=False, err=True)

    try:
        yield show
    except KeyboardInterrupt:
        show("")
        tell("stopped; what has come in stays, and the rest comes the next time")
        sys.exit(INTERRUPTED)
    finally:
        show("")
