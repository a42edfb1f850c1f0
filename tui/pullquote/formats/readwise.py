"""CSV that Readwise imports (readwise.io/import_bulk): the words marked, with their notes.

Readwise knows seven columns, of which only the first has to be there. It has none for tags, kinds
and verdicts: tags and the kind go at the head of the note as inline tags (docs.readwise.io, Action
Tags), the verdict and its evidence behind what the reader wrote. What is longer than Readwise takes
(readwise.io/api_deets) would be refused there, so it is cut here.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from rich.cells import split_graphemes

from pullquote.formats.csv_table import Row, guarded, table
from pullquote.formats.form import Format, Purpose
from pullquote.formats.said import bodies, web_address
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line

HEADER = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
_WORDS, _TITLE, _AUTHOR, _URL, _NOTE = 8191, 511, 1024, 2047, 8191  # characters that Readwise takes
# as inline tags, .h1 makes a heading of a highlight and .c1 joins several
_ACTION = re.compile(r"([hc])(\d+)", re.I)


def readwise(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The annotations that lie on words, corrections aside, as CSV with CRLF line ends.

    `Location` is the offset where the words begin, in code points, and empty for an orphan; `Date`
    is in UTC.
    """
    return table(
        HEADER,
        (
            _row(reading, note, settings)
            for reading in readings
            for note in reading.annotations
            if not note.correction and note.target.exact.strip()
        ),
    )


def _row(reading: Reading, note: Annotation, settings: Settings) -> Row:
    article, address = reading.article, web_address(reading.article.url)
    return (
        _cell(note.target.exact.strip(), _WORDS),
        # without one, all would be of one book
        _cell(one_line(article.title or article.url) or "Untitled", _TITLE),
        _cell(one_line(article.byline), _AUTHOR),
        address if len(address) <= _URL else "",  # half an address is none
        _cell(_note(note, settings), _NOTE),
        "" if note.is_orphan else note.target.start,
        _date(note.created),
    )


def _note(note: Annotation, settings: Settings) -> str:
    """The note as Readwise reads it: tags, what the reader wrote, the verdict and its evidence."""
    tags = " ".join(
        f".{tag}" for tag in map(_tag, (settings.highlight(note.highlight), *note.tags)) if tag
    )
    return "\n".join(filter(None, (tags, *bodies(note))))


def _tag(tag: str) -> str:
    """`tag` as one word that Readwise takes for nothing else."""
    word = "-".join(tag.split()).lstrip(".")
    action = _ACTION.fullmatch(word)
    return f"{action[1]}-{action[2]}" if action else word


def _date(created: str) -> str:
    """`created` as Readwise reads dates: to the second, UTC; nothing for what is no date."""
    try:
        return datetime.fromisoformat(created).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return ""


def _cell(text: str, most: int) -> str:
    """`text` in at most `most` characters, whole graphemes, that no spreadsheet runs."""
    text = guarded(text)
    if len(text) <= most:
        return text
    graphemes, _ = split_graphemes(text[:most])
    fits = max((end for _, end, _ in graphemes if end < most), default=0)
    return text[:fits] + "…"


FORMAT = Format(
    name="readwise",
    suffix=".readwise.csv",
    carries="highlights with notes",
    description="highlights for import into Readwise",
    purpose=Purpose.NOTES,
    write=readwise,
    needs_findings=False,
)
