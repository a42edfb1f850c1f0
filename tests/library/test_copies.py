"""Backup, restore and merge: the same library again, nothing twice, nothing lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from pullquote.article import Article
from pullquote.cli import main
from pullquote.findings import Findings
from pullquote.library import copies
from pullquote.library.copies import copy, merge_all, restore
from pullquote.library.file import explained
from pullquote.library.importing import bring_in
from pullquote.library.imports import Begun
from pullquote.library.schema import SCRIPTS
from pullquote.library.store import FILE, Library
from pullquote.notes.annotations import annotate
from pullquote.notes.incoming import admitted, on_words
from pullquote.notes.merging import BETWEEN
from tests.library.test_deleting import OTHER, rows, shelf

__all__ = ["shelf"]
WHEN = "2026-01-01T08:00:00+00:00"
TEXT = "France and Britain said so. Moscow disagreed with both of them."
ARTICLE = Article(text=TEXT, title="Said", url="https://example.org/said")
NOTE = annotate(TEXT, (0, 6), comment="who says so?")


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    return done.exit_code, done.stdout, done.stderr


def merged(into: Library, other: Library) -> None:
    merge_all(into.database, other.database, lambda done, whole: None)


def content(library: Library) -> dict[str, Any]:
    """What a reader would call the same library: all but paths of this machine and the log."""
    found = rows(library)
    del found["acts"]
    return {table: ones for table, ones in found.items() if not table.endswith("_old")}


# --- backup and restore


def test_a_backup_restored_is_the_same_library(shelf: Library, tmp_path: Path) -> None:
    before, file = rows(shelf), tmp_path / "backup.db"
    assert run("backup", file) == (0, f"wrote {file}: 3 articles, 4 notes\n", "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup.db", "data"]
    shelf.bin.delete(OTHER.id)
    shelf.articles.save(ARTICLE)
    status, said, _ = run("restore", file)
    assert status == 0
    assert "kept the library as it was in " in said
    assert said.endswith("restored: 3 articles, 4 notes\n")
    assert rows(shelf) == before  # for the reader who has it open, too
    assert shelf.search("council")
    (kept,) = shelf.path.parent.glob("library-*.db")
    assert run("restore", kept)[0] == 0
    assert shelf.articles.get(OTHER.id) is None
    assert shelf.articles.get(ARTICLE.id)


def test_a_backup_has_nothing_of_what_was_deleted(shelf: Library, tmp_path: Path) -> None:
    shelf.bin.delete(*(one.id for one in shelf.articles.entries() if one.id != OTHER.id))
    run("backup", tmp_path / "b")
    assert b"xylophonist" not in (tmp_path / "b").read_bytes()


def test_where_the_backups_disk_is_full_it_is_named_and_not_the_library(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise explained(sqlite3.OperationalError("database or disk is full"), shelf.path)

    monkeypatch.setattr(copies, "copy", full)
    file = tmp_path / "backup.db"
    assert run("backup", file) == (2, "", f"pullquote: {file}: No space left on device\n")
    assert not file.exists()


def test_a_backup_overwrites_nothing_unless_it_is_told_to(shelf: Library, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    file.write_text("mine")
    assert run("backup", file)[0] == 2
    assert file.read_text() == "mine"
    assert run("backup", file, "--force")[0] == 0
    assert run("backup", shelf.path, "--force")[2].startswith(
        f"pullquote: {shelf.path}: is the library itself"
    )
    assert run("backup", tmp_path)[0] == run("backup")[0] == 2
    assert run("backup", tmp_path / "no" / "where")[0] == 2


def test_what_is_no_library_or_newer_is_refused_and_the_present_one_stays(
    shelf: Library, tmp_path: Path
) -> None:
    before = rows(shelf)
    foreign, newer, words, damaged = (tmp_path / name for name in ("foreign", "newer", "w", "d"))
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE moz_places (id INTEGER)")
    shutil.copy(shelf.path, newer)
    with sqlite3.connect(newer) as db:
        db.execute(f"PRAGMA user_version = {len(SCRIPTS) + 1}")
    words.write_text("words " * 2000)
    copy(shelf.database, damaged)
    damaged.write_bytes(damaged.read_bytes()[:-8192] + b"x" * 8192)
    for command in ("restore", "merge"):
        for file, why in (
            (foreign, "is not a library of pullquote; name another backup"),
            (newer, "was written by a newer pullquote"),
            (words, "is not a library of pullquote; name another backup"),
            (damaged, "is damaged; name another backup"),
            (tmp_path / "gone", "no such file"),
            (shelf.path, "is the library itself"),
        ):
            status, said, told = run(command, file)
            assert (status, said) == (2, "")
            assert why in told
            assert len(told.splitlines()) == 1
    assert rows(shelf) == before


def test_a_damaged_library_is_moved_away_and_the_backup_put_in_its_place(
    shelf: Library, tmp_path: Path
) -> None:
    before = rows(shelf)
    copy(shelf.database, tmp_path / "b")
    shelf.close()
    damaged = b"not a library any more " * 400
    shelf.path.write_bytes(damaged)
    status, _, told = run("restore", tmp_path / "b")
    assert (status, told) == (0, "")
    (kept,) = shelf.path.parent.glob("library-*.db")
    assert kept.read_bytes() == damaged
    with Library.open(shelf.path.parent) as again:
        assert rows(again) == before


def test_a_backup_is_restored_where_there_is_no_library_yet(shelf: Library, tmp_path: Path) -> None:
    run("backup", tmp_path / "b")
    status, said, _ = run("restore", tmp_path / "b", "--data", tmp_path / "new")
    assert (status, said) == (0, "restored: 3 articles, 4 notes\n")
    with Library.open(tmp_path / "new") as new:
        assert rows(new) == rows(shelf)


def test_an_empty_file_is_no_backup(shelf: Library, tmp_path: Path) -> None:
    (tmp_path / "empty.db").write_bytes(b"")
    before = rows(shelf)
    for command in ("restore", "merge"):
        status, _, error = run(command, tmp_path / "empty.db", "--data", shelf.database.path.parent)
        assert status == 2
        assert "empty.db: is empty" in error
    assert rows(shelf) == before


def test_a_library_that_has_only_feeds_is_kept_too(shelf: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "only") as only:
        with only.database.transaction() as db:
            db.execute("INSERT INTO waiting (address, added) VALUES ('https://example.org/a', '')")
        assert restore(only.database, shelf.database, lambda done, whole: None) is not None


# --- merge


@pytest.fixture
def two(tmp_path: Path) -> Any:
    """Two libraries, both with one note, which came from the one to the other."""
    with Library.open(tmp_path / "one") as one:
        one.articles.save(ARTICLE)
        one.notes.add(ARTICLE.id, NOTE)
        (tmp_path / "two").mkdir()
        copy(one.database, tmp_path / "two" / FILE)
        with Library.open(tmp_path / "two") as other:
            yield one, other


def change(library: Library, **bodies: Any) -> None:
    (note,) = library.notes.of(ARTICLE.id)
    library.notes.change(ARTICLE.id, msgspec.structs.replace(note, **bodies))


def both_ways(one: Library, other: Library) -> Any:
    merged(one, other)
    merged(other, one)
    assert content(one) == content(other)
    (note,) = one.notes.of(ARTICLE.id)
    return note


def test_what_a_file_says_of_its_articles_is_cleaned(two: Any, tmp_path: Path) -> None:
    _, other = two
    with other.database.transaction() as db:
        db.execute(
            "UPDATE articles SET title = ?, url = ?", ("\x1b]0;mine\x07Said", "javascript:x")
        )
    with Library.open(tmp_path / "fresh") as fresh:
        merged(fresh, other)
        title, url = fresh.database.rows("SELECT title, url FROM articles")[0]
    assert title.endswith("Said")
    assert "\x1b" not in title
    assert url == ""


EVIL = "\x1b]0;mine\x07\u202eevil"
HOSTILE = (
    f"UPDATE annotations SET comment = '{EVIL}', json = json_set(json, '$.comment', '{EVIL}', "
    "'$.target.start', 123456789, '$.target.end', 987654321, '$.target.exact', 'Britain', "
    "'$.target.prefix', '', '$.target.suffix', '')",
    "UPDATE articles SET headings = '[[0, 999999]]', parts = '{', place = 1 << 60, "
    f"furthest = -5, opened = '9999-01-01', added = '{EVIL}', origin = '{EVIL}'",
    "UPDATE findings SET json = CAST(json_set(CAST(json AS TEXT), '$.actors[0].mentions[0][1]', 99999) AS BLOB)",
    f"INSERT INTO findings (article, analyser, json) SELECT id, 'x', CAST('{EVIL}' AS BLOB) FROM articles",
    f"UPDATE originals SET headers = '[[\"X-Y\", \"\u202eevil\"]]', data = x'00ff', etag = '{EVIL}'",
    "INSERT INTO sources SELECT 'of another file', id FROM articles LIMIT 1",
    "INSERT INTO metadata SELECT id, 'language', 'de', '9999-01-01' FROM articles",
    "INSERT INTO acts (article, annotation, before, after, at) "
    "SELECT article, id, NULL, json, '9999-01-01' FROM annotations",
    f"INSERT INTO inbox SELECT id, '{EVIL}', '{EVIL}', '{EVIL}' FROM articles LIMIT 1",
    "INSERT INTO feeds (address, title, site, folder, added) "
    f"VALUES ('file:///etc/passwd', '', '', '', ''), ('https://a.example/{EVIL}', '{EVIL}', "
    f"'javascript:x', '{EVIL}', '{EVIL}')",
    f"INSERT INTO waiting VALUES ('file:///etc/passwd', '', ''), ('https://b.example/', '', '{EVIL}')",
    f"INSERT INTO waiting_notes VALUES ('x', 'w', 't', 'w', '', '{EVIL}')",
)


def test_whatever_another_library_says_passes_the_door(shelf: Library, tmp_path: Path) -> None:
    """No control character, no place outside of the text, no moment to come, no other address."""
    texts = sorted(row[0] for row in shelf.database.rows("SELECT text FROM articles"))
    with shelf.database.transaction() as db:
        for statement in HOSTILE:
            db.execute(statement)
    with Library.open(tmp_path / "fresh") as fresh:
        merged(fresh, shelf)
        found = rows(fresh)
        assert sorted(row[0] for row in fresh.database.rows("SELECT text FROM articles")) == texts
        for entry in fresh.articles.entries():
            article = fresh.articles.get(entry.id)
            assert article is not None
            assert article.headings == article.parts == ()
            assert all(
                one.is_orphan or one.target.stands(article.text)
                for one in fresh.notes.of(article.id)
            )
            while fresh.notes.undo(article.id):
                pass
            assert entry.opened < "9999"
            assert fresh.articles.furthest(article.id) == 0
            original = fresh.originals.of(article.id)
            assert original is not None
            assert original.data is None
        assert fresh.damaged == ()
    said = repr(found)
    assert not any(bad in said for bad in ("\\x1b", "\\u202e", "9999", "file:", "javascript:"))
    assert found["findings"] == found["sources"] == found["waiting_notes"] == []
    assert len(found["feeds"]) == len(found["waiting"]) == 1


def test_values_of_another_kind_cost_only_themselves(shelf: Library, tmp_path: Path) -> None:
    """A file whose tables are not strict may hold anything anywhere."""
    copy(shelf.database, tmp_path / "loose.db")
    with closing(sqlite3.connect(tmp_path / "loose.db")) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'originals'").fetchone()
        db.execute("ALTER TABLE originals RENAME TO old")
        db.execute(sql.replace("STRICT", ""))
        db.execute("INSERT INTO originals SELECT * FROM old")
        db.execute("DROP TABLE old")
        db.execute("UPDATE originals SET size = 'many', status = x'ff'")
        db.execute("UPDATE annotations SET json = '{' WHERE article = ?", (OTHER.id,))
        db.commit()
    status, said, told = run("merge", tmp_path / "loose.db", "--data", tmp_path / "new")
    assert (status, said) == (1, "3 articles new, 3 notes new\n")
    assert told.startswith(f"pullquote: {OTHER.id[:8]}: has a note that cannot be read: ")
    with Library.open(tmp_path / "new") as new:
        assert rows(new)["originals"] == []


def test_an_import_is_undone_as_it_was_done_also_after_a_merge(two: Any) -> None:
    """What either side has changed since stays, also where it came in with the merge."""
    one, other = two

    def imported(library: Library, file: str, *words: str) -> None:
        items = [admitted(on_words(one, source=one), ARTICLE.id, "", "") for one in words]
        bring_in(library, items, begun=Begun.of(file))

    def remarked(library: Library, words: str) -> None:
        (note,) = (one for one in library.notes.of(ARTICLE.id) if one.target.exact == words)
        library.notes.change(ARTICLE.id, msgspec.structs.replace(note, comment="really?"))

    imported(one, "mine.csv", "Britain said", "Moscow disagreed")
    merged(other, one)
    imported(other, "theirs.csv", "and", "both of them")
    remarked(other, "Britain said")
    remarked(other, "both of them")
    merged(one, other)
    for file in ("theirs.csv", "mine.csv"):
        last = one.imports.last()
        assert last.file == file
        assert one.imports.undo(last.id) == (1, 1)
    left = {note.target.exact: note.comment for note in one.notes.of(ARTICLE.id)}
    assert left == {
        "France": "who says so?",
        "Britain said": "really?",
        "both of them": "really?",
    }


def test_what_one_side_changed_comes_and_what_both_changed_stays_from_both(two: Any) -> None:
    one, other = two
    change(one, tags=("a",))
    assert both_ways(one, other).tags == ("a",)
    change(one, comment="mine", modified="2030-01-01T00:00:00.000+00:00")
    change(other, comment="theirs", verdict="true")
    note = both_ways(one, other)
    assert set(note.comment.split(BETWEEN)) == {"mine", "theirs"}
    assert note.verdict == "true"


def test_a_removal_is_one_on_the_other_side_too_unless_that_went_on(two: Any) -> None:
    one, other = two
    one.notes.remove(ARTICLE.id, NOTE.id)
    change(other, comment="I still need it")
    assert both_ways(one, other).comment == "I still need it"
    other.notes.remove(ARTICLE.id, NOTE.id)
    merged(one, other)
    assert one.notes.of(ARTICLE.id) == ()
    assert one.notes.undo(ARTICLE.id) == "removing the note “I still need it”"


def test_of_metadata_the_later_edit_stands_and_undo_brings_the_other_back(two: Any) -> None:
    one, other = two
    one.metadata.edit(ARTICLE.id, {"title": "Mine", "byline": "Ann"})
    other.metadata.edit(ARTICLE.id, {"title": "Theirs"})
    both_ways(one, other)
    assert one.articles.get(ARTICLE.id).title == "Theirs"
    assert other.articles.get(ARTICLE.id).byline == "Ann"
    assert one.notes.undo(ARTICLE.id) == "changing the title"
    assert one.articles.get(ARTICLE.id).title == "Mine"


def test_the_command_tells_what_came(shelf: Library, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        other.articles.save(ARTICLE)
        other.notes.add(ARTICLE.id, NOTE)
        status, said, _ = run("merge", other.path)
    assert (status, said) == (0, "1 article new, 1 note new\n")
    assert run("merge", tmp_path / "other" / FILE)[1] == "nothing new\n"


def _with_all(library: Library) -> None:
    """A row in each table that belongs to no article, and in those of others."""
    with library.database.transaction() as db:
        db.execute(f"INSERT INTO inbox VALUES ('{OTHER.id}', 'f', '2026', '{WHEN}')")
        db.execute("INSERT INTO seen_items VALUES (77), (-5)")
        db.execute(f"INSERT INTO waiting VALUES ('https://example.org/later', '{WHEN}', '')")
        db.execute(
            "INSERT INTO feeds (address, title, site, folder, added) "
            f"VALUES ('https://example.org/feed', 't', 'https://example.org', '', '{WHEN}')"
        )


def test_originals_feeds_and_the_inbox_come_too(shelf: Library, tmp_path: Path) -> None:
    _with_all(shelf)
    before = rows(shelf)
    assert [len(before[one]) for one in ("originals", "inbox", "feeds")] == [3, 1, 1]
    with Library.open(tmp_path / "new") as new:
        for _ in range(2):
            merged(new, shelf)
            assert rows(new) == before
    run("backup", "--folder", tmp_path / "sync")
    run("merge", tmp_path / "sync", "--data", tmp_path / "newer")
    with Library.open(tmp_path / "newer") as newer:
        assert rows(newer)["originals"] == before["originals"]
        assert rows(newer)["inbox"] == before["inbox"]
    shelf.bin.delete(OTHER.id)
    left = rows(shelf)
    assert len(left["originals"]) == 2
    assert not left["inbox"]
    shelf.bin.put_back()
    assert rows(shelf) == before


class TwoMachines(RuleBasedStateMachine):
    """Whatever is done on two machines, merging is the same both ways, and once is enough."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.ones = [Library.open(Path(self.folder.name, name)) for name in "ab"]

    machines = st.integers(0, 1)

    def _on(self, machine: int) -> Library:
        library = self.ones[machine]
        if library.articles.get(ARTICLE.id) is None:
            library.articles.save(ARTICLE)
        return library

    @rule(machine=machines, start=st.integers(0, 9), tag=st.sampled_from("xyz"))
    def add(self, machine: int, start: int, tag: str) -> None:
        note = annotate(TEXT, (start, start + 5), comment=tag, tags=(tag,))
        self._on(machine).notes.add(ARTICLE.id, note)

    @rule(machine=machines, which=st.integers(0, 3), mark=st.sampled_from("pqr"))
    def write(self, machine: int, which: int, mark: str) -> None:
        library = self._on(machine)
        for note in library.notes.of(ARTICLE.id)[which : which + 1]:
            changed = msgspec.structs.replace(
                note, comment=f"{note.comment}\n{mark}", tags=(mark, *note.tags[1:]), verdict=mark
            )
            library.notes.change(ARTICLE.id, changed)

    @rule(machine=machines, which=st.integers(0, 3))
    def remove(self, machine: int, which: int) -> None:
        library = self._on(machine)
        for note in library.notes.of(ARTICLE.id)[which : which + 1]:
            library.notes.remove(ARTICLE.id, note.id)

    @rule(machine=machines, back=st.booleans())
    def step(self, machine: int, back: bool) -> None:
        notes = self._on(machine).notes
        (notes.undo if back else notes.redo)(ARTICLE.id)

    @rule(
        machine=machines,
        title=st.sampled_from(("Said", "A", "B")),
        name=st.sampled_from(("title", "site")),
    )
    def edit(self, machine: int, title: str, name: str) -> None:
        self._on(machine).metadata.edit(ARTICLE.id, {name: title})

    @rule(machine=machines, at=st.integers(0, 60))
    def leave(self, machine: int, at: int) -> None:
        self._on(machine).articles.save_place(ARTICLE.id, at, at)

    @rule(machine=machines)
    def other_article(self, machine: int) -> None:
        self.ones[machine].articles.save(Article(text=f"Of machine {machine}.", title="Own"))

    @rule(machine=machines)
    def merge(self, machine: int) -> None:
        merged(self.ones[machine], self.ones[1 - machine])

    @rule()
    def merged_copies_are_the_same(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            copies = []
            for number, library in enumerate(self.ones):
                (Path(name) / str(number)).mkdir()
                copy(library.database, Path(name, str(number), FILE))
                copies.append(Library.open(Path(name, str(number))))
            try:
                merged(copies[0], self.ones[1])
                merged(copies[1], self.ones[0])
                once = content(copies[0])
                assert once == content(copies[1])
                log = rows(copies[0])["acts"]
                merged(copies[0], self.ones[1])
                assert content(copies[0]) == once
                assert rows(copies[0])["acts"] == log
                merged(copies[0], copies[1])
                assert content(copies[0]) == once
            finally:
                for library in copies:
                    library.close()

    def teardown(self) -> None:
        for library in self.ones:
            library.close()
        self.folder.cleanup()


TestTwoMachines = TwoMachines.TestCase
TestTwoMachines.settings = settings(max_examples=10, stateful_step_count=16, deadline=None)


# --- a folder


def test_a_folder_has_a_plain_file_for_each_article_and_only_changed_ones_are_written_again(
    shelf: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "sync"
    assert run("backup", "--folder", folder)[1] == f"{folder}: 3 articles written, 0 unchanged\n"
    assert {one.name for one in folder.iterdir()} == {
        f"{one.id}.json" for one in shelf.articles.entries()
    }
    shelf.notes.add(OTHER.id, annotate(OTHER.text, (4, 11), comment="new"))
    assert run("backup", "--folder", folder)[1] == f"{folder}: 1 articles written, 2 unchanged\n"
    shelf.bin.delete(OTHER.id)
    assert "1 files are not of articles in this library" in run("backup", "--folder", folder)[2]


def test_a_folder_restored_is_the_same_library_but_for_findings(
    shelf: Library, tmp_path: Path, findings: Findings
) -> None:
    run("backup", "--folder", tmp_path / "sync")
    before = rows(shelf)
    status, said, told = run("restore", tmp_path / "sync", "--data", tmp_path / "new")
    assert (status, said, told) == (0, "restored: 3 articles, 4 notes\n", "")
    with Library.open(tmp_path / "new") as new:
        assert rows(new) | {"findings": []} == before | {"findings": []}
    assert run("merge", tmp_path / "sync")[1] == "nothing new\n"
    assert rows(shelf) == before


def test_copies_that_a_synchroniser_left_in_conflict_are_merged(two: Any, tmp_path: Path) -> None:
    one, other = two
    change(one, tags=("a",))
    change(other, comment="theirs")
    folder = tmp_path / "sync"
    run("backup", "--folder", folder, "--data", tmp_path / "one")
    (folder / f"{ARTICLE.id}.json").rename(folder / f"{ARTICLE.id} (conflict).json")
    run("backup", "--folder", folder, "--data", tmp_path / "two")
    assert run("merge", folder, "--data", tmp_path / "new")[0] == 0
    with Library.open(tmp_path / "new") as new:
        (note,) = new.notes.of(ARTICLE.id)
        assert (note.comment, note.tags) == ("theirs", ("a",))


def test_one_bad_file_is_one_line_and_costs_nothing_else(shelf: Library, tmp_path: Path) -> None:
    folder = tmp_path / "sync"
    run("backup", "--folder", folder)
    bad: tuple[tuple[str, Callable[[dict[str, Any]], object]], ...] = (
        ("schema", lambda form: form.update(schema=99)),
        ("note", lambda form: form["annotations"][0].update(highlight=9)),
        ("journal", lambda form: form["library"]["journal"].update(place="x")),
        ("id", lambda form: form["annotations"][0].update(id="x'; DROP TABLE articles")),
        ("rows", lambda form: form["library"].update(tables={"sources": [{"digest": {}}]})),
    )
    whole = (folder / f"{OTHER.id}.json").read_bytes()
    for name, spoil in bad:
        form = msgspec.json.decode(whole)
        spoil(form)
        (folder / f"{name}.json").write_bytes(msgspec.json.encode(form))
    (folder / "cut.json").write_bytes(whole[:200])
    (folder / "latin.json").write_bytes(b"\xff\xfe")
    status, said, told = run("merge", folder, "--data", tmp_path / "new")
    assert status == 1
    assert said == "3 articles new, 4 notes new\n"
    assert len(told.splitlines()) == len(bad) + 2
    assert all(line.startswith(f"pullquote: {folder}/") for line in told.splitlines())


def test_markup_and_controls_from_a_file_are_cleaned(shelf: Library, tmp_path: Path) -> None:
    folder = tmp_path / "sync"
    run("backup", "--folder", folder)
    path = folder / f"{OTHER.id}.json"
    form = msgspec.json.decode(path.read_bytes())
    form["article"]["title"] = "\x1b[31mred\nline"
    form["annotations"][0]["comment"] = "\x1b]0;title\x07"
    path.write_bytes(msgspec.json.encode(form))
    run("merge", folder, "--data", tmp_path / "new")
    with Library.open(tmp_path / "new") as new:
        article = new.articles.get(OTHER.id)
        assert article is not None
        assert "\x1b" not in article.title
        assert "\n" not in article.title
        assert "\x1b" not in new.notes.of(OTHER.id)[0].comment


# --- beside a reader that writes

_WRITER = """
import sys
from pathlib import Path
from pullquote.errors import PullquoteError
from pullquote.notes.annotations import annotate
from pullquote.library.store import Library
library = Library.open(Path(sys.argv[1]))
article = library.articles.get(sys.argv[2])
print("open", flush=True)
while True:
    note = annotate(article.text, (0, 9), comment="so")
    library.notes.add(article.id, note)
    print(note.id, flush=True)
"""


@pytest.mark.parametrize("command", ["backup", "restore", "merge", "folder"])
def test_a_reader_that_writes_loses_nothing(tmp_path: Path, command: str) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    for folder in (data, other):
        with Library.open(folder) as library:
            library.articles.save(ARTICLE)
            for number in range(60):
                library.articles.save(Article(text=f"{folder.name} {number}. " * 200))
    arguments: dict[str, tuple[str | Path, ...]] = {
        "backup": ("backup", tmp_path / "b"),
        "folder": ("backup", "--folder", tmp_path / "f"),
        "restore": ("restore", other / FILE),
        "merge": ("merge", other / FILE),
    }
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "tui")}
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(data), ARTICLE.id],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.stdout.readline()
    assert run(*arguments[command])[0] == 0
    after = [writer.stdout.readline() for _ in range(5)]
    writer.kill()
    rest, _ = writer.communicate()
    saved = {line for line in (*after, *rest.split("\n")) if len(line.strip()) == 32}
    files = [data / FILE, *data.glob("library-*.db")]
    assert len(files) == (2 if command == "restore" else 1)
    there = set()
    for file in files:
        with Library.at(file) as library:
            there |= {note.id for note in library.notes.of(ARTICLE.id)}
    assert {line.strip() for line in saved} <= there
