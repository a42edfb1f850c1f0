"""Choose what is shown: one actor's findings, some claims, what is sure or said, which kinds."""

from msgspec.structs import replace

from pullquote.findings import Commitment, FindingKind, Sourcing
from pullquote.notes.reading import EVERY_LAYER, LAYERS
from pullquote.reader.acting import Act, Ask, AskingAct
from pullquote.reader.filters import CHECKABLE, NOT_CHECKABLE, OPEN, SAID, ClaimFilter, name_of
from pullquote.reader.listing import none_yet
from pullquote.reader.questions import Choose, ChooseClaims, ChooseKinds
from pullquote.reader.session import Session
from pullquote.text import plural


async def only_one_actor(session: Session, ask: Ask) -> str | None:
    """Show one actor's findings alone: the one under the cursor, or one chosen."""
    actor, speakers = session.actor_here(), session.marks.speakers()
    if actor is None and speakers:
        names = [f"{one.name} ({count})" for one, count in speakers]
        chosen = await ask(Choose("Only what one actor says", names))
        if chosen is None:
            return None
        actor = speakers[chosen][0].id
    if actor is None:
        return none_yet("actors") if session.is_analysing else "nobody here says anything"
    session.narrow(replace(session.filters, actor=actor))
    name = name_of(session.reading.findings, actor)
    return f"shown: {session.marks.counts() or f'nothing that {name} says'}"


def clear(session: Session) -> str | None:
    """Show everyone's findings again."""
    was_narrow = session.filters.narrow
    session.narrow(session.filters.cleared())
    if not was_narrow:
        return "no filter: everyone's findings are shown"
    return f"everyone's findings: {session.marks.counts()}"


def stances(session: Session) -> str | None:
    """Show thoughts, feelings, wishes and the like too, or speech and writing alone."""
    shown = not session.filters.every_stance
    session.narrow(replace(session.filters, every_stance=shown))
    count = sum(mark.non_speech for kind in SAID for mark in session.marks.every[kind])
    return f"thoughts and wishes {'shown' if shown else 'hidden'}: {count}"


def doubtful(session: Session) -> str | None:
    """Hide the doubtful findings, or show them again."""
    hidden = not session.filters.sure_only
    session.narrow(replace(session.filters, sure_only=hidden))
    count = sum(mark.doubtful for kind in SAID for mark in session.marks.every[kind])
    return f"doubtful findings {'hidden' if hidden else 'shown'}: {count}"


async def some_claims(session: Session, ask: Ask) -> str | None:
    """Choose which claims are shown."""
    settings = session.settings
    groups = {
        "checkable": (CHECKABLE, NOT_CHECKABLE),
        "sourcing": tuple(map(str, Sourcing)),
        "commitment": tuple(map(str, Commitment)),
        "verdict": (OPEN, *settings.verdicts, *settings.verdicts_unrated),
    }
    chosen = {name: getattr(session.filters.claims, name) for name in groups}
    answer = await ask(ChooseClaims(groups, chosen))
    if answer is None:
        return None
    session.narrow(replace(session.filters, claims=ClaimFilter(**answer)))
    count = len(session.marks.of(FindingKind.CLAIM))
    return f"shown: {plural(count, 'claim')}" if count else "shown: no claim is like that"


async def kinds(session: Session, ask: Ask) -> str | None:
    """Choose what is highlighted."""
    layers = [one for one in EVERY_LAYER if one in LAYERS or session.marks.every[one]]
    hidden = await ask(ChooseKinds(layers, session.filters.hidden))
    if hidden is None:
        return None
    session.narrow(replace(session.filters, hidden=hidden))
    names = ", ".join(kind.plural for kind in layers if kind in hidden)
    return f"not highlighted: {names}" if names else "all kinds are highlighted"


ACTS: dict[str, Act] = {
    "filter.clear": clear,
    "filter.stances": stances,
    "filter.doubtful": doubtful,
}
ASKING: dict[str, AskingAct] = {
    "filter.actor": only_one_actor,
    "filter.claims": some_claims,
    "layers": kinds,
}
