"""The files that inputs stand for: folders, patterns and addresses, as fsspec opens them.

They come one after another, in the order of their names, and only the names in one folder are held
at a time: a corpus may have any number of them.
"""

import bz2
import gzip
import io
import lzma
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from glob import has_magic
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from pullquote.corpus.inputs.zstd import Unpacked
from pullquote.corpus.parts import Failure, Options
from pullquote.corpus.place import file_system, has_protocol
from pullquote.settings import expanded
from pullquote.text import is_on_the_web, one_line

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_BUFFER = 1 << 18  # bytes
_AWAY = (404, 408, 410, 429)  # answers of a site that has nothing there, or not now
_PARTIAL = 206  # the status of an answer that is a part of a file
_NO_ARTICLES = ("_SUCCESS", "_metadata", "_common_metadata")  # what Spark and Dask write beside
_STATES = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "updated", "created",
           "Last-Modified", "Content-MD5", "Digest")  # fmt: skip


class Place(NamedTuple):
    """A file of an input."""

    url: str  # as fsspec opens it; a full path for a file of this machine
    name: str  # what the ids of its articles begin with
    size: int  # bytes; 0 where it is not known
    state: str  # another one where the file has changed; "" where that cannot be told


def found(inputs: Sequence[str], options: Options) -> Iterator[Place | Failure]:
    """The files of all inputs, each with a name of its own.

    A file is called by its name without the suffix, as `pullquote analyze` calls it; in a folder,
    by its path from there. Where several inputs are named, what is in a folder begins with the
    folder's name.
    """
    for given, label in zip(inputs, _labels(inputs), strict=True):
        try:
            yield from _files(given, label, len(inputs) == 1, options)
        except Exception as error:  # each file system raises errors of its own
            yield Failure(one_line(given), "", reason(error))


def _labels(inputs: Sequence[str]) -> Iterator[str]:
    """A name for each input, each another one."""
    seen: Counter[str] = Counter()
    for given in inputs:
        name = stem(_fixed(given).rstrip("/"))
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}~{seen[name]}"


def _files(given: str, label: str, is_alone: bool, options: Options) -> Iterator[Place | Failure]:
    """The files of one input. Raises what its file system does."""
    fs, path = _file_system(given, options)
    within = "" if is_alone else label
    if is_on_the_web(given):
        yield _on_the_web(fs, given, label)
    elif fs.isfile(path):
        yield _place(fs, fs.info(path), label)
    elif fs.isdir(path):
        yield from _walk(fs, path, within)
    elif has_magic(path):
        yield from _matching(fs, path, within)
    else:
        raise FileNotFoundError("no such file or folder; check the path")


def _matching(fs: "AbstractFileSystem", pattern: str, within: str) -> Iterator[Place | Failure]:
    """The files that a pattern stands for, `**` for any folders. Raises if there are none."""
    from fsspec.utils import glob_translate

    root = _fixed(pattern)
    fits = re.compile(glob_translate(pattern)).match
    depth = None if "**" in pattern else pattern.count("/") - root.count("/")
    is_any = False
    for place in _walk(fs, root, within, depth, lambda path: fits(path) is not None):
        is_any = True
        yield place
    if not is_any:
        raise FileNotFoundError("stands for no file; check the pattern")


def _fixed(pattern: str) -> str:
    """The folder in which all is that a pattern may stand for; what is no pattern, itself."""
    if is_on_the_web(pattern) or os.path.lexists(pattern):
        return pattern
    steps = pattern.split("/")
    at = next((at for at, step in enumerate(steps) if has_magic(step)), None)
    return pattern if at is None else "/".join(steps[:at])


def _walk(
    fs: "AbstractFileSystem",
    folder: str,
    within: str,
    depth: int | None = None,
    fits: Callable[[str], bool] = lambda path: True,
) -> Iterator[Place | Failure]:
    """The files in a folder and in those in it; `within` is what their names begin with.

    Files that differ by their suffix alone are called by their whole names.
    """
    try:
        every = _children(fs, folder)
    except OSError as error:
        yield Failure(one_line(folder), "", reason(error))
        return
    for name, those in groupby(every, key=lambda one: stem(one[0])):
        alike = list(those)
        for path, about in alike:
            full = PurePosixPath(path).name
            if not _is_utf_8(full):
                yield Failure(_escaped(path), "", "the name is not UTF-8; rename it")
                continue
            try:
                about = about or fs.info(path)
            except OSError as error:
                yield Failure(one_line(path), "", reason(error))
                continue
            if about["type"] == "directory":
                if depth != 1 and not about.get("islink"):  # links may lead in a circle
                    deeper = None if depth is None else depth - 1
                    yield from _walk(fs, path, _joined(within, full), deeper, fits)
            elif about["type"] == "file" and fits(path):
                called = name if len(alike) == 1 else full
                yield _place(fs, about, _joined(within, called))


def _children(fs: "AbstractFileSystem", folder: str) -> list[tuple[str, dict[str, Any] | None]]:
    """What is in a folder by name, without what is hidden; with what is known of each."""
    if _is_local(fs):
        every = [(os.path.join(folder, name), None) for name in os.listdir(folder)]
    else:
        fs.invalidate_cache()  # which would hold the whole corpus in the end
        every = [(one["name"].rstrip("/"), one) for one in fs.ls(folder, detail=True)]
    shown = (one for one in every if _is_shown(PurePosixPath(one[0]).name))
    return sorted(shown, key=lambda one: (stem(one[0]), one[0]))


def _is_utf_8(name: str) -> bool:
    """Whether a name can be written: in bytes that are no UTF-8, Python has surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _escaped(path: str) -> str:
    """A path as it can be shown."""
    return one_line(os.fsencode(path).decode(errors="backslashreplace"))


def _is_shown(name: str) -> bool:
    return bool(name) and not name.startswith(".") and name not in _NO_ARTICLES


def _place(fs: "AbstractFileSystem", about: dict[str, Any], name: str) -> Place:
    path = about["name"]
    size = int(about.get("size") or 0)
    known = next((str(about[key]) for key in _STATES if about.get(key)), "")
    url = path if _is_local(fs) else fs.unstrip_protocol(path)
    return Place(url, one_line(name), size, f"{size}-{known}" if known else "")


def _on_the_web(fs: "AbstractFileSystem", url: str, name: str) -> Place:
    """A file or a page of a site, which may not tell its size or state. Raises if it is away."""
    try:
        return _place(fs, {**fs.info(url), "name": url}, name)
    except Exception as error:  # many sites refuse to be asked so: then it is tried by who reads it
        status = getattr(error.__cause__, "status", 0)
        if not 400 <= status < 500 or status in _AWAY:
            raise
        return Place(url, one_line(name), 0, "")


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def stem(path: str) -> str:
    """The name of a file or address without its suffix."""
    return PurePosixPath(_path(path)).stem or path


def _path(url: str) -> str:
    return unquote(urlsplit(url).path) if is_on_the_web(url) else url


def _file_system(url: str, options: Options) -> "tuple[AbstractFileSystem, str]":
    """The file system of an address, and the path in it. Raises what fsspec does."""
    local = url if has_protocol(url) else os.path.abspath(expanded(url))
    return file_system(local, options.storage)


def _is_local(fs: "AbstractFileSystem") -> bool:
    from fsspec.implementations.local import LocalFileSystem

    return isinstance(fs, LocalFileSystem)


class _AsItComes(io.RawIOBase):
    """What is unpacked, piece by piece: what is before a break is given before that is told."""

    def __init__(self, unpack: Callable[[IO[bytes]], Any], file: IO[bytes]) -> None:
        self._file = unpack(file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer is one
        piece = self._file.read1(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


_UNPACKED: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": partial(_AsItComes, lambda file: gzip.GzipFile(fileobj=file)),
    ".bz2": partial(_AsItComes, bz2.BZ2File),
    ".xz": partial(_AsItComes, lzma.LZMAFile),
    ".zst": Unpacked,
}


def compression(url: str) -> str:
    """The suffix of a compressed file; "" for one that is not."""
    suffix = PurePosixPath(_path(url)).suffix.lower()
    return suffix if suffix in _UNPACKED else ""


def form_suffix(url: str) -> str:
    """The suffix that tells the form of a file, in lower case: ".csv" for `News.CSV.gz`."""
    path = PurePosixPath(_path(url))
    return (path.with_suffix("") if compression(url) else path).suffix.lower()


@contextmanager
def opened(
    url: str, options: Options, start: int = 0, packed: bool = False, seeks: bool = False
) -> Iterator[IO[bytes]]:
    """A file from byte `start` on.

    Args:
        url: As fsspec opens it.
        options: How inputs are read.
        start: Where to begin, in bytes.
        packed: Whether it is left compressed.
        seeks: Whether it is read in another order than that of its bytes.

    Raises what its file system does, and while it is read what its compression does.
    """
    fs, path = _file_system(url, options)
    if _is_local(fs) and Path(path).is_fifo():  # put there since it was listed; nobody may write
        raise OSError("is a pipe now, and no file")
    with ExitStack() as stack:
        file: Any
        if is_on_the_web(url) and not seeks:
            file = stack.enter_context(_streamed(fs, path, start))
        else:
            file = stack.enter_context(fs.open(path, "rb"))
            if start:
                file.seek(start)
        unpack = None if packed else _UNPACKED.get(compression(url))
        if unpack is not None:
            file = stack.enter_context(unpack(file))
        yield file if packed else io.BufferedReader(file, _BUFFER)


@contextmanager
def _streamed(fs: "AbstractFileSystem", url: str, start: int) -> Iterator[IO[bytes]]:
    """A file of a site from byte `start` on, in one answer; many sites give no parts of files."""
    wanted = {"Range": f"bytes={start}-"} if start else {}
    headers = {"Accept-Encoding": "identity", **wanted}
    with fs.open(url, "rb", block_size=0, headers=headers) as stream:
        file = io.BufferedReader(stream, _BUFFER)
        left = 0 if stream.r.status == _PARTIAL else start
        while left and (passed := file.read(min(left, _BUFFER))):
            left -= len(passed)
        yield file


def reason(error: Exception) -> str:
    """Why something could not be read, in one line."""
    if isinstance(error, FileNotFoundError) and has_protocol(str(error)):
        cause = error.__cause__  # fsspec says so of whatever a site does not answer
        return reason(cause) if isinstance(cause, Exception) else "is not there; check the address"
    if "support range requests" in str(error):
        return "the site gives no parts of a file; download it, and name the file"
    if status := getattr(error, "status", 0):  # which says its address once more
        return one_line(f"the site answers {status} {getattr(error, 'message', '')}".rstrip())[:300]
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return one_line(said)[:300]
