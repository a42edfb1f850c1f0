"""What is read changes under the reader's hands: the analysis goes on, saving fails, filters hide.

An act is done to what the reader was asked about, or it is said that there is no such thing; a
place gone back to is looked for anew.
"""

from typing import Any

import msgspec
import pytest

from pullquote.article import Article
from pullquote.findings import FindingKind, Findings
from pullquote.library.store import Library
from pullquote.notes.annotations import Edit
from pullquote.notes.corrections import Asks, offered
from pullquote.notes.reading import derived
from pullquote.reader import searching
from pullquote.reader.acts import ASKING
from pullquote.reader.filters import OPEN, ClaimFilter, Filters
from pullquote.reader.guarded import Guarded
from pullquote.reader.questions import Question
from pullquote.reader.session import Session
from pullquote.settings import Settings
from tests.reader.test_guarded import locked
from tests.reader.test_session import Answers, ask, do, words


@pytest.fixture
def session(library: Library, seed: Article, findings: Findings) -> Session:
    library.articles.save(seed)
    return Session(derived(seed, findings, ()), Guarded(library), Settings())


def find(session: Session, findings: Findings) -> None:
    """The analysis goes on, and has found this."""
    session.renew(derived(session.reading.article, findings, session.reading.annotations))


def without(findings: Findings, session: Session) -> Findings:
    """Findings without the claims and actors up to the one that the reader is on."""
    assert session.current
    here = session.current.finding
    index = findings.of(here.finding).index(here) + 1
    return msgspec.structs.replace(
        findings, claims=findings.claims[index:], actors=findings.actors[index:]
    )


def numbered_anew(findings: Findings) -> Findings:
    """The same findings, with their actors in another order and under other ids."""
    new = {one.id: f"a{number}" for number, one in enumerate(reversed(findings.actors), 1)}
    replace = msgspec.structs.replace
    said = {
        name: tuple(replace(one, speaker=new.get(one.speaker)) for one in getattr(findings, name))
        for name in ("attributions", "quotes", "claims")
    }
    actors = tuple(replace(one, id=new[one.id]) for one in reversed(findings.actors))
    return replace(findings, actors=actors, **said)


class Meanwhile(Answers):
    """Answers, while the analysis goes on and has found these by each question in turn."""

    def __init__(self, session: Session, found: list[Findings], *answers: object) -> None:
        super().__init__(*answers)
        self._session, self._found = session, found

    async def __call__(self, question: Question[Any]) -> Any:
        find(self._session, self._found.pop(0))
        return await super().__call__(question)


def choice(kind: FindingKind, asks: Asks) -> int:
    """The number of the first correction of a kind for which this is asked."""
    return [spec.asks for spec in offered(kind)].index(asks)


def notes(session: Session) -> list[str]:
    """The words that the notes lie on."""
    return [note.target.exact for note in session.reading.annotations]


# --- the analysis goes on


def test_a_search_leads_back_though_what_the_reader_was_on_is_gone(
    session: Session, findings: Findings
) -> None:
    do(session, "claim.previous")
    cursor = session.position.cursor
    searching.begin(session)
    searching.seek(session, "war")
    find(session, msgspec.structs.replace(findings, claims=findings.claims[:1]))
    searching.end(session)
    assert session.position.cursor == cursor
    assert (session.current, session.position.focus) == (None, ())


@pytest.mark.parametrize("act", ["highlight", "verdict"])
async def test_an_act_is_done_to_what_was_asked_about(
    session: Session, findings: Findings, act: str
) -> None:
    do(session, "claim.next", "claim.next")
    here = words(session)
    await ASKING[act](session, Meanwhile(session, [without(findings, session)], 0))
    assert notes(session) == [here]


@pytest.mark.parametrize("kind", [kind for kind in FindingKind if kind is not FindingKind.REPLY])
async def test_what_is_gone_when_its_correction_is_chosen_is_said_to_be(
    session: Session, findings: Findings, kind: FindingKind
) -> None:
    do(session, f"{kind}.next")
    none = msgspec.structs.replace(findings, actors=(), quotes=(), claims=(), warnings=())
    said = await ASKING["correct"](session, Meanwhile(session, [none], 0))
    assert said == f"the analysis went on, and this {kind} is not found any more"
    assert not notes(session)


async def test_a_name_is_given_to_the_actor_whose_it_was_to_be(
    session: Session, findings: Findings
) -> None:
    do(session, "actor.next", "actor.next", "actor.next")
    assert session.current
    here = next(one.name for one in findings.actors if one.id == session.current.actor)
    for later in (numbered_anew(findings), without(findings, session)):
        find(session, findings)
        do(session, "text.start", "actor.next", "actor.next", "actor.next")
        number = choice(FindingKind.ACTOR, Asks.NAME)
        asker = Meanwhile(session, [findings, later], number, "Another")
        await ASKING["correct"](session, asker)
        (note,) = session.reading.annotations
        assert note.correction
        assert [one.exact for one in note.correction.of] == [here]
        await ask(session, "undo")


async def test_the_one_actor_shown_stays_the_one_whatever_the_number(
    session: Session, findings: Findings
) -> None:
    do(session, "quote.next")
    await ask(session, "filter.actor")
    shown = [mark.spans for mark in session.marks.of(FindingKind.CLAIM)]
    find(session, numbered_anew(findings))
    assert [mark.spans for mark in session.marks.of(FindingKind.CLAIM)] == shown
    find(session, msgspec.structs.replace(findings, actors=()))
    assert len(session.marks.of(FindingKind.CLAIM)) == len(findings.claims)


# --- saving fails


@pytest.mark.parametrize(
    ("act", "answer"), [("highlight", 0), ("verdict", 0), ("tag", ("war",)), ("note.write", "why?")]
)
async def test_what_failed_is_repeated_here_or_not_at_all(
    session: Session, library: Library, act: str, answer: object
) -> None:
    do(session, "claim.next")
    here = words(session)
    with locked(library):
        await ask(session, act, answer)
    assert not notes(session)
    await ask(session, "repeat")
    # what was typed stayed in its dialog, to be saved or dropped there
    assert notes(session) == ([] if act in ("tag", "note.write") else [here])


async def test_an_extent_left_as_it_was_is_said_to_be(session: Session) -> None:
    do(session, "claim.next")
    await ask(session, "correct", choice(FindingKind.CLAIM, Asks.EXTENT))
    await ask(session, "selecting.take")
    assert session.said == "this claim is as it was"
    assert not notes(session)


# --- filters hide what an act was done to, corrections remove it


async def test_the_next_open_claim_is_judged_where_judging_hides_this_one(session: Session) -> None:
    session.narrow(Filters(claims=ClaimFilter(verdict=frozenset({OPEN}))))
    here = [session.text[mark.start : mark.end] for mark in session.marks.open_claims()[:3]]
    do(session, "claim.next")
    await ask(session, "verdict", 0)
    await ask(session, "repeat")
    await ask(session, "repeat")
    assert notes(session) == here


async def test_the_next_claim_is_removed_as_the_one_before_was(session: Session) -> None:
    here = [mark.spans for mark in session.marks.of(FindingKind.CLAIM)]
    do(session, "claim.next")
    edits = [spec.edit for spec in offered(FindingKind.CLAIM)]
    await ask(session, "correct", edits.index(Edit.REJECT))
    await ask(session, "repeat")
    assert [mark.spans for mark in session.marks.of(FindingKind.CLAIM)] == here[2:]
