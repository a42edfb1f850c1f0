"""The one door through which text comes in, and how text is cut into spans.

Everything refers to an article's text by offsets, so the text is cleaned once, here, and never
again: past this door nothing needs escaping for the terminal. Cleaning replaces characters one for
one, so that an offset into a plain file is the same offset into the article. All spans are
half-open and in code points.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import overload
from urllib.parse import urlsplit

from pullquote.wrapping import paragraph_spans

Span = tuple[int, int]
Spans = tuple[Span, ...]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# `str.splitlines` breaks lines at these. They become spaces, so that it agrees with `split("\n")`,
# which Textual's selection and Content rely on.
_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# They put letters into another order than they are written in: "\u202e" shows “resu” for “user”.
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Marks of direction are spelling in right-to-left scripts: they say on which side a full stop or a
# number beside Latin letters stands, and order no letters. The left-to-right mark changes nothing
# in a line of Latin letters. The other two can turn a score or a sum round there (3-1 for 1-3), and
# nobody would see why: they stay only in lines that have right-to-left letters, which can do the
# same and are seen.
_RIGHT_TO_LEFT_MARKS = re.compile("[\u061c\u200f]")
_RIGHT_TO_LEFT = re.compile(
    "[\u05d0-\u05f4\u0620-\u064a\u066e-\u06d5\u06ee-\u06ef\u06fa-\u08c9\ufb1d-\ufdfb\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
_INVISIBLE = "\ufeff\ufff9\ufffa\ufffb"
_PICTURES = 0x2400  # the Unicode block of control pictures, for C0 controls


def _replacements() -> dict[int, str]:
    table = {code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\t\n"}
    table[0x7F] = "\N{SYMBOL FOR DELETE}"
    table.update(dict.fromkeys(range(0x80, 0xA0), REPLACEMENT))
    table.update({ord(end): " " for end in _LINE_ENDS})
    table.update({ord(control): REPLACEMENT for control in _BIDI_CONTROLS + _INVISIBLE})
    table.update(dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT))  # lone surrogates
    table.update(dict.fromkeys(range(0xE0000, 0xE0080), REPLACEMENT))  # tag characters
    table[ord("\r")] = "\n"
    return table


_REPLACEMENTS = _replacements()


def clean(text: str) -> str:
    """`text` without anything that a terminal would obey.

    CRLF becomes LF; then each character is kept or replaced by exactly one: C0 controls by their
    pictures; C1, bidi and tag controls by U+FFFD; line ends other than `\\n` by a space. Tab and
    `\\n` stay, and so do marks of direction where they are spelling. Idempotent.
    """
    cleaned = text.replace("\r\n", "\n").translate(_REPLACEMENTS)
    if _RIGHT_TO_LEFT_MARKS.search(cleaned):
        return "\n".join(map(_without_stray_marks, cleaned.split("\n")))
    return cleaned


def _without_stray_marks(line: str) -> str:
    if _RIGHT_TO_LEFT.search(line):
        return line
    return _RIGHT_TO_LEFT_MARKS.sub(REPLACEMENT, line)


def one_line(text: str) -> str:
    """`text` cleaned and put on one line, for titles, names and cells; offsets do not survive."""
    return " ".join(clean(text).split())


def plural(count: int, one: str, many: str = "") -> str:
    """A number with what it is of: "1 note", "2 notes"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def is_on_the_web(address: str) -> bool:
    """Whether an address begins with http:// or https://: nothing else is fetched or linked to."""
    return address[:8].lower().startswith(("http://", "https://"))


_ADDRESS = re.compile(r"https?://[^\s/?#]\S*", re.I)


def is_address(text: str) -> bool:
    """Whether all of `text` is an address in the web, with a host."""
    try:
        return bool(_ADDRESS.fullmatch(text) and urlsplit(text).netloc)
    except ValueError:  # as in "http://[half"
        return False


class Paragraphs(Sequence[Span]):
    """The paragraphs of a text as spans, without outer white space, in eight bytes each.

    Each line that is not blank is a paragraph, but where lines are only wrapped, those that run on
    are one, and the line ends in it count as spaces.
    """

    def __init__(self, text: str) -> None:
        self._starts, self._ends = array("I"), array("I")  # a text may have millions of lines
        for start, end in paragraph_spans(text):
            self._starts.append(start)
            self._ends.append(end)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Span]:
        return zip(self._starts, self._ends, strict=True)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Spans: ...
    def __getitem__(self, index: int | slice) -> Span | Spans:
        if isinstance(index, slice):
            return tuple(zip(self._starts[index], self._ends[index], strict=True))
        return self._starts[index], self._ends[index]


def paragraphs(text: str) -> Spans:
    """The `Paragraphs` of `text` as a tuple, to iterate over all of them."""
    return tuple(Paragraphs(text))


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space at its ends."""
    start, end = span
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def at(spans: Sequence[Span], offset: int) -> int | None:
    """The index of the one of the sorted, disjoint `spans` that contains `offset`, or None."""
    index = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return index if index >= 0 and offset < spans[index][1] else None


def overlap(one: Span, other: Span) -> int:
    """The number of characters that two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def joined(text: str, spans: Spans, gap: str = " … ") -> str:
    """The words of `spans` of `text`, cleaned and on one line, with `gap` between two spans."""
    return gap.join(one_line(text[start:end]) for start, end in spans)


# A sentence ends at its stop and the closing marks after it, if white space and what may begin a
# sentence follow.
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]»]*(?=\s+[“‘\"'(\[«]*[A-Z0-9À-ÖØ-Þ])|[。！？][」』”’]*")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Hon|St|No|vs|Jr|Sr|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Aug|Sept?"
    r"|Oct|Nov|Dec|[A-Z])\.$"
)
_LONGEST_ABBREVIATION = len("Sept.")


def sentences(text: str, span: Span) -> Spans:
    """The sentences of the paragraph `span`, by stops and capitals; for motions, not analysis."""
    found: list[Span] = []
    start, last = span
    for stop in _SENTENCE_END.finditer(text, *span):
        end = stop.end()
        if _ABBREVIATION.search(text, max(start, end - _LONGEST_ABBREVIATION), end):
            continue
        found.append(trimmed(text, (start, end)))
        start = end
    if text[start:last].strip():
        found.append(trimmed(text, (start, last)))
    return tuple(found)
