"""Look for a quotation in a source: it stands there, stands there changed, or does not.

Words are compared, and figures with their signs and units; letter case, punctuation, the form of
quotation marks and what lies between two lines are not. A quotation with “…” in it stands where its
parts do, one after the other. What is not there word for word is looked for as RapidFuzz finds the
nearest wording; one too unlike is no place for it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pullquote.folding import Folded, folded
from pullquote.notes.anchoring import FLOOR
from pullquote.notes.evidence import Standing
from pullquote.notes.rewording import Reworded, reworded
from pullquote.text import Span, one_line, trimmed

# A word is a run of letters; in scripts without spaces between words, a letter. A figure has its
# separators in it; signs of currency and parts are words, and so is a minus before a figure.
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff]"
    r"|[^\W\d_]+"
    r"|[%‰$€£¥§°]"
    r"|(?<![\w)])[-−–](?=\d)"
)
_LEFT_OUT = re.compile(r"\[?(?:…|\.\.\.)\]?")
_SHORT = 5  # words: of fewer, other words are soon alike
_FLOOR_OF_SHORT = 0.85
# of its nearest wording: words more or fewer at either end that are tried, and the characters
# that they are in
_MORE, _NEAR = 4, 80
_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"[.!?]+[\W_]|[“”\"«»]|\n\s*\n")  # of a sentence, or of what somebody says
_LONGEST = 4000  # characters of a quotation that is compared letter by letter


class Found(NamedTuple):
    """How a quotation stands in a text; the words and where they are, half-open, if it does."""

    standing: Standing
    words: str = ""
    span: Span = (0, 0)


def look_up(quote: str, texts: Iterable[str]) -> Found:
    """How a quotation stands in the first of the texts where it stands best.

    Args:
        quote: It may be cut, with “…” for what is left out.
        texts: None is asked for once it was found word for word.

    Returns:
        KEPT for a quotation without words; `span` is of the text, in code points.
    """
    if not _tokens(folded(quote)):
        return Found(Standing.KEPT)
    best, nearest = 0.0, Found(Standing.MISSING)
    for text in texts:
        plain = Folded(text)
        span = _word_for_word(folded(quote), plain.text)
        if span is not None:
            return _found(Standing.STANDS, plain, span, text)
        score, span = _much_like(folded(quote), plain.text)
        if span is not None and score > best:
            best, nearest = score, _found(Standing.CHANGED, plain, span, text)
    return nearest


def _found(standing: Standing, plain: Folded, span: Span, text: str) -> Found:
    start, end = plain.span(span)
    return Found(standing, one_line(text[start:end]), (start, end))


def _word_for_word(quote: str, text: str) -> Span | None:
    """Where the words of all parts of a quotation stand, one part after the other."""
    there, spans = _line(text)
    start, first, last = 0, -1, -1
    for part in _LEFT_OUT.split(quote):
        sought = _tokens(part)
        if not sought:
            continue
        at = there.find(f" {' '.join(sought)} ", start)
        if at < 0:
            return None
        first = there.count(" ", 0, at) if first < 0 else first
        start = at + 1 + len(" ".join(sought))
        last = there.count(" ", 0, start) - 1
    return (spans[first][0], spans[last][1]) if first >= 0 else None


@lru_cache(maxsize=4)  # the texts of a source, for the next quotation
def _line(text: str) -> tuple[str, tuple[Span, ...]]:
    """The words of a text with a space around each, and where each of them is."""
    found = [(_plain(one[0]), one.span()) for one in _TOKEN.finditer(text)]
    return f" {' '.join(word for word, _ in found)} ", tuple(span for _, span in found)


def _tokens(text: str) -> list[str]:
    return [_plain(one[0]) for one in _TOKEN.finditer(text)]


def _plain(word: str) -> str:
    return "-" if word in "−–" else word.casefold()


def _much_like(quote: str, text: str) -> tuple[float, Span | None]:
    """How like the nearest wording is, 0 to 1, and where it stands; None where it is too unlike."""
    sought, there = _lower(one_line(quote)[:_LONGEST]), _lower(text)
    place = reworded(sought, (0, len(sought)), there)
    if place is None:
        return 0.0, None
    score, span = max((_likeness(sought, there[slice(*one)]), one) for one in _near(there, place))
    floor = FLOOR if len(_tokens(quote)) >= _SHORT else _FLOOR_OF_SHORT
    return (score, trimmed(text, _whole(sought, there, span))) if score >= floor else (score, None)


def _whole(sought: str, text: str, span: Span) -> Span:
    """A place with what stands for the quotation's first and last words, if these are others.

    So where "deeper than a foot" is quoted, "deeper than a hand" stands. A sentence's end is one.
    """
    from rapidfuzz.distance import Indel

    steps = Indel.opcodes(_tokens(sought), _tokens(text[slice(*span)]))
    more = [step.src_end - step.src_start if step.tag == "delete" else 0 for step in steps]
    before = [one.start() for one in _WORD.finditer(text, max(0, span[0] - _NEAR), span[0])]
    behind = [one.end() for one in _WORD.finditer(text, span[1], span[1] + _NEAR)]
    start = min(before[-more[0] :]) if more and more[0] and before else span[0]
    end = max(behind[: more[-1]]) if more and more[-1] and behind else span[1]
    if one := max(_END.finditer(text, start, span[0]), key=_start, default=None):
        start = one.end()
    if one := min(_END.finditer(text, span[1], end), key=_start, default=None):
        end = one.start()
    return start, end


def _start(match: re.Match[str]) -> int:
    return match.start()


def _lower(text: str) -> str:
    """In small letters, where that leaves offsets as they are."""
    small = text.lower()
    return small if len(small) == len(text) else text


def _likeness(sought: str, words: str) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(sought, one_line(words))


def _near(text: str, place: Reworded) -> Iterable[Span]:
    """A place with up to some words more or fewer at either end, none of them cut."""
    start, end = trimmed(text, place.span)
    around = max(0, start - _NEAR), end + _NEAR
    words = [one.span() for one in _WORD.finditer(text, *around)]
    starts = _about([first for first, _ in words], start) or [start]
    ends = _about([last for _, last in words], end) or [end]
    return [(one, other) for one, other in product(starts, ends) if one < other] or [(start, end)]


def _about(offsets: list[int], offset: int) -> list[int]:
    """The nearest of sorted offsets on either side."""
    middle = bisect_right(offsets, offset)
    return offsets[max(0, middle - _MORE) : middle + _MORE]
