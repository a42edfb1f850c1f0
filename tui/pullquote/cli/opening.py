"""What all commands share: settings, library, and the way from a source to a reading.

A bad input is one line on standard error and exit status 2.
"""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn, cast

import click
import msgspec

from pullquote.article import Article, Watch
from pullquote.cli import completing
from pullquote.errors import PullquoteError
from pullquote.settings import Settings, data_dir, expanded
from pullquote.settings import load as load_settings
from pullquote.system import is_closed_pipe
from pullquote.text import one_line
from pullquote.vocabulary import ENGLISH

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from pullquote.analysis.beside import Waiting
    from pullquote.article.forms import Members, Raw
    from pullquote.findings import Findings
    from pullquote.library.store import Library
    from pullquote.notes.reading import Reading

_HELPER, _FAILED = "pullquote.helper", "pullquote.failed"  # where click keeps them meanwhile


class _Day(click.DateTime):
    """A day, shown in the help as a reader would write it."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "YYYY-MM-DD"


DAY = _Day(["%Y-%m-%d"])


language_option = click.option(
    "--language",
    type=click.Choice([ENGLISH]),
    callback=lambda context, option, chosen: chosen or "",
    help="Analyse all as English, also what is taken for another language.",
)

mend_option = click.option(
    "--mend",
    is_flag=True,
    expose_value=False,
    callback=lambda context, option, chosen: context.meta.update({_MEND: chosen}),
    help="Read garbled letters (“AndrÃ©”) as they were meant.",
)
_MEND = "pullquote.mend"


def mends() -> bool:
    """Whether the command is to read garbled letters as they were meant."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_MEND))


def offer_to_mend(article: Article) -> str:
    """What to do about the garbled letters in an article, in one line; "" where there are none."""
    from pullquote.article.mojibake import garbled

    found = garbled(article.text)
    if found is None:
        return ""
    return (
        f"some letters look garbled (“{found.word[:40]}” for “{found.meant[:40]}”); "
        "--mend reads them as they were meant"
    )


data_option = click.option(
    "--data",
    metavar="FOLDER",
    type=click.Path(),
    shell_complete=completing.folders,
    help="Use the library in FOLDER (or set PULLQUOTE_DATA).",
)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """End the command with one line and status 2 where an input or output cannot be used."""
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
        refuse("an argument is not valid UTF-8; write it another way")


def _check_standard_output(error: BaseException | None = None) -> None:
    """End the command if standard output cannot be written, as `error` or flushing it shows."""
    unwritten = _flushed()
    if isinstance(error, OSError) and error.errno in _UNWRITTEN and not error.filename:
        unwritten = error
    if unwritten and is_closed_pipe(unwritten):
        sys.exit(1)  # the program at the other end of the pipe has stopped reading
    if unwritten:
        refuse(f"standard output: cannot be written: {unwritten.strerror}; write it elsewhere")


# An error with one of these numbers and without a file's name comes from standard output.
_UNWRITTEN = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EFBIG)


def _flushed() -> OSError | None:
    """Flush standard output; if that fails, point it at the null device and return the error.

    Otherwise Python would flush again on exit and print a traceback (see "Note on SIGPIPE" in the
    documentation of `signal`).
    """
    try:
        if sys.stdout:  # none where it is closed
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return error
    return None


def tell(message: str) -> None:
    """Print a message as one line on standard error."""
    click.echo(f"pullquote: {one_line(message)}", err=True)


def refuse(message: str) -> NoReturn:
    """Print what is wrong and exit with status 2."""
    tell(message)
    sys.exit(2)


def day(when: datetime | None) -> str:
    """An option's day in ISO 8601, as dates are compared; "" for none."""
    return when.date().isoformat() if when else ""


def progress(count: int, label: str = "analysing") -> "ProgressBar[int]":
    """A progress bar over `count` articles or notes on standard error, if that is a terminal."""
    return click.progressbar(
        length=count, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    )


def settings() -> Settings:
    """The user's settings, with the keymap checked. Raises `BadSettings`."""
    from pullquote.actions import READING, SELECTING

    return load_settings(places=[[act.id for act in acts] for acts in (READING, SELECTING)])


def library(data: str | None, make: bool = True) -> "Library":
    """Open the library in the folder `data`, or in the default one.

    One that does not exist is created if `make`, else refused. Rows that could not be read are
    reported when the command ends. Raises `LibraryError`.
    """
    from pullquote.library.file import takes_long
    from pullquote.library.store import FILE, Library

    path = data_dir(data) / FILE
    if takes_long(path):
        tell(f"{path}: of an earlier version, is brought up to date once; this may take minutes")
    opened = Library.open(path.parent, make)
    if context := click.get_current_context(silent=True):
        context.call_on_close(lambda: _tell_all(opened.damaged))
    return opened


def _tell_all(lines: tuple[str, ...]) -> None:
    for line in lines:
        tell(line)


def fetched(
    source: str | None,
    settings: Settings,
    library: "Library",
    choose: "Callable[[Members], Raw] | None" = None,
    is_opened: bool = True,
) -> tuple[Article, str | None]:
    """Fetch the article that `source` names, None for the shipped one, and save it in the library.

    `choose` is asked where the source holds several; `is_opened` where the reader is to read it,
    not only to have something written of it. Returns the article and, if it is new, the id
    of its earlier version, if any. What was fetched before is not extracted again. Raises
    `Unreadable`, also where it holds several and there is nobody to ask.
    """
    from pullquote.article.source import chosen, fetch, shipped

    if source is None:
        article = shipped()
        if not library.read_only:
            library.articles.save(article, is_opened=is_opened)
        return article, None
    with shown(source) as watch:
        raw = fetch(source, limit=settings.max_bytes, watch=watch)
    return _saved(chosen(raw, choose), settings, library, is_opened)


def _saved(
    raw: "Raw", settings: Settings, library: "Library", is_opened: bool
) -> tuple[Article, str | None]:
    """Save one article; returns it and, if it is new, the id of its earlier version."""
    from pullquote.article.source import extract, numbered
    from pullquote.library.bringing import brought

    raw = msgspec.structs.replace(raw, mend=mends())
    article = library.articles.from_source(raw.digest) or extract(raw)
    whole, member = numbered(raw.source)
    path = _in_full(whole) if not raw.url and os.path.isfile(expanded(whole)) else ""
    origin = "" if member else path
    original = raw.original(
        settings.original_limit, f"{path}#{member}" if path and member else path
    )
    is_new = not library.read_only and brought(library, article, raw, origin, original, is_opened)
    article = library.articles.get(article.id) or article  # as the reader has put it right
    return article, _earlier(article, library) if is_new else None


@contextmanager
def shown(source: str) -> Iterator[Watch | None]:
    """Show the progress of fetching `source` as a line on standard error, if that is a terminal.

    Ctrl+C ends the command with one line.
    """
    is_shown = bool(sys.stderr and sys.stderr.isatty())
    place = one_line(source.partition("://")[2].partition("/")[0].rpartition("@")[2])[:40]

    def show(received: int, seconds: float) -> None:
        click.echo(
            f"{FROM_START}fetching {place}: {received:,} bytes, {seconds:.0f} s",
            nl=False,
            err=True,
        )

    try:
        try:
            yield show if is_shown else None
        finally:
            if is_shown:
                click.echo(FROM_START, nl=False, err=True)
    except KeyboardInterrupt:
        tell(f"{'standard input' if source == '-' else source}: stopped; nothing was read")
        sys.exit(INTERRUPTED)


FROM_START = "\r\x1b[K"  # back to the start of the line, which is erased
INTERRUPTED = 130  # the status that shells give to a program ended by ctrl+c


def _in_full(path: str) -> str:
    """The full path of a file; bytes in it that are not valid UTF-8 are escaped."""
    return str(expanded(path).resolve()).encode(errors="backslashreplace").decode()


def _earlier(article: Article, library: "Library") -> str | None:
    """The id of the earlier version, if any.

    A file's earlier content counts as one only if the two texts are alike; else they are unlinked.
    """
    from pullquote.library.versions import are_alike

    earlier = library.works.earlier(article.id)
    before = library.articles.get(earlier) if earlier else None
    if before is None or before.work == article.work or are_alike(before.text, article.text):
        return earlier
    library.works.unlink(article.id)
    return None


def by_id(prefix: str, library: "Library") -> Article | None:
    """The only article in the library whose id begins with `prefix`, unless a file is named so."""
    if not re.fullmatch("[0-9a-f]{4,16}", prefix) or os.path.exists(prefix):
        return None
    ids = library.articles.find(prefix)
    return library.articles.get(ids[0]) if len(ids) == 1 else None


def article(
    source: str | None,
    settings: Settings,
    library: "Library",
    choose: "Callable[[Members], Raw] | None" = None,
    is_opened: bool = False,
) -> Article:
    """The article that `source` names, by its id or fetched; see `fetched` for the others.

    The notes are carried over to a new version, which one line on standard error reports. Raises
    `Unreadable`.
    """
    found = by_id(source, library) if source else None
    if found is not None:
        return _carried_over(found, None, library)
    opened = _carried_over(*fetched(source, settings, library, choose, is_opened), library)
    if source and (offer := offer_to_mend(opened)):
        tell(f"{'standard input' if source == '-' else source}: {offer}")
    return opened


def brought_in(raw: "Raw", settings: Settings, library: "Library") -> Article:
    """Save the one article in `raw`, unopened; the notes are carried over. Raises `Unreadable`."""
    return _carried_over(*_saved(raw, settings, library, is_opened=False), library)


def _carried_over(found: Article, earlier: str | None, library: "Library") -> Article:
    from pullquote.cli.waiting import tell_of_placed

    if earlier is not None:
        linked = _linked(found.id, earlier, library)
        tell(f"{found.source}: has changed since it was last opened; {linked}")
    tell_of_placed(found, library)
    return found


def _linked(article: str, earlier: str, library: "Library") -> str:
    """Make `article` a version of `earlier` and carry the notes over; says what became of them."""
    from pullquote.library.versions import carry_over, summary
    from pullquote.notes.annotations import Placed

    library.works.link(article, earlier)
    counts = carry_over(library, earlier, article, lost=False)
    lost = counts[Placed.ORPHANED]
    if lost and lost == counts.total():
        return f"none of the notes ({lost}) has a place in it; they stay with the earlier version"
    return summary(counts)


def reading(article: Article, settings: Settings, library: "Library") -> "Reading":
    """The reading of an article, with its findings if the library has them."""
    from pullquote.analysis import analyser
    from pullquote.notes.reading import derived

    found = library.findings.of(article.id, analyser(settings.model))
    return derived(article, found, library.notes.of(article.id))


def _helper(model: str) -> "Waiting":
    """The command's helper process, started at first use and closed when the command ends."""
    from pullquote.analysis.beside import Helper, Waiting

    context = click.get_current_context()
    if (helper := context.meta.get(_HELPER)) is None:
        helper = context.meta[_HELPER] = Waiting(Helper(model))
        context.call_on_close(helper.close)
    return cast("Waiting", helper)


def analysed(
    article: Article, settings: Settings, library: "Library", language: str = ""
) -> "Reading":
    """The reading with findings, analysed now unless the library has them.

    With a `language`, "en", all is analysed as being in that.

    Raises `AnalysisFailed`.
    """
    from pullquote.languages import needs_analysis
    from pullquote.notes.reading import derived

    one = reading(article, settings, library)
    if needs_analysis(one.findings, language):
        findings = _helper(settings.model).analyse(article.text, language)
        if not library.read_only:
            library.findings.save(article.id, findings)
        one = derived(article, findings, one.annotations)
    tell_failed(one.machine)
    return one


def tell_failed(findings: "Findings | None") -> None:
    """Say which plug-ins failed in an article; what is said once in a command is not repeated."""
    said = click.get_current_context().meta.setdefault(_FAILED, set[str]())
    new = [line for line in (findings and findings.failed) or () if line not in said]
    said.update(new)
    _tell_all(tuple(new))
