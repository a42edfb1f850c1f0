"""What stands above the text: headline, who wrote it where and when, and how much there is to it.

How many lines that takes depends on the article and the width alone: what is found meanwhile does
not move the text. While the analysis runs, the rule above the text fills as a bar.
"""

from math import ceil
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from pullquote.article import Article
from pullquote.reader.layout import Layout
from pullquote.reader.typesetting import begins_with_title, title
from pullquote.text import Paragraphs, plural

_PER_MINUTE = 1200  # characters that people read of the news: 200 words


class Piece(NamedTuple):
    """Words of a line above the text, and their component class, without "article--"."""

    words: str
    name: str


HeadLine = tuple[Piece, ...]


class Head(NamedTuple):
    """The headline, and below it and the standfirst, which the text has, the rest with the rule."""

    over: tuple[HeadLine, ...] = ()
    under: tuple[HeadLine, ...] = ()


def credits(article: Article) -> str:
    """Who wrote it, where and when; what the title says already is not said again."""
    parts = (article.byline, article.site, article.published)
    called = title(article).casefold()
    return " · ".join(part for part in parts if part and part.casefold() not in called)


def facts(length: int, counts: str) -> str:
    """How long a text of so many code points takes to read, and what is in it."""
    minutes = max(1, ceil(length / _PER_MINUTE))
    return " · ".join(filter(None, (f"about {plural(minutes, 'minute')}", counts)))


def head(article: Article, facts: str, width: int, analysed: float | None = None) -> Head:
    """The lines above the text in a column of `width` cells, with a margin above and below.

    `analysed` is the share that the analysis has done, 0 to 1; None while none runs.
    """
    called = title(article)
    wrapped = Layout(called, Paragraphs(called), width)
    lines = [(Piece(called[slice(*wrapped.span(line))], "title"),) for line in range(len(wrapped))]
    if begins_with_title(article):
        lines = []  # the text begins with it
    said = credits(article)
    about = [(Piece(_cut(line, width), "facts"),) for line in ((said, facts) if said else (facts,))]
    return Head(((), *lines), (*about, _rule(width, analysed), ()))


def _rule(width: int, analysed: float | None) -> HeadLine:
    """The rule; of a running analysis some of it is done from the start, and never all."""
    if analysed is None:
        return (Piece("─" * width, "rule"),)
    done = max(1, min(width - 1, round(analysed * width)))
    return Piece("━" * done, "analysed"), Piece("─" * (width - done), "rule")


def _cut(words: str, width: int) -> str:
    if cell_len(words) <= width:
        return words
    return f"{set_cell_size(words, width - 1).rstrip()}…"
