"""The command line: read an article, or analyse, export and list without the screen.

Everything heavy is imported where it is used: help, version and an article that was analysed before need none of it.
What is wrong with an input is one line on standard error and exit status 2.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from tui import __version__
from tui.article import Article, Unreadable
from tui.settings import BadSettings, Settings, config_file, data_dir, describe
from tui.settings import load as load_settings

if TYPE_CHECKING:
    from tui.library.reading import Reading
    from tui.library.store import Library

_EXAMPLES = """\b
Examples:
  pullquote                          the shipped article
  pullquote article.txt              a file: .txt, .md or .html
  pullquote https://example.org/a    a page on the web
  curl -s URL | pullquote -          standard input
  pullquote --plain article.txt      no screen: the reading as text
  pullquote analyze *.txt --output findings.jsonl
  pullquote export article.txt --format markdown
"""


class _ReadByDefault(click.Group):
    """A group whose first word may also be a source: `pullquote FILE` is `pullquote read FILE`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            args = ["read", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not any(arg in self.commands for arg in args[:1]) and not set(args) & {"--help", "-h", "--version"}:
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("pullquote", "[SOURCE] [--plain] [--data FOLDER]")
        formatter.write_usage("pullquote", "COMMAND [ARGS]…", prefix="       ")


_data = click.option("--data", metavar="FOLDER", help="Keep the library in FOLDER (also PULLQUOTE_DATA).")


@click.group(
    cls=_ReadByDefault,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="pullquote")
def main() -> None:
    """Read news in the terminal, and see who says what.

    SOURCE is a file, a URL or - for standard input; without it the shipped article opens. Where standard output is no
    terminal, the reading is printed as plain text.
    """


@main.command()
@click.argument("source", required=False)
@click.option("--plain", is_flag=True, help="Print the reading as plain text, without the screen.")
@_data
def read(source: str | None, plain: bool, data: str | None) -> None:
    """Open SOURCE in the reader (the command that runs when none is named)."""
    with _said():
        settings, library = _settings(), _library(data)
        article = _article(source, settings, library)
        if plain or not sys.stdout.isatty():
            from tui.export import export

            reading = _analysed(article, settings, library)
            click.echo(export([reading], "text", settings), nl=False)
            return
        if source == "-":
            _take_terminal_back()
        from tui.app import Pullquote

        Pullquote(_reading(article, settings, library), library, settings).run()


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["jsonl", "text"]), default="jsonl", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, not standard output.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Analyse so many at a time, each on one core [default: all cores]."
)
def analyze(files: tuple[str, ...], form: str, output: Path | None, jobs: int | None) -> None:
    """Analyse FILEs and print their findings, one JSON object a line, in the order given.

    A file that cannot be read is reported and left out; the exit status is then 1. docs/findings.md describes the form.
    """
    with _said():
        settings = _settings()
        jobs = min(len(files), jobs or _cores())
        with _written(output) as out:
            failed = _write_findings(out, _each_analysed(files, settings, form, jobs), len(files))
    sys.exit(1 if failed else 0)


@contextmanager
def _written(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or the file, which is there whole or not at all."""
    try:
        with click.open_file(str(output or "-"), "w", encoding="utf-8", atomic=output is not None) as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        _refuse(f"{output}: cannot be written: {error.strerror or error}; choose another file")


def _write_findings(out: IO[str], results: Iterator[str | Unreadable], count: int) -> bool:
    """Write the findings of `count` files as they come; whether one could not be read."""
    failed = False
    with click.progressbar(length=count, label="analysing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        for result in results:
            bar.update(1)
            if isinstance(result, Unreadable):
                failed = True
                click.echo(f"pullquote: {result}", err=True)
            else:
                out.write(result)
    return failed


def _each_analysed(files: tuple[str, ...], settings: Settings, form: str, jobs: int) -> Iterator[str | Unreadable]:
    from functools import partial

    cores = _cores() if len(files) == 1 else 1
    work = partial(_analyse_file, settings, form, cores)
    if jobs == 1:
        yield from map(work, files)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, files)


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _analyse_file(settings: Settings, form: str, cores: int, source: str) -> str | Unreadable:
    """The findings of one source in the form asked for, or why there are none."""
    from tui.analysis.findings import record
    from tui.analysis.pipeline import analyse
    from tui.article.source import load

    try:
        article = load(source, limit=settings.max_bytes)
    except Unreadable as error:
        return error
    findings = analyse(article.text, settings.model, cores=cores)
    if form == "jsonl":
        return record(Path(source).stem, article.text, findings).decode() + "\n"
    from tui.export import export
    from tui.library.reading import derived

    return str(export([derived(article, findings, ())], "text", settings)) + "\n"


@main.command("export")
@click.argument("source")
@click.option("--format", "form", default="markdown", show_default=True, help="markdown, csv, json or text.")
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file, not standard output.")
@click.option(
    "--every-stance", is_flag=True, help="Also quotes and claims of what is thought, felt, wanted, decided, seen."
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@_data
def export_(source: str, form: str, output: Path | None, every_stance: bool, force: bool, data: str | None) -> None:
    """Write SOURCE, or the article of that id in the library, with its findings and your notes."""
    from tui.export import EXPORTERS, ExportError, write
    from tui.export import export as exported

    if form not in EXPORTERS:
        raise click.UsageError(f"unknown format {form!r}; known: {', '.join(EXPORTERS)}")
    with _said():
        settings, library = _settings(), _library(data)
        reading = _analysed(_kept(source, library) or _article(source, settings, library), settings, library)
        text = exported([reading], form, settings, every_stance)
        if output is None:
            sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]  # CSV has its own line ends
            click.echo(text, nl=False)
            return
        try:
            write(text, output, force)
        except ExportError as error:
            _refuse(str(error))
        click.echo(f"wrote {output}", err=True)


@main.command("list")
@_data
def list_(data: str | None) -> None:
    """List the articles in the library, the one opened last first."""
    with _said():
        entries = _library(data).entries()
        if not entries:
            click.echo("The library is empty; pullquote SOURCE reads an article.", err=True)
        for entry in entries:
            notes = f"{entry.notes} note{'s' * (entry.notes != 1)}"
            about = " · ".join(filter(None, (entry.site, entry.published)))
            title = entry.title or entry.source or "Untitled"
            click.echo("  ".join(filter(None, (entry.id[:8], entry.opened[:10], f"{notes:>9}", title, about))))


@main.command()
@_data
def config(data: str | None) -> None:
    """Show where the settings and the library are, and what holds."""
    with _said():
        click.echo(describe(_settings(), config_file(), data_dir(data)), nl=False)


class _said:  # reads as a word in `with _said():`
    """Turns what can be wrong with an input into one line and exit status 2."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, (Unreadable, BadSettings)):
            _refuse(str(error))
        if error is not None and type(error).__name__ in ("LibraryError", "AnalysisFailed", "NoModel"):
            _refuse(str(error))
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()
            sys.exit(1)


def _refuse(message: str) -> None:
    click.echo(f"pullquote: {message}", err=True)
    sys.exit(2)


def _settings() -> Settings:
    from tui.screens.actions import READING, SELECTING

    return load_settings(actions=[act.id for act in (*READING, *SELECTING)])


def _library(data: str | None) -> "Library":
    from tui.library.store import Library

    return Library.open(data_dir(data))


def _article(source: str | None, settings: Settings, library: "Library") -> Article:
    """The article that `source` names, kept in the library; one seen before comes from there."""
    from tui.article.source import extract, fetch, shipped

    if source is None:
        article = shipped()
        library.keep(article)
        return article
    raw = fetch(source, limit=settings.max_bytes)
    article = library.article_from(raw.digest) or extract(raw)
    library.keep(article, raw.digest)
    return article


def _kept(prefix: str, library: "Library") -> Article | None:
    """The article in the library whose id begins with `prefix`, if no file is called that."""
    if len(prefix) < 4 or Path(prefix).exists():
        return None
    ids = library.find(prefix)
    return library.article(ids[0]) if len(ids) == 1 else None


def _reading(article: Article, settings: Settings, library: "Library") -> "Reading":
    from tui.analysis import analyser
    from tui.library.reading import derived

    found = library.findings(article.id, analyser(settings.model))
    return derived(article, found, library.annotations(article.id))


def _analysed(article: Article, settings: Settings, library: "Library") -> "Reading":
    """The reading with findings, found now if they are not kept."""
    from tui.library.reading import derived

    reading = _reading(article, settings, library)
    if reading.findings is None:
        from tui.analysis.pipeline import analyse

        findings = analyse(article.text, settings.model)
        library.keep_findings(article.id, findings)
        reading = derived(article, findings, reading.annotations)
    return reading


def _take_terminal_back() -> None:
    """Standard input was the article; the keys come from the terminal."""
    import os

    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        _refuse("standard input is the article and there is no terminal for the keys; use --plain")
    else:
        os.dup2(terminal, 0)


if __name__ == "__main__":
    main()
