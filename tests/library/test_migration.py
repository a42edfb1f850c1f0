"""A library of an older version opens in this one, and nothing in it is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import Findings
from pullquote.library.schema import SCRIPTS
from pullquote.library.shingled import shingles_of
from pullquote.library.store import FILE, Library, LibraryError
from pullquote.notes.annotations import Annotation, Motivation, Placed, Target, annotate

PAGE = Article(
    text="Prémière ligne.\nMoscow “will not wait” 🙂.",
    title="“Wait” & see",
    url="https://www.example.org/a/?utm_source=x",
    retrieved="2025-01-01T00:00:00+00:00",
)
LATER = Article(
    text="Moscow will wait after all.",
    title="Wait",
    url="http://example.org/a#top",
    retrieved="2025-02-01T00:00:00+00:00",
    headings=((0, 6),),
)
OTHER = Article(
    text="東京で会談した。", title="東京", url="https://example.org/b", byline="山田", language="ja"
)
PLAIN = Article(text="A file of my own.", source="/home/me/own.txt")
ARTICLES = (PAGE, LATER, OTHER, PLAIN)

KEPT = Annotation(
    id="5f0c",
    target=Target(23, 36, "“will not wait", "Moscow ", "” 🙂."),
    highlight=2,
    comment='who says "wait"?\n漢字 \\ é',
    tags=("war", 'quo"ted', "étiquette"),
    created="2025-01-02T03:04:05+00:00",
    modified="2025-01-03T03:04:05+00:00",
)
TAGGED = Annotation(
    id="77aa",
    target=Target(0, 2, "東京", "", "で会談した。"),
    tags=("旅",),
    created="2025-02-02T03:04:05+00:00",
    modified="2025-02-02T03:04:05+00:00",
)
FOUND = Findings(analyser="first", furniture=((0, 5),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library's folder as version 1 left it: four articles, two notes, one of them changed."""
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as db:
        db.executescript(SCRIPTS[0])
        for number, article in enumerate(ARTICLES):
            _insert_article(db, article, number)
        db.execute("INSERT INTO sources VALUES ('digest', ?)", (PAGE.id,))
        db.execute(
            "INSERT INTO findings VALUES (?, 'first', ?)", (PAGE.id, msgspec.json.encode(FOUND))
        )
        for article, note in ((PAGE, KEPT), (OTHER, TAGGED)):
            row = {name: value for name, value in _first_form(note).items() if name != "target"}
            _insert(
                db,
                "annotations",
                row
                | _first_form(note)["target"]
                | {"article": article.id, "tags": _json(note.tags)},
            )
        bare = msgspec.structs.replace(KEPT, comment="")
        for before, after in ((None, bare), (bare, KEPT)):
            states = [_json(_first_form(one)) if one else None for one in (before, after)]
            db.execute(
                "INSERT INTO acts (article, annotation, before, after) VALUES (?, ?, ?, ?)",
                (PAGE.id, KEPT.id, *states),
            )
        db.execute("PRAGMA user_version = 1")
    return tmp_path


def _insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    db.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )


def _insert_article(db: sqlite3.Connection, article: Article, number: int) -> None:
    row = msgspec.structs.asdict(article) | {"id": article.id, "headings": _json(article.headings)}
    del row["parts"]  # came later
    _insert(
        db,
        "articles",
        row | {"place": number or None, "opened": f"2025-03-0{9 - number}T00:00:00+00:00"},
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _first_form(note: Annotation) -> dict[str, Any]:
    """The JSON of an annotation as version 1 wrote it."""
    names = ("id", "target", "highlight", "comment", "tags", "created", "modified")
    form: dict[str, Any] = msgspec.to_builtins(note)
    return {name: form[name] for name in names}


@pytest.fixture
def moved(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as library:
        yield library


def test_articles_findings_and_places_are_as_they_were(moved: Library) -> None:
    for number, article in enumerate(ARTICLES):
        assert moved.articles.get(article.id) == article
        assert moved.articles.place(article.id) == (number or None)
    assert moved.articles.from_source("digest") == PAGE
    assert moved.findings.of(PAGE.id, "first") == FOUND
    assert [entry.id for entry in moved.articles.entries()] == [one.id for one in ARTICLES]
    assert [entry.added for entry in moved.articles.entries()][:2] == [
        PAGE.retrieved,
        LATER.retrieved,
    ]
    assert all(
        entry.added <= entry.opened and not entry.finished for entry in moved.articles.entries()
    )


def test_notes_are_as_they_were(moved: Library) -> None:
    assert moved.notes.of(PAGE.id) == (KEPT,)
    assert moved.notes.of(OTHER.id) == (TAGGED,)
    assert KEPT.placed is Placed.HERE
    assert KEPT.motivation is Motivation.COMMENTING
    assert moved.notes.tags()[0] == "旅"


def test_what_was_done_before_can_still_be_undone(moved: Library) -> None:
    assert str(moved.notes.undo(PAGE.id)).startswith("note “who says ")
    assert [note.comment for note in moved.notes.of(PAGE.id)] == [""]
    assert str(moved.notes.undo(PAGE.id)).startswith("highlight on “")
    assert moved.notes.of(PAGE.id) == ()
    assert moved.notes.undo(PAGE.id) is None
    moved.notes.redo(PAGE.id)
    moved.notes.redo(PAGE.id)
    assert moved.notes.of(PAGE.id) == (KEPT,)


def test_versions_of_one_page_are_of_one_work(moved: Library) -> None:
    assert [version.id for version in moved.works.versions(PAGE.id)] == [PAGE.id, LATER.id]
    assert [version.notes for version in moved.works.versions(LATER.id)] == [1, 0]
    assert moved.works.earlier(LATER.id) == PAGE.id
    for one in (OTHER, PLAIN):
        assert [version.id for version in moved.works.versions(one.id)] == [one.id]


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("premiere", [PAGE]),
        ("moscow wait", [PAGE, LATER]),
        ("会談", [OTHER]),
        ("own", [PLAIN]),
        ("nowhere", []),
    ],
)
def test_search_finds_the_old_texts(moved: Library, query: str, articles: list[Article]) -> None:
    assert {hit.article for hit in moved.search(query) if hit.note is None} == {
        one.id for one in articles
    }


@pytest.mark.parametrize("url", ["http://[::1/x", "http://[bad]/x"])
def test_an_address_that_is_none_locks_nobody_out(folder: Path, url: str) -> None:
    broken = Article(text="An address that is none.", url=url)
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as db:
        _insert_article(db, broken, 7)
    with Library.open(folder) as library:
        assert library.articles.get(broken.id) == broken
        assert library.notes.of(PAGE.id) == (KEPT,)


def test_search_finds_the_old_notes(moved: Library) -> None:
    for query, note in (
        ("says", KEPT),
        ("etiquette", KEPT),
        ("漢字", KEPT),
        ("旅", TAGGED),
        ("東京", TAGGED),
    ):
        assert [hit.note for hit in moved.search(query) if hit.note] == [note]


def test_an_article_still_takes_its_notes_along_when_it_goes(moved: Library) -> None:
    with closing(sqlite3.connect(moved.path, isolation_level=None)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table in ("annotations", "findings", "sources", "acts"):
            assert [row[2:4] for row in db.execute(f"PRAGMA foreign_key_list({table})")] == [
                ("articles", "article")
            ]
        db.execute("PRAGMA foreign_keys = ON")
        db.create_function("shingles_of", 1, shingles_of)
        db.execute("DELETE FROM articles WHERE id = ?", (PAGE.id,))
    assert moved.notes.of(PAGE.id) == ()
    assert moved.findings.of(PAGE.id, "first") is None
    assert moved.notes.undo(PAGE.id) is None
    assert moved.search("says") == ()
    with pytest.raises(LibraryError, match="no longer has this article"):
        moved.notes.add("no article", annotate("word", (0, 4), highlight=1))


def test_it_can_be_written_on_and_opened_again(moved: Library) -> None:
    new = annotate(LATER.text, (0, 6), comment="new")
    moved.notes.add(LATER.id, new)
    moved.close()
    with Library.open(moved.path.parent) as again:
        assert again.notes.of(LATER.id) == (new,)
        assert again.notes.of(PAGE.id) == (KEPT,)


def _everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [f"user_version {db.execute('PRAGMA user_version').fetchone()[0]}", *db.iterdump()]


def test_a_step_that_fails_leaves_the_old_version_as_it_was(folder: Path) -> None:
    path = folder / FILE
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE new_annotations (in_the_way INTEGER)")
    before = _everything(path)
    with pytest.raises(LibraryError, match=f"^{path}: "):
        Library.open(folder)
    assert _everything(path) == before
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE new_annotations")
    with Library.open(folder) as library:
        assert library.notes.of(PAGE.id) == (KEPT,)


_KILLED = """
import os, signal, sqlite3, sys
from pullquote.library.schema import SCRIPTS, statements
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.create_function("work", 2, lambda url, identity: identity)
db.execute("PRAGMA cache_spill = 1")
db.execute("BEGIN IMMEDIATE")
for statement in statements(SCRIPTS[1]):
    db.execute(statement)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_in_the_middle_leaves_the_old_version_as_it_was(folder: Path) -> None:
    before = _everything(folder / FILE)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, folder / FILE], env=os.environ, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert _everything(folder / FILE) == before
    with Library.open(folder) as library:
        assert library.notes.of(PAGE.id) == (KEPT,)
        assert len(library.articles.entries()) == len(ARTICLES)


def test_two_that_open_it_at_once_bring_it_up_to_date_once(folder: Path) -> None:
    opener = "import sys; from pathlib import Path; from pullquote.library.store import Library; Library.open(Path(sys.argv[1]))"
    openers = [subprocess.Popen([sys.executable, "-c", opener, folder]) for _ in range(3)]
    assert [one.wait() for one in openers] == [0, 0, 0]
    with Library.open(folder) as library:
        assert library.notes.of(PAGE.id) == (KEPT,)
        assert len(library.works.versions(PAGE.id)) == 2
