"""The commands that ask the tables of a corpus: corpus audit, corpus sql."""

import sys

import click

from pullquote.cli import completing
from pullquote.cli.corpus_storage import storage_option
from pullquote.cli.opening import one_line_errors
from pullquote.cli.tabled import output_options, put

_BY = ("site", "month", "year")


@click.command()
@click.argument("folder", metavar="FOLDER", shell_complete=completing.folders)
@click.option("--by", type=click.Choice(_BY), default="site", show_default=True,
              help="What a row is of.")  # fmt: skip
@storage_option
@output_options
def audit(
    folder: str, by: str, storage: dict[str, str], form: str, output: str | None, force: bool
) -> None:
    """Count the sources of the corpus in FOLDER: a row a site, month or year.

    Articles, words and speakers; how many of the speakers are persons with a name, organisations,
    documents, and anonymous. Women and men are told by given names alone: a guess, which leaves out
    whoever's name tells nothing. The other formats also count quotes, claims and replies.
    """
    with one_line_errors():
        from pullquote.corpus.auditing import audited
        from pullquote.corpus.index import with_tables

        with with_tables(folder, storage) as (db, _):
            found = put(audited(db, by, form == "table"), form, output, force)
    sys.exit(0 if found else 1)


@click.command()
@click.argument("folder", metavar="FOLDER", shell_complete=completing.folders)
@click.argument("query", metavar="QUERY")
@storage_option
@output_options
def sql(
    folder: str, query: str, storage: dict[str, str], form: str, output: str | None, force: bool
) -> None:
    """Ask the corpus in FOLDER in SQL, as DuckDB has it; - reads the QUERY from standard input.

    The tables are articles, actors, mentions, attributions, quotes, claims, warnings, replies,
    said, signatures, errors, inputs, duplicates where they are marked, and voices with their
    members; docs/corpus-columns.md has their columns, docs/corpus.md those of the last two. A query
    reads them and nothing else, and changes nothing. The exit status is 1 if there are no rows.

    \b
    pullquote corpus sql FOLDER "SELECT site, count(*) AS said FROM said GROUP BY site"
    """
    with one_line_errors():
        from pullquote.corpus.arrow import answered
        from pullquote.corpus.index import with_tables
        from pullquote.corpus.viewing import checked, lock

        asked = sys.stdin.read() if query == "-" else query
        with with_tables(folder, storage) as (db, files):
            lock(db, files)
            found = put(answered(db, checked(db, asked)), form, output, force)
    sys.exit(0 if found else 1)
