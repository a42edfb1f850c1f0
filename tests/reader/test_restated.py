"""The same claim in other articles: a sign on the claim, both side by side, the way there and back."""

import msgspec
import pytest

from pullquote.library.relating import is_waiting, relate
from pullquote.library.store import Library
from pullquote.reader.comparing import SideBySide
from pullquote.reader.guarded import Guarded
from pullquote.reader.idle import Idle
from pullquote.settings import Settings
from tests.claims import AGAIN, DENIED, RAISED, SAME, UNNAMED, saved
from tests.reader.conftest import NARROW, WIDE, at_desk


@pytest.fixture
def related(library: Library) -> Library:
    saved(library, RAISED, SAME, AGAIN)
    relate(library.database)
    return library


async def test_a_claim_made_elsewhere_has_a_sign_and_its_card_says_how(related: Library) -> None:
    async with at_desk(related, *RAISED) as at:
        assert "≈ 2 elsewhere (Q)" in await at.press("c")
        words = (
            "2 articles: same statement · similar, 2 metres here, 3 metres there, anonymous there"
        )
        assert ("elsewhere", words) in at.pane("claims").rows[0].details()


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_both_stand_side_by_side_and_the_way_leads_there_and_back(
    related: Library, size: tuple[int, int]
) -> None:
    async with at_desk(related, *RAISED, size=size, settings=Settings()) as at:
        await at.press("c")
        await at.press("Q")
        assert isinstance(at.app.screen, SideBySide)
        await at.press("j")
        assert any("There:" in row and "sources" in row for row in at.rows)
        how = next(row for row in at.rows if "named" in row and "anonymous" in row)
        assert how.count("· said") == 2  # the cue here, and the one there
        await at.press("enter")
        assert at.session.reading.article.id == AGAIN[0].id
        await at.press("ctrl+o")
        assert at.session.reading.article.id == RAISED[0].id


async def test_a_denial_there_is_a_question(library: Library) -> None:
    saved(library, RAISED, DENIED)
    relate(library.database)
    async with at_desk(library, *RAISED) as at:
        await at.press("c")
        await at.press("Q")
        assert any("denied by one of the two?" in row for row in at.rows)


async def test_a_cue_that_says_how_firmly_is_told_once(library: Library) -> None:
    article, found = DENIED
    claims = tuple(msgspec.structs.replace(one, cue="denied") for one in found.claims)
    saved(library, RAISED, (article, msgspec.structs.replace(found, claims=claims)))
    relate(library.database)
    async with at_desk(library, *RAISED) as at:
        await at.press("c")
        await at.press("Q")
        assert sum(row.count("· denied") for row in at.rows) == 1


async def test_claims_are_compared_while_nobody_presses_a_key(library: Library) -> None:
    saved(library, RAISED, SAME)
    told = list[str]()
    await Idle(Guarded(library), "no_such_model", lambda: False, lambda: told.append("")).work()
    assert told
    assert not is_waiting(library.database)
    assert library.restated.of(RAISED[0].id)


async def test_a_verdict_is_offered_for_the_same_statement_and_given_by_one_key(
    related: Library,
) -> None:
    async with at_desk(related, *RAISED, settings=Settings()) as at:
        await at.press("c")
        assert "r gives one" in await at.press("Z")
        await at.press("r")
        await at.press("enter")
        first = Settings().verdicts[0]
        assert "Z gives it to 1 elsewhere" in at.session.said
        assert not related.notes.of(SAME[0].id)
        assert "given in 1 other article" in await at.press("Z")
        (note,) = related.notes.of(SAME[0].id)
        assert note.verdict == first
        assert not related.notes.of(AGAIN[0].id)
        assert "nowhere else, or has a verdict" in await at.press("Z")
        related.notes.undo(SAME[0].id)
        assert not related.notes.of(SAME[0].id)


async def test_the_story_lists_the_other_articles_and_leads_there(related: Library) -> None:
    async with at_desk(related, *RAISED, settings=Settings()) as at:
        await at.press("&")
        assert any("three.example" in row and "On three.example" in row for row in at.rows)
        await at.press("escape")
        assert at.session.reading.article.id == RAISED[0].id


async def test_the_story_says_who_is_quoted_where_and_whose_source_is_named_there(
    related: Library,
) -> None:
    async with at_desk(related, *UNNAMED, settings=Settings()) as at:
        await at.press("&")
        rows = [row.replace("│", " ").strip() for row in at.rows]
        there = next(n for n, row in enumerate(rows) if "three.example" in row)
        assert rows[there + 1].startswith("quoted: Ada Quist 1")
        assert any(row.startswith("named there: Ada Quist: ") for row in rows)
        await at.press("escape")


async def test_who_is_anonymous_here_and_named_there_is_told(related: Library) -> None:
    async with at_desk(related, *AGAIN) as at:
        await at.press("c")
        assert any(
            "Ada Quist named there" in words and "anonymous there" not in words
            for _, words in at.pane("claims").rows[0].details()
        )
