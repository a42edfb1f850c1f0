"""Plain text in pages between form feeds, as programs write it of PDFs and for printers.

What stands at the edge of many pages is a running head or foot; a number alone there is the page's.
Both are left out, and a paragraph that goes on over them is one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from pullquote.article.pdf_layout import PAGE_NUMBER

_EDGE = 2  # lines at a page's top and bottom that may be running heads
_SHARE = 0.5  # of the pages; heads of left and right pages may differ
_STOPS = (".", "!", "?", "…", ":", "”", '"', "’", ")")


def without_running_heads(text: str) -> str:
    """The pages of a text, one below the other."""
    pages = [page for page in (one.split("\n") for one in text.split("\f")) if any(map(_key, page))]
    if len(pages) < 2:
        return text.replace("\f", "\n")
    seen = Counter(key for page in pages for key in {_key(page[n]) for n in _edges(page)})
    heads = {key for key, count in seen.items() if count > 1 and count >= _SHARE * len(pages)}
    whole: list[str] = []
    for page in pages:
        lines = _own(page, heads)
        if whole and lines and not _goes_on(whole[-1], lines[0]):
            whole.append("")
        whole += lines
    return "\n".join(whole)


def _key(line: str) -> str:
    """What is alike of a running head on all pages."""
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _edges(page: Sequence[str]) -> list[int]:
    """The numbers of the lines at a page's edges: the outermost, and another that is near it alone.

    There are none of a page that has hardly more.
    """
    blocks = [
        [number for number, _ in block]
        for is_filled, block in groupby(enumerate(page), lambda one: bool(one[1].strip()))
        if is_filled
    ]
    first, last = blocks[0], blocks[-1]
    if sum(map(len, blocks)) <= _EDGE:
        return []
    top = first if len(first) <= _EDGE and len(blocks) > 1 else first[:1]
    foot = last if len(last) <= _EDGE and len(blocks) > 1 else last[-1:]
    return [*top, *foot]


def _own(page: Sequence[str], heads: set[str]) -> list[str]:
    """The lines of a page without its heads, its number and what is blank around them."""
    edges = _edges(page)
    outermost = {*edges[:1], *edges[-1:]}
    dropped = {
        number
        for number in edges
        if _key(page[number]) in heads
        or (number in outermost and PAGE_NUMBER.fullmatch(page[number].strip()))
    }
    lines = ["" if number in dropped else line for number, line in enumerate(page)]
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _goes_on(line: str, after: str) -> bool:
    """Whether a paragraph goes on over the end of a page."""
    return not line.rstrip().endswith(_STOPS) and after.lstrip()[:1].islower()
