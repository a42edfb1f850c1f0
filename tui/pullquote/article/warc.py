"""An archive of the web (WARC, and WACZ, which is one in a zip): its pages, each an article.

A page is a successful answer in HTML, or another form that is read here; what belongs to pages
(styles, pictures, scripts) is passed over. A WACZ says which of them its maker meant, with their
titles; then only those are listed. Where one was fetched several times, each fetch is an article:
the library makes them versions of one work.
"""

import io
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from pullquote.article import Unreadable, check_size
from pullquote.article.archives import Archive, holds
from pullquote.article.forms import Member, Members, Raw, SourceForm, library
from pullquote.article.inflating import inflated
from pullquote.text import one_line

_PLAIN = b"WARC/"
_PACKED = b"\x1f\x8b"
_PAGES = "pages/pages.jsonl"
_PASSED_OVER = 50  # times the limit; what is between the pages is unpacked, too, though not kept
_TITLE = re.compile(rb"<title[^>]*>([^<]{0,1000})", re.I)
_BEGINNING = 100_000  # bytes; a page's title stands within these
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.I)
_TEXT = "text/plain"  # robots.txt and the like; no site has its articles so
_UNKNOWN = "application/octet-stream"


def _is_warc(data: bytes) -> bool:
    """Whether it is a WARC, as it is or by gzip."""
    import zlib

    if not data.startswith(_PACKED):
        return data.startswith(_PLAIN)
    try:
        return zlib.decompressobj(31).decompress(data[:1000], 10).startswith(_PLAIN)
    except zlib.error:
        return False


def _warcs(raw: Raw, name: str) -> tuple[list[bytes], dict[str, str]]:
    """The WARCs in `raw`, and the titles of the pages that are meant by their addresses."""
    if _is_warc(raw.data):
        return [raw.data], {}
    archive = Archive(raw.data, name, raw.limit)
    files = [file for file in archive.names() if file.endswith((".warc", ".warc.gz"))]
    titles = {}
    for line in archive.file(_PAGES).splitlines():
        try:
            page = json.loads(line)
            titles[str(page["url"])] = one_line(str(page.get("title") or ""))
        except (ValueError, TypeError, KeyError):  # a line that says something else
            continue
    return [archive.file(file) for file in files], titles


def _members(raw: Raw, name: str) -> Members:
    library("warcio", "warc", name)
    warcs, titles = _warcs(raw, name)
    if not warcs:
        raise Unreadable(f"{name}: holds no archived pages; get it again")
    pages = [page for data in warcs for page in _pages(data, raw, name)]
    meant = [page for page in pages if page.url in titles] or pages
    return tuple(
        Member(
            titles.get(page.url) or _title(page) or page.url,
            ", ".join(filter(None, (page.url, page.retrieved[:10]))),
            page,
        )
        for page in meant
    )


def _pages(data: bytes, raw: Raw, name: str) -> Iterator[Raw]:
    """The pages in one WARC. Raises `Unreadable` if it is damaged, or too much is in it."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    seen = kept = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            seen += record.length or 0
            check_size(f"{name}, unpacked", seen, _PASSED_OVER * raw.limit)
            page = _page(record, raw, name)
            if page is not None:
                kept += len(page.data)
                check_size(f"{name}, unpacked", kept, raw.limit)
                yield page
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError) as error:
        # (AttributeError: warcio takes it for granted that a record has an address)
        raise Unreadable(f"{name}: is damaged, or was cut off; get it again") from error


def _page(record: Any, raw: Raw, name: str) -> Raw | None:
    """The page in a record; None if there is none that could be an article."""
    from pullquote.article.registry import of_page

    http = record.http_headers
    if record.rec_type not in ("response", "resource"):
        return None
    if http is not None and http.get_statuscode() != "200":
        return None
    kind, _, more = ((http or record.rec_headers).get_header("Content-Type") or "").partition(";")
    media_type = kind.strip().lower() or _UNKNOWN
    if media_type == _TEXT or of_page(media_type, b"") is None:
        return None
    data = _payload(record, raw.limit)
    check_size(name, len(data), raw.limit)
    form = of_page(media_type, data)
    charset = _CHARSET.search(more)
    if form is None or form.members is not None:
        return None
    return Raw(
        data=data,
        form=form,
        source=raw.source,
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        charset=charset[1] if charset else "",
        retrieved=record.rec_headers.get_header("WARC-Date") or "",
        status=200 if http else 0,
        headers=tuple(http.headers) if http else (),
    )


def _payload(record: Any, limit: int) -> bytes:
    """A record's body as it was before it was sent; more than `limit` bytes if it is larger."""
    from warcio.bufferedreaders import ChunkedDataReader

    http, stream = record.http_headers, record.raw_stream
    if http is not None and http.get_header("Transfer-Encoding") == "chunked":
        stream = ChunkedDataReader(stream)
    data: bytes = stream.read(limit + 1)
    encoding = (http and http.get_header("Content-Encoding")) or ""
    try:
        return inflated(data, encoding.strip().lower(), limit)
    except (LookupError, EOFError, ValueError):  # some archives keep it as it was, and say not so
        return data


def _title(page: Raw) -> str:
    found = _TITLE.search(page.data[:_BEGINNING])
    return one_line(unescape(found[1].decode("utf-8", "replace"))) if found else ""


WARC = SourceForm(
    name="warc",
    suffixes=(".warc", ".warc.gz", ".wacz"),
    content_types=("application/warc", "application/wacz"),
    members=_members,
    sniff=lambda data: _is_warc(data) or holds(data, _PAGES),
)
