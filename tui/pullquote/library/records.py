"""All that the library holds of one article, whatever tables there are: read, and stored again.

A table belongs to an article if its rows refer to one; a new table is taken along without a word
here.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pullquote.library.acts import own

Row = Mapping[str, Any]  # values by column
ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Record:
    """An article's rows by table, its own row apart."""

    article: Row
    rows: Mapping[str, Sequence[Row]]

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self.article["id"])


def tables(db: sqlite3.Connection) -> dict[str, str]:
    """The tables whose rows refer to an article, each with the column that does."""
    return dict(
        db.execute(
            'SELECT master.name, key."from" FROM sqlite_master AS master, '
            "pragma_foreign_key_list(master.name) AS key "
            "WHERE master.type = 'table' AND key.\"table\" = 'articles' ORDER BY master.name"
        ).fetchall()
    )


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table that are stored again: not the number that SQLite gives a row."""
    found = db.execute("SELECT name, type, pk FROM pragma_table_info(?)", (table,)).fetchall()
    keys = [(name, kind.upper()) for name, kind, pk in found if pk]
    numbers = [name for name, kind in keys if kind == "INTEGER" and len(keys) == 1]
    return [name for name, *_ in found if name not in numbers] or numbers


def read(db: sqlite3.Connection, article: str) -> Record | None:
    """What there is of the article of that id; None for one that is not there."""
    own = _rows(db, ARTICLES, "id", article)
    if not own:
        return None
    return Record(
        own[0], {table: _rows(db, table, of, article) for table, of in tables(db).items()}
    )


def _rows(db: sqlite3.Connection, table: str, column: str, value: str) -> list[Row]:
    names = columns(db, table)
    found = db.execute(
        f"SELECT {', '.join(names)} FROM {table} WHERE {column} = ? ORDER BY rowid", (value,)
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def insert(db: sqlite3.Connection, record: Record) -> None:
    """Store an article that is not there; rows whose key is taken are left out.

    What its log has is ours to undo.
    """
    add(db, ARTICLES, [record.article])
    for table, rows in record.rows.items():
        add(db, table, renumbered(db, rows) if table == "acts" else rows)
        if table == "acts" and rows:
            own(db, len(rows))


def add(db: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Add rows to a table; those whose key is taken, and columns that it has not, are left out."""
    there = columns(db, table)
    for row in rows:
        names = [name for name in there if name in row]
        db.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) "
            f"VALUES ({', '.join('?' * len(names))})",
            [row[name] for name in names],
        )


def renumbered(db: sqlite3.Connection, acts: Sequence[Row]) -> list[Row]:
    """Acts of another log, in bundles that are free in this one."""
    first = db.execute("SELECT coalesce(max(bundle), 0) + 1 FROM acts").fetchone()[0]
    bundles = sorted({act["bundle"] for act in acts})
    return [{**act, "bundle": first + bundles.index(act["bundle"])} for act in acts]
