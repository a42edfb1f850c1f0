"""Put exports into files: whole or not at all, over another only if forced, never a source."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pullquote.errors import PullquoteError
from pullquote.files import is_stream, put_in_place, staging, stream, through, written

Pieces = Iterable[str | bytes]


class ExportError(PullquoteError):
    """Nothing was written; the message is one line that names the file and a way out."""


class File(NamedTuple):
    """What is to be written where; only if `over`, in the place of what is there."""

    path: Path
    pieces: Pieces
    over: bool = False


def write(content: str | bytes, path: Path, force: bool = False) -> None:
    """Write `content` to `path`, all or nothing.

    Args:
        content: Text is written in UTF-8.
        path: A file, or a stream (`/dev/stdout`, a named pipe).
        force: Whether a file that is there is replaced.

    Raises:
        ExportError: Nothing was written; it says why.
    """
    write_all([File(path, [content], force)])


def write_all(files: Iterable[File], sources: Callable[[], Iterable[Path]] = tuple) -> list[Path]:
    """Write each file piece by piece beside its place, and put them there when all are written.

    If one cannot be put in its place even so, those that were new are taken away again; what was
    replaced until then stays replaced. Streams are written into at once.

    Args:
        files: Each is written before the next is asked for.
        sources: Files that are never replaced.

    Returns:
        Where they are, in their order.

    Raises:
        ExportError: One cannot be written, is there and not to be replaced, or is a source.
    """
    with ExitStack() as stack:
        staged = _Staged(stack, sources)
        for file in files:
            staged.write(file)
        staged.put_in_place()
        return list(staged.paths)


class _Staged:
    """Files that are written, and not yet in their places."""

    def __init__(self, stack: ExitStack, sources: Callable[[], Iterable[Path]]) -> None:
        self.paths: dict[Path, None] = {}  # all that was written, in order
        self._stack = stack
        self._sources = sources
        self._stages: dict[Path, Path] = {}
        # where each belongs: the staged file, and whether it replaces
        self._places: dict[Path, tuple[Path, bool]] = {}

    def write(self, file: File) -> None:
        path = file.path
        if path in self.paths:
            raise ExportError(f"{path}: two files would get this name; choose another")
        try:
            if is_stream(path):
                _pour(file.pieces, path)
            else:
                self._stage(file)
        except OSError as error:
            raise _failed(path, error) from error
        self.paths[path] = None

    def _stage(self, file: File) -> None:
        if os.path.isdir(file.path):
            raise ExportError(f"{file.path}: is a folder; choose another name")
        if os.path.exists(file.path) and not file.over:
            raise ExportError(f"{file.path}: already exists; choose another name, or use --force")
        place = through(file.path)
        if os.path.exists(place) and self._is_source(place):
            raise ExportError(
                f"{file.path}: is the file that the article was read from; choose another name"
            )
        if place.parent not in self._stages:
            self._stages[place.parent] = self._stack.enter_context(staging(place.parent))
        new = self._stages[place.parent] / str(len(self.paths))
        with written(new, like=place) as out:
            for piece in file.pieces:
                out.write(piece.encode() if isinstance(piece, str) else piece)
        self._places[place] = new, file.over

    def _is_source(self, path: Path) -> bool:
        """Whether it is one of the sources, under whichever name."""
        return _identity(path) in self._source_files

    @cached_property
    def _source_files(self) -> set[tuple[int, int] | None]:
        return {_identity(path) for path in self._sources()} - {None}

    def put_in_place(self) -> None:
        new: list[Path] = []
        for path, (file, over) in self._places.items():
            try:
                put_in_place(file, path, over)
            except OSError as error:
                for one in new:
                    one.unlink(missing_ok=True)
                raise _failed(path, error) from error
            if not over:
                new.append(path)


def _pour(pieces: Pieces, path: Path) -> None:
    with stream(path) as out:
        for piece in pieces:
            out.write(piece.encode() if isinstance(piece, str) else piece)


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        there = os.stat(path)
        return there.st_dev, there.st_ino
    return None


def _failed(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path}: cannot be written: {error.strerror or error}; choose another name")


def usual_folder() -> Path:
    """Where an export goes by default: the working directory, or home where that is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


# --- JSON


def indented(value: Any) -> str:
    """`value` as JSON for people too, a line a value."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def listed(values: Iterable[Any], depth: int = 0) -> Iterator[str]:
    """A list of `values` as `indented` writes it at `depth`, value by value, without a line end."""
    margin, empty = "  " * (depth + 1), True
    for value in values:
        lines = (
            msgspec.json.format(msgspec.json.encode(value), indent=2)
            .decode()
            .replace("\n", f"\n{margin}")
        )
        yield f"{'[' if empty else ','}\n{margin}{lines}"
        empty = False
    yield "[]" if empty else f"\n{'  ' * depth}]"
