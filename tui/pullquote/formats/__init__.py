"""Write readings in the forms that people use.

Each form is a value in a module of its own (`pullquote.formats.form`), found by its entry point and
imported when it is asked for: nothing here imports any of them.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from pullquote.errors import PullquoteError
from pullquote.files import is_stream
from pullquote.formats.files import ExportError, File, Pieces, usual_folder, write, write_all
from pullquote.formats.form import Format, Write, each_once
from pullquote.formats.naming import Names, Versions, file_name, no_versions
from pullquote.formats.registry import FORMATS, listed_formats
from pullquote.notes.reading import Reading
from pullquote.plugins import raising
from pullquote.settings import Settings

__all__ = [
    "FORMATS",
    "ExportError",
    "Format",
    "Names",
    "each_once",
    "export",
    "file_name",
    "listed_formats",
    "pieces",
    "put",
    "usual_folder",
    "write",
]


def export(
    readings: Iterable[Reading], form: str, settings: Settings, every_stance: bool = False
) -> str | bytes:
    """`readings` as one file.

    Args:
        readings: An article that comes again is left out; a `single` format takes one reading.
        form: The name of a format.
        settings: Have the reader's name, and those of the kinds of highlights.
        every_stance: Whether what is written for people lists also what is thought, hoped or meant,
            not only what was said and written.

    Returns:
        Text, or bytes where the format is of bytes.

    Raises:
        KeyError: There is no such format.
        BrokenPlugIn: It is another package's, and cannot be used.
        ExportError: The format is another package's, and fails.
    """
    written = list(pieces(readings, form, settings, every_stance))
    if any(isinstance(one, bytes) for one in written):
        return b"".join(one.encode() if isinstance(one, str) else one for one in written)
    return "".join(map(str, written))


def pieces(
    readings: Iterable[Reading], form: str, settings: Settings, every_stance: bool = False
) -> Pieces:
    """What `export` gives, piece by piece, with at most two readings in memory.

    Args and errors are those of `export`; the errors of writing come while the pieces are taken.
    """
    chosen = FORMATS[form]
    shown = (seen(reading, chosen, every_stance) for reading in each_once(readings))
    return _written(chosen.write, shown, form, settings)


def _written(write: Write, readings: Iterable[Reading], form: str, settings: Settings) -> Pieces:
    """The pieces; what goes wrong in the code of another package is an `ExportError`."""
    if FORMATS.is_ours(form):
        return write(readings, settings)

    def guarded() -> Pieces:
        with raising(ExportError, f"the format {form}"):
            for piece in write(readings, settings):
                yield _vetted(piece)

    return guarded()


def _vetted(piece: object) -> str | bytes:
    """A piece that can be written. Raises `TypeError` and `UnicodeError`."""
    if isinstance(piece, str):
        piece.encode()
    elif not isinstance(piece, bytes):
        raise TypeError(f"{type(piece).__name__} is neither text nor bytes")
    return piece


def seen(reading: Reading, chosen: Format, every_stance: bool) -> Reading:
    """The reading as a format shows it.

    Args:
        reading: Whole.
        chosen: The format; one that is `whole` shows all.
        every_stance: Whether what is thought, felt or wanted stays, not only what was said or
            written.
    """
    if reading.findings is None or every_stance or chosen.whole:
        return reading
    return msgspec.structs.replace(reading, findings=reading.findings.in_words())


def put(
    readings: Iterable[Reading],
    form: str,
    settings: Settings,
    path: Path,
    force: bool = False,
    every_stance: bool = False,
    sources: Callable[[], Iterable[Path]] = tuple,
    versions: Versions = no_versions,
) -> list[Path]:
    """Write `readings` to a file and its companions, or into a folder; all of it or nothing.

    Args:
        readings: An article that comes again is left out.
        form: The name of a format.
        settings: See `export`.
        path: A file, or a folder that is there: then a file for each article.
        force: Whether a file that is there is replaced. It is kept otherwise, unless the format can
            put what is new into it (`Format.merged`).
        every_stance: See `export`.
        sources: The files that articles were read from; they are never replaced.
        versions: The versions of an article; a new one goes into the file of an earlier one.

    Returns:
        The files that were written.

    Raises:
        KeyError: There is no such format.
        BrokenPlugIn: It is another package's, and cannot be used.
        ExportError: Nothing was written; it says why.
    """
    chosen, readings = FORMATS[form], each_once(readings)

    def files() -> Iterator[File]:
        if os.path.isdir(path):
            names = Names(path, form, versions)
            for one in readings:
                yield from _files([one], form, settings, names.path(one), force, every_stance)
        else:
            chosen_readings = _only(readings, form, path) if chosen.single else readings
            yield from _files(chosen_readings, form, settings, path, force, every_stance)

    return write_all(files(), sources)


def _only(readings: Iterator[Reading], form: str, path: Path) -> list[Reading]:
    """The only reading there is."""
    first, second = next(readings, None), next(readings, None)
    if first is None or second is not None:
        raise ExportError(
            f"{path}: {form} holds one article per file; make it a folder to export several"
        )
    return [first]


def _files(
    readings: Iterable[Reading],
    form: str,
    settings: Settings,
    path: Path,
    force: bool,
    every_stance: bool,
) -> Iterator[File]:
    """The file of `readings`, and those that belong beside it.

    A companion replaces what is there only where the file that it goes with does: another may be
    the reader's own.
    """
    chosen = FORMATS[form]
    is_there = os.path.exists(path)
    content = pieces(readings, form, settings, every_stance)
    if chosen.merged and is_there and not force and not is_stream(path):
        new = "".join(map(str, content))
        yield File(path, [_merged(chosen.merged, new, path)], over=True)
    else:
        yield File(path, content, over=force)
    for suffix, companion in chosen.companions:
        beside = _written(companion, readings, form, settings)
        yield File(path.with_suffix(suffix), beside, over=force and is_there)


def _merged(merge: Callable[[str, str], str], content: str, path: Path) -> str:
    try:
        return merge(content, path.read_bytes().decode())
    except (OSError, ValueError, PullquoteError) as error:
        why = (isinstance(error, OSError) and error.strerror) or error
        raise ExportError(
            f"{path}: cannot be updated: {why}; choose another name, or use --force"
        ) from error
