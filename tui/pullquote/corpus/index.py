"""Where the index lies that questions are asked of (indexing.py), and that it is up to date.

It lies in the corpus's folder, or among this machine's caches where that is elsewhere or cannot be
written. Whoever makes it at the same time makes the same.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.corpus import duplicates
from pullquote.corpus.dataset import Content
from pullquote.corpus.extra import CorpusError
from pullquote.corpus.indexing import BASE, Indexed, indexed, make
from pullquote.corpus.place import Place
from pullquote.corpus.tables import DUPLICATES
from pullquote.corpus.viewing import attach, connected, show, sources
from pullquote.corpus.voice_table import together
from pullquote.corpus.voices import Decision

if TYPE_CHECKING:
    from pullquote.corpus.viewing import Connection

INDEX = "index.duckdb"
DECISIONS = "voices/corrections.csv"


@contextmanager
def opened(folder: str, storage: Mapping[str, str] | None = None) -> Iterator["Connection"]:
    """The index of a corpus, to be read; made before, where it is not there or not up to date.

    Raises:
        CorpusError: There is no corpus, or it cannot be read.
        OSError: The folder cannot be read.
    """
    with connected(str(settled(folder, storage)), read_only=True) as db:
        yield db


def settled(folder: str, storage: Mapping[str, str] | None = None) -> Path:
    """Where the index lies, up to date. Raises as `opened` does."""
    return _settled(folder, sources(folder, storage), storage)


@contextmanager
def with_tables(
    folder: str, storage: Mapping[str, str] | None = None
) -> Iterator[tuple["Connection", dict[str, list[str]]]]:
    """The tables of a corpus to be read, with the voices of its index; and their files by table.

    Raises as `opened` does.
    """
    found = sources(folder, storage)
    path = _settled(folder, found, storage)
    with connected() as db:
        files = found.files | _marked(Place(folder, storage), found.state)
        show(db, files, storage)
        attach(db, path)
        yield db, files


def _marked(place: Place, state: str) -> dict[str, list[str]]:
    """The file of duplicates, where they are marked in the articles that there are."""
    is_there = duplicates.is_current(place, state)
    return {DUPLICATES: [place.url(duplicates.FILE)]} if is_there else {}


def _settled(folder: str, found: Content, storage: Mapping[str, str] | None) -> Path:
    """Where the index of what a corpus holds lies, up to date."""
    place = Place(folder, storage)
    decided = place.read(DECISIONS) if place.exists(DECISIONS) else b""
    state = hashlib.sha256(f"{BASE} {found.state} ".encode() + decided).hexdigest()
    paths = _paths(place, folder)
    known = {path: indexed(path) for path in paths if path.exists()}
    for path, there in known.items():
        if there.state == state:
            return path
    for path in paths:
        with suppress(PermissionError):
            make(path, known.get(path, Indexed()), found.files, storage, decisions(decided), state)
            return path
    raise CorpusError(f"{folder}: there is no place for an index; make the folder writable")


def _paths(place: Place, folder: str) -> list[Path]:
    import platformdirs

    name = hashlib.sha256(place.url("").encode()).hexdigest()[:16]
    elsewhere = platformdirs.user_cache_path("pullquote") / "corpora" / f"{name}.duckdb"
    return [place.path(INDEX), elsewhere] if place.is_local else [elsewhere]


# --- what a reader has put right


def decisions(content: bytes) -> list[Decision]:
    """The decisions in a file of them. Raises `CorpusError`."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        return [Decision(*(row[name] or "" for name in Decision._fields)) for row in rows]
    except (KeyError, UnicodeError, csv.Error) as error:
        raise CorpusError(f"{DECISIONS}: cannot be read; remove it, or mend it") from error


def encoded(decided: Sequence[Decision]) -> bytes:
    """Decisions as a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([Decision._fields, *decided])
    return text.getvalue().encode()


def keep_decisions(
    folder: str, decided: Sequence[Decision], storage: Mapping[str, str] | None = None
) -> None:
    """Keep further decisions beside the tables; of two on the same the later stands.

    Raises:
        CorpusError: Those that are there cannot be read.
        OSError: The folder cannot be written.
    """
    place = Place(folder, storage)
    before = decisions(place.read(DECISIONS)) if place.exists(DECISIONS) else []
    place.write(DECISIONS, encoded(together(before, decided)))
