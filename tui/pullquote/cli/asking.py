"""What asking the library and asking a corpus have in common: the options, and what is told.

`pullquote said` and `pullquote corpus said` take the same words and conditions, and say in the same
words whom a name stands for.
"""

import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import click

from pullquote.cli.opening import tell
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.notes.questions import Question

# as the library and the formats have them, which help and completion do without
_KINDS = ("quote", "claim", "direct", "mixed", "indirect", "hedged")
_SOURCINGS = ("named", "institution", "official", "document", "anonymous", "unattributed")
_SORTS = ("relevance", "newest", "oldest")
PAGE = 50  # rows of a table
_LISTED = 5  # voices or sites that a line names

Completes = Callable[[click.Context, click.Parameter, str], Any]


class Named(Protocol):
    """What a name in a question stands for."""

    @property
    def field(self) -> str:
        """by or about"""

    @property
    def name(self) -> str: ...
    @property
    def voices(self) -> tuple[tuple[int, str], ...]:
        """The number of each, and what it is called."""


_Option = Callable[[Callable[..., Any]], Callable[..., Any]]
# those that nothing is completed in
_PLAIN: tuple[_Option, ...] = (
    click.option("--checkable", is_flag=True, help="Only facts that can be checked."),
    click.option(
        "--sort", type=click.Choice(_SORTS), default="relevance", show_default=True,
        help="Order; without words, relevance is newest first.",
    ),
    click.option(
        "--limit", type=click.IntRange(0),
        help=f"Maximum results: {PAGE} in a table, all in other formats, unless given. "
        "0 is all.",
    ),
    click.option(
        "--page", type=click.IntRange(1, 1_000_000), default=1, metavar="NUMBER",
        help="Further results.",
    ),
)  # fmt: skip


def question_options(
    voices: Completes | None = None,
    sites: Completes | None = None,
    verdicts: Completes | None = None,
) -> _Option:
    """The conditions of a question, its order and its pages.

    Args:
        voices: Completes names.
        sites: Completes sites.
        verdicts: Completes verdicts.
    """
    options: tuple[_Option, ...] = (
        click.option(
            "--by", multiple=True, metavar="NAME", shell_complete=voices,
            help="Said by whoever has this name, or part of one. "
            "May be repeated, like those below.",
        ),
        click.option(
            "--about", multiple=True, metavar="NAME", shell_complete=voices,
            help="Said about them.",
        ),
        click.option(
            "--since", metavar="DATE", help="From this year, month or day on (2016-08-03)."
        ),
        click.option(
            "--until", metavar="DATE", help="To the end of this year, month or day."
        ),
        click.option(
            "--site", "sites", multiple=True, metavar="SITE", shell_complete=sites,
            help="On this site.",
        ),
        click.option(
            "--kind", "kinds", multiple=True, type=click.Choice(_KINDS),
            help="Only quotes or claims, or what is said in this way.",
        ),
        click.option(
            "--sourcing", "sourcings", multiple=True, type=click.Choice(_SOURCINGS),
            help="Only what is sourced so.",
        ),
        click.option(
            "--verdict", "verdicts", multiple=True, shell_complete=verdicts,
            help="Only claims with this verdict; open: with none.",
        ),
        *_PLAIN,
    )  # fmt: skip

    def with_options(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


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


def explain_names(names: Iterable[Named], like: Callable[[str], Iterable[str]]) -> None:
    """Tell whom each name stands for; where it is nobody, those whose names are like it."""
    for one in names:
        called = [name for _, name in one.voices]
        if not called:
            similar = ", ".join(f"“{name}”" for name in like(one.name))
            way_out = f"; did you mean {similar}?" if similar else ""
            tell(f"{one.field} “{one.name}”: no voice has this name{way_out}")
        elif [name.lower() for name in called] != [one.name.lower()]:
            more = f" and {len(called) - _LISTED} more" if len(called) > _LISTED else ""
            tell(f"{one.field} “{one.name}”: {', '.join(called[:_LISTED])}{more}")


def explain_sites(sites: Sequence[str]) -> None:
    """Tell that no site is called as the question says, with some that there are."""
    there = ", ".join(sites[:_LISTED])
    tell(f"no site is called so{f'; there are {there}, …' if there else ''}")


def print_statement(head: Iterable[str], words: str) -> None:
    """Print a statement as wide as the terminal: where, when, who, how; below it the words."""
    width = max(40, shutil.get_terminal_size().columns)
    click.echo("  ".join(filter(None, map(one_line, head))))
    click.echo(textwrap.fill(one_line(words), width, initial_indent="  ",
                             subsequent_indent="  ", break_on_hyphens=False))  # fmt: skip


def tell_page(shown: int, total: int, counted: int, page: int, size: int) -> None:
    """Tell which results a page has shown, if there are more.

    Args:
        shown: How many results are on the page.
        total: How many there are.
        counted: As far as they were counted.
        page: Its number, from 1.
        size: Results of a page.
    """
    if shown and total > page * size:
        whole = f"more than {counted:,}" if total > counted else f"{total:,}"
        first = (page - 1) * size + 1
        tell(f"{first:,} to {first + shown - 1:,} of {whole}; --page {page + 1} shows the next")
