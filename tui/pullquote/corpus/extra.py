"""What is said where the libraries of the extra `corpus` are not installed."""

from importlib.util import find_spec

from pullquote.errors import PullquoteError, installing


class CorpusError(PullquoteError):
    """A corpus cannot be written or read; the message is one line."""


def require(*modules: str) -> None:
    """Raise `CorpusError` where one of the modules is not installed; imports none of them."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise CorpusError(
            f"{', '.join(missing)}: not installed; a corpus needs {installing('corpus')}"
        )
