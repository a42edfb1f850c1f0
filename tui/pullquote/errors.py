"""The base of all errors that a user is meant to see.

The message is one line that names the thing, the place and a way out. The command line prints it
and exits with status 2; the screen shows it where it happened.
"""

import sys
from pathlib import Path

# What uv and pipx leave in an environment of theirs, into which pip would not install.
_TOOLS = {"uv-receipt.toml": "uv tool", "pipx_metadata.json": "pipx"}


class PullquoteError(Exception):
    """An error to show to the user; the message is one line."""


def described(error: BaseException) -> str:
    """An error that is not ours, in one line: its type, and what it says."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def installing(extra: str) -> str:
    """The command that installs what an extra needs, in the way that pullquote was installed."""
    for left, tool in _TOOLS.items():
        if (Path(sys.prefix) / left).is_file():
            return f"{tool} install --force 'pullquote[all]'"
    return f"pip install 'pullquote[{extra}]'"
