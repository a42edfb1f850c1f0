"""The command for the voices of a corpus: corpus voices."""

import sys
from pathlib import Path

import click

from pullquote.cli import completing
from pullquote.cli.corpus_storage import storage_option
from pullquote.cli.opening import one_line_errors, tell
from pullquote.cli.tabled import output_options, put
from pullquote.cli.voices import KINDS
from pullquote.text import plural

_SHOWN = 50  # lines of a list


@click.command()
@click.argument("folder", metavar="FOLDER", shell_complete=completing.folders)
@click.argument("words", nargs=-1, metavar="[WORD]…")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="Only voices of this kind.")
@click.option("--limit", type=click.IntRange(1), default=_SHOWN, show_default=True,
              help="Maximum lines of the list.")  # fmt: skip
@click.option("--members", is_flag=True,
              help="In a file: a row for each actor of each article.")  # fmt: skip
@click.option("--apply", "corrected", metavar="FILE", type=click.Path(),
              help="Take in a file of voices, CSV or Parquet, put right by you.")  # fmt: skip
@storage_option
@output_options
def voices(
    folder: str,
    words: tuple[str, ...],
    kind: str | None,
    limit: int,
    members: bool,
    corrected: str | None,
    storage: dict[str, str],
    form: str,
    output: str | None,
    force: bool,
) -> None:
    """List who speaks or acts in the corpus in FOLDER, those in most articles first.

    As CSV, JSON or Parquet, all voices are written to be put right, a row for each name that
    articles call a voice. Change the column voice: the same name for two voices makes them one,
    another name for some rows of one makes them another voice. --apply takes the file in; what you
    have decided is kept in FOLDER/voices and holds for articles that are added later.
    """
    with one_line_errors():
        from pullquote.corpus.index import opened
        from pullquote.corpus.voice_table import listed, table

        if corrected is not None:
            _apply(folder, corrected, storage)
            return
        with opened(folder, storage) as db:
            is_list = form == "table" and not members
            rows = listed(db, " ".join(words), kind or "", limit) if is_list else table(db, members)
            found = put(rows, form, output, force)
        if not found:
            tell("no voice found; try another word, or its beginning")
    sys.exit(0 if found else 1)


def _apply(folder: str, corrected: str, storage: dict[str, str]) -> None:
    from pullquote.corpus.index import keep_decisions, opened
    from pullquote.corpus.voice_table import decided
    from pullquote.settings import expanded

    path = Path(expanded(corrected))
    with path.open("rb"):  # the system says best what is wrong with a file
        pass
    with opened(folder, storage) as db:
        decisions, lost = decided(db, path)
    keep_decisions(folder, decisions, storage)
    with opened(folder, storage):  # made anew with them
        pass
    tell(f"put right: {plural(len(decisions), 'row')}")
    if lost:
        tell(f"left out: {plural(lost, 'row')} of voices that are not there any more")
