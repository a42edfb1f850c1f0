"""Tables as text (CSV, TSV): the first row names the columns, whatever stands between them.

A quoted value may run over many lines, so that nobody can begin in the middle: a file is one part.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from pullquote.corpus.inputs.forms import Form, Read, failed, whole
from pullquote.corpus.inputs.places import opened
from pullquote.corpus.inputs.records import AS_BROWSERS, entry, or_none_at_all
from pullquote.corpus.parts import Options, Part

_BETWEEN = ",\t;|"
_END = "\ue000 end \ue000"  # a row below the last: what holds it was never closed
_LONGEST_HEADER = 1 << 20  # characters


def _read(part: Part, options: Options) -> Read:
    return or_none_at_all(part, _rows(part, options))


def _rows(part: Part, options: Options) -> Read:
    with opened(part.input, options) as file, _text(file) as lines:
        first = lines.readline(_LONGEST_HEADER)
        between = max(_BETWEEN, key=first.count)
        csv.field_size_limit(options.limit)
        header = next(csv.reader([first], delimiter=between), [])
        rows = csv.reader(_pieces(lines, options.limit), delimiter=between)
        number = 0
        while True:
            number += 1
            where = f"{part.name}#{number}"
            try:
                row = next(rows, [_END])
            except csv.Error as error:
                yield failed(part, where, f"not a row: {error}")
                continue
            if row and row[-1].endswith(_END):
                if row != [_END]:
                    yield failed(part, where, "a quotation mark is not closed; all below is in it")
                return
            if not any(row):
                continue
            if len(row) != len(header):
                columns = f"{len(row)} columns where the first row has {len(header)}"
                yield failed(part, where, columns)
                continue
            yield entry(dict(zip(header, row, strict=True)), where, part, options)


def _text(file: IO[bytes]) -> io.TextIOWrapper:
    assert isinstance(file, io.BufferedReader)
    start = file.peek(2)[:2]
    is_utf_16 = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return io.TextIOWrapper(file, "utf-16" if is_utf_16 else "utf-8-sig", AS_BROWSERS, newline="")


def _pieces(lines: io.TextIOWrapper, limit: int) -> Iterator[str]:
    """The lines, none of them much longer than a value may be, and a last one of ours."""
    while line := lines.readline(limit + 1):
        yield line
    yield _END


CSV = Form(name="csv", suffixes=(".csv", ".tsv", ".tab"), divide=whole("csv"), read=_read)
