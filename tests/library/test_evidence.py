"""What was fetched as evidence: kept, gone with its article, and in every copy of the library."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from pullquote.article import Article
from pullquote.cli import main
from pullquote.formats import export
from pullquote.formats.importers import read_each
from pullquote.library.checking import check, fetching, named
from pullquote.library.copies import merge_all
from pullquote.library.evidence import Job
from pullquote.library.importing import bring_in
from pullquote.library.store import FILE, Library
from pullquote.library.versions import carry_over
from pullquote.notes.annotations import Annotation, annotate
from pullquote.notes.evidence import Check, Evidence, Standing
from pullquote.notes.merging import merged
from pullquote.notes.reading import derived
from pullquote.settings import Settings

TEXT = "The minister said that rents had fallen. The council did not reply."
ARTICLE = Article(text=TEXT, title="Rents", url="https://e.org/rents")
SECRET = "A whistleblower said that rents had risen in every district of the town."
HASH = hashlib.sha256(SECRET.encode()).hexdigest()
QUOTE = "rents had risen in every district"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(SECRET)
    return path


@pytest.fixture
def given(library: Library, source: Path) -> Library:
    """A library with an article, a verdict on it, and a file as evidence."""
    library.articles.save(ARTICLE)
    give(library, source)
    return library


def give(library: Library, source: Path) -> None:
    one, path = named(library, str(source), "", QUOTE)
    assert one
    note = msgspec.structs.replace(annotate(TEXT, (0, 39)), verdict="false")
    job = Job(article=ARTICLE.id, note=note.id, evidence=one, path=path)
    found = check(library, job, 1000, fetching(1000)).evidence
    library.notes.add(ARTICLE.id, note.with_evidence((found,)))


def evidence(library: Library, article: str = ARTICLE.id) -> list[Evidence]:
    return [one for note in library.notes.of(article) for one in note.evidence]


def kept(library: Library) -> bytes | None:
    found = library.evidence.of(HASH)
    return found.data if found else None


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "other") as one:
        yield one


def test_a_larger_one_is_kept_by_its_hash_alone(library: Library, source: Path) -> None:
    library.articles.save(ARTICLE)
    one, path = named(library, str(source), "", QUOTE)
    assert one
    job = Job(article=ARTICLE.id, note="0" * 32, evidence=one, path=path)
    assert check(library, job, 10, fetching(1000)).is_there
    found = library.evidence.of(HASH)
    assert found
    assert (found.data, found.size) == (None, len(SECRET))


def test_it_goes_with_its_article_and_comes_back_with_it(given: Library) -> None:
    going = given.bin.going(ARTICLE.id)
    assert going
    assert "1 page kept as evidence" in going.words
    given.bin.delete(ARTICLE.id)
    assert kept(given) is None
    given.bin.put_back()
    assert kept(given) == SECRET.encode()


def test_after_a_purge_no_word_of_it_is_in_the_file(given: Library) -> None:
    given.bin.delete(ARTICLE.id)
    given.bin.purge([ARTICLE.id])
    for path in given.path.parent.glob(f"{FILE}*"):
        assert b"whistleblower" not in path.read_bytes()
        assert HASH.encode() not in path.read_bytes()


def test_a_purge_lets_go_of_what_no_verdict_rests_on_any_more(given: Library) -> None:
    given.bin.purge()
    assert kept(given) == SECRET.encode()
    (note,) = given.notes.of(ARTICLE.id)
    given.notes.change(ARTICLE.id, note.with_evidence(()))
    given.bin.purge()
    assert kept(given) == SECRET.encode()  # undo brings it back
    given.bin.delete(ARTICLE.id)
    given.articles.save(ARTICLE)
    given.bin.purge()
    assert kept(given) is None


def test_a_backup_has_it(given: Library, tmp_path: Path) -> None:
    run("backup", tmp_path / "copy.db")
    given.bin.delete(ARTICLE.id)
    run("restore", tmp_path / "copy.db")
    assert kept(given) == SECRET.encode()
    assert [one.quote for one in evidence(given)] == [QUOTE]


def test_a_merged_library_brings_it_but_no_path_of_its_machine(
    given: Library, other: Library, source: Path
) -> None:
    merge_all(other.database, given.database, lambda done, whole: None)
    assert kept(other) == SECRET.encode()
    assert evidence(other) == evidence(given)
    found = other.evidence.of(HASH)
    assert found
    assert found.source == ""
    source.write_text("root:x:0:0")
    for _, job in list(other.evidence.jobs()):
        assert "is not known here" in check(other, job, 1000, fetching(1000)).evidence.problem


def test_a_folder_has_it_too(given: Library, tmp_path: Path) -> None:
    run("backup", "--folder", tmp_path / "folder")
    run("restore", tmp_path / "folder", "--data", tmp_path / "new")
    with Library.open(tmp_path / "new") as again:
        assert kept(again) == SECRET.encode()
        assert evidence(again) == evidence(given)


def test_it_goes_over_to_a_new_version_with_its_check(given: Library) -> None:
    later = Article(text=f"{TEXT} It was asked twice.", title="Rents", url=ARTICLE.url)
    given.articles.save(later)
    carry_over(given, ARTICLE.id, later.id)
    assert evidence(given, later.id) == evidence(given)


@pytest.mark.parametrize("form", ["json", "webannotation", "hypothesis"])
def test_it_comes_back_from_a_file_as_it_went(
    given: Library, other: Library, tmp_path: Path, form: str
) -> None:
    reading = derived(ARTICLE, None, given.notes.of(ARTICLE.id))
    path = tmp_path / "notes"
    path.write_bytes(_bytes(export([reading], form, Settings())))
    other.articles.save(ARTICLE)
    with path.open("rb") as file:
        for items in read_each(file, 10_000_000):
            bring_in(other, items.notes, "", lambda: None)
    assert evidence(other) == evidence(given)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def test_what_a_check_finds_is_in_every_state_that_undo_brings_back(given: Library) -> None:
    (note,) = given.notes.of(ARTICLE.id)
    given.notes.act(ARTICLE.id, [(note, msgspec.structs.replace(note, comment="mine"))])
    one = note.evidence[0]
    gone = Check(standing=Standing.MISSING, at="2026-11-28T00:00:00+00:00", sha256="0" * 64)
    changed = msgspec.structs.replace(one, checks=(*one.checks, gone))
    given.evidence.checked(ARTICLE.id, note.id, changed)
    assert evidence(given) == [changed]
    given.notes.undo(ARTICLE.id)
    assert [one.comment for one in given.notes.of(ARTICLE.id)] == [""]
    assert evidence(given) == [changed]
    given.notes.redo(ARTICLE.id)
    assert evidence(given) == [changed]


def _note(*ones: Evidence, **bodies: str) -> Annotation:
    return msgspec.structs.replace(_BARE.with_evidence(ones), **bodies)


_BARE = annotate(TEXT, (0, 39))
_CHECK = Check(standing=Standing.STANDS, at="2026-11-27T00:00:00+00:00", sha256="1" * 64)
_ONE = Evidence(url="https://e.org/1", quote="so")
_TWO = Evidence(url="https://e.org/2", quote="so")
_CHECKED = msgspec.structs.replace(_ONE, checks=(_CHECK,))


@pytest.mark.parametrize(
    ("seen", "wanted", "stored", "joined"),
    [
        ((_ONE,), (_ONE, _TWO), (_CHECKED,), (_CHECKED, _TWO)),
        ((_ONE,), (), (_CHECKED,), ()),
        ((_ONE,), (_CHECKED,), (_ONE, _TWO), (_CHECKED, _TWO)),
        ((), (_ONE,), (_CHECKED,), (_CHECKED,)),
    ],
)
def test_two_readers_changes_join_and_the_later_check_stays(
    seen: tuple[Evidence, ...],
    wanted: tuple[Evidence, ...],
    stored: tuple[Evidence, ...],
    joined: tuple[Evidence, ...],
) -> None:
    before = _note(*seen, comment="c")
    note = merged(before, _note(*wanted, comment="d"), _note(*stored, comment="c", verdict="true"))
    assert note.note
    assert note.note.evidence == joined
