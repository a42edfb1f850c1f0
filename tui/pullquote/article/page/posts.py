"""The words of others that a page sets apart: embedded posts, block quotations, pull quotes.

Each is written as paragraphs with quotation marks and who wrote them behind. The embed codes of X,
Bluesky, Mastodon, Threads, Facebook, Instagram, TikTok and Reddit are a block quotation with the
author in a line of it; what sites make of them names author, handle and time by class.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from pullquote.article import PartKind
from pullquote.article.page.blocks import HEADINGS, blocks
from pullquote.article.page.markup import drop, names, paragraph, replace, words
from pullquote.article.quoting import quotation

_POST = re.compile(
    r"(?:twitter|instagram|tiktok|bluesky|bsky|mastodon|threads|facebook|truth-?social|linkedin"
    r"|reddit|social|nojs)[-_]*(?:tweet|media|embed|post|status|video|message)s?(?:\s|$)"
    r"|(?:^|\s)(?:tweet|toot|skeet|fb-post|text-post-media|reddit-(?:embed-bq|card)"
    r"|embedded-(?:tweet|post))(?:\s|$)"
)
_PULLED = re.compile(r"pull-?(?:ed-?)?quote|block-?quote")
_AUTHOR = re.compile(r"author|display-?name|full-?name|handle|screen-?name|user-?name")
_ATTRIBUTION = re.compile(r"attribution|author|byline|cite|credit|source|speaker|name")
_TOOLS = re.compile(r"(?:tweet|post|embed|status)-?(?:date|footer|ufi|actions|metrics|stats|time)")
_HANDLE = re.compile(r"@[\w.-]+(?:@[\w.-]+)?|\bu/[\w-]+")
_BEFORE_NAME = re.compile(
    r"(?:[—–―-]+|(?:an? )?(?:(?:photo|post|reel|video|statement) )?(?:shared|posted) by"
    r"|(?:post|tweet|video|by) by|by)\s*",
    re.I,
)
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_DATE = re.compile(
    rf"(?:[A-Z][a-z]+day, )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}},?) (?:at )?\d{{4}}"
)
_NOISE = re.compile(
    r"(?:view|see|read|watch|open|visit)\b.{0,60}\b(?:on|at|in|post|thread|replies)\b.{0,40}"
    r"|(?:pic\.twitter\.com|https?:|t\.co)/*\S*|\[image or embed\]|♬.*|\W*|@[\w.-]+"
    r"|image copyright.*"
    r"|(?:follow|reply|repost|retweet|like|share|report|copy link|translate)s?"
    r"|[\d.,]+[km]?(?: (?:likes|replies|reposts|retweets|comments|views|quotes))?",
    re.I,
)
_LINKS = ("http://", "https://", "pic.twitter.com/", "pic.x.com/")
_IMAGE = "[image or embed]"
_DATES = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")
_LONGEST = 3_000  # characters of a quotation that is set apart; what has more is the article itself
_NAME = 80  # characters
_MANY = 2_000  # posts in a page; those behind them stay as they are


class _Who(NamedTuple):
    by: str = ""
    when: str = ""
    time: str = ""  # ISO 8601


def write_out(tree: HtmlElement) -> None:
    """Write the posts and the quotations of `tree` as paragraphs that are marked as quoted."""
    for element in [*islice(_outermost(tree, _is_post), _MANY)]:
        _put(element, *_post(element))
    for element in [*islice(_outermost(tree, _is_quotation), _MANY)]:
        _put(element, *_quoted(element))


def _outermost(tree: HtmlElement, fits: Callable[[HtmlElement], bool]) -> Iterator[HtmlElement]:
    inside: set[HtmlElement] = set()
    for element in tree.iter("blockquote", "figure", "div", "aside", "section", "article"):
        if element.getparent() in inside or element in inside:
            inside.add(element)
        elif element.getparent() is not None and fits(element):
            inside.update(element.iter())
            yield element


def _is_post(element: HtmlElement) -> bool:
    return bool(_POST.search(names(element))) and element.find(".//h1") is None


def _is_quotation(element: HtmlElement) -> bool:
    if "wp-embedded-content" in names(element):
        return False
    is_one = element.tag == "blockquote" or bool(_PULLED.search(names(element)))
    return is_one and next(element.iter(*HEADINGS, "li", "table", "article"), None) is None


def _put(element: HtmlElement, said: list[str], who: _Who) -> None:
    """Put the words of a post or quotation where it was; one without words goes."""
    text = sum(map(len, said))
    if text > _LONGEST:
        return
    figure = next(element.iterancestors("figure", "aside"), None)
    if figure is not None:
        figure.tag = "div"  # it is no picture
    box = paragraph("")
    box.tag = "div"
    for line in quotation(said, who.by, who.when):
        box.append(paragraph(line, kind=PartKind.QUOTED, by=who.by, label=who.time))
    replace(element, box)


# --- posts


def _without_links(text: str) -> str:
    """The words of a post's line without the links that it ends in."""
    kept = text.rstrip()
    while kept:
        if kept.endswith(_IMAGE):
            kept = kept.removesuffix(_IMAGE).rstrip()
            continue
        last = kept.rsplit(None, 1)[-1]
        begun = min((at for link in _LINKS if (at := last.find(link)) >= 0), default=-1)
        if begun < 0:
            return kept
        kept = kept[: len(kept) - len(last) + begun].rstrip()
    return ""


def _post(element: HtmlElement) -> tuple[list[str], _Who]:
    """The words of a post, on one line, and who wrote it."""
    who = _named(element)
    said: list[str] = []
    for line in blocks(element):
        text = _without_links(line.text)
        signed = _signed(text)
        if signed is not None and (said or not who.by or who.by in text):
            who = _Who(who.by or signed.by, who.when or signed.when, who.time or signed.time)
        elif not _NOISE.fullmatch(text) and not (line.linked > 0.9 and text in who.by):
            said.append(text)
    return ([" ".join(said)] if said else []), who


def _named(element: HtmlElement) -> _Who:
    """Who wrote a post by the classes of its elements, which are taken out."""
    found: list[str] = []
    when = time = ""
    for inner in [*element.iter("time")]:
        when, time = when or words(inner), time or inner.get("datetime", "")[:40]
        drop([inner])
    for inner in [*element.iterdescendants("a", "div", "footer", "p", "span")]:
        text = words(inner)
        if text.startswith("♬") or _TOOLS.search(names(inner)):
            date = _DATE.search(text)
            when, time = (when or date[0], time or _iso(date[0])) if date else (when, time)
            drop([inner])
    first = next(element.iterdescendants("a"), None)
    if first is not None and _HANDLE.fullmatch(words(first)) and first.get("title", "")[:1] == "@":
        found.append(words(first))
        drop([first])
    for inner in [*element.iterdescendants("a", "b", "cite", "div", "p", "span", "strong")]:
        text = words(inner)
        if _AUTHOR.search(names(inner)) and len(inner) == 0 and 0 < len(text) <= _NAME:
            found.append(text)
            drop([inner])
    return _Who(_name_and_handle(" ".join(found)), when, time)


def _name_and_handle(text: str) -> str:
    handle = _HANDLE.search(text)
    name = _HANDLE.sub("", text).strip(" ()·,|")
    if not handle:
        return name
    return f"{name} ({handle[0]})" if name else handle[0]


def _signed(text: str) -> _Who | None:
    """Who wrote a post by the line that says so: "— Ann Cole (@anncole) May 7, 2019"."""
    begun = _BEFORE_NAME.match(text)
    if begun is None or len(text) > 2 * _NAME:
        return None
    rest = text[begun.end() :]
    date = _DATE.search(rest)
    name = rest[: date.start()] if date else rest
    handle = _HANDLE.search(name)
    name = name[: handle.end()] if handle else re.sub(r"(?<!\s)\s++(?:on|at)\s*+$", "", name)
    by = _name_and_handle(name.strip(" ,()·|"))
    if not by or (handle is None and date is None and begun[0].strip().lower() == "by"):
        return None
    return _Who(by, date[0] if date else "", _iso(date[0]) if date else "")


def _iso(date: str) -> str:
    plain = re.sub(r"^\w+day, |\.|at ", "", date)
    for form in _DATES:
        try:
            return datetime.strptime(plain, form).date().isoformat()
        except ValueError:
            continue
    return ""


# --- quotations


def _quoted(element: HtmlElement) -> tuple[list[str], _Who]:
    """The paragraphs of a quotation, and who is named below it."""
    by = ""
    for source in _sources(element):
        text = words(source).lstrip("—–―- ").strip()
        if 0 < len(text) <= _NAME and not by:
            by = text
            drop([source])
    lines = [*blocks(element)]
    said = [line.text for line in lines]
    last = _BEFORE_NAME.match(said[-1]) if len(said) > 1 else None
    if not by and last is not None and len(said[-1]) <= _NAME:
        by = said.pop()[last.end() :]
    return said, _Who(by)


def _sources(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements in which a quotation's source may stand: in it, or in the caption below it."""
    for inner in [*element.iterdescendants("footer", "figcaption", "cite", "p", "span", "div")]:
        is_last = inner.getnext() is None and not (inner.tail or "").strip()
        if inner.tag in ("footer", "figcaption") or (
            is_last and (inner.tag == "cite" or _ATTRIBUTION.search(names(inner)))
        ):
            yield inner
    figure = next(element.iterancestors("figure"), None)
    if figure is not None and figure.find(".//img") is None:
        yield from [*figure.iterdescendants("figcaption")]
