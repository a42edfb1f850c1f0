"""What a page tells machines of its article, in JSON-LD: schema.org's Article and its kinds."""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any, NamedTuple

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$")
_MANY = 5_000  # objects in a page's data
_DEEP = 8  # objects in one another
_BREAK = re.compile(r"<br\s{0,9}/?>|</p>", re.I)
_TAG = re.compile(r"<[^<>]{1,500}>")
# Where paragraphs were joined without a space: "… the end.The next one begins".
_JOINED = re.compile(r"(?<=[a-z0-9)][.?!”\"])(?=[“\"]?[A-Z][a-z])|(?<=[.?!”]) {2,}(?=\S)")


class Structured(NamedTuple):
    """What is said of the article; "" or () where nothing is."""

    body: tuple[str, ...] = ()  # its paragraphs
    authors: tuple[str, ...] = ()
    published: str = ""
    headline: str = ""
    publisher: str = ""


def structured(tree: HtmlElement) -> Structured:
    """What the JSON-LD of a page says of its article; scripts must still be in the tree."""
    nodes = [node for node in islice(_nodes(tree), _MANY) if _is_article(node)]
    if not nodes:
        return Structured()
    one = max(nodes, key=lambda node: len(_text(node.get("articleBody"))) > 0)
    return Structured(
        body=_body(one),
        authors=tuple(filter(None, map(_name, islice(_listed(one.get("author")), 20)))),
        published=_text(one.get("datePublished")) or _text(one.get("dateCreated")),
        headline=_text(one.get("headline")),
        publisher=_name(next(iter(_listed(one.get("publisher"))), None)),
    )


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            whole = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [(whole, 0)]
        while waiting:
            one, depth = waiting.pop(0)
            if isinstance(one, dict):
                yield one
            inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
            if depth < _DEEP:
                waiting += [(each, depth + 1) for each in inner if isinstance(each, dict | list)]


def _is_article(node: dict[str, Any]) -> bool:
    return any(_ARTICLE.search(_text(kind)) for kind in _listed(node.get("@type")))


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
        value = value[0] if isinstance(value, list) and value else value
    return unescape(_text(value)).strip()


def _body(node: dict[str, Any]) -> tuple[str, ...]:
    """The article's paragraphs; of a live blog, its entries' with their headings."""
    entries = [one for one in _listed(node.get("liveBlogUpdate")) if isinstance(one, dict)]
    if entries:
        pairs = ((_text(one.get("headline")), _text(one.get("articleBody"))) for one in entries)
        return tuple(line for pair in pairs for text in pair for line in _paragraphs(text))
    return tuple(_paragraphs(_text(node.get("articleBody"))))


def _paragraphs(text: str) -> list[str]:
    broken = _BREAK.sub("\n", unescape(text)).splitlines()
    lines = [line for one in broken if (line := _TAG.sub("", one).strip())]
    if len(lines) == 1 and len(pieces := _JOINED.split(lines[0])) > 2:
        lines = pieces
    return [" ".join(line.split()) for line in lines]
