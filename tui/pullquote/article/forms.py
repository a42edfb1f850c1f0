"""The forms a source can have: one value each, declared in a module of its own.

A form names the suffixes, content types and bytes that it is recognised by, and turns the bytes
into an article. A container (a book, a mailbox, an archive of the web) turns them into members
instead, which are bytes of other forms: one way in, however deep they lay.
"""

import hashlib
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType

import msgspec

from pullquote.article import Article, Unreadable
from pullquote.article.original import Headers, Original
from pullquote.errors import installing

LIMIT = 20_000_000  # bytes


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of a source, and what they are."""

    data: bytes
    form: "SourceForm"
    source: str  # what the reader asked for
    url: str = ""
    charset: str = ""  # as declared by the server
    retrieved: str = ""  # ISO 8601, UTC
    status: int = 0  # of HTTP; 0 for what comes from elsewhere
    headers: Headers = ()  # as received
    member: int = 0  # which of the articles in it was asked for, from 1; 0 for none in particular
    limit: int = LIMIT  # bytes; for what is unpacked from it as for itself
    mend: bool = False  # whether garbled letters are to be read as they were meant
    about: Mapping[str, str] = {}  # fields of `Article`, as the container has them

    def original(self, limit: int, path: str = "") -> Original:
        """What is kept of it.

        Args:
            limit: In bytes; of what is larger, everything is kept but the bytes.
            path: The full one of the file that it came from.
        """
        return Original(
            data=self.data if len(self.data) <= limit else None,
            sha256=hashlib.sha256(self.data).hexdigest(),
            size=len(self.data),
            form=self.form.name,
            source=path or self.source,
            url=self.url,
            charset=self.charset,
            retrieved=self.retrieved,
            status=self.status,
            headers=self.headers,
            about=dict(self.about),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the form, the URL and the bytes, in hexadecimal: one digest, one article."""
        return digest(self.form.name, self.url, self.data, self.mend)


def digest(form: str, url: str, data: bytes, mend: bool) -> str:
    """The digest of what is read as the form of that name; see `Raw`."""
    known = f"{form}\n{url}\n" + "mended\n" * mend
    return hashlib.sha256(known.encode() + data).hexdigest()


class Member(msgspec.Struct, frozen=True):
    """One of the articles that a container holds, as a list shows it before it is read."""

    title: str
    note: str  # what tells it from others of that title: a date, a sender, an address
    raw: Raw


Members = tuple[Member, ...]


def _holds_several(raw: Raw, name: str) -> Article:
    raise Unreadable(f"{name}: holds several articles; choose one of them")


class SourceForm(msgspec.Struct, frozen=True, kw_only=True):
    """One form of a source.

    `read` turns what was fetched into an article; its second argument is the source as messages
    name it, and it raises `Unreadable`. A container has `members` in its place, which raises the
    same. Both import what they need when they are called, so that unused forms cost nothing.
    `sniff` recognises the bytes, whatever their name or type, and never raises.
    """

    name: str  # never changed: the digest of what was read depends on it
    suffixes: tuple[str, ...]  # of files, in lower case, with the dot
    content_types: tuple[str, ...]  # media types, in lower case
    read: Callable[[Raw, str], Article] = _holds_several
    members: Callable[[Raw, str], Members] | None = None
    sniff: Callable[[bytes], bool] = lambda data: False
    tags: Callable[[Raw], tuple[str, ...]] = lambda raw: ()  # that who clipped it has given it


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address led to."""

    data: bytes
    media_type: str = ""  # in lower case; "" where the bytes tell
    url: str = ""  # where a reader finds it in the web
    charset: str = ""


class AddressForm(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses with a scheme of their own, as "doi:10.1/2".

    `fetch` is given the whole address, and gives what is there, or the web address or file that is
    to be read in its place. It raises `Unreadable`.
    """

    name: str  # the scheme, in lower case
    fetch: Callable[[str], Fetched | str]


def library(module: str, extra: str, name: str) -> ModuleType:
    """A library that only one form needs. Raises `Unreadable`, saying what to install."""
    try:
        return import_module(module)
    except ImportError as error:
        raise Unreadable(
            f"{name}: needs {module} to be read; install it with {installing(extra)}"
        ) from error
