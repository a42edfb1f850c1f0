"""Who wrote a page's article and when, as far as the page says it of the article itself.

A wrong citation is worse than none: what other things in the page say (an embedded post, a comment,
a related story, the year in the footer, a date in the text) is never taken. In turn: JSON-LD, the
page's `meta`, and elements made for it close above or below the article.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from lxml.html import HtmlElement

from pullquote.article.dates import of_header
from pullquote.article.page.blocks import Block, blocks
from pullquote.article.page.markup import names, words
from pullquote.article.page.structured import Structured
from pullquote.text import one_line

_AUTHORS = frozenset(
    (
        *("author", "authors", "article:author", "article:author_name", "byl", "byline"),
        *("citation_author", "dc.creator", "dc:creator", "dcterms.creator", "creator"),
        *(
            "parsely-author",
            "sailthru.author",
            "shareaholic:article_author_name",
            "cxenseparse:author",
        ),
    )
)
_DATES = frozenset(
    (
        *(
            "article:published_time",
            "article:published",
            "og:article:published_time",
            "og:published_time",
        ),
        *(
            "datepublished",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "published-date",
        ),
        *(
            "publication_date",
            "publication-date",
            "published_time",
            "article.published",
            "release_date",
        ),
        *(
            "dc.date",
            "dc:date",
            "dc.date.issued",
            "dc.date.created",
            "dcterms.date",
            "dcterms.issued",
        ),
        *("dcterms.created", "citation_publication_date", "citation_date", "parsely-pub-date"),
        *(
            "sailthru.date",
            "cxenseparse:recs:publishtime",
            "cxenseparse:publishtime",
            "iso-8601-publish-date",
        ),
    )
)
_BYLINE = re.compile(r"by-?line|author|contributor|writer|(?:^|[\s_-])byl?(?:\s|$)")
_NO_BYLINE = re.compile(
    r"bio\b|avatar|image|photo|social|follow|twitter|email|title|role|job|description|caption|credit"
)
_DATED = re.compile(r"publish|posted|(?:^|[\s_-])(?:pub)?-?date|time-?stamp|date-?line|date-?time")
_CHANGED = re.compile(r"updat|modif|edit|last")
_BY = re.compile(
    r"(?<!\s)\s*+(?:(?:written|words|story|text|reported|posted|report|analysis|opinion)\s++)?"
    r"\bby\b[:\s]++",
    re.I,
)
_BETWEEN = re.compile(
    r"(?<!\s)(?:\s*+(?:,\s*+and\s|[,;|•·&]|\band\b|\bwith\b)|[^\S\n]*+\n)\s*+", re.I
)
_WORD_OF_NAME = r"(?:[^\W\d_][\w.’'-]*)"
_NAME = re.compile(
    rf"(?=[^\W\d_a-zà-ÿ]){_WORD_OF_NAME}(?: (?:{_WORD_OF_NAME})){{1,4}}(?: [IVX]+| Jr\.?| Sr\.?)?"
)
_NO_NAME = re.compile(
    r"\b(?:by|editor|correspondent|reporter|writer|staff|news|updated|published|posted|minutes?|read|share|follow|photograph\w*"
    r"|january|february|march|april|june|july|august|september|october|november|december"
    r"|columnist|contributor|producer)\b",
    re.I,
)
_DAY = re.compile(r"(?<!\s)\s++(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*", re.I)
_ISO = re.compile(r"\s*(\d{4})-?/?(\d{2})-?/?(\d{2})(?!\d)")
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_WRITTEN = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})|({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?)"
    r",? (\d{4})\b"
)
_LONG = 200  # characters; a byline has no more


_ABOVE, _BELOW, _BEHIND = (
    8,
    3,
    3,
)  # lines: above the first of the article, below it, behind the last
_DEEP = 3  # elements around a line
_MOST = 60  # elements in a line; what has more is not made for one thing


def near(lines: Sequence[Block], kept: Sequence[bool]) -> list[HtmlElement]:
    """The elements close above and below the article, in order: where it says who wrote it."""
    places = [number for number, is_kept in enumerate(kept) if is_kept]
    if not places:
        return []
    first, last = places[0], places[-1]
    top = max((n for n in range(first + 1) if lines[n].owner.tag == "h1"), default=first)
    numbers = [*range(max(0, top - _ABOVE), first + _BELOW), *range(last, last + 1 + _BEHIND)]
    found: dict[HtmlElement, None] = {}
    for owner in (lines[number].owner for number in numbers if number < len(lines)):
        inner = [*islice(owner.iter(), _MOST + 1)]
        outer = [one for one in islice(owner.iterancestors(), _DEEP) if len(words(one)) <= _LONG]
        around = [*reversed(outer), *(inner if len(inner) <= _MOST else [owner])]
        found.update(dict.fromkeys(around))
    return [*found]


def byline_of(tree: HtmlElement, said: Structured, near: Iterable[HtmlElement], site: str) -> str:
    """The names of those who wrote the article, with "; " between them; "" where none is said.

    Args:
        tree: The page.
        said: What it tells machines.
        near: The elements close above and below the article.
        site: The site's name, which is no author.
    """
    sites = {one.casefold() for one in (site, said.publisher) if one}
    sources = (said.authors, _metas(tree, _AUTHORS), _bylines(near))
    for texts in sources:
        found = [name for text in texts for name in _people(text) if name.casefold() not in sites]
        if found:
            return "; ".join(dict.fromkeys(found))
    return ""


def published_of(tree: HtmlElement, said: Structured, near: Iterable[HtmlElement]) -> str:
    """The day on which the article was published, ISO 8601; "" where it is not said."""
    texts = (said.published, *_metas(tree, _DATES), *_times(near))
    return next(filter(None, map(day, texts)), "")


def day(text: str) -> str:
    """The day that a time names: ISO 8601, RFC 5322 or written out in English; else ""."""
    if iso := _ISO.match(text):
        return _checked(int(iso[1]), int(iso[2]), int(iso[3]))
    if written := _WRITTEN.search(text):
        number, month = written[1] or written[4], (written[2] or written[3])[:3]
        try:
            return _checked(int(written[5]), datetime.strptime(month, "%b").month, int(number))
        except ValueError:
            return ""
    when = of_header(text)
    return when.date().isoformat() if when else ""


def _checked(year: int, month: int, number: int) -> str:
    try:
        found = date(year, month, number)
    except ValueError:
        return ""
    return found.isoformat() if found.year > 1700 else ""


def _metas(tree: HtmlElement, wanted: frozenset[str]) -> Iterator[str]:
    for meta in tree.iter("meta"):
        keys = (meta.get(key, "").lower() for key in ("name", "property", "itemprop"))
        if any(key in wanted for key in keys):
            yield meta.get("content", "")[:_LONG]


def _bylines(near: Iterable[HtmlElement]) -> Iterator[str]:
    """What stands in elements made for the author, those that only hold the name first."""
    found = [one for one in near if _is_byline(one)]
    exact = [one for one in found if "author" in (one.get("rel", ""), one.get("itemprop", ""))]
    for one in exact or found:
        lines = [line.text for line in blocks(one)] if one.tag != "meta" else []
        if 0 < sum(map(len, lines)) <= _LONG:
            yield "\n".join(lines)


def _is_byline(element: HtmlElement) -> bool:
    name = names(element)
    if "author" in (*element.get("rel", "").split(), *element.get("itemprop", "").split()):
        return True
    return bool(_BYLINE.search(name)) and not _NO_BYLINE.search(name)


def _people(text: str) -> Iterator[str]:
    """The names in a byline: what is a role, a place or a site in it is none."""
    if re.match(r"https?:|www\.|@", text):
        return
    for piece in _BETWEEN.split(_BY.sub("", text, count=1)):
        name = _DAY.sub("", _BY.sub("", one_line(piece))).strip(" .,:–—-")
        if _NAME.fullmatch(name) and not _NO_NAME.search(name):
            yield name


def _times(near: Iterable[HtmlElement]) -> Iterator[str]:
    """The times in elements made for them, those that say to be of publication first."""
    ones = [one for one in near if one.tag == "time" or _DATED.search(names(one))]
    ones = [one for one in ones if not _CHANGED.search(f"{names(one)} {words(one)[:20].lower()}")]
    ones.sort(
        key=lambda one: one.get("itemprop", "") != "datePublished" and "pubdate" not in one.attrib
    )
    for one in ones:
        yield one.get("datetime") or one.get("content") or words(one)[:_LONG]
