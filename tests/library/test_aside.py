"""A large library of an older form is open at once, and what is said in it is indexed bit by bit."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pullquote.library import backlog, copies, file
from pullquote.library.aside import lay_aside
from pullquote.library.indexing import first_of
from pullquote.library.relating import relate
from pullquote.library.schema import SCRIPTS, statements
from pullquote.library.shingled import shingles_of
from pullquote.library.store import FILE, Library
from pullquote.notes.questions import Question, understood
from tests.library.test_said import add

ARTICLES = 60  # more than a question waits for
OLD = first_of(date(2016, 1, 1))  # the first number of that day
Older = Callable[[int], Path]
_MEMBER = {
    "article": "number", "actor": "'a1'", "voice": "7", "name": "'Ada Quist of old'", "role": "''",
    "affiliation": "''", "names": "'[[\"main\",\"ada quist of old\"]]'", "kind": "'person'",
}  # fmt: skip


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Older:
    """Makes the folder of a library of an older form, in which all was indexed; it is large."""
    monkeypatch.setattr(file, "_CONVERTED", 0)

    def make(version: int) -> Path:
        with Library.open(tmp_path / "new") as library:
            for number in range(ARTICLES):
                words = f"The bridge of {number} towns is closed for good"
                add(library, "Herald", f"2016-08-{number % 28 + 1:02}", ("Ada Quist", words, True))
        folder = tmp_path / f"{version}"
        folder.mkdir()
        with closing(sqlite3.connect(folder / FILE)) as db, db:
            db.create_function("work", 2, lambda url, identity: identity)
            db.create_function("shingles_of", 1, shingles_of)
            for script in SCRIPTS[:version]:
                for statement in statements(script):
                    db.execute(statement)
            db.execute("ATTACH ? AS new", (str(tmp_path / "new" / FILE),))
            for table in ("articles", "findings"):
                columns = ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({table})"))
                db.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
            _index(db)
            db.execute(f"PRAGMA user_version = {version}")
        return folder

    return make


def _index(db: sqlite3.Connection) -> None:
    """Something derived, as an older version would have it."""
    db.execute("DELETE FROM stale")
    db.execute("INSERT INTO voices (number, kind, name) VALUES (7, 'person', 'Ada Quist of old')")
    columns = "article, analyser, day, is_dated"
    db.execute(
        f"INSERT INTO indexed ({columns}) SELECT number, 'old', '2016-01-01', 1 FROM articles"
    )
    known = {row[1] for row in db.execute("PRAGMA table_info(members)")}
    member = {one: value for one, value in _MEMBER.items() if one in known}
    db.execute(
        f"INSERT INTO members ({', '.join(member)}) SELECT {', '.join(member.values())} FROM articles"
    )
    db.execute(
        "INSERT INTO said (number, article, finding, kind, start, end, words, voice, speaker, how, "
        "sourcing, commitment, cue, checkable, verdict, sure, facets) SELECT ? + (number << 17), number, 'q1', 'quote', 0, 9, 'words of old', 7, 'Ada Quist of old', 'direct', "
        "'named', '', 'said', 0, '', 0.9, '' FROM articles",
        (OLD,),
    )
    if db.execute("PRAGMA table_info(shingles)").fetchall():
        db.execute("INSERT INTO shingles SELECT 1, number FROM said")


def _check(library: Library) -> None:
    """All is as in a library that has never been another, and nothing is left of the old."""
    found = library.said.ask(understood("bridge by:quist"))
    assert (found.total, found.left.words) == (ARTICLES, "")
    assert not library.said.ask(understood("old")).total
    assert [one.name for one in library.voices.find("quist")] == ["Ada Quist"]
    rows = library.database.rows
    assert not rows("SELECT name FROM sqlite_master WHERE name GLOB 'old*'")
    assert rows("PRAGMA foreign_key_check") == []
    assert rows("PRAGMA integrity_check") == [("ok",)]
    with library.database.transaction() as db:
        db.execute("INSERT INTO said_words (said_words, rank) VALUES ('integrity-check', 1)")
    tables = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql"
    with Library.open(library.path.parent.parent / "new") as new:
        assert rows(tables) == new.database.rows(tables)


@pytest.mark.parametrize("version", [11, 12, 13, 16, 19, 20, 21, 23, 24])
def test_it_is_read_at_once_and_whole_in_the_end(older: Older, version: int) -> None:
    with Library.open(older(version)) as library:
        found = library.said.ask(Question())
        assert found.left.words == f"{ARTICLES} articles are still being indexed"
        assert not found.total
        library.said.settle()
        _check(library)


def test_whoever_is_killed_leaves_the_rest_to_be_done(older: Older) -> None:
    folder = older(20)
    code = (
        "import os, sys; from pathlib import Path\n"
        "from pullquote.library import backlog, file\n"
        "from pullquote.library.store import Library\n"
        "file._CONVERTED = backlog._BIT = backlog._PAUSE = 0\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "library.said.settle(lambda done, whole: done > 3 and os.kill(os.getpid(), 9))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    assert done.returncode == -9
    with Library.open(folder) as library:
        left = library.said.ask(Question())
        assert 0 < left.left.articles < ARTICLES
        assert left.total
        relate(library.database)
        _check(library)


def test_an_older_program_may_index_all_again_behind_a_kill(older: Older) -> None:
    """Between the two steps the form is still the older one: its tables may be filled once more."""
    folder = older(24)
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as db:
        db.create_function("shingles_of", 1, shingles_of)
        lay_aside(db, 24)
        _index(db)
    with Library.open(folder) as library:
        library.said.settle()
        _check(library)


def test_a_purge_before_it_is_indexed_leaves_what_was_decided_and_no_word(older: Older) -> None:
    """What no article has is forgotten, and what was laid aside is of articles that are gone."""
    folder = older(24)
    with closing(sqlite3.connect(folder / FILE)) as db, db:
        db.execute("INSERT INTO sites VALUES (1, 'Herald of old')")
        db.execute("UPDATE indexed SET site = 1")
        db.execute("INSERT INTO decisions VALUES ('name', 'person', 'ada quist', '', 'a', '2026')")
        db.execute("INSERT INTO decisions VALUES ('name', 'person', 'jo roe', '', 'b', '2026')")
    with Library.open(folder) as library:
        library.bin.purge()
        assert library.database.rows("SELECT name FROM decisions") == [("ada quist",)]
        _check(library)
    assert b"of old" not in (folder / FILE).read_bytes()


def test_before_it_is_indexed_it_is_copied_restored_and_merged(
    older: Older, tmp_path: Path
) -> None:
    """What was laid aside is in no copy, and no other library has such tables."""

    def nothing(done: int, whole: int) -> None: ...

    folder = older(24)
    with Library.open(folder) as library, Library.open(tmp_path / "new") as new:
        copies.backup(library.database, tmp_path / "backup", False, nothing)
        assert b"of old" not in (tmp_path / "backup").read_bytes()
        add(new, "Courier", "2016-09-01", ("Ada Quist", "The ferry is late", True))
        copies.merge_all(library.database, new.database, nothing)
        assert library.said.ask(understood("ferry")).total == 1
    with Library.open(folder) as library, Library.open(tmp_path / "new") as new:
        copies.restore(library.database, new.database, nothing)
        library.said.settle()
        assert library.said.ask(understood("bridge by:quist")).total == ARTICLES


def test_another_that_writes_comes_between(older: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bit ends when its time is over, whatever is left."""
    monkeypatch.setattr(backlog, "_BIT", 0)
    with Library.open(older(24)) as library, Library.open(library.path.parent) as other:
        lefts = list[int]()

        def write(done: int, whole: int) -> None:
            other.said.remember(f"question {done}", 1)
            lefts.append(whole - done)

        library.said.settle(write)
        assert lefts[:ARTICLES] == list(range(ARTICLES - 1, -1, -1))


def test_a_small_one_is_converted_whole(older: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = older(24)
    monkeypatch.setattr(file, "_CONVERTED", 1 << 40)
    with Library.open(folder) as library:
        assert library.said.get([OLD + (1 << 17)])[0].words
        library.said.settle()
        _check(library)


def test_an_article_that_is_not_there_holds_nobody_up(library: Library) -> None:
    with library.database.transaction() as db:
        db.execute("INSERT INTO stale VALUES (999)")
    library.said.settle()
    assert library.said.is_settled()


def test_an_error_of_ours_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not taken for a reading out of which nothing can be made."""
    add(library, "Herald", "2016-08-01", ("Ada Quist", "The bridge is closed for good", True))
    monkeypatch.setattr("pullquote.library.indexing.stated", lambda reading: reading.nothing)
    with pytest.raises(AttributeError):
        library.said.rebuild()
