"""The base of all errors that a user is meant to see.

The message is one line that names the thing, the place and a way out. The command line prints it
and exits with status 2; the screen shows it where it happened.
"""

import sys
from pathlib import Path

# What uv and pipx leave in an environment of theirs, into which pip would not install.
_TOOLS = {"uv-receipt.toml": "uv tool", "pipx_metadata.json": "pipx"}

# By what of each extra it is seen that it is there.
_EXTRAS = {
    "pdf": "pypdf",
    "docx": "mammoth",
    "warc": "warcio",
    "serve": "textual_serve",
    "corpus": "dask",
}


class PullquoteError(Exception):
    """An error to show to the user; the message is one line."""


def described(error: BaseException) -> str:
    """An error that is not ours, in one line: its type, and what it says."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def installing(extra: str) -> str:
    """The command that installs what an extra needs, in the way that pullquote was installed.

    uv and pipx make the environment anew, so that what is in it is named, too.
    """
    from importlib.util import find_spec

    for left, tool in _TOOLS.items():
        if (Path(sys.prefix) / left).is_file():
            named = ",".join(
                one for one, module in _EXTRAS.items() if one == extra or find_spec(module)
            )
            return f"{tool} install --force 'pullquote[{named}]'"
    return f"pip install 'pullquote[{extra}]'"
