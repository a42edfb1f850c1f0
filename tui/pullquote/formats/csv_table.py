"""CSV for spreadsheets: one row an annotation, as RFC 4180 has it.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
injection).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pullquote.formats.form import Format, Purpose
from pullquote.formats.said import speaker
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Reading
from pullquote.notes.tags import tag_line
from pullquote.settings import Settings

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = tuple[str | float, ...]
HEADER = (
    "article",
    "title",
    "url",
    "start",
    "end",
    "exact",
    "speaker",
    "highlight",
    "comment",
    "tags",
    "verdict",
    "evidence",
    "correction",
    "placed",
    "created",
    "modified",
)


def csv_table(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The annotations as CSV with CRLF; `start` and `end` half-open, in code points, or empty."""
    return table(
        HEADER,
        (_row(reading, note, settings) for reading in readings for note in reading.annotations),
    )


def _row(reading: Reading, note: Annotation, settings: Settings) -> Row:
    article, one = reading.article, note.correction
    return (
        article.id,
        article.title,
        article.url,
        *(("", "") if note.is_orphan else note.target.span),
        note.target.exact,
        speaker(reading.findings, note),
        settings.highlight(note.highlight),
        note.comment,
        tag_line(note.tags),
        note.verdict,
        " ".join(evidence.url for evidence in note.evidence),
        f"{one.kind}: {one.edit} {one.value}".strip() if one else "",
        note.placed,
        note.created,
        note.modified,
    )


def table(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """`rows` under `header` as CSV, row by row, every cell guarded."""
    yield _line(header)
    for row in rows:
        yield _line([guarded(cell) if isinstance(cell, str) else cell for cell in row])


def _line(cells: Sequence[str | float]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def guarded(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


FORMAT = Format(
    name="csv",
    suffix=".csv",
    carries="one row per annotation",
    description="one row per annotation, for spreadsheets",
    purpose=Purpose.DATA,
    write=csv_table,
)
