"""The forms of sources that there are: ours, and those of other packages' entry points.

They declare theirs in the group `pullquote.sources`. Ours are asked first, and other packages are
looked for only where none of ours fits: to open a text or a page costs nothing more, and no package
can replace what is ours.
"""

from collections.abc import Callable
from pathlib import Path

from pullquote.article import Unreadable
from pullquote.article.forms import SourceForm
from pullquote.article.html import HTML
from pullquote.article.markdown import MARKDOWN
from pullquote.article.plain import TEXT
from pullquote.plugins import PlugIns
from pullquote.text import one_line

OURS = (TEXT, MARKDOWN, HTML)
OTHERS: PlugIns[SourceForm] = PlugIns("pullquote.sources", SourceForm)


def by_suffix(path: Path, name: str) -> SourceForm:
    """The form of the file `path`, which is called `name` in messages.

    Raises `Unreadable` for a suffix that no form has.
    """
    suffix = path.suffix.lower()
    form = _first(lambda one: suffix in one.suffixes)
    if form is not None:
        return form
    others, broken = OTHERS.working()
    known = " ".join(one for form in (*OURS, *others) for one in form.suffixes if one)
    why = f"cannot read {one_line(path.suffix)} files; save it as one of {known}"
    raise Unreadable("; ".join((f"{name}: {why}", *broken)))


def by_content_type(media_type: str) -> SourceForm | None:
    """The form of a page of that type, in lower case; None where no form has it."""
    return _first(lambda one: media_type in one.content_types)


def sniffed(data: bytes) -> SourceForm:
    """What `data` is, where nobody says: text, unless a form knows it for its own."""
    return _first(lambda one: _knows(one, data)) or TEXT


def _first(fits: Callable[[SourceForm], bool]) -> SourceForm | None:
    return next(filter(fits, OURS), None) or next(filter(fits, OTHERS.working()[0]), None)


def _knows(form: SourceForm, data: bytes) -> bool:
    try:
        return form.sniff(data)
    except Exception:  # another package's: it may raise anything on what is not its own
        return False
