"""The article in a web page, and in what other programs write as HTML.

The page is made into what a browser shows, cut into lines, and those that are the article are
chosen (see `pullquote.article.page`). A document that was converted to HTML is taken whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from pullquote.article import Article, Part, PartKind, Unreadable
from pullquote.article.decoding import declared_in, decoded
from pullquote.article.forms import Raw, SourceForm
from pullquote.text import Span, clean, one_line

# Comments are matched atomically (`?>`): otherwise one that is not followed by a page is tried at
# every length.
_LOOKS_LIKE_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?><\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_MOST = 250_000  # elements of a page; reading it takes a tenth of a millisecond for each
_SHORT = 40  # characters; a shorter line may be repeated on purpose
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][^\W_]++)*+$", re.I)


class Line(NamedTuple):
    """A paragraph of the article; `kind` is a `PartKind`, "heading" or ""."""

    text: str
    kind: str = ""
    by: str = ""
    label: str = ""


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
    page = decoded(data, charset or declared_in(data), name)
    try:
        return _extracted(page, url, name)
    except Unreadable:
        raise
    except Exception as error:  # a hostile page may break the parser anywhere
        raise Unreadable(f"{name}: the page cannot be read: {one_line(str(error))[:80]}") from error


def from_document(page: str, name: str) -> Article:
    """The article in HTML that another program made of a document: all of it.

    Args:
        page: A whole page or a piece of one.
        name: The source, as messages name it.

    Raises:
        Unreadable: It cannot be parsed, or has no words.
    """
    from pullquote.article.page import blocks, markup, posts

    try:
        tree = markup.parsed(page)
        if tree is None:
            raise Unreadable(f"{name}: contains no words; nothing to read")
        markup.shown(tree)
        posts.write_out(tree)
        found = [*blocks.blocks(tree.find("body") if tree.find("body") is not None else tree)]
    except Unreadable:
        raise
    except Exception as error:  # a hostile document may break the parser anywhere
        raise Unreadable(f"{name}: cannot be read: {one_line(str(error))[:80]}") from error
    article = assembled(Line(one.text, one.kind, one.by, one.label) for one in found)
    title = tree.findtext(".//title") or next((b.text for b in found if b.owner.tag == "h1"), "")
    return msgspec.structs.replace(article, title=one_line(title), language=_language(tree))


def assembled(lines: Iterable[Line]) -> Article:
    """The text of an article from its paragraphs, each on a line, with its headings and parts."""
    texts: list[str] = []
    headings: list[Span] = []
    parts: list[Part] = []
    offset = 0
    for line in lines:
        words = one_line(line.text)
        if not words:
            continue
        end = offset + len(words)
        if line.kind == "heading":
            headings.append((offset, end))
        elif line.kind:
            by, label = one_line(line.by), one_line(line.label)
            parts.append(Part(PartKind(line.kind), offset, end, by, label))
        texts.append(words)
        offset = end + 1
    return Article(text="\n".join(texts), headings=tuple(headings), parts=tuple(parts))


def _extracted(page: str, url: str, name: str) -> Article:
    from trafilatura.metadata import extract_metadata

    from pullquote.article.page import about, blocks, choosing, live, markup, notices, posts
    from pullquote.article.page.structured import structured

    tree = markup.parsed(page)
    if tree is None or tree.find("body") is None:
        raise Unreadable(f"{name}: no article found in this page; {_WAY_OUT}")
    if markup.without_empty(tree) > _MOST:
        raise Unreadable(
            f"{name}: more than {_MOST:,} elements, too many for an article; {_WAY_OUT}"
        )
    said = structured(tree)
    known = extract_metadata(tree, url or None, extensive=False)
    markup.shown(tree)
    taken = notices.without_notices(tree)
    posts.write_out(tree)
    entries = live.entries(tree)
    for entry in entries:
        live.head(entry)
    body = [*blocks.blocks(tree.find("body"))]
    kept = choosing.chosen(tree, body, entries)
    near = about.near(body, kept)
    top = choosing.headline(body, kept, known.title or "")
    title = one_line((body[top].text if top is not None else known.title) or said.headline)
    lines = _lines(body, kept, title)
    if choosing.is_more(said.body, [line.text for line in lines]):
        lines = [Line(paragraph) for paragraph in said.body]
    notices.check(name, [line.text for line in lines], taken, page)
    site = one_line(known.sitename or said.publisher or "")
    return msgspec.structs.replace(
        assembled(_once(lines)),
        title=title,
        byline=about.byline_of(tree, said, near, site),
        site=site,
        url=one_line(_address(url, known.url or "")),
        published=about.published_of(tree, said, near),
        language=_language(tree),
    )


def _lines(body: Sequence[Any], kept: list[bool], title: str) -> list[Line]:
    """The article's lines without its title, which stands above it."""
    from pullquote.article.page.choosing import headline, repeats, said_again, standfirst

    top, number = headline(body, kept, title), standfirst(body, kept, title)
    if number is not None:
        body = [*body]
        body[number] = replace(body[number], kind=PartKind.STANDFIRST)
    ours = [
        one
        for place, one in enumerate(body)
        if place == number or (kept[place] and place != top and not repeats(one.text, title))
    ]
    again = said_again(ours)
    return [
        Line(one.text, one.kind, one.by, one.label)
        for place, one in enumerate(ours)
        if place not in again
    ]


def _once(lines: Iterable[Line]) -> list[Line]:
    """The lines without long ones that a page repeats."""
    seen: set[str] = set()
    found = []
    for line in lines:
        words = one_line(clean(line.text))
        if len(words) > _SHORT and words in seen:
            continue
        seen.add(words)
        found.append(line)
    return found


def _language(tree: Any) -> str:
    found = _LANGUAGE.match(tree.get("lang", "").strip())
    return found[1].lower() if found else ""


def _address(asked: str, canonical: str) -> str:
    """The page's canonical URL if it is an article's on the same host; else the one requested."""
    if not asked:
        return canonical
    try:
        there, here = urlsplit(canonical), urlsplit(asked)
    except ValueError:
        return asked
    return canonical if there.netloc == here.netloc and there.path.strip("/") else asked


_WAY_OUT = "save its text as a .txt file and open that"


def _read(raw: Raw, name: str) -> Article:
    return from_html(raw.data, raw.charset, raw.url, name)


HTML = SourceForm(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    content_types=("text/html", "application/xhtml+xml"),
    read=_read,
    sniff=lambda data: bool(_LOOKS_LIKE_HTML.match(data)),
)
