"""What a question found, as Arrow has it: batches of rows with the same columns, one by one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, count, islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from pullquote.corpus.extra import CorpusError
from pullquote.corpus.viewing import one_line_of

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
    """The rows of a query, which is run as they are taken; ctrl+c stops it.

    Raises:
        CorpusError: What DuckDB has to say, in one line; also while rows are taken.
    """
    import pyarrow

    waiting = ThreadPoolExecutor(1)  # DuckDB runs there, so that this thread hears of ctrl+c
    with _one_line():
        reader = _stoppable(
            db, waiting, lambda: db.sql(query, params=list(values)).to_arrow_reader(_AT_ONCE)
        )

    def batches() -> "Iterator[pyarrow.RecordBatch]":
        with waiting, _one_line():
            while (batch := _stoppable(db, waiting, lambda: next(reader, None))) is not None:
                yield batch.rename_columns(names)

    names = _told_apart(reader.schema.names)
    fields = zip(reader.schema, names, strict=True)
    return Found(pyarrow.schema([one.with_name(name) for one, name in fields]), batches())


def _told_apart(names: Sequence[str]) -> list[str]:
    """Names of columns, each another one: of two `article` the second is `article_2`."""
    apart: list[str] = []
    for name in names:
        numbered = (f"{name}_{number}" for number in count(2))
        apart.append(next(one for one in chain([name], numbered) if one not in apart))
    return apart


def _stoppable(db: "Connection", waiting: ThreadPoolExecutor, work: Callable[[], Any]) -> Any:
    done = waiting.submit(work)
    try:
        return done.result()
    except KeyboardInterrupt:
        db.interrupt()
        waiting.shutdown()
        raise


@contextmanager
def _one_line() -> Iterator[None]:
    """What goes wrong while rows are taken reaches us by way of Arrow."""
    import pyarrow

    try:
        yield
    except pyarrow.ArrowException as error:
        raise CorpusError(one_line_of(error)) from error


def write_parquet(found: Found, file: IO[bytes]) -> None:
    """Write rows as Parquet."""
    from pyarrow import parquet

    with parquet.ParquetWriter(file, found.schema, compression="zstd") as writer:
        for batch in found.batches:
            writer.write_batch(batch)
