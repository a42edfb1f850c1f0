"""Archives of the web (WARC), as large as Common Crawl's: their pages, each by the reader's door.

What is a page is decided as in the reader: a successful answer in HTML, or in another form that
opens there. The rest (pictures, styles, pages that were not there) is passed over as it is there; a
page without an article is told like any file without one.

A large archive is divided by its bytes: in one that is packed record by record, as the standard
asks for, a worker finds the first record that begins in its part. Pages are called by their number,
or in a divided archive by the byte at which their record begins.
"""

import io
import re
import zlib
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse, IncompleteRead
from itertools import chain, islice
from typing import IO, Any, NamedTuple

from pullquote.article import Unreadable, check_size
from pullquote.article.forms import Raw
from pullquote.article.inflating import inflated
from pullquote.article.registry import of_page
from pullquote.article.source import extract
from pullquote.corpus.inputs.forms import PIECE, Form, Read, failed, is_whole, part_of
from pullquote.corpus.inputs.places import Place, compression, opened
from pullquote.corpus.parts import Entry, Failure, Options, Part
from pullquote.text import one_line

_PIECE = 8 * PIECE  # bytes; a page is ten times as large as its article
_DIVISIBLE = ("", ".gz")
_UNPACKED_HERE = (".bz2", ".xz")  # the others by fastwarc itself
_PACKED_RECORD = re.compile(rb"\x1f\x8b\x08")
_RECORD = re.compile(rb"(?<=\r\n\r\n)WARC/1\.\d\r\n")
_WINDOW = 1 << 20  # bytes that are looked through at a time
_BEGINNING = 4096  # bytes of a packed record that show what it is
_TEXT = "text/plain"  # robots.txt and the like; no site has its articles so
_CUT_OFF = "the archive was cut off; get it again"
_UNKNOWN = "application/octet-stream"
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class _Page(NamedTuple):
    at: int  # the byte at which its record begins
    raw: Raw


def _divide(place: Place, options: Options) -> Iterator[Part]:
    if compression(place.url) not in _DIVISIBLE or place.size < 2 * _PIECE:
        yield part_of(place, "warc")
        return
    for start in range(0, place.size, _PIECE):
        stop = min(start + _PIECE, place.size)
        yield part_of(place, "warc", start, stop, stop - start)


def _read(part: Part, options: Options) -> Read:
    pages = _pages(part, options)
    first, broken = list[_Page](), list[Exception]()
    try:
        for page in islice(pages, 2):
            first.append(page)
    except Exception as error:  # behind the first page, which is read all the same
        broken.append(error)
    for number, page in enumerate(chain(first, pages), 1):
        if not is_whole(part):
            identity = f"{part.name}@{page.at}"
        else:
            is_alone = len(first) == 1 and not broken
            identity = part.name if is_alone else f"{part.name}#{number}"
        yield _entry(part, identity, page.raw)
    for one in broken:
        raise one


def _entry(part: Part, identity: str, raw: Raw) -> Entry | Failure:
    try:
        check_size(one_line(raw.source), len(raw.data), raw.limit)
        return Entry(identity, extract(raw))
    except Unreadable as error:
        why = str(error).removeprefix(f"{one_line(raw.source)}: ")
        return failed(part, identity, f"{one_line(raw.url)}: {why}")


def _pages(part: Part, options: Options) -> Iterator[_Page]:
    """The pages whose records begin in a part."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    packed = compression(part.input) not in _UNPACKED_HERE
    with opened(part.input, options, part.start, packed, seeks=part.start > 0) as file:
        begin = _first_record(file, part)
        if begin is None:
            return
        if part.start:
            file.seek(begin)
        kinds = WarcRecordType.response | WarcRecordType.resource
        for record in ArchiveIterator(file, record_types=kinds):
            at = record.stream_pos
            if 0 <= part.stop <= at:
                return
            raw = _page(record, part, options)
            if raw is not None:
                yield _Page(at, raw)


def _first_record(file: IO[bytes], part: Part) -> int | None:
    """The byte at which the first record of a part begins; None if none does."""
    if not part.start:
        return 0
    is_packed = compression(part.input) == ".gz"
    beginning = _PACKED_RECORD if is_packed else _RECORD
    at, window = part.start, b""
    while more := file.read(_WINDOW):
        window += more
        for found in beginning.finditer(window):
            if at + found.start() >= part.stop:
                return None
            if not is_packed or _is_record(window[found.start() :][:_BEGINNING]):
                return at + found.start()
        at += max(0, len(window) - _BEGINNING)
        window = window[-_BEGINNING:]
    return None


def _is_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False


def _page(record: Any, part: Part, options: Options) -> Raw | None:
    """The page in a record; None if there is none that could be an article."""
    http = record.http_headers
    if not record.headers.get("Content-Length"):
        raise EOFError(_CUT_OFF)  # within the headers
    if http is not None and http.status_code != 200:
        return None
    declared = (record.http_content_type if http else record.headers.get("Content-Type")) or ""
    media_type = declared.partition(";")[0].strip().lower() or _UNKNOWN
    if media_type == _TEXT or of_page(media_type, b"") is None:
        return None
    data = _payload(record, options.limit)
    form = of_page(media_type, data[: options.limit])
    if form is None or form.members is not None:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    return Raw(
        data=data,
        form=form,
        source=part.input,
        url=url,
        charset=record.http_charset or "" if http else "",
        retrieved=record.headers.get("WARC-Date") or "",
        status=200 if http else 0,
        limit=options.limit,
    )


def _payload(record: Any, limit: int) -> bytes:
    """A record's body as it was before it was sent; more than `limit` bytes if it is larger."""
    data: bytes = record.reader.read(limit + 1)
    http = record.http_headers or {}
    if len(data) < min(record.content_length, limit + 1):
        raise EOFError(_CUT_OFF)
    if http.get("Transfer-Encoding"):
        data = _joined(data)
    encoding = http.get("Content-Encoding")
    try:
        return inflated(data, (encoding or "").strip().lower(), limit)
    except (LookupError, EOFError, ValueError):  # some archives keep it as it was, and say not so
        return data


class _Sent(NamedTuple):
    """What stands in a socket's place."""

    data: bytes

    def makefile(self, mode: str) -> IO[bytes]:
        return io.BytesIO(self.data)


def _joined(data: bytes) -> bytes:
    """What was sent in chunks, as far as they go; as it is, where it is in none.

    fastwarc joins them, too, and reads no further where they are broken.
    """
    answer = HTTPResponse(_Sent(_CHUNKED + data))  # type: ignore[arg-type]
    try:
        answer.begin()
        return answer.read()
    except IncompleteRead as error:
        return error.partial or data
    except (HTTPException, ValueError):
        return data


WARC = Form(name="warc", suffixes=(".warc",), divide=_divide, read=_read)
