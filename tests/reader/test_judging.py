"""Checking claims by keys: verdicts, evidence, what is still open, which claims are shown."""

from textual.widgets import OptionList, Static

from pullquote.kinds.verdicts import badge_of
from pullquote.reader import styling
from pullquote.settings import Settings
from tests.reader.conftest import Desk, Open
from tests.reader.test_correcting import row


async def test_a_digit_gives_the_verdict_and_a_key_goes_to_the_next_open_claim(desk: Open) -> None:
    async with desk() as at:
        count = len(at.pane("claims").rows)
        await at.press("c", "r")
        said = await at.press("3")
        assert (
            f"verdict half true on “France and the … Ukraine” · {count - 1} open, R goes on" in said
        )
        assert "≈ half true" in row(at, "claims", 0)
        assert f"{count - 1} open" in at.title("claims")
        assert "claim 2/" in await at.press("R")
        await at.press("full_stop")
        assert "≈ half true" in row(at, "claims", 1)
        assert f"claim 1/{count}" in await at.press("g", "c")
        assert "claim 3/" in await at.press("R")


async def test_the_note_on_a_verdict_is_read_as_markdown_beside_its_claim(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "r", "1", "i", *"**so** it is", "f2")
        (row, *_) = at.pane("claims").rows
        notes = [words for heading, words in row.details() if heading == "note"]
        assert ["".join(part for part, _ in words) for words in notes] == ["so it is"]
        assert ("so", "bold") in notes[0]


async def test_every_dialog_names_the_words_that_it_is_about(desk: Open) -> None:
    async with desk() as at:
        await at.press("n")
        for key in "hite":
            await at.press(key)
            title = at.pilot.app.screen.query_one("Dialog > Vertical").border_title
            assert "“legitimate targets”" in str(title), key
            await at.press("escape")


async def test_undo_says_what_it_undid_on_which_words(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "t", *"war", "enter", "c", "r", "3")
        assert "undone: verdict half true on “" in await at.press("u")
        assert "undone: tag #war on “legitimate targets”" in await at.press("u")
        assert "redone: tag #war on “legitimate targets”" in await at.press("ctrl+r")


async def test_a_verdict_has_a_note_and_links_and_is_taken_away(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "r", "5")
        await at.press("i", *"no", "f2")
        await at.press("l", *"example.org", "enter")
        assert "an address begins with https://" in str(
            at.pilot.app.screen.query_one(".message").content
        )
        await at.press(
            "ctrl+u", *"https://e.org/a", "enter", *"Title", "enter", *"words", "enter", "enter"
        )
        (note,) = at.session.reading.annotations
        assert (note.verdict, note.comment) == ("false", "no")
        assert [(one.url, one.title, one.quote) for one in note.evidence] == [
            ("https://e.org/a", "Title", "words")
        ]
        assert "✗ false +1" in row(at, "claims", 0)
        await at.press("p")
        shown = " ".join(str(one.content) for one in at.pilot.app.screen.query(Static))
        assert "Title https://e.org/a “words”" in shown
        await at.press("escape")
        await at.press("r", "8")
        assert "… open +1" in row(at, "claims", 0)


async def test_the_scale_is_the_readers_own(desk: Open) -> None:
    async with desk(settings=Settings(verdicts=("yes", "no"), verdicts_unrated=())) as at:
        await at.press("c", "r", "2")
        assert at.session.reading.annotations[0].verdict == "no"


async def _sift(at: Desk, *values: str) -> None:
    await at.press("S")
    options = at.pilot.app.screen.query_one(OptionList)
    for index, option in enumerate(options.options):
        if str(option.prompt).split(maxsplit=2)[2] in values:
            options.highlighted = index
            await at.press("space")
    await at.press("escape")


async def test_claims_are_sifted_by_sourcing_commitment_and_verdict(desk: Open) -> None:
    async with desk() as at:
        count = len(at.pane("claims").rows)
        await at.press("c", "r", "1")
        await _sift(at, "true")
        assert len(at.pane("claims").rows) == 1
        assert "only true (F: all)" in at.status
        await at.press("F")
        assert len(at.pane("claims").rows) == count
        await _sift(at, "named", "insisted")
        assert 0 < len(at.pane("claims").rows) < count
        assert all("named" in one.word and "insisted" in one.word for one in at.pane("claims").rows)


async def test_without_a_claim_here_the_way_to_one_is_told(desk: Open) -> None:
    async with desk() as at:
        assert "no claim here" in await at.press("G", "r")


async def test_what_is_shown_is_said_when_claims_are_sifted_in_the_place_of_what_was_said_before(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("f", "1", "F")
        await _sift(at, "institution")
        count = len(at.pane("claims").rows)
        assert f"shown: {count} claim" in at.status
        assert "everyone" not in at.status


def test_a_verdict_has_the_same_sign_at_its_line_as_in_the_panes() -> None:
    settings = Settings()
    for verdict in (*settings.verdicts, *settings.verdicts_unrated):
        sign, _ = styling.badge(verdict, settings.verdicts)
        assert badge_of(verdict).words == f"{sign} {verdict}"
