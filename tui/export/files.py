"""Put what was exported into a file: whole or not at all, and never over another unless forced."""

import os
import tempfile
from pathlib import Path


class ExportError(Exception):
    """Nothing was written; the message is one line that names the file and a way out."""


def write(content: str | bytes, path: Path, force: bool = False) -> None:
    """Write `content` to `path`, all or nothing; a file that is there is kept, unless `force`. Raises `ExportError`."""
    data = content.encode() if isinstance(content, str) else content
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            _put(Path(file.name), path, force)
        finally:
            Path(file.name).unlink(missing_ok=True)
    except FileExistsError as error:
        raise ExportError(f"{path}: is there already; choose another name, or use --force") from error
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror or error}") from error


def _put(written: Path, path: Path, force: bool) -> None:
    mask = os.umask(0)
    os.umask(mask)
    written.chmod(0o666 & ~mask)
    if force:
        os.replace(written, path)
    else:
        os.link(written, path)  # unlike a rename, a link fails where the name is taken
