"""Open the article's page, or the evidence for a verdict, in the reader's browser."""

import webbrowser

from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import off_loop
from pullquote.reader.judging import verdict_here
from pullquote.reader.questions import Choose
from pullquote.reader.session import Session
from pullquote.text import is_on_the_web


async def page(session: Session, ask: Ask) -> str | None:
    """Open the page that the article came from."""
    article = session.reading.article
    address = next((one for one in (article.url, article.source) if is_on_the_web(one)), "")
    return await _open(address) if address else "this article has no address to open"


async def evidence(session: Session, ask: Ask) -> str | None:
    """Open the evidence for the verdict on the claim here; of several links, one."""
    here = verdict_here(session)
    links = [one for one in (here[1].evidence if here else ()) if is_on_the_web(one.url)]
    if not links:
        return "no evidence here: l links some to a claim"
    chosen: int | None = 0
    if len(links) > 1:
        chosen = await ask(Choose("Open which evidence?", [one.title or one.url for one in links]))
    return None if chosen is None else await _open(links[chosen].url)


async def _open(address: str) -> str:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return f"no browser was found here for {address}"
    if type(browser) is webbrowser.GenericBrowser:  # it would run in this terminal
        return f"the only browser here needs a terminal of its own: {address}"
    opened = await off_loop(browser.open, address)
    return f"opened {address}" if opened else f"the browser did not open {address}"


ASKING: dict[str, AskingAct] = {"open.page": page, "open.evidence": evidence}
