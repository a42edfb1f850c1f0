"""Check evidence for the reader, in a process of its own.

It is `python -m pullquote.library.checking_beside FOLDER`, with the library's. The job comes on
standard input; how far it is, and what was found, goes out as JSON, a line each.
"""

import sys
from pathlib import Path

import msgspec

from pullquote.errors import PullquoteError
from pullquote.library.checking import Checked, check, fetching
from pullquote.library.evidence import Job
from pullquote.library.store import Library
from pullquote.settings import load
from pullquote.system import step_back

_NICENESS = 10  # the screen goes first


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line: how far it is, or what came of it."""

    received: int = 0  # bytes
    seconds: float = 0.0
    checked: Checked | None = None
    wrong: str = ""


def _say(**words: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(words) + b"\n")
    sys.stdout.buffer.flush()


def _main(folder: Path, job: Job) -> None:
    settings = load()
    with Library.open(folder, make=False) as library:
        fetch = fetching(
            settings.max_bytes,
            lambda received, seconds: _say(received=received, seconds=seconds),
        )
        found = check(library, job, settings.original_limit, fetch)
    _say(checked=found)


if __name__ == "__main__":
    step_back(_NICENESS)
    try:
        _main(Path(sys.argv[1]), msgspec.json.decode(sys.stdin.buffer.read(), type=Job))
    except PullquoteError as error:
        _say(wrong=str(error))
