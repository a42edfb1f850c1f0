"""The helper process: an article's text on standard input, its findings on standard output.

Prints JSON, one object a line: `{"progress": 0.25}` …, for a long text `{"so_far": {…}}` with the findings of its first
part, then `{"findings": {…}}`, or `{"error": "one line"}` with exit
status 1. It runs at a lower priority, so that the reader's keys never wait for it.
"""

import argparse
import os
import sys

import msgspec

from tui.analysis import DEFAULT_MODEL


def main() -> int:
    """Analyse standard input."""
    options = argparse.ArgumentParser(prog="python -m tui.analysis", description=__doc__)
    options.add_argument("--model", default=DEFAULT_MODEL, help="an installed spaCy pipeline")
    model = options.parse_args().model
    if hasattr(os, "nice"):
        os.nice(10)
    text = sys.stdin.buffer.read().decode("utf-8")
    from tui.analysis.pipeline import NoModel, analyse

    try:
        _say(findings=analyse(text, model, lambda share: _say(progress=share), lambda part: _say(so_far=part)))
    except NoModel as error:
        _say(error=str(error))
        return 1
    return 0


def _say(**message: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
