"""What a question found, as Arrow has it: batches of rows with the same columns, one by one."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow

    from pullquote.corpus.viewing import Connection

_AT_ONCE = 1000  # rows


class Found(NamedTuple):
    """Rows, which can be taken once."""

    schema: "pyarrow.Schema"
    batches: "Iterable[pyarrow.RecordBatch]"


def batches(rows: Iterator[Mapping[str, Any]], schema: "pyarrow.Schema") -> Found:
    """Rows as they come."""
    import pyarrow

    some = iter(lambda: list(islice(rows, _AT_ONCE)), [])
    return Found(schema, (pyarrow.RecordBatch.from_pylist(one, schema) for one in some))


def answered(db: "Connection", query: str, values: Iterable[Any] = ()) -> Found:
    """The rows of a query, which is run as they are taken."""
    reader = db.sql(query, params=list(values)).to_arrow_reader(_AT_ONCE)
    return Found(reader.schema, reader)


def write_parquet(found: Found, file: IO[bytes]) -> int:
    """Write rows as Parquet; how many there were."""
    from pyarrow import parquet

    count = 0
    with parquet.ParquetWriter(file, found.schema, compression="zstd") as writer:
        for batch in found.batches:
            writer.write_batch(batch)
            count += batch.num_rows
    return count
