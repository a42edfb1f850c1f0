"""kill -9 at any moment of backup, restore, merge, edit, delete and purge: the library opens.

It is as it was or as it is to be, and doing the same again brings it there.
"""

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from pullquote.article import Article
from pullquote.library.store import FILE, Library
from pullquote.notes.annotations import annotate
from tests.campaigns import Tally
from tests.campaigns.kills import _WORDS, _filled, _killed, _pullquote, _seconds, _wrong_with

_ARTICLES = 150
_START = 0.3  # of the seconds that it takes, before which nothing has begun
_Check = Callable[[Library], str]


def run(rounds: int) -> Iterator[Tally]:
    """Each command, killed at moments that chance chooses."""
    chance = random.Random(rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full = _filled(folder / "full", _ARTICLES)
        other = _other(folder / "other")
        for what, arguments, sizes in _commands(folder, full, other):
            yield _tried(folder / what, full, arguments, sizes, 20 * rounds, chance, what)


def _other(folder: Path) -> Path:
    """A library with other articles, and other notes on one of the same."""
    with Library.open(folder) as library:
        for number in range(_ARTICLES):
            article = Article(text=f"{number or 'Other'}. {_WORDS * 20}", title=f"Number {number}")
            library.articles.save(article)
            library.notes.add(article.id, annotate(article.text, (0, 9), comment="theirs"))
    return folder


def _ids(folder: Path) -> list[str]:
    with Library.open(folder) as library:
        return [one.id for one in library.articles.entries()]


def _commands(
    folder: Path, full: Path, other: Path
) -> Iterator[tuple[str, list[str | Path], set[tuple[int, int]]]]:
    """What it is, its arguments, and how many articles and notes there may be afterwards."""
    before = (_ARTICLES, 3 * _ARTICLES)
    some = _ids(full)[:20]
    less = (_ARTICLES - 20, 3 * (_ARTICLES - 20))
    files = folder / "files"
    yield "backup", ["backup", folder / "backup.db", "--force"], {before}
    yield "backup --folder", ["backup", "--folder", files], {before}
    yield "restore", ["restore", other / FILE], {before, (_ARTICLES, _ARTICLES)}
    yield "restore of a folder", ["restore", files], {before}
    yield "merge", ["merge", other / FILE], set()
    yield "edit", ["edit", some[0], "--title", "Another"], {before}
    yield "delete", ["delete", *some, "--yes"], {before, less}
    yield "delete --purge", ["delete", *some, "--yes", "--purge"], {before, less}


def _tried(
    folder: Path,
    full: Path,
    arguments: list[str | Path],
    sizes: set[tuple[int, int]],
    kills: int,
    chance: random.Random,
    what: str,
) -> Tally:
    tally = Tally(f"kill -9 in {what}")
    folder.mkdir()

    def check(library: Library) -> str:
        count = library.database.rows(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM annotations)"
        )[0]
        return f"{count[0]} articles, {count[1]} notes" if sizes and count not in sizes else ""

    whole = _seconds(_pullquote(*arguments, "--data", _copied(full, folder / "whole")))
    for number in range(kills):
        data = _copied(full, folder / str(number))
        command = _pullquote(*arguments, "--data", data)
        _killed(command, chance.uniform(_START, 1) * whole)
        wrong = _wrong_with(data, check) or _unsound(data)
        if what not in ("delete", "delete --purge"):  # what is gone cannot be deleted again
            _seconds(command)
        tally.attempt(wrong or _wrong_with(data, check) or _left(data))
        shutil.rmtree(data)
    return tally


def _copied(full: Path, data: Path) -> Path:
    shutil.copytree(full, data)
    return data


def _unsound(data: Path) -> str:
    """What SQLite finds wrong in the file, the index of the search too."""
    with closing(sqlite3.connect(data / FILE)) as db:
        found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        lost = db.execute("PRAGMA foreign_key_check").fetchall()
        try:
            for index in ("article_words", "note_words"):
                db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
        except sqlite3.Error as error:
            return str(error)
    return "" if found == "ok" and not lost else f"{found}, {len(lost)} rows lost"


def _left(data: Path) -> str:
    """What a killed command has left behind once the same has been done again."""
    for kept in data.glob("library-*.db"):
        with closing(sqlite3.connect(kept)) as db:
            if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return f"{kept.name} is torn"
    left = [one.name for one in data.iterdir() if one.name.startswith(".")]
    return f"left {len(left)} hidden files" if left and len(left) > 1 else ""
