"""Whether two quotations are the same words, and what differs: text collation, word by word.

RapidFuzz finds the longest common sequence of words; the run of it with the most in common and the
least else is the passage that the two share (Kadane's sum), so that a stray "the" far off is not
taken for a part of it. Where both go on in the middle of a sentence, the passage goes to its end:
"to be president of the United States" is in many sentences, and they are not the same words. Words
that only one of them has were left out by the other; where both have others, they were changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from pullquote.notes.changes import How, Piece
from pullquote.notes.words import FEWEST, Sign, Words
from pullquote.text import Span

_GAP, _SIGNED = 4.0, 1.0  # what words left out cost at most, of one in common; with a sign of it
_BRACKETED = 4  # words that a bracket may stand for
# Of the words in common, how many others may stand beside them: fewer changed than this share, and
# with those left out of both at the edges, not more than that. With fewer words in common than
# `_SURE`, none may be changed. Chosen on half of the marked pairs (tests/benchmarks/same_words.py).
_CHANGED = 0.3
_OTHERS = 0.4
_SURE = 8


class Likeness(StrEnum):
    """What the words of one quotation are to those of another."""

    SAME = "same"
    CUT = "cut"  # words were left out
    CHANGED = "changed"  # words differ


class At(StrEnum):
    """Where words differ."""

    WITHIN = "within"  # the passage that is shared
    EDGE = "edge"  # of it, in the same sentence
    BEYOND = "beyond"


class Gap(NamedTuple):
    """Words that only one of two has, or that differ: which of each, half-open."""

    first: Span
    second: Span
    at: At

    @property
    def sizes(self) -> tuple[int, int]:
        """How many words of each."""
        return self.first[1] - self.first[0], self.second[1] - self.second[0]

    @property
    def is_change(self) -> bool:
        """Whether other words stand there, not only fewer."""
        return min(self.sizes) > 0 and self.at is not At.BEYOND


_BOTH = True, True
_WHERE = {(True, False): "here", (False, True): "there", _BOTH: "in both"}


class Collation(NamedTuple):
    """What two quotations share and what differs, in their order.

    `gaps` are without those that a bracket stands for; `shared` counts words.
    """

    first: Words
    second: Words
    gaps: tuple[Gap, ...]
    shared: int

    @property
    def likeness(self) -> Likeness:
        """What the one is to the other; the same both ways."""
        if any(gap.is_change for gap in self.gaps):
            return Likeness.CHANGED
        return Likeness.CUT if self.gaps else Likeness.SAME

    @property
    def cuts(self) -> tuple[bool, bool]:
        """Whether the first leaves out words of the second, and the second of the first."""
        return self._left_out(*At)

    def _left_out(self, *at: At) -> tuple[bool, bool]:
        left = [gap.sizes for gap in self.gaps if gap.at in at and not gap.is_change]
        return any(second for _, second in left), any(first for first, _ in left)

    @property
    def is_signed(self) -> bool:
        """Whether a sign says so wherever words are left out within the passage."""
        return all(
            gap.first[0] in self.first.signs or gap.second[0] in self.second.signs
            for gap in self.gaps
            if gap.at is At.WITHIN and not gap.is_change
        )

    @property
    def remark(self) -> str:
        """What the second, there, is to the first, here, in a few words."""
        within = self._left_out(At.WITHIN)
        around = self._left_out(At.EDGE, At.BEYOND)
        told = (
            "changed" if self.likeness is Likeness.CHANGED else "",
            f"cut {_WHERE[within]}" if any(within) else "",
            "" if self.is_signed else "without a sign",
            "only in part the same" if all(around) else "",
            f"shorter {_WHERE[around]}" if any(around) and around not in (within, _BOTH) else "",
        )
        return ", ".join(filter(None, told)) or "the same"

    @property
    def sides(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """The text of each in pieces: what both have, and what only this one has."""
        return (
            tuple(_pieces(self.first, [gap.first for gap in self.gaps], How.REMOVED)),
            tuple(_pieces(self.second, [gap.second for gap in self.gaps], How.ADDED)),
        )


def collate(first: Words, second: Words) -> Collation | None:
    """What two quotations have in common; None where they are not the same words.

    Nothing is said of a quotation under `FEWEST` words, nor of so few in common.
    """
    if min(len(first), len(second)) < FEWEST:
        return None
    passage = _passage(first, second, _blocks(first.keys, second.keys))
    if sum(block.size for block in passage) < FEWEST:
        return None
    found = Collation(first, second, *_compared(first, second, passage))
    return found if _is_enough(found) else None


# --- the words in common


class _Block(NamedTuple):
    """So many words in a row that are the same, from `first` and `second` on."""

    first: int
    second: int
    size: int

    @property
    def ends(self) -> tuple[int, int]:
        return self.first + self.size, self.second + self.size


def _blocks(first: Sequence[str], second: Sequence[str]) -> list[_Block]:
    from rapidfuzz.distance import LCSseq

    blocks: list[_Block] = []
    for code in LCSseq.opcodes(first, second):
        if code.tag == "equal":
            block = _Block(code.src_start, code.dest_start, code.src_end - code.src_start)
            while blocks and (both := _as_one(blocks[-1], block, first, second)):
                blocks.pop()
                block = both
            blocks.append(block)
    return blocks


def _as_one(
    before: _Block, after: _Block, first: Sequence[str], second: Sequence[str]
) -> _Block | None:
    """The smaller of two blocks right beside the larger, if it stands there too.

    So that of "we … we must go", the second "we" is taken for that of "we must go".
    """
    i, j = before.ends
    if i != after.first and j != after.second:
        return None
    if before.size <= after.size:
        i, j = after.first - before.size, after.second - before.size
        start, size = (i, j), before.size
    else:
        start, size = (before.first, before.second), after.size
    if min(i, j) < 0 or first[i : i + size] != second[j : j + size]:
        return None
    return _Block(*start, before.size + after.size)


def _passage(one: Words, other: Words, blocks: list[_Block]) -> list[_Block]:
    """The run of blocks with the most in common and the least else."""
    best = total = 0.0
    first, run = 0, (0, 0)
    for number, block in enumerate(blocks):
        total -= _cost(one, other, blocks[number - 1], block) if number else 0
        if total <= 0:
            total, first = 0.0, number
        total += block.size
        if total > best:
            best, run = total, (first, number + 1)
    return blocks[slice(*run)]


def _cost(first: Words, second: Words, before: _Block, after: _Block) -> float:
    (i, j), (k, m) = before.ends, after[:2]
    if k > i and m > j:
        return max(k - i, m - j)
    is_signed = j in second.signs if k > i else i in first.signs
    return min(_SIGNED if is_signed else _GAP, (k - i + m - j) / 2)


# --- what differs


def _compared(first: Words, second: Words, passage: list[_Block]) -> tuple[tuple[Gap, ...], int]:
    """What differs in the sentences that the passage is in, and beyond; how many words do not."""
    top, bottom = passage[0], passage[-1].ends
    start = _last(first.bounds, top.first), _last(second.bounds, top.second)
    end = _next(first.bounds, bottom[0]), _next(second.bounds, bottom[1])
    blocks = [
        *_between(first, second, start, (top.first, top.second)),
        *passage,
        *_between(first, second, bottom, end),
    ]
    gaps = [
        Gap((0, start[0]), (0, start[1]), At.BEYOND),
        *_gaps(blocks, start, end),
        Gap((end[0], len(first)), (end[1], len(second)), At.BEYOND),
    ]
    differing = (gap for gap in gaps if any(gap.sizes) and not _is_bracketed(gap, first, second))
    return tuple(differing), sum(block.size for block in blocks)


def _between(
    first: Words, second: Words, start: tuple[int, int], end: tuple[int, int]
) -> list[_Block]:
    blocks = _blocks(first.keys[start[0] : end[0]], second.keys[start[1] : end[1]])
    return [_Block(start[0] + one.first, start[1] + one.second, one.size) for one in blocks]


def _last(bounds: Iterable[int], at: int) -> int:
    return max(bound for bound in bounds if bound <= at)


def _next(bounds: Iterable[int], at: int) -> int:
    return min(bound for bound in bounds if bound >= at)


def _gaps(blocks: list[_Block], start: tuple[int, int], end: tuple[int, int]) -> Iterator[Gap]:
    last = len(blocks)
    for number, block in enumerate((*blocks, _Block(*end, 0))):
        gap = Gap((start[0], block.first), (start[1], block.second), At.WITHIN)
        is_edge = number in (0, last) and not min(gap.sizes)
        yield gap._replace(at=At.EDGE) if is_edge else gap
        start = block.ends


def _is_bracketed(gap: Gap, first: Words, second: Words) -> bool:
    """Whether one has a bracket for what the other has."""
    one, other = gap.sizes
    return (one == 0 and other <= _BRACKETED and _has_bracket(first, gap.first)) or (
        other == 0 and one <= _BRACKETED and _has_bracket(second, gap.second)
    )


def _has_bracket(words: Words, gap: Span) -> bool:
    return words.signs.get(gap[0]) is Sign.BRACKET


def _is_enough(found: Collation) -> bool:
    """Whether so many words are in common that they were hardly said twice."""
    shared = found.shared
    changed = sum(max(gap.sizes) for gap in found.gaps if gap.is_change)
    sizes = {at: [gap.sizes for gap in found.gaps if gap.at is at] for at in At}
    edges = tuple(sum(side) for side in zip((0, 0), *sizes[At.EDGE], strict=True))
    if shared >= _SURE:
        return changed < _CHANGED * shared and changed + min(edges) <= _OTHERS * shared
    within = sum(map(max, sizes[At.WITHIN]))
    is_apart = not all(found.cuts) or not any(edges)
    is_whole = changed <= 1 and len(found.gaps) == 1
    return shared >= FEWEST and (is_whole if changed else (2 * within <= shared and is_apart))


def _pieces(words: Words, gaps: list[Span], how: How) -> Iterator[Piece]:
    """The text, with the words of the gaps apart."""
    at = 0
    for start, end in (gap for gap in gaps if gap[0] < gap[1]):
        low, high = words.spans[start][0], words.spans[end - 1][1]
        if words.text[at:low]:
            yield How.KEPT, words.text[at:low]
        yield how, words.text[low:high]
        at = high
    if words.text[at:]:
        yield How.KEPT, words.text[at:]
