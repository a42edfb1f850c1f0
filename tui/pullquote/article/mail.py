"""A mail: its text with what it quotes, its sender, subject and day.

It comes as a file with all its parts (`.eml`), or as text that begins with a header, as it is
copied from a mail program. Of several forms of the same words the plain one is taken, unless it is
empty beside the other. Files that are attached are no part of the article; mails are.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, cast

from pullquote.article import Article, Unreadable
from pullquote.article.dates import in_words, of_header
from pullquote.article.decoding import decoded
from pullquote.article.forms import Raw, SourceForm
from pullquote.article.fragments import fragment_lines
from pullquote.article.replies import (
    Line,
    flowed_lines,
    header,
    is_field,
    quoted_lines,
    sender_name,
    text_of,
)
from pullquote.article.signatures import says
from pullquote.text import clean, one_line

if TYPE_CHECKING:
    from email.message import EmailMessage

    from lxml.html import HtmlElement

_HEAD = 65_536  # bytes; no header is longer
_SEPARATOR = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:From \S+ [^\n]*\n)?")  # of a mailbox
_LEAST = 0.3  # of the words of the other form; a plain text with fewer only points to it
_NOT_BASE64 = re.compile(r"[^\w+/=\s]|\S \S")  # as where only the text was copied
_DEEPEST = 8  # mails in mails
_MARKED = 20  # signatures in a mail; one may be inside another
# The ids and classes of signatures: Gmail's, Thunderbird's, Outlook's, Apple's.
_SIGNED = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_signature|moz-(?:txt-)?sig(?:nature)?|signature|applemailsignature"
    r"|ms-outlook-mobile-signature|_mailautosig)(?:\s|$)"
)


def is_mail(data: bytes) -> bool:
    """Whether `data` begins with a mail's header."""
    head = _SEPARATOR.sub(b"", data[:_HEAD], count=1).replace(b"\r\n", b"\n")
    return header(head.decode("utf-8", "replace")) is not None


def from_mail(data: bytes, name: str) -> Article:
    """The article in a mail.

    Args:
        data: The mail, beginning with its header.
        name: The source, as messages name it.

    Raises:
        Unreadable: There are no words in it, or they cannot be decoded.
    """
    from email import message_from_bytes, policy

    data = _SEPARATOR.sub(b"", data, count=1)
    data = _in_utf_8(data, name)
    fields = header(data[:_HEAD].decode("utf-8", "replace").replace("\r\n", "\n")) or {}
    try:
        message = message_from_bytes(data, policy=policy.default)
        lines = [*(_lines(message, name) if message.keys() else _below_header(data, name))]
    except RecursionError as error:
        raise Unreadable(f"{name}: has parts in parts without end; open its text alone") from error
    text, parts = text_of(lines)
    if not text:
        raise Unreadable(f"{name}: is a mail without text; open what is attached to it instead")
    return Article(
        text=text,
        parts=parts,
        title=_field(message, "subject") or one_line(fields.get("subject", "")),
        byline=_sender(message) or sender_name(fields.get("from", "")),
        published=_day(_field(message, "date") or fields.get("date", "")),
    )


def _in_utf_8(data: bytes, name: str) -> bytes:
    """A mail that was copied in another encoding; one from a mail program is left as it is."""
    head = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        return decoded(data, "", name).encode("utf-8", "replace")
    return data


def _field(message: "EmailMessage", name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except Exception:  # the standard library raises many kinds of errors on broken headers
        return ""


def _sender(message: "EmailMessage") -> str:
    return sender_name(_field(message, "from"))


def _day(date: str) -> str:
    """The day in a date as mails have it, at the sender's place, in ISO 8601; "" if none."""
    when = of_header(date)
    day = when.date() if when else in_words(date)
    return day.isoformat() if day else ""


def _lines(message: "EmailMessage", name: str, depth: int = 0) -> Iterator[Line]:
    """The lines of all texts in a mail, and of the mails that are attached to it."""
    kind = message.get_content_type()
    if kind.startswith("multipart/") and not message.is_multipart():
        kind = "text/plain"  # its parts cannot be told apart
    if message.get_content_disposition() == "attachment" and kind != "message/rfc822":
        return
    parts = cast("list[EmailMessage]", [*message.iter_parts()])
    if kind == "multipart/alternative":
        yield from _best([[*_lines(part, name, depth)] for part in parts])
    elif kind == "multipart/related":
        yield from _lines(parts[0], name, depth) if parts else ()
    elif kind == "message/rfc822" and depth < _DEEPEST:
        for part in parts:
            yield from _passed_on([*_heading(part), *_lines(part, name, depth + 1)])
    elif message.is_multipart():
        for part in parts:
            yield from (*_lines(part, name, depth), Line(0, ""))
    elif kind == "text/html":
        yield from quoted_lines(_of_page(_decoded(message, name)))
    elif kind in ("text/plain", "text/enriched"):
        yield from _of_text(message, _decoded(message, name))


def _below_header(data: bytes, name: str) -> list[Line]:
    """The lines below a header that is none to a mail program: its fields' names may be in bold."""
    text = clean(decoded(data, "", name)).lstrip()
    return quoted_lines(text.partition("\n\n")[2])


def _best(forms: list[list[Line]]) -> list[Line]:
    """The first of the forms of the same text, unless another has far more words."""
    counts = [sum(len(line.words.split()) for line in lines) for lines in forms]
    most = max(counts, default=0)
    fit = (lines for lines, count in zip(forms, counts, strict=True) if count >= _LEAST * most)
    return next(fit, [])


def _heading(message: "EmailMessage") -> Iterator[Line]:
    for name in ("From", "Date", "To", "Subject"):
        if field := _field(message, name):
            yield Line(0, f"{name}: {field}")
    yield Line(0, "")


def _passed_on(lines: list[Line]) -> Iterator[Line]:
    return (Line(depth + 1, words) for depth, words in lines)


def _decoded(message: "EmailMessage", name: str) -> str:
    """The text of a part: as UTF-8 if it is, whatever it is said to be, for what was copied."""
    written, data = message.get_payload(), message.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return ""
    if isinstance(written, str) and message["content-transfer-encoding"] == "base64":
        data = written.encode() if _NOT_BASE64.search(written) else data
    charset = message.get_content_charset() or ""
    # what browsers do not read, and old mails are written in
    own = "utf-7" if charset == "utf-7" else "" if data.isascii() else "utf-8"
    if own:
        with suppress(UnicodeDecodeError):
            return clean(data.decode(own))
    return clean(decoded(data, charset, name))


def _of_page(page: str) -> str:
    """The text of a page, with what it quotes behind marks."""
    lines: list[str] = []
    in_header = False
    for words, depth, _ in fragment_lines(page, _without_signatures):
        if in_header and is_field(words):
            lines.pop()  # a header is one block
        in_header = is_field(words)
        lines += [f"{'>' * depth} {words}" if depth else words, ">" * depth]
    return "\n".join(lines)


def _without_signatures(tree: "HtmlElement") -> None:
    """Drop what a mail program marks as the sender's signature, unless somebody is quoted in it."""
    from pullquote.article.page.blocks import blocks
    from pullquote.article.page.markup import drop, names

    def says_something(element: "HtmlElement") -> bool:
        if element.tag == "pre":
            return says(element.text_content().split("\n"))
        return says([block.text for block in blocks(element)])

    every = tree.iter("div", "pre", "span", "table")
    marked = islice((one for one in every if _SIGNED.search(names(one))), _MARKED)
    drop(one for one in [*marked] if not says_something(one))


def _of_text(message: "EmailMessage", text: str) -> list[Line]:
    if str(message.get_param("format", "")).lower() != "flowed":
        return quoted_lines(text)
    return flowed_lines(text, str(message.get_param("delsp", "")).lower() == "yes")


def _read(raw: Raw, name: str) -> Article:
    return from_mail(raw.data, name)


MAIL = SourceForm(
    name="mail",
    suffixes=(".eml",),
    content_types=("message/rfc822",),
    read=_read,
    sniff=is_mail,
)
