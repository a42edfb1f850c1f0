"""From an item of a feed to its article: by its page, or by the feed's own words."""

import html
import re
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from pullquote.article import Article, Unreadable, canonical
from pullquote.article.forms import Raw
from pullquote.article.html import HTML
from pullquote.article.source import extract, fetch
from pullquote.feeds import Item
from pullquote.text import clean, one_line

_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body><article>{content}</article></body></html>"
)
_NOT_SHOWN = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1>", re.I)
_BREAK = re.compile(r"<(?:/?(?:p|div|li|h[1-6]|blockquote|tr)\b|br\b)[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")


class Text(NamedTuple):
    """An article, and the page that it was read from; None for the feed's own words."""

    article: Article
    raw: Raw | None = None


def by_page(address: str, limit: int, timeout: float) -> Text:
    """The article at an address. Raises `Unreadable`, also if it leads to a site's front page."""
    raw = fetch(address, limit=limit, timeout=timeout)
    if canonical(address) and not canonical(raw.url):
        raise Unreadable(f"{one_line(address)}: leads to {one_line(raw.url)}; it may be gone")
    return Text(extract(raw), raw)


def by_feed(item: Item, name: str) -> Text:
    """The article as the feed has it.

    Args:
        item: As the feed has it.
        name: The item, as messages name it.

    Raises:
        Unreadable: There are no words in it.
    """
    if item.is_html:
        article = _of_page(item, name)
    else:
        article = Article(text=_with_words(clean(item.content).strip(), name))
    when = datetime.now(UTC).isoformat(timespec="seconds")
    about = {"title": item.title, "url": item.address, "source": item.address, "retrieved": when}
    return Text(msgspec.structs.replace(article, **about))


def _of_page(item: Item, name: str) -> Article:
    words = _with_words(_words(item.content), name)
    page = _PAGE.format(title=html.escape(item.title), content=item.content)
    data = page.encode("utf-8", "replace")
    try:
        found = extract(Raw(data=data, form=HTML, source=name, url=item.address, charset="utf-8"))
    except Unreadable:
        return Article(text=words)
    return found if 2 * len(found.text) > len(words) else Article(text=words)


def _words(content: str) -> str:
    """The words of what is marked up, a line for a paragraph."""
    broken = _BREAK.sub("\n", _NOT_SHOWN.sub("", content))
    lines = html.unescape(_TAG.sub("", broken)).split("\n")
    return "\n".join(filter(None, map(one_line, lines)))


def _with_words(text: str, name: str) -> str:
    if not re.search(r"\w", text):
        raise Unreadable(f"{name}: its feed has no text of it")
    return text


def completed(article: Article, item: Item, site: str) -> Article:
    """The article with what its page does not say of itself, as the feed has it."""
    return msgspec.structs.replace(
        article,
        title=article.title or item.title,
        byline=article.byline or item.byline,
        published=article.published or item.dated[:10],
        site=site if site and _is_host(article) else article.site,
    )


def _is_host(article: Article) -> bool:
    """Whether what is known of its site is no more than where it lies."""
    return article.site.lower().removeprefix("www.") in article.url.lower()
