"""JSON Lines, a row a line, and JSON that is one row or a list of them.

Large files that are not compressed are divided by bytes: a line belongs to the part in which it
begins, as in any engine for such files. Rows without an id are called by their number, or in a
divided file by the byte at which they begin, which no other part needs to be read for.
"""

import json
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from pullquote.corpus.inputs.forms import PIECE, Form, Read, failed, is_whole, part_of, whole
from pullquote.corpus.inputs.places import Place, compression, opened
from pullquote.corpus.inputs.records import AS_BROWSERS, entry, or_none_at_all
from pullquote.corpus.parts import Options, Part

_decode = msgspec.json.Decoder().decode
_CUT = 1 << 20  # bytes of a line too long, thrown away at a time


def _divide(place: Place, options: Options) -> Iterator[Part]:
    if compression(place.url) or place.size < 2 * PIECE:
        yield part_of(place, "jsonl")
        return
    for start in range(0, place.size, PIECE):
        stop = min(start + PIECE, place.size)
        yield part_of(place, "jsonl", start, stop, stop - start)


def _read(part: Part, options: Options) -> Read:
    return or_none_at_all(part, _rows(part, options))


def _rows(part: Part, options: Options) -> Read:
    with opened(part.input, options, max(0, part.start - 1)) as file:
        for number, (at, line) in enumerate(_lines(file, part, options.limit), 1):
            where = f"{part.name}#{number}" if is_whole(part) else f"{part.name}@{at}"
            if line is None:
                yield failed(part, where, f"larger than {options.limit:,} bytes")
            elif line.strip():
                yield from _row(line, where, part, options)


def _lines(file: IO[bytes], part: Part, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines that begin in a part, each with the byte at which it does; None if too long."""
    at = part.start
    if at:
        at += _rest(file) - 1
    while part.stop < 0 or at < part.stop:
        line = file.readline(limit + 1)
        if not line:
            return
        begin, at = at, at + len(line)
        if len(line) <= limit or line.endswith(b"\n"):
            yield begin, line
            continue
        at += _rest(file)
        yield begin, None


def _rest(file: IO[bytes]) -> int:
    """Pass over the rest of a line. Returns how many bytes that were."""
    count = 0
    while line := file.readline(_CUT):
        count += len(line)
        if line.endswith(b"\n"):
            break
    return count


def _row(line: bytes, where: str, part: Part, options: Options) -> Read:
    try:
        found = decoded(line)
    except (ValueError, RecursionError):
        yield failed(part, where, "not valid JSON")
        return
    if isinstance(found, dict):
        yield entry(found, where, part, options)
    else:
        yield failed(part, where, "a row is an object with named columns; this is none")


def decoded(data: bytes) -> Any:
    """What JSON says, also with NaN, half a character or another encoding in it, as many write it.

    Raises `ValueError` or `RecursionError`.
    """
    try:
        return _decode(data)
    except ValueError:
        return json.loads(data.decode("utf-8-sig", AS_BROWSERS))


def _divide_json(place: Place, options: Options) -> Iterator[Part]:
    """As one where it can be read at once, else as lines: which many files called so are."""
    fits = not compression(place.url) and place.size <= options.limit
    return (whole("json") if fits else _divide)(place, options)


def _read_json(part: Part, options: Options) -> Read:
    with opened(part.input, options) as file:
        data = file.read()
    try:
        found = decoded(data)
    except (ValueError, RecursionError):  # several after one another
        return (yield from _read(part, options))
    if isinstance(found, dict):
        yield entry(found, part.name, part, options)
        return
    several = enumerate(found if isinstance(found, list) else [found], 1)
    yield from or_none_at_all(
        part,
        (
            entry(one, f"{part.name}#{number}", part, options)
            if isinstance(one, dict)
            else failed(part, f"{part.name}#{number}", "no object with named columns")
            for number, one in several
        ),
    )


JSON_LINES = Form(
    name="jsonl", suffixes=(".jsonl", ".ndjson", ".jsonlines"), divide=_divide, read=_read
)
JSON = Form(name="json", suffixes=(".json",), divide=_divide_json, read=_read_json)
