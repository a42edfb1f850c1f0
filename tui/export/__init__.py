"""Write a reading in the forms that people use.

Every exporter is one function from a `Reading` to text, registered here in one table; to add one, write its module and
its line. None knows the screen, and none computes what another would need too.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tui.export.csv_table import csv_table
from tui.export.json_form import json_form
from tui.export.markdown import markdown
from tui.export.plain import plain
from tui.library.reading import Reading

Names = tuple[str, ...]  # of the five kinds of highlight


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: the suffix of its files, what it is good for, and the function that writes it."""

    suffix: str
    description: str
    write: Callable[[Reading, Names], str]
    whole: bool = False  # whatever the reader may not want to see


EXPORTERS = {
    "markdown": Exporter(".md", "highlights as blockquotes, then quotes, claims and warnings", markdown),
    "csv": Exporter(".csv", "one row an annotation, for spreadsheets", csv_table),
    "json": Exporter(".json", "the whole reading, for programs", json_form, whole=True),
    "text": Exporter(".txt", "the whole reading as plain text", plain),
}


class ExportError(Exception):
    """Nothing was written; the message is one line that names the file and a way out."""


def export(reading: Reading, form: str, names: Names, every_stance: bool = False) -> str:
    """`reading` in the format named `form`; `names` are those of the five kinds of highlight.

    What is written for people lists quotes and claims of speech and writing alone, unless `every_stance`.
    """
    if reading.findings and not (every_stance or EXPORTERS[form].whole):
        reading = msgspec.structs.replace(reading, findings=reading.findings.in_words())
    return EXPORTERS[form].write(reading, names)


def write(text: str, path: Path, force: bool = False) -> None:
    """Write `text` to `path`, all or nothing; a file that is there is kept, unless `force`. Raises `ExportError`."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text)
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
