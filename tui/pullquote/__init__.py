"""pullquote: who says what in the news, as a terminal reader and as a library.

`read` a source, `analyze` it, and do with the findings what you like; what is listed in `__all__`
is what other programs may rely on (docs/versioning.md). Importing this imports none of it: each
name is fetched from its module when it is first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pullquote.analysis import AnalysisFailed
    from pullquote.api import (
        analyze,
        export,
        open_library,
        read,
        read_notes,
        reading_of,
        readings,
        write,
    )
    from pullquote.article import Article, Unreadable
    from pullquote.errors import PullquoteError
    from pullquote.findings import Findings
    from pullquote.formats.files import ExportError
    from pullquote.formats.registry import FORMATS
    from pullquote.library.file import LibraryError
    from pullquote.library.store import Library
    from pullquote.notes.annotations import Annotation, annotate
    from pullquote.notes.incoming import NotThisFormat
    from pullquote.notes.reading import Reading
    from pullquote.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "FORMATS",
    "AnalysisFailed",
    "Annotation",
    "Article",
    "ExportError",
    "Findings",
    "Library",
    "LibraryError",
    "NotThisFormat",
    "PullquoteError",
    "Reading",
    "Settings",
    "Unreadable",
    "__version__",
    "analyze",
    "annotate",
    "export",
    "open_library",
    "read",
    "read_notes",
    "reading_of",
    "readings",
    "write",
]

_FROM = {
    "analysis": ("AnalysisFailed",),
    "api": (
        *("analyze", "export", "open_library", "read"),
        *("read_notes", "reading_of", "readings", "write"),
    ),
    "article": ("Article", "Unreadable"),
    "errors": ("PullquoteError",),
    "findings": ("Findings",),
    "formats.files": ("ExportError",),
    "formats.registry": ("FORMATS",),
    "library.file": ("LibraryError",),
    "library.store": ("Library",),
    "notes.annotations": ("Annotation", "annotate"),
    "notes.incoming": ("NotThisFormat",),
    "notes.reading": ("Reading",),
    "settings": ("Settings",),
}
_MODULES = {name: module for module, names in _FROM.items() for name in names}


def __getattr__(name: str) -> Any:
    """The public name, from the module that it is in (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
