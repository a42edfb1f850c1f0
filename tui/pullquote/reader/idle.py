"""While nobody presses a key, the unread articles of the inbox are analysed, one at a time.

So their quotes and claims are known before they are opened. It is done by a helper of its own on
one core that gives way to everything else, and ends when there is nothing left to do. Then another
one compares the claims of all articles (library/relating.py). Before, what is said in all articles
is indexed, where another way than the reader's acts has brought it in; the process that compares
does that, too, where it takes long.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from pullquote.analysis import AnalysisFailed, NoModel, analyser
from pullquote.analysis.beside import Helper
from pullquote.reader.guarded import Failed, Guarded

EVERY = 5.0  # seconds between two looks at whether there is something to do
_QUIET = 4.0  # seconds without a key
_NICENESS = 19  # the system's least
_BIT = 0.05  # seconds of indexing before the next look at whether a key was pressed
_FEW = 50  # articles and names; where more are to be indexed, a process of its own does it


class Idle:
    """Analyses what is unread; `is_busy` says whether the article on the screen is analysed."""

    def __init__(
        self,
        library: Guarded,
        model: str,
        is_busy: Callable[[], bool],
        related: Callable[[], object] = lambda: None,
    ) -> None:
        self._library, self._model, self._is_busy = library, model, is_busy
        self._related = related  # told when claims have been compared
        self._relates = True  # whether that can be done here
        self._last_key = monotonic()
        self._failed: set[str] = set()  # ids of articles that cannot be analysed
        self._task: asyncio.Task[None] | None = None

    def pressed(self) -> None:
        """A key was pressed."""
        self._last_key = monotonic()

    def look(self) -> None:
        """Begin, if there is time for it."""
        if (self._task and not self._task.done()) or self._is_busy():
            return
        if self._is_quiet:
            self._task = asyncio.create_task(self.work())

    def stop(self) -> None:
        """The processor is wanted for something else."""
        if self._task:
            self._task.cancel()

    @property
    def _is_quiet(self) -> bool:
        return monotonic() - self._last_key >= _QUIET

    async def work(self) -> None:
        """Index what is said, then analyse, until nothing is left or the processor is needed."""
        await self._index()
        helper = Helper(self._model, cores=1, nice=_NICENESS)
        try:
            while not self._is_busy():
                if (article := await self._next()) is None:
                    break
                await self._analyse(helper, *article)
            else:
                return
        finally:
            await helper.close()
        await self._relate()

    async def _relate(self) -> None:
        """Compare the claims that have not been compared yet."""
        from pullquote.library.relating import is_waiting  # reading begins without
        from pullquote.reader.relating import relate_beside

        waiting = await self._library.quietly(
            lambda one: not one.read_only and is_waiting(one.database) and one.path
        )
        if self._relates and isinstance(waiting, Path):
            if await relate_beside(waiting):
                self._related()
            else:
                self._relates = False  # once is enough

    async def _index(self) -> None:
        """Bring what is said up to date, as long as nobody presses a key and it is soon done."""
        left = await self._library.quietly(lambda one: one.said.left())
        while not isinstance(left, Failed) and 0 < left.count <= _FEW and self._is_quiet:
            if self._is_busy():
                break
            left = await self._library.quietly(lambda one: one.said.settle_some(_BIT))

    async def _next(self) -> tuple[str, str] | None:
        """The id and text of an article to be analysed; None where there is none."""
        name, but = analyser(self._model), frozenset(self._failed)
        id = await self._library.quietly(lambda one: one.inbox.without_findings(name, but))
        if id is None or isinstance(id, Failed):
            return None
        article = await self._library.quietly(lambda one: one.articles.get(id))
        return None if article is None or isinstance(article, Failed) else (id, article.text)

    async def _analyse(self, helper: Helper, id: str, text: str) -> None:
        self._failed.add(id)  # also where it cannot be saved: once is enough
        try:
            found = await helper.analyse(text)
        except NoModel:
            self._is_busy = lambda: True  # it is said where an article is opened
        except AnalysisFailed:
            return
        else:
            await self._library.quietly(lambda one: one.findings.save(id, found))
