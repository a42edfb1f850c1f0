"""`pullquote corpus analyze`: any number of articles, on this machine or a cluster, into tables."""

import re
import shlex
import sys
import time
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.corpus_storage import pairs, storage_option
from pullquote.cli.opening import (
    FROM_START,
    INTERRUPTED,
    language_option,
    one_line_errors,
    tell,
)
from pullquote.text import plural

if TYPE_CHECKING:
    from pullquote.corpus.making import Progress, Task

_QUIET = 60.0  # seconds between two lines of progress where nobody sits at a terminal
_LEAST_MEMORY = 512 << 20  # bytes
_UNITS = {"": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


class _Size(click.ParamType[int]):
    name = "size"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        found = re.fullmatch(r"(\d+)\s*([KMG]B)?", str(value).strip().upper())
        if found is None or not int(found[1]):
            self.fail(f"{value}: not a size; write it as 500KB, 16MB or 4GB", param, ctx)
        return int(found[1]) * _UNITS[found[2] or ""]


def _columns(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Several pairs, with commas between them."""
    return pairs(ctx, option, tuple(pair for one in given for pair in one.split(",")))


@click.command("analyze")
@click.argument(
    "inputs", nargs=-1, required=True, metavar="INPUT…", shell_complete=completing.files
)
@click.option(
    "--out",
    required=True,
    metavar="FOLDER",
    shell_complete=completing.folders,
    help="Where the tables are written.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Use this Dask scheduler: tcp://host:8786.")
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    help="Workers on this machine, one core each.  [default: all cores]",
)
@click.option(
    "--map",
    "columns",
    callback=_columns,
    multiple=True,
    metavar="FIELD=COLUMN,…",
    help="What a table calls the fields of an article: text=body,id=uri.",
)
@language_option
@click.option(
    "--partition-size",
    type=_Size(),
    default="1MB",
    show_default=True,
    metavar="SIZE",
    help="How much a worker reads before it writes.",
)
@click.option(
    "--limit",
    type=_Size(),
    metavar="SIZE",
    help="Largest article that is read.  [default: that of the settings]",
)
@click.option(
    "--memory",
    type=_Size(),
    default="4GB",
    show_default=True,
    metavar="SIZE",
    help="Memory that the analysis of an article may take.",
)
@click.option(
    "--deadline",
    type=click.IntRange(1),
    metavar="SECONDS",
    help="Time that the analysis of an article may take.  [default: by its length]",
)
@storage_option
@click.option("--retry-errors", is_flag=True, help="Do anew what holds articles with errors.")
@click.option("--verify", is_flag=True,
              help="Read all inputs again, also those of the same size and time.")  # fmt: skip
@click.option(
    "--dedupe",
    is_flag=True,
    help="Mark articles that are the same as an earlier one, or nearly.",
)
@click.option("--drop", is_flag=True, help="Drop what came of inputs that are not named now.")
def analyze(
    inputs: tuple[str, ...],
    out: str,
    scheduler: str | None,
    workers: int | None,
    columns: dict[str, str],
    language: str,
    partition_size: int,
    limit: int | None,
    memory: int,
    deadline: int | None,
    storage: dict[str, str],
    retry_errors: bool,
    verify: bool,
    dedupe: bool,
    drop: bool,
) -> None:
    """Analyse any number of articles into a folder of Parquet tables.

    INPUT is a file, a folder, a pattern or an address; FOLDER, too, may be an address, as
    s3://bucket/corpus. It can be stopped at any time: the same command goes on from there, does
    what is missing or has changed, and drops what is gone from the inputs.

    Exit status: 0 if all is analysed; 1 if some articles are not, which the table `errors` tells;
    2 if it could not begin or go on; 130 if it was stopped by ctrl+c. docs/corpus.md tells more.
    """
    if scheduler and workers:
        raise click.UsageError("--workers are of this machine; a scheduler has its own")
    if not all(map(str.strip, (out, *inputs))):
        raise click.UsageError("an input, or --out, is empty; name a file or folder")
    if memory < _LEAST_MEMORY:
        raise click.UsageError("--memory: the analysis alone needs 512MB")
    with one_line_errors():
        from pullquote.corpus.extra import require

        require("dask", "distributed", "fsspec", "pyarrow", "rensa", *["duckdb"] * dedupe)
        from pullquote.corpus import inputs as corpus_inputs
        from pullquote.corpus.making import Task
        from pullquote.corpus.parts import Options
        from pullquote.corpus.running import located, plan

        settings = opening.settings()
        limit = limit or settings.max_bytes
        options = Options(columns=columns, language=language, limit=limit, storage=storage)
        corpus_inputs.parts(inputs, options)  # says at once which columns there are not
        task = Task(
            inputs=tuple(map(located, inputs)),
            plan=plan(out, options, settings.model, deadline or 0, memory),
            partition_size=partition_size,
            retries_errors=retry_errors,
            verifies=verify,
            drops=drop,
        )
        status = _run(task, scheduler or "", workers)
        if status != INTERRUPTED:
            _mark(task, dedupe)
        sys.exit(status)


def _run(task: "Task", scheduler: str, workers: int | None) -> int:
    """Do it, and tell how far it is; the exit status."""
    from pullquote.corpus.cluster import cluster, dashboard
    from pullquote.corpus.running import run

    shown = _Shown()
    try:
        with cluster(scheduler, workers) as client:
            if address := dashboard(client):
                tell(f"what the workers do is shown at {address}")
            try:
                progress, held = run(task, client, shown)
            finally:
                shown.end()
    except KeyboardInterrupt:
        tell("stopped; what is written stays, and the same command goes on from here")
        return INTERRUPTED
    folder = task.plan.folder
    tell(f"{plural(progress.articles, 'article')} analysed in {_time(progress.seconds)}")
    tell(f"{folder} holds {plural(held.rows.get('articles', 0), 'article')}")
    if errors := held.rows.get("errors", 0):
        ask = f"pullquote corpus sql {shlex.quote(folder)} 'SELECT * FROM errors'"
        tell(f"{plural(errors, 'error')}; {ask} shows which and why")
    return 1 if errors else 0


def _mark(task: "Task", dedupe: bool) -> None:
    """Mark duplicates, or take away what was marked in other articles than there are now."""
    from pullquote.corpus import duplicates

    folder, storage = task.plan.folder, task.plan.storage
    if not dedupe:
        if duplicates.clear(folder, storage):
            tell("articles have changed, and duplicates are not marked any more; --dedupe does it")
        return
    found = duplicates.mark(folder, storage)
    tell(
        f"{plural(found.exact, 'article')} the same as an earlier one, {found.near:,} nearly so; "
        f"{folder}/duplicates tells which"
    )
    if found.repeated_ids:
        tell(f"{plural(found.repeated_ids, 'article')} with the id of another one")


class _Shown:
    """The progress: a line that changes at a terminal, else a line a minute."""

    def __init__(self) -> None:
        self._is_terminal = bool(sys.stderr and sys.stderr.isatty())
        self._last = time.monotonic()

    def __call__(self, progress: "Progress") -> None:
        if self._is_terminal:
            click.echo(f"{FROM_START}{_line(progress)}", nl=False, err=True)
        elif time.monotonic() - self._last > _QUIET:
            self._last = time.monotonic()
            tell(_line(progress))

    def end(self) -> None:
        """Nothing more is shown."""
        if self._is_terminal:
            click.echo(FROM_START, nl=False, err=True)


def _line(progress: "Progress") -> str:
    left = progress.seconds_left
    told = (
        plural(progress.articles, "article"),
        f"{progress.words_a_second:,.0f} words a second",
        plural(progress.errors, "error"),
        f"{_time(left)} left" if left is not None else "",
        "" if progress.workers else "waiting for workers",
    )
    return ", ".join(filter(None, told))


def _time(seconds: float) -> str:
    """A time as it is spoken of: 40 s, 12 min, 3.5 h."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
