"""Find a quotation again in a text that may have changed.

A note keeps where it lay and what it lay on, with the words before and after. Where the text is the
same, the place is enough; where it moved, the words lead to it; where it was rewritten, the nearest
wording does, or nothing: a note in the wrong place is worse than one without a place.

Order of search and weights are those of Hypothesis' match-quote (hypothesis/client, 2021). Ours are
the context looked at from near and from afar, so that a neighbour's “he” is not taken for this one;
the floors (docs/anchoring.md); and, where the old text is at hand, that no other place of it may
fit better. Words and graphemes end where UAX #29 says.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nlargest
from itertools import count
from typing import NamedTuple
from uuid import uuid4

import msgspec

from pullquote.notes.annotations import Annotation, Placed, Target, on_targets, target
from pullquote.notes.rewording import Reworded, reworded
from pullquote.text import Span, overlap

# Of a score of 1: Hypothesis' weights 50, 20, 20, 2.
_QUOTE, _PREFIX, _SUFFIX, _POSITION = (weight / 92 for weight in (50, 20, 20, 2))

# Floors, tuned on 42 articles edited at random, of which none is among those that the figures are
# of.
# how like the quotation a place must be: below it, most were rewritten by more than half
FLOOR = 0.66
_SCORE = 0.68  # for the whole score of a long quotation, which needs no context
_SCORE_OF_SHORT = 0.85  # and of one of up to `_SHORT` characters, which context must bear out
_SHORT = 8
_AMBIGUOUS = 0.01  # two places that differ by less cannot be told apart
# how like each other two unrelated pieces of English are; a context is never worth less
_CHANCE = 0.4
_CLEAR = 0.9  # a context so like is the same, but for a letter or a mark

# characters of context that are compared; a target has 32, `carried` takes 128
_SCALES = (8, 32, 128)
# characters of a long quotation's either end by which it is found when something was put into its
# middle
_END = 64
_STRETCH = 2.5  # times its length: so far apart they may have come
_LONG = 1500  # characters above which a quotation is looked for by its ends alone
_CANDIDATES = 16  # places with the same words that are scored, those of the most similar context

# What looks alike and is often changed in print; one character for one, so that offsets stay.
_ALIKE = {"'": "‘’‚‛`´", '"': "“”„‟«»", "-": "‐‑‒–—―", " ": "\n\t\u00a0\u2009\u202f"}
_FOLDED = str.maketrans({one: plain for plain, ones in _ALIKE.items() for one in ones})

# where an offset falls: in a grapheme, in a word, between words
_INSIDE, _IN_WORD, _BETWEEN = range(3)
_AROUND = 32  # characters on either side that decide it


class Placement(msgspec.Struct, frozen=True):
    """Where a target lies, half-open in code points, and how it came there: CARRIED or MOVED."""

    start: int
    end: int
    placed: Placed


class _Sought(NamedTuple):
    """A quotation to look for, folded, with where its ends fell; `start` is -1 where unknown."""

    exact: str
    prefix: str
    suffix: str
    start: int
    opens: int
    closes: int


class _Place(NamedTuple):
    """A place in the new text, with how alike its words and context are, 0 to 1."""

    span: Span
    quote: float
    prefix: float
    suffix: float
    score: float

    @property
    def placed(self) -> Placed:
        same = self.quote == 1 and min(self.prefix, self.suffix) >= _CLEAR
        return Placed.CARRIED if same else Placed.MOVED


def locate(one: Target, text: str) -> Placement | None:
    """Where a target lies in `text`, by its selectors alone.

    One without context is placed by its position where its words stand there, else only where it
    is long.

    Args:
        one: Its offsets are of the text that it was made on; `start` is negative where unknown.
        text: The text to look in, which may be another.

    Returns:
        None where no place is good enough, or two are equally good.
    """
    at = one.span
    if one.stands(text):
        if target(text, at) == one:
            return Placement(*at, Placed.CARRIED)
        if not one.prefix and not one.suffix and min(_edge(text, end) for end in at) > _INSIDE:
            return Placement(*at, Placed.CARRIED if text.count(one.exact) == 1 else Placed.MOVED)
    found = _best(_sought(one.prefix, one.exact, one.suffix, one.start), text)
    return Placement(*found.span, found.placed) if found else None


def carried(note: Annotation, old: str, text: str) -> Annotation:
    """`note`, made on the text `old`, as it lies in another version's `text`.

    Returns:
        A new note whose `origin` is the id of `note`. It is an orphan, with its targets as they
        were, where one of them (a correction has several) cannot be placed.
    """
    found: list[Placement | None] = []

    def place(one: Target) -> Target:
        known = not note.is_orphan and old[one.start : one.end] == one.exact
        where = (
            _between(one.span, old, text)
            if known
            else locate(msgspec.structs.replace(one, start=-1, end=-1), text)
        )
        found.append(where)
        return target(text, (where.start, where.end)) if where else one

    moved = on_targets(note, place)
    hows = {where.placed if where else Placed.ORPHANED for where in found}
    placed = next(how for how in (Placed.ORPHANED, Placed.MOVED, Placed.CARRIED) if how in hows)
    kept = note if placed is Placed.ORPHANED else moved
    return msgspec.structs.replace(kept, id=uuid4().hex, origin=note.id, placed=placed)


def _between(span: Span, old: str, text: str) -> Placement | None:
    """Where `span` of `old` lies in `text`, with more context than a target keeps."""
    sought = _at(old, span)
    if _at(text, span) == sought:
        return Placement(*span, Placed.CARRIED)
    found = _best(sought, text)
    if found is None or _fits_another(found, sought, old, text):
        return None
    return Placement(*found.span, found.placed)


def _fits_another(found: _Place, sought: _Sought, old: str, text: str) -> bool:
    """Whether the same words elsewhere in the old text are more likely those that were found."""
    if len(sought.exact) > _END:
        return False
    others = (span for span in _same_words(sought, old) if span[0] != sought.start)
    rivals = (_at(old, span) for span in _most_similar(others, _at(text, found.span), old))
    return any(_scored(rival, found.span, text).score >= found.score for rival in rivals)


@lru_cache(maxsize=2)  # the old text and the new one, for the next note
def _folded(text: str) -> str:
    return text.translate(_FOLDED)


def _sought(prefix: str, exact: str, suffix: str, start: int) -> _Sought:
    window, at = prefix + exact + suffix, len(prefix)
    edges = _edge(window, at), _edge(window, at + len(exact))
    exact, prefix, suffix = (part.translate(_FOLDED) for part in (exact, prefix, suffix))
    return _Sought(exact, prefix, suffix, start, *edges)


def _at(text: str, span: Span) -> _Sought:
    """The words at `span`, with as much context as is ever compared."""
    start, end = span
    return _sought(
        text[max(0, start - _SCALES[-1]) : start],
        text[start:end],
        text[end : end + _SCALES[-1]],
        start,
    )


def _best(sought: _Sought, text: str) -> _Place | None:
    """The best place, if it is good enough and no other is as good."""
    if not sought.exact:
        return None
    same = _most_similar(_same_words(sought, text), sought, text)
    places = [_scored(sought, span, text) for span in same]
    if all(place.placed is not Placed.CARRIED for place in places):
        places += [
            _scored(sought, span, text)
            for span in {*_nearest_wordings(sought, text)}.difference(same)
        ]
    good = _good(sought, places)
    if not good:
        return None
    best, *others = good
    rivals = (one for one in others if one.quote == best.quote and not overlap(one.span, best.span))
    return None if any(best.score - one.score < _AMBIGUOUS for one in rivals) else best


def _good(sought: _Sought, places: Iterable[_Place]) -> list[_Place]:
    """The places that are good enough, the best first."""
    floor = _SCORE + (_SCORE_OF_SHORT - _SCORE) * min(1, _SHORT / len(sought.exact))
    good = [place for place in places if place.quote >= FLOOR and place.score >= floor]
    # All the words of a long quotation outweigh a context: what was put in beside it is not taken
    # for a part of it.
    is_long = len(sought.exact) >= _END / 2
    return sorted(
        good,
        key=lambda place: (is_long and place.quote == 1, place.score, place.span),
        reverse=True,
    )


def _scored(sought: _Sought, span: Span, text: str) -> _Place:
    """How much the place at `span` is like what is sought."""
    from rapidfuzz.distance import Indel

    folded, (start, end) = _folded(text), span
    quote = Indel.normalized_similarity(sought.exact, folded[start:end])
    # Read backwards, a prefix is a suffix: both are compared from the quotation on.
    before = folded[max(0, start - _SCALES[-1]) : start]
    prefix = _context(sought.prefix[::-1], before[::-1])
    suffix = _context(sought.suffix, folded[end : end + _SCALES[-1]])
    near = 1 - abs(start - sought.start) / len(text) if sought.start >= 0 else 1
    score = _QUOTE * quote + _PREFIX * prefix + _SUFFIX * suffix + _POSITION * max(0, near)
    return _Place(span, quote, prefix, suffix, score)


def _context(sought: str, here: str) -> float:
    """How alike two contexts are, near and far; the ends of two texts are alike."""
    from rapidfuzz.distance import Indel

    if not sought or not here:
        return _CHANCE if sought or here else 1.0
    sizes = {min(scale, len(sought)) for scale in _SCALES}
    return max(
        _CHANCE,
        sum(Indel.normalized_similarity(sought[:size], here[:size]) for size in sizes) / len(sizes),
    )


def _same_words(sought: _Sought, text: str) -> Iterator[Span]:
    """Every place of the very words, cut out of no word or grapheme unless the old one was."""
    folded, start = _folded(text), -1
    while (start := folded.find(sought.exact, start + 1)) >= 0:
        end = start + len(sought.exact)
        if _edge(text, start) >= sought.opens and _edge(text, end) >= sought.closes:
            yield start, end


def _most_similar(spans: Iterable[Span], sought: _Sought, text: str) -> list[Span]:
    """Of many places those whose nearest context is the most similar."""
    from rapidfuzz.distance import Indel

    folded, size = _folded(text), _SCALES[1]
    around = sought.prefix[-size:], sought.suffix[:size]

    def likeness(span: Span) -> float:
        here = folded[max(0, span[0] - size) : span[0]], folded[span[1] : span[1] + size]
        return sum(map(Indel.normalized_similarity, around, here))

    return nlargest(_CANDIDATES, spans, key=likeness)


def _nearest_wordings(sought: _Sought, text: str) -> Iterator[Span]:
    """Places where the quotation may stand in other words: found whole, and by its ends."""
    prefix, exact, suffix = sought.prefix, sought.exact, sought.suffix
    folded, start, size = _folded(text), len(prefix), len(exact)
    if size <= _LONG:
        whole = reworded(prefix + exact + suffix, (start, start + size), folded)
        yield from _whole(sought, text, whole) if whole else ()
    if size >= 2 * _END:
        first = reworded(prefix + exact[:_END], (start, start + _END), folded)
        last = reworded(exact[-_END:] + suffix, (0, _END), folded)
        if first and last and first.span[0] < last.span[1] <= first.span[0] + _STRETCH * size:
            ends = Reworded((first.span[0], last.span[1]), (first.room[0], last.room[1]))
            yield from _whole(sought, text, ends)


def _whole(sought: _Sought, text: str, found: Reworded) -> Iterator[Span]:
    """What was found, without outer white space, grown to whole words, where it may, and graphemes.

    Each as far as the old ends were so; nothing where nothing is left.
    """
    (start, end), (least, most) = found
    if not sought.exact[0].isspace():
        start += len(text[start:end]) - len(text[start:end].lstrip())
    if not sought.exact[-1].isspace():
        end -= len(text[start:end]) - len(text[start:end].rstrip())
    if start >= end:
        return
    start = next(at for at in count(start, -1) if at <= least or _edge(text, at) >= sought.opens)
    end = next(at for at in count(end) if at >= most or _edge(text, at) >= sought.closes)
    start = next(at for at in count(start, -1) if _edge(text, at) >= min(sought.opens, _IN_WORD))
    end = next(at for at in count(end) if _edge(text, at) >= min(sought.closes, _IN_WORD))
    yield start, end


def _edge(text: str, at: int) -> int:
    """Where `at` falls by UAX #29 (2024); an apostrophe or a hyphen ends a word, too."""
    if not 0 < at < len(text):
        return _BETWEEN
    before, after = text[at - 1], text[at]
    in_word = before.isalnum() and after.isalnum()
    if before.isascii() and after.isascii():
        return _IN_WORD if in_word else _BETWEEN
    import regex

    near, here = text[max(0, at - _AROUND) : at + _AROUND], min(at, _AROUND)
    if all(one.start() != here for one in regex.finditer(r"\X", near)):
        return _INSIDE
    return _IN_WORD if in_word and not regex.match(rf"(?sw).{{{here}}}\b", near) else _BETWEEN
