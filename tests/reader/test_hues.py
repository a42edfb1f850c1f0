"""Who has which hue: those who say most, and the same while the article is read."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from pullquote.article import Article
from pullquote.findings import (
    Actor,
    ActorKind,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Findings,
    Sourcing,
    Stance,
)
from pullquote.notes.reading import Reading
from pullquote.reader.filters import Filters, VisibleMarks
from pullquote.reader.hues import HUES, hues
from tests.reader.conftest import Open


def _found(said: Iterable[int], unnamed: Iterable[int] = ()) -> Findings:
    """Findings in which the actor a1 has as many claims as `said` has first, and so on."""
    actors = tuple(
        Actor(
            id=f"a{number}",
            name=f"Speaker {number}",
            kind=ActorKind.UNNAMED if number in set(unnamed) else ActorKind.PERSON,
            mentions=((number * 10, number * 10 + 5),),
        )
        for number, _ in enumerate(said, 1)
    )
    claims = tuple(
        Claim(
            content=((0, 1),),
            sourcing=Sourcing.NAMED,
            commitment=Commitment.ASSERTED,
            speaker=f"a{number}",
        )
        for number, count in enumerate(said, 1)
        for _ in range(count)
    )
    return Findings(analyser="none", actors=actors, claims=claims)


def test_the_six_who_say_most_have_hues_and_the_others_who_speak_are_grey() -> None:
    who = hues(_found([1, 9, 2, 8, 3, 7, 4, 0]))
    assert who.of == {"a2": 1, "a4": 2, "a6": 3, "a7": 4, "a5": 5, "a3": 6}
    assert who.style("a2") == "bold $speaker-1"
    assert who.style("a1") == "bold $speaker-other"
    assert who.style("a8") == ""
    assert not who.speaks("a8")


def test_the_unnamed_are_grey_and_italic_however_much_they_say() -> None:
    who = hues(_found([9, 1], unnamed=[1]))
    assert who.of == {"a2": 1}
    assert who.style("a1") == who.style(None) == "bold italic $speaker-other"


def test_a_group_that_only_an_office_vouches_for_is_unnamed_too() -> None:
    found = _found([9, 1, 1])
    first, second, third = (
        msgspec.structs.replace(one, kind=ActorKind.GROUP) for one in found.actors
    )
    claims = tuple(
        msgspec.structs.replace(one, sourcing=Sourcing.OFFICIAL)
        if one.speaker in {"a1", "a2"}
        else one
        for one in found.claims
    )
    named_once = msgspec.structs.replace(claims[-2], sourcing=Sourcing.INSTITUTION)
    found = msgspec.structs.replace(
        found, actors=(first, second, third), claims=(*claims, named_once)
    )
    assert hues(found).unnamed == {"a1"}
    assert set(hues(found).of) == {"a2", "a3"}


def test_thoughts_and_wishes_give_no_hue() -> None:
    thought = Attribution(
        id="t1",
        source=(),
        cue=(),
        content=(),
        kind=AttributionKind.INDIRECT,
        stance=Stance.THOUGHT,
        speaker="a1",
    )
    found = _found([1])
    (claim,) = found.claims
    claims = (msgspec.structs.replace(claim, attribution="t1"),)
    assert not hues(msgspec.structs.replace(found, claims=claims, attributions=(thought,))).of


def test_a_speaker_keeps_the_hue_while_the_analysis_goes_on_and_numbers_actors_anew() -> None:
    was = _found([3, 2])
    before = hues(was)
    now = _found([3, 9, 5, 1, 1, 1, 1])
    names = {actor.id: f"b{number}" for number, actor in enumerate(now.actors)}
    actors = tuple(msgspec.structs.replace(one, id=names[one.id]) for one in now.actors)
    claims = tuple(
        msgspec.structs.replace(one, speaker=names[one.speaker or ""]) for one in now.claims
    )
    after = hues(msgspec.structs.replace(now, actors=actors, claims=claims), (was, before))
    assert after.of["b0"] == before.of["a1"]
    assert after.of["b1"] == before.of["a2"]
    assert sorted(after.of.values()) == list(range(1, HUES + 1))


def test_one_of_two_who_say_as_much_stays_among_the_six_where_they_were() -> None:
    was = _found([0, 2, 2, 2, 2, 2, 1])
    before = hues(was)
    now = _found([1, 2, 2, 2, 2, 2, 1])
    assert hues(now).of.keys() == {"a1", "a2", "a3", "a4", "a5", "a6"}
    assert hues(now, (was, before)).of == before.of


async def test_a_corrected_speaker_leaves_the_hues_of_the_others(desk: Open) -> None:
    async with desk() as at:
        before = at.session.marks.hues
        await at.press("n", "e", "1", "down", "enter")
        kept = at.session.marks.hues.of.items() & before.of.items()
        assert len(kept) >= len(before.of) - 1


def test_who_lost_a_hue_to_a_correction_has_it_again_when_that_is_undone() -> None:
    article, machine = Article(text="x" * 99), _found([9, 8, 7, 6, 5, 4, 4])
    claims = [replace(one, speaker="a1") if one.speaker == "a6" else one for one in machine.claims]
    corrected = replace(machine, claims=tuple(claims))
    shown, seen = None, []
    for found in (machine, corrected, machine):
        shown = VisibleMarks(Reading(article, found, (), machine), Filters(), shown)
        seen.append(dict(shown.hues.of))
    assert "a7" not in seen[0]
    assert "a7" in seen[1]
    assert seen[2] == seen[0]
