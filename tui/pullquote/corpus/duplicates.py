"""Duplicates in a corpus: the same words, or nearly so. They are marked, never dropped.

The table `signatures` has what an article's words are told by (signatures.py). When all is
analysed, one pass over it marks each article that is like an earlier one (`mark`): what was
published first comes first, and what has no day last, in the order of the ids. So what is marked
depends on the articles alone, wherever they were analysed.

Articles that may be alike meet in the bands of their signatures (locality-sensitive hashing). In a
band each is compared with the first that has the same and with the one before it, so that the work
grows as the corpus does, also where a million pages say that a site needs cookies. DuckDB sorts the
bands, on a disk where they do not fit into memory.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec

from pullquote.corpus import dataset
from pullquote.corpus.place import Place
from pullquote.corpus.signatures import HASHES
from pullquote.corpus.tables import DUPLICATES, schema
from pullquote.corpus.viewing import append, connected, show

if TYPE_CHECKING:
    import numpy
    import pyarrow

    from pullquote.corpus.viewing import Connection

FILE = f"{DUPLICATES}/duplicates.parquet"
NEAR = 0.4  # of what two have in a row, this is in both; see docs/corpus.md
_BANDS = 42  # of three hashes: of two articles that share 0.4, 94 % meet in one; at 0.5 all do
_MEMORY = 2 << 30  # bytes; what needs more goes through the disk
_AT_ONCE = 20_000  # signatures
_MADE_OF = b"pullquote.state"  # of the corpus (`dataset.Content`)


class Marked(msgspec.Struct, frozen=True):
    """How many articles are like an earlier one."""

    exact: int
    near: int
    repeated_ids: int  # articles that have the id of another one


def mark(folder: str, storage: Mapping[str, str] | None = None) -> Marked:
    """Write which articles of a corpus are like an earlier one, in place of what was written.

    The columns: `article`; `of`, the earliest that it is like; `near`, the share of three words in
    a row that both have, from `NEAR` to 1; `is_exact`, whether all words are the same.

    Raises:
        CorpusError: A file in the folder is damaged, or there is no room to sort the signatures.
        OSError: The folder cannot be read or written.
    """
    found = dataset.content(folder, storage)
    with _database() as db:
        show(db, {"signatures": found.files["signatures"]}, storage)
        db.execute("CREATE TABLE known AS SELECT * RENAME (folded AS words) FROM signatures")
        _rank(db)
        _meet(db)
        _compare(db)
        _write(db, Place(folder, storage), found.state)
        exact, near = db.execute(
            "SELECT count(*) FILTER (is_exact), count(*) FILTER (NOT is_exact) FROM duplicates"
        ).fetchall()[0]
        repeated = db.execute("SELECT count(*) - count(DISTINCT article) FROM known").fetchall()
    return Marked(exact, near, repeated[0][0])


def clear(folder: str, storage: Mapping[str, str] | None = None) -> bool:
    """Remove what was marked in other articles than are there now. Returns whether it was."""
    place = Place(folder, storage)
    if not place.exists(FILE) or is_current(place, dataset.content(folder, storage).state):
        return False
    place.remove(FILE)
    return True


def is_current(place: Place, state: str) -> bool:
    """Whether duplicates are marked in the articles of this state (`dataset.Content`).

    Of the file, only what it says of itself is read. Raises `OSError`.
    """
    from pyarrow.parquet import read_schema

    with suppress(FileNotFoundError), place.opened(FILE) as file:
        return bool(read_schema(file).metadata.get(_MADE_OF, b"") == state.encode())
    return False


@contextmanager
def _database() -> Iterator["Connection"]:
    with (
        TemporaryDirectory(prefix="pullquote-") as scratch,
        connected(f"{scratch}/duplicates.db", memory=_MEMORY) as db,
    ):
        yield db


def _rank(db: "Connection") -> None:
    """Number the articles by time; `first` is the number of the first with the same words."""
    db.execute(
        "CREATE TABLE ranked AS SELECT *, min(number) OVER (PARTITION BY words) AS first FROM "
        "(SELECT *, row_number() OVER (ORDER BY day NULLS LAST, article, words) AS number "
        "FROM known)"
    )


def _meet(db: "Connection") -> None:
    """Which articles are to be compared: of those with the same words, the first."""
    import numpy
    import pyarrow

    db.execute("CREATE TABLE bands (band UTINYINT, hash UBIGINT, number BIGINT)")
    for rows in _batches(db, "SELECT number, minhash FROM ranked WHERE number = first"):
        numbers = rows["number"].to_numpy()
        for band, hashes in enumerate(_hashes(_unpacked(rows["minhash"]))):
            columns = {
                "band": numpy.full(len(numbers), band, "u1"), "hash": hashes, "number": numbers
            }  # fmt: skip
            append(db, "bands", pyarrow.table(columns))
    db.execute("CREATE TABLE pairs (number BIGINT, earlier BIGINT)")
    for band in range(_BANDS):
        db.execute(
            "INSERT INTO pairs SELECT number, unnest([first_value(number) OVER same, "
            "lag(number) OVER same]) AS earlier FROM bands WHERE band = ? "
            "WINDOW same AS (PARTITION BY hash ORDER BY number)",
            [band],
        )


def _hashes(signatures: "numpy.ndarray") -> "Iterator[numpy.ndarray]":
    """Of each band, one hash a signature."""
    for band in signatures.reshape(len(signatures), _BANDS, -1).transpose(1, 2, 0):
        mixed = band[0].astype("u8")
        for row in band[1:]:
            mixed = (mixed * 0x9E3779B97F4A7C15 ^ (mixed >> 29)) + row
        yield mixed


def _unpacked(minhashes: "pyarrow.ChunkedArray") -> "numpy.ndarray":
    import numpy

    return numpy.frombuffer(b"".join(minhashes.to_pylist()), "<u4").reshape(-1, HASHES)


def _compare(db: "Connection") -> None:
    """Keep the pairs that are near; of each article the one with the earliest."""
    import pyarrow

    db.execute("CREATE TABLE nears (number BIGINT, earlier BIGINT, near DOUBLE)")
    together = (
        "SELECT number, earlier, one.minhash AS one, other.minhash AS other FROM "
        "(SELECT DISTINCT number, earlier FROM pairs WHERE earlier < number) "
        "JOIN ranked AS one USING (number) JOIN ranked AS other ON other.number = earlier"
    )
    for rows in _batches(db, together):
        near = (_unpacked(rows["one"]) == _unpacked(rows["other"])).mean(axis=1)
        there = pyarrow.table({**_columns(rows, "number", "earlier"), "near": near})
        append(db, "nears", there.filter(pyarrow.array(near >= NEAR)))
    db.execute(
        "CREATE TABLE duplicates AS "
        "SELECT this.article, earlier.article AS of, near, is_exact FROM "
        "(SELECT number, min(earlier) AS earlier, arg_min(near, earlier) AS near, "
        "false AS is_exact FROM nears GROUP BY number "
        "UNION ALL SELECT number, first, 1.0, true FROM ranked WHERE first < number) AS found "
        "JOIN ranked AS this USING (number) "
        "JOIN ranked AS earlier ON earlier.number = found.earlier"
    )


def _columns(rows: "pyarrow.Table", *names: str) -> dict[str, Any]:
    return {name: rows[name] for name in names}


def _batches(db: "Connection", query: str) -> "Iterator[pyarrow.Table]":
    """The rows of a query, some at a time, while others are written."""
    import pyarrow

    reading = db.cursor()
    try:
        for batch in reading.sql(query).to_arrow_reader(_AT_ONCE):
            yield pyarrow.Table.from_batches([batch])
    finally:
        reading.close()


def _write(db: "Connection", place: Place, state: str) -> None:
    from pyarrow import parquet

    columns = schema(DUPLICATES)
    columns = columns.with_metadata({**columns.metadata, _MADE_OF: state})
    with (
        place.written(FILE) as file,
        parquet.ParquetWriter(file, columns, compression="zstd") as out,
    ):
        for rows in _batches(db, "SELECT * FROM duplicates ORDER BY of, article"):
            out.write_table(rows.cast(columns))
