"""What stands between an article's paragraphs and is no part of it: links, credits, datelines.

Furniture is shown dimmed and yields no findings. The patterns are in en/furniture.toml.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pullquote.analysis.places import meeting
from pullquote.text import Span, Spans

DATA = Path(__file__).parent / "en"
# characters; a longer paragraph is no prose, spaCy's memory grows with it, and so does the time
_LONG = 50_000
_TITLE_WORDS = 12  # at most, in a line that goes on with the title of a link
_SMALL = {
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "and",
    "or",
    "but",
    "with",
    "by",
    "from",
    "as",
    "amid",
}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads((DATA / "furniture.toml").read_text(encoding="utf-8"))
    link, line = (
        re.compile("|".join(f"(?:{one})" for one in data[key]), re.I) for key in ("links", "lines")
    )
    return link, line, re.compile(data["dateline"])


def find_furniture(text: str, paragraphs: Spans) -> Spans:
    """The spans of furniture in `text`, in order; a link's title may run over two lines."""
    link, line, dateline = _patterns()
    found: list[Span] = []
    after_link = False
    for start, end in paragraphs:
        words = text[start:end]
        if after_link and _goes_on(words):
            found[-1] = (found[-1][0], end)
            continue
        after_link = False
        if link.match(words) and len(words) < 200 and not _is_sentence(words):
            found.append((start, end))
            after_link = True
        elif line.match(words):
            found.append((start, end))
        elif place := dateline.match(words):
            found.append((start, start + len(place[0].rstrip())))
    return tuple(found)


def prose_of(paragraphs: Spans, furniture: Spans) -> Spans:
    """The paragraphs that are analysed: not furniture as a whole, and of a very long one its start.

    Half-open, in code points.
    """
    return tuple(
        (p[0], min(p[1], p[0] + _LONG))
        for p in paragraphs
        if not any(one[0] <= p[0] and p[1] <= one[1] for one in meeting(furniture, p))
    )


def _is_sentence(words: str) -> bool:
    return bool(re.search(r"[.!?][”\"']?$", words)) and len(words.split()) > _TITLE_WORDS


def _goes_on(words: str) -> bool:
    """Whether a line reads as the rest of a title: short, in title case, without a stop."""
    parts: list[Any] = words.split()
    if len(parts) > _TITLE_WORDS or re.search(r"[.!?:;,”\"']$", words):
        return False
    return all(not w[0].isalpha() or w[0].isupper() or w.lower() in _SMALL for w in parts)
