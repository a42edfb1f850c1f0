"""The library: what is shown as saved stays, whatever happens."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from pullquote.article import Article
from pullquote.findings import FindingKind, Findings
from pullquote.library.store import FILE, Library, LibraryError
from pullquote.notes.annotations import Annotation, Correction, Edit, Target, annotate

ARTICLE = Article(
    text="France and Britain said so. Moscow disagreed with both of them.", title="Said"
)


def test_an_article_comes_back_as_it_went(library: Library) -> None:
    library.articles.save(ARTICLE, "digest")
    assert library.articles.get(ARTICLE.id) == ARTICLE
    assert library.articles.from_source("digest") == ARTICLE
    assert library.articles.find(ARTICLE.id[:6]) == [ARTICLE.id]


def test_each_article_is_finished_where_its_own_text_ends(library: Library) -> None:
    texts = ("Ann Cole spoke in the town. " * 3, "She left.\n\n", "He stayed until the evening.")
    for text in texts:
        article = Article(text=text)
        library.articles.save(article)
        library.articles.save_place(article.id, 0, len("She left."))
    finished = {one.id for one in library.articles.entries() if one.finished}
    assert finished == {Article(text=texts[1]).id}


def test_findings_are_kept_for_their_analyser_alone(
    library: Library, seed: Article, findings: Findings
) -> None:
    library.articles.save(seed)
    library.findings.save(seed.id, findings)
    assert library.findings.of(seed.id, findings.analyser) == findings
    assert library.findings.of(seed.id, "another") is None


def test_notes_are_listed_in_text_order(library: Library) -> None:
    library.articles.save(ARTICLE)
    for span in ((28, 34), (0, 6), (11, 18)):
        library.notes.add(ARTICLE.id, annotate(ARTICLE.text, span, highlight=1))
    assert [note.target.exact for note in library.notes.of(ARTICLE.id)] == [
        "France",
        "Britain",
        "Moscow",
    ]


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    Library.open(tmp_path / "deep" / "data").close()
    assert (tmp_path / "deep" / "data").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_there_stays_as_it_was_and_the_file_in_it_is_its_owners_alone(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o755)
    with Library.open(tmp_path) as library:
        library.articles.save(ARTICLE)
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_who_only_looks_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library here"):
        Library.open(tmp_path / "mistyped", make=False)
    assert list(tmp_path.iterdir()) == []


def test_what_was_added_in_the_meantime_is_left_as_it_is(library: Library) -> None:
    library.articles.save(ARTICLE)
    first, other = (annotate(ARTICLE.text, span, comment="so") for span in ((0, 6), (11, 18)))
    library.notes.add(ARTICLE.id, first)
    library.notes.add(ARTICLE.id, msgspec.structs.replace(first, comment="again"), other)
    assert library.notes.of(ARTICLE.id) == (first, other)
    assert library.notes.undo(ARTICLE.id) == "note “so”"
    assert library.notes.of(ARTICLE.id) == (first,)


FIX = Correction(
    edit=Edit.KIND,
    kind=FindingKind.WARNING,
    analyser="",
    of=(Target(0, 6, "France"),),
    value="threat",
)


ON = "“France and Britain said so. Moscow disagreed with both of th”"


@pytest.mark.parametrize(
    ("bodies", "words"),
    [
        ({"highlight": 1}, f"highlight on {ON}"),
        ({"highlight": 1, "comment": "who\nsays?"}, "note “who says?”"),
        ({"tags": ("war", "russia")}, f"tag #war #russia on {ON}"),
        ({"verdict": "half true", "comment": "why"}, f"verdict half true on {ON}"),
        ({"correction": FIX}, "correction (the kind of the warning here: threat)"),
    ],
)
def test_undo_says_what_it_undoes(library: Library, bodies: dict[str, Any], words: str) -> None:
    library.articles.save(ARTICLE)
    note = msgspec.structs.replace(annotate(ARTICLE.text, (0, 60)), **bodies)
    library.notes.add(ARTICLE.id, note)
    library.notes.remove(ARTICLE.id, note.id)
    assert library.notes.undo(ARTICLE.id) == f"removing the {words}"
    assert library.notes.undo(ARTICLE.id) == words


_WRITER = """
import sys
from pathlib import Path
from pullquote.article import Article
from pullquote.notes.annotations import annotate
from pullquote.library.store import Library
library = Library.open(Path(sys.argv[1]))
article = Article(text="Some words to mark.")
library.articles.save(article)
library.notes.add(article.id, annotate(article.text, (5, 10), comment="kept"))
print("saved", article.id, flush=True)
import time
time.sleep(600)
"""


def test_a_note_once_shown_as_saved_survives_kill_9(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, tmp_path / "data"], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    word, article = writer.stdout.readline().split()
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    assert word == "saved"
    with Library.open(tmp_path / "data") as library:
        assert [note.comment for note in library.notes.of(article)] == ["kept"]


def test_two_readers_at_once_lose_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path) as one, Library.open(tmp_path) as two:
        one.articles.save(ARTICLE)
        one.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 6), highlight=1))
        two.notes.add(ARTICLE.id, annotate(ARTICLE.text, (11, 18), highlight=2))
        assert len(one.notes.of(ARTICLE.id)) == len(two.notes.of(ARTICLE.id)) == 2


def test_what_is_read_together_is_of_one_moment_whoever_writes_in_between(tmp_path: Path) -> None:
    with Library.open(tmp_path) as one, Library.open(tmp_path) as two:
        one.articles.save(ARTICLE)
        with one._database.snapshot():
            assert one.notes.of(ARTICLE.id) == ()
            two.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 6), highlight=1))
            assert one.notes.of(ARTICLE.id) == ()
        assert len(one.notes.of(ARTICLE.id)) == 1


def test_undo_leaves_alone_what_another_reader_changed_since(tmp_path: Path) -> None:
    with Library.open(tmp_path) as one, Library.open(tmp_path) as two:
        one.articles.save(ARTICLE)
        note = annotate(ARTICLE.text, (0, 6), highlight=1)
        one.notes.add(ARTICLE.id, note)
        changed = msgspec.structs.replace(note, comment="theirs")
        two.notes.change(ARTICLE.id, changed)
        assert one.notes.undo(ARTICLE.id) is None
        assert one.notes.of(ARTICLE.id) == (changed,)
        assert two.notes.undo(ARTICLE.id) == "note “theirs”"
        assert one.notes.of(ARTICLE.id) == (note,)


def test_each_reader_undoes_and_does_again_what_is_their_own(tmp_path: Path) -> None:
    with Library.open(tmp_path) as one, Library.open(tmp_path) as two:
        one.articles.save(ARTICLE)
        mine = annotate(ARTICLE.text, (0, 6), highlight=1)
        theirs = annotate(ARTICLE.text, (11, 18), highlight=2)
        later = annotate(ARTICLE.text, (19, 23), comment="later")
        one.notes.add(ARTICLE.id, mine)
        two.notes.add(ARTICLE.id, theirs)
        assert one.notes.undo(ARTICLE.id)
        assert one.notes.of(ARTICLE.id) == (theirs,)
        assert one.notes.undo(ARTICLE.id) is None
        assert two.notes.redo(ARTICLE.id) is None
        two.notes.add(ARTICLE.id, later)  # costs the other nothing
        assert one.notes.redo(ARTICLE.id)
        assert one.notes.of(ARTICLE.id) == (mine, theirs, later)
        assert two.notes.undo(ARTICLE.id) == "note “later”"
        assert two.notes.undo(ARTICLE.id)
        assert two.notes.of(ARTICLE.id) == (mine,)


def test_what_was_done_before_is_undone_where_nobody_else_is_at_it(tmp_path: Path) -> None:
    with Library.open(tmp_path) as one:
        one.articles.save(ARTICLE)
        one.notes.add(ARTICLE.id, annotate(ARTICLE.text, (0, 6), highlight=1))
        with Library.open(tmp_path) as two:
            assert two.notes.undo(ARTICLE.id, alone=False) is None
            assert len(two.notes.of(ARTICLE.id)) == 1
    with Library.open(tmp_path) as again:
        assert again.notes.undo(ARTICLE.id)
        assert again.notes.redo(ARTICLE.id)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a database at all, just words" * 40, "is not a library of pullquote"),
        (None, "was written by a newer pullquote"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / FILE
    if content is not None:
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 999")
    with pytest.raises(LibraryError) as error:
        Library.open(tmp_path)
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        for number in range(50):
            library.articles.save(Article(text=f"{number} " * 2000))
    path = tmp_path / FILE
    data = bytearray(path.read_bytes())
    data[8192:60000] = b"\xff" * (60000 - 8192)
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="is damaged"):
        Library.open(tmp_path)


class Undoing(RuleBasedStateMachine):
    """Whatever is done, undo and redo walk back and forth through it, across restarts."""

    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.library = Library.open(Path(self.folder.name))
        self.library.articles.save(ARTICLE)
        self.past: list[dict[str, Annotation]] = [{}]
        self.now = 0

    def _did(self, state: dict[str, Annotation]) -> None:
        if state == self.past[self.now]:
            return  # an act that changes nothing leaves no trace
        self.past = [*self.past[: self.now + 1], state]
        self.now += 1

    @rule(target=notes, start=st.integers(0, 20), kind=st.integers(1, 5))
    def add(self, start: int, kind: int) -> str:
        note = annotate(ARTICLE.text, (start, start + 5), highlight=kind)
        self.library.notes.add(ARTICLE.id, note)
        self._did(self.past[self.now] | {note.id: note})
        return note.id

    @rule(note=notes, comment=st.text(max_size=5))
    def change(self, note: str, comment: str) -> None:
        if note in self.past[self.now]:
            changed = msgspec.structs.replace(
                self.past[self.now][note], comment=comment.replace("\x00", "")
            )
            self.library.notes.change(ARTICLE.id, changed)
            self._did(self.past[self.now] | {note: changed})

    @rule(note=consumes(notes))
    def remove(self, note: str) -> None:
        if note in self.past[self.now]:
            self.library.notes.remove(ARTICLE.id, note)
            self._did({key: one for key, one in self.past[self.now].items() if key != note})

    @rule()
    def undo(self) -> None:
        said = self.library.notes.undo(ARTICLE.id)
        assert (said is None) == (self.now == 0)
        self.now = max(0, self.now - 1)

    @rule()
    def redo(self) -> None:
        said = self.library.notes.redo(ARTICLE.id)
        assert (said is None) == (self.now == len(self.past) - 1)
        self.now = min(len(self.past) - 1, self.now + 1)

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = Library.open(Path(self.folder.name))

    @invariant()
    def the_library_is_as_it_should_be(self) -> None:
        assert {note.id: note for note in self.library.notes.of(ARTICLE.id)} == self.past[self.now]

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()


TestUndoing = Undoing.TestCase
