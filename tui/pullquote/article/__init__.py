"""One text with its metadata, and the sources it comes from."""

import hashlib
import re
from collections.abc import Callable

import msgspec

from pullquote.errors import PullquoteError
from pullquote.text import Spans

# Called while a page is fetched, with the bytes received and the seconds elapsed.
Watch = Callable[[int, float], None]


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
        """16 hexadecimal digits of the text's SHA-256: the same text is the same article."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def work(self) -> str:
        """What stays the same when the text changes: the canonical address, else the text's id."""
        return canonical(self.url) or self.id


def canonical(url: str) -> str:
    """`url` without what does not distinguish pages: scheme, "www.", tracking parameters, fragment.

    Returns "" if it is not an http(s) URL, or has no path: that is a site, not an article.
    """
    if not re.match(r"https?://[^/]+/.", url, re.I):
        return ""
    from courlan import normalize_url  # trafilatura, which has read the page, has it loaded

    try:
        plain = (
            normalize_url(url, strict=False)
            .partition("#")[0]
            .partition("://")[2]
            .removeprefix("www.")
        )
    except ValueError:  # not a URL after all
        return ""
    path, mark, query = plain.partition("?")
    return path.rstrip("/") + mark + query


class Unreadable(PullquoteError):
    """No article can be read from a source; the message, one line, names it and a way out."""


def check_size(name: str, size: int, limit: int) -> None:
    """Raise `Unreadable` if `size` is more than `limit`, both in bytes."""
    if size > limit:
        raise Unreadable(
            f"{name}: larger than {limit:,} bytes; raise max_bytes in the settings to read it"
        )
