"""Undo the compression that a page was sent in, up to a limit.

A few bytes can expand to gigabytes, so nothing here produces much more than the limit before it
stops. What comes after the end of the compressed data is ignored, as browsers do.
"""

import zlib
from collections.abc import Callable
from contextlib import suppress

_ANY_HEADER = 32 + zlib.MAX_WBITS  # tells zlib to accept a gzip or a zlib header
_NO_HEADER = -zlib.MAX_WBITS  # what some servers send as "deflate"
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW = 2**23  # bytes; RFC 9659: a page needs no more
_ZSTD_STEP = 512  # bytes, which expand to 16 MB at the most
_MAX_MEMBERS = 100  # each costs a copy of the rest; more of them are an attack


def inflated(data: bytes, encoding: str, limit: int) -> bytes:
    """`data` as it was before it was compressed; more than `limit` bytes if it is larger than that.

    Args:
        data: As it was sent.
        encoding: The value of Content-Encoding, in lower case; "" for none.
        limit: In bytes.

    Raises:
        LookupError: The encoding is not one of `ENCODINGS`.
        EOFError: The data is cut off.
        ValueError: The data is not in that encoding.
    """
    if encoding in ("", "identity") or not data:
        return data
    return _INFLATING[encoding](data, limit)


def _gzip(data: bytes, limit: int) -> bytes:
    return _unzipped(data, limit, _ANY_HEADER)


def _deflate(data: bytes, limit: int) -> bytes:
    with suppress(ValueError):
        return _unzipped(data, limit, _ANY_HEADER)
    return _unzipped(data, limit, _NO_HEADER)


def _unzipped(data: bytes, limit: int, header: int) -> bytes:
    """One gzip member after another."""
    found, rest = b"", data
    for _ in range(_MAX_MEMBERS):
        inflating = zlib.decompressobj(header)
        try:
            found += inflating.decompress(rest, limit + 1 - len(found))
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if len(found) > limit:
            return found
        if not inflating.eof:
            raise EOFError
        rest = inflating.unused_data
        if not rest.startswith(_GZIP):
            return found
    raise ValueError("too many members")


def _brotli(data: bytes, limit: int) -> bytes:
    import brotli

    inflating = brotli.Decompressor()
    found, piece = bytearray(), data
    try:
        while len(found) <= limit and not inflating.is_finished():
            more = inflating.process(piece, output_buffer_limit=limit + 1 - len(found))
            if not more and not inflating.is_finished():
                raise EOFError
            found += more
            piece = b""
    except brotli.error as error:
        raise ValueError(str(error)) from error
    return bytes(found)


def _zstd(data: bytes, limit: int) -> bytes:
    """One frame after another."""
    import zstandard

    found, rest = bytearray(), data
    for _ in range(_MAX_MEMBERS):
        inflating = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        at = 0
        try:
            while at < len(rest) and not inflating.eof and len(found) <= limit:
                found += inflating.decompress(rest[at : at + _ZSTD_STEP])
                at += _ZSTD_STEP
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error
        if len(found) > limit:
            break
        if not inflating.eof:
            raise EOFError
        rest = inflating.unused_data + rest[at:]
        if not rest.startswith(_ZSTD):
            break
    else:
        raise ValueError("too many frames")
    return bytes(found)


_INFLATING: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
ENCODINGS = "gzip, deflate, br, zstd"  # as a request names them
