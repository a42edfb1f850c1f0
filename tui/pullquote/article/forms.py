"""The forms a source can have: one value each, declared in a module of its own.

A form names the suffixes, content types and bytes that it is recognised by, and turns the bytes
into an article.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from pullquote.article import Article
from pullquote.article.original import Headers, Original


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

    def original(self, path: str = "") -> Original:
        """What is kept of it; `path` is the full one of the file that it came from."""
        return Original(
            data=self.data,
            form=self.form.name,
            source=path or self.source,
            url=self.url,
            charset=self.charset,
            retrieved=self.retrieved,
            status=self.status,
            headers=self.headers,
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the form, the URL and the bytes, in hexadecimal: one digest, one article."""
        return hashlib.sha256(f"{self.form.name}\n{self.url}\n".encode() + self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceForm:
    """One form of a source.

    `read` turns what was fetched into an article; its second argument is the source as messages
    name it, and it raises `Unreadable`. It imports what it needs when it is called, so that unused
    forms cost nothing. `sniff` recognises bytes that come without a name or type, and never raises.
    """

    name: str  # never changed: the digest of what was read depends on it
    suffixes: tuple[str, ...]  # of files, in lower case, with the dot
    content_types: tuple[str, ...]  # media types, in lower case
    read: Callable[[Raw, str], Article]
    sniff: Callable[[bytes], bool] = lambda data: False
