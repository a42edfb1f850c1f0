"""The page of a voice, from any mention: what it said, who it is, and what the reader says of it."""

import pytest
from textual.widgets import Input

from pullquote.library.store import Library
from pullquote.reader.voice_list import VoicesScreen
from pullquote.reader.voice_page import VoiceScreen
from pullquote.reader.voice_rows import head_line
from tests.library.test_said import add, doubt
from tests.library.test_voices import person, read
from tests.reader.conftest import NARROW, WIDE, Desk, Open

SPEAKER = "Maria Zakharova"


@pytest.fixture
def paper(library: Library) -> Library:
    add(library, "Herald", "2016-08-03", (SPEAKER, "The [b]bridge[/b] is closed for good", True))
    add(
        library,
        "Post",
        "2016-10-01",
        (SPEAKER, "It stays closed", False),
        ("Ada Quist", "No", False),
    )
    read(library, "One.", person("Mariya Zakharova"))
    return library


async def open_page(at: Desk) -> None:
    """Go to the first quote of hers, and to her page."""
    while at.session.actor_here() is None or SPEAKER not in at.status:
        await at.press("n")
    await at.press("@")
    await at.settle()


@pytest.mark.parametrize("size", [NARROW, WIDE, (160, 45)])
async def test_a_key_leads_from_a_quote_to_all_that_its_speaker_said(
    desk: Open, paper: Library, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        await open_page(at)
        assert isinstance(at.app.screen, VoiceScreen)
        assert at.rows[0].strip().startswith(SPEAKER)
        page = "\n".join(at.rows)
        assert page.index("It stays closed") < page.index("The [b]bridge[/b] is closed")
        assert "2016-08" in page
        assert "3 articles, 3 quotes and claims" in at.rows[0]


async def test_what_may_be_said_by_somebody_else_has_a_name_with_a_question_mark(
    desk: Open, paper: Library
) -> None:
    doubt(paper, paper.titled("post", 1)[0][0])
    async with desk(size=WIDE) as at:
        await open_page(at)
        doubted = [row for row in at.rows if f"{SPEAKER}?" in row]
        assert len(doubted) == 1
        assert "2016-10-01" in doubted[0]


async def test_what_is_not_indexed_yet_is_told_on_the_page_and_in_the_list(
    desk: Open, paper: Library
) -> None:
    async with desk(size=WIDE) as at:
        with paper.database.transaction() as db:
            db.executemany("INSERT INTO stale VALUES (?)", [(one,) for one in range(900, 960)])
        await open_page(at)
        assert any("60 articles are still being indexed · 3 newest" in row for row in at.rows)
        await at.press("f6")
        await at.pilot.pause(0.3)
        assert "60 articles are still being indexed" in at.rows[0]


def test_what_was_said_once_is_counted_as_one(paper: Library) -> None:
    page = paper.voices.page(paper.voices.named("Ada Quist")[0].number)
    assert page is not None
    assert "1 article, 1 quote or claim · " in str(head_line(page))


async def test_typing_filters_it_and_enter_goes_there_and_ctrl_o_back(
    desk: Open, paper: Library
) -> None:
    async with desk(size=WIDE) as at:
        await open_page(at)
        first = at.session.reading.article.id
        await at.press(*"bridge")
        await at.pilot.pause(0.2)
        page = "\n".join(at.rows)
        assert "It stays closed" not in page
        await at.press("enter")
        await at.settle()
        assert at.session.reading.article.site == "Herald"
        await at.press("ctrl+o")
        await at.settle()
        assert at.session.reading.article.id == first


async def test_who_somebody_is_is_said_and_undone_on_the_page(desk: Open, paper: Library) -> None:
    async with desk(size=WIDE) as at:
        await open_page(at)
        before = paper.voices.named(SPEAKER)[0].articles
        await at.press("f3")
        at.app.screen.query_one(Input).value = "Mariya Zakharova"
        await at.press("enter")
        await at.pilot.pause(0.2)
        assert paper.voices.named(SPEAKER)[0].articles == before + 1
        assert "merged Mariya Zakharova" in at.rows[-1]
        await at.press("ctrl+z")
        await at.pilot.pause(0.2)
        assert paper.voices.named(SPEAKER)[0].articles == before
        await at.press("f4", "2", *"spokeswoman", "enter")
        await at.pilot.pause(0.2)
        assert "spokeswoman" in at.rows[0]
        await at.press("f4", "3", *"nowhere", "enter")
        assert any("is no link" in row for row in at.rows)


async def test_who_is_meant_in_an_article_is_another(desk: Open, paper: Library) -> None:
    async with desk(size=WIDE) as at:
        await open_page(at)
        await at.press("down", "delete")
        await at.pilot.pause(0.2)
        assert len(paper.voices.named(SPEAKER)) == 2


async def test_a_claim_is_given_a_verdict_that_its_article_has(desk: Open, paper: Library) -> None:
    async with desk(size=WIDE) as at:
        await open_page(at)
        await at.press(*"legitimate kind:claim")
        await at.pilot.pause(0.3)
        await at.press("f7")
        await at.pilot.pause(0.2)
        await at.press("1")
        await at.pilot.pause(0.3)
        assert "verdict" in at.rows[-1]
        await at.press("escape")
        await at.settle()
        assert [note.verdict for note in at.session.reading.annotations] == ["true"]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_note_is_written_on_the_page_and_undone_there(
    desk: Open, paper: Library, size: tuple[int, int]
) -> None:
    async with desk(size=size) as at:
        await open_page(at)
        assert "F5 note" in at.rows[-1]
        await at.press(*"bridge", "down", "f5", *"really?", "ctrl+s")
        await at.pilot.pause(0.3)
        assert "note on “The [b]bridge[/b] is closed for good”" in at.rows[-1]
        assert any("note  really?" in row for row in at.rows)
        await at.press("ctrl+z")
        await at.pilot.pause(0.3)
        assert "undone: note “really?”" in at.rows[-1]
        assert not any("really?" in row for row in at.rows[:-1])
        await at.press("ctrl+y")
        await at.pilot.pause(0.3)
        await at.press("enter")
        await at.settle()
        assert [note.comment for note in at.session.reading.annotations] == ["really?"]


async def test_acts_on_the_page_are_undone_in_their_order(desk: Open, paper: Library) -> None:
    """A name given, a note, a verdict: the last first, whichever log has it."""
    async with desk(size=WIDE) as at:
        await open_page(at)
        await at.press("f4", "2", *"spokeswoman", "enter")
        await at.pilot.pause(0.2)
        await at.press(*"legitimate kind:claim")
        await at.pilot.pause(0.3)
        await at.press("f5", *"why?", "ctrl+s")
        await at.pilot.pause(0.3)
        await at.press("f7", "1")
        await at.pilot.pause(0.3)
        undone = []
        for _ in range(4):
            await at.press("ctrl+z")
            await at.pilot.pause(0.3)
            undone.append(at.rows[-1].strip())
        assert [one[:15] for one in undone[:2]] == ["undone: verdict", "undone: note “w"]
        assert "spokeswoman" in undone[2]
        assert undone[3] == "nothing to undo"


async def test_what_was_undone_last_is_done_again_first(desk: Open, paper: Library) -> None:
    """Also where the last was an act on voices from before the page was opened."""
    paper.voice_acts.describe(paper.voices.named(SPEAKER)[0].number, role="spokeswoman")
    async with desk(size=WIDE) as at:
        await open_page(at)
        await at.press(*"bridge", "down", "f5", *"why?", "ctrl+s")
        await at.pilot.pause(0.3)
        told = []
        for key in ("ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y", "ctrl+z"):
            await at.press(key)
            await at.pilot.pause(0.3)
            told.append(at.rows[-1].strip())
        assert "undone: note" in told[0]
        assert "undone: gave" in told[1]
        assert "redone: gave" in told[2]
        assert "redone: note" in told[3]
        assert "undone: note" in told[4]


async def test_whose_voice_a_surname_alone_is_the_reader_says(desk: Open, paper: Library) -> None:
    read(paper, "Quist came here.", person("Quist", ends=5))
    before = paper.voices.named("Ada Quist")[0].articles
    async with desk(size=WIDE) as at:
        await at.press("L", *"came here")
        await at.pilot.pause(0.2)
        await at.press("enter")
        await at.settle()
        await at.press("a", "@")
        await at.pilot.pause(0.2)
        assert "“Quist” has no voice: whose is it?" in at.rows[0]
        await at.press(*"ada quist")
        await at.pilot.pause(0.2)
        await at.press("enter")
        await at.pilot.pause(0.2)
        await at.press("1")
        await at.pilot.pause(0.3)
        assert isinstance(at.app.screen, VoiceScreen)
        assert paper.voices.named("Ada Quist")[0].articles == before + 1


async def test_from_the_library_a_voice_is_chosen_from_a_list(desk: Open, paper: Library) -> None:
    async with desk(size=WIDE) as at:
        await at.press("L", "f6")
        await at.pilot.pause(0.2)
        assert isinstance(at.app.screen, VoicesScreen)
        await at.press(*"quist")
        await at.pilot.pause(0.2)
        await at.press("enter")
        await at.pilot.pause(0.2)
        assert isinstance(at.app.screen, VoiceScreen)
        assert at.rows[0].strip().startswith("Ada Quist")
        await at.press("down", "enter")
        await at.settle()
        assert at.session.reading.article.site == "Post"


async def test_what_may_be_one_is_decided_in_the_list(desk: Open, paper: Library) -> None:
    read(paper, "Five.", person("Timothy Rask"))
    read(paper, "Six.", person("Tim Rask"))
    async with desk(size=WIDE) as at:
        await open_page(at)
        await at.press("f6", "f3")
        await at.pilot.pause(0.2)
        assert any("Timothy Rask (1) = Tim Rask (1)" in row for row in at.rows)
        await at.press("delete")
        await at.pilot.pause(0.2)
        assert not paper.voices.proposals()
        await at.press("ctrl+z")
        await at.pilot.pause(0.2)
        await at.press("enter")
        await at.pilot.pause(0.2)
        assert paper.voices.named("Tim Rask")[0].articles == 2
