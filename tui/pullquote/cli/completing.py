"""What the shell is offered where a file, an article, a name or a tag is to be typed.

Nothing here writes, waits or complains: a library that is locked, damaged, of an older form or not
there completes nothing, and what needs no library is completed all the same.
"""

import re
from typing import TYPE_CHECKING, Any

from pullquote.errors import PullquoteError
from pullquote.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click
    from click.shell_completion import CompletionItem

    from pullquote.library.database import Database

    Offered = Iterable[tuple[str, str]]  # words, each with what is shown beside it

_MOST = 50  # words; more than that nobody looks through


def offered(
    ctx: "click.Context", words: "Callable[[Database], Offered]"
) -> "list[CompletionItem[Any]]":
    """Words of the library that the command was given, or of the usual one."""
    from click.shell_completion import CompletionItem

    from pullquote.library.database import Database
    from pullquote.library.file import FILE
    from pullquote.settings import data_dir

    try:
        database = Database.glance(data_dir(ctx.params.get("data")) / FILE)
        try:
            found = [(one_line(word), one_line(beside)) for word, beside in words(database)]
        finally:
            database.close(-1)
    except (PullquoteError, OSError, ValueError):
        return []
    return [CompletionItem(word, help=beside or None) for word, beside in found[:_MOST]]


def files(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The names of files, which the shell knows best."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def folders(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The names of folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def ids(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The ids of articles, last opened first, with their titles."""
    return offered(
        ctx,
        lambda database: database.rows(
            "SELECT substr(id, 1, 8), coalesce(nullif(title, ''), source) FROM articles "
            "WHERE substr(id, 1, ?) = ? ORDER BY opened DESC, id LIMIT ?",
            len(incomplete),
            incomplete,
            _MOST,
        ),
    )


def sources(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """Files, and articles of the library once their id is begun."""
    begun = re.fullmatch("[0-9a-f]{1,16}", incomplete)
    return [*files(ctx, param, incomplete), *(ids(ctx, param, incomplete) if begun else ())]


def voices(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The names of voices, by any of their words, with their kind and number."""

    def found(database: "Database") -> "Offered":
        from pullquote.library.voices import Voices

        every = Voices(database).find(incomplete, _MOST)
        return {one.name: f"{one.kind} {one.number}" for one in every}.items()

    return offered(ctx, found)


def sites(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The sites of articles, by any part of their name, with the number of articles."""
    return offered(
        ctx,
        lambda database: database.rows(
            "SELECT site, count(*) || iif(count(*) = 1, ' article', ' articles') FROM articles "
            "WHERE site != '' AND instr(lower(site), lower(?)) GROUP BY site "
            "ORDER BY count(*) DESC, site LIMIT ?",
            incomplete,
            _MOST,
        ),
    )


def tags(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The tags in use, the one used last first."""
    wanted = incomplete.lstrip("#").lower()

    def found(database: "Database") -> "Offered":
        from pullquote.library.notes import Notes

        return [(one, "") for one in Notes(database).tags() if one.lower().startswith(wanted)]

    return offered(ctx, found)


def verdicts(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The verdicts in use."""
    return offered(
        ctx,
        lambda database: database.rows(
            "SELECT verdict, count(*) || iif(count(*) = 1, ' claim', ' claims') FROM annotations "
            "WHERE verdict != '' AND instr(lower(verdict), lower(?)) = 1 "
            "GROUP BY verdict ORDER BY verdict",
            incomplete,
        ),
    )


def feeds(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The addresses of feeds, with their titles."""

    def found(database: "Database") -> "Offered":
        from pullquote.library.feeds import Feeds

        every = Feeds(database).all()
        return [(one.address, one.title) for one in every if one.address.startswith(incomplete)]

    return offered(ctx, found)


def waiting(
    ctx: "click.Context", param: "click.Parameter | None", incomplete: str
) -> "list[CompletionItem[Any]]":
    """The ids of notes that wait for their article, with their words."""

    def found(database: "Database") -> "Offered":
        from pullquote.library.waiting import Waiting

        notes = (one.annotation for one in Waiting(database).all())
        return [
            (one.id[:8], one.target.exact[:60])
            for one in notes
            if one is not None and one.id.startswith(incomplete)
        ]

    return offered(ctx, found)
