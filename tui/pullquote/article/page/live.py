"""The entries of a live blog: what each begins with, its time and its heading."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from pullquote.article import PartKind
from pullquote.article.page.markup import names, paragraph, words

_ENTRY = re.compile(
    r"live-?(?:blog|update|stream|story)?s?[-_]*(?:post|entry|item|update|card|block)\b"
    r"|stream-?_*post|content-post|ncpost|^block-[0-9a-f]{8,}"
    r"|(?:liveblog|timeline|key-?event|update)[-_]+(?:post|entry|item|block|card|body)\b|(?:^|\s)live-?(?:post|entry)"
)
_LIVE = re.compile(
    r"live-?(?:blog|stream|updates?|coverage|page|posts?|feed)|minute-?by-?minute|(?:^|\s)live(?:\s|$)"
)
_ENTRY_TYPE = re.compile(r"schema\.org/BlogPosting", re.I)
_TIMED = re.compile(r"time(?:stamp)?\b|\bdate\b")
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.h]\d{2})")
_FEWEST = 2  # entries
_LOOKS = 50  # at what may hold entries; a page has one or two


def entries(tree: HtmlElement) -> list[HtmlElement]:
    """The entries of a live blog, outermost; none where the page is not one."""
    found = [*_named(tree)] or [*_alike(tree)]
    return found if len(found) >= _FEWEST else []


def head(entry: HtmlElement) -> None:
    """Mark the time and the heading that an entry begins with, its time first."""
    for time in entry.iter("time", "span", "p", "div", "a"):
        text = words(time)
        is_time = time.tag == "time" or (_TIMED.search(names(time)) and _CLOCK.search(text))
        if is_time and 0 < len(text) <= 60:
            break
    else:
        return
    at = time.get("datetime", "")[:40]
    line = paragraph(text, kind=PartKind.ENTRY, label=at)
    time.drop_tree()
    entry.insert(0, line)
    line.tail, entry.text = entry.text, None


def _named(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that are named as entries, or typed so for machines."""
    inside: set[HtmlElement] = set()
    for element in tree.iter("article", "div", "li", "section"):
        parent = element.getparent()
        if parent in inside or element in inside:
            inside.add(element)
        elif _is_entry(element):
            inside.update(element.iter())
            yield element


def _is_entry(element: HtmlElement) -> bool:
    is_named = bool(_ENTRY.search(names(element))) or bool(
        _ENTRY_TYPE.search(element.get("itemtype", ""))
        and element.get("itemprop", "") == "liveBlogUpdate"
    )
    return is_named and _has_time(element) and _has_prose(element)


def _alike(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements side by side in what is called live, each with a time and a paragraph."""
    for container in islice(_containers(tree), _LOOKS):
        children = [*container.iterchildren("article", "div", "li", "section")]
        timed = [child for child in children if _has_time(child) and _has_prose(child)]
        if len(timed) >= _FEWEST and 2 * len(timed) >= len(children):
            yield from timed
            return


def _containers(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("div", "section", "ol", "ul", "main", "article"):
        if _LIVE.search(names(element)) or "LiveBlogPosting" in element.get("itemtype", ""):
            yield element


def _has_time(element: HtmlElement) -> bool:
    return next(element.iter("time"), None) is not None or any(
        _TIMED.search(names(one)) and _CLOCK.search(words(one)[:60])
        for one in element.iter("span", "p")
    )


def _has_prose(element: HtmlElement) -> bool:
    return any(len(words(one)) >= 40 for one in element.iter("p", "li", "blockquote"))
