"""Markdown to plain text: the words as rendered, headings kept, one line per paragraph."""

import re
from typing import TYPE_CHECKING

import msgspec

from pullquote.article import Article
from pullquote.article.decoding import decoded
from pullquote.article.forms import Raw, SourceForm
from pullquote.text import Span, clean, one_line

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.S)
# How the parts of a line read; all others (images, tags) have no words of their own.
_READS_AS = {"text": "{}", "code_inline": "{}", "softbreak": " ", "hardbreak": " "}
_FIELDS = {
    "title": "title",
    "author": "byline",
    "date": "published",
    "site": "site",
    "url": "url",
    "lang": "language",
}


def from_markdown(source: str) -> Article:
    """The article in cleaned Markdown, titled by its front matter or its first heading."""
    from markdown_it import MarkdownIt

    about = {}
    if front := _FRONT_MATTER.match(source):
        about = _about(front[1])
        source = source[front.end() :]
    lines: list[str] = []
    headings: list[Span] = []
    offset = 0
    heading = False
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        for line in _lines(token):
            if heading:
                headings.append((offset, offset + len(line)))
            lines.append(line)
            offset += len(line) + 1
    text = "\n".join(lines)
    if headings:
        start, end = headings[0]
        about.setdefault("title", text[start:end])
    return msgspec.structs.replace(Article(text=text, headings=tuple(headings)), **about)


def _lines(token: "Token") -> list[str]:
    """The lines of words in one block."""
    if token.type in ("fence", "code_block"):
        return [line for line in token.content.split("\n") if line.strip()]
    if token.type != "inline":
        return []
    pieces = (_READS_AS.get(child.type, "").format(child.content) for child in token.children or ())
    words = one_line("".join(pieces))
    return [words] if words else []


def _about(front: str) -> dict[str, str]:
    """The article's fields among the plain `key: value` lines of a YAML header."""
    pairs = (line.partition(":") for line in front.split("\n"))
    return {
        _FIELDS[key.strip().lower()]: one_line(value).strip("\"'")
        for key, _, value in pairs
        if key.strip().lower() in _FIELDS and value.strip()
    }


def _read(raw: Raw, name: str) -> Article:
    return from_markdown(clean(decoded(raw.data, raw.charset, name)))


MARKDOWN = SourceForm(
    name="markdown",
    suffixes=(".md", ".markdown"),
    content_types=("text/markdown",),
    read=_read,
)
