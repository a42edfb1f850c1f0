"""The same words elsewhere: looked for while nobody waits, shown on a quote, and compared.

What is looked for is a quotation of the article on the screen, in all other articles of the
library. No key waits for it: each quotation is a call of its own off the event loop, and between
two of them the processor is left alone for as long as the last one took.
"""

import asyncio
from time import monotonic

from pullquote.findings import FindingKind
from pullquote.library.elsewhere import Place, Quoted
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.filters import name_of
from pullquote.reader.guarded import Failed
from pullquote.reader.marks import Mark, covering
from pullquote.reader.questions import Compare
from pullquote.reader.session import Session
from pullquote.reader.standing import Standing, standing
from pullquote.text import Spans, joined

_MOST = 300  # quotes of an article that are looked for by themselves; Q looks for any
_NO_QUOTE = "no quote here: n goes to the next one"


async def look(session: Session) -> None:
    """Look where else the words of the quotes stand, and show it once all are known."""
    found: dict[Spans, Standing] = {}
    for mark in session.marks.every[FindingKind.QUOTE][:_MOST]:
        began = monotonic()
        places = await _places(session, mark)
        if isinstance(places, Failed):
            return
        if places:
            found[mark.spans] = standing(places)
        await asyncio.sleep(monotonic() - began)
    if found != session.elsewhere:
        session.find_elsewhere(found)


async def _places(session: Session, mark: Mark) -> tuple[Place, ...] | Failed:
    reading = session.reading
    quoted = Quoted(
        reading.article.id,
        joined(session.text, mark.spans),
        name_of(reading.findings, mark.actor),
    )
    return await session.library.quietly(lambda library: library.elsewhere.places(quoted))


async def compare(session: Session, ask: Ask) -> str | None:
    """Compare the quote here with the same words in other articles, and go to one of these."""
    quotes = session.marks.every[FindingKind.QUOTE]
    here = session.current
    if here is None or here.layer is not FindingKind.QUOTE:
        here = next(iter(covering(quotes, session.position.cursor)), None)
    if here is None:
        return _NO_QUOTE
    places = await _places(session, here)
    if isinstance(places, Failed):
        return places.why
    if not places:
        return "these words stand in no other article of the library"
    speaker = name_of(session.reading.findings, here.actor)
    chosen = await ask(Compare(places, speaker))
    if chosen is not None:
        session.leave_for(places[chosen].article, places[chosen].start)
    return None


ASKING: dict[str, AskingAct] = {"elsewhere": compare}
