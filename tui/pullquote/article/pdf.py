"""A document in PDF: its paragraphs in reading order, with their pages, for citing.

What a PDF says of its making (when, with what program) is no fact about the article: only title,
author and language are taken, the title else from the largest letters of the first page. A scan
without text, an encrypted or a damaged file is refused as that.
"""

import io
import logging
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from pullquote.article import Article, Part, PartKind, Unreadable, check_size, properties
from pullquote.article.forms import Raw, SourceForm, library
from pullquote.article.line_ends import whole_words
from pullquote.errors import installing
from pullquote.text import Span, clean, one_line

if TYPE_CHECKING:
    from pypdf import PdfReader

    from pullquote.article.pdf_layout import Paragraph
    from pullquote.article.pdf_lines import Line

_SIGNATURE = re.compile(rb"%PDF-\d")
_BEGINNING = 1024  # bytes; readers accept the signature anywhere in these
# Ligatures are two or three letters; a soft hyphen that is drawn is a hyphen.
_PLAIN = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": "-"}
)
_SWAPPED = re.compile(
    "昀[昀椀氀]+"
)  # "fi" and its like, as some versions of Ghostscript write them
_FROM_SWAPPED = str.maketrans("昀椀氀", "fil")
_UNPACKED = 5  # times the limit; what draws the pages may be so much larger than the file
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LEGIBLE = 0.8  # of the letters; with fewer, a font does not say which they are
_SHAPED = re.compile("[\ufb50-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]+")  # Arabic letters as drawn
# What stands between two signs of a script without spaces, as those of vertical lines.
_BETWEEN = re.compile(
    "(?<=[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]) "
    "(?=[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60])"
)
_LETTER = re.compile(r"[^\W_]")
_AFTER_HYPHEN = re.compile(r"(?<=\w)([-‐–])\n(?=\w)(?!(?:and|or|to|und|oder|et|ou|y|o|e)\b)")


def _read(raw: Raw, name: str) -> Article:
    from pullquote.article.pdf_layout import laid_out

    reader = _opened(raw, name)
    try:
        pages = list(_pages(reader, raw, name))
        labels = [*reader.page_labels]
        about = _about(reader)
    except Unreadable:
        raise
    except Exception as error:  # a damaged file may break it anywhere
        raise _damaged(name, error) from error
    letters = "".join(line.text for page in pages for line in page)
    if not letters:
        raise Unreadable(
            f"{name}: has no text, as a scan; make it readable with OCR (ocrmypdf) and open that"
        )
    if len(_UNKNOWN.findall(letters)) > (1 - _LEGIBLE) * len(letters):
        raise Unreadable(
            f"{name}: does not say which letters are on its pages; use OCR (ocrmypdf --force-ocr)"
        )
    laid = laid_out(pages)
    text, spans = _text(laid.paragraphs)
    headings = tuple(
        span for span, one in zip(spans, laid.paragraphs, strict=True) if one.is_heading
    )
    printed = dict(enumerate(labels)) | laid.labels
    parts = tuple(_parts(text, laid.paragraphs, printed))
    about["title"] = about["title"] or _title(laid.paragraphs)
    return Article(text=text, headings=headings, parts=parts, **about)


def _opened(raw: Raw, name: str) -> "PdfReader":
    library("pypdf", "pdf", name)
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is no news to a reader
    try:
        reader = PdfReader(io.BytesIO(raw.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"{name}: is encrypted; open it with its password and print it anew")
        if not len(reader.pages):
            raise Unreadable(f"{name}: has no pages; get it again")
    except Unreadable:
        raise
    except DependencyError as error:
        raise Unreadable(f"{name}: is encrypted; to read it, {installing('pdf')}") from error
    except Exception as error:
        raise _damaged(name, error) from error
    return reader


def _damaged(name: str, error: Exception) -> Unreadable:
    why = one_line(str(error))[:80].rstrip(".")
    return Unreadable(f"{name}: is damaged, or was cut off: {why}; get it again")


def _pages(reader: "PdfReader", raw: Raw, name: str) -> Iterator[list["Line"]]:
    """The lines of each page, cleaned. Raises `Unreadable` if there is too much on them."""
    from pullquote.article.pdf_lines import lines

    unpacked = 0
    for number, page in enumerate(reader.pages):
        contents = page.get_contents()
        unpacked += len(contents.get_data()) if contents is not None else 0
        check_size(f"{name}, unpacked", unpacked, _UNPACKED * raw.limit)
        yield [line._replace(text=_plain(line.text)) for line in lines(page, number)]


def _plain(text: str) -> str:
    """A line cleaned, its ligatures and the shapes of Arabic letters resolved."""
    text = _SWAPPED.sub(lambda found: found[0].translate(_FROM_SWAPPED), text)
    text = _SHAPED.sub(lambda found: normalize("NFKC", found[0]), text)
    return _BETWEEN.sub("", one_line(text.translate(_PLAIN)))


def _about(reader: "PdfReader") -> dict[str, Any]:
    """Title, author and language, as the file has them."""
    said = reader.metadata
    language = reader.root_object.get("/Lang", "")
    return {
        "title": properties.title(said.title if said else ""),
        "byline": properties.byline(said.author if said else ""),
        "language": one_line(str(language))[:20],
    }


def _title(paragraphs: Sequence["Paragraph"]) -> str:
    """The heading in the largest letters of the first page; "" if there is none."""
    first = [one for one in paragraphs if one.is_heading and one.lines[0].page == 0]
    largest = max(first, key=lambda one: one.lines[0].size, default=None)
    return one_line(" ".join(line.text for line in largest.lines)) if largest else ""


def _text(paragraphs: Sequence["Paragraph"]) -> tuple[str, list[Span]]:
    """The text, a paragraph a line, and where each paragraph stands in it."""
    wrapped = "\n\n".join("\n".join(line.text for line in one.lines) for one in paragraphs)
    pieces = [
        _BETWEEN.sub("", " ".join(_AFTER_HYPHEN.sub(r"\1", piece).split()))
        for piece in whole_words(clean(wrapped)).split("\n\n")
    ]
    ends = list(accumulate(len(piece) + 1 for piece in pieces))
    spans = [(end - len(piece) - 1, end - 1) for end, piece in zip(ends, pieces, strict=True)]
    return "\n".join(pieces), spans


def _parts(text: str, paragraphs: Sequence["Paragraph"], labels: dict[int, str]) -> Iterator[Part]:
    """The pages, each as often as it is begun anew: a note may stand on the page before.

    Joining lines takes hyphens and spaces away, never a letter; so the letters before a page count
    where it begins.
    """
    places = [found.start() for found in _LETTER.finditer(text)]
    letters = 0
    every = (line for paragraph in paragraphs for line in paragraph.lines)
    for page, lines_of_it in groupby(every, key=lambda line: line.page):
        first = letters
        letters += sum(len(_LETTER.findall(clean(line.text))) for line in lines_of_it)
        if first < letters:
            label = labels.get(page, str(page + 1))
            yield Part(PartKind.PAGE, places[first], places[letters - 1] + 1, label=label)


def _is_pdf(data: bytes) -> bool:
    return bool(_SIGNATURE.search(data[:_BEGINNING])) and data.lstrip()[:1] != b"<"


PDF = SourceForm(
    name="pdf",
    suffixes=(".pdf",),
    content_types=("application/pdf", "application/x-pdf"),
    read=_read,
    sniff=_is_pdf,
)
