"""A text that changed: both versions are offered, the notes go over, the changes are shown."""

import asyncio

import msgspec
import pytest
from textual.widgets import OptionList, Static

from pullquote.article import Article
from pullquote.cli.opening import article
from pullquote.findings import Findings
from pullquote.library.refreshing import refresh
from pullquote.library.store import Library
from pullquote.library.versions import undecided
from pullquote.notes.annotations import annotate
from pullquote.reader.opening import Opening
from pullquote.settings import Settings
from tests.article.site import PARAGRAPHS, page, served
from tests.reader.conftest import at_desk
from tests.reader.test_correcting import choose, row

URL = "https://example.org/story"
NONE = Findings(analyser="none")  # what a text says is not the question here


def _versions(seed: Article) -> tuple[Article, Article]:
    old = msgspec.structs.replace(seed, url=URL)
    text = seed.text.replace(
        "has not taken these developments lightly", "has reacted sharply to these plans"
    )
    text = text.replace("“legitimate targets”", "“targets”")
    return old, msgspec.structs.replace(
        old, text=text.replace("Ukraine, for its part, ", "On Monday, Ukraine ")
    )


def _kept(library: Library, seed: Article) -> tuple[Article, Article]:
    old, new = _versions(seed)
    library.articles.save(old)
    lost = seed.text.index("has not taken")
    spans = [
        (0, 6),
        (lost, lost + 40),
        (seed.text.index("reassurance"), seed.text.index("reassurance") + 17),
    ]
    library.notes.add(old.id, *(annotate(seed.text, span, highlight=1) for span in spans))
    return old, new


async def test_a_new_version_offers_both_and_carries_the_notes_over(
    library: Library, seed: Article, findings: Findings
) -> None:
    old, new = _kept(library, seed)
    async with at_desk(library, new, NONE, opening=Opening(earlier=old.id)) as at:
        prompts = [
            str(option.prompt) for option in at.pilot.app.screen.query_one(OptionList).options
        ]
        assert any("carry 3 notes over" in prompt for prompt in prompts)
        assert not any("another article" in prompt for prompt in prompts)
        said = await choose(at, "carry")
        assert "2 carried, 1 orphaned" in said
        await at.press("5")
        assert "ORPHANED" in row(at, "notes", 2)
        assert "has not taken these developments" in row(at, "notes", 2)
    assert len(library.notes.of(old.id)) == 3


async def test_an_orphan_is_placed_by_hand(library: Library, seed: Article) -> None:
    old, new = _kept(library, seed)
    async with at_desk(library, new, NONE, opening=Opening(earlier=old.id)) as at:
        await choose(at, "carry")
        await at.press("5", "end", "enter")
        assert "ORPHANED" in at.status
        place = new.text.index("has reacted sharply")
        at.select(place, place + 18)
        assert "placed on “has reacted sharply” · u undoes it" in await at.press("enter")
        assert "has reacted sharply" in {
            note.target.exact for note in at.session.reading.annotations
        }
        assert not any(note.is_orphan for note in at.session.reading.annotations)


async def test_the_version_that_the_reader_knows_is_opened(
    library: Library, seed: Article, findings: Findings
) -> None:
    old, new = _kept(library, seed)
    library.findings.save(old.id, findings)
    async with at_desk(library, new, NONE, opening=Opening(earlier=old.id)) as at:
        await choose(at, "Read the text of")
        await at.settle()
        assert at.session.reading.article.id == old.id
        assert len(at.session.reading.annotations) == 3


async def test_what_changed_shows_quotes_first(
    library: Library, seed: Article, findings: Findings
) -> None:
    from pullquote.analysis.pipeline import analyse

    old, new = _kept(library, seed)
    library.findings.save(old.id, findings)
    async with at_desk(library, new, analyse(new.text)) as at:
        await at.press("D")
        await choose(at, "What changed")
        await at.settle()
        shown = [str(one.content) for one in at.pilot.app.screen.query(Static)]
        assert shown.index("Quotes 1") < shown.index("Text 3")
        assert any("legitimate targets" in line and "Zakharova" in line for line in shown)


async def test_a_file_that_now_holds_another_article_is_kept_apart(
    library: Library, seed: Article
) -> None:
    library.articles.save(seed, origin="/tmp/a.txt")
    other = Article(text="Something else altogether.", title="Else")
    library.articles.save(other, origin="/tmp/a.txt")
    assert library.works.earlier(other.id) == seed.id
    async with at_desk(
        library, other, NONE, opening=Opening(earlier=seed.id, same_place=True)
    ) as at:
        await choose(at, "another article")
    assert library.works.earlier(other.id) is None
    assert len(library.works.versions(other.id)) == 1


async def test_the_question_comes_again_after_a_look_at_what_changed_and_can_be_answered_later(
    library: Library, seed: Article, findings: Findings
) -> None:
    old, new = _kept(library, seed)
    async with at_desk(library, new, NONE, opening=Opening(earlier=old.id)) as at:
        await choose(at, "See what changed")
        await at.press("escape")
        assert "carry 3 notes over" in str(at.app.screen.query_one(OptionList).options[0].prompt)
        assert "3 notes not carried over yet: D" in await at.press("escape")
        assert undecided(library, new.id) == old.id
        await at.press("D")
        await choose(at, "What changed")
        await at.press("escape")
        assert "2 carried, 1 orphaned" in await choose(at, "Carry 3 notes over")
    assert undecided(library, new.id) is None


def test_nothing_is_undecided_about_a_first_version_or_one_told_apart(
    library: Library, seed: Article
) -> None:
    assert undecided(library, seed.id) is None
    library.articles.save(seed, origin="/tmp/a.txt")
    library.notes.add(seed.id, annotate(seed.text, (0, 6), highlight=1))
    other = Article(text="Something else altogether.", title="Else")
    library.articles.save(other, origin="/tmp/a.txt")
    assert undecided(library, other.id) == seed.id
    library.works.unlink(other.id)
    assert undecided(library, other.id) is None


def _refreshed(library: Library) -> Article:
    """The earlier version of an article that was fetched again."""
    with served() as site:
        site.pages["/news/a"] = page("Talks go on")
        old = article(f"{site.address}/news/a", Settings(), library)
        site.pages["/news/a"] = page("Talks go on", (*PARAGRAPHS[:2], "They have ended since."))
        refresh(library, library.originals.known()[0], 99_999, 99_999)
        return old


async def test_what_a_refresh_brought_is_shown_by_the_version_before(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    old = await asyncio.to_thread(_refreshed, library)
    async with at_desk(library, old, NONE) as at:
        await at.press("D")
        prompts = [str(one.prompt) for one in at.app.screen.query_one(OptionList).options]
        assert [("after this one" in one, "Open it" in one) for one in prompts] == [
            (True, False),
            (False, True),
        ]
        await choose(at, "What changed")
        await at.settle()
        shown = [str(one.content) for one in at.pilot.app.screen.query(Static)]
        assert any("They have ended since." in line for line in shown)
