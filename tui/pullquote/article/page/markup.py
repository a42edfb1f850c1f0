"""The elements of a page as a browser shows them.

Quotation marks of `q` stand in the text, deleted words do not; what is hidden for the lack of a
script is shown. No page is walked by recursion: elements may be nested as deep as the page is long.
"""

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

OURS = "data-pullquote-"  # attributes that say what an element is; a page cannot set them
KIND, BY, LABEL = OURS + "kind", OURS + "by", OURS + "label"

_DECLARATION = re.compile(r"\A[\s\ufeff]*+<\?xml[^>]{0,500}\?>")
_UNSHOWN = (
    *("script", "style", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio"),
    *("video", "button", "input", "select", "textarea", "dialog", "nav", "menu", "map"),
    *("del", "s", "strike"),
)
# What only a screen reader says: "Image caption", "Opens in a new window".
_HEARD = re.compile(
    r"(?:^|\s)(?:off-?screen|visually-?hidden|sr-only|screen-?reader(?:-?text)?|assistive-?text)(?:\s|$)"
)
_OF_HEADS = ("title", "meta", "link", "script", "style", "base", "noscript", "template")
_MARKS = (("“", "”"), ("‘", "’"))
_MANY = 20_000  # elements; a page seldom has as many
_BOXES = ("div", "span", "p", "section")  # what says nothing where there is nothing in it
_EMPTY = "empty"  # the tag of such a box, until it is taken out
_PROSE = 40  # characters; `noscript` with less has a picture or a notice, unless it is a sentence
_ENDS, _CLOSING = (".", "?", "!", "…"), "”\"’')"  # of sentences
_OF_SCRIPTS = re.compile(r"\b(?:java)?scripts?\b|\bbrowsers?\b", re.I)


def parsed(page: str) -> HtmlElement | None:
    """The page's tree; None where there is none in it. Raises what lxml raises."""
    page = _DECLARATION.sub("", page, count=1).replace("\x00", "")
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    data = page.encode("utf-8", "replace")
    tree = (
        document_fromstring(data, parser=parser, ensure_head_body=False) if data.strip() else None
    )
    if not isinstance(tree, HtmlElement):
        return None
    _end_head(tree)
    return tree


def _end_head(tree: HtmlElement) -> None:
    """Put into the body what lxml takes for the head where the page leaves out the tags of both.

    HTML allows that, and lxml does not know `article`, `main` and other elements of HTML 5.
    """
    head = tree.find("head")
    inside = () if head is None else head.iterchildren(tag=etree.Element)
    begun = next((one for one in inside if one.tag not in _OF_HEADS), None)
    if begun is None:
        return
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    body.extend([begun, *begun.itersiblings(), *body])


def shown(tree: HtmlElement) -> HtmlElement:
    """`tree` itself, changed into what is shown."""
    for element in tree.iter("*"):
        for name in [name for name in element.attrib if name.startswith(OURS)]:
            del element.attrib[name]
    _unfold(tree)
    _quote(tree)
    drop(tree.iter(*_UNSHOWN))
    drop(one for one in tree.iter("span", "p", "div", "h2", "h3") if _HEARD.search(names(one)))
    return tree


def without_empty(tree: HtmlElement) -> int:
    """Take boxes without anything in them out of a tree that has very many elements.

    Returns:
        How many elements are left.
    """
    count = sum(1 for _ in tree.iter("*"))
    if count <= _MANY:
        return count
    for _, element in etree.iterwalk(tree, events=("end",), tag=_BOXES):  # the inner ones first
        if _is_empty(element):
            element.tag = _EMPTY
    etree.strip_tags(tree, _EMPTY)  # all at once: one by one, each would copy the text before it
    left = [*tree.iter("*")]
    for one in left:  # the text around them lies in as many pieces as there were boxes
        one.text, one.tail = _in_one(one.text), _in_one(one.tail)
    return len(left)


def _in_one(text: str | None) -> str | None:
    """A text to be put back in one piece, a space where there is only white space."""
    return " " if text and text.isspace() else text


def _is_empty(element: HtmlElement) -> bool:
    """Whether nothing but white space and empty boxes is in an element."""
    texts = (element.text, *(one.tail for one in element))
    return all(one.tag == _EMPTY for one in element) and not any(
        text and text.strip() for text in texts
    )


def words(element: HtmlElement) -> str:
    """All words in `element`, on one line."""
    return " ".join("".join(element.itertext()).split())


def drop(elements: Iterable[HtmlElement]) -> None:
    """Empty elements; what stands behind them stays, and is not joined to what is before."""
    for element in [*elements]:
        element.clear(keep_tail=True)
        element.tag = "span"


def replace(element: HtmlElement, other: HtmlElement) -> None:
    """Put `other` where `element` is; what stands behind it stays."""
    other.tail, element.tail = element.tail, None
    element.getparent().replace(element, other)


def names(element: HtmlElement) -> str:
    """The id, the classes and the test id of an element, in small letters."""
    return " ".join(element.get(name, "") for name in ("id", "class", "data-testid")).lower()


def paragraph(text: str, **attributes: str) -> HtmlElement:
    """A new `p`; the attributes' names are those of `KIND`, `BY` and `LABEL`."""
    made: HtmlElement = HTMLParser().makeelement("p")
    made.text = text
    for name, value in attributes.items():
        if value:
            made.set(OURS + name, value)
    return made


def _unfold(tree: HtmlElement) -> None:
    """Show what stands in `noscript` and `details`."""
    for element in [*tree.iter("noscript")]:
        if _is_read(element):
            element.tag = "span" if next(element.iterancestors("p"), None) is not None else "div"
        else:
            drop([element])
    for element in tree.iter("details"):
        element.tag = "div"
    for element in tree.iter("summary"):
        element.tag = "p"


def _is_read(noscript: HtmlElement) -> bool:
    """Whether it holds words of the article: no picture, link or notice that asks for scripts."""
    text = words(noscript)
    if not text or _OF_SCRIPTS.search(text):
        return False
    if any(len(words(one)) >= _PROSE for one in noscript.iter("p", "h2", "h3", "li")):
        return True
    linked = sum(len(words(link)) for link in noscript.iter("a"))
    *_, last = text.split("\n")
    is_sentence = " " in last and last.rstrip(_CLOSING).endswith(_ENDS)
    return is_sentence and 2 * linked < len(text)


def _quote(tree: HtmlElement) -> None:
    """Put the marks of `q` into the text, single ones inside double ones."""
    quotations = [*tree.iter("q")]
    for element in quotations:
        depth = sum(1 for _ in zip(range(9), element.iterancestors("q"), strict=False))
        opening, closing = _MARKS[depth % 2]
        element.text = opening + (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip() + closing
        else:
            element.text = element.text.rstrip() + closing
    for element in quotations:
        element.tag = "span"
