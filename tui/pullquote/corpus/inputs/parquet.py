"""Parquet: a file is divided by the rows that its own index counts, and read by columns.

A group of rows is the least that can be read by itself. One that is large is divided further, for
there may be only one of a million articles: a worker then reads what stands before its rows, too,
and passes it over, which is a thousand times as fast as the analysis of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pullquote.corpus.inputs.forms import PIECE, Form, Read, part_of
from pullquote.corpus.inputs.places import Place, opened
from pullquote.corpus.inputs.records import entry, or_none_at_all, wanted
from pullquote.corpus.parts import Options, Part

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyarrow.parquet import ParquetFile

_SLICES = 64  # of one group at most
_BATCH = 64  # rows


def _divide(place: Place, options: Options) -> Iterator[Part]:
    with _file(place.url, options) as file:
        groups = [file.metadata.row_group(at) for at in range(file.num_row_groups)]
        sizes = [(group.num_rows, group.total_byte_size) for group in groups]
        start = 0
        for rows, size in sizes:
            slices = max(1, min(_SLICES, rows, size // PIECE))
            edges = [start + rows * at // slices for at in range(slices + 1)]
            for begin, end in pairwise(edges):
                if end > begin:
                    yield part_of(place, "parquet", begin, end, size // slices)
            start += rows


def _read(part: Part, options: Options) -> Read:
    return or_none_at_all(part, _rows(part, options))


def _rows(part: Part, options: Options) -> Read:
    with _file(part.input, options) as file:
        names = tuple(file.schema_arrow.names)
        missing = dict.fromkeys(names)  # so that a message can name what there is
        for number, row in _numbered(file, part, wanted(names, options.columns)):
            yield entry({**missing, **row}, f"{part.name}#{number + 1}", part, options)


@contextmanager
def _file(url: str, options: Options) -> Iterator["ParquetFile"]:
    from pyarrow.parquet import ParquetFile

    with (
        opened(url, options, packed=True, seeks=True) as stream,
        ParquetFile(stream, pre_buffer=False) as file,
    ):
        yield file


def _numbered(
    file: "ParquetFile", part: Part, columns: list[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a part, numbered from the first of the file."""
    at = 0
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if at < part.stop and at + rows > part.start:
            yield from _of_group(file, group, at, part, columns)
        at += rows


def _of_group(
    file: "ParquetFile", group: int, at: int, part: Part, columns: list[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    batches = file.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False)
    for batch in batches:
        if at >= part.stop:
            return
        begin = max(0, part.start - at)
        if begin < batch.num_rows:
            rows = _values(batch.slice(begin, part.stop - at - begin))
            yield from enumerate(rows, at + begin)
        at += batch.num_rows


def _values(batch: "RecordBatch") -> list[dict[str, Any]]:
    """The rows of a batch; one with a value that Python does not have costs no other."""
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except (ValueError, OverflowError):
        columns = {name: list(map(_value, batch[name])) for name in batch.schema.names}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return rows


def _value(one: Any) -> Any:
    """A value of Arrow's: bytes for a text that is no UTF-8, None for a day in the year 300,000."""
    try:
        return one.as_py()
    except UnicodeDecodeError:
        return one.as_buffer().to_pybytes() if hasattr(one, "as_buffer") else None
    except (ValueError, OverflowError):
        return None


PARQUET = Form(name="parquet", suffixes=(".parquet", ".pq"), divide=_divide, read=_read)
