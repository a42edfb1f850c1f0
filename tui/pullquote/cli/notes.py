"""The commands that write and read notes: export and import."""

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, gathering, opening
from pullquote.cli.opening import DAY, data_option, day, one_line_errors, refuse, tell
from pullquote.cli.outcomes import Telling
from pullquote.formats.registry import FORMATS, listed_formats
from pullquote.settings import Settings, expanded
from pullquote.text import one_line

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pullquote.formats.form import Items
    from pullquote.formats.selection import Selection
    from pullquote.library.imports import Begun
    from pullquote.library.store import Library

# --- export


class _Export(click.Command):
    """A command whose help lists the formats, with what each is for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formats, broken = listed_formats()
        with formatter.section("Formats"):
            formatter.write_dl([(one.name, one.description) for one in formats])
        for line in broken:
            formatter.write_paragraph()
            formatter.write_text(line)


def _kinds(ctx: click.Context, param: click.Parameter | None, incomplete: str) -> list[str]:
    from pullquote.formats.selection import kinds

    return [one for one in kinds(opening.settings()) if one.startswith(incomplete)]


def _forms(
    ctx: click.Context, param: click.Parameter | None, incomplete: str
) -> "list[CompletionItem[str]]":
    """The formats, each with what it is for."""
    from click.shell_completion import CompletionItem

    purposes = {one.name: one.description for one in listed_formats()[0]}
    names = [*purposes, *(name for name in FORMATS if name not in purposes)]
    return [
        CompletionItem(name, help=purposes.get(name))
        for name in names
        if name.startswith(incomplete)
    ]


@click.command("export", cls=_Export)
@click.argument("sources", nargs=-1, metavar="[SOURCE]…", shell_complete=completing.sources)
@click.option("--all", "everything", is_flag=True, help="Export the whole library.")
@click.option(
    "--every-version",
    is_flag=True,
    help="With --all, also the earlier versions of articles that have changed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    shell_complete=_forms,
    metavar="FORMAT",
    default="markdown",
    show_default=True,
    help="Output format, from the list below.",
)
@click.option(
    "--output",
    type=click.Path(),
    help="Write to this file or folder (FOLDER/) instead of standard output (-).",
)
@click.option(
    "--tag",
    "tags",
    multiple=True,
    shell_complete=completing.tags,
    help="Only annotations with this tag. May be repeated, like --kind and --actor.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    shell_complete=_kinds,
    help="Only this kind: highlight, note, tag, verdict, correction, or a highlight's name.",
)
@click.option(
    "--actor",
    "actors",
    multiple=True,
    shell_complete=completing.voices,
    help="Only what this actor says, and annotations on it.",
)
@click.option("--since", type=DAY, help="Only annotations made on or after this day.")
@click.option("--until", type=DAY, help="Only annotations made on or before this day.")
@click.option(
    "--every-stance",
    is_flag=True,
    help="Also quotes and claims of what is thought, felt, wanted, decided or perceived.",
)
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@opening.mend_option
@data_option
def export(
    sources: tuple[str, ...],
    everything: bool,
    every_version: bool,
    form: str,
    output: str | None,
    tags: tuple[str, ...],
    kinds: tuple[str, ...],
    actors: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    every_stance: bool,
    force: bool,
    data: str | None,
) -> None:
    """Export articles with their findings and your annotations.

    SOURCE is a file, a URL, or an article's id in the library. Without --output, everything goes to
    standard output; a folder gets one file per article, and a new version of an article goes into
    the file that was written before.
    """
    from pullquote.formats import each_once, pieces, put

    if bool(sources) == everything:
        raise click.UsageError("name the articles to export, or --all")
    if every_version and not everything:
        raise click.UsageError("--every-version goes with --all")
    with one_line_errors():
        settings, library = opening.settings(), opening.library(data, make=not everything)
        chosen = _selection(settings, tags, kinds, actors, since, until)
        wanted = FORMATS[form]
        with_findings = wanted.needs_findings or bool(actors)
        versions = gathering.versions_in(library, every_version)
        every = (
            chain(
                gathering.all_readings(chosen, settings, library, versions, every_version),
                gathering.waiting(library, wanted.whole),
            )
            if everything
            else gathering.named(sources, settings, library, versions, with_findings)
        )
        selected = (chosen.of(reading, settings) for reading in every)
        readings, several = gathering.looked_ahead(each_once(filter(None, selected)))
        if output is not None and output != "-":
            several = wanted.single and (several or (everything and not Path(output).suffix))
            place = _place(output, several)
            own = partial(_own, sources, library)
            for path in put(readings, form, settings, place, force, every_stance, own, versions):
                tell(f"wrote {path}")
            return
        if wanted.single and several:
            refuse(
                f"{form} holds one article per file; name a folder with --output to export several"
            )
        for piece in pieces(readings, form, settings, every_stance):
            # Written as bytes: CSV has its own line ends, and some formats are not text.
            click.echo(piece.encode() if isinstance(piece, str) else piece, nl=False)


def _selection(
    settings: Settings,
    tags: tuple[str, ...],
    kinds: tuple[str, ...],
    actors: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
) -> "Selection":
    """What the options select. Raises `click.UsageError` for an unknown kind."""
    from pullquote.formats.selection import Selection
    from pullquote.formats.selection import kinds as known_kinds

    known = known_kinds(settings)
    for kind in set(kinds) - set(known):
        raise click.UsageError(f"unknown kind {kind!r}; known: {', '.join(known)}")
    return Selection(
        tags=frozenset(tag.lstrip("#") for tag in tags),
        kinds=frozenset(kinds),
        actors=actors,
        since=day(since),
        until=day(until),
    )


def _own(sources: tuple[str, ...], library: "Library") -> Iterator[Path]:
    """The files that articles were read from, which no export may overwrite."""
    yield from library.articles.origins()
    for source in sources:
        with suppress(OSError):
            yield expanded(source)


def _place(output: str, several: bool) -> Path:
    """The output path: a folder, created if necessary, for several files or after a slash."""
    path = expanded(output)
    if several or output.endswith(("/", os.sep)):
        if os.path.isfile(path):
            refuse(f"{output}: is a file, not a folder; choose another name")
        path.mkdir(parents=True, exist_ok=True)
    return path


# --- import


@click.command("import")
@click.argument("files", nargs=-1, metavar="[FILE]…", shell_complete=completing.files)
@click.option(
    "--onto",
    metavar="SOURCE",
    shell_complete=completing.sources,
    help="The article the notes belong to, if the file does not say.",
)
@click.option("--waiting", is_flag=True, help="List the notes that wait for their article.")
@click.option(
    "--drop",
    "dropped",
    multiple=True,
    metavar="ID",
    shell_complete=completing.waiting,
    help="Let this waiting note go (or all of them: all). May be repeated.",
)
@click.option("--undo", is_flag=True, help="Take back what the last import brought.")
@data_option
def import_(
    files: tuple[str, ...],
    onto: str | None,
    waiting: bool,
    dropped: tuple[str, ...],
    undo: bool,
    data: str | None,
) -> None:
    """Import highlights and notes, also those of other programs.

    Reads pullquote's own JSON, W3C Web Annotations, Hypothesis (exports, API answers, JSON Lines),
    Kindle's My Clippings.txt, KOReader's metadata, Readwise's CSV, and Markdown notes of Zotero and
    Obsidian; the format is recognised from the content. A note may be imported, a duplicate,
    orphaned (no certain place for it in the text), skipped or refused; if its article is not in the
    library, it waits until that comes. Existing notes are left alone, so importing a file twice
    changes nothing. The exit status is 1 if a note was refused, 2 if a file could not be read.
    """
    from pullquote.cli import waiting as waiting_notes

    if sum((bool(files), waiting, bool(dropped), undo)) != 1:
        raise click.UsageError("name the files to import, or one of --waiting, --drop and --undo")
    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        if waiting:
            waiting_notes.list_all(library)
        elif dropped:
            waiting_notes.drop(library, dropped)
        elif undo:
            waiting_notes.undo(library)
        else:
            _import_all(files, onto, settings, library)


def _import_all(
    files: tuple[str, ...], onto: str | None, settings: Settings, library: "Library"
) -> None:
    """Import the files, and say what became of what is in them.

    The status is 1 if a note was refused, 2 if a file could not be read.
    """
    from pullquote.library.importing import Outcome

    article = opening.article(onto, settings, library).id if onto else ""
    told = Telling()
    problems = [_import(file, article, settings, library, told) for file in files]
    problems = [one for one in problems if one]
    summary = told.summary()
    if summary or not problems:
        click.echo(summary or "no notes to import")
    if told.outcomes[Outcome.WAITING]:
        tell("what waits finds its place when its article is opened; import --waiting lists it")
    for problem in problems:
        tell(problem)
    sys.exit(2 if problems else 1 if told.outcomes[Outcome.REFUSED] else 0)


def _import(file: str, article: str, settings: Settings, library: "Library", told: Telling) -> str:
    """Import a file, article by article, counting the outcomes.

    Returns what is wrong with the file; "" if nothing is.
    """
    from pullquote.formats.importers import NotThisFormat, TooLarge, read_each
    from pullquote.library.imports import Begun

    begun = Begun.of(one_line(file))
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else expanded(file).open("rb") as source:
            for items in read_each(source, settings.max_bytes):
                _bring_in(items, article, library, told, begun)
    except NotThisFormat as error:
        return f"{file}: {error}"
    except TooLarge:
        return f"{file}: larger than {settings.max_bytes:,} bytes; raise max_bytes in the settings"
    except (OSError, ValueError) as error:
        return (
            f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}; check the path"
        )
    return ""


def _bring_in(items: "Items", onto: str, library: "Library", told: Telling, begun: "Begun") -> None:
    from pullquote.library.importing import bring_in, place_waiting

    for one in items.articles:
        if library.articles.get(one.id) is None:
            library.articles.save(one, is_opened=False)
            place_waiting(library, one.id)
    with opening.progress(len(items.notes), "importing") as bar:
        results = bring_in(library, items.notes, onto, lambda: bar.update(1), begun)
    for result in results:
        told.add(result)
