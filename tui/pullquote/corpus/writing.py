"""The rows of a partition, put into Parquet in memory: small, since a partition is."""

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from pullquote.corpus.dataset import File
from pullquote.corpus.tables import Rows, schema

if TYPE_CHECKING:
    import pyarrow

_GROUP = {"articles": 1_000}  # rows that are compressed together, and can be skipped together
_ANY_GROUP = 20_000
_schema = cache(schema)


class Tables:
    """The tables of one partition while it is made."""

    def __init__(self) -> None:
        self._batches: dict[str, list[pyarrow.RecordBatch]] = {}
        self._writers: dict[str, tuple[Any, Any]] = {}  # each with what it writes to
        self._waiting: dict[str, int] = {}  # rows that are not compressed yet
        self._rows: dict[str, int] = {}

    def add(self, rows: Rows) -> None:
        """Add the rows of an article, all or none. Raises what Arrow raises of bad values."""
        import pyarrow

        batches = {
            table: pyarrow.RecordBatch.from_pylist(those, schema=_schema(table))
            for table, those in rows.items()
            if those
        }
        for table, batch in batches.items():
            self._batches.setdefault(table, []).append(batch)
            self._waiting[table] = self._waiting.get(table, 0) + batch.num_rows
            if self._waiting[table] >= _GROUP.get(table, _ANY_GROUP):
                self._flush(table)

    def _flush(self, table: str) -> None:
        import pyarrow
        from pyarrow import parquet

        if table not in self._writers:
            sink = pyarrow.BufferOutputStream()
            writer = parquet.ParquetWriter(sink, _schema(table), compression="zstd")
            self._writers[table] = (sink, writer)
        whole = pyarrow.Table.from_batches(self._batches.pop(table), _schema(table))
        self._writers[table][1].write_table(whole, row_group_size=whole.num_rows)
        self._rows[table] = self._rows.get(table, 0) + whole.num_rows
        self._waiting[table] = 0

    def finished(self) -> dict[str, tuple[File, bytes]]:
        """Each table that has rows: what is recorded of its file, and the file."""
        for table in list(self._batches):
            self._flush(table)
        made: dict[str, tuple[File, bytes]] = {}
        for table, (sink, writer) in sorted(self._writers.items()):
            writer.close()
            content = sink.getvalue().to_pybytes()
            sha256 = hashlib.sha256(content).hexdigest()
            made[table] = (File(rows=self._rows[table], size=len(content), sha256=sha256), content)
        return made
