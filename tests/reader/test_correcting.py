"""The reader puts the machine right, by keys: what panes, status line and exports then say."""

import msgspec
from textual.widgets import OptionList

from pullquote.findings import Actor, ActorKind, Findings
from pullquote.formats import export
from pullquote.library.store import Library
from pullquote.settings import Settings
from tests.reader.conftest import Desk, Open, at_desk
from tests.reader.test_reader import _told


async def choose(at: Desk, words: str) -> str:
    """Choose from the dialog that is open the option that has these words in it."""
    options = at.pilot.app.screen.query_one(OptionList)
    prompts = [str(options.get_option_at_index(i).prompt) for i in range(options.option_count)]
    options.highlighted = next(i for i, prompt in enumerate(prompts) if words in prompt)
    return await at.press("enter")


def row(at: Desk, pane: str, number: int) -> str:
    return str(at.pane(pane).get_option_at_index(number).prompt)


async def test_another_speaker_is_shown_in_all_that_follows_and_marked_as_the_readers(
    desk: Open,
) -> None:
    async with desk() as at:
        await at.press("3", "escape", "n", "e", "1")
        said = await choose(at, "Emmanuel Macron")
        assert "corrected “legitimate targets” · speaker: Emmanuel Macron · u undoes it" in said
        assert "✎" in row(at, "quotes", 0)
        assert "Emmanuel Macron" in row(at, "quotes", 0)
        csv = str(export([at.session.reading], "text", Settings()))
        assert "[quote 1: Emmanuel Macron" in csv
        await at.press("u")
        assert "Maria Zakharova" in row(at, "quotes", 0)
        assert "✎" not in row(at, "quotes", 0)


async def test_what_is_no_claim_goes_and_comes_back_when_undone(desk: Open) -> None:
    async with desk() as at:
        count = len(at.pane("claims").rows)
        await at.press("c", "e")
        assert "… Ukraine” · no claim" in await choose(at, "No claim")
        assert len(at.pane("claims").rows) == count - 1
        await at.press("u")
        assert len(at.pane("claims").rows) == count


async def test_the_extent_grows_and_shrinks_by_word(desk: Open) -> None:
    async with desk() as at:
        await at.press("c", "e")
        before = at.focused
        assert "by a word" in await choose(at, "Another extent")
        await at.press("left_square_bracket", "left_square_bracket")
        said = await at.press("enter")
        assert "· extent ·" in said
        after = at.pane("claims").rows[0].what
        assert isinstance(after, str)
        assert before.startswith(after)
        assert len(after.split()) == len(before.split()) - 2


async def test_kind_sourcing_and_commitment_are_chosen_from_their_words(desk: Open) -> None:
    async with desk() as at:
        await at.press("w", "e")
        await choose(at, "Another kind")
        assert "kind: ultimatum" in await choose(at, "ultimatum")
        assert "ultimatum" in row(at, "warnings", 0)
        await at.press("c", "c", "e")
        await choose(at, "Another kind of source")
        await choose(at, "anonymous")
        assert "✎" in row(at, "claims", 2)
        assert "kind of source: anonymous" in at.status


async def test_the_speaker_may_be_selected_in_the_text(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "e")
        assert "who says it?" in await choose(at, "in the text")
        text = at.session.reading.article.text
        place = text.index("Western soldiers")
        at.session.extend(place)
        await at.press("l", "h", "v", "w", "w")
        assert "said by Western soldiers" in await at.press("enter")
        quotes = at.session.reading.findings.quotes
        assert at.session.reading.findings.actor(quotes[0].speaker).name == "Western soldiers"


async def test_two_actors_that_are_one_are_merged_and_one_that_is_two_is_split(desk: Open) -> None:
    async with desk() as at:
        count = len(at.session.reading.findings.actors)
        await at.press("a", "e")
        first = at.session.reading.findings.actor(at.session.current.actor).name
        await choose(at, "The same as")
        said = await choose(at, "United Kingdom")
        assert "the same as" in said
        assert len(at.session.reading.findings.actors) == count - 1
        await at.press("u")
        assert len(at.session.reading.findings.actors) == count
        assert first in {actor.name for actor in at.session.reading.findings.actors}
        at.session.go(0)
        await at.press("n", "asterisk", "e")  # "Her", of Maria Zakharova
        await choose(at, "split")
        await at.press("enter", *"X", "enter")
        assert len(at.session.reading.findings.actors) == count + 1


async def test_an_unnamed_actor_gets_a_name(desk: Open) -> None:
    async with desk() as at:
        await at.press("4", "escape")
        unnamed = next(
            actor for actor in at.session.reading.findings.actors if actor.kind == "unnamed"
        )
        mark = next(m for m in at.session.marks.every["actor"] if m.actor == unnamed.id)
        at.session.go(mark.start, mark.spans, mark)
        await at.press("e", "1", "ctrl+u", *"Ann", "space", *"Lee", "enter")
        assert "called Ann Lee" in at.status
        assert at.session.reading.findings.actor(unnamed.id).name == "Ann Lee"


async def test_a_claim_that_was_missed_is_added_from_a_selection(desk: Open) -> None:
    async with desk() as at:
        count = len(at.pane("claims").rows)
        text = at.session.reading.article.text
        place = text.index("the stakes have never been higher")
        at.select(place, place + 32)
        await at.press("e")
        await choose(at, "A claim")
        assert "claim added, by nobody named · u undoes it" in await choose(at, "nobody named")
        assert len(at.pane("claims").rows) == count + 1
        assert at.pane("claims").rows[-1].what == "the stakes have never been higher"
        assert "✎" in row(at, "claims", count)


async def test_a_correction_that_fits_nothing_is_saved_and_said_to_be_a_conflict(
    desk: Open, findings: Findings
) -> None:
    """Two claims on the same words: a correction names its finding by place, and fits neither."""
    first, *others = findings.claims
    twins = (first, first, *others)
    found = msgspec.structs.replace(findings, claims=twins)
    async with desk(findings=found, size=(80, 24)) as at:
        await at.press("c", "e")
        said = await choose(at, "No claim")
        assert "a conflict: it fits no finding · 5 lists it · u undoes it" in said
        assert len(at.session.reading.conflicts) == 1


async def test_a_correction_whose_finding_is_gone_is_a_conflict_and_kept(
    desk: Open, library
) -> None:  # type: ignore[no-untyped-def]
    async with desk() as at:
        await at.press("c", "e")
        await choose(at, "It is right")
        found = at.session.reading.machine
    changed = msgspec.structs.replace(found, claims=found.claims[1:])
    async with desk(findings=changed) as at:
        await at.press("5", "escape")
        assert "CONFLICT" in row(at, "notes", 0)
        assert at.session.reading.findings.claims == changed.claims


async def test_a_confirmation_vouches_for_what_was_seen_and_for_nothing_else(desk: Open) -> None:
    async with desk(size=(160, 45)) as at:
        await at.press("n", "e")
        await choose(at, "It is right")
        assert "✓" in at.status
        found = at.session.reading.machine
    other = next(actor.id for actor in found.actors if actor.id != found.quotes[0].speaker)
    quotes = (msgspec.structs.replace(found.quotes[0], speaker=other), *found.quotes[1:])
    async with desk(findings=msgspec.structs.replace(found, quotes=quotes)) as at:
        assert len(at.session.reading.conflicts) == 1


async def test_the_last_act_is_repeated_on_the_next_target(desk: Open) -> None:
    async with desk(size=(160, 45)) as at:
        await at.press("c", "e")
        await choose(at, "It is right")
        await at.press("full_stop", "full_stop")
        assert [one.rule for one in at.session.reading.findings.claims[:4]] == ["confirmed"] * 3 + [
            at.session.reading.machine.claims[3].rule
        ]
        await at.press("n", "full_stop")  # somewhere else: there
        assert "✓" in at.status


async def test_a_highlight_is_repeated_sentence_by_sentence(desk: Open) -> None:
    async with desk() as at:
        await at.press("right_curly_bracket", "h", "2", "full_stop")
        assert [highlight for _, highlight, _, _ in at.notes()] == [2, 2]
        assert len({exact for exact, *_ in at.notes()}) == 2


async def test_in_a_pane_an_act_applies_to_the_row_and_the_text_follows(desk: Open) -> None:
    async with desk() as at:
        await at.press("n", "1", "home", "p")  # the first row, though the reader was on a quote
        assert "Why this claim?" in str(at.pilot.app.screen.query_one("Vertical").border_title)
        await at.press("escape", "j", "j")
        assert at.focused.startswith("British officials")
        assert at.pane("claims").has_focus
        await at.press("e")
        await choose(at, "No claim")
        assert not any("British officials" in str(one.what) for one in at.pane("claims").rows)


async def test_why_tells_what_was_put_right(desk: Open) -> None:
    from textual.widgets import Static

    async with desk() as at:
        await at.press("n", "e", "1")
        await choose(at, "Emmanuel Macron")
        await at.press("p")
        shown = " ".join(str(one.content) for one in at.pilot.app.screen.query(Static))
        assert "The quote here is by “Emmanuel Macron”" in shown
        assert "as you corrected it" in shown


async def test_a_correction_that_does_not_fit_is_said_to_be_a_conflict(library: Library) -> None:
    """Two actors are mentioned at the one place, so that it names neither."""
    article, found = _told()
    both = Actor(id="a9", name="Cy", kind=ActorKind.PERSON, mentions=((44, 47),))
    found = msgspec.structs.replace(found, actors=(*found.actors, both))
    async with at_desk(library, article, found) as at:
        await at.press("n", "e", "1")
        assert "it fits no finding" in await choose(at, "Cy")
        assert len(at.session.reading.conflicts) == 1
        await at.press("u")
        assert not at.session.reading.conflicts
