"""The voice of who is named here: all that it said in all articles, and whose it is."""

from functools import partial

from pullquote.analysis import analyser
from pullquote.findings import Actor
from pullquote.library.store import Library
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import Failed
from pullquote.reader.moving import arrive
from pullquote.reader.questions import Choose, FromVoices, ShowVoice
from pullquote.reader.session import Session


async def voice(session: Session, ask: Ask) -> str | None:
    """Show the voice of who is named or speaks here; where nobody is, choose one."""
    actor = _actor(session)
    number = await _own(session, actor) if actor else None
    if number is None:
        number = await _chosen(session, ask, actor)
    while number is not None:
        found = await ask(_page(session, number))
        if found is not None:
            _go(session, *found)
            return None
        if actor is not None:
            break
        number = await ask(FromVoices(session.library))
    await _read_notes(session)
    return None


async def _own(session: Session, actor: Actor) -> int | None:
    article = session.reading.article.id
    number = await session.library(lambda library: library.voices.here(article, actor.id))
    return None if isinstance(number, Failed) else number


def _actor(session: Session) -> Actor | None:
    found = session.reading.findings
    return found.actor(session.actor_here()) if found else None


def _page(session: Session, number: int) -> ShowVoice:
    settings = session.settings
    verdicts = (*settings.verdicts, *settings.verdicts_unrated)
    return ShowVoice(session.library, number, verdicts, analyser(settings.model))


async def _chosen(session: Session, ask: Ask, actor: Actor | None) -> int | None:
    """A voice out of the list; who has none here can be given it."""
    if actor is None:
        return await ask(FromVoices(session.library))
    number = await ask(FromVoices(session.library, f"“{actor.name}” has no voice: whose is it?"))
    if number is None:
        return None
    sure = await ask(
        Choose(f"Is “{actor.name}” in this article this voice?", ("yes", "no, only show it"))
    )
    if sure == 0:
        assign = partial(_assign, session.reading.article.id, actor, number)
        done = await session.library(assign)
        session.said = (
            done.why if isinstance(done, Failed) else f"{done} · @, then ctrl+z undoes it"
        )
    return number if sure is not None else None


def _assign(article: str, actor: Actor, number: int, library: Library) -> str:
    return library.voice_acts.assign(article, actor.name, actor.kind, number)


def _go(session: Session, article: str, at: int | None) -> None:
    if article == session.reading.article.id and at is not None:
        session.go(at, jump=True)
        arrive(session)
    else:
        session.leave_for(article, at)


async def _read_notes(session: Session) -> None:
    """Verdicts may have been given on the page to claims of this article, too."""
    article = session.reading.article.id
    notes = await session.library.quietly(lambda library: library.notes.of(article))
    if not isinstance(notes, Failed) and notes != session.reading.annotations:
        session.annotated(notes, "")


ASKING: dict[str, AskingAct] = {"voice": voice}
