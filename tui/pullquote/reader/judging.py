"""Verdicts on claims: give one, or take it away."""

from pullquote.findings import FindingKind
from pullquote.notes.annotations import Annotation, annotate
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.marking import Aim, change, do, replaced, title_of
from pullquote.reader.marks import covering
from pullquote.reader.questions import Choose
from pullquote.reader.session import Session
from pullquote.reader.standing import at

NO_CLAIM = "no claim here: c goes to the next one, R to the next without a verdict"


def verdict_here(session: Session) -> Aim | None:
    """The verdict on the claim here, if any, and the annotation that an act starts from."""
    current = session.current
    if current is None or current.layer is not FindingKind.CLAIM:
        claims = covering(session.marks.of(FindingKind.CLAIM), session.position.cursor)
        current = next(iter(claims), None)
    if current is None:
        return None
    before = session.reading.verdict(current.finding)
    return before, before or annotate(session.text, (current.start, current.end))


async def judge(session: Session, ask: Ask) -> str | None:
    """Give the claim here a verdict, or take it away."""
    here = verdict_here(session)
    if here is None:
        return NO_CLAIM
    note, settings = here[1], session.settings
    verdicts = (*settings.verdicts, *settings.verdicts_unrated)
    choices = (*verdicts, *(("take the verdict away",) if note.verdict else ()))
    chosen = await ask(
        Choose(
            f"Verdict: {title_of(note)}",
            choices,
            at=verdicts.index(note.verdict) if note.verdict in verdicts else None,
        )
    )
    if chosen is not None:
        verdict = (*verdicts, "")[chosen]
        await do(
            session,
            lambda: _judge(session, verdict, verdict_here(session)),
            lambda: _judge(session, verdict, here),
        )
    return None


async def _judge(session: Session, verdict: str, here: Aim | None) -> str:
    if here is None:
        session.said = NO_CLAIM
        return ""
    before, note = here
    done = f"verdict {verdict} on" if verdict else "removed the verdict on"
    done = f"{done} {session.quoted(note.target.exact)}{_offer(session) if verdict else ''}"
    return await save_verdict(session, before, replaced(note, verdict=verdict), done)


def _offer(session: Session) -> str:
    """That the same statement elsewhere may have the verdict, too."""
    current = session.current
    found = session.elsewhere.get(at(current)) if current and current.spans else None
    return f" · Z gives it to {found.same} elsewhere" if found and found.same else ""


async def save_verdict(
    session: Session, before: Annotation | None, note: Annotation, done: str
) -> str:
    """Save what is said of a claim, and say how many are open; why it cannot be, or ""."""
    left = len(session.marks.open_claims())
    left += bool(before and before.verdict) - bool(note.verdict)
    goes_on = f"{left} open, R goes on" if left else "no claim is open"
    return await session.save([change(before, note)], f"{done} · {goes_on}")


ASKING: dict[str, AskingAct] = {"verdict": judge}
