"""The command that asks a corpus what is said: corpus said."""

import sys
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing
from pullquote.cli.asking import (
    PAGE,
    asked,
    explain_names,
    explain_sites,
    print_statement,
    question_options,
    tell_page,
)
from pullquote.cli.corpus_storage import storage_option
from pullquote.cli.opening import one_line_errors, tell
from pullquote.cli.tabled import output_options, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pullquote.corpus.asking import Answer, Row, Sort
    from pullquote.corpus.viewing import Connection
    from pullquote.notes.questions import Question


@click.command()
@click.argument("folder", metavar="FOLDER", shell_complete=completing.folders)
@click.argument("words", nargs=-1, metavar="[WORD]…")
@question_options()
@storage_option
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
    storage: dict[str, str],
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
        size = (PAGE if form == "table" else 0) if limit is None else limit
        with opened(folder, storage) as db:
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
    tell_page(shown, answer.total, COUNTED, page, size)
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

    answer = ask(db, question, 1, sort="newest")  # nothing is ranked
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

    explain_names(answer.names, lambda name: names_like(db, name))
    if question.sites and not answer.sites:
        explain_sites(sites(db))
    if not answer.total:
        tell("nothing found; try another word, its beginning, or fewer conditions")


def _print(rows: "list[Row]") -> None:
    """Print statements as wide as the terminal: where, when, who, how."""
    for row in rows:
        usual = row["commitment"] in ("", "asserted")
        checkable = "checkable" if row["checkable"] else ""
        known = (row["how"], "" if usual else row["commitment"], row["sourcing"], checkable,
                 row["verdict"])  # fmt: skip
        day = str(row["day"] or "undated")
        who = row["voice"] or row["speaker"]
        head = (row["article"], day, row["site"], who, row["cue"],
                f"({', '.join(filter(None, known))})")  # fmt: skip
        print_statement(filter(None, head), row["words"])
