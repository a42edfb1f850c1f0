"""What all commands share: settings, library, and the way from a source to a reading.

What can be wrong with an input is one line on standard error and exit status 2.
"""

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn, cast

import click

from pullquote.article import Article, Watch
from pullquote.errors import PullquoteError
from pullquote.settings import Settings, data_dir, expanded
from pullquote.settings import load as load_settings
from pullquote.text import one_line

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar
    from click.shell_completion import CompletionItem

    from pullquote.analysis.beside import Waiting
    from pullquote.library.store import Library
    from pullquote.notes.reading import Reading

_HELPER = "pullquote.analysis.helper"
DAY = click.DateTime(["%Y-%m-%d"])


def files(
    ctx: click.Context, param: click.Parameter | None, incomplete: str
) -> "list[CompletionItem]":
    """The shell completes names of files here."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


data_option = click.option(
    "--data",
    metavar="FOLDER",
    type=click.Path(),
    help="Keep the library in FOLDER (also PULLQUOTE_DATA).",
)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turns what can be wrong with an input, a file or standard output into one line; status 2."""
    try:
        try:
            yield
        except BaseException as error:
            _check_standard_output(error)
            raise
        _check_standard_output()
    except PullquoteError as error:
        refuse(str(error))
    except OSError as error:
        refuse(": ".join(str(one) for one in (error.filename, error.strerror or error) if one))
    except UnicodeError:
        refuse("a word that was given is no text in UTF-8; write it in another way")


def _check_standard_output(error: BaseException | None = None) -> None:
    """Ends the command where standard output cannot be written, as `error` or the try shows."""
    unwritten = _let_go()
    if isinstance(error, OSError) and error.errno in _UNWRITTEN and not error.filename:
        unwritten = error
    if isinstance(unwritten, BrokenPipeError):
        sys.exit(1)  # who read it has had enough
    if unwritten:
        refuse(
            f"standard output: cannot be written: {unwritten.strerror}; choose another place for it"
        )


# of an error without a file's name: standard output's
_UNWRITTEN = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EFBIG)


def _let_go() -> OSError | None:
    """Flush standard output, and let it go where that fails.

    Else Python would try again at its end and complain (its documentation, signal, "Note on
    SIGPIPE").
    """
    try:
        if sys.stdout:  # none where it is closed
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


def write_what_can_be() -> None:
    """Write a question mark for what the encoding of standard output cannot hold."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def write_utf_8() -> None:
    """What is written for programs is in UTF-8, whatever the terminal speaks."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def tell(message: str) -> None:
    """Say something beside what the command was asked for: one line on standard error."""
    click.echo(f"pullquote: {one_line(message)}", err=True)


def refuse(message: str) -> NoReturn:
    """Say what is wrong, and end."""
    tell(message)
    sys.exit(2)


def day(when: datetime | None) -> str:
    """A day that was asked for, as dates are compared: ISO 8601, "" for none."""
    return when.date().isoformat() if when else ""


def progress(count: int) -> "ProgressBar[int]":
    """How far the work on `count` articles is: a line on standard error, in a terminal."""
    return click.progressbar(
        length=count, label="analysing", file=sys.stderr, hidden=not sys.stderr.isatty()
    )


def settings() -> Settings:
    """The reader's settings. Raises `BadSettings`."""
    from pullquote.actions import READING, SELECTING

    return load_settings(actions=[act.id for act in (*READING, *SELECTING)])


def library(data: str | None, make: bool = True) -> "Library":
    """The library, in the folder `data` if given; made if need be or, unless `make`, refused.

    What could not be read in it is told of when the command ends. Raises `LibraryError`.
    """
    from pullquote.library.store import Library

    opened = Library.open(data_dir(data), make)
    if context := click.get_current_context(silent=True):
        context.call_on_close(lambda: _tell_all(opened.damaged))
    return opened


def _tell_all(lines: tuple[str, ...]) -> None:
    for line in lines:
        tell(line)


def fetched(
    source: str | None, settings: Settings, library: "Library"
) -> tuple[Article, str | None]:
    """The article that `source` names, saved in the library; and, if new, the id of the one before.

    One seen before comes from the library. Raises `Unreadable`.
    """
    from pullquote.article.source import extract, fetch, shipped

    if source is None:
        article = shipped()
        if not library.read_only:
            library.articles.save(article)
        return article, None
    with _shown(source) as watch:
        raw = fetch(source, limit=settings.max_bytes, watch=watch)
    article = library.articles.from_source(raw.digest) or extract(raw)
    origin = _in_full(source) if not raw.url and os.path.isfile(expanded(source)) else ""
    is_new = not library.read_only and library.articles.save(article, raw.digest, origin)
    return article, _earlier(article, library) if is_new else None


@contextmanager
def _shown(source: str) -> Iterator[Watch | None]:
    """How far the fetching of `source` is: a line on standard error, in a terminal, until done.

    Ctrl+C ends the command with a line.
    """
    is_shown = bool(sys.stderr and sys.stderr.isatty())
    place = one_line(source.partition("://")[2].partition("/")[0].rpartition("@")[2])[:40]

    def show(received: int, seconds: float) -> None:
        click.echo(
            f"{_FROM_START}fetching {place}: {received:,} bytes, {seconds:.0f} s",
            nl=False,
            err=True,
        )

    try:
        try:
            yield show if is_shown else None
        finally:
            if is_shown:
                click.echo(_FROM_START, nl=False, err=True)
    except KeyboardInterrupt:
        tell(f"{'standard input' if source == '-' else source}: stopped; nothing was read")
        sys.exit(_INTERRUPTED)


_FROM_START = "\r\x1b[K"  # the line anew, and nothing on it
_INTERRUPTED = 130  # what shells give a program that ctrl+c ended


def _in_full(path: str) -> str:
    """The full path of a file, as text: of its bytes those that are no UTF-8 are named."""
    return str(expanded(path).resolve()).encode(errors="backslashreplace").decode()


def _earlier(article: Article, library: "Library") -> str | None:
    """The version before; what a file held before is one only if it reads like one."""
    from pullquote.library.versions import are_alike

    earlier = library.works.earlier(article.id)
    before = library.articles.get(earlier) if earlier else None
    if before is None or before.work == article.work or are_alike(before.text, article.text):
        return earlier
    library.works.unlink(article.id)
    return None


def by_id(prefix: str, library: "Library") -> Article | None:
    """The article in the library whose id begins with `prefix`, if no file is called that."""
    if not re.fullmatch("[0-9a-f]{4,16}", prefix) or os.path.exists(prefix):
        return None
    ids = library.articles.find(prefix)
    return library.articles.get(ids[0]) if len(ids) == 1 else None


def article(source: str | None, settings: Settings, library: "Library") -> Article:
    """The article that `source` names; a new version takes the notes over, and says so."""
    found = by_id(source, library) if source else None
    if found is not None:
        return found
    found, earlier = fetched(source, settings, library)
    if earlier is not None:
        tell(f"{source}: has changed since; {_linked(found.id, earlier, library)}")
    return found


def _linked(article: str, earlier: str, library: "Library") -> str:
    """Make an article a version of the one before, with its notes; says what became of them."""
    from pullquote.library.versions import carry_over, told
    from pullquote.notes.annotations import Placed

    library.works.link(article, earlier)
    counts = carry_over(library, earlier, article, lost=False)
    lost = counts[Placed.ORPHANED]
    if lost and lost == counts.total():
        return f"no place in it for any of the notes ({lost}), which stay with the version before"
    return told(counts)


def reading(article: Article, settings: Settings, library: "Library") -> "Reading":
    """The reading of an article, with its findings if they are kept."""
    from pullquote.analysis import analyser
    from pullquote.notes.reading import derived

    found = library.findings.of(article.id, analyser(settings.model))
    return derived(article, found, library.notes.of(article.id))


def _helper(model: str) -> "Waiting":
    """The helper process of this command, which ends with it."""
    from pullquote.analysis.beside import Helper, Waiting

    context = click.get_current_context()
    if (helper := context.meta.get(_HELPER)) is None:
        helper = context.meta[_HELPER] = Waiting(Helper(model))
        context.call_on_close(helper.close)
    return cast("Waiting", helper)


def analysed(article: Article, settings: Settings, library: "Library") -> "Reading":
    """The reading with findings, found now if they are not kept. Raises `AnalysisFailed`."""
    from pullquote.notes.reading import derived

    one = reading(article, settings, library)
    if one.findings is None:
        findings = _helper(settings.model).analyse(article.text)
        if not library.read_only:
            library.findings.save(article.id, findings)
        one = derived(article, findings, one.annotations)
    return one
