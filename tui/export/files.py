"""Put what was exported into files: whole or not at all, and never over another unless forced."""

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec


class ExportError(Exception):
    """Nothing was written; the message is one line that names the file and a way out."""


def write(content: str | bytes, path: Path, force: bool = False) -> None:
    """Write `content` to `path`, all or nothing; a file that is there is kept, unless `force`. Raises `ExportError`."""
    write_all({path: content}, (path,) if force else ())


def write_all(files: Mapping[Path, str | bytes], over: Collection[Path] = ()) -> None:
    """Write to each path what belongs there; only those in `over` may be there already.

    All is looked at, and written under other names, before the first path is touched. If one cannot be put in its place
    even so, those that were new are taken away again; what was replaced until then stays replaced. Raises `ExportError`.
    """
    for path in files:
        if os.path.isdir(path):
            raise ExportError(f"{path}: is a folder; choose another name")
        if os.path.lexists(path) and path not in over:
            raise ExportError(f"{path}: is there already; choose another name, or use --force")
    new: list[Path] = []
    try:
        with ExitStack() as stack:
            written = {}
            for path, content in files.items():
                written[path] = stack.enter_context(_beside(path, content))
            for path, file in written.items():
                if path in over:
                    os.replace(file, path)
                else:
                    os.link(file, path)  # unlike a rename, a link fails where the name is taken
                    new.append(path)
    except OSError as error:
        for one in new:
            one.unlink(missing_ok=True)
        raise ExportError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def _beside(path: Path, content: str | bytes) -> Iterator[Path]:
    """A file with `content` in the folder of `path`, under a name of its own, that is gone in the end."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".pullquote-")
    written = Path(name)
    try:
        with open(number, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        written.chmod(0o666 & ~mask)
        yield written
    finally:
        written.unlink(missing_ok=True)


def indented(value: Any) -> str:
    """`value` as JSON for people too, a line a value."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
