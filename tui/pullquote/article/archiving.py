"""An original as a WARC file (ISO 28500), as web archives and their programs have them."""

from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from pullquote import __version__
from pullquote.article.original import Original, header

# These say how the body was sent; it is kept as it was before that.
_OF_THE_WAY = ("content-encoding", "content-length", "transfer-encoding", "connection")
_ARCHIVED = "X-Archive-Orig-"  # what other archives write before the names of such headers


def write_warc(original: Original, out: BinaryIO, compressed: bool) -> None:
    """Write one record, a response of HTTP or a resource, after one that says who wrote the file.

    Args:
        original: With its bytes.
        out: Where to.
        compressed: Whether each record is compressed by gzip, as in a `.warc.gz`.

    Raises:
        ImportError: warcio is not installed.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=compressed)
    about = {"software": f"pullquote/{__version__}", "format": "WARC File Format 1.0"}
    writer.write_record(writer.create_warcinfo_record("", about))
    body = original.data or b""
    more: dict[str, object] = {"warc_headers_dict": {"WARC-Date": _date(original.retrieved)}}
    if original.status:
        kept = [
            (f"{_ARCHIVED}{name}" if name.lower() in _OF_THE_WAY else name, value)
            for name, value in original.headers
        ]
        lines = [*kept, ("Content-Length", str(len(body)))]
        status = StatusAndHeaders(_status(original.status), lines, protocol="HTTP/1.1")
        more["http_headers"] = status
        address, kind = original.url, "response"
    else:
        address, kind = _address(original.source), "resource"
        more["warc_content_type"] = header(original.headers, "content-type") or _OCTETS
    writer.write_record(writer.create_warc_record(address, kind, payload=BytesIO(body), **more))


_OCTETS = "application/octet-stream"


def _status(code: int) -> str:
    known = {one.value: one.phrase for one in HTTPStatus}
    return f"{code} {known.get(code, '')}".strip()


def _address(path: str) -> str:
    """The address of a file; a made-up one for standard input."""
    return Path(path).as_uri() if Path(path).is_absolute() else f"urn:pullquote:{quote(path)}"


def _date(moment: str) -> str:
    when = datetime.fromisoformat(moment) if moment else datetime.now(UTC)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
