"""The headline of a plain text: its first line, where it evidently is one.

It stands apart above the running text, is short, and ends like no sentence. Where that is not
plain, there is none: a text that is called by its file's name is better than one called wrong.
"""

import re
from itertools import islice

from pullquote.text import Span, trimmed

_LONGEST = 150  # characters, and of these no more than 25 words
_WORDS = 25
_LOOKED_AT = 6  # blocks of the beginning, in which running text must begin
_SENTENCE = 80  # characters from which on a block that has a stop is running text
_LINE = 150  # characters that no wrapped line has: a paragraph on one line
_BLOCK = re.compile(r"\S[^\n]*(?:\n[ \t]*[^\s][^\n]*)*")
_UNDERLINE = re.compile(r"[=\-~*_]{3,}")
_STOP = re.compile(r"[.!?…][”’\"')\]»]*(?:\s|\Z)|[。！？]")
# What ends like a sentence or goes on, begins like an item or in the middle, or is no words at all.
_NO_HEADLINE = re.compile(
    r"""[^\n]*(?:[.,;:…。、，：；]|(?:--|[–—])\s*)[”’"')\]»]*\Z
    | [-–—*+•·▪■●○◦>|\#=~_/\\<{\[(]
    | \(?(?:\d{1,3}|[a-z])[.)]\s
    | \W*[a-zà-ÿ]
    | (?i:by|from|to|date|subject|re|dear|von|par|por)\b[:\s]
    | [^\n]*\S[ \t]{3,}\S
    | ["“„«‘'][^\n]*["”»’'“]\Z
    | \W*\Z | [^\n]*(?:://|www\.|\S@\S)
    | [^\n]{0,20}\b(?:19|20)\d\d\b[^\n]{0,12}\Z | [\d\W]+\Z""",
    re.X,
)
# What stands above the headline of what is sent to newsrooms.
_ABOVE = re.compile(
    r"(?:press|media|news) (?:release|statement)\b.{0,40}|(?:for )?immediate release.{0,40}"
    r"|(?:under )?embargo(?:ed)?\b.{0,60}|statement",
    re.I,
)
_TURN = re.compile(r"[^\W\d_][\w .’'-]{0,30}:\s")  # of a transcript


def headline(text: str) -> Span | None:
    """Where the headline of a clean text lies; None where none is evident."""
    blocks = [found.span() for found in islice(_BLOCK.finditer(text), _LOOKED_AT + 2)]
    while blocks and all(map(_is_above, text[slice(*blocks[0])].split("\n"))):
        del blocks[0]
    if not blocks:
        return None
    start, end = blocks[0]
    first, _, rest = text[start:end].partition("\n")
    line = trimmed(text, (start, start + len(first)))
    below = [rest.strip()] if rest.strip() else []
    is_underlined = bool(below and _UNDERLINE.fullmatch(below[0].partition("\n")[0].strip()))
    if below and not is_underlined and "\n" not in below[0] and len(below[0]) < _LINE:
        return None  # two short lines: the beginning of a list, a poem, an address
    if below and not is_underlined and len(below[0].partition("\n")[0]) < _LINE:
        return None  # wrapped lines
    below += [text[slice(*block)] for block in blocks[1:_LOOKED_AT]]
    return line if _is_one(text[slice(*line)], below) else None


def _is_above(line: str) -> bool:
    return _ABOVE.fullmatch(line.strip()) is not None


def _is_one(line: str, below: list[str]) -> bool:
    if len(line) > _LONGEST or len(line.split()) > _WORDS or _NO_HEADLINE.match(line):
        return False
    if _TURN.match(line) and any(map(_TURN.match, below)):
        return False
    return any(len(block) >= max(_SENTENCE, len(line)) and _STOP.search(block) for block in below)
