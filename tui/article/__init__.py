"""One text with its metadata, and the sources it comes from."""

import hashlib

import msgspec

from tui.text import Spans


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One text, cleaned once and then never changed, with what is known about it.

    `headings` are spans of `text`, in code points; dates are ISO 8601.
    """

    text: str
    title: str = ""
    byline: str = ""
    site: str = ""
    url: str = ""
    published: str = ""
    retrieved: str = ""
    language: str = ""
    source: str = ""  # what the reader asked for: a path, a URL, "-"
    headings: Spans = ()

    @property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the text's SHA-256: the same text is the same article."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


class Unreadable(Exception):
    """A source that gives no article; the message is one line that names it and says what to do."""
