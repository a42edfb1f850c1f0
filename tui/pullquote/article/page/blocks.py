"""The lines of a page: one for each block of words, with what its elements say that it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from pullquote.article import PartKind
from pullquote.article.page.markup import BY, KIND, LABEL

HEADING = "heading"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html"),
        *("li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead"),
        *("tr", "ul", "caption", *HEADINGS),
    )
)
_CELLS = ("td", "th")
_BOLD = ("b", "strong")
_GAP = " | "  # between the cells of a row


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the page.

    `owner` is the innermost block element around it; `kind` is a `PartKind`, `HEADING` or "";
    `linked` is the share of its characters that are a link's.
    """

    text: str
    owner: HtmlElement
    kind: str = ""
    by: str = ""
    label: str = ""
    linked: float = 0.0


def blocks(tree: HtmlElement) -> Iterator[Block]:
    """The lines of `tree`, in order.

    Line breaks divide lines, but for those of headings; so does the end of a question in bold with
    which a line begins, since what follows answers it.
    """
    lines = _Lines(tree)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            yield from lines.begin(element)
        else:
            yield from lines.end(element)
    yield from lines.cut()


class _Lines:
    """The way through a tree, with the words since the last line was cut."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._pieces: list[str] = []
        self._links = 0  # that are open
        self._linked = 0  # characters of links
        self._owners = [tree]
        self._marked: list[tuple[HtmlElement, str]] = []  # elements of a kind that are open
        self._cells: set[HtmlElement] = set()  # that only hold words: their row is one line
        self._bold: HtmlElement | None = None  # that the line begins with

    def begin(self, element: HtmlElement) -> Iterator[Block]:
        """Go into an element."""
        tag = element.tag
        if tag == "tr" and not _is_layout(element):
            self._cells.update(element.iterchildren(*_CELLS))
        if self._is_block(element):
            yield from self.cut()
            self._owners.append(element)
            if kind := _kind(element):
                self._marked.append((element, kind))
        elif tag == "br":
            if self._marked and self._marked[-1][1] == HEADING:
                self._add(" ")
            else:
                yield from self.cut()
        elif tag in _CELLS and element.getprevious() is not None:
            self._add(_GAP)
        elif tag in _BOLD and not any(map(str.strip, self._pieces)):
            self._bold = element
        self._links += tag == "a"
        self._add(element.text)

    def end(self, element: HtmlElement) -> Iterator[Block]:
        """Come out of an element."""
        self._links -= element.tag == "a"
        if self._is_block(element):
            yield from self.cut()
            self._owners.pop()
            if self._marked and self._marked[-1][0] is element:
                self._marked.pop()
        elif self._is_question(element):
            yield from self.cut()
        if element is not self._tree:
            self._add(element.tail)

    def cut(self) -> Iterator[Block]:
        """The line that ends here, if there are words in it."""
        text = " ".join("".join(self._pieces).split()).strip(_GAP)
        share = min(1.0, self._linked / len(text)) if text else 0.0
        self._pieces.clear()
        self._bold = None
        self._linked = 0
        if text:
            element, kind = self._marked[-1] if self._marked else (self._owners[-1], "")
            by, label = element.get(BY, ""), element.get(LABEL, "")
            yield Block(text, self._owners[-1], kind, by, label, share)

    def _is_question(self, element: HtmlElement) -> bool:
        """Whether the line so far is a question, and all of it is in bold."""
        bold = self._bold
        if bold is None or element is not bold or not (element.tail or "").strip():
            return False
        return "".join(bold.itertext()).rstrip().endswith("?")

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            self._linked += len(text.strip()) if self._links else 0

    def _is_block(self, element: HtmlElement) -> bool:
        tag = element.tag
        return tag in _BLOCKS or (tag in _CELLS and element not in self._cells)


def _is_layout(row: HtmlElement) -> bool:
    """Whether the cells of a table's row hold blocks: it is there for the layout."""
    return any(child.tag in _BLOCKS for cell in row for child in cell)


_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|wp|media|figure)?-?_{0,3}captions?(?:-?_{0,3}text)?(?:\s|$)"
)


def _kind(element: HtmlElement) -> str:
    if element.tag in HEADINGS:
        return HEADING
    if element.tag in ("figcaption", "caption"):
        return PartKind.CAPTION
    if element.tag in ("p", "div") and _CAPTION.search(element.get("class", "").lower()):
        return PartKind.CAPTION
    return str(element.get(KIND, ""))
