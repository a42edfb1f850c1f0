"""CSV for spreadsheets: one row an annotation, as RFC 4180 has it.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Sequence

from tui.export.said import speaker
from tui.library.annotations import Annotation
from tui.library.reading import Reading
from tui.settings import Settings

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
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


def csv_table(readings: Sequence[Reading], settings: Settings) -> str:
    """The annotations as CSV with CRLF line ends; `start` and `end` are half-open, in code points; an orphan has none."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for reading in readings:
        writer.writerows(_row(reading, note, settings) for note in reading.annotations)
    return out.getvalue()


def _row(reading: Reading, note: Annotation, settings: Settings) -> tuple[str | int, ...]:
    article, one = reading.article, note.correction
    words = (
        note.target.exact,
        speaker(reading.findings, note),
        settings.highlights[note.highlight - 1] if note.highlight else "",
        note.comment,
        " ".join(note.tags),
        note.verdict,
        " ".join(evidence.url for evidence in note.evidence),
        f"{one.kind}: {one.edit} {one.value}".strip() if one else "",
    )
    place = ("", "") if note.is_orphan else note.target.span
    about = (article.id, guarded(article.title), guarded(article.url))
    return (*about, *place, *map(guarded, words), note.placed, note.created, note.modified)


def guarded(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
