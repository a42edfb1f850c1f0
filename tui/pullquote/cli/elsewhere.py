"""The command that finds the same words in other articles: elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from pullquote.cli import completing, opening
from pullquote.cli.ids import identified
from pullquote.cli.opening import data_option, one_line_errors, tell
from pullquote.cli.output import write_utf_8
from pullquote.cli.said import settle
from pullquote.text import one_line

if TYPE_CHECKING:
    from pullquote.library.elsewhere import Place, Quoted
    from pullquote.library.store import Library

    Found = tuple[Quoted, tuple[Place, ...]]

_LIMIT = 50  # quotations


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]…", shell_complete=completing.ids)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=_LIMIT,
    show_default=True,
    help="Maximum quotations; 0 is all.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="Lines for the terminal, or one JSON object a quotation.",
)
@data_option
def elsewhere(ids: tuple[str, ...], limit: int, form: str, data: str | None) -> None:
    """Find quotations whose words stand in other articles, too.

    ID is an article's id in the library; without one, all articles are looked into, the newest
    first. Under each quotation are the places, the earliest first: the same words, or cut or
    changed, who says them there if somebody else, and words that differ. Nothing is said of a
    quotation under five words. The exit status is 1 if nothing is found.
    """
    with one_line_errors():
        library = opening.library(data, make=False)
        settle(library)
        articles = [identified(one, library) for one in ids] or library.elsewhere.articles()
        if form == "json":
            write_utf_8()
        show = {"table": _lines, "json": _json}[form]
        is_any = False
        for found in islice(_found(library, articles), limit or None):
            is_any = True
            for line in show(*found):
                click.echo(line)
        if not is_any:
            tell("no quotation stands in another article, too")
    sys.exit(0 if is_any else 1)


def _found(library: "Library", articles: Iterable[str]) -> "Iterator[Found]":
    for article in articles:
        for quoted in library.elsewhere.quotations(article):
            if places := library.elsewhere.places(quoted):
                yield quoted, places


def _lines(quoted: "Quoted", places: "tuple[Place, ...]") -> Iterator[str]:
    from pullquote.notes.collation import Likeness

    yield f"{quoted.article[:8]}  {one_line(quoted.who)}: {quoted.words}"
    for one in places:
        known = (
            one.collation.remark,
            f"said by {one.who}" if one.is_another else "",
            one.when,
            f"{one.site or one.title}, {one.day}{'' if one.is_dated else ' (added)'}",
            one.title if one.site else "",
        )
        yield f"  {one.article[:8]}  {' · '.join(filter(None, known))}"
        if one.collation.likeness is not Likeness.SAME:
            yield f"            {one.words}"


def _json(quoted: "Quoted", places: "tuple[Place, ...]") -> Iterator[str]:
    import msgspec

    value = {**msgspec.structs.asdict(quoted), "places": [_place(one) for one in places]}
    yield msgspec.json.encode(value).decode()


def _place(one: "Place") -> dict[str, Any]:
    from pullquote.library.elsewhere import Place

    plain = [name for name in Place.__struct_fields__ if name not in ("collation", "is_another")]
    found = one.collation
    return {
        **{name: getattr(one, name) for name in plain},
        "another_speaker": one.is_another,
        "likeness": found.likeness,
        "cut_here": found.cuts[0],
        "cut_there": found.cuts[1],
        "signed": found.is_signed,
        "pieces_here": found.sides[0],
        "pieces_there": found.sides[1],
    }
