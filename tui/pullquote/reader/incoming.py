"""The inbox while reading: the next unread article, and what is fetched without leaving it.

Fetching runs in a process of its own, as the analysis does: what it imports and extracts would keep
the keys waiting.
"""

import asyncio
import sys
from functools import partial
from pathlib import Path

from pullquote import feeds
from pullquote.analysis.beside import environment
from pullquote.feeds.addresses import addresses_in
from pullquote.library.catalogue import Sought
from pullquote.library.inbox import Waiting
from pullquote.library.store import Library
from pullquote.reader.acting import Ask, AskingAct
from pullquote.reader.guarded import Failed, Guarded
from pullquote.reader.session import Session

_PLACE = Path(feeds.__file__).parent  # where only who installed us writes
_NOTHING = "nothing else is unread · B opens the inbox · F5 there fetches more"


async def _beside(session: Session, ask: Ask, step: int) -> str | None:
    here, order = session.reading.article.id, session.settings.inbox_order
    found = await session.library(lambda library: library.inbox.beside(here, step, order))
    if isinstance(found, Failed):
        return None
    if found is None:
        return _NOTHING
    session.leave_for(found)
    return None


def read_later(typed: str) -> tuple[str, ...]:
    """The addresses that are typed or pasted; none where it is words to be looked for."""
    found, others = addresses_in([typed])
    return () if others else found


def waiting(library: Library) -> str:
    """How much is unread, and what waits to be fetched."""
    still = library.inbox.waiting()
    said = f"{library.inbox.unread():,} unread"
    if not still:
        return said
    why = next((one.problem for one in reversed(still) if one.problem), "F5 fetches")
    waits = f"{still[-1].address} waits" if len(still) == 1 else f"{len(still)} addresses wait"
    return f"{said} · {why if len(still) == 1 and still[0].problem else f'{waits} ({why})'}"


def waiting_for(library: Library, what: Sought) -> tuple[Waiting, ...]:
    """The addresses still to be fetched that have the words looked for, the newest first."""
    if what.conditions:  # which are of articles
        return ()
    words = what.words.lower().split()
    still = reversed(library.inbox.waiting())
    return tuple(one for one in still if all(word in one.address.lower() for word in words))


def drop(library: Library, address: str) -> str:
    """Let an address wait no more; what was done, in a line."""
    library.inbox.came(address)
    return f"waits no more: {address}"


async def bring_in(library: Guarded, everything: bool) -> str:
    """Fetch what waits, and what is new in the feeds if `everything`; what came of it, in words."""
    folder = await library.quietly(lambda one: one.path.parent)
    if isinstance(folder, Failed):
        return folder.why
    command = [sys.executable, "-P", "-m", "pullquote.feeds", str(folder.absolute())]
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            "all" if everything else "waiting",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=_PLACE,
            env=environment(),
        )
    except OSError as error:
        return f"cannot be fetched: {error.strerror}"
    said, _ = await process.communicate()
    return said.decode("utf-8", "replace").strip() or "fetching broke off; pullquote fetch says why"


ASKING: dict[str, AskingAct] = {
    "unread.next": partial(_beside, step=1),
    "unread.previous": partial(_beside, step=-1),
}
