"""Open the article's page, or the evidence for a verdict, in the reader's browser."""

import subprocess
import webbrowser

from pullquote.library.store import Library
from pullquote.notes.evidence import Evidence
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import Failed, off_loop
from pullquote.reader.judging import verdict_here
from pullquote.reader.questions import Choose
from pullquote.reader.session import Session
from pullquote.text import is_on_the_web

_IN_A_TERMINAL = {"www-browser", "links", "links2", "elinks", "lynx", "w3m"}
_FAILS_WITHIN = 1.0  # seconds: what runs for longer shows the page


async def page(session: Session, ask: Ask) -> str | None:
    """Open the page that the article came from."""
    article = session.reading.article
    address = next((one for one in (article.url, article.source) if is_on_the_web(one)), "")
    return await _open(address) if address else "this article has no address to open"


async def evidence(session: Session, ask: Ask) -> str | None:
    """Open the evidence for the verdict on the claim here; of several pieces, one."""
    here = verdict_here(session)
    links = [one for one in (here[1].evidence if here else ()) if _may_open(one)]
    if not links:
        return "no evidence here to open: l gives some to a claim"
    chosen: int | None = 0
    if len(links) > 1:
        chosen = await ask(Choose("Open which evidence?", [one.title or one.url for one in links]))
    if chosen is None:
        return None
    one = links[chosen]
    return await (_read(session, one) if one.article else _open(one.url))


def _may_open(one: Evidence) -> bool:
    return bool(one.article) or is_on_the_web(one.url)


async def _read(session: Session, one: Evidence) -> str | None:
    """Open another article of the library where the quotation stands in it."""
    found = await session.library(_place, one)
    if isinstance(found, Failed):
        return None
    if found is None:
        return "this article is not in the library any more"
    session.leave_for(*found)
    return None


def _place(library: Library, one: Evidence) -> tuple[str, int | None] | None:
    """The id of the last version of an article, and where the quotation stands in it, if it does.

    None where the article is gone.
    """
    from pullquote.notes.standing import look_up

    versions = library.works.versions(one.article)
    article = library.articles.get(versions[-1].id) if versions else None
    if article is None:
        return None
    found = look_up(one.quote, (article.text,))
    return article.id, found.span[0] if found.words else None


async def _open(address: str) -> str:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return f"no browser was found here for {address}"
    if isinstance(browser, webbrowser.GenericBrowser) and browser.basename in _IN_A_TERMINAL:
        return f"the only browser here needs a terminal of its own: {address}"
    is_any_command = type(browser) is webbrowser.GenericBrowser  # as $BROWSER may name one
    if is_any_command:
        opened = await off_loop(_started, [browser.name, *browser.args], address)
    else:
        opened = await off_loop(browser.open, address)
    return f"opened {address}" if opened else f"the browser did not open {address}"


def _started(command: list[str], address: str) -> bool:
    """Whether a command that may be anything took the address; it gets nothing of this terminal."""
    nothing = subprocess.DEVNULL
    try:
        run = subprocess.Popen(
            [part.replace("%s", address) for part in command],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
        )
        return run.wait(_FAILS_WITHIN) == 0
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        return True


ASKING: dict[str, AskingAct] = {"open.page": page, "open.evidence": evidence}
