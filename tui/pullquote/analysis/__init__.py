"""Text in, findings out: actors, attributions, quotes, claims and warnings.

Nothing heavy is imported until an analysis is asked for: importing this package costs neither spaCy
nor numpy.
"""

from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import msgspec

from pullquote.errors import PullquoteError

VERSION = "14"  # raise it with every change that alters findings: cached ones are then made anew
DEFAULT_MODEL = "en_core_web_sm"  # spaCy's, by Explosion (MIT); made by training/shipped.py
SHIPPED = Path(__file__).parent / "en" / DEFAULT_MODEL
_UNKNOWN = "unknown"


class AnalysisFailed(PullquoteError):
    """There are no findings of a text; the message is one line."""


class NoModel(AnalysisFailed):
    """The pipeline that the settings name cannot be loaded; the message is one line."""


def analyser(model: str = DEFAULT_MODEL) -> str:
    """The analyser's name, version and model: `pullquote/1 en_core_web_sm/3.8.0`; and plug-ins."""
    from pullquote.extra_kinds import installed

    return f"pullquote/{VERSION} {model}/{_version(model)}{installed()}"


class _Meta(msgspec.Struct):
    """What a pipeline's package says of it in its `meta.json`."""

    version: str = _UNKNOWN


def _version(model: str) -> str:
    """The version of a pipeline, or "unknown".

    Read from the file that each has beside its weights: `importlib.metadata` takes longer to import
    than the library, and the text waits for it.
    """
    for folder in _folders(model):
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode(Path(folder, "meta.json").read_bytes(), type=_Meta).version
    return _UNKNOWN


def _folders(model: str) -> Iterable[str | Path]:
    """Where a pipeline by its name may have its files."""
    if model == DEFAULT_MODEL:
        return (SHIPPED,)
    package = find_spec(model) if model.isidentifier() else None
    return (package and package.submodule_search_locations) or ()
