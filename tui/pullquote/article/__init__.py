"""One text with its metadata, and the sources it comes from."""

import hashlib
import re
from collections.abc import Callable
from enum import StrEnum

import msgspec

from pullquote.errors import PullquoteError
from pullquote.text import Span, Spans

# Called while a page is fetched, with the bytes received and the seconds elapsed.
Watch = Callable[[int, float], None]


class PartKind(StrEnum):
    """What a stretch of an article is besides its running text and its headings."""

    STANDFIRST = "standfirst"  # the summary below the headline
    CAPTION = "caption"  # of a picture, with its credit
    QUOTED = "quoted"  # the words of another, set apart: a block quotation, an embedded post
    ENTRY = "entry"  # the time and heading that an entry of a live blog begins with
    PAGE = "page"  # one page of a paginated document


class Part(msgspec.Struct, frozen=True):
    """A stretch of an article's text that its source sets apart: `[start, end)`, in code points.

    Parts may overlap (a page has captions); none is empty.
    """

    kind: PartKind
    start: int
    end: int
    by: str = ""  # who wrote what is quoted, by name or handle, where the source says so
    label: str = ""  # a page's number as printed; the time of an entry or a post, ISO 8601

    @property
    def span(self) -> Span:
        """Where it lies."""
        return self.start, self.end


Parts = tuple[Part, ...]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One text, cleaned once and then never changed, with what is known about it.

    `headings` are spans of `text`, in code points, as `parts` are, which are in order; dates are
    ISO 8601.
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
    parts: Parts = ()

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
