"""The command that asks what is said in all articles: said."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.opening import data_option, one_line_errors, tell
from pullquote.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pullquote.library.said import Answer, Sort
    from pullquote.library.store import Library
    from pullquote.notes.questions import Question
    from pullquote.notes.sayings import Saying

# as the library and the formats have them, which help and completion do without
KINDS = ("quote", "claim", "direct", "mixed", "indirect", "hedged")
SOURCINGS = ("named", "institution", "official", "document", "anonymous", "unattributed")
_FORMS = ("table", "markdown", "html", "csv", "json", "csl-json")
SORTS = ("relevance", "newest", "oldest")
_PAGE = 50  # rows of a table


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]…")
@click.option(
    "--by",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.voices,
    help="Said by whoever has this name, or part of one. May be repeated, like those below.",
)
@click.option(
    "--about",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.voices,
    help="Said about them.",
)
@click.option("--since", metavar="DATE", help="From this year, month or day on (2016-08-03).")
@click.option("--until", metavar="DATE", help="To the end of this year, month or day.")
@click.option(
    "--site",
    "sites",
    multiple=True,
    metavar="SITE",
    shell_complete=completing.sites,
    help="On this site.",
)
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
    "--verdict",
    "verdicts",
    multiple=True,
    shell_complete=completing.verdicts,
    help="Only claims with this verdict; open: with none.",
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
    help=f"Maximum results: {_PAGE} in a table and all in a dossier, unless given. 0 is all.",
)
@click.option(
    "--page", type=click.IntRange(1), default=1, metavar="NUMBER", help="Further results."
)
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
        library = opening.library(data, make=False)
        question = asked(words, since, until, checkable, lists)
        watched("indexing", library.said.rebuild if rebuild else library.said.settle)
        if form == "table" and output is None:
            size = _PAGE if limit is None else limit or sys.maxsize
            answer = library.said.ask(question, size, (page - 1) * size, sort)
            explain(answer, question, library)
            _print_table(answer, page, size)
            found = len(answer.sayings)
        else:
            found = _dossier(
                library, question, sort, limit or 0, page, "markdown" if form == "table" else form,
                output, force,
            )  # fmt: skip
    sys.exit(0 if found else 1)


def asked(
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    checkable: bool,
    lists: dict[str, tuple[str, ...]],
) -> "Question":
    """What is asked, by the words with the conditions among them, and the options."""
    import msgspec

    from pullquote.notes.questions import bounds, understood

    typed = understood(" ".join(map(_phrase, words)))
    days = bounds({name: day for name, day in (("since", since), ("until", until)) if day})
    return msgspec.structs.replace(
        typed,
        checkable=typed.checkable or checkable,
        **days,
        **{name: (*getattr(typed, name), *values) for name, values in lists.items()},
    )


def _phrase(argument: str) -> str:
    """Several words of one argument stand in a row, unless they say otherwise themselves."""
    is_plain = not any(sign in argument for sign in (":", '"', " -"))
    return f'"{argument}"' if " " in argument.strip() and is_plain else argument


def watched(label: str, work: "Callable[[Callable[[int, int], object]], None]") -> None:
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
    for one in answer.names:
        called = [name for _, name in one.voices]
        if not called:
            like = ", ".join(f"“{name}”" for name in library.said.names_like(one.name))
            said = "no voice has this name"
            tell(f"{one.field} “{one.name}”: {said}{f'; did you mean {like}?' if like else ''}")
        elif [name.lower() for name in called] != [one.name.lower()]:
            more = f" and {len(called) - 5} more" if len(called) > 5 else ""
            tell(f"{one.field} “{one.name}”: {', '.join(called[:5])}{more}")
    if question.sites and not answer.sites:
        there = ", ".join(name for name, _ in library.said.sites()[:5])
        tell(f"no site is called so{f'; there are {there}, …' if there else ''}")
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
    """Print statements as wide as the terminal: where, when, who unless all are one's, how."""
    import shutil
    import textwrap

    width = max(40, shutil.get_terminal_size().columns)
    for one in sayings:
        day = one.day if one.is_dated else f"added {one.day}"
        who = one.speaker if speaker else ""
        head = (one.article[:8], day, one.site, who, one.cue, f"({', '.join(one.known)})")
        click.echo("  ".join(filter(None, map(one_line, head))))
        click.echo(textwrap.fill(one_line(one.words), width, initial_indent="  ",
                                 subsequent_indent="  ", break_on_hyphens=False))  # fmt: skip


def _print_table(answer: "Answer", page: int, size: int) -> None:
    print_sayings(answer.sayings)
    shown = len(answer.sayings)
    if answer.total > page * size:
        total = "more than 1,000" if answer.is_more else f"{answer.total:,}"
        first = (page - 1) * size + 1
        tell(f"{first:,} to {first + shown - 1:,} of {total}; --page {page + 1} shows the next")


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
        opening.write_utf_8()
        for piece in written(dossier, form):
            click.echo(piece, nl=False)
    return len(found)
