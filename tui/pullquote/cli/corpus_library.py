"""The commands between a corpus and the library: corpus to-library, corpus from-library."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.corpus_storage import storage_option
from pullquote.cli.opening import data_option, one_line_errors, tell
from pullquote.text import plural

if TYPE_CHECKING:
    from pullquote.corpus.tables import Rows
    from pullquote.library.store import Library

_ORIGIN = "pullquote library"  # what a corpus of the library says that it was made of


@click.command("to-library")
@click.argument("folder", metavar="FOLDER", shell_complete=completing.folders)
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@storage_option
@data_option
def to_library(
    folder: str, ids: tuple[str, ...], storage: dict[str, str], data: str | None
) -> None:
    """Put articles of the corpus in FOLDER into the library, with what was found in them.

    ID is what pullquote corpus said has before each result. The id in the library is printed:
    pullquote ID opens the article, and need not analyse it where the corpus was made by the same
    version and model.
    """
    with one_line_errors():
        from pullquote.analysis import analyser
        from pullquote.corpus.keeping import read

        library = opening.library(data)
        ours = analyser(opening.settings().model)
        for article, found in read(folder, ids, storage):
            library.articles.save(article, is_opened=False)
            if library.findings.of(article.id, found.analyser) is None:
                library.findings.save(article.id, found)
            click.echo(article.id)
            if found.analyser != ours:
                tell(f"{article.id}: was analysed by {found.analyser}; opening it analyses it anew")


@click.command("from-library")
@click.option(
    "--out",
    "folder",
    metavar="FOLDER",
    required=True,
    shell_complete=completing.folders,
    help="The folder to write to.",
)
@storage_option
@data_option
def from_library(folder: str, storage: dict[str, str], data: str | None) -> None:
    """Write the library as a corpus: its analysed articles, corrections applied, with verdicts.

    Articles that are not analysed are left out, and counted. Written again to the same folder, it
    is as the library is then.
    """
    with one_line_errors():
        from pullquote.analysis import analyser
        from pullquote.corpus.keeping import write

        library = opening.library(data, make=False)
        ours = analyser(opening.settings().model)
        count = write(folder, _ORIGIN, ours, _rows(library, ours), storage)
        tell(f"wrote {folder}: {plural(count, 'article')}")
        if left := len(library.articles.without_findings(ours)):
            tell(f"{left:,} not analysed yet are left out; pullquote analyze --library does that")


def _rows(library: "Library", analyser: str) -> "Iterator[Rows]":
    """The rows of all analysed articles, one after the other."""
    from pullquote.corpus.tables import rows

    with opening.progress(library.articles.count(), "writing") as bar:
        for identity, _ in library.articles.titles():
            reading = library.reading(identity, analyser)
            if reading is not None and reading.machine is not None:
                yield rows(identity, reading.article, reading.machine, reading.annotations)
            bar.update(1)
