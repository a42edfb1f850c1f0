"""The command that analyses articles and prints what is found, without a library or the screen."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import click
import msgspec

from pullquote.analysis import AnalysisFailed, NoModel
from pullquote.article import Article, Unreadable
from pullquote.article.forms import Raw
from pullquote.article.source import extract, fetch, members, numbered
from pullquote.cli import completing, opening
from pullquote.cli.analysing_library import analyse_all
from pullquote.cli.opening import language_option, one_line_errors, refuse, tell
from pullquote.cli.output import write_utf_8
from pullquote.files import replacing
from pullquote.languages import remark
from pullquote.settings import Settings
from pullquote.system import cores
from pullquote.text import one_line
from pullquote.vocabulary import ENGLISH

if TYPE_CHECKING:
    from pullquote.analysis.beside import Helper
    from pullquote.findings import Findings


@click.command("analyze")
@click.argument("files", nargs=-1, metavar="FILE…", shell_complete=completing.files)
@click.option(
    "--library",
    "in_library",
    is_flag=True,
    help="Analyse what is in the library and is not analysed yet; the findings are kept there.",
)
@opening.data_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "text"]),
    default="jsonl",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Number of parallel jobs, one CPU core each.  [default: all cores]",
)
@language_option
@opening.mend_option
def analyze(
    files: tuple[str, ...],
    in_library: bool,
    data: str | None,
    form: str,
    output: Path | None,
    jobs: int | None,
    language: str,
) -> None:
    """Analyse articles and print their findings as JSON Lines.

    One JSON object per article, in the order given; docs/findings.md describes it. FILE may also be
    a URL; of a book, a mailbox or a web archive, all that it holds is analysed. What cannot be read
    or analysed is reported on standard error and skipped; the exit status is then 1. What is in
    another language than English is reported, too, and not analysed.

    With --library nothing is printed: what is in the library is analysed where it is, so that
    `pullquote said` knows of it. It can be stopped at any time, and goes on from there.
    """
    if bool(files) == in_library:
        raise click.UsageError("name files, or use --library for what is in the library")
    with one_line_errors():
        settings = opening.settings()
        if in_library:
            library = opening.library(data, make=False)
            sys.exit(analyse_all(library, settings, jobs or cores(), language))
        jobs = min(len(files), jobs or cores())
        if form == "jsonl":
            write_utf_8()
        with _written(output, files) as out:
            results = _each_analysed(files, settings, form, jobs, language)
            failed = _write_findings(out, results, len(files))
    sys.exit(1 if failed else 0)


@contextmanager
def _written(output: Path | None, sources: tuple[str, ...]) -> Iterator[IO[bytes] | None]:
    """Open `output`, which is written completely or not at all; None for standard output.

    Refuses to overwrite one of the `sources`.
    """
    if output is None or str(output) == "-":
        yield None
        return
    if any(
        os.path.exists(source) and os.path.samefile(source, output)
        for source in sources
        if output.exists()
    ):
        refuse(f"{output}: is one of the files to analyse; choose another file")
    try:
        with replacing(output) as out:
            yield out
    except OSError as error:
        refuse(f"{output}: cannot be written: {error.strerror or error}; choose another file")


class _Analysed(NamedTuple):
    """An article's findings as they are printed, and what there is to say of it beside."""

    output: str
    remark: str


_Result = _Analysed | Unreadable | AnalysisFailed


def _write_findings(
    out: IO[bytes] | None, results: Iterator[tuple[_Result, ...]], count: int
) -> bool:
    """Write the findings of `count` files as they arrive. Returns True if any of them failed."""
    failed = False
    with opening.progress(count) as bar:
        for of_one_file in results:
            bar.update(1)
            for result in of_one_file:
                failed = not _written_result(out, result) or failed
    return failed


def _written_result(out: IO[bytes] | None, result: _Result) -> bool:
    """Write one article's findings, or tell why there are none. Returns False in that case."""
    if isinstance(result, Unreadable | AnalysisFailed):
        tell(str(result))
        return False
    if result.remark:
        tell(result.remark)
    click.echo(result.output.encode() if out else result.output, out, nl=False)
    return True


def _each_analysed(
    files: tuple[str, ...], settings: Settings, form: str, jobs: int, language: str
) -> Iterator[tuple[_Result, ...]]:
    from pullquote.analysis.beside import Helper, each_in_order

    each = min(2, cores()) if len(files) == 1 else 1
    helpers = [Helper(settings.model, each) for _ in range(jobs)]
    return each_in_order(partial(_analysed, settings, form, language), files, helpers)


async def _analysed(
    settings: Settings, form: str, language: str, helper: "Helper", source: str
) -> tuple[_Result, ...]:
    """The findings of each article in a source, or the error. Raises `NoModel`."""
    try:
        await helper.start()  # it loads its model while the article is read
        raw = await asyncio.to_thread(fetch, source, limit=settings.max_bytes)
        raw = msgspec.structs.replace(raw, mend=opening.mends())
        found = await asyncio.to_thread(members, raw)
    except Unreadable as error:
        return (error,)
    except OSError as error:  # from the helper process, not from the output file
        return (_not_started(source, error),)
    return tuple([await _one(member.raw, settings, form, language, helper) for member in found])


async def _one(
    raw: "Raw", settings: Settings, form: str, language: str, helper: "Helper"
) -> _Result:
    """The findings of one article in the requested format, or the error. Raises `NoModel`."""
    source = raw.source
    try:
        article = await asyncio.to_thread(extract, raw)
        findings = await helper.analyse(article.text, language=language)
    except Unreadable as error:
        return error
    except NoModel:
        raise
    except AnalysisFailed as error:
        return AnalysisFailed(f"{source}: {error}")
    except OSError as error:
        return _not_started(source, error)
    output = await asyncio.to_thread(_formed, source, article, findings, form, settings)
    left_out = remark(findings)
    insist = f"{left_out}; --language {ENGLISH} analyses it all the same" if left_out else ""
    mend = opening.offer_to_mend(article)
    remarks = "; ".join(filter(None, (insist, mend, *(findings.failed or ()))))
    return _Analysed(output, f"{source}: {remarks}" if remarks else "")


def _not_started(source: str, error: OSError) -> AnalysisFailed:
    return AnalysisFailed(f"{source}: the analysis cannot be started: {error.strerror}")


def _formed(
    source: str, article: Article, findings: "Findings", form: str, settings: Settings
) -> str:
    """An article's findings as text, ready to be printed."""
    from pullquote.record import record

    if form == "jsonl":
        whole, number = numbered(source)
        name = one_line(Path(whole).stem) + (f"#{number}" if number else "")
        return record(name, article.text, findings).decode() + "\n"
    from pullquote.formats import export
    from pullquote.notes.reading import derived

    return str(export([derived(article, findings, ())], "text", settings)) + "\n"
