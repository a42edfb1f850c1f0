"""What stands above the text: headline, who wrote it where and when, and how much there is to it.

How many lines that takes depends on the article and the width alone: what is found meanwhile does
not move the text.
"""

from math import ceil
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from pullquote.article import Article
from pullquote.reader.layout import Layout
from pullquote.reader.wording import plural
from pullquote.text import Paragraphs

_PER_MINUTE = 1200  # characters that people read of the news: 200 words
_NAMELESS = {"": "Untitled", "-": "Standard input"}  # by where the article comes from


class HeadLine(NamedTuple):
    """A line above the text, and its component class, without "article--"."""

    words: str
    name: str


def title(article: Article) -> str:
    """What an article is called: its title, else where it comes from."""
    return article.title or _NAMELESS.get(article.source, article.source)


def credits(article: Article) -> str:
    """Who wrote it, where and when; what the title says already is not said again."""
    parts = (article.byline, article.site, article.published)
    called = title(article).casefold()
    return " · ".join(part for part in parts if part and part.casefold() not in called)


def facts(length: int, counts: str) -> str:
    """How long a text of so many code points takes to read, and what is in it."""
    minutes = max(1, ceil(length / _PER_MINUTE))
    return " · ".join(filter(None, (f"about {plural(minutes, 'minute')}", counts)))


def head(article: Article, facts: str, width: int) -> tuple[HeadLine, ...]:
    """The lines above the text in a column of `width` cells, with a margin above and below."""
    called = title(article)
    wrapped = Layout(called, Paragraphs(called), width)
    lines = [HeadLine(called[slice(*wrapped.span(line))], "title") for line in range(len(wrapped))]
    if _is_first_heading(article, called):
        lines = []  # the text begins with it
    if about := credits(article):
        lines.append(HeadLine(_cut(about, width), "facts"))
    blank = HeadLine("", "facts")
    return (
        blank,
        *lines,
        HeadLine(_cut(facts, width), "facts"),
        HeadLine("─" * width, "rule"),
        blank,
    )


def _is_first_heading(article: Article, called: str) -> bool:
    start, end = article.headings[0] if article.headings else (0, 0)
    first = article.text[start:end].strip()
    return bool(first) and first == called and not article.text[:start].strip()


def _cut(words: str, width: int) -> str:
    if cell_len(words) <= width:
        return words
    return f"{set_cell_size(words, width - 1).rstrip()}…"
