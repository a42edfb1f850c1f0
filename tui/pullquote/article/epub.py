"""A book in EPUB: its chapters, each an article, in reading order.

A chapter begins with each file that the table of contents names; files that it does not name go on
with the one before, as programs cut long chapters into several. Chapters go through the same door
as pages of the web. What the book says of itself (authors, title, date, language) is theirs, too.
"""

import posixpath
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from pullquote.article import Unreadable
from pullquote.article.archives import Archive, holds, parsed_xml
from pullquote.article.forms import Member, Members, Raw, SourceForm
from pullquote.article.html import HTML
from pullquote.text import one_line

_MEDIA_TYPE = "application/epub+zip"
_FEW_WORDS = 50  # a page with fewer that no table of contents names is a cover or a title page
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_NAMED_CHARACTER = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = ("amp;", "lt;", "gt;", "quot;", "apos;")
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


class _Chapter(NamedTuple):
    title: str  # "" if the table of contents does not name it
    files: list[str]


class _Book:
    """An open book: what its package document says, by the names of files in the archive.

    Raises `Unreadable`.
    """

    def __init__(self, raw: Raw, name: str) -> None:
        self._name = name
        self._archive = Archive(raw.data, name, raw.limit)
        root = next(_all(self._archive.xml("META-INF/container.xml"), "rootfile"), None)
        path = "" if root is None else root.get("full-path") or ""
        self._package = self._archive.xml(path)
        if self._package is None:
            raise Unreadable(f"{name}: does not say what is in the book; get it again")
        items = [(item, _place(item.get("href"), path)) for item in _all(self._package, "item")]
        self._files = {item.get("id"): file for item, file in items}
        self._navigation = [file for item, file in items if item.get("properties") == "nav"]
        self._outlines = [
            file for item, file in items if item.get("media-type") == "application/x-dtbncx+xml"
        ]
        locked = self._locked()
        if any(file in locked for file in self._spine()):
            raise Unreadable(f"{name}: is encrypted (DRM); only its shop's programs can read it")

    def about(self) -> dict[str, str]:
        """The fields of an article, as the book has them."""
        said = {
            tag: [one_line(_words(one)) for one in _all(self._package, tag)]
            for tag in ("creator", "title", "language", "date")
        }
        days = [day[0] for text in said["date"] if (day := _DAY.match(text))]
        return {
            "byline": ", ".join(filter(None, said["creator"])).replace(";", ","),
            "site": next(iter(said["title"]), ""),
            "language": next(iter(said["language"]), ""),
            "published": next(iter(days), ""),
        }

    def chapters(self) -> list[_Chapter]:
        """The chapters in reading order."""
        titles = self._titles()
        found: list[_Chapter] = []
        for file in self._spine():
            if found and found[-1].title and titles and file not in titles:
                found[-1].files.append(file)
            else:
                found.append(_Chapter(titles.get(file, ""), [file]))
        return found

    def bodies(self, file: str) -> list[Any]:
        """The body of a chapter's file, without the marks of footnotes."""
        data = self._archive.file(file)
        if not data:
            return []
        text = _NAMED_CHARACTER.sub(_character, data.decode("utf-8", "replace"))
        bodies = list(_all(parsed_xml(text.encode(), self._name), "body"))
        for body in bodies:
            for link in list(_all(body, "a")):
                if link.get(_EPUB_TYPE) == "noteref" or link.get("role") == "doc-backlink":
                    _cut_out(link)
        return bodies

    def _spine(self) -> Iterator[str]:
        """The files in reading order, less the table of contents."""
        for reference in _all(self._package, "itemref"):
            file = self._files.get(reference.get("idref"))
            if file and file not in self._navigation and reference.get("linear") != "no":
                yield file

    def _locked(self) -> set[str]:
        """The files that are encrypted; fonts may be in any book."""
        root = self._archive.xml("META-INF/encryption.xml")
        return {unquote(one.get("URI") or "") for one in _all(root, "CipherReference")}

    def _titles(self) -> dict[str, str]:
        """The titles in the table of contents, of EPUB 3 or else 2, by the file they stand for."""
        titles: dict[str, str] = {}
        for file in self._navigation:
            for nav in _all(self._archive.xml(file), "nav"):
                links = _all(nav, "a") if nav.get(_EPUB_TYPE) == "toc" else ()
                for link in links:
                    titles.setdefault(_place(link.get("href"), file), one_line(_words(link)))
        for file in () if titles else self._outlines:
            for point in _all(self._archive.xml(file), "navPoint"):
                for label, content in zip(
                    _all(point, "navLabel"), _all(point, "content"), strict=False
                ):
                    titles.setdefault(_place(content.get("src"), file), one_line(_words(label)))
        return titles


def _all(root: Any, tag: str) -> Iterator[Any]:
    """The elements of that name, in any namespace; none below None."""
    return iter(()) if root is None else root.iter(f"{{*}}{tag}")


def _words(element: Any) -> str:
    return "".join(element.itertext())


def _place(href: str | None, beside: str) -> str:
    """The name, in the archive, of the file that `href` in the file `beside` leads to."""
    try:
        path = unquote(urlsplit(href or "").path)
    except ValueError:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(beside), path))


def _character(named: re.Match[str]) -> str:
    """A character that XML does not know by this name."""
    return named[0] if named[1] in _OF_XML else html5.get(named[1], named[0])


def _cut_out(element: Any) -> None:
    """Take an element away, and leave the words after it."""
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _headings(body: Any) -> Iterator[Any]:
    """The headings: a page with nothing else only stands before a part of the book."""
    headings: Iterator[Any] = body.iter(*(f"{{*}}h{level}" for level in range(1, 7)))
    return headings


def _heading(bodies: list[Any]) -> str:
    headings = (one_line(_words(one)) for body in bodies for one in body.iter("{*}h1", "{*}h2"))
    return next(filter(None, headings), "")


def _page(bodies: list[Any]) -> bytes:
    """A chapter as a page of the web."""
    from lxml import etree

    html = etree.Element("html")
    article = etree.SubElement(etree.SubElement(html, "body"), "article")
    for body in bodies:
        body.tag = "div"
        article.append(body)
    for element in html.iter("*"):
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(html)
    page: bytes = etree.tostring(html, method="html", encoding="utf-8")
    return b"<!DOCTYPE html>" + page


def _members(raw: Raw, name: str) -> Members:
    book = _Book(raw, name)
    about = book.about()
    found: list[Member] = []
    for chapter in book.chapters():
        bodies = [body for file in chapter.files for body in book.bodies(file)]
        words = sum(len(_words(body).split()) for body in bodies)
        headings = sum(len(_words(one).split()) for body in bodies for one in _headings(body))
        if words - headings < (1 if chapter.title else _FEW_WORDS):
            continue
        title = chapter.title or _heading(bodies) or f"{about['site']}, {len(found) + 1}"
        page = Raw(
            data=_page(bodies),
            form=HTML,
            source=raw.source,
            charset="utf-8",
            about={**about, "title": title},
        )
        found.append(Member(title, f"{words:,} words", page))
    return tuple(found)


EPUB = SourceForm(
    name="epub",
    suffixes=(".epub",),
    content_types=(_MEDIA_TYPE,),
    members=_members,
    sniff=lambda data: holds(data, "mimetype", _MEDIA_TYPE.encode()),
)
