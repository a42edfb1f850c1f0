"""The notes that wait for their article, on the command line; and an import taken back."""

from itertools import groupby

import click

from pullquote.article import Article
from pullquote.cli.opening import offer_to_mend, refuse, tell
from pullquote.library.store import Library
from pullquote.notes.annotations import local_minute
from pullquote.notes.incoming import Incoming
from pullquote.text import one_line

_SHOWN = 8  # characters of an id
_WORDS = 60  # and of the words


def placed(article: Article, library: Library) -> str:
    """Place the notes that waited for an article; says how many found their place, or ""."""
    if not library.waiting.count():
        return ""
    from pullquote.library.importing import settle_waiting

    return settle_waiting(library, article.id)


def tell_of_placed(article: Article, library: Library) -> None:
    """Place the notes that waited for an article, and say so on standard error."""
    if said := placed(article, library):
        tell(f"{article.source}: {said}")


def remark(article: Article, source: str | None, library: Library) -> str:
    """What the reader is to know of an article once it is on the screen, in one line, or ""."""
    offer = offer_to_mend(article) if source else ""
    return " · ".join(filter(None, (placed(article, library), offer)))


def list_all(library: Library) -> None:
    """Print the notes that wait, under what is known of their source."""
    waiting = library.waiting.all()
    if not waiting:
        click.echo("no notes wait for their article")
    for source, items in groupby(waiting, key=_source):
        click.echo(source)
        for item in items:
            click.echo(f"  {_line(item)}")


def _source(item: Incoming) -> str:
    known = " · ".join(filter(None, (one_line(item.title), item.url)))
    return known or "source unknown: found by its words"


def _line(item: Incoming) -> str:
    note = item.annotation
    assert note is not None
    words = one_line(note.target.exact)
    short = f"{words[:_WORDS]}…" if len(words) > _WORDS else words
    said = one_line(note.comment)[:_WORDS]
    tags = " ".join(f"#{tag}" for tag in note.tags)
    return "  ".join(filter(None, (note.id[:_SHOWN], f"“{short}”" if short else "", said, tags)))


def drop(library: Library, chosen: tuple[str, ...]) -> None:
    """Let waiting notes go, by the beginnings of their ids."""
    ids = [item.annotation.id for item in library.waiting.all() if item.annotation]
    for one in chosen:
        fitting = [identity for identity in ids if one == "all" or identity.startswith(one)]
        if not fitting or (len(fitting) > 1 and one != "all"):
            how = "several waiting notes have" if fitting else "no waiting note has"
            refuse(f"{one}: {how} an id that begins so; import --waiting lists them")
        count = library.waiting.drop(fitting)
        click.echo(f"{count} waiting {'note' if count == 1 else 'notes'} dropped")


def undo(library: Library) -> None:
    """Take back what the last import brought."""
    last = library.imports.last()
    if last is None:
        refuse("there is no import to undo")
    gone, stay = library.imports.undo(last.id)
    kept = f"; {stay} changed since then stay" if stay else ""
    taken = f"{gone} {'note' if gone == 1 else 'notes'} taken back{kept}"
    click.echo(f"undone: {last.file}, {local_minute(last.at)}: {taken}")
