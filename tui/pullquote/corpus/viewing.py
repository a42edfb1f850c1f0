"""The tables of a corpus as DuckDB reads them: a view each, over the files of whole partitions.

No file is read before it is asked for. What is not on this machine is read through fsspec.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pullquote import system
from pullquote.corpus.dataset import Content, content
from pullquote.corpus.extra import CorpusError, require
from pullquote.corpus.place import file_system
from pullquote.corpus.tables import DUPLICATES, schema

if TYPE_CHECKING:
    import pyarrow
    from duckdb import DuckDBPyConnection

    Connection: TypeAlias = DuckDBPyConnection


def sources(folder: str, storage: Mapping[str, str] | None = None) -> Content:
    """The files of each table, with their state. Raises `CorpusError` and `OSError`."""
    require("duckdb", "pyarrow", "fsspec")
    return content(folder, storage)


def show(
    db: "Connection",
    found: Mapping[str, list[str]],
    storage: Mapping[str, str] | None = None,
    within: str = "main",
) -> None:
    """Make a view of each table in a schema; one without files is an empty table.

    Each row has the name of its file, without the suffix, as `stem`, unless it is in "main".
    """
    stem = "" if within == "main" else ", '' AS stem"
    named = "*" if not stem else "* EXCLUDE filename, parse_filename(filename, true) AS stem"
    db.execute(f"CREATE SCHEMA IF NOT EXISTS {within}")
    for table, paths in found.items():
        if paths:
            _reach(db, paths[0], storage)
            names = ", ".join(map(quoted, paths))
            rows = f"read_parquet([{names}], filename = {bool(stem)})"
            db.execute(f"CREATE VIEW {within}.{table} AS SELECT {named} FROM {rows}")
        else:
            db.register("nothing", schema(table).empty_table())
            db.execute(f"CREATE TABLE {within}.{table} AS SELECT *{stem} FROM nothing")
            db.unregister("nothing")


def append(db: "Connection", table: str, rows: "pyarrow.Table") -> None:
    """Append rows to a table with the same columns, in the same order."""
    db.register("appended", rows)
    db.execute(f"INSERT INTO {table} SELECT * FROM appended")
    db.unregister("appended")


def _reach(db: "Connection", path: str, storage: Mapping[str, str] | None) -> None:
    """Let DuckDB read through fsspec what has an address."""
    protocol, mark, _ = path.partition("://")
    if mark and protocol not in _reached(db):
        db.register_filesystem(file_system(path, storage)[0])


def _reached(db: "Connection") -> list[str]:
    return list(db.list_filesystems())


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def connected(
    path: str = ":memory:", read_only: bool = False, memory: int = 0
) -> Iterator["Connection"]:
    """A connection that keeps within this machine's memory and leaves nothing on its disk.

    Args:
        path: Of the database.
        read_only: Whether nothing is written into it.
        memory: What it may take, in bytes; 0 for half of this machine's.

    Raises:
        CorpusError: What DuckDB has to say, in one line.
    """
    import duckdb

    with (
        tempfile.TemporaryDirectory(prefix="pullquote-") as spill,
        one_line_of_duckdb(),
        duckdb.connect(path, read_only=read_only) as db,
    ):
        if most := memory or system.memory() // 2:
            db.execute(f"SET memory_limit = '{most >> 20}MiB'")
        db.execute(f"SET temp_directory = {quoted(spill)}")
        yield db


@contextmanager
def one_line_of_duckdb() -> Iterator[None]:
    """DuckDB's errors as ours."""
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        raise CorpusError(one_line_of(error)) from error


def one_line_of(error: Exception) -> str:
    """What DuckDB says, in one line."""
    if f"Table with name {DUPLICATES} does not exist" in str(error):
        return "duplicates are not marked; pullquote corpus analyze --dedupe marks them"
    lines = [line.strip() for line in str(error).splitlines() if line.strip(" ^")]
    return " ".join(lines)[:_LONGEST] or "DuckDB could not do that"


_LONGEST = 500  # characters of an error


def attach(db: "Connection", index: Path) -> None:
    """Show the voices of the index, too: `voices` and `members`."""
    db.execute(f"ATTACH {quoted(str(index))} AS indexed (READ_ONLY)")
    db.execute("CREATE VIEW voices AS SELECT * FROM indexed.voices")
    db.execute("CREATE VIEW members AS SELECT * FROM indexed.members")


def lock(db: "Connection", found: Mapping[str, Sequence[str]]) -> None:
    """Let what is run from now on read these files, and nothing else of this machine or the net.

    Nor can it undo that.
    """
    paths = ", ".join(quoted(path) for paths in found.values() for path in paths)
    db.execute(f"SET allowed_paths = [{paths}]")
    db.execute("SET enable_external_access = false")
    db.execute("SET autoinstall_known_extensions = false")
    db.execute("SET autoload_known_extensions = false")
    db.execute("SET lock_configuration = true")


def checked(db: "Connection", query: str) -> str:
    """A query that only reads.

    Raises:
        CorpusError: It is any other, or several.
        UnicodeError: It came from bytes that are not UTF-8.
    """
    import duckdb

    query.encode()
    if [one.type for one in db.extract_statements(query)] != [duckdb.StatementType.SELECT]:
        raise CorpusError("one SELECT can be asked, which changes nothing and writes no file")
    return query
