"""Two readers on one note: what either saved stays, and undo takes back one act, their own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pullquote.article import Article
from pullquote.library.store import Library, LibraryError
from pullquote.notes.annotations import Annotation, Placed, annotate, target
from pullquote.notes.evidence import Evidence
from pullquote.notes.merging import BETWEEN, merged

ARTICLE = Article(
    text="France and Britain said so. Moscow disagreed with both of them.", title="Said"
)
NOTE = annotate(ARTICLE.text, (0, 6), comment="who says so?")


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    """Two readers, both with one note on the screen."""
    with Library.open(tmp_path) as one, Library.open(tmp_path) as two:
        one.articles.save(ARTICLE)
        one.notes.add(ARTICLE.id, NOTE)
        yield one, two


def stored(library: Library) -> Annotation:
    (note,) = library.notes.of(ARTICLE.id)
    return note


def with_(**bodies: object) -> Annotation:
    return msgspec.structs.replace(NOTE, **bodies)


def test_a_tag_from_an_old_copy_does_not_undo_what_another_wrote(
    readers: tuple[Library, Library],
) -> None:
    one, two = readers
    assert (
        one.notes.act(ARTICLE.id, [(NOTE, with_(comment="who says so?\n\nA long paragraph."))])
        == ""
    )
    told = two.notes.act(ARTICLE.id, [(NOTE, with_(tags=("france",)))])
    assert stored(one) == with_(comment="who says so?\n\nA long paragraph.", tags=("france",))
    assert told == "this note was changed elsewhere meanwhile: both changes are saved"


def test_of_two_comments_both_are_saved_and_one_line_tells(
    readers: tuple[Library, Library],
) -> None:
    one, two = readers
    one.notes.act(ARTICLE.id, [(NOTE, with_(comment="theirs"))])
    told = two.notes.act(ARTICLE.id, [(NOTE, with_(comment="mine"))])
    assert stored(two).comment == f"theirs{BETWEEN}mine"
    assert told.endswith("both comments are saved, yours below")
    assert "\n" not in told


def test_undo_of_a_merged_act_leaves_what_the_other_did(readers: tuple[Library, Library]) -> None:
    one, two = readers
    theirs = with_(comment="theirs", tags=("a",))
    one.notes.act(ARTICLE.id, [(NOTE, theirs)])
    two.notes.act(ARTICLE.id, [(NOTE, with_(comment="mine", tags=("b",)))])
    both = stored(one)
    assert two.notes.undo(ARTICLE.id) is not None
    assert stored(one) == theirs
    assert two.notes.redo(ARTICLE.id) is not None
    assert stored(one) == both


def test_what_another_has_changed_is_not_removed(readers: tuple[Library, Library]) -> None:
    one, two = readers
    one.notes.act(ARTICLE.id, [(NOTE, with_(comment="theirs"))])
    assert two.notes.act(ARTICLE.id, [(NOTE, None)]).startswith("not removed: ")
    assert stored(one).comment == "theirs"


def test_a_note_that_another_has_removed_is_back_when_it_is_changed(
    readers: tuple[Library, Library],
) -> None:
    one, two = readers
    one.notes.act(ARTICLE.id, [(NOTE, None)])
    assert "it is back" in two.notes.act(ARTICLE.id, [(NOTE, with_(comment="mine"))])
    assert stored(one).comment == "mine"
    assert two.notes.undo(ARTICLE.id) is not None
    assert one.notes.of(ARTICLE.id) == ()


def test_both_remove_it_and_neither_hears_of_it(readers: tuple[Library, Library]) -> None:
    one, two = readers
    one.notes.act(ARTICLE.id, [(NOTE, None)])
    assert two.notes.act(ARTICLE.id, [(NOTE, None)]) == ""
    assert two.notes.of(ARTICLE.id) == ()


LINK, OTHER = Evidence(url="https://example.org/1"), Evidence(url="https://example.org/2")


@pytest.mark.parametrize(
    ("seen", "mine", "theirs", "both"),
    [
        (
            {"tags": ("a", "b")},
            {"tags": ("a", "b", "c")},
            {"tags": ("b", "d")},
            {"tags": ("b", "d", "c")},
        ),
        ({}, {"evidence": (LINK,)}, {"evidence": (OTHER,)}, {"evidence": (OTHER, LINK)}),
        (
            {"highlight": 1},
            {"highlight": 2},
            {"verdict": "true"},
            {"highlight": 2, "verdict": "true"},
        ),
        ({"comment": "a"}, {"comment": "a\nb"}, {"comment": "a\nb\nc"}, {"comment": "a\nb\nc"}),
        ({"comment": "a"}, {"comment": "so"}, {"comment": "also"}, {"comment": f"also{BETWEEN}so"}),
        (
            {"modified": "1"},
            {"modified": "2", "tags": ("a",)},
            {"modified": "3"},
            {"modified": "3", "tags": ("a",)},
        ),
    ],
)
def test_what_each_did_stands(seen: dict, mine: dict, theirs: dict, both: dict) -> None:  # type: ignore[type-arg]
    note, told = merged(with_(**seen), with_(**seen | mine), with_(**seen | theirs))
    assert note == with_(**seen | both)
    assert told


def test_of_two_verdicts_the_one_that_is_saved_last_stands_and_that_is_told() -> None:
    note, told = merged(
        NOTE, with_(verdict="true", highlight=1), with_(verdict="false", highlight=2)
    )
    assert note is not None
    assert (note.verdict, note.highlight) == ("true", 1)
    assert told.endswith("of the two there can be one highlight and one verdict: yours")


def test_a_note_of_which_two_have_taken_all_is_gone() -> None:
    seen = msgspec.structs.replace(NOTE, comment="", tags=("a",), highlight=1)
    mine, theirs = (
        msgspec.structs.replace(seen, tags=()),
        msgspec.structs.replace(seen, highlight=0),
    )
    assert merged(seen, mine, theirs).note is None


# --- places


@pytest.mark.parametrize("span", [(-1, 6), (-6, -1), (6, 6), (6, 3), (60, 10**6), (10**30, 10**31)])
def test_a_note_that_lies_nowhere_is_refused(library: Library, span: tuple[int, int]) -> None:
    library.articles.save(ARTICLE)
    nowhere = msgspec.structs.replace(target(ARTICLE.text, (0, 6)), start=span[0], end=span[1])
    lost = msgspec.structs.replace(NOTE, target=nowhere)
    with pytest.raises(LibraryError, match="no words at") as refused:
        library.notes.add(ARTICLE.id, lost)
    assert "\n" not in str(refused.value)
    library.notes.add(ARTICLE.id, NOTE)
    with pytest.raises(LibraryError, match="no words at"):
        library.notes.act(ARTICLE.id, [(NOTE, lost)])
    assert library.notes.of(ARTICLE.id) == (NOTE,)


def test_an_orphan_may_lie_nowhere(library: Library) -> None:
    library.articles.save(ARTICLE)
    nowhere = msgspec.structs.replace(NOTE.target, start=-1, end=-1)
    orphan = msgspec.structs.replace(NOTE, target=nowhere, placed=Placed.ORPHANED)
    library.notes.add(ARTICLE.id, orphan)
    assert library.notes.of(ARTICLE.id) == (orphan,)


# --- any two readers, any acts

_MARKS = st.integers(0, 99).map("m{}".format)


class TwoReaders(RuleBasedStateMachine):
    """Each acts on what is on their own screen, however old; no mark that somebody made is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.readers = [Library.open(Path(self.folder.name)) for _ in range(2)]
        self.readers[0].articles.save(ARTICLE)
        self.readers[0].notes.add(ARTICLE.id, NOTE)
        self.screens = [NOTE, NOTE]
        self.comments: set[str] = {NOTE.comment}
        self.tags: set[str] = set()
        self.acts = 1

    def _there(self) -> Annotation:
        (note,) = self.readers[0].notes.of(ARTICLE.id)
        return note

    def _act(self, who: int, after: Annotation) -> None:
        before = self._there()
        self.readers[who].notes.act(ARTICLE.id, [(self.screens[who], after)])
        self.screens[who] = there = self._there()
        self.acts += there != before
        if there != before:  # undo takes back this act alone
            self.readers[who].notes.undo(ARTICLE.id)
            assert self._there() == before
            self.readers[who].notes.redo(ARTICLE.id)
            assert self._there() == there

    @rule(who=st.integers(0, 1))
    def look(self, who: int) -> None:
        self.screens[who] = self._there()

    @rule(who=st.integers(0, 1), mark=_MARKS)
    def write_on(self, who: int, mark: str) -> None:
        seen = self.screens[who]
        self._act(who, msgspec.structs.replace(seen, comment=f"{seen.comment}\n{mark}"))
        self.comments.add(mark)

    @rule(who=st.integers(0, 1), tag=_MARKS)
    def tag(self, who: int, tag: str) -> None:
        seen = self.screens[who]
        if tag not in seen.tags:
            self._act(who, msgspec.structs.replace(seen, tags=(*seen.tags, tag)))
            self.tags.add(tag)

    @precondition(lambda self: any(screen.tags for screen in self.screens))
    @rule(who=st.integers(0, 1))
    def untag(self, who: int) -> None:
        seen = self.screens[who]
        if seen.tags:
            self._act(who, msgspec.structs.replace(seen, tags=seen.tags[1:]))
            self.tags.discard(seen.tags[0])

    @rule(who=st.integers(0, 1))
    def remove(self, who: int) -> None:
        if self.screens[who] != self._there():  # else the reader knows what goes
            assert (
                self.readers[who]
                .notes.act(ARTICLE.id, [(self.screens[who], None)])
                .startswith("not removed")
            )

    @invariant()
    def all_that_was_written_is_there(self) -> None:
        note = self._there()
        assert self.comments <= set(note.comment.split("\n"))
        assert set(note.tags) == self.tags

    def teardown(self) -> None:
        for reader in self.readers:
            reader.close()
        self.folder.cleanup()


TestTwoReaders = TwoReaders.TestCase
