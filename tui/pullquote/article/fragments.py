"""Pieces of HTML that are all text, as in a mail or in Markdown: nothing in them frames a page."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class FragmentLine(NamedTuple):
    """A line of words, how many block quotations it stands in, and whether it is a heading."""

    words: str
    depth: int
    is_heading: bool


def fragment_lines(
    html: str, prepare: "Callable[[HtmlElement], object]" = id
) -> Iterator[FragmentLine]:
    """The lines of a piece of HTML, one for each block of words; none if it has no words.

    `prepare` may change the tree before.
    """
    from lxml.etree import ParserError

    from pullquote.article.page.blocks import HEADING, blocks
    from pullquote.article.page.markup import parsed, shown

    try:
        tree = parsed(html)
    except ParserError:  # nothing but comments
        return
    if tree is None:
        return
    prepare(shown(tree))
    depths = _depths(tree)
    for block in blocks(tree):
        yield FragmentLine(block.text, depths[block.owner], block.kind == HEADING)


def _depths(tree: "HtmlElement") -> dict["HtmlElement", int]:
    """How many block quotations each element is in, or is the outermost of."""
    from lxml.etree import iterwalk

    depths: dict[HtmlElement, int] = {}
    depth = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        is_quotation = element.tag == "blockquote"
        if event == "start":
            depth += is_quotation
            depths[element] = depth
        else:
            depth -= is_quotation
    return depths
