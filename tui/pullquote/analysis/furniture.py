"""What stands between an article's paragraphs and is no part of it: links, credits, datelines.

Above them stands who wrote it and when (bylines.py). Furniture is shown dimmed and yields no
findings. The patterns are in en/furniture.toml.
"""

import re
from functools import cache

from pullquote.analysis.bylines import is_byline, is_date_line
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.places import meeting
from pullquote.text import Span, Spans

# characters; a longer paragraph is no prose, spaCy's memory grows with it, and so does the time
_LONG = 50_000
_LINK = 200  # characters at most, of a link
_TITLE_WORDS = 12  # at most, in a line that goes on with the title of a link


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Of a link to another article, of a line that stands alone, of a dateline."""
    words = lexicon("furniture")
    return _either(words["links"]), _either(words["lines"]), re.compile(words["dateline"])


def _either(patterns: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in sorted(patterns)), re.I)


def find_furniture(text: str, paragraphs: Spans) -> Spans:
    """The spans of furniture in `text`, in order; a link's title may run over two lines.

    Args:
        text: The article's text.
        paragraphs: Where its paragraphs lie, in order.
    """
    link, line, dateline = _patterns()
    found: list[Span] = []
    after_link = False
    for number, (start, end) in enumerate(paragraphs):
        words = text[start:end]
        if after_link and _goes_on(words):
            found[-1] = (found[-1][0], end)
            continue
        after_link = False
        if link.match(words) and len(words) < _LINK and not _is_sentence(words):
            found.append((start, end))
            after_link = True
        elif line.match(words) or is_byline(words, number) or is_date_line(words, number):
            found.append((start, end))
        elif place := dateline.match(words):
            found.append((start, start + len(place[0].rstrip())))
    return tuple(found)


def prose_of(paragraphs: Spans, furniture: Spans) -> Spans:
    """The paragraphs that are analysed: not furniture as a whole, and of a very long one its start.

    Half-open, in code points.
    """
    prose = (span for span in paragraphs if not _is_furniture(span, furniture))
    return tuple((start, min(end, start + _LONG)) for start, end in prose)


def _is_furniture(paragraph: Span, furniture: Spans) -> bool:
    """Whether all of a paragraph is furniture."""
    near = meeting(furniture, paragraph)
    return any(start <= paragraph[0] and paragraph[1] <= end for start, end in near)


def _is_sentence(line: str) -> bool:
    return bool(re.search(r"[.!?][”\"']?$", line)) and len(line.split()) > _TITLE_WORDS


def _goes_on(line: str) -> bool:
    """Whether a line reads as the rest of a title: short, in title case, without a stop."""
    words = line.split()
    if len(words) > _TITLE_WORDS or re.search(r"[.!?:;,”\"']$", line):
        return False
    return all(map(_is_of_title, words))


def _is_of_title(word: str) -> bool:
    small = lexicon("furniture")["small words"]
    return not word[0].isalpha() or word[0].isupper() or word.lower() in small
