"""Metadata put right: beside what the page said, undone like any act, carried to new versions."""

from pathlib import Path

import pytest

from pullquote.article import Article
from pullquote.library.fields import FIELDS, Wrong, checked
from pullquote.library.store import Library
from pullquote.notes.annotations import annotate

URL = "https://example.org/news/a"
ARTICLE = Article(
    text="France and Britain said so. Moscow disagreed with both of them.",
    title="Said",
    byline="By Staff",
    url=URL,
    published="2026-03-09",
)


@pytest.fixture
def edited(library: Library) -> Library:
    library.articles.save(ARTICLE)
    library.metadata.edit(ARTICLE.id, {"title": "A dispute", "published": "2026-03-10"})
    return library


def now(library: Library, article: str = ARTICLE.id) -> dict[str, str]:
    return {field.name: field.value for field in library.metadata.of(article)}


def test_what_is_put_right_is_valid_and_what_the_page_said_stays_beside_it(edited: Library) -> None:
    found = edited.articles.get(ARTICLE.id)
    assert found is not None
    assert (found.title, found.byline, found.published) == ("A dispute", "By Staff", "2026-03-10")
    fields = {one.name: one for one in edited.metadata.of(ARTICLE.id)}
    assert list(fields) == list(FIELDS)
    assert (fields["title"].said, fields["title"].is_edited) == ("Said", True)
    assert not fields["byline"].is_edited


def test_lists_and_searches_follow(edited: Library) -> None:
    assert [one.title for one in edited.articles.entries()] == ["A dispute"]
    assert [hit.title for hit in edited.search("dispute")] == ["A dispute"]
    assert edited.search("Britain")
    edited.metadata.reset(ARTICLE.id, "title")
    assert edited.search("dispute") == ()


def test_a_reset_field_is_again_what_the_page_said(edited: Library) -> None:
    edited.metadata.edit(ARTICLE.id, {"title": "Another"})
    edited.metadata.reset(ARTICLE.id, "title")
    assert now(edited)["title"] == "Said"
    assert now(edited)["published"] == "2026-03-10"


def test_it_is_undone_and_done_again_like_any_act(edited: Library) -> None:
    note = annotate(ARTICLE.text, (0, 6), comment="who?")
    edited.notes.add(ARTICLE.id, note)
    assert edited.notes.undo(ARTICLE.id) == "note “who?”"
    assert edited.notes.undo(ARTICLE.id) == "changing the title and the date"
    assert edited.articles.get(ARTICLE.id) == ARTICLE
    assert edited.notes.redo(ARTICLE.id) == "changing the title and the date"
    assert now(edited)["title"] == "A dispute"
    assert edited.notes.redo(ARTICLE.id) == "note “who?”"


def test_undo_leaves_alone_what_another_reader_edited_since(tmp_path: Path) -> None:
    with Library.open(tmp_path) as one, Library.open(tmp_path) as two:
        one.articles.save(ARTICLE)
        one.metadata.edit(ARTICLE.id, {"title": "Mine"})
        two.metadata.edit(ARTICLE.id, {"title": "Theirs"})
        assert one.notes.undo(ARTICLE.id) is None
        assert now(one)["title"] == "Theirs"
        assert two.notes.undo(ARTICLE.id) == "changing the title"
        assert now(one)["title"] == "Mine"


def test_an_edit_that_changes_nothing_is_no_act(library: Library) -> None:
    library.articles.save(ARTICLE)
    library.metadata.edit(ARTICLE.id, {"title": "Said"})
    assert library.notes.undo(ARTICLE.id) is None


def test_the_same_article_fetched_again_keeps_it(edited: Library) -> None:
    edited.articles.save(ARTICLE)
    assert now(edited)["title"] == "A dispute"


def test_a_new_version_has_it_too_beside_what_its_own_page_said(edited: Library) -> None:
    later = Article(text=f"{ARTICLE.text} An update.", title="Said again", url=URL)
    edited.articles.save(later)
    assert now(edited, later.id)["title"] == "A dispute"
    assert now(edited, later.id)["byline"] == ""
    fields = {one.name: one.said for one in edited.metadata.of(later.id)}
    assert fields["title"] == "Said again"


def test_a_version_out_of_the_same_file_has_it_once_it_is_linked(edited: Library) -> None:
    other = Article(text="Quite another text, out of the file.", title="Other")
    edited.articles.save(other)
    assert now(edited, other.id)["title"] == "Other"
    edited.works.link(other.id, ARTICLE.id)
    assert now(edited, other.id)["title"] == "A dispute"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("published", "2026"),
        ("published", "2026-03"),
        ("published", "2026-03-09"),
        ("published", "2026-03-09T12:30:00+01:00"),
        ("published", ""),
        ("url", "https://example.org/a?b=ü"),
        ("url", "http://localhost:8000/"),
        ("language", "pt-BR"),
        ("title", "[bold]any[/] words"),
    ],
)
def test_values_that_a_field_can_have(name: str, value: str) -> None:
    assert checked(name, f" {value}") == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("published", "9 March 2026"),
        ("published", "2026-13"),
        ("published", "2026-02-30"),
        ("published", "20260309"),
        ("url", "ftp://example.org/a"),
        ("url", "example.org/a"),
        ("url", "javascript:alert(1)"),
        ("url", "https://exam ple.org"),
        ("language", "English!"),
    ],
)
def test_values_that_it_cannot_are_refused_in_one_line_and_nothing_is_changed(
    library: Library, name: str, value: str
) -> None:
    library.articles.save(ARTICLE)
    with pytest.raises(Wrong, match=f"{name}: ") as wrong:
        library.metadata.edit(ARTICLE.id, {"title": "Another", name: value})
    assert "\n" not in str(wrong.value)
    assert library.articles.get(ARTICLE.id) == ARTICLE
