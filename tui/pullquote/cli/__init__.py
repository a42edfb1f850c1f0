"""The command line: read an article, or analyse, export and list without the screen.

Heavy modules are imported where they are used: help, version and an article analysed before need
none of them. A bad input is one line on standard error and exit status 2.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from pullquote import __version__
from pullquote.analysis import AnalysisFailed, NoModel
from pullquote.article import Article
from pullquote.cli import completing, opening
from pullquote.cli.lazy import LazyGroup
from pullquote.cli.opening import data_option, language_option, one_line_errors, refuse, tell
from pullquote.cli.output import replace_unencodable
from pullquote.settings import Settings, config_file, data_dir, describe

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pullquote.article.forms import Members, Raw
    from pullquote.library.store import Library

_EXAMPLES = """\b
Examples:
  pullquote                          the sample article
  pullquote article.pdf              a file: text, Markdown, HTML, PDF, DOCX, EPUB, mail, …
  pullquote https://example.org/a    a web page
  curl -s URL | pullquote -          standard input
  pullquote book.epub#3              the third article in a book, a mailbox or a web archive
  pullquote add book.epub            all of them, into the library
  pullquote --plain article.txt      plain text, without the screen
  pullquote analyze *.txt --output findings.jsonl
  pullquote export article.txt --format html --output article.html
  pullquote export --all --tag war --format csv
  pullquote import notes.json        notes from a file: Hypothesis, Kindle, KOReader, Readwise, …
  pullquote search ceasefire         across all notes and articles
  pullquote said truce --by "Jo Roe" who said what, in all articles
  pullquote voice "Jo Roe"           everything that one voice said
  pullquote feeds add URL            a site's feed; pullquote fetch brings what is new
  pullquote backup library.backup    the whole library in one file

\b
Exit status:
  0    done; something was found
  1    nothing found, or a part could not be done (each is a line on standard error)
  2    nothing done: an input, an option or the library cannot be used
  130  stopped with ctrl+c
"""
_PATIENCE = 0.2  # seconds; on leaving, nobody waits longer for another program's lock


@contextmanager
def _usage_on_one_line() -> Iterator[None]:
    """Report a usage error in one line, like any other bad input."""
    try:
        yield
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "pullquote"
        refuse(f"{error.format_message().rstrip('.')}; see {command} --help")


# module and function of each
_LAZY_COMMANDS = {
    "add": ("choosing", "add"),
    "analyze": ("analysing", "analyze"),
    "completion": ("completion", "completion"),
    "contents": ("choosing", "contents"),
    "corpus": ("corpus", "corpus"),
    "backup": ("copies", "backup"),
    "delete": ("deleting", "delete"),
    "diff": ("journal", "diff"),
    "edit": ("metadata", "edit"),
    "elsewhere": ("elsewhere", "elsewhere"),
    "evidence": ("evidence", "evidence"),
    "export": ("notes", "export"),
    "feeds": ("feeds", "feeds"),
    "fetch": ("fetching", "fetch"),
    "import": ("notes", "import_"),
    "later": ("fetching", "later"),
    "list": ("journal", "list_"),
    "original": ("originals", "original"),
    "refresh": ("originals", "refresh"),
    "merge": ("copies", "merge"),
    "restore": ("copies", "restore"),
    "said": ("said", "said"),
    "search": ("journal", "search"),
    "serve": ("serve", "serve"),
    "story": ("story", "story"),
    "voice": ("voices", "voice"),
    "voices": ("voices", "voices"),
}


class _ReadByDefault(LazyGroup):
    """A group whose first word may also be a source: `pullquote FILE` is `pullquote read FILE`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.list_commands(ctx):
            args = ["read", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:  # the shell completes the first word
            return super().parse_args(ctx, args)
        if not any(arg in self.list_commands(ctx) for arg in args[:1]) and not set(args) & {
            "--help",
            "-h",
            "--version",
        }:
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Complete the first word: a command, a source, or an option of `read`."""
        ours = super().shell_complete(ctx, incomplete)
        sources = [] if incomplete[:1] == "-" else completing.sources(ctx, None, incomplete)
        return [*sources, *ours, *read.shell_complete(ctx, incomplete)]

    def main(self, *args: Any, **kwargs: Any) -> Any:
        if "_PULLQUOTE_COMPLETE" in os.environ:  # a shell asks, not a person
            import_module("pullquote.cli.shells")
        with opening.one_line_errors():  # of help, too, where it cannot be written
            return super().main(*args, **kwargs)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        replace_unencodable()
        with _usage_on_one_line():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _usage_on_one_line():
                return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            tell("stopped")
            sys.exit(opening.INTERRUPTED)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("pullquote", "[SOURCE] [--plain] [--data FOLDER]")
        formatter.write_usage("pullquote", "COMMAND [ARGS]…", prefix="       ")


@click.group(
    cls=_ReadByDefault,
    lazy=_LAZY_COMMANDS,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="pullquote")
def main() -> None:
    """Read news in the terminal and see who says what.

    SOURCE is a file, a URL, or - for standard input; without one, the sample article opens. If
    standard output is not a terminal, the article and its findings are printed as plain text.
    """


@main.command()
@click.argument("source", required=False, shell_complete=completing.sources)
@click.option("--plain", is_flag=True, help="Print plain text instead of opening the screen.")
@language_option
@opening.mend_option
@data_option
def read(source: str | None, plain: bool, language: str, data: str | None) -> None:
    """Open an article in the reader (the default command).

    SOURCE is a file, a URL, an article's id in the library, or - for standard input.
    """
    with one_line_errors():
        settings, library = opening.settings(), opening.library(data)
        if plain or not _has_screen():
            printed = _print(
                opening.article(source, settings, library, _chooser(source), is_opened=True),
                settings,
                library,
                language,
            )
            sys.exit(0 if printed else 1)
        gc.disable()  # until the text is on the screen (tui/pullquote/app.py)
        from pullquote.app import Pullquote
        from pullquote.cli import waiting
        from pullquote.library.versions import undecided
        from pullquote.reader.opening import Opening

        article, earlier = (opening.by_id(source, library), None) if source else (None, None)
        if article is None:
            article, earlier = opening.fetched(source, settings, library, _chooser(source))
            earlier = earlier or undecided(library, article.id)
        if source == "-" and sys.stdout.isatty():
            _take_terminal_back()
        same_work = any(version.id == earlier for version in library.works.versions(article.id))
        opened = Opening(
            earlier=earlier,
            same_place=not same_work,
            language=language,
            remark=waiting.remark(article, source, library),
            is_first=not library.articles.have_been_read(),
        )
        Pullquote(opening.reading(article, settings, library), library, settings, opened).run()
        library.close(_PATIENCE)  # from then on, all notes are in the one file a user would copy


def _has_screen() -> bool:
    """Whether the reader can be shown: in a terminal, or where Textual is told to (a browser)."""
    return bool(os.environ.get("TEXTUAL_DRIVER")) or sys.stdout.isatty()


def _chooser(source: str | None) -> "Callable[[Members], Raw] | None":
    """Who is asked which of several articles to open, if anybody is at the terminal."""
    from pullquote.cli.choosing import choose

    def ask(found: "Members") -> "Raw":
        if source == "-":
            _take_terminal_back()
        return choose(found)

    is_seen = bool(sys.stderr and sys.stderr.isatty())
    is_heard = source == "-" or bool(sys.stdin and sys.stdin.isatty())
    return ask if is_seen and is_heard else None


def _print(article: Article, settings: Settings, library: "Library", language: str) -> bool:
    """Print the reading as text, with or without findings.

    Returns True if the analysis succeeded. Raises `NoModel`.
    """
    from pullquote.formats import export

    failed = None
    try:
        reading = opening.analysed(article, settings, library, language)
    except NoModel:
        raise
    except AnalysisFailed as error:
        reading, failed = opening.reading(article, settings, library), error
    click.echo(export([reading], "text", settings), nl=False)
    if failed:
        tell(str(failed))
    return failed is None


@main.command()
@data_option
def config(data: str | None) -> None:
    """Show the settings in effect and where files are kept.

    The output is a valid settings file.
    """
    with one_line_errors():
        click.echo(describe(opening.settings(), config_file(), data_dir(data)), nl=False)


def _take_terminal_back() -> None:
    """Reopen the terminal as standard input, for the keys: the article came through it."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        refuse("the article is on standard input and there is no terminal for keys; use --plain")
    else:
        os.dup2(terminal, 0)
