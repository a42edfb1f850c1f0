"""The commands for the whole library: backup, restore and merge."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pullquote.cli import completing, opening
from pullquote.cli.opening import data_option, one_line_errors, refuse, tell
from pullquote.errors import PullquoteError
from pullquote.settings import data_dir, expanded
from pullquote.system import as_typed

if TYPE_CHECKING:
    from pullquote.library.copies import Watch
    from pullquote.library.database import Database
    from pullquote.library.joining import Outcome
    from pullquote.library.records import Record
    from pullquote.library.store import Library


@click.command()
@click.argument("file", required=False, metavar="[FILE]", shell_complete=completing.files)
@click.option(
    "--folder",
    metavar="FOLDER",
    type=click.Path(),
    help="Write one plain file an article into this folder instead, where it has changed.",
)
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@data_option
def backup(file: str | None, folder: str | None, force: bool, data: str | None) -> None:
    """Write the whole library into one file.

    A reader may be open. The copy is of one moment, is checked, and has nothing in it of what was
    deleted. A folder that other programs synchronise gets one plain file an article (JSON) instead;
    only those that have changed are written again. `pullquote restore` and `pullquote merge` read
    both.
    """
    if bool(file) == bool(folder):
        raise click.UsageError("name the file to write, or --folder")
    with one_line_errors():
        library = opening.library(data, make=False)
        if folder:
            _backup_folder(library, expanded(folder))
            return
        from pullquote.library import copies

        path = expanded(str(file))
        if path.is_dir():
            typed = as_typed(str(file))
            refuse(f"{file}: is a folder; --folder {typed} writes one file an article into it")
        if os.path.lexists(path) and not force:
            refuse(f"{file}: is there already; --force writes over it")
        with _shown("copying") as watch:
            copies.backup(library.database, path, force, watch)
        click.echo(f"wrote {file}: {_contents(library)}")


def _backup_folder(library: "Library", folder: Path) -> None:
    from pullquote.library import copies, voice_files
    from pullquote.library import folder as files

    def encoded() -> Iterator[tuple[str, bytes]]:
        for one in copies.everything(library.database):
            article = library.articles.get(one.id)
            if article is not None:
                yield one.id, files.encoded(one, article)

    counts: Counter[bool] = Counter()
    whole = library.database.rows("SELECT count(*) FROM articles")[0][0]
    with _shown("writing") as watch:
        for is_new in files.put_files(folder, encoded()):
            counts[is_new] += 1
            watch(counts.total(), whole)
    if decided := library.voice_acts.decisions():
        list(files.put_files(folder, iter([(voice_files.STEM, voice_files.encoded(decided))])))
    click.echo(f"{folder}: {counts[True]} articles written, {counts[False]} unchanged")
    ids = {voice_files.STEM, *(one.id for one in library.articles.entries())}
    others = sum(one.stem not in ids for one in folder.glob(f"*{files.SUFFIX}"))
    if others:
        tell(
            f"{folder}: {others} files are not of articles in this library; merge the folder to "
            "have them, or delete them there"
        )


@click.command()
@click.argument("source", metavar="FILE", shell_complete=completing.files)
@data_option
def restore(source: str, data: str | None) -> None:
    """Put a backup in the place of the library.

    FILE is a file that `pullquote backup` wrote, or such a folder. The library as it was gets a
    dated name in the same folder; restoring that brings it back. A reader that is open goes on with
    what was restored.
    """
    with one_line_errors():
        from pullquote.files import staging
        from pullquote.library.store import FILE, Library

        folder = data_dir(data)
        path = _there(source, folder / FILE)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.is_dir():
            with _reading(path) as coming:
                _restore(folder, coming)
            return
        with staging(folder) as stage, Library.at(stage / FILE, make=True) as made:
            wrong = _merge_folder(made, path)[1]
            if wrong:
                refuse(f"{source}: nothing was restored; merge takes what can be read")
            _restore(folder, made.database)


def _restore(folder: Path, coming: "Database") -> None:
    """Put a library in the place of the one in the folder, whatever state that is in."""
    from pullquote.files import put_in_place, staging
    from pullquote.library import copies
    from pullquote.library.file import UnusableError
    from pullquote.library.store import FILE, Library

    path = folder / FILE
    kept = None
    try:
        with Library.open(folder) as library, _shown("restoring") as watch:
            kept = copies.restore(library.database, coming, watch)
    except UnusableError:
        with staging(folder) as stage, _shown("restoring") as watch:
            copies.copy(coming, stage / FILE, watch)
            kept = copies.move_away(path)
            put_in_place(stage / FILE, path, over=False)
    if kept:
        click.echo(f"kept the library as it was in {kept}")
    with Library.open(folder) as library:
        click.echo(f"restored: {_contents(library)}")


@click.command()
@click.argument("source", metavar="FILE", shell_complete=completing.files)
@data_option
def merge(source: str, data: str | None) -> None:
    """Bring another library's articles and notes into this one.

    FILE is a library, a file that `pullquote backup` wrote, or a folder of its files. Nothing comes
    in twice. Where both sides changed a note, both changes stay, and the later one where there can
    be just one; what was removed on one side and not changed on the other since is removed. In the
    reader, u undoes what came into an article. The exit status is 1 if something could not be read.
    """
    with one_line_errors():
        from pullquote.library import copies
        from pullquote.library.store import FILE

        path = _there(source, data_dir(data) / FILE)
        library = opening.library(data)
        wrong = False
        if path.is_dir():
            outcome, wrong = _merge_folder(library, path)
        else:
            with _reading(path) as coming, _shown("merging") as watch:
                outcome = copies.merge_all(library.database, coming, watch)
            wrong = bool(outcome.wrong)
        for remark in (*outcome.remarks, *outcome.wrong):
            tell(remark)
        click.echo(_summary(outcome))
    sys.exit(1 if wrong else 0)


def _merge_folder(library: "Library", folder: Path) -> tuple["Outcome", bool]:
    """Merge the files of a folder, and whether one of them could not be read, which is told."""
    from pullquote.library import copies, voice_files
    from pullquote.library.folder import SUFFIX
    from pullquote.library.joining import Outcome

    outcome, wrong = Outcome(), False
    paths = sorted(one for one in folder.glob(f"*{SUFFIX}") if not one.name.startswith("."))
    if not paths:
        refuse(f"{folder}: has no files that pullquote backup --folder wrote")
    with _shown("merging") as watch:
        for number, path in enumerate(paths, 1):
            try:
                if path.stem == voice_files.STEM:
                    library.voice_acts.join(voice_files.read(path))
                else:
                    copies.merge_in(library.database, [_decoded(path, library)], outcome)
            except (PullquoteError, OSError, ValueError) as error:
                wrong = True
                tell(f"{path}: {getattr(error, 'strerror', None) or error}")
            watch(number, len(paths))
    return outcome, wrong


def _decoded(path: Path, library: "Library") -> "Record":
    """What a file of the folder holds. Raises `PullquoteError`, `OSError` or `ValueError`."""
    from pullquote.library import folder as files

    with library.database.snapshot() as db:
        return files.decoded(path.read_bytes(), db)


def _there(source: str, own: Path) -> Path:
    """The path of what comes in, which is not the library itself."""
    path = expanded(source)
    if not path.exists():
        refuse(f"{source}: no such file; check the path")
    if own.exists() and os.path.samefile(path, own):
        refuse(f"{source}: is the library itself; name another")
    if path.is_file() and not path.stat().st_size:  # to SQLite, a library with nothing in it
        refuse(f"{source}: is empty; name another backup")
    return path


@contextmanager
def _reading(path: Path) -> "Iterator[Database]":
    from pullquote.library.database import Database
    from pullquote.library.file import UnusableError

    source = None
    try:
        source = Database.only_read(path)
        yield source
    except UnusableError as error:
        if str(error).startswith(f"{path}: ") and error.reason:
            refuse(f"{path}: {error.reason}; name another backup")
        raise
    finally:
        if source is not None:
            source.close(-1)


@contextmanager
def _shown(label: str) -> "Iterator[Watch]":
    """Shows how far it is, as a bar on standard error, if that is a terminal."""
    with click.progressbar(
        length=100, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        def watch(done: int, whole: int) -> None:
            bar.update(max(0, 100 * done // max(1, whole) - bar.pos))

        yield watch


def _contents(library: "Library") -> str:
    articles, notes = library.database.rows(
        "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM annotations)"
    )[0]
    return f"{articles} article{'s' * (articles != 1)}, {notes} note{'s' * (notes != 1)}"


def _summary(outcome: "Outcome") -> str:
    """What a merge has done, in words."""
    counts = outcome.counts
    parts = [
        f"{counts[key]} {kind}{'s' * (counts[key] != 1)} {what}"
        for key in ("article new", "article put right", "note new", "note changed", "note removed")
        if counts[key]
        for kind, _, what in (key.partition(" "),)
    ]
    return ", ".join(parts) or "nothing new"
