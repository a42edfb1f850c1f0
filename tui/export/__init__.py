"""Write readings in the forms that people use.

Every exporter is one function from readings to what stands in a file, registered here in one table; to add one, write its
module and its line. None knows the screen, and none computes what another would need too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from tui.export.csv_table import csv_table
from tui.export.files import ExportError, write
from tui.export.json_form import json_form
from tui.export.markdown import markdown
from tui.export.plain import plain
from tui.library.reading import Reading
from tui.settings import Settings

__all__ = ["EXPORTERS", "ExportError", "Exporter", "export", "write"]

Write = Callable[[Sequence[Reading], Settings], str | bytes]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: the suffix of its files, what it is good for, and the function that writes one file."""

    suffix: str
    description: str
    write: Write
    whole: bool = False  # whatever the reader may not want to see
    single: bool = False  # an article a file
    companions: tuple[tuple[str, Write], ...] = ()  # other files that belong beside, by suffix


def _alone(write: Callable[[Reading, Settings], str | bytes]) -> Write:
    """A writer of one reading, of which there is just one."""

    def written(readings: Sequence[Reading], settings: Settings) -> str | bytes:
        (reading,) = readings
        return write(reading, settings)

    return written


EXPORTERS = {
    "markdown": Exporter(
        ".md", "highlights as blockquotes, then quotes, claims and warnings", _alone(markdown), single=True
    ),
    "csv": Exporter(".csv", "one row an annotation, for spreadsheets", csv_table),
    "json": Exporter(".json", "the whole reading, for programs", json_form, whole=True),
    "text": Exporter(".txt", "the whole reading as plain text", _alone(plain), single=True),
}


def export(readings: Sequence[Reading], form: str, settings: Settings, every_stance: bool = False) -> str | bytes:
    """`readings` in the format named `form`: one file's worth. A `single` format takes just one.

    What is written for people lists quotes and claims of speech and writing alone, unless `every_stance`.
    """
    exporter = EXPORTERS[form]
    return exporter.write([seen(reading, exporter, every_stance) for reading in readings], settings)


def seen(reading: Reading, exporter: Exporter, every_stance: bool) -> Reading:
    """The reading with what the reader wants to see of it."""
    if reading.findings is None or every_stance or exporter.whole:
        return reading
    return msgspec.structs.replace(reading, findings=reading.findings.in_words())
