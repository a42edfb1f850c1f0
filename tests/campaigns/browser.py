"""The reader in a real browser: opened, a quote walked to, a note made.

Chromium without a window is used where it is at hand.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pullquote.library.store import Library
from tests.campaigns import Tally
from tests.chromium import CHROMIUM, Page, chromium
from tests.test_serve import HOSTILE, Served, served

_SETTLED = 3.0  # seconds until what a key does is on the screen, also on a busy machine
_ANALYSED = 25.0


def run(rounds: int = 1) -> Iterator[Tally]:
    """The shipped article and a hostile one; `rounds` means nothing here."""
    tally = Tally("the reader in a browser")
    if not CHROMIUM:
        tally.remark = "not run: Chromium is not here"
    else:
        for name, script in (("shipped", _reads), ("hostile", _reads_what_is_hostile)):
            with tempfile.TemporaryDirectory() as folder:
                article = Path(folder) / "article.txt"
                article.write_text(HOSTILE, encoding="utf-8")
                arguments = [] if name == "shipped" else [str(article)]
                with served(Path(folder), *arguments) as server:
                    tally.attempt(asyncio.run(script(server, Path(folder))))
    yield tally


async def _reads(server: Served, folder: Path) -> str | None:
    async with chromium() as page:
        await page.open(server.address)
        await page.until("document.body.classList.contains('-first-byte')")
        await asyncio.sleep(_ANALYSED)
        await _pressed(page, "n", "n")
        await _pressed(page, "i", *"Who decides *that*?")
        await _pressed(page, "F2")
        with Library.open(folder / "data") as library:
            (entry,) = library.articles.entries()
            comments = [note.comment for note in library.notes.of(entry.id)]
        if comments != ["Who decides *that*?"]:
            return f"the notes are {comments}"
        return "; ".join(page.problems) or None


async def _reads_what_is_hostile(server: Served, folder: Path) -> str | None:
    async with chromium() as page:
        await page.open(server.address)
        await page.until("document.body.classList.contains('-first-byte')")
        await asyncio.sleep(_SETTLED)
        scripts = await page.value("document.querySelectorAll('script').length")
        if scripts != 2:
            return f"there are {scripts} scripts on the page"
        return "; ".join(page.problems) or None


async def _pressed(page: Page, *keys: str) -> None:
    for key in keys:
        await page.press(key)
        await asyncio.sleep(0.1 if len(keys) > 2 else _SETTLED)
    await asyncio.sleep(_SETTLED)
