"""A document of a word processor (DOCX), by way of mammoth to HTML, and as a page from there on.

The final text is read: what was inserted under tracked changes is in it, what was deleted is not,
and comments are left out, as are headers, footers and pictures. A note stands at the end, without
its mark in the text. Mammoth gets only the parts that have words, unpacked here within the limit.
"""

import io
import re
from typing import Any

import msgspec

from pullquote.article import Article, Unreadable, properties
from pullquote.article.archives import Archive, holds
from pullquote.article.forms import Raw, SourceForm, library
from pullquote.article.html import HTML
from pullquote.text import one_line

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT = "word/document.xml"
_WITH_WORDS = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?[^/]+\.(?:xml|rels)")
_DOCTYPE = b"<!DOCTYPE"
# Titles and quotations by the names of Word's, LibreOffice's and pandoc's styles.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
"""


def _read(raw: Raw, name: str) -> Article:
    archive = Archive(raw.data, name, raw.limit)
    if _DOCUMENT not in archive:
        raise Unreadable(
            f"{name}: has no text of a document in it; save it as .docx or .html again"
        )
    mammoth = library("mammoth", "docx", name)
    try:
        body = mammoth.convert_to_html(
            io.BytesIO(_with_words(archive, name)),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {}),
        ).value
    except Unreadable:
        raise
    except Exception as error:  # a damaged document may break it anywhere
        raise Unreadable(
            f"{name}: is damaged: {one_line(str(error))[:80]}; save it again"
        ) from error
    page = f"<!DOCTYPE html><html><body><article>{_tidy(body)}</article></body></html>"
    found = msgspec.structs.replace(raw, data=page.encode(), form=HTML, charset="utf-8")
    article = HTML.read(found, name)
    about: dict[str, Any] = _about(archive)
    about["title"] = about["title"] or article.title
    return msgspec.structs.replace(article, published="", **about)


def _with_words(archive: Archive, name: str) -> bytes:
    """The document's text, styles, lists and notes as an archive of their own.

    Raises `Unreadable` if it is too large, or declares what no such document does.
    """
    from zipfile import ZipFile

    packed = io.BytesIO()
    with ZipFile(packed, "w") as few:
        for file in archive.names():
            if not _WITH_WORDS.fullmatch(file):
                continue
            data = archive.file(file)
            if _DOCTYPE in data.replace(b"\x00", b"")[:_BEGINNING]:  # also as UTF-16
                raise Unreadable(f"{name}: declares entities, as no document does; not read")
            few.writestr(file, data)
    return packed.getvalue()


_BEGINNING = 10_000  # bytes; a document type stands before the first element
_MARK = re.compile(r"<sup><a href=\"#(?:foot|end)note-[^\"]*\" id=\"[^\"]*\">\[\d+\]</a></sup>")
_BACK = re.compile(r" <a href=\"#(?:foot|end)note-ref-[^\"]*\">↑</a>")


def _tidy(body: str) -> str:
    """What mammoth made, without the marks of notes and their ways back."""
    return _BACK.sub("", _MARK.sub("", body))


def _about(archive: Archive) -> dict[str, str]:
    """Title, author and language, as the document's properties have them."""
    root = archive.xml("docProps/core.xml")
    tags = () if root is None else root.iter("{*}title", "{*}creator", "{*}language")
    said = {one.tag.rpartition("}")[2]: one_line(one.text or "") for one in tags}
    return {
        "title": properties.title(said.get("title")),
        "byline": properties.byline(said.get("creator")),
        "language": said.get("language", ""),
    }


DOCX = SourceForm(
    name="docx",
    suffixes=(".docx",),
    content_types=(_MEDIA_TYPE,),
    read=_read,
    sniff=lambda data: holds(data, _DOCUMENT),
)
