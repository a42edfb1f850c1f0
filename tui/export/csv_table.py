"""CSV for spreadsheets: one row an annotation, as RFC 4180 has it.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
"""

import csv
import io

from tui.export.said import speaker
from tui.library.reading import Reading

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
    "created",
    "modified",
)


def csv_table(reading: Reading, names: tuple[str, ...]) -> str:
    """The annotations as CSV with CRLF line ends; `start` and `end` are half-open, in code points."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    article = reading.article
    for note in reading.annotations:
        kind = names[note.highlight - 1] if note.highlight else ""
        words = (note.target.exact, speaker(reading.findings, note), kind, note.comment, " ".join(note.tags))
        exact, who, kind, comment, tags = map(guarded, words)
        row = (article.id, guarded(article.title), guarded(article.url), note.target.start, note.target.end, exact, who)
        writer.writerow((*row, kind, comment, tags, note.created, note.modified))
    return out.getvalue()


def guarded(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
