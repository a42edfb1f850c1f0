"""Markdown to plain text: the words as rendered, headings kept, one line per paragraph.

Block quotations are written as quotations, pieces of HTML read as in a page, and the marks of
GitHub, Obsidian and clippers understood.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pullquote.article import Article, Part, PartKind
from pullquote.article.decoding import decoded
from pullquote.article.forms import Raw, SourceForm
from pullquote.article.fragments import fragment_lines
from pullquote.article.front_matter import parted, tags
from pullquote.article.obsidian_marks import obsidian_marks, without_comments
from pullquote.article.quoting import quotation
from pullquote.text import Span, clean, one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

# How the parts of a line read; all others (images, tags) have no words of their own.
_READS_AS = {"text": "{}", "code_inline": "{}", "softbreak": "\n", "hardbreak": "\n"}
_TAGS_READ_AS = {"<br": "\n", "<q": "“", "</q": "”"}
_TAG = re.compile(r"</?(?:br|q)\b", re.I)
_CELLS = " | "  # between the cells of a row
_CALLOUT = re.compile(r"\[!([\w-]+)\][-+]?[ \t]*([^\n]*)\n?")
_SIGNATURE = re.compile(r"\s*[—–―-]{1,2}\s*([^\W\d_].{1,80})")
_MARKS = frozenset('“”„«»"「」『』')


class _Lines(NamedTuple):
    """Lines of words that belong together, and what they are."""

    lines: list[str]
    is_heading: bool = False
    is_quoted: bool = False
    by: str = ""


def from_markdown(source: str) -> Article:
    """The article in cleaned Markdown, titled by its front matter or its first heading."""
    from markdown_it.tree import SyntaxTreeNode

    about, source = parted(source)
    tree = SyntaxTreeNode(_parser().parse(without_comments(source), {}))
    lines: list[str] = []
    headings: list[Span] = []
    parts: list[Part] = []
    offset = 0
    for block in _blocks(tree):
        words = [line for line in map(one_line, block.lines) if line]
        if not words:
            continue
        end = offset + len("\n".join(words))
        if block.is_heading:
            headings.append((offset, end))
        if block.is_quoted:
            parts.append(Part(PartKind.QUOTED, offset, end, by=one_line(block.by)))
        lines += words
        offset = end + 1
    text = "\n".join(lines)
    if headings:
        start, end = headings[0]
        about.setdefault("title", text[start:end])
    article = Article(text=text, headings=tuple(headings), parts=tuple(parts))
    return msgspec.structs.replace(article, **about)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(tasklists_plugin).use(obsidian_marks)


def _blocks(node: "SyntaxTreeNode") -> Iterator[_Lines]:
    """The lines in a node, in order; the parser bounds how deep they may be nested."""
    if node.type == "heading":
        yield _Lines([_words(child) for child in node.children], is_heading=True)
    elif node.type == "inline":
        yield _Lines([_words(node)])
    elif node.type == "tr":
        yield _Lines([_CELLS.join(_words(one) for cell in node.children for one in cell.children)])
    elif node.type in ("fence", "code_block"):
        yield _Lines(node.content.split("\n"))
    elif node.type == "html_block":
        yield from _of_html(node.content)
    elif node.type == "blockquote":
        yield from _quoted([block for child in node.children for block in _blocks(child)])
    else:
        for child in node.children:
            yield from _blocks(child)


def _words(node: "SyntaxTreeNode") -> str:
    """The words of a line, or of what is in it; what is struck out is not shown, as in a page."""
    if node.type == "html_inline":
        tag = _TAG.match(node.content)
        return _TAGS_READ_AS[tag[0].lower()] if tag else ""
    if node.type in _READS_AS:
        return _READS_AS[node.type].format(node.content)
    return "" if node.type in ("image", "s") else "".join(map(_words, node.children))


def _quoted(blocks: list[_Lines]) -> Iterator[_Lines]:
    """The lines of a block quotation, written as one, or those of a callout."""
    callout = _CALLOUT.match(blocks[0].lines[0]) if blocks and blocks[0].lines else None
    if callout is None:
        yield _written([line for block in blocks for line in block.lines])
        return
    kind, title = callout[1].lower(), callout[2]
    first = blocks[0].lines[0][callout.end() :]
    rest = [_Lines([first]), *blocks[1:]]
    if kind in ("quote", "cite") and not any(block.is_quoted for block in rest):
        yield _written([line for block in rest for line in block.lines], by=title)
    else:
        yield _Lines([title])
        yield from rest


def _written(lines: list[str], by: str = "") -> _Lines:
    """Lines as one quotation, with who wrote it: the last line says so, behind a dash."""
    *before, last = "\n\n".join(lines).strip().split("\n") or [""]
    signed = _SIGNATURE.fullmatch(last) if any(map(str.strip, before)) else None
    if signed:
        by, lines = one_line(signed[1]), "\n".join(before).split("\n\n")
    paragraphs = [line for line in map(one_line, lines) if line]
    name = re.split(r",| \(", by)[0].strip()
    if not _MARKS.isdisjoint("".join(paragraphs)):  # it has marks of its own, where they belong
        signature = [last] if signed else []
        return _Lines([*paragraphs, *signature], is_quoted=True, by=name)
    return _Lines(quotation(paragraphs, by), is_quoted=True, by=name)


def _of_html(html: str) -> Iterator[_Lines]:
    """The lines of a piece of HTML; its block quotations are written as such."""
    for is_quoted, lines in groupby(fragment_lines(html), lambda line: line.depth > 0):
        if is_quoted:
            yield _written([line.words for line in lines])
        else:
            yield from (_Lines([line.words], line.is_heading) for line in lines)


def _read(raw: Raw, name: str) -> Article:
    return from_markdown(clean(decoded(raw.data, raw.charset, name)))


MARKDOWN = SourceForm(
    name="markdown",
    suffixes=(".md", ".markdown"),
    content_types=("text/markdown",),
    read=_read,
    tags=lambda raw: tags(clean(decoded(raw.data, raw.charset, one_line(raw.source)))),
)
