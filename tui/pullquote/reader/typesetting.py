"""How an article's paragraphs are set, by what its source says of them and by the text's own form.

The headline and the standfirst stand above the rule; captions and the words of others are
indented; in a transcript the name of who speaks is a line of its own. Nothing here waits for the
analysis, so that the text does not move when it comes.
"""

from collections.abc import Iterator, Sequence

from pullquote.analysis.transcripts import transcript
from pullquote.article import Article, PartKind
from pullquote.reader.layout import Typeset
from pullquote.reader.styling import CAPTION, HEADING, STANDFIRST, Painted
from pullquote.text import Span, at

_INDENT = 4  # cells
_INDENTED = frozenset({PartKind.CAPTION, PartKind.QUOTED})
_LOOKS = {
    PartKind.CAPTION: CAPTION,
    PartKind.STANDFIRST: STANDFIRST,
    PartKind.ENTRY: HEADING,
}
_MOST = 20_000  # paragraphs: a text of more is no conversation
_LETTER = 1  # "Q.": too short for a line of its own
_NAMELESS = {"": "Untitled", "-": "Standard input"}  # by where the article comes from


def title(article: Article) -> str:
    """What an article is called: its title, else where it comes from."""
    return article.title or _NAMELESS.get(article.source, article.source)


def begins_with_title(article: Article) -> bool:
    """Whether the text's first heading is what the article is called."""
    start, end = article.headings[0] if article.headings else (0, 0)
    first = article.text[start:end].strip()
    return bool(first) and first == title(article) and not article.text[:start].strip()


def typeset(article: Article, paragraphs: Sequence[Span]) -> Typeset:
    """How the paragraphs of `article` are set."""
    indents = {
        number: _INDENT
        for part in article.parts
        if part.kind in _INDENTED
        for number in _covered(part.span, paragraphs)
    }
    breaks = {
        number: colon
        for (start, _), colon in _turns(article.text, paragraphs)
        if colon - start - 1 > _LETTER and (number := at(paragraphs, start)) is not None
    }
    return Typeset(_above(article, paragraphs), indents, breaks)


def looks(article: Article, paragraphs: Sequence[Span]) -> tuple[Painted, ...]:
    """What parts of `article` look like, and the names of who speaks in a transcript."""
    parts = [(one.span, _LOOKS[one.kind]) for one in article.parts if one.kind in _LOOKS]
    turns = [((start, end), HEADING) for (start, _), end in _turns(article.text, paragraphs)]
    return (*parts, *turns)


def _covered(span: Span, paragraphs: Sequence[Span]) -> Iterator[int]:
    """The paragraphs that lie in a span, whole."""
    first = at(paragraphs, span[0])
    for number in range(first or 0, len(paragraphs)):
        start, end = paragraphs[number]
        if start >= span[1]:
            return
        if span[0] <= start and end <= span[1]:
            yield number


def _above(article: Article, paragraphs: Sequence[Span]) -> int:
    """How many of the first paragraphs stand above the rule: not all of them."""
    standfirst = {
        number
        for part in article.parts
        if part.kind is PartKind.STANDFIRST
        for number in _covered(part.span, paragraphs)
    }
    above = int(begins_with_title(article))
    while above in standfirst:
        above += 1
    return max(0, min(above, len(paragraphs) - 1))


def _turns(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """The turns of a conversation: the name that each begins with, and where its colon ends."""
    if len(paragraphs) > _MOST:
        return
    found = transcript(text, tuple(paragraphs))
    if found.is_conversation:
        yield from ((one.source, one.colon[1]) for one in found.lines)
