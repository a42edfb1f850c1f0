"""The commands that look into the library: search, list and diff."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.opening import DAY, data_option, day, one_line_errors, refuse, tell
from pullquote.cli.output import json_option, print_json
from pullquote.notes.annotations import local_day
from pullquote.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pullquote.library.search import Hit
    from pullquote.library.store import Entry
    from pullquote.notes.changes import Change


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@click.option(
    "--notes",
    "only_notes",
    is_flag=True,
    help="Search only your notes and tags, not the articles.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=50,
    show_default=True,
    help="Maximum results per section.",
)
@json_option
@data_option
def search(
    words: tuple[str, ...], only_notes: bool, limit: int, as_json: bool, data: str | None
) -> None:
    """Search notes, tags and articles.

    Every word must match; the beginning of a word is enough. Notes come first, newest first. The
    exit status is 1 if nothing is found.
    """
    with one_line_errors():
        hits = opening.library(data, make=False).search(" ".join(words), limit)
        hits = tuple(hit for hit in hits if hit.note or not only_notes)
        for hit in hits:
            if as_json:
                print_json(hit)
            else:
                click.echo(_hit_line(hit))
        if not hits:
            tell("nothing found; try another word, its beginning, or fewer words")
    sys.exit(0 if hits else 1)


def _hit_line(hit: "Hit") -> str:
    mark, tags = ("*", hit.note.tags) if hit.note else (" ", ())
    cells = (one_line(hit.words), " ".join(f"#{tag}" for tag in tags), f"({hit.title})")
    return "  ".join((hit.article[:8], mark, *filter(None, cells)))


_SORTS = {
    "opened": ("opened", True),
    "added": ("added", True),
    "published": ("published", True),
    "notes": ("notes", True),
    "read": ("read", False),
    "title": ("title", False),
}


@click.command("list")
@click.option(
    "--sort",
    type=click.Choice(list(_SORTS)),
    default="opened",
    show_default=True,
    help="Sort key.",
)
@click.option("--reverse", is_flag=True, help="Reverse the order.")
@click.option(
    "--tag",
    shell_complete=completing.tags,
    help="Only articles with a note that has this tag.",
)
@click.option(
    "--site",
    shell_complete=completing.sites,
    help="Only articles from sites whose name contains this.",
)
@click.option("--with-notes", is_flag=True, help="Only articles you have annotated.")
@click.option("--unfinished", is_flag=True, help="Only articles you have not read to the end.")
@click.option("--since", type=DAY, help="Only articles last opened on or after this day.")
@click.option("--until", type=DAY, help="Only articles last opened on or before this day.")
@json_option
@data_option
def list_(
    sort: str,
    reverse: bool,
    tag: str | None,
    site: str | None,
    with_notes: bool,
    unfinished: bool,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
    data: str | None,
) -> None:
    """List the articles in the library.

    Each line has the article's id, the day it was last opened (none where it never was), how much
    of it you have read, the number of notes, and the title. Opening an article resumes where you
    left off.
    """
    with one_line_errors():
        library = opening.library(data, make=False)
        tagged = library.articles.tagged(tag.lstrip("#")) if tag else frozenset()
        rows: tuple[tuple[object, Callable[[Entry], object]], ...] = (  # option, test
            (tag, lambda entry: entry.id in tagged),
            (site, lambda entry: str(site).lower() in entry.site.lower()),
            (with_notes, lambda entry: entry.notes),
            (unfinished, lambda entry: not entry.finished),
            (since, lambda entry: local_day(entry.opened) >= day(since)),
            (until, lambda entry: local_day(entry.opened) <= day(until)),
        )
        tests = [test for asked, test in rows if asked]
        entries = [one for one in library.articles.entries() if all(test(one) for test in tests)]
        if not entries:
            click.echo(
                "No matching article in the library; add one with pullquote SOURCE.", err=True
            )
        field, falling = _SORTS[sort]
        entries.sort(key=lambda entry: getattr(entry, field), reverse=falling is not reverse)
        for entry in entries:
            if as_json:
                print_json(entry)
            else:
                click.echo(_line(entry))


def _line(entry: "Entry") -> str:
    notes = f"{entry.notes} note{'s' * (entry.notes != 1)}"
    read = "read" if entry.finished else f"{entry.read:.0%}"
    about = " · ".join(filter(None, (entry.site, entry.published)))
    versions = f"(one of {entry.versions} versions)" if entry.versions > 1 else ""
    title = entry.title or entry.source or "Untitled"
    cells = (
        entry.id[:8],
        f"{local_day(entry.opened):10}",
        f"{read:>4}",
        f"{notes:>9}",
        title,
        about,
        versions,
    )
    return "  ".join(filter(None, cells))


@click.command()
@click.argument("new", shell_complete=completing.sources)
@click.argument("old", required=False, shell_complete=completing.sources)
@json_option
@data_option
def diff(new: str, old: str | None, as_json: bool, data: str | None) -> None:
    """Show what changed between two versions of an article.

    Compares NEW with OLD, or with the earlier version in the library: quotes and claims first, then
    the text. Both are sources or article ids. Deletions are shown as [-…-], insertions as {+…+}.
    """
    from pullquote.notes.changes import changes

    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        later = opening.article(new, settings, library)
        earlier = (
            opening.article(old, settings, library)
            if old
            else library.articles.get(library.works.earlier(later.id) or "")
        )
        if earlier is None:
            refuse(f"{new}: no earlier version in the library; name one to compare with")
        found = changes(
            opening.analysed(earlier, settings, library), opening.analysed(later, settings, library)
        )
        for heading, section in found.sections:
            if as_json:
                for change in section or ():
                    print_json(_as_fields(heading, change))
            else:
                _print_section(heading, section or ())


def _print_section(heading: str, section: "Sequence[Change]") -> None:
    from pullquote.notes.changes import in_marks

    click.echo(heading.upper())
    for change in section:
        who = f"{change.who}: " if change.who else ""
        click.echo(f"{who}{in_marks(change.pieces)}")
    if not section:
        click.echo("no change")


def _as_fields(heading: str, change: "Change") -> dict[str, object]:
    return {
        "section": heading,
        "change": change.how,
        "who": change.who,
        "pieces": [{"how": how, "words": words} for how, words in change.pieces],
    }
