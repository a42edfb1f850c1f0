"""What stands in a page and is no article's: consent, offers, newsletters, comments.

Elements are told by what their makers name them (the classes and ids of OneTrust, Quantcast,
Sourcepoint, Piano and of what everybody builds alike), and by what they say where the name says
nothing. Publishers also name the paid part of an article "paywall": an offer has to offer.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from pullquote.article import Unreadable
from pullquote.article.page.markup import drop, names, words


class Notice(NamedTuple):
    """A kind of notice: how elements of it are named, and what its words have to be."""

    name: str
    named: re.Pattern[str]
    is_one: Callable[[str], bool]


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


_CONSENTS = (
    r"\bcookies\b",
    r"\bpartners\b",
    r"accept all|reject all|\bi (?:accept|agree)\b|agree and (?:close|continue)",
    r"(?:manage|change|set|your) (?:my |your )?(?:choices|options|preferences|privacy|settings)",
    r"(?:store|access) (?:and/or|and|or) (?:store|access) information|legitimate interest|consent",
    r"personali[sz]ed (?:ads|advertising|content)|privacy policy",
)
_OFFERS = (
    r"already (?:a |have an? )?(?:subscri\w+|member|registered|account)",
    r"subscribe (?:now|today|to|for)|become a (?:subscriber|member)|subscription",
    r"(?:continue|keep|finish) reading|read the (?:full|rest|whole)|to read (?:on|this|more)",
    r"unlimited|full access|exclusive",
    r"cancel any ?time|free trial|(?:first|per|a) (?:month|week|year)\b",
    r"\b(?:log|sign) ?in\b|create (?:an|your|a free) account|\bregister (?:now|for|to)\b",
)
_ENOUGH = 2  # different phrases of a notice; an article may have one


def _says(phrases: tuple[str, ...]) -> Callable[[str], bool]:
    patterns = [re.compile(phrase, re.I) for phrase in phrases]

    def says(text: str) -> bool:
        found = 0
        for pattern in patterns:
            found += pattern.search(text) is not None
            if found == _ENOUGH:
                return True
        return False

    return says


offers = _says(_OFFERS)
_SHORT = 1_500  # characters; a box that asks for something has no more
_LONG = 6_000  # characters; consent is asked for at length

NOTICES = (
    Notice(
        "consent",
        _one_of(
            r"onetrust|\bot-sdk|qc-cmp|sp_message|sp-message|didomi|cookiebot|cybot|usercentrics",
            r"trustarc|borlabs|cmplz|iubenda|fc-consent|\bcmp[-_]|klaro|osano|termly",
            r"(?:cookie|consent|gdpr|ccpa|privacy)s?[-_]*(?:banner|bar|box|consent|dialog|layer|law"
            r"|manager|message|modal|notice|overlay|popup|prompt|wall)",
            r"(?:social|embed)[-_]?consent|consent[-_]?(?:hidden|required)",
        ),
        lambda text: True,
    ),
    Notice(
        "offer",
        _one_of(
            r"pay-?wall|\btp-|tinypass|piano|poool|zephr|reg-?wall|meter",
            r"subscri|register|registration|premium|membership|donat|gateway|barrier|upsell|contribution",
        ),
        lambda text: len(text) <= _SHORT and offers(text),
    ),
    Notice(
        "newsletter",
        _one_of(
            r"newsletter|sign-?up|\bprint-(?:header|footer|only)\b",
            r"\bsha?re?[-_]?(?:bar|box|buttons?|links?|tools?|this)",
            r"\bsocial[-_]?(?:bar|buttons|links|share|tools)",
        ),
        lambda text: len(text) <= _SHORT,
    ),
    Notice(
        "comments",
        _one_of(
            r"(?:^|[\s_])comments?(?:\s|$)|(?:^|\s)comments?[-_]|[-_]comments?(?:\s|$)",
            r"comment-?(?:list|section|thread)|disqus|coral-?talk|viafoura|openweb|spot-?im",
        ),
        lambda text: True,
    ),
    Notice(
        "while the mouse is over a name",
        _one_of(
            r"(?:tooltip|popover|rollover|hover-?card)[\w-]{0,40}(?:block|body|box|card|content|inner)\b"
        ),
        lambda text: True,
    ),
)
_BY_WORDS = (("consent", _says(_CONSENTS)), ("offer", offers))
_HELD = 0.5  # of the page's characters; what holds more is the page, whatever its name
_BOXES = ("div", "section", "aside", "p", "span", "ul", "ol", "form", "footer", "article")
_LOOKS = 2_000  # at boxes whose words may be a notice's; a page has some dozens


def without_notices(tree: HtmlElement) -> set[str]:
    """Take notices out of `tree`; returns the names of their kinds."""
    sizes = _sizes(tree)
    found = {*_named(tree, sizes)}
    drop(element for element, _ in found)
    spoken = {*_spoken(tree, sizes)}
    drop(element for element, _ in spoken)
    return {name for _, name in found | spoken}


def _sizes(tree: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters each element holds."""
    sizes: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(tree, events=("end",)):
        own = len((element.text or "").strip())
        sizes[element] = own + sum(
            sizes[child] + len((child.tail or "").strip()) for child in element
        )
    return sizes


def _named(tree: HtmlElement, sizes: dict[HtmlElement, int]) -> Iterator[tuple[HtmlElement, str]]:
    """The outermost elements that are named and say what a notice does."""
    inside: set[HtmlElement] = set()
    most = _HELD * sizes[tree]
    for element in tree.iter(*_BOXES):
        if element.getparent() in inside:
            inside.add(element)
        elif sizes[element] <= most and (kind := _kind(element)):
            inside.add(element)
            yield element, kind


def _kind(element: HtmlElement) -> str:
    name = names(element)
    kinds = [notice for notice in NOTICES if notice.named.search(name)] if name.strip() else []
    if not kinds or element.find(".//h1") is not None:
        return ""
    text = words(element)
    return next((notice.name for notice in kinds if notice.is_one(text)), "")


def _spoken(tree: HtmlElement, sizes: dict[HtmlElement, int]) -> Iterator[tuple[HtmlElement, str]]:
    """The innermost elements that say enough of what a notice says."""
    most = min(_SHORT, _HELD * sizes[tree])
    for name, says in _BY_WORDS:
        looks = 0
        waiting = [tree]
        while waiting and looks < _LOOKS:
            element = waiting.pop()
            inner = [*element.iterchildren(*_BOXES, "main", "body")]
            if sizes[element] <= _LONG:
                looks += 1
                if not says(words(element)):
                    continue
                inner = [child for child in inner if says(words(child))]
                if not inner and element.tag in _BOXES and sizes[element] <= most:
                    yield _box(element, sizes), name
            waiting += inner


def _box(element: HtmlElement, sizes: dict[HtmlElement, int]) -> HtmlElement:
    """The box around a paragraph that has little but it."""
    box = element.getparent()
    is_box = element.tag == "p" and box.tag in ("aside", "div", "section")
    return box if is_box and sizes[box] <= 2 * sizes[element] else element


# --- pages of nothing else

_ASKS = (
    (
        re.compile(
            r"verif\w+ (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot)"
            r"|are you a (?:human|robot)|captcha"
            r"|checking your browser|unusual (?:activity|traffic)|just a moment|access denied",
            re.I,
        ),
        "asks whether you are human",
    ),
    (
        re.compile(
            r"(?:enable|turn on|activate|allow|needs?|requires?|without)\W+"
            r"(?:\w+\W+){0,2}javascript"
            r"|javascript\W+(?:\w+\W+){0,4}(?:disabled|enabled?|required?|turned off|off|blocked)",
            re.I,
        ),
        "shows its article only with JavaScript",
    ),
    (
        re.compile(
            r"(?:enable|accept|allow|turn on|requires?|use)\W+(?:\w+\W+){0,3}cookies"
            r"|cookies\W+(?:\w+\W+){0,4}(?:disabled|enabled?|required?|turned off|blocked)",
            re.I,
        ),
        "asks for cookies before it shows its article",
    ),
)
_ARTICLE = 60  # words; an article has more, a page that only asks for something seldom has
_PROSE = 12  # words; a paragraph of an article has as many
_PEEK = 200_000  # characters of a page in which it says what it asks for
_MARKUP = re.compile(
    r"<script\b[^<]*+(?:<(?!/script)[^<]*+)*+|<style\b[^<]*+(?:<(?!/style)[^<]*+)*+|<[^<>]{0,2000}>",
    re.I,
)


def check(name: str, lines: Sequence[str], taken: set[str], page: str) -> None:
    """Raise `Unreadable` where `lines`, all that was found in `page`, are no article.

    Args:
        name: The source, as messages name it.
        lines: The article's paragraphs.
        taken: The kinds of notices that stood beside them.
        page: The page as it came.
    """
    text = "\n".join(lines)
    left = [line for line in lines if not any(asks.search(line) for asks, _ in _ASKS)]
    has_prose = any(len(line.split()) >= _PROSE and not offers(line) for line in left)
    if has_prose and len(text.split()) >= _ARTICLE:
        return
    shown = _MARKUP.sub(" ", page[:_PEEK])
    what = next((what for asks, what in _ASKS if asks.search(text or shown)), "")
    what = what or next((what for asks, what in _ASKS if not has_prose and asks.search(shown)), "")
    if not has_prose and not what and ("offer" in taken or offers(shown)):
        what = "offers its article to subscribers only"
    if not has_prose and not what and "consent" in taken:
        what = _ASKS[2][1]
    if what:
        raise Unreadable(
            f"{name}: the page {what}; open it in a browser, save it there and open that file"
        )
    if not re.search(r"\w", text):
        raise Unreadable(
            f"{name}: no article found in this page; save its text as a .txt file and open that"
        )
