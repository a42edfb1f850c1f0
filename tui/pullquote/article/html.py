"""The article in a web page, extracted by trafilatura.

Its text is cleaned like any other. Paragraphs that the page repeats, which extraction would
duplicate, are dropped.
"""

import re
from typing import Any
from urllib.parse import urlsplit

import msgspec

from pullquote.article import Article, Unreadable
from pullquote.article.forms import Raw, SourceForm
from pullquote.text import Span, clean, one_line

# Comments are matched atomically (`?>`): otherwise one that is not followed by a page is tried at
# every length.
_LOOKS_LIKE_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?><\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
# The article's fields, with trafilatura's names for them.
_FIELDS = {
    "title": "title",
    "byline": "author",
    "site": "sitename",
    "published": "date",
    "language": "language",
}
_SHORT = 40  # characters; a shorter line may be repeated on purpose


def from_html(data: bytes, charset: str, url: str, name: str) -> Article:
    """Extract the article from a page.

    Args:
        data: The page as it was sent.
        charset: The declared encoding; "" to let the page say.
        url: Where the page was found; "" for a file.
        name: The source, as messages name it.

    Raises:
        Unreadable: The page cannot be parsed, or there is no article in it.
    """
    from trafilatura import bare_extraction, load_html

    try:
        page: Any = data.decode(charset) if charset else data
    except (LookupError, ValueError):
        page = data
    try:
        tree = load_html(page)
        found = (
            None
            if tree is None
            else bare_extraction(
                tree,
                url=url or None,
                with_metadata=True,
                include_comments=False,
                include_tables=True,
            )
        )
    except Exception as error:  # a hostile page may break the parser anywhere
        raise Unreadable(f"{name}: the page cannot be read: {one_line(str(error))[:80]}") from error
    if found is None or not found.text or not re.search(r"\w", found.text):
        raise Unreadable(
            f"{name}: no article found in this page; save its text as a .txt file and open that"
        )
    text, headings = _assembled(found)
    about = {ours: one_line(getattr(found, theirs) or "") for ours, theirs in _FIELDS.items()}
    address = one_line(_address(url, found.url or ""))
    return msgspec.structs.replace(Article(text=text, headings=headings, url=address), **about)


def _address(asked: str, canonical: str) -> str:
    """The page's canonical URL if it is an article's on the same host; else the one requested."""
    if not asked:
        return canonical
    try:
        there, here = urlsplit(canonical), urlsplit(asked)
    except ValueError:
        return asked
    return canonical if there.netloc == here.netloc and there.path.strip("/") else asked


def _assembled(found: Any) -> tuple[str, tuple[Span, ...]]:
    """The text, one line per paragraph without repeated long ones, and the headings in it."""
    heads = (
        {one_line("".join(head.itertext())) for head in found.body.iter("head")}
        if found.body is not None
        else set()
    )
    seen: set[str] = set()
    lines: list[str] = []
    headings: list[Span] = []
    offset = 0
    for line in found.text.split("\n"):
        words = one_line(clean(line))
        if not words or (len(words) > _SHORT and words in seen):
            continue
        seen.add(words)
        if words in heads:
            headings.append((offset, offset + len(words)))
        lines.append(words)
        offset += len(words) + 1
    return "\n".join(lines), tuple(headings)


def _read(raw: Raw, name: str) -> Article:
    return from_html(raw.data, raw.charset, raw.url, name)


HTML = SourceForm(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    content_types=("text/html", "application/xhtml+xml"),
    read=_read,
    sniff=lambda data: bool(_LOOKS_LIKE_HTML.match(data)),
)
