"""What a source can be: one value a form, declared in a module of its own.

A form says by which suffixes, content types and bytes it is known, and makes an article of the
bytes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from pullquote.article import Article


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of a source, and what they are."""

    data: bytes
    form: "SourceForm"
    source: str  # what the reader asked for
    url: str = ""
    charset: str = ""  # as declared by who sent it

    @property
    def digest(self) -> str:
        """SHA-256 of the form, the URL and the bytes, in hexadecimal: one digest, one article."""
        return hashlib.sha256(f"{self.form.name}\n{self.url}\n".encode() + self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceForm:
    """One form of a source.

    `read` makes the article of what was fetched; the second argument is the source's name in
    messages. It raises `Unreadable`. What it has to import for that, it imports when it is called:
    a form that is not read costs nothing. `sniff` raises nothing.
    """

    name: str  # never changed: it is part of the digest of what was read
    suffixes: tuple[str, ...]  # of files, in lower case, with their dot
    content_types: tuple[str, ...]  # of pages, in lower case
    read: Callable[[Raw, str], Article]
    sniff: Callable[[bytes], bool] = lambda data: False  # what nobody says the form of
