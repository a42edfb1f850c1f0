"""All forms of sources: ours, and those that other packages declare.

They do so by an entry point in the group `pullquote.sources`, and in `pullquote.addresses` for
addresses with a scheme of their own. The bytes say what a source is; its
media type or suffix counts only where they do not, as in a text. Ours are tried first, and other
packages are loaded only if none fits: opening a text or a page costs nothing more, and no package
can replace a form of ours.
"""

import re
from collections.abc import Callable
from pathlib import Path

from pullquote.article import Unreadable
from pullquote.article.docx import DOCX
from pullquote.article.epub import EPUB
from pullquote.article.forms import AddressForm, SourceForm
from pullquote.article.html import HTML
from pullquote.article.mail import MAIL
from pullquote.article.markdown import MARKDOWN
from pullquote.article.mbox import MBOX
from pullquote.article.mhtml import MHTML
from pullquote.article.pdf import PDF
from pullquote.article.plain import TEXT
from pullquote.article.singlefile import SINGLEFILE
from pullquote.article.warc import WARC
from pullquote.plugins import PlugIns
from pullquote.text import one_line

# The first that recognises the bytes; a saved page and a mailbox begin like a mail.
OURS = (TEXT, MARKDOWN, PDF, EPUB, DOCX, WARC, MHTML, SINGLEFILE, MBOX, MAIL, HTML)
OTHERS: PlugIns[SourceForm] = PlugIns("pullquote.sources", SourceForm)
ADDRESSES: PlugIns[AddressForm] = PlugIns("pullquote.addresses", AddressForm)
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]+):\S")


def scheme_of(source: str) -> str:
    """The scheme of an address that another package knows, as "doi" of "doi:10.1/2"; else ""."""
    found = _SCHEME.match(source)
    return found[1] if found and found[1] in ADDRESSES else ""


def of_file(path: Path, data: bytes, name: str) -> SourceForm:
    """The form of the file `path` with the bytes `data`.

    Args:
        path: The file.
        data: What is in it.
        name: The file, as messages name it.

    Raises:
        Unreadable: No form recognises the bytes or has this suffix.
    """
    suffix = path.suffix.lower()
    form = recognised(data) or _first(lambda one: suffix in one.suffixes)
    if form is not None:
        return form
    others, broken = OTHERS.working()
    known = " ".join(one for form in (*OURS, *others) for one in form.suffixes if one)
    why = f"cannot read {one_line(path.suffix)} files; save it as one of {known}"
    raise Unreadable("; ".join((f"{name}: {why}", *broken)))


def of_page(media_type: str, data: bytes) -> SourceForm | None:
    """The form of what a server sent; None if no form has it.

    Args:
        media_type: As declared, in lower case; "" for none.
        data: What was sent.
    """
    if not media_type:
        return sniffed(data)
    return recognised(data) or _first(lambda one: media_type in one.content_types)


def by_name(name: str) -> SourceForm | None:
    """The form of that name; None if it is another package's that is not there any more."""
    return _first(lambda one: one.name == name)


def sniffed(data: bytes) -> SourceForm:
    """The form of bytes without a name or type: text, unless a form recognises them."""
    return _first(lambda one: _knows(one, data)) or TEXT


def recognised(data: bytes) -> SourceForm | None:
    """The form of ours that recognises the bytes, if any."""
    return next((one for one in OURS if one.sniff(data)), None)


def _first(fits: Callable[[SourceForm], bool]) -> SourceForm | None:
    return next(filter(fits, OURS), None) or next(filter(fits, OTHERS.working()[0]), None)


def _knows(form: SourceForm, data: bytes) -> bool:
    try:
        return form.sniff(data)
    except Exception:  # another package's code may raise anything on bytes it does not know
        return False
