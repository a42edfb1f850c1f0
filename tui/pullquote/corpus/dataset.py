"""A corpus as it lies in its folder: which files are part of it, and what it was made of.

    FOLDER/manifest.json             what the last run was told, and how much there is (`Manifest`)
    FOLDER/partitions/ID.json        a partition: its files with hashes (`Record`)
    FOLDER/TABLE/ID-ROWS.parquet     the rows of a partition in a table (tables.py)

A record is as small for a thousand inputs as for one, since all are read before a run and before an
answer; what a partition was made of is a table, too (`inputs`). It is written after its files,
whose names say what is in them, and removed before them: **what no record names is no part of the
corpus**. So read what `files` gives, not what lies in a folder. A partition that is made anew takes
the place of the old one at once, with its record. It has no file for a table in which it has no
rows.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from pullquote.corpus.extra import CorpusError
from pullquote.corpus.parts import Options
from pullquote.corpus.place import Place
from pullquote.corpus.tables import SCHEMA, TABLES

MANIFEST = "manifest.json"
PARTITIONS = "partitions"
SUFFIX = ".parquet"
_SUFFIX = ".json"
_ROWS = 8  # hexadecimal digits of a file's name that tell what is in it


class File(msgspec.Struct, frozen=True):
    """A file of a partition."""

    rows: int
    size: int  # bytes
    sha256: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A partition that is there, whole."""

    id: str  # of the names of its parts, the analyser and the settings: the same everywhere
    schema: int = SCHEMA
    analyser: str
    state: str = ""  # of its parts, as they lay there: sizes with times or ETags
    content: str = ""  # of what was read in them
    files: Mapping[str, File]  # by table; none for a table without rows
    words: int = 0

    @property
    def stem(self) -> str:
        """What its files are called: another name where any row in them is another one."""
        rows = "".join(f"{table} {file.sha256}\n" for table, file in sorted(self.files.items()))
        return f"{self.id}-{hashlib.sha256(rows.encode()).hexdigest()[:_ROWS]}"

    def rows(self, table: str) -> int:
        """How many rows it has in a table."""
        return self.files[table].rows if table in self.files else 0


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the last run over the folder was told, and what there was when it ended."""

    pullquote: str  # version
    schema: int = SCHEMA
    analyser: str  # with its version and model
    inputs: tuple[str, ...]  # as they were named; their parts are in the table of that name
    options: Options  # how they were read; without what the storage was told
    partition_size: int  # bytes
    is_complete: bool  # False where the run was stopped, or goes on
    partitions: int = 0
    rows: Mapping[str, int] = {}  # by table
    words: int = 0


def file_name(table: str, stem: str) -> str:
    """Where the rows of a partition lie in the folder, by what its files are called."""
    return f"{table}/{stem}{SUFFIX}"


def record_name(partition: str) -> str:
    """Where the record of a partition lies in the folder."""
    return f"{PARTITIONS}/{partition}{_SUFFIX}"


def put(place: Place, record: Record, contents: Mapping[str, bytes]) -> None:
    """Put a partition in its place: its files by table, then its record. Raises `OSError`."""
    for table, content in contents.items():
        place.write(file_name(table, record.stem), content)
    place.write(record_name(record.id), msgspec.json.encode(record))


def partitions(place: Place) -> list[str]:
    """The ids of the partitions that are there, sorted. Raises `OSError`."""
    return [name.removesuffix(_SUFFIX) for name in place.names(PARTITIONS, _SUFFIX)]


def records(place: Place) -> Iterator[Record]:
    """The partitions that are there, by their ids. Raises `CorpusError` and `OSError`."""
    for content in place.read_all([record_name(one) for one in partitions(place)]):
        yield _record(place, content)


def record(place: Place, partition: str) -> Record | None:
    """One partition; None where it is not there. Raises `CorpusError` and `OSError`."""
    return next(
        (_record(place, content) for content in place.read_all([record_name(partition)])), None
    )


def _record(place: Place, content: bytes) -> Record:
    try:
        return msgspec.json.decode(content, type=Record)
    except msgspec.DecodeError as error:
        raise CorpusError(
            f"{place.url(PARTITIONS)}: a file in it is damaged: {error}; remove it, and "
            "pullquote corpus analyze makes its rows anew"
        ) from error


def manifest(place: Place) -> Manifest | None:
    """What the last run was told; None where there was none. Raises `CorpusError`, `OSError`."""
    if not place.exists(MANIFEST):
        return None
    try:
        return msgspec.json.decode(place.read(MANIFEST), type=Manifest)
    except msgspec.DecodeError as error:
        raise CorpusError(f"{place.url(MANIFEST)}: cannot be read: {error}") from error


class Content(NamedTuple):
    """What a corpus holds.

    Attributes:
        files: The Parquet files of each table, by partition; none where it has no rows. Paths, or
            addresses with their protocol.
        state: Another one where any row is another one.
    """

    files: dict[str, list[str]]
    state: str


def content(folder: str, storage: Mapping[str, str] | None = None) -> Content:
    """What a corpus holds; each record is read once.

    Args:
        folder: Of the corpus; a path, or an address that fsspec opens.
        storage: What fsspec is told of the place.

    Raises:
        CorpusError: There is no corpus in the folder, or one of a later version.
        OSError: The folder cannot be read.
    """
    place = Place(folder, storage)
    found: dict[str, list[str]] = {table: [] for table in TABLES}
    state = hashlib.sha256()
    is_there = False
    for one in records(place):
        if one.schema > SCHEMA:
            raise CorpusError(
                f"{folder}: written by a later version of pullquote; upgrade this one"
            )
        is_there = True
        for table, file in sorted(one.files.items()):
            found[table].append(place.url(file_name(table, one.stem)))
            state.update(f"{table}/{one.id} {file.sha256}\n".encode())
    if not is_there and manifest(place) is None:
        raise CorpusError(
            f"{folder}: no corpus; pullquote corpus analyze … --out {folder} makes one"
        )
    return Content(found, state.hexdigest())


def files(folder: str, table: str, storage: Mapping[str, str] | None = None) -> list[str]:
    """The Parquet files of a table, by partition; none where no partition has a row in it.

    Args:
        folder: Of the corpus; a path, or an address that fsspec opens.
        table: One of `tables.TABLES`.
        storage: What fsspec is told of the place.

    Returns:
        Paths, or addresses with their protocol.

    Raises:
        CorpusError: There is no such table, no corpus in the folder, or one of a later version.
        OSError: The folder cannot be read.
    """
    if table not in TABLES:
        raise CorpusError(f"{table}: no such table; there are {', '.join(TABLES)}")
    return content(folder, storage).files[table]
