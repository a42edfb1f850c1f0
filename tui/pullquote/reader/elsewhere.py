"""The same elsewhere: looked for while nobody waits, shown on a quote or claim, and compared.

What is looked for is a quotation of the article on the screen, in all other articles of the
library. No key waits for it: each quotation is a call of its own off the event loop, between two of
them the processor is left alone for as long as the last one took, and none begins while keys are
pressed. Which claims are alike is known already (library/relating.py), and read in one call.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from copy import copy
from time import monotonic

from pullquote.findings import FindingKind
from pullquote.library.elsewhere import Place, Quoted
from pullquote.library.restated import Claimed, Restated
from pullquote.notes.reading import Layer
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.analysing import analyse
from pullquote.reader.filters import name_of
from pullquote.reader.guarded import Failed
from pullquote.reader.marks import Mark, covering
from pullquote.reader.questions import Compare
from pullquote.reader.session import Session
from pullquote.reader.standing import At, Standing, at, compared, restated, standing, told
from pullquote.text import Span, joined, plural

_MOST = 300  # quotes of an article that are looked for by themselves; Q looks for any
_QUIET = 0.3  # seconds without a key
_NOTHING_HERE = "no quote or claim here: n and c go to the next one"


async def analyse_and_look(session: Session, language: str) -> None:
    """Analyse the article, then look where else what it says is said."""
    await analyse(session, language)
    await look(session)


async def look(session: Session) -> None:
    """Look where else quotes stand and claims are made, and show it once all are known."""
    claims = await claims_elsewhere(session)
    if isinstance(claims, Failed):
        return
    found: dict[At, Standing] = {
        (FindingKind.CLAIM, *span): restated(claim) for span, claim in claims.items()
    }
    for mark in session.marks.every[FindingKind.QUOTE][:_MOST]:
        while (left := session.pressed + _QUIET - monotonic()) > 0:
            await asyncio.sleep(left)
        began = monotonic()
        places = await _places(session, mark)
        if isinstance(places, Failed):
            return
        if places:
            found[at(mark)] = standing(places)
        await asyncio.sleep(monotonic() - began)
    if found != session.elsewhere:
        session.elsewhere = found
        session.marks = copy(session.marks)  # so that the panes list them anew
        session.changed()


async def _places(session: Session, mark: Mark) -> tuple[Place, ...] | Failed:
    reading = session.reading
    quoted = Quoted(
        session.bookmark.article,  # the id, which a long text takes a while to give
        joined(session.text, mark.spans),
        name_of(reading.findings, mark.actor),
    )
    return await session.library.read_quietly(lambda library: library.elsewhere.places(quoted))


async def claims_elsewhere(session: Session) -> dict[Span, Claimed] | Failed:
    """The claims that are made elsewhere, too, by their extents."""
    article = session.reading.article.id
    found = await session.library.read_quietly(lambda library: library.restated.of(article))
    if isinstance(found, Failed):
        return found
    return {(one.start, one.end): one for one in found}


async def compare(session: Session, ask: Ask) -> str | None:
    """Compare the quote or claim here with the same in other articles, and go to one of these."""
    here = session.current
    if here is None or here.layer not in _ASKED:
        marks = [one for layer in _ASKED for one in session.marks.every[layer]]
        here = next(iter(covering(tuple(marks), session.position.cursor)), None)
    if here is None:
        return _NOTHING_HERE
    asked = await _ASKED[here.layer](session, here)
    if isinstance(asked, Failed):
        return asked.why
    question, places = asked
    if not places:
        return "this is in no other article of the library"
    chosen = await ask(question)
    if chosen is not None:
        session.leave_for(places[chosen].article, places[chosen].start)
    return None


Asked = tuple[Compare, Sequence[Place | Restated]]


async def _of_quote(session: Session, here: Mark) -> Asked | Failed:
    places = await _places(session, here)
    if isinstance(places, Failed):
        return places
    title = f"The same words in {plural(len(places), 'other place')}"
    speaker = name_of(session.reading.findings, here.actor)
    return Compare(title, speaker, [compared(one) for one in places]), places


async def _of_claim(session: Session, here: Mark) -> Asked | Failed:
    claims = await claims_elsewhere(session)
    if isinstance(claims, Failed):
        return claims
    claim = claims.get((here.start, here.end))
    places = claim.places if claim else ()
    title = f"The same claim in {plural(len(places), 'other article')}"
    there = [told(claim, one) for one in places] if claim else []
    return Compare(title, claim.who if claim else "", there), places


# A quote is looked for by its words, a claim by what it says.
_ASKED: dict[Layer, Callable[[Session, Mark], Awaitable[Asked | Failed]]] = {
    FindingKind.QUOTE: _of_quote,
    FindingKind.CLAIM: _of_claim,
}
ASKING: dict[str, AskingAct] = {"elsewhere": compare}
