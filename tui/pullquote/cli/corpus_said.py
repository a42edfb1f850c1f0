"""The command that asks a corpus what is said: corpus said."""

import sys
from typing import TYPE_CHECKING

import click

from pullquote.cli.opening import one_line_errors, tell
from pullquote.cli.said import KINDS, SORTS, SOURCINGS, asked
from pullquote.cli.tabled import output_options, put
from pullquote.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pullquote.corpus.asking import Answer, Row, Sort
    from pullquote.corpus.viewing import Connection
    from pullquote.notes.questions import Question

_PAGE = 50  # rows of a table


@click.command()
@click.argument("folder", metavar="FOLDER")
@click.argument("words", nargs=-1, metavar="[WORD]…")
@click.option(
    "--by",
    multiple=True,
    metavar="NAME",
    help="Said by whoever has this name, or part of one. May be repeated, like those below.",
)
@click.option("--about", multiple=True, metavar="NAME", help="Said about them.")
@click.option("--since", metavar="DATE", help="From this year, month or day on (2016-08-03).")
@click.option("--until", metavar="DATE", help="To the end of this year, month or day.")
@click.option("--site", "sites", multiple=True, metavar="SITE", help="On this site.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Only quotes or claims, or what is said in this way.",
)
@click.option(
    "--sourcing",
    "sourcings",
    multiple=True,
    type=click.Choice(SOURCINGS),
    help="Only what is sourced so.",
)
@click.option(
    "--verdict", "verdicts", multiple=True, help="Only claims with this verdict; open: with none."
)
@click.option("--checkable", is_flag=True, help="Only facts that can be checked.")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="relevance",
    show_default=True,
    help="Order; without words, relevance is newest first.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"Maximum results: {_PAGE} in a table, all in other formats, unless given. 0 is all.",
)
@click.option(
    "--page", type=click.IntRange(1), default=1, metavar="NUMBER", help="Further results."
)
@output_options
def said(
    folder: str,
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    checkable: bool,
    sort: "Sort",
    limit: int | None,
    page: int,
    form: str,
    output: str | None,
    force: bool,
    **lists: tuple[str, ...],
) -> None:
    """Ask who said what in the corpus in FOLDER.

    Words and conditions are those of pullquote said: by:NAME about:NAME site:SITE after:2016
    before:2017-05 kind:claim sourcing:named checkable may stand among the words. The first question
    makes an index, which takes a while for many articles. All that is found comes by time where
    there is no limit. The exit status is 1 if nothing is found.
    """
    with one_line_errors():
        from pullquote.corpus.index import opened

        question = asked(words, since, until, checkable, lists)
        size = (_PAGE if form == "table" else 0) if limit is None else limit
        with opened(folder) as db:
            found = (
                _page(db, question, size, page, sort, form, output, force)
                if size
                else _all(db, question, sort, form, output, force)
            )
    sys.exit(0 if found else 1)


def _page(
    db: "Connection",
    question: "Question",
    size: int,
    page: int,
    sort: "Sort",
    form: str,
    output: str | None,
    force: bool,
) -> int:
    from pullquote.corpus.asking import COUNTED, ask

    answer = ask(db, question, size, (page - 1) * size, sort)
    _explain(db, answer, question)
    if form == "table" and output is None:
        _print(answer.rows)
    elif answer.rows:
        _put(iter(answer.rows), form, output, force)
    shown = len(answer.rows)
    if shown and answer.total > page * size:
        total = "more than 1,000" if answer.total > COUNTED else f"{answer.total:,}"
        first = (page - 1) * size + 1
        tell(f"{first:,} to {first + shown - 1:,} of {total}; --page {page + 1} shows the next")
    return shown


def _all(
    db: "Connection",
    question: "Question",
    sort: "Sort",
    form: str,
    output: str | None,
    force: bool,
) -> int:
    from pullquote.corpus.asking import ask, every

    answer = ask(db, question, 1)
    _explain(db, answer, question)
    rows = every(db, question, "newest" if sort == "relevance" else sort)
    if not answer.rows:
        return 0
    if form == "table" and output is None:
        for row in rows:
            _print([row])
        return 1
    return _put(rows, form, output, force)


def _put(rows: "Iterator[Row]", form: str, output: str | None, force: bool) -> int:
    from pullquote.corpus.arrow import batches
    from pullquote.corpus.asking import schema

    return put(batches(rows, schema()), form, output, force)


def _explain(db: "Connection", answer: "Answer", question: "Question") -> None:
    """Tell whom a name stands for, and of what there is none."""
    from pullquote.corpus.asking import names_like, sites

    for one in answer.names:
        called = [name for _, name in one.voices]
        if not called:
            like = ", ".join(f"“{name}”" for name in names_like(db, one.name))
            tell(
                f"{one.field} “{one.name}”: no voice has this name"
                f"{f'; did you mean {like}?' if like else ''}"
            )
        elif [name.lower() for name in called] != [one.name.lower()]:
            more = f" and {len(called) - 5} more" if len(called) > 5 else ""
            tell(f"{one.field} “{one.name}”: {', '.join(called[:5])}{more}")
    if question.sites and not answer.sites:
        there = ", ".join(sites(db)[:5])
        tell(f"no site is called so{f'; there are {there}, …' if there else ''}")
    if not answer.total:
        tell("nothing found; try another word, its beginning, or fewer conditions")


def _print(rows: "list[Row]") -> None:
    """Print statements as wide as the terminal: where, when, who, how."""
    import shutil
    import textwrap

    width = max(40, shutil.get_terminal_size().columns)
    for row in rows:
        usual = row["commitment"] in ("", "asserted")
        checkable = "checkable" if row["checkable"] else ""
        known = (row["how"], "" if usual else row["commitment"], row["sourcing"], checkable,
                 row["verdict"])  # fmt: skip
        day = str(row["day"] or "undated")
        who = row["voice"] or row["speaker"]
        head = (row["article"], day, row["site"], who, row["cue"],
                f"({', '.join(filter(None, known))})")  # fmt: skip
        click.echo("  ".join(filter(None, map(one_line, filter(None, head)))))
        click.echo(textwrap.fill(one_line(row["words"]), width, initial_indent="  ",
                                 subsequent_indent="  ", break_on_hyphens=False))  # fmt: skip
