"""A format: the laws in each article, a line each."""

from collections.abc import Iterable, Iterator

from pullquote import Reading, Settings
from pullquote.formats.form import Format, Purpose
from pullquote.text import joined


def write(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """One article after the other: a library may be large."""
    for reading in readings:
        found = reading.findings.of_plug_ins if reading.findings else ()
        for one in found:
            if one.kind == "law":
                yield f"{reading.article.title}: {joined(reading.article.text, one.span)}\n"


FORMAT = Format(
    name="laws",
    suffix=".laws.txt",
    carries="laws",
    description="the laws that an article refers to",
    purpose=Purpose.DATA,
    write=write,
)
