"""CSV that Readwise imports (readwise.io/import_bulk), and that it exports: words with their notes.

Readwise knows seven columns, of which only the first has to be there. It has none for tags, kinds
and verdicts: tags and the kind go at the head of the note as inline tags (docs.readwise.io, Action
Tags), the verdict and its evidence behind what the reader wrote. What is longer than Readwise takes
(readwise.io/api_deets) would be refused there, so it is cut here.

Its own export has other columns (“Book Title”, “Tags”, “Highlighted at”, no address); either is
read, by the names of the columns in whatever order.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec
from rich.cells import split_graphemes

from pullquote.formats.csv_table import Row, guarded, table, unguarded
from pullquote.formats.form import Content, Format, Purpose, notes_reader
from pullquote.formats.said import bodies, web_address
from pullquote.notes.annotations import Annotation, Target
from pullquote.notes.incoming import Incoming, NotThisFormat, Refused, admitted, on_words
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import one_line

# --- out

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


# --- in

# What a column is called, in Readwise's export and in what it imports.
_COLUMNS = {
    "highlight": "words",
    "title": "title",
    "book title": "title",
    "url": "url",
    "source url": "url",
    "note": "note",
    "tags": "tags",
    "location": "location",
    "location type": "unit",
    "date": "date",
    "highlighted at": "date",
}
# Readwise's inline tags, at the head of a note
_INLINE_TAGS = re.compile(r"(?:\.[^\s.,]\S*)(?: \.[^\s.,]\S*)*(?=\n|$)")


def loaded(text: str) -> list[Incoming]:
    """The highlights in a file of Readwise's, a row each.

    Raises:
        NotThisFormat: It is not CSV.
    """
    try:
        first, *rows = csv.reader(io.StringIO(text, newline=""))
    except (csv.Error, ValueError) as error:
        raise NotThisFormat(f"not CSV: {one_line(str(error))}") from error
    names = [_COLUMNS.get(one_line(cell).lower(), "") for cell in first]
    found = []
    for number, cells in enumerate(rows, 2):
        row = {name: unguarded(cell) for name, cell in zip(names, cells, strict=False) if name}
        if not any(row.values()):
            continue
        try:
            found.append(_incoming(row))
        except Refused as error:
            found.append(Incoming(refused=f"row {number}: {error}"))
    return found


def _incoming(row: dict[str, str]) -> Incoming:
    words, title = row.get("words", ""), row.get("title", "")
    if not words.strip():
        return Incoming(skipped="row without a highlight")
    comment, tags = _tagged(row.get("note", ""))
    highlight = 1
    # what we wrote has the kind of the highlight first
    if "unit" not in row and tags and tags[0] in (names := Settings().highlights):
        highlight, tags = names.index(tags[0]) + 1, tags[1:]
    tags += tuple(tag.strip().lstrip(".") for tag in row.get("tags", "").split(","))
    made = _moment(row.get("date", ""))
    note = on_words(
        words,
        source="\n".join(["readwise", title, words, comment, *tags]),
        highlight=highlight,
        comment=comment,
        tags=tags,
        created=made,
        modified=made,
    )
    where = row.get("location", "")
    if "unit" not in row and where.isascii() and where.isdigit() and len(where) < _DIGITS:
        note = msgspec.structs.replace(note, target=_at(int(where), words))
    return admitted(note, "", row.get("url", ""), title)


_DIGITS = 12  # of an offset, as we write it


def _at(start: int, words: str) -> Target:
    return Target(start, start + len(words), words)


def _tagged(note: str) -> tuple[str, tuple[str, ...]]:
    """What the reader wrote, and the inline tags at its head."""
    head = _INLINE_TAGS.match(note)
    if not head:
        return note, ()
    return note[head.end() + 1 :], tuple(tag[1:] for tag in head[0].split(" "))


def _moment(date: str) -> str:
    try:
        return datetime.fromisoformat(date.strip()).isoformat()
    except ValueError:
        return ""


def _is_readwises(content: Content) -> bool:
    first = next(csv.reader(io.StringIO(content.text[:5000], newline="")), [])
    names = [_COLUMNS.get(one_line(cell).lower()) for cell in first]
    return one_line(first[0]).lower() == "highlight" and "title" in names if first else False


FORMAT = Format(
    name="readwise",
    suffix=".readwise.csv",
    carries="highlights with notes",
    description="highlights for import into Readwise",
    purpose=Purpose.NOTES,
    write=readwise,
    read=notes_reader(loaded),
    sniff=_is_readwises,
    needs_findings=False,
)
