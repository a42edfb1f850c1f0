"""Find the nearest wording of a piece of text in another text, and what became of a part.

RapidFuzz finds the stretch that is most like the piece and how the one is edited into the other
(Levenshtein); the run of edits that leaves most as it was is taken for the place, so that what only
looks a little alike beside it is not. Every text here is compared as it is: fold before. Offsets
are half-open, in code points.
"""

from typing import NamedTuple

from pullquote.text import Span

# of 100: a stretch less like is none, which saves most of the time; unrelated English has some 40
_UNLIKE = 50
# a stretch is taken longer by this part of its length at either end, for what was put in
_MARGIN = 4


class _Piece(NamedTuple):
    """A piece of what is sought, `start` to `end`, and what it became, `low` to `high`."""

    kind: str  # equal, replace, insert or delete
    start: int
    end: int
    low: int
    high: int


# What a character that differs costs, of one that is the same. Much put in between parts what
# stands on either side of it; a quotation, once it has been found, keeps a word at its end that was
# replaced.
_COSTS = {"replace": 1.0, "insert": 0.5, "delete": 0.1}
_COSTS_WITHIN = {"replace": 0.0, "insert": 0.5, "delete": 0.0}


class Reworded(NamedTuple):
    """A part of a piece in another text, and its old context, between which it may grow."""

    span: Span
    room: Span


def reworded(window: str, inner: Span, text: str) -> Reworded | None:
    """What `inner`, a part of `window`, became where `text` is most like it.

    Args:
        window: The piece that is sought, with what stood around it.
        inner: The part in question, by its offsets in `window`.
        text: Where to look.

    Returns:
        Its place by offsets in `text`; None where nothing of it is left.
    """
    from rapidfuzz.distance import Levenshtein

    low, high = _most_similar(window, text)
    codes = Levenshtein.opcodes(window, text[low:high])
    pieces = [
        _Piece(one.tag, one.src_start, one.src_end, low + one.dest_start, low + one.dest_end)
        for one in codes
    ]
    core = _densest(pieces, _COSTS)
    within = [_cut(one, inner) for one in core if one.start < inner[1] and one.end > inner[0]]
    within = _densest(within, _COSTS_WITHIN)
    if not within or within[0].low == within[-1].high:
        return None
    before, after = (0, inner[0]), (inner[1], len(window))
    kept = [one for one in core if one.kind == "equal"]
    least = max((_cut(one, before).high for one in kept if one.start < before[1]), default=0)
    most = min((_cut(one, after).low for one in kept if one.end > after[0]), default=len(text))
    return Reworded((within[0].low, within[-1].high), (least, most))


def _most_similar(window: str, text: str) -> Span:
    """The stretch of `text` that is most like `window`, with a margin; empty where nothing is."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    if len(window) >= len(text):
        return 0, len(text)
    found = partial_ratio_alignment(window, text, score_cutoff=_UNLIKE)
    margin = len(window) // _MARGIN
    return (
        (max(0, found.dest_start - margin), min(len(text), found.dest_end + margin))
        if found
        else (0, 0)
    )


def _densest(pieces: list[_Piece], costs: dict[str, float]) -> list[_Piece]:
    """The run of pieces with the most that is the same and the least else (Kadane's sum)."""
    best = total = 0.0
    first, run = 0, (0, 0)
    for place, piece in enumerate(pieces):
        if total < 0:
            total, first = 0.0, place
        size = max(piece.end - piece.start, piece.high - piece.low)
        total += size if piece.kind == "equal" else -costs[piece.kind] * size
        if total >= best > 0 or total > best:
            best, run = total, (first, place + 1)
    return pieces[slice(*run)]


def _cut(piece: _Piece, to: Span) -> _Piece:
    """The part of `piece` that lies in `to`."""
    start, end = max(piece.start, to[0]), min(piece.end, to[1])
    low = min(piece.high, piece.low + start - piece.start)
    return _Piece(piece.kind, start, end, low, max(low, piece.high - (piece.end - end)))
