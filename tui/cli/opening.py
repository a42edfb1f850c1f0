"""What all commands share: the settings, the library, and from what the reader asks for to a reading.

What can be wrong with an input is one line on standard error and exit status 2.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tui.article import Article, Unreadable
from tui.settings import BadSettings, Settings, data_dir
from tui.settings import load as load_settings

if TYPE_CHECKING:
    from tui.library.reading import Reading
    from tui.library.store import Library

data_option = click.option("--data", metavar="FOLDER", help="Keep the library in FOLDER (also PULLQUOTE_DATA).")


class said:  # reads as a word in `with said():`
    """Turns what can be wrong with an input into one line and exit status 2."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, (Unreadable, BadSettings)):
            refuse(str(error))
        if error is not None and type(error).__name__ in ("LibraryError", "AnalysisFailed", "NoModel", "ExportError"):
            refuse(str(error))
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()
            sys.exit(1)


def refuse(message: str) -> NoReturn:
    """Say what is wrong, and end."""
    click.echo(f"pullquote: {message}", err=True)
    sys.exit(2)


def settings() -> Settings:
    """The reader's settings. Raises `BadSettings`."""
    from tui.screens.actions import READING, SELECTING

    return load_settings(actions=[act.id for act in (*READING, *SELECTING)])


def library(data: str | None) -> "Library":
    """The library, in the folder `data` if that is given. Raises `LibraryError`."""
    from tui.library.store import Library

    return Library.open(data_dir(data))


def fetched(source: str | None, settings: Settings, library: "Library") -> tuple[Article, str | None]:
    """The article that `source` names, kept in the library, and the id of the version before, where this one is new.

    One seen before comes from the library. Raises `Unreadable`.
    """
    from tui.article.source import extract, fetch, shipped

    if source is None:
        article = shipped()
        library.keep(article)
        return article, None
    raw = fetch(source, limit=settings.max_bytes)
    article = library.article_from(raw.digest) or extract(raw)
    origin = "" if raw.url or source == "-" else str(Path(source).expanduser().resolve())
    is_new = library.keep(article, raw.digest, origin)
    return article, _earlier(article, library) if is_new else None


def _earlier(article: Article, library: "Library") -> str | None:
    """The version before; what a file held before is one only if it reads like one."""
    from tui.library.versions import are_alike

    earlier = library.earlier(article.id)
    before = library.article(earlier) if earlier else None
    if before is None or before.work == article.work or are_alike(before.text, article.text):
        return earlier
    library.unlink(article.id)
    return None


def kept(prefix: str, library: "Library") -> Article | None:
    """The article in the library whose id begins with `prefix`, if no file is called that."""
    if len(prefix) < 4 or Path(prefix).exists():
        return None
    ids = library.find(prefix)
    return library.article(ids[0]) if len(ids) == 1 else None


def article(source: str | None, settings: Settings, library: "Library") -> Article:
    """The article that `source` names, by its id or its place; a new version takes the reader's notes over, and says so."""
    found = kept(source, library) if source else None
    if found is not None:
        return found
    found, earlier = fetched(source, settings, library)
    if earlier is not None:
        from tui.library.versions import carry_over, told

        library.link(found.id, earlier)
        click.echo(f"pullquote: {source}: has changed since; {told(carry_over(library, earlier, found.id))}", err=True)
    return found


def reading(article: Article, settings: Settings, library: "Library") -> "Reading":
    """The reading of an article, with its findings if they are kept."""
    from tui.analysis import analyser
    from tui.library.reading import derived

    found = library.findings(article.id, analyser(settings.model))
    return derived(article, found, library.annotations(article.id))


def analysed(article: Article, settings: Settings, library: "Library") -> "Reading":
    """The reading with findings, found now if they are not kept."""
    from tui.library.reading import derived

    one = reading(article, settings, library)
    if one.findings is None:
        from tui.analysis.pipeline import analyse

        findings = analyse(article.text, settings.model)
        library.keep_findings(article.id, findings)
        one = derived(article, findings, one.annotations)
    return one
