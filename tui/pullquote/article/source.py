"""From what the reader asks for to an article: a file, a URL, standard input, the shipped one.

Two steps, so that a page seen before need not be extracted again: `fetch` gives the bytes,
`extract` the article. All that can be wrong with a source is said in one line, by `Unreadable`.
"""

import hashlib
import os
import re
import stat
import sys
import time
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import msgspec

from pullquote.article import Article, Unreadable, Watch, check_size
from pullquote.settings import expanded
from pullquote.settings import shipped as shipped_folder
from pullquote.text import REPLACEMENT, clean, one_line

LIMIT = 20_000_000  # bytes
TIMEOUT = 30.0  # seconds, for a whole page or what comes through a named pipe


class Kind(StrEnum):
    """What a source holds."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


_SUFFIXES = {
    "": Kind.TEXT,
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
}
_CONTENT_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/markdown": Kind.MARKDOWN,
    "text/plain": Kind.TEXT,
}
# Each comment is taken once and whole (`?>`): else one that is not followed by a page is tried at
# every length.
_LOOKS_LIKE_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?><\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_PIECE = 65_536  # bytes, of a pipe: what Linux holds in one
_PASSWORD = re.compile(r"(?<=://)[^/?#]*@")


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes of a source, and what they are."""

    data: bytes
    kind: Kind
    source: str
    url: str = ""
    charset: str = ""  # as declared by who sent it

    @property
    def digest(self) -> str:
        """SHA-256 of the kind, the URL and the bytes, in hexadecimal: one digest, one article."""
        return hashlib.sha256(f"{self.kind}\n{self.url}\n".encode() + self.data).hexdigest()


def load(source: str, stdin: BinaryIO | None = None, limit: int = LIMIT) -> Article:
    """The article that `source` names. Raises `Unreadable`."""
    return extract(fetch(source, stdin, limit))


def fetch(
    source: str,
    stdin: BinaryIO | None = None,
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
    watch: Watch | None = None,
) -> Raw:
    """The bytes of a file, an http(s) URL, or (`-`) of standard input; at most `limit` of them.

    `timeout` is in seconds, for the whole of a page or of what comes through a named pipe. While a
    page is fetched, `watch` is told how far it is, twice a second. Raises `Unreadable`.
    """
    if not source.strip():
        raise Unreadable("no article is named; give a file, a URL, or - for standard input")
    if source == "-":
        return _from_stdin(stdin or (sys.stdin.buffer if sys.stdin else None), limit)
    if re.match(r"\s*https?://", source, re.I):
        return _from_web(source.strip(), limit, timeout, watch)
    return _from_file(source, limit, timeout)


def _from_stdin(stdin: BinaryIO | None, limit: int) -> Raw:
    if stdin is None:
        raise Unreadable("standard input: is closed; give a file or a URL")
    try:
        data = stdin.read(limit + 1)
    except OSError as error:
        raise Unreadable(
            f"standard input: cannot be read: {error.strerror}; give a file or a URL"
        ) from error
    check_size("standard input", len(data), limit)
    return Raw(data=data, kind=_sniffed(data), source="-")


def _sniffed(data: bytes) -> Kind:
    """What `data` is, where nobody says: a page, or text."""
    return Kind.HTML if _LOOKS_LIKE_HTML.match(data) else Kind.TEXT


def _from_file(source: str, limit: int, timeout: float) -> Raw:
    name = one_line(source)
    try:
        path = expanded(source)
        if path.is_dir():
            raise Unreadable(f"{name}: is a folder; name a file in it")
        kind = _SUFFIXES.get(path.suffix.lower())
        if not path.exists():
            raise Unreadable(
                f"{name}: no such file; check the path, or give a URL that begins with https://"
            )
        if kind is None:
            known = " ".join(suffix for suffix in _SUFFIXES if suffix)
            raise Unreadable(
                f"{name}: cannot read {one_line(path.suffix)} files; save it as one of {known}"
            )
        data = _content(path, name, limit, timeout)
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    check_size(name, len(data), limit)
    return Raw(data=data, kind=kind, source=source)


def _content(path: Path, name: str, limit: int, timeout: float) -> bytes:
    """The bytes of a file or pipe, at most `limit` and one more; an endless device is refused."""
    about = path.stat()
    if stat.S_ISFIFO(about.st_mode):
        return _piped(path, name, limit, timeout)
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable(
            f"{name}: is not a regular file; name a file, or give - for standard input"
        )
    check_size(name, about.st_size, limit)
    with path.open("rb") as file:
        return file.read(limit + 1)


def _piped(path: Path, name: str, limit: int, timeout: float) -> bytes:
    """What comes through a named pipe, as from `<(command)`; its writer may be late or missing."""
    from select import select

    data, deadline = bytearray(), time.monotonic() + timeout
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while len(data) <= limit:
            ready, _, _ = select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise Unreadable(
                    f"{name}: is not a regular file but a pipe, and what comes through it has not "
                    f"ended within {timeout:g} seconds; save it as a file"
                )
            piece = os.read(pipe, _PIECE)
            if not piece:
                break
            data += piece
    finally:
        os.close(pipe)
    return bytes(data)


def _from_web(url: str, limit: int, timeout: float, watch: Watch | None) -> Raw:
    from pullquote.article.web import page  # the client takes a while to import

    found = page(url, limit, timeout, watch)
    kind = _CONTENT_TYPES.get(found.media_type) if found.media_type else _sniffed(found.body)
    if kind is None:
        raise Unreadable(
            f"{one_line(url)}: is {one_line(found.media_type)[:100]}, not a page; give the "
            "address of an article"
        )
    return Raw(
        data=found.body,
        kind=kind,
        source=_PASSWORD.sub("", url),
        url=found.url,
        charset=found.charset,
    )


def extract(raw: Raw) -> Article:
    """The article in `raw`. Raises `Unreadable`."""
    name = one_line("standard input" if raw.source == "-" else raw.source)
    if not raw.data.strip():
        raise Unreadable(f"{name}: is empty; nothing to read")
    if raw.kind is Kind.HTML:
        from pullquote.article.html import from_html

        article = from_html(raw.data, raw.charset, raw.url, name)
    else:
        text = clean(decoded(raw.data, raw.charset, name))
        if raw.kind is Kind.MARKDOWN:
            from pullquote.article.markdown import from_markdown

            article = from_markdown(text)
        else:
            article = Article(
                text=text, title="" if raw.source == "-" else one_line(Path(raw.source).stem)
            )
    if not re.search(r"\w", article.text):
        raise Unreadable(f"{name}: has no words in it; nothing to read")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return msgspec.structs.replace(
        article, source=one_line(raw.source), url=one_line(raw.url) or article.url, retrieved=now
    )


_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
)
_MARKS += ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes, charset: str, name: str) -> str:
    """`data` as text: by its byte order mark, as declared, as UTF-8, or by charset-normalizer.

    UTF-16 without a mark is known by its zeros; UTF-8 in which a few bytes are broken has U+FFFD
    for these. Raises `Unreadable` for a binary file and for what no encoding makes sense of.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"{name}: broken {encoding}; save it as UTF-8 and try again"
                ) from error
    if b"\x00" in data:
        return _utf_16(data, name)
    for encoding in filter(None, (charset, "utf-8")):
        try:
            return _not_binary(data.decode(encoding), name)
        except (LookupError, ValueError):
            continue
    text = data.decode("utf-8", "replace")
    # In other encodings, what would be a character of UTF-8 beyond ASCII is by chance, and rarer
    # than what would be none.
    if 2 * text.count(REPLACEMENT) <= len(_BEYOND_ASCII.findall(text)):
        return _not_binary(text, name)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Unreadable(f"{name}: its encoding cannot be made out; save it as UTF-8 and try again")
    return _not_binary(str(best), name)


_BEYOND_ASCII = re.compile(rf"[^\x00-\x7f{REPLACEMENT}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _utf_16(data: bytes, name: str) -> str:
    """Text in UTF-16 without a mark: every second byte of its Latin letters and spaces is zero."""
    for encoding, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        if data[zero::2].count(0) > len(data) / 4 and 0 not in data[1 - zero :: 2]:
            with suppress(UnicodeDecodeError):
                return _not_binary(data.decode(encoding), name)
    raise _binary(name)


def _not_binary(text: str, name: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) / 10:
        raise _binary(name)
    return text


def _binary(name: str) -> Unreadable:
    return Unreadable(
        f"{name}: is a binary file, not text; save it as a .txt, .md or .html file in UTF-8"
    )


def shipped() -> Article:
    """The article that comes with pullquote."""
    folder = shipped_folder("seeds")
    path = next(folder.glob("*.txt"))
    about = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    return Article(text=clean(path.read_text(encoding="utf-8")), source=path.name, **about)
