"""Verdicts on claims: give one, and give the evidence for it."""

from pullquote.findings import FindingKind
from pullquote.notes.annotations import Annotation, Evidence, annotate
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.marking import Aim, as_saved, change, do, replaced, title_of
from pullquote.reader.marks import covering
from pullquote.reader.questions import Choose, GiveEvidence
from pullquote.reader.session import Session
from pullquote.reader.wording import plural
from pullquote.text import is_address

_NO_CLAIM = "no claim here: c goes to the next one, R to the next without a verdict"


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
        return _NO_CLAIM
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
        session.said = _NO_CLAIM
        return ""
    before, note = here
    done = f"verdict {verdict} on" if verdict else "verdict off"
    words = session.quoted(note.target.exact)
    return await _save(session, before, replaced(note, verdict=verdict), f"{done} {words}")


async def _save(session: Session, before: Annotation | None, note: Annotation, done: str) -> str:
    left = len(session.marks.open_claims())
    left += bool(before and before.verdict) - bool(note.verdict)
    goes_on = f"{left} open, R goes on" if left else "no claim is open"
    return await session.save([change(before, note)], f"{done} · {goes_on}")


async def evidence(session: Session, ask: Ask) -> str | None:
    """Give evidence for a verdict on the claim here: an address, its title, a quotation."""
    here = verdict_here(session)
    if here is None:
        return _NO_CLAIM
    note = here[1]

    async def save(links: tuple[Evidence, ...]) -> str:
        before = as_saved(session, note)
        done = f"{plural(len(links), 'link')} for {session.quoted(note.target.exact)}"
        return await _save(session, before, replaced(before or note, evidence=links), done)

    await ask(GiveEvidence(title_of(note), note.evidence, wrong_address, save))
    return None


def wrong_address(evidence: Evidence) -> str | None:
    """What is wrong with the address of evidence, or None."""
    if is_address("".join(evidence.url.split())):
        return None
    return "an address begins with https:// or http://"


ASKING: dict[str, AskingAct] = {"verdict": judge, "evidence": evidence}
