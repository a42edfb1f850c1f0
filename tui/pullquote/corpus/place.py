"""The folder of a corpus, on a disk or where fsspec reaches: every file in it is whole or absent.

On a disk a file is written beside its place, synced, and renamed; object stores show an object only
once all of it is there.
"""

import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pullquote.corpus.extra import CorpusError, require
from pullquote.errors import described

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

WRITING = ".writing-"  # what begins the name of a file that is not whole yet
_BOOLEANS: dict[str, object] = {"true": True, "false": False}


def file_system(
    url: str, storage: Mapping[str, str] | None = None
) -> "tuple[AbstractFileSystem, str]":
    """The file system of an address, and the path in it.

    Args:
        url: A path, or an address that fsspec opens.
        storage: What fsspec is told of the place; "true" and "false" are meant as such.

    Raises:
        CorpusError: fsspec is not installed.
        Exception: What fsspec and its file systems raise.
    """
    require("fsspec")
    from fsspec.core import url_to_fs

    told = {name: _BOOLEANS.get(value, value) for name, value in (storage or {}).items()}
    files, path = url_to_fs(url, **told)
    return files, path


def has_protocol(name: str) -> bool:
    """Whether a name is an address with a protocol of fsspec's, and no path of this machine."""
    return "://" in name or "::" in name


def beside(path: Path) -> Path:
    """Where a file is written, under a name of its own, before it is whole and in its place."""
    return path.with_name(f"{WRITING}{secrets.token_hex(4)}-{path.name}")


class Place:
    """A folder by its path or address; names in it are divided by "/"."""

    def __init__(self, folder: str, storage: Mapping[str, str] | None = None) -> None:
        """Open the folder, which need not exist. Raises `CorpusError` and `OSError`."""
        self.folder = folder
        with _as_os_errors(folder):
            self._files, self._root = file_system(folder, storage)
        self.is_local = "file" in _names(self._files.protocol)

    def url(self, name: str) -> str:
        """The path or the address of a file, as other tools open it."""
        path = f"{self._root}/{name}"
        return path if self.is_local else str(self._files.unstrip_protocol(path))

    def path(self, name: str) -> Path:
        """Where a file lies on this machine's disk, if the folder does."""
        return Path(self._root, name)

    def exists(self, name: str) -> bool:
        """Whether there is such a file. Raises `OSError`."""
        with _as_os_errors(self.url(name)):
            return bool(self._files.exists(f"{self._root}/{name}"))

    def names(self, folder: str, suffix: str = "") -> list[str]:
        """The names of the files in a folder that end with `suffix`, sorted; none if it is absent.

        Raises `OSError`.
        """
        self._files.invalidate_cache()
        with _as_os_errors(self.url(folder)):
            try:
                paths = self._files.ls(f"{self._root}/{folder}", detail=False)
            except FileNotFoundError:
                return []
        names = (str(path).rstrip("/").rpartition("/")[2] for path in paths)
        return sorted(
            name for name in names if name.endswith(suffix) and not name.startswith(WRITING)
        )

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A file to read, of which no more is read than is asked for. Raises `OSError`."""
        with _as_os_errors(self.url(name)), self._files.open(f"{self._root}/{name}") as file:
            yield file

    def read(self, name: str) -> bytes:
        """All of a file. Raises `OSError`."""
        with _as_os_errors(self.url(name)):
            return bytes(self._files.cat_file(f"{self._root}/{name}"))

    def read_all(self, names: Sequence[str]) -> Iterator[bytes]:
        """All of each file that is there, some at a time. Raises `OSError`."""
        for start in range(0, len(names), _AT_ONCE):
            paths = [f"{self._root}/{name}" for name in names[start : start + _AT_ONCE]]
            with _as_os_errors(self.folder):
                found = self._files.cat_ranges(paths, None, None, on_error="return")
                for one in found:
                    if isinstance(one, Exception) and not isinstance(one, FileNotFoundError):
                        raise one
            yield from (bytes(one) for one in found if not isinstance(one, Exception))

    def write(self, name: str, content: bytes) -> None:
        """Put a file in its place, whole or not at all. Raises `OSError`."""
        if self.is_local:
            with _as_os_errors(self.url(name)), _staged(self.path(name)) as file:
                file.write(content)
            return
        with _as_os_errors(self.url(name)):
            self._files.pipe_file(f"{self._root}/{name}", content)

    @contextmanager
    def written(self, name: str) -> Iterator[IO[bytes]]:
        """A file to write, which is in its place at the end, or not at all. Raises `OSError`."""
        if self.is_local:
            with _as_os_errors(self.url(name)), _staged(self.path(name)) as file:
                yield file
            return
        import tempfile

        with tempfile.NamedTemporaryFile() as spooled:
            yield spooled.file
            spooled.flush()
            with _as_os_errors(self.url(name)):
                self._files.put_file(spooled.name, f"{self._root}/{name}")

    def create(self, name: str, content: bytes) -> None:
        """Write a file that is not there. Raises `FileExistsError` if it is, else `OSError`."""
        with _as_os_errors(self.url(name)):
            if self.is_local:
                self.path(name).parent.mkdir(parents=True, exist_ok=True)
            self._files.pipe_file(f"{self._root}/{name}", content, mode="create")

    def remove(self, name: str) -> None:
        """Remove a file, if it is there. Raises `OSError`."""
        with _as_os_errors(self.url(name)), suppress(FileNotFoundError):
            self._files.rm_file(f"{self._root}/{name}")

    def clear(self) -> None:
        """Remove what killed writers have left on a disk; nobody may be writing."""
        if self.is_local:
            root = Path(self._root)  # in which an index, too, may be on its way (index.py)
            for path in (*root.glob(f"*/{WRITING}*"), *root.glob(f"{WRITING}*.json*")):
                path.unlink(missing_ok=True)


_TELLING = (FileNotFoundError, FileExistsError)  # by their type alone
_AT_ONCE = 256  # files that are read together: an object store answers each in 20 ms or so


@contextmanager
def _staged(path: Path) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = beside(path)
    try:
        with staged.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise


def _names(protocol: str | Sequence[str]) -> Sequence[str]:
    return (protocol,) if isinstance(protocol, str) else protocol


@contextmanager
def _as_os_errors(what: str) -> Iterator[None]:
    """Object stores raise errors of their own; each is an `OSError` that names the place."""
    try:
        yield
    except CorpusError:
        raise
    except OSError as error:
        if error.filename is None and not isinstance(error, _TELLING):
            raise OSError(error.errno, error.strerror or str(error), what) from error
        raise
    except Exception as error:
        raise OSError(None, described(error), what) from error
