"""The command that asks what is said in all articles: said."""

import sys
from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.asking import (
    PAGE,
    asked,
    explain_names,
    explain_sites,
    print_statement,
    question_options,
    tell_page,
)
from pullquote.cli.opening import data_option, one_line_errors, tell
from pullquote.cli.output import write_utf_8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pullquote.library.said import Answer, Sort
    from pullquote.library.store import Library
    from pullquote.notes.questions import Question
    from pullquote.notes.sayings import Saying

_PATIENCE = 5.0  # seconds that a question waits for what is not indexed yet
_FORMS = ("table", "markdown", "html", "csv", "json", "csl-json")


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]…")
@question_options(completing.voices, completing.sites, completing.verdicts)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="table",
    show_default=True,
    help="A table for the terminal, or a dossier in one of these formats.",
)
@click.option(
    "--output", type=click.Path(), help="Write the dossier to this file instead of printing it."
)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.option("--rebuild", is_flag=True, help="Make the index anew before.")
@click.option("--wait", is_flag=True, help="Index all that is not yet before, however long.")
@data_option
def said(
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
    rebuild: bool,
    wait: bool,
    data: str | None,
    **lists: tuple[str, ...],
) -> None:
    """Ask who said what, in all articles.

    Finds the quotes and claims with all the words, or words that begin so, by relevance; a quote
    and the claims in it are one. An argument of several words is a phrase, and one with a minus
    before it must not occur (write -- before such). Conditions may stand among the words, too:
    by:NAME about:NAME site:SITE after:2016 before:2017-05 kind:claim sourcing:named verdict:false
    checkable. Each result has the id of its article. The exit status is 1 if nothing is found.
    """
    with one_line_errors():
        from pullquote.library.said import COUNTED

        library = opening.library(data, make=False)
        question = asked(words, since, until, checkable, lists)
        settle(library, rebuild, wait)
        output = None if output == "-" else output
        if form == "table" and output is None:
            size = PAGE if limit is None else limit or sys.maxsize
            answer = library.said.ask(question, size, (page - 1) * size, sort)
            explain(answer, question, library)
            print_sayings(answer.sayings)
            found = len(answer.sayings)
            tell_page(found, answer.total, COUNTED, page, size)
        else:
            found = _dossier(
                library, question, sort, limit or 0, page, "markdown" if form == "table" else form,
                output, force,
            )  # fmt: skip
    sys.exit(0 if found else 1)


def settle(library: "Library", rebuild: bool = False, wait: bool = False) -> None:
    """Index what is not yet, for a while, and tell what is left; all of it where `wait` says so."""
    if rebuild:
        watched("indexing", library.said.rebuild)
    patience = inf if wait else _PATIENCE
    watched("indexing", lambda watch: library.said.settle(watch, patience))
    if left := library.said.left().words:
        tell(f"{left}: not all of it is listed; pullquote said --wait indexes all")


def watched(label: str, work: "Callable[[Callable[[int, int], object]], object]") -> None:
    """Do what takes its time on a long library, with a bar on standard error."""
    bar = None

    def watch(done: int, whole: int) -> None:
        nonlocal bar
        if bar is None:
            bar = opening.progress(whole, label)
            bar.__enter__()
        bar.update(done - bar.pos)

    try:
        work(watch)
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)


def explain(answer: "Answer", question: "Question", library: "Library") -> None:
    """Tell whom a name stands for, and of what there is none; with a way out."""
    explain_names(answer.names, library.said.names_like)
    if question.sites and not answer.sites:
        explain_sites([name for name, _ in library.said.sites()])
    if not answer.total:
        tell(nothing(question, library))


def nothing(question: "Question", library: "Library") -> str:
    """That nothing is found, and what to do."""
    from pullquote.notes.questions import FIELDS

    if library.said.is_empty():
        return "no article here is analysed yet: pullquote analyze --library does that for all"
    words = [one for one in question.terms if not one.excluded]
    if unknown := next((one.text for one in words if ":" in one.text.strip(":")), ""):
        known = " ".join(f"{one}:" for one in FIELDS)
        return f"nothing found; “{unknown}” was looked for as words: conditions are {known}"
    if len(words) > 1:
        return "nothing found; leave out a word, or a condition"
    return "nothing found; try another word, its beginning, or fewer conditions"


def print_sayings(sayings: "Sequence[Saying]", speaker: bool = True) -> None:
    """Print statements as wide as the terminal: where, when, who, how.

    Where all are one's, without `speaker`, who says it is told only where that is doubtful.
    """
    for one in sayings:
        day = one.day if one.is_dated else f"added {one.day}"
        who = one.who if speaker or one.doubtful else ""
        head = (one.article[:8], day, one.site, who, one.cue, f"({', '.join(one.known)})")
        print_statement(head, one.words)


def _dossier(
    library: "Library",
    question: "Question",
    sort: "Sort",
    limit: int,
    page: int,
    form: str,
    output: str | None,
    force: bool,
) -> int:
    """Write a dossier; how many statements are in it."""
    from pullquote.formats.dossier import Dossier, put, written
    from pullquote.notes.questions import typed
    from pullquote.settings import expanded

    answer = library.said.ask(question, limit, (page - 1) * limit, sort)
    explain(answer, question, library)
    found: Sequence[Saying] = answer.sayings
    if not limit:
        found = tuple(library.said.every(question, "newest" if sort == "relevance" else sort))
    if not found:
        return 0
    dossier = Dossier(f"What is said: {typed(question)}".rstrip(": "), found)
    if output is not None:
        path = expanded(output)
        put(dossier, form, path, force, library.articles.origins)
        tell(f"wrote {path}")
    else:
        write_utf_8()
        for piece in written(dossier, form):
            click.echo(piece, nl=False)
    return len(found)
