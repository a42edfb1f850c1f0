"""What the reader decided about voices, as a file: JSON, documented in docs/voices.md."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pullquote.library.decisions import Row
from pullquote.library.file import LibraryError

SCHEMA = 1
STEM = "voices"  # of the file in a folder of plain files, beside those of articles
_LARGEST = 50_000_000  # bytes


class _File(msgspec.Struct, frozen=True):
    schema: int
    decisions: list[Row]


def encoded(rows: Sequence[Row]) -> bytes:
    """Decisions as a file; the same decisions give the same bytes."""
    return msgspec.json.format(msgspec.json.encode(_File(SCHEMA, list(rows))), indent=1) + b"\n"


def decoded(data: bytes, name: str) -> list[Row]:
    """The decisions in a file; none is vetted yet.

    Raises:
        LibraryError: It is no such file.
    """
    try:
        file = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_File)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise LibraryError(f"{name}: has no decisions about voices in it") from error
    if file.schema != SCHEMA:
        raise LibraryError(f"{name}: was written by a newer pullquote; update pullquote to read it")
    return file.decisions


def read(path: Path) -> list[Row]:
    """The decisions in the file of that name; see `decoded`. Raises `OSError`, too."""
    if path.stat().st_size > _LARGEST:
        raise LibraryError(f"{path}: is too large for a file of decisions")
    return decoded(path.read_bytes(), str(path))
