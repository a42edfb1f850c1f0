"""Fetch for the reader, in a process of its own: `python -m pullquote.feeds FOLDER all|waiting`.

What came of it is one line on standard output.
"""

import sys
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.feeds.fetching import Arrived, Fetching, Trouble
from pullquote.library.store import Library
from pullquote.settings import load
from pullquote.system import step_back

_SECONDS = 120.0  # somebody is waiting
_NICENESS = 10  # the screen goes first


def fetched(folder: Path, everything: bool) -> str:
    """Fetch into the library in `folder`; what came of it, in words."""
    with Library.open(folder, make=False) as library:
        every = library.feeds.all() if everything else ()
        waiting = library.inbox.waiting()
        if not (every or waiting):
            return "There are no feeds yet: pullquote feeds add ADDRESS adds one."
        came = [*Fetching(library, load(), _SECONDS).run(every, waiting)]
    new = sum(isinstance(one, Arrived) and one.is_new for one in came)
    troubles = [one.line for one in came if isinstance(one, Trouble)]
    more = f" · {len(troubles)} not fetched: {troubles[0]}" if troubles else ""
    return f"{new or 'nothing'} new{more}"


if __name__ == "__main__":
    step_back(_NICENESS)
    try:
        line = fetched(Path(sys.argv[1]), sys.argv[2] == "all")
    except PullquoteError as error:
        line = str(error)
    sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))
