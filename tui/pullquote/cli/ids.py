"""Articles of the library by their ids, as commands are given them and the shell completes them."""

import re
from typing import TYPE_CHECKING

import click

from pullquote.cli.opening import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from pullquote.library.store import Library


def identified(prefix: str, library: "Library") -> str:
    """The id of the only article whose id begins with `prefix`; the command ends if none does."""
    ids = library.articles.find(prefix) if re.fullmatch("[0-9a-f]{4,16}", prefix) else []
    if len(ids) > 1:
        refuse(f"{prefix}: {len(ids)} articles have ids that begin so; write more of it")
    if not ids:
        refuse(f"{prefix}: no article of that id; pullquote list shows all with their ids")
    return ids[0]


def complete(
    ctx: click.Context, param: click.Parameter | None, incomplete: str
) -> "list[CompletionItem]":
    """Complete the id of an article, with its title beside it."""
    return completed(
        ctx,
        lambda library: [
            (one.id[:8], one.title or one.source)
            for one in library.articles.entries()
            if one.id.startswith(incomplete)
        ],
    )


def completed(
    ctx: click.Context, words: "Callable[[Library], list[tuple[str, str]]]"
) -> "list[CompletionItem]":
    """Words of a command's library for the shell, each with what stands beside it."""
    from click.shell_completion import CompletionItem

    from pullquote.library.store import Library, LibraryError
    from pullquote.settings import data_dir

    try:
        with Library.open(data_dir(ctx.params.get("data")), make=False) as library:
            found = words(library)
    except LibraryError:
        return []
    return [CompletionItem(word, help=beside) for word, beside in found]
