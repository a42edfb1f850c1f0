"""Versions of an article, bundles of notes, and the search over it all, in the library."""

import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.article import Article
from pullquote.library.search import Hit
from pullquote.library.store import Library, LibraryError
from pullquote.library.versions import carry_over, undecided
from pullquote.notes.annotations import Placed, annotate, local_day
from pullquote.text import clean, one_line

URL = "https://example.org/news/a"
FIRST = Article(text="The first version of it.", title="First", url=URL)
SECOND = Article(
    text="The second version of it.",
    title="Second",
    url="http://www.example.org/news/a/?utm_source=mail#top",
)
THIRD = Article(text="The third version of it.", title="Third", url=URL)
ELSEWHERE = Article(text="Something else.", url="https://example.org/news/b")


def versions(library: Library, article: Article) -> list[str]:
    return [version.title for version in library.works.versions(article.id)]


# --- versions


def test_what_stands_at_one_address_is_one_work(library: Library) -> None:
    assert [library.articles.save(one) for one in (FIRST, SECOND, ELSEWHERE, THIRD)] == [True] * 4
    assert versions(library, SECOND) == ["First", "Second", "Third"]
    assert versions(library, ELSEWHERE) == [""]
    assert [library.works.earlier(one.id) for one in (FIRST, SECOND, THIRD)] == [
        None,
        FIRST.id,
        SECOND.id,
    ]
    assert library.works.earlier(ELSEWHERE.id) is None
    assert [entry.versions for entry in library.articles.entries() if entry.title] == [3, 3, 3]


def test_an_article_opened_again_is_no_new_version(library: Library) -> None:
    library.articles.save(FIRST)
    library.articles.save(SECOND)
    assert library.articles.save(FIRST) is False
    assert versions(library, FIRST) == ["First", "Second"]
    assert library.works.earlier(FIRST.id) is None
    assert [entry.title for entry in library.articles.entries()] == ["First", "Second"]


def test_notes_stay_with_their_version(library: Library) -> None:
    library.articles.save(FIRST)
    library.notes.add(FIRST.id, annotate(FIRST.text, (0, 3), highlight=1))
    library.articles.save(SECOND)
    assert [version.notes for version in library.works.versions(SECOND.id)] == [1, 0]
    assert library.notes.of(SECOND.id) == ()


def test_an_article_that_is_not_there_has_no_versions(library: Library) -> None:
    assert library.works.versions("none") == ()
    assert library.works.earlier("none") is None


DRAFT = Article(text="A draft.", title="Draft")
REVISED = Article(text="A draft, revised.", title="Revised")


def test_a_file_that_changed_has_an_earlier_version_but_is_a_work_of_its_own_until_linked(
    library: Library,
) -> None:
    library.articles.save(DRAFT, origin="/home/me/draft.txt")
    library.articles.save(REVISED, origin="/home/me/draft.txt")
    assert library.works.earlier(REVISED.id) == DRAFT.id
    assert versions(library, REVISED) == ["Revised"]
    library.works.link(REVISED.id, DRAFT.id)
    assert versions(library, REVISED) == versions(library, DRAFT) == ["Draft", "Revised"]


def test_a_file_that_holds_another_article_now_can_be_told_so(library: Library) -> None:
    library.articles.save(DRAFT, origin="/home/me/inbox.txt")
    library.articles.save(REVISED, origin="/home/me/inbox.txt")
    library.works.link(REVISED.id, DRAFT.id)
    library.works.unlink(REVISED.id)
    assert versions(library, REVISED) == ["Revised"]
    assert versions(library, DRAFT) == ["Draft"]
    assert library.works.earlier(REVISED.id) is None
    later = Article(text="A draft, revised twice.", title="Twice")
    library.articles.save(later, origin="/home/me/inbox.txt")
    assert library.works.earlier(later.id) == REVISED.id


def test_the_same_text_in_a_file_that_was_moved_is_the_same_article(library: Library) -> None:
    library.articles.save(DRAFT, origin="/home/me/draft.txt")
    note = annotate(DRAFT.text, (2, 7), comment="mine")
    library.notes.add(DRAFT.id, note)
    assert library.articles.save(DRAFT, origin="/home/me/papers/draft.txt") is False
    assert library.notes.of(DRAFT.id) == (note,)
    library.articles.save(REVISED, origin="/home/me/papers/draft.txt")
    assert library.works.earlier(REVISED.id) == DRAFT.id
    another = Article(text="Another file of the old name.")
    library.articles.save(another, origin="/home/me/draft.txt")
    assert library.works.earlier(another.id) is None


# --- bundles


TEXT = Article(text="Some words, and some more words.")


def test_what_was_done_at_once_is_undone_and_redone_at_once(library: Library) -> None:
    library.articles.save(TEXT)
    old, gone, new = (
        annotate(TEXT.text, span, highlight=1) for span in ((0, 4), (5, 10), (12, 15))
    )
    library.notes.add(TEXT.id, old, gone)
    before = library.notes.of(TEXT.id)
    changed = msgspec.structs.replace(old, comment="changed")
    library.notes.act(TEXT.id, [(old, changed), (gone, None), (None, new)])
    after = library.notes.of(TEXT.id)
    assert after == (changed, new)
    for _ in range(2):
        assert library.notes.undo(TEXT.id) == "changing 3 notes"
        assert library.notes.of(TEXT.id) == before
        assert library.notes.redo(TEXT.id) == "changing 3 notes"
        assert library.notes.of(TEXT.id) == after
    assert library.notes.undo(TEXT.id) == "changing 3 notes"
    assert library.notes.undo(TEXT.id) == "adding 2 notes"
    assert library.notes.undo(TEXT.id) is None
    assert library.notes.of(TEXT.id) == ()


def test_bundles_of_two_articles_are_undone_each_by_itself(library: Library) -> None:
    for one in (TEXT, FIRST):
        library.articles.save(one)
    for one in (TEXT, FIRST, TEXT):
        library.notes.add(
            one.id, *(annotate(one.text, span, highlight=2) for span in ((0, 3), (4, 8)))
        )
    library.notes.undo(TEXT.id)
    assert len(library.notes.of(TEXT.id)) == len(library.notes.of(FIRST.id)) == 2
    library.notes.redo(TEXT.id)
    library.notes.undo(FIRST.id)
    assert [len(library.notes.of(one.id)) for one in (TEXT, FIRST)] == [4, 0]


def test_an_act_is_done_as_a_whole_or_not_at_all(library: Library) -> None:
    library.articles.save(TEXT)
    kept, twice = (annotate(TEXT.text, (0, 4), comment=words) for words in ("kept", "twice"))
    library.notes.add(TEXT.id, kept)
    with pytest.raises(LibraryError):
        library.notes.act(TEXT.id, [(kept, None), (None, twice), (None, twice)])
    assert library.notes.of(TEXT.id) == (kept,)
    assert library.search("twice") == ()
    assert library.notes.undo(TEXT.id) == "note “kept”"
    assert library.notes.undo(TEXT.id) is None


def test_an_act_on_nothing_leaves_no_trace(library: Library) -> None:
    library.articles.save(TEXT)
    library.notes.add(TEXT.id, annotate(TEXT.text, (0, 4), highlight=1))
    library.notes.undo(TEXT.id)
    library.notes.add(TEXT.id)
    library.notes.remove(TEXT.id, "no such note")
    assert library.notes.redo(TEXT.id) == "highlight on “Some”"


# --- notes that go over


OLD = Article(
    text="Some words that will be gone, and a sentence that says something else.", title="Old"
)
NEW = Article(text="Rain is expected at the coast; ferries wait for the wind to turn.", title="New")


def test_two_who_carry_notes_over_at_once_make_one_copy_of_each(library: Library) -> None:
    later = Article(text=f"On Monday: {OLD.text}")
    library.articles.save(OLD)
    library.articles.save(later)
    library.notes.add(OLD.id, annotate(OLD.text, (0, 10), comment="so"))
    carry_over(library, OLD.id, later.id)
    (copy,) = library.notes.of(later.id)
    library.notes.remove(later.id, copy.id)
    carry_over(library, OLD.id, later.id)
    assert [one.id for one in library.notes.of(later.id)] == [copy.id]


@pytest.mark.parametrize(("lost", "there"), [(True, 1), (False, 0)])
def test_notes_without_a_place_are_carried_over_only_where_that_is_wanted(
    library: Library, lost: bool, there: int
) -> None:
    library.articles.save(OLD)
    library.articles.save(NEW)
    library.notes.add(OLD.id, annotate(OLD.text, (36, 60), comment="so"))
    assert carry_over(library, OLD.id, NEW.id, lost) == {Placed.ORPHANED: 1}
    assert len(library.notes.of(NEW.id)) == there


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", "2026-01-01"), ("Asia/Tokyo", "2026-01-02"), ("XXX+23", "2025-12-31")]
)
def test_a_day_is_the_readers_own(monkeypatch: pytest.MonkeyPatch, zone: str, day: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert local_day("2026-01-01T22:00:00.000+00:00") == day
        assert local_day("") == local_day("yesterday") == ""
    finally:
        monkeypatch.undo()
        time.tzset()


# --- search


@pytest.fixture
def full(library: Library) -> Library:
    """A library with two articles and a note on the first."""
    letter = Article(
        text="Señor Núñez wrote: “We will not wait.” Costs rose 5-fold 🙂 AND OR NOT.",
        title="A letter",
    )
    report = Article(text="東京で会談した。ソウルは沈黙。", title="会談の報告")
    for one in (letter, report):
        library.articles.save(one)
    library.notes.add(
        letter.id,
        annotate(letter.text, (0, 11), comment="the café owner?", tags=("people", "naïve")),
    )
    library.notes.add(report.id, annotate(report.text, (0, 2), comment="首都 means capital"))
    return library


def where(hits: tuple[Hit, ...]) -> list[str]:
    return [f"{hit.title}, note" if hit.note else hit.title for hit in hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wait", ["A letter"]),
        ("WILL wait", ["A letter"]),
        ("wai", ["A letter"]),
        ("ait", []),
        ("nunez", ["A letter, note", "A letter"]),
        ("NÚÑEZ", ["A letter, note", "A letter"]),
        ("Nu\u0301n\u0303ez", ["A letter, note", "A letter"]),
        ("cafe", ["A letter, note"]),
        ("naive", ["A letter, note"]),
        ("people owner", ["A letter, note"]),
        ("capital", ["会談の報告, note"]),
        ("letter", ["A letter"]),
        ("会談", ["会談の報告"]),
        ("東京で", ["会談の報告"]),
        ("東京", ["会談の報告, note", "会談の報告"]),
        ("首都", ["会談の報告, note"]),
        ("北京", []),
        ("wait nowhere", []),
        ("", []),
        ("  \n ", []),
    ],
)
def test_words_are_found_in_notes_and_then_in_texts(
    full: Library, query: str, found: list[str]
) -> None:
    assert where(full.search(query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("“wait”", ["A letter"]),
        ('"not wait', ["A letter"]),
        ('not" "wait', ["A letter"]),
        ("5-fold", ["A letter"]),
        ("-wait", ["A letter"]),
        ("AND", ["A letter"]),
        ("OR", ["A letter"]),
        ("NOT wait", ["A letter"]),
        ("wait OR nowhere", []),
        ("NEAR(wait not)", []),
        ("wait*", ["A letter"]),
        ("^wait", ["A letter"]),
        ("text:wait", []),
        ("{text}:wait", []),
        ("(wait)", ["A letter"]),
        ("w'ait", []),
        ("%", []),
        ("_", []),
        ('"', []),
        ('" " "', []),
        ("*", []),
        ("🙂", ["A letter"]),
        ("👻", []),
        ("wait 🙂", ["A letter"]),
    ],
)
def test_what_is_an_operator_elsewhere_is_only_a_word_here(
    full: Library, query: str, found: list[str]
) -> None:
    assert where(full.search(query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wait 東京", []),
        ("沈黙 会談", ["会談の報告"]),
        ("報告\n東京", ["会談の報告"]),
        ("capital 首都", ["会談の報告, note"]),
        ('"会談" 東京', ["会談の報告"]),
    ],
)
def test_all_words_have_to_be_there_in_scripts_without_spaces_too(
    full: Library, query: str, found: list[str]
) -> None:
    assert where(full.search(query)) == found


def test_a_hit_shows_the_words_around_on_one_line(full: Library) -> None:
    (hit,) = full.search("wait")
    assert "will not «wait»" in hit.words
    assert "«会談»した" in full.search("会談")[0].words


def test_the_best_come_first_and_no_more_than_asked_for(library: Library) -> None:
    for number in range(1, 6):
        library.articles.save(Article(text="wait " * number + "and " * 40, title=f"{number}"))
    assert [hit.title for hit in library.search("wait", limit=2)] == ["5", "4"]


def test_search_goes_with_every_act_and_back(library: Library, tmp_path: Path) -> None:
    library.articles.save(TEXT)
    note = annotate(TEXT.text, (0, 4), comment="firstly")
    library.notes.add(TEXT.id, note)
    library.notes.change(
        TEXT.id, msgspec.structs.replace(note, comment="secondly", verdict="false")
    )
    assert (
        where(library.search("firstly")),
        len(library.search("secondly")),
        len(library.search("false")),
    ) == (
        [],
        1,
        1,
    )
    library.notes.undo(TEXT.id)
    assert (len(library.search("firstly")), where(library.search("secondly"))) == (1, [])
    library.notes.redo(TEXT.id)
    assert len(library.search("secondly")) == 1
    library.notes.remove(TEXT.id, note.id)
    assert library.search("secondly") == ()
    library.notes.undo(TEXT.id)
    assert len(library.search("secondly")) == 1
    library.close()
    with Library.open(tmp_path / "data") as again:
        assert len(again.search("secondly")) == 1


@given(
    st.text(st.sampled_from("ab\"'*()-^:+.{}[]%_\\ é\u0301漢🙂AND OR NEAR\n"), max_size=12).map(
        clean
    )
)
def test_any_query_is_answered_and_what_stands_there_is_found(
    tmp_path_factory: pytest.TempPathFactory, query: str
) -> None:
    words = one_line(query)
    with Library.open(tmp_path_factory.mktemp("library")) as library:
        article = Article(text=f"before {words} behind")
        library.articles.save(article)
        found = {hit.article for hit in library.search(query)}
        assert found <= {article.id}
        if any(character.isalnum() for character in words):
            assert found == {article.id}


def test_a_note_that_goes_a_roundabout_way_is_there_once(library: Library) -> None:
    """First to second, first to third, third to second: what was made on the third comes along."""
    for article in (FIRST, SECOND, THIRD):
        library.articles.save(article)
    library.notes.add(FIRST.id, annotate(FIRST.text, (0, 3), comment="one"))
    carry_over(library, FIRST.id, SECOND.id)
    carry_over(library, FIRST.id, THIRD.id)
    library.notes.add(THIRD.id, annotate(THIRD.text, (0, 3), comment="two"))
    for earlier, later in ((THIRD, SECOND), (SECOND, FIRST), (FIRST, THIRD), (SECOND, THIRD)):
        carry_over(library, earlier.id, later.id)
    for article in (FIRST, SECOND, THIRD):
        assert sorted(note.comment for note in library.notes.of(article.id)) == ["one", "two"]
    assert undecided(library, THIRD.id) is None


@pytest.mark.parametrize(
    ("text", "query", "passage"),
    [
        ("The gov\u00adern\u00adment met.", "government", "The «government» met."),
        ("The gov\u00adern\u00adment met.", "gov\u00adernment me", "The «government» «met»."),
        ("The oﬃce ﬁled it.", "office", "The «office» filed it."),
        ("The office filed it.", "oﬃce ﬁled", "The «office» «filed» it."),
        ("A zero\u200bwidth\u2060space.", "zerowidth", "A «zerowidthspace»."),
    ],
)
def test_soft_hyphens_and_ligatures_hide_no_word_from_the_search(
    library: Library, text: str, query: str, passage: str
) -> None:
    article = Article(text=text, title=text)
    library.articles.save(article)
    library.notes.add(article.id, annotate(text, (0, len(text)), comment="so"))
    assert [(hit.note is None, hit.words) for hit in library.search(query)] == [
        (False, passage),
        (True, passage),
    ]
    library.metadata.edit(article.id, {"title": "Another"})
    library.notes.remove(article.id, *(note.id for note in library.notes.of(article.id)))
    assert [hit.words for hit in library.search(query)] == [passage]
    library.bin.delete(article.id)
    assert library.search(query) == ()
    with library.database.maintenance() as db:
        for index in ("article_words", "note_words"):
            db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
