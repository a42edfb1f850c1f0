"""`pullquote analyze --library`: what is in the library is analysed, and kept there.

Each article's findings are kept as soon as they are there: whoever stops it goes on from there.
"""

import asyncio
import sys
from functools import partial
from typing import TYPE_CHECKING

from pullquote.analysis import AnalysisFailed, NoModel, analyser
from pullquote.cli import opening
from pullquote.cli.opening import INTERRUPTED, tell
from pullquote.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pullquote.analysis.beside import Helper
    from pullquote.library.store import Library
    from pullquote.settings import Settings


def analyse_all(library: "Library", settings: "Settings", jobs: int, language: str) -> bool:
    """Analyse the articles that this analyser has not been through, the newest first.

    Also those of which what it found cannot be read any more.

    Returns:
        Whether any could not be analysed; each is told.

    Raises:
        NoModel: The pipeline of the settings is not there.
    """
    from pullquote.analysis.beside import Helper, each_in_order

    ours = analyser(settings.model)
    if damaged := library.findings.damaged(ours):
        which = ", ".join(one[:8] for one in damaged)
        tell(f"findings that cannot be read, and are made anew: {which}")
    if not (left := [*library.articles.without_findings(ours), *damaged]):
        tell(
            f"nothing left to analyse; {plural(library.articles.count(), 'article')} in the library"
        )
        return False
    helpers = [Helper(settings.model, cores=1) for _ in range(min(jobs, len(left)))]
    failures, told = list[str](), set[str]()
    work = partial(_analysed, library, language, told.update)
    done = 0
    try:
        with opening.progress(len(left)) as bar:
            for failure in each_in_order(work, left, helpers):
                failures += [failure] if failure else []
                done += not failure
                bar.update(1)
    except KeyboardInterrupt:
        tell(f"stopped; {done} analysed and kept, and the rest is the next time")
        sys.exit(INTERRUPTED)
    for line in (*sorted(told), *failures):
        tell(line)
    tell(f"{done} analysed; {plural(library.articles.count(), 'article')} in the library")
    return bool(failures)


async def _analysed(
    library: "Library",
    language: str,
    tell_failed: "Callable[[Sequence[str]], object]",
    helper: "Helper",
    identity: str,
) -> str:
    """Keep the findings of an article; why there are none, or "". Tells of plug-ins that failed."""
    article = library.articles.get(identity)
    if article is None:  # deleted in the meantime
        return ""
    try:
        found = await helper.analyse(article.text, language=language)
        await asyncio.to_thread(library.findings.save, identity, found)
        tell_failed(found.failed or ())
    except NoModel:
        raise
    except AnalysisFailed as error:
        return f"{identity[:8]}: {error}"
    except OSError as error:
        return f"{identity[:8]}: the analysis cannot be started: {error.strerror}"
    return ""
