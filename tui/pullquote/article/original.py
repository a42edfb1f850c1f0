"""A source as it was: its bytes, where and when they came from, and what the server said."""

from datetime import UTC, datetime

import msgspec

from pullquote.article.dates import of_header

Headers = tuple[tuple[str, str], ...]


class Validators(msgspec.Struct, frozen=True):
    """What a server tells a page's state by, for it to be asked whether that has changed."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; none if there is nothing to ask by."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes that an article was read from, and how they came."""

    data: bytes | None  # not compressed, whatever Content-Encoding says; None if they are not kept
    sha256: str  # of the bytes, in hexadecimal
    size: int  # of the bytes
    form: str  # the name of the form that they were read as
    source: str  # what was asked for: a URL, or the full path of a file
    url: str = ""  # after redirects; "" for a file
    charset: str = ""  # as declared by the server
    retrieved: str = ""  # ISO 8601, UTC
    status: int = 0  # of HTTP; 0 for a file
    headers: Headers = ()  # as received
    about: dict[str, str] = {}  # fields of `Article`, as the book or archive has them


def header(headers: Headers, name: str) -> str:
    """The value of the first header of that name, in any case; "" if there is none."""
    return next((value for one, value in headers if one.lower() == name.lower()), "")


def validators(headers: Headers) -> Validators:
    """What the next request can ask by."""
    return Validators(header(headers, "etag"), header(headers, "last-modified"))


_LONGEST_WAIT = 366 * 86_400.0  # seconds; who asks for more asks for a year


def seconds_to_wait(value: str) -> float | None:
    """What Retry-After asks for, in seconds from now; None if it asks for nothing, or nonsense."""
    if value.strip().isascii() and value.strip().isdigit():
        return min(float(value.strip()[:12]), _LONGEST_WAIT)
    when = of_header(value)
    if when is None:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(0.0, (when - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)
