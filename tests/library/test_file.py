"""The library's file in every state: read-only, older, foreign, damaged, in use."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from pullquote.article import Article, Part, PartKind
from pullquote.cli import main
from pullquote.findings import FindingKind, Findings
from pullquote.formats import FORMATS, export
from pullquote.library.file import explained
from pullquote.library.schema import SCRIPTS, statements
from pullquote.library.store import FILE, Library, LibraryError
from pullquote.notes.annotations import (
    Correction,
    Edit,
    Placed,
    annotate,
    on_targets,
    targets,
)
from pullquote.notes.narrowing import Narrow
from pullquote.notes.reading import derived
from pullquote.settings import Settings

ARTICLE = Article(
    text="France and Britain said so. Moscow disagreed with both of them.",
    title="Said",
    parts=(Part(PartKind.QUOTED, 0, 27, by="@anncole", label="2026-03-03"),),
)
NOTE = annotate(ARTICLE.text, (0, 6), comment="who says so?", tags=("war",))
SETTINGS = Settings()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one article and one note."""
    with Library.open(tmp_path / "data") as library:
        library.articles.save(ARTICLE)
        library.notes.add(ARTICLE.id, NOTE)
    return tmp_path / "data"


# --- read-only


@pytest.fixture
def no_rights() -> Iterator[Path]:
    """A folder, and a user whom rights bind: root is nobody for a while."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        nobody = 65534
        os.chown(name, nobody, nobody)
        os.setresuid(nobody, nobody, 0)
        try:
            yield Path(name)
        finally:
            os.setresuid(0, 0, 0)


@pytest.fixture(params=["the file", "the folder", "both"])
def locked_up(no_rights: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A library that may not be written."""
    data = no_rights / "data"
    with Library.open(data) as library:
        library.articles.save(ARTICLE)
        library.notes.add(ARTICLE.id, NOTE)
    if request.param != "the folder":
        (data / FILE).chmod(0o400)
    if request.param != "the file":
        data.chmod(0o500)
    yield data
    data.chmod(0o700)


def test_a_library_that_may_not_be_written_is_read_listed_and_searched(locked_up: Path) -> None:
    before = {one.name: one.read_bytes() for one in locked_up.iterdir()}
    with Library.open(locked_up) as library:
        assert library.read_only
        assert library.notes.of(ARTICLE.id) == (NOTE,)
        assert [entry.notes for entry in library.articles.entries()] == [1]
        assert len(library.search("who says")) == len(library.search("Moscow")) == 1
        assert library.articles.get(ARTICLE.id) == ARTICLE
        for act in (
            lambda: library.articles.save(ARTICLE),
            lambda: library.articles.save_place(ARTICLE.id, 3),
            lambda: library.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 3))),
            lambda: library.notes.undo(ARTICLE.id),
        ):
            with pytest.raises(LibraryError, match=r"can only be read; copy its folder"):
                act()
    assert {one.name: one.read_bytes() for one in locked_up.iterdir()} == before


def test_nothing_is_said_to_be_added_to_a_library_that_may_not_be_written(
    locked_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(locked_up.parent / "none.toml"))
    file = locked_up.parent / "new.txt"
    file.write_text("It rains, said Ann Cole.")
    done = CliRunner().invoke(main, ["add", str(file), "--data", str(locked_up)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "can only be read" in done.stderr


def test_a_library_that_may_be_written_is_not_read_only(library: Library) -> None:
    assert not library.read_only


def test_one_without_a_version_of_today_is_read_from_a_copy(no_rights: Path) -> None:
    with sqlite3.connect(no_rights / FILE) as db:
        for statement in statements(SCRIPTS[0]):
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
        fields = {
            "id": ARTICLE.id,
            "text": ARTICLE.text,
            "title": "Said",
            "headings": "[]",
            "opened": "2026-01-01",
        }
        rest = dict.fromkeys(
            ("byline", "site", "url", "published", "retrieved", "language", "source"), ""
        )
        names = ", ".join(fields | rest)
        db.execute(
            f"INSERT INTO articles ({names}) VALUES ({', '.join('?' * 12)})",
            [*(fields | rest).values()],
        )
    db.close()
    (no_rights / FILE).chmod(0o400)
    before = (no_rights / FILE).read_bytes()
    with Library.open(no_rights) as library:
        assert library.read_only
        assert library.articles.get(ARTICLE.id) == msgspec.structs.replace(ARTICLE, parts=())
        with pytest.raises(LibraryError, match="can only be read"):
            library.articles.save(ARTICLE)
    assert (no_rights / FILE).read_bytes() == before


def test_who_waits_for_a_large_library_to_be_brought_up_to_date_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setattr("pullquote.library.file._SLOW", 4096)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        for statement in statements(SCRIPTS[0]):
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
    told = [CliRunner().invoke(main, ["list", "--data", str(tmp_path)]).stderr for _ in range(2)]
    assert ["is brought up to date once" in one for one in told] == [True, False]


def test_notes_that_are_still_in_sqlites_log_are_read_too(no_rights: Path) -> None:
    """As on a medium that was taken out while a reader was open."""
    data, medium = no_rights / "data", no_rights / "medium"
    medium.mkdir()
    with Library.open(data) as library:
        library.articles.save(ARTICLE)
        library.notes.add(ARTICLE.id, NOTE)
        for name in (FILE, f"{FILE}-wal"):
            (medium / name).write_bytes((data / name).read_bytes())
            (medium / name).chmod(0o400)
    medium.chmod(0o500)
    try:
        with Library.open(medium) as library:
            assert library.read_only
            assert library.notes.of(ARTICLE.id) == (NOTE,)
    finally:
        medium.chmod(0o700)


# --- foreign and damaged


def _with(folder: Path, *statements: str) -> None:
    db = sqlite3.connect(folder / FILE)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE moz_places (id INTEGER)",),
        ("CREATE TABLE moz_places (id INTEGER)", "PRAGMA user_version = 2"),
        ("PRAGMA user_version = 2",),
        ("PRAGMA user_version = -1",),
        ("PRAGMA user_version = -2147483648",),
    ],
)
def test_the_database_of_another_program_is_refused_and_left_as_it_is(
    tmp_path: Path, statements: tuple[str, ...]
) -> None:
    _with(tmp_path, *statements)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(LibraryError, match="is not a library of pullquote"):
        Library.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("size", [1, 100, 4096, 5000, 20000])
def test_a_file_that_was_cut_off_is_one_line(folder: Path, size: int) -> None:
    path = folder / FILE
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(LibraryError, match=r"is damaged|is not a library") as refused:
        Library.open(folder)
    assert "\n" not in str(refused.value)


@pytest.fixture
def large(folder: Path) -> Path:
    """A library that is too large to be read from end to end whenever it is opened."""
    with Library.open(folder) as library:
        for number in range(80):
            library.articles.save(Article(text=f"Number {number}. " + "All was well. " * 35_000))
    return folder / FILE


def _spoilt(path: Path) -> None:
    """Damage pages in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096 * 300)


def _read_all(folder: Path) -> None:
    with Library.open(folder) as library:
        for identity in library.articles.ids(Narrow()):
            library.articles.get(identity)


def test_damage_in_a_large_file_is_one_line_when_it_is_met(large: Path) -> None:
    _spoilt(large)
    with pytest.raises(LibraryError, match="is damaged") as refused:
        _read_all(large.parent)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("trace", ["cut", "not closed"])
def test_a_large_file_that_was_not_closed_or_is_cut_off_is_looked_at_before_it_is_used(
    large: Path, trace: str
) -> None:
    _spoilt(large)
    if trace == "cut":
        os.truncate(large, large.stat().st_size - 4096)
    else:
        large.with_name(f"{FILE}-wal").touch()
    with pytest.raises(LibraryError, match="is damaged"):
        Library.open(large.parent)


def test_a_large_file_that_another_reader_has_open_is_not_read_from_end_to_end(large: Path) -> None:
    other = "import sys; from pathlib import Path; from pullquote.library.store import Library\n"
    other += "with Library.open(Path(sys.argv[1])): print(flush=True); input()"
    command = [sys.executable, "-c", other, str(large.parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        assert large.with_name(f"{FILE}-wal").exists()
        _spoilt(large)
        Library.open(large.parent).close()  # what is damaged is told by the read that meets it
        reader.kill()
    with pytest.raises(LibraryError, match="is damaged"):  # that one did not close it
        Library.open(large.parent)


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_no_library(tmp_path: Path, kind: str) -> None:
    (os.mkdir if kind == "folder" else os.mkfifo)(tmp_path / FILE)
    with pytest.raises(LibraryError, match="is not a library of pullquote"):
        Library.open(tmp_path)


GARBAGE = ("not JSON", "{}", "[1]", '{"id": 7}', "", "\x00", "[" * 5000)


@pytest.mark.parametrize("garbage", [*GARBAGE, b"\xff\xfe"])
def test_a_note_that_cannot_be_read_costs_one_line_and_stays(
    folder: Path, garbage: str | bytes
) -> None:
    other = annotate(ARTICLE.text, (11, 18), comment="fine", tags=("b",))
    with Library.open(folder) as library:
        library.notes.add(ARTICLE.id, other)
    db = sqlite3.connect(folder / FILE)
    db.execute(
        "UPDATE annotations SET json = CAST(? AS TEXT), tags = 'x' WHERE id = ?", (garbage, NOTE.id)
    )
    db.commit()
    db.close()
    with Library.open(folder) as library:
        assert library.notes.of(ARTICLE.id) == (other,)
        assert library.notes.get(NOTE.id) is None
        assert library.notes.tags() == ("b",)
        assert library.articles.tagged("war") == frozenset()
        assert [hit.note for hit in library.search("who")] == []
        assert len(library.search("fine")) == 1
        (line,) = library.damaged
        assert NOTE.id in line
        assert "\n" not in line
        with pytest.raises(LibraryError, match="damaged"):
            library.notes.act(ARTICLE.id, [(NOTE, msgspec.structs.replace(NOTE, comment="new"))])
        # nor does it come in again over what may still be saved of it
        library.notes.add(ARTICLE.id, NOTE)
        library.notes.undo(ARTICLE.id)
    db = sqlite3.connect(folder / FILE)
    ((left,),) = db.execute("SELECT CAST(json AS BLOB) FROM annotations WHERE id = ?", (NOTE.id,))
    db.close()
    assert left == (garbage.encode() if isinstance(garbage, str) else garbage)


@pytest.mark.parametrize("garbage", GARBAGE)
def test_headings_parts_and_findings_that_cannot_be_read_do_not_cost_the_article(
    folder: Path, garbage: str, findings: Findings
) -> None:
    with Library.open(folder) as library:
        library.findings.save(ARTICLE.id, Findings(analyser="one"))
    db = sqlite3.connect(folder / FILE)
    db.execute("UPDATE articles SET headings = ?, parts = ?", (garbage, garbage))
    db.execute("UPDATE findings SET json = CAST(? AS BLOB)", (garbage,))
    db.commit()
    db.close()
    with Library.open(folder) as library:
        reading = library.reading(ARTICLE.id, "one")
        assert reading is not None
        assert reading.article == msgspec.structs.replace(ARTICLE, parts=())
        assert reading.annotations == (NOTE,)
        lines = library.damaged
        for field in ("headings", "parts"):
            assert any(f"the {field} of" in line for line in lines) == (garbage != "[]")
        assert any("findings" in line for line in lines)


def test_an_act_in_the_log_that_cannot_be_read_is_passed_over(folder: Path) -> None:
    other = annotate(ARTICLE.text, (11, 18), comment="fine")
    with Library.open(folder) as library:
        library.notes.add(ARTICLE.id, other)
    _with(folder, "UPDATE acts SET after = 'not JSON' WHERE number = 2")
    with Library.open(folder) as library:
        assert library.notes.undo(ARTICLE.id) == "note “who says so?”"
        assert library.notes.undo(ARTICLE.id) is None


# --- places that cannot be, stored by an earlier version


SPANS = ((-1, 6), (-9, -3), (6, 6), (60, 10**6), (6, 3))


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_note_that_lies_nowhere_is_exported_without_a_crash(
    span: tuple[int, int], form: str
) -> None:
    """Also a correction; the findings are those of an article that has some."""
    from pullquote.article.source import shipped
    from tests.conftest import seed_findings

    article, found = shipped(), seed_findings()
    quote = found.quotes[0].content
    fix = Correction(
        edit=Edit.BOUNDS, kind=FindingKind.QUOTE, analyser="", of=targets(article.text, quote)
    )
    fix = msgspec.structs.replace(fix, to=targets(article.text, ((0, 5),)))
    notes = (
        annotate(article.text, (0, 6), highlight=1, comment="c", tags=("t",)),
        msgspec.structs.replace(annotate(article.text, (0, 6)), verdict="true"),
        annotate(article.text, (0, 6), correction=fix),
    )
    bad = [
        on_targets(one, lambda old: msgspec.structs.replace(old, start=span[0], end=span[1]))
        for one in notes
    ]
    assert export([derived(article, found, tuple(bad))], form, SETTINGS) is not None


@pytest.mark.parametrize("span", SPANS)
def test_a_note_that_lies_nowhere_is_read_tagged_placed_and_carried_over(
    folder: Path, span: tuple[int, int]
) -> None:
    from pullquote.library.versions import carry_over

    start, end = span
    lost = msgspec.structs.replace(
        NOTE, target=msgspec.structs.replace(NOTE.target, start=start, end=end)
    )
    db = sqlite3.connect(folder / FILE)
    json = msgspec.json.encode(lost).decode()
    db.execute("UPDATE annotations SET json = ?, start = ?, end = ?", (json, start, end))
    db.commit()
    db.close()
    later = Article(text=f"Later. {ARTICLE.text}")
    with Library.open(folder) as library:
        assert library.notes.of(ARTICLE.id) == (lost,)
        tagged = msgspec.structs.replace(lost, tags=("found",))
        assert library.notes.act(ARTICLE.id, [(lost, tagged)]) == ""
        library.articles.save(later)
        carry_over(library, ARTICLE.id, later.id)
        (copy,) = library.notes.of(later.id)
        assert copy.is_orphan or copy.target.stands(later.text)
        placed = msgspec.structs.replace(tagged, target=NOTE.target, placed=Placed.HERE)
        assert library.notes.act(ARTICLE.id, [(tagged, placed)]) == ""


# --- several threads


def test_threads_may_call_at_once_and_closing_waits_for_them(folder: Path) -> None:
    library = Library.open(folder)
    saved, failed = list[str](), list[BaseException]()
    started = threading.Barrier(5)

    def work() -> None:
        started.wait()
        try:
            while len(saved) < 2000:
                note = annotate(ARTICLE.text, (0, 6), comment="from a thread")
                library.notes.add(ARTICLE.id, note)
                saved.append(note.id)
                library.notes.of(ARTICLE.id)
        except LibraryError as error:
            assert "is closed" in str(error)  # noqa: PT017
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.wait()
    while len(saved) < 20:
        library.articles.entries()
    library.close()
    for thread in threads:
        thread.join()
    assert failed == []
    with Library.open(folder) as again:
        assert {note.id for note in again.notes.of(ARTICLE.id)} == {NOTE.id, *saved}


def test_a_lock_is_told_as_such_and_the_next_note_is_saved(folder: Path) -> None:
    library = Library.open(folder)
    library._database._connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(folder / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="is locked by another program"):
        library.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 3), comment="one"))
    other.execute("COMMIT")
    library.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 3), comment="two"))
    assert len(library.notes.of(ARTICLE.id)) == 2
    library.close()
    other.close()


def test_a_full_disk_is_told_as_such_and_the_next_note_is_saved(folder: Path) -> None:
    library = Library.open(folder)
    pages = library._database._connection.execute("PRAGMA page_count").fetchone()[0]
    library._database._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match="the disk is full"):
        library.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 3), comment="long " * 40_000))
    library._database._connection.execute("PRAGMA max_page_count = 100000")
    library.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 3), comment="short"))
    assert len(library.notes.of(ARTICLE.id)) == 2
    library.close()


def test_a_disk_without_room_for_the_log_s_index_is_told_as_full() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert "the disk is full" in str(explained(error, Path("library.db")))


@pytest.mark.parametrize("becomes", ["gone", "another", "an older copy"])
def test_nothing_is_saved_into_a_file_that_is_no_longer_the_library(
    folder: Path, becomes: str
) -> None:
    path, aside = folder / FILE, folder / "aside"
    with Library.open(folder) as library:
        path.rename(aside)
        if becomes == "another":
            path.write_bytes(b"")
        elif becomes == "an older copy":
            path.write_bytes(aside.read_bytes())
        with pytest.raises(LibraryError, match="was moved or replaced; put it back"):
            library.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 3), comment="for nobody"))
        aside.replace(path)
        library.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 3), comment="for the library"))
    with Library.open(folder) as again:
        assert len(again.notes.of(ARTICLE.id)) == 2


def test_words_that_are_no_text_are_one_line(folder: Path) -> None:
    with Library.open(folder) as library:
        with pytest.raises(LibraryError, match="cannot hold this"):
            library.notes.add(
                ARTICLE.id, annotate(ARTICLE.text, (0, 3), comment="half a \ud83d character")
            )
        with pytest.raises(LibraryError, match="cannot hold this"):
            library.search("half a \ud83d character")
