"""Commands over the library: export, import, search, list, and what changed between two versions."""

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.opening import data_option, refuse, said
from tui.settings import Settings
from tui.text import one_line

if TYPE_CHECKING:
    from tui.library.reading import Reading
    from tui.library.store import Entry, Library

# The names of `tui.export.EXPORTERS`, which is imported only where something is exported.
FORMATS = (
    "markdown",
    "csv",
    "json",
    "text",
    "html",
    "obsidian",
    "readwise",
    "webannotation",
    "hypothesis",
    "worksheet",
    "claimreview",
    "brat",
    "csl-json",
    "bibtex",
    "jsonl-corrections",
    "spacy",
)
_DAY = click.DateTime(["%Y-%m-%d"])


def _day(when: datetime | None) -> str:
    return when.date().isoformat() if when else ""


# --- out


@click.command("export")
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option("--all", "everything", is_flag=True, help="The whole library.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="markdown", show_default=True, help="Which form.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="Write to this file, or into this folder, not standard output."
)
@click.option(
    "--tag", "tags", multiple=True, help="Only notes with this tag; may be given several times, as those below."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Only these: highlight, note, tag, verdict, correction, or a kind of highlight.",
)
@click.option("--actor", "actors", multiple=True, help="Only what this actor says, and notes on it.")
@click.option("--since", type=_DAY, help="Only notes made on this day or later.")
@click.option("--until", type=_DAY, help="Only notes made on this day or earlier.")
@click.option(
    "--every-stance", is_flag=True, help="Also quotes and claims of what is thought, felt, wanted, decided, seen."
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@data_option
def export(
    sources: tuple[str, ...],
    everything: bool,
    form: str,
    output: Path | None,
    tags: tuple[str, ...],
    kinds: tuple[str, ...],
    actors: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    every_stance: bool,
    force: bool,
    data: str | None,
) -> None:
    """Write SOURCEs, or the articles of those ids in the library, with what was found and your notes.

    To standard output, to a file, or into a folder with a file for each article.
    """
    from tui.export import EXPORTERS, put
    from tui.export import export as exported
    from tui.export.selection import Selection
    from tui.export.selection import kinds as known_kinds

    if bool(sources) == everything:
        raise click.UsageError("name the articles to export, or --all")
    with said():
        settings, library = opening.settings(), opening.library(data)
        for kind in set(kinds) - set(known_kinds(settings)):
            raise click.UsageError(f"unknown kind {kind!r}; known: {', '.join(known_kinds(settings))}")
        chosen = Selection(
            tags=frozenset(tag.lstrip("#") for tag in tags),
            kinds=frozenset(kinds),
            actors=actors,
            since=_day(since),
            until=_day(until),
        )
        every = (chosen.of(one, settings) for one in _readings(sources, settings, library))
        readings = [one for one in every if one]
        if not readings:
            refuse("nothing to export: no article has such notes")
        if output is not None:
            for path in put(readings, form, settings, output, force, every_stance):
                click.echo(f"wrote {path}", err=True)
            return
        if EXPORTERS[form].single and len(readings) > 1:
            refuse(f"{form} has an article a file: name a folder with --output for {len(readings)} articles")
        content = exported(readings, form, settings, every_stance)
        # As it is: CSV has its own line ends, and some formats are not text.
        written = content.encode() if isinstance(content, str) else content
        sys.stdout.buffer.write(written)


def _readings(sources: tuple[str, ...], settings: Settings, library: "Library") -> list["Reading"]:
    """The readings named; or of the whole library, of which what was never analysed is not analysed now."""
    if sources:
        return [opening.analysed(opening.article(one, settings, library), settings, library) for one in sources]
    articles = (library.article(entry.id) for entry in library.entries())
    return [opening.reading(article, settings, library) for article in articles if article]


# --- in


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--onto", metavar="SOURCE", help="The article that the notes are on, where the file does not say.")
@data_option
def import_(files: tuple[str, ...], onto: str | None, data: str | None) -> None:
    """Bring in notes from FILEs: our own JSON, W3C Web Annotations, or a Hypothesis export.

    Each note is told of: imported, a duplicate, orphaned (its words are not in the text) or refused, with the reason. What is
    there already is left alone, so that a second import changes nothing. The exit status is 1 where something was refused.
    """
    from tui.export.importers import NotThisFormat, read
    from tui.library.importing import Outcome, bring_in

    with said():
        settings, library = opening.settings(), opening.library(data)
        article = opening.article(onto, settings, library).id if onto else ""
        counts: Counter[str] = Counter()
        for file in files:
            try:
                items = read(_bytes(file, settings))
            except NotThisFormat as error:
                refuse(f"{one_line(file)}: {error}")
            for article_of in items.articles:
                library.keep(article_of)
            for findings in items.findings:
                library.keep_findings(*findings)
            for result in bring_in(library, items.notes, article):
                counts[result.outcome] += 1
                if result.outcome is not Outcome.IMPORTED:
                    words = one_line(result.words)[:60]
                    click.echo(f"{result.outcome}: {f'“{words}”: ' if words else ''}{result.reason}", err=True)
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
        click.echo(told or "nothing in it")
    sys.exit(1 if counts[Outcome.REFUSED] else 0)


def _bytes(file: str, settings: Settings) -> bytes:
    """What stands in a file, or on standard input."""
    name = one_line(file)
    try:
        data = sys.stdin.buffer.read(settings.max_bytes + 1) if file == "-" else Path(file).read_bytes()
    except OSError as error:
        refuse(f"{name}: cannot be read: {error.strerror or error}; check the path")
    if len(data) > settings.max_bytes:
        refuse(f"{name}: larger than {settings.max_bytes:,} bytes; raise max_bytes in the settings")
    return data


# --- search, list, diff


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--notes", "only_notes", is_flag=True, help="Only in your notes, not in the articles' own words.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="So many of each.")
@data_option
def search(words: tuple[str, ...], only_notes: bool, limit: int, data: str | None) -> None:
    """Search all notes, tags and articles for WORDS; the exit status is 1 where nothing is found.

    All words must be there; the beginning of a word is enough. Notes come first, the newest first.
    """
    with said():
        hits = opening.library(data).search(" ".join(words), limit)
        hits = tuple(hit for hit in hits if hit.note or not only_notes)
        for hit in hits:
            tags = " ".join(f"#{tag}" for tag in hit.note.tags) if hit.note else ""
            mark = "*" if hit.note else " "
            click.echo("  ".join(filter(None, (hit.article[:8], mark, one_line(hit.words), tags, f"({hit.title})"))))
    sys.exit(0 if hits else 1)


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
    "--sort", type=click.Choice(list(_SORTS)), default="opened", show_default=True, help="By what, the most first."
)
@click.option("--reverse", is_flag=True, help="The other way round.")
@click.option("--tag", help="Only articles with a note of this tag.")
@click.option("--site", help="Only articles of a site with this in its name.")
@click.option("--with-notes", is_flag=True, help="Only articles with notes of yours.")
@click.option("--unfinished", is_flag=True, help="Only articles not read to the end.")
@click.option("--since", type=_DAY, help="Only articles opened on this day or later.")
@click.option("--until", type=_DAY, help="Only articles opened on this day or earlier.")
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
    data: str | None,
) -> None:
    """List the articles in the library: id, when last opened, how far read, how many notes, title.

    It is the journal of your reading; opening an article goes on where it was left.
    """
    with said():
        library = opening.library(data)
        tagged = library.tagged(tag.lstrip("#")) if tag else frozenset()
        entries = [
            entry
            for entry in library.entries()
            if (not tag or entry.id in tagged)
            and (not site or site.lower() in entry.site.lower())
            and (not with_notes or entry.notes)
            and (not unfinished or not entry.finished)
            and (not since or entry.opened[:10] >= _day(since))
            and (not until or entry.opened[:10] <= _day(until))
        ]
        if not entries:
            click.echo("No such article in the library; pullquote SOURCE reads one.", err=True)
        field, falling = _SORTS[sort]
        entries.sort(key=lambda entry: getattr(entry, field), reverse=falling is not reverse)
        for entry in entries:
            click.echo(_line(entry))


def _line(entry: "Entry") -> str:
    notes = f"{entry.notes} note{'s' * (entry.notes != 1)}"
    read = "read" if entry.finished else f"{entry.read:.0%}"
    about = " · ".join(filter(None, (entry.site, entry.published)))
    versions = f"(version of {entry.versions})" if entry.versions > 1 else ""
    title = entry.title or entry.source or "Untitled"
    ones = (entry.id[:8], entry.opened[:10], f"{read:>4}", f"{notes:>9}", title, about, versions)
    return "  ".join(filter(None, ones))


@click.command()
@click.argument("new")
@click.argument("old", required=False)
@data_option
def diff(new: str, old: str | None, data: str | None) -> None:
    """Show what changed in NEW since the version before, or since OLD: quotes and claims first, then the text.

    Both are sources or ids of the library. What was taken out stands in [-…-], what was put in in {+…+}.
    """
    from tui.library.changes import How, changes

    with said():
        settings, library = opening.settings(), opening.library(data)
        later = opening.article(new, settings, library)
        earlier = opening.article(old, settings, library) if old else library.article(library.earlier(later.id) or "")
        if earlier is None:
            refuse(f"{one_line(new)}: no earlier version of it in the library; name one")
        found = changes(opening.analysed(earlier, settings, library), opening.analysed(later, settings, library))
        marks = {How.KEPT: "{}", How.ADDED: "{{+{}+}}", How.REMOVED: "[-{}-]"}
        for heading, ones in (("QUOTES", found.quotes), ("CLAIMS", found.claims), ("TEXT", found.text)):
            click.echo(heading)
            for one in ones or ():
                words = "".join(marks[how].format(words) for how, words in one.pieces)
                click.echo(f"{f'{one.who}: ' if one.who else ''}{words}")
            if not ones:
                click.echo("no change")
