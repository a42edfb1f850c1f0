"""What a stretch of text looks like: looks, of which each plane has one, and signs in the gutter.

A look is a component class of the style sheet. Several things may lie over the same words: on each
plane the shortest of them is seen, and the planes are laid over one another in their order. So a
style is looked up once for each combination that occurs.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from pullquote.findings import Sourcing
from pullquote.kinds import BY_LAYER
from pullquote.kinds.verdicts import KNOWN
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import NOTE
from pullquote.reader.hues import HUES, Hues
from pullquote.reader.marks import Mark
from pullquote.text import Span


class Plane(IntEnum):
    """What a look is of, in the order in which looks are laid on: later ones win."""

    SETTING = 0  # headings, and what does not belong to the article
    NAME = 1
    HEDGE = 2
    NOTED = 3  # the ground of a note without a highlight, where there is no other
    GROUND = 4  # of a quote
    CHIP = 5  # the ground of a highlight: the reader's own is seen over all that was found
    FOCUS = 6
    EXTENT = 7  # of a claim that the reader is on
    MATCH = 8
    SELECTED = 9
    CARET = 10


class Look(NamedTuple):
    """A look: its plane and its component class, of which the name goes without "article--"."""

    plane: Plane
    name: str


class Sign(NamedTuple):
    """A sign in the gutter: in which of its cells, and its component class."""

    cell: int
    glyph: str
    name: str


Painted = tuple[Span, Look]
Signed = tuple[Span, Sign]  # beside every line that the span is on
# the cells of the gutter, from the left; the text follows
HIGHLIGHT, REMARK, CURSOR, WARNED, SOURCED, BAR = range(6)
GUTTER = 6
_LANES = {"warned": WARNED, "sourced": SOURCED}

_HUES = tuple(str(hue) for hue in range(1, HUES + 1))
_SPEAKERS = (*_HUES, "other")
FURNITURE, HEADING = Look(Plane.SETTING, "furniture"), Look(Plane.SETTING, "heading")
CAPTION, STANDFIRST = Look(Plane.SETTING, "caption"), Look(Plane.SETTING, "standfirst")
_HEDGE, _NOTED = Look(Plane.HEDGE, "hedge"), Look(Plane.NOTED, "noted")
_DOUBTFUL, EXTENT = Look(Plane.GROUND, "doubtful"), Look(Plane.EXTENT, "extent")
MATCH, CURRENT_MATCH = Look(Plane.MATCH, "match"), Look(Plane.MATCH, "current-match")
SELECTED, CARET = Look(Plane.SELECTED, "selected"), Look(Plane.CARET, "caret")
_NAMES = {one: Look(Plane.NAME, f"speaker-{one}") for one in (*_HUES, "unnamed")}
QUOTES = {one: Look(Plane.GROUND, f"quote-{one}") for one in _SPEAKERS}
FOCUSED = {one: Look(Plane.FOCUS, f"focus-{one}") for one in _SPEAKERS}
CHIPS = {kind: Look(Plane.CHIP, f"chip-{kind}") for kind in range(1, 6)}

LOOKS = (
    *(
        FURNITURE,
        HEADING,
        CAPTION,
        STANDFIRST,
        _HEDGE,
        _NOTED,
        _DOUBTFUL,
        EXTENT,
        MATCH,
        CURRENT_MATCH,
    ),
    *(SELECTED, CARET, *_NAMES.values(), *QUOTES.values(), *FOCUSED.values(), *CHIPS.values()),
)
BARS = {one: Sign(BAR, "▎", f"bar-{one}") for one in _SPEAKERS}
CURRENT_BARS = {one: Sign(BAR, "▌", f"bar-{one}") for one in _SPEAKERS}
CURSOR_SIGN = Sign(CURSOR, "▸", "cursor")
COMPONENTS = {
    f"article--{name}"
    for name in (
        *(look.name for look in LOOKS),
        *(sign.name for sign in BARS.values()),
        *(f"sourced-{kind}" for kind in Sourcing),
        *("warned", "muted", "cursor", "note", "title", "facts", "rule", "analysed", "here"),
        *("good", "mixed", "bad", "unrated"),
    )
}


def speaker(hues: Hues, actor: str | None) -> str:
    """The name of the looks of what an actor says: of their hue, or of all others."""
    return str(hues.hue(actor) or "other")


def looks(mark: Mark, hues: Hues) -> Iterator[Painted]:
    """What a mark paints."""
    if mark.layer is NOTE:
        look = CHIPS.get(mark.highlight, _NOTED)
        yield from ((span, look) for span in mark.spans if not mark.gutter_only)
        return
    kind = BY_LAYER[mark.layer]
    yield from ((span, _HEDGE) for span in kind.hedges(mark.item))
    if kind.has_ground:
        ground = _DOUBTFUL if mark.doubtful else QUOTES[speaker(hues, mark.actor)]
        yield from ((span, ground) for span in mark.spans)


def focus(mark: Mark | None, hues: Hues) -> tuple[Look, ...]:
    """How that which the reader is on looks; `mark` is what it is, if it is a mark."""
    ground = FOCUSED[speaker(hues, mark.actor if mark else None)]
    is_underlined = mark and mark.layer is not NOTE and BY_LAYER[mark.layer].has_extent
    return (ground, EXTENT) if is_underlined else (ground,)


def name(hues: Hues, actor: str) -> Look:
    """The look of a name: in the speaker's hue, or of one who has no name."""
    return _NAMES["unnamed" if actor in hues.unnamed else speaker(hues, actor)]


def signs(mark: Mark, hues: Hues) -> Iterator[Signed]:
    """What a mark has in the gutter: a quote beside all its lines, others beside the first."""
    first = (mark.start, mark.start + 1)
    if mark.layer is NOTE:
        yield from (
            (first if sign.cell == REMARK else (mark.start, mark.end), sign)
            for sign in _note_signs(mark.note)
        )
        return
    kind = BY_LAYER[mark.layer]
    if kind.lane:
        colour = "muted" if mark.doubtful else kind.colour(mark.item)
        yield first, Sign(_LANES[kind.lane], kind.glyph(mark.item), colour)
    if kind.has_ground:
        bar = BARS[speaker(hues, mark.actor)]
        if mark.doubtful or mark.speaker_doubtful:
            bar = bar._replace(glyph="┊")
        yield from ((span, bar) for span in mark.spans)


def _note_signs(note: Annotation) -> Iterator[Sign]:
    if note.highlight:
        yield Sign(HIGHLIGHT, str(note.highlight), "note")
    if note.correction:
        yield Sign(REMARK, "✎", "note")
    elif note.comment or note.tags:
        yield Sign(REMARK, "*", "note")


_OF_TONE = {"$sourced-named": "good", "$sourced-official": "mixed", "$warned": "bad"}


def badge(verdict: str, scale: Sequence[str]) -> tuple[str, str]:
    """The sign of a verdict and its component class, the same sign as in the panes.

    Of a verdict of the reader's own it tells the place on the `scale`, which has the best first.
    """
    if verdict in KNOWN:
        glyph, tone = KNOWN[verdict]
        return glyph, _OF_TONE.get(tone, "unrated")
    if verdict not in scale:
        return "–", "unrated"
    if verdict == scale[0]:
        return "✓", "good"
    return ("✗", "bad") if verdict == scale[-1] else ("≈", "mixed")


def laid_over(painted: Iterable[Painted], start: int, end: int) -> tuple[str, ...]:
    """The component classes of what lies over `[start, end)`, in the order to be laid on.

    Of two alike on a plane the later one is seen.
    """
    seen: dict[Plane, tuple[int, str]] = {}
    for (begin, stop), look in painted:
        if begin <= start < end <= stop:
            length, _ = seen.get(look.plane, (stop - begin, ""))
            if stop - begin <= length:
                seen[look.plane] = stop - begin, look.name
    if Plane.GROUND in seen or Plane.CHIP in seen:
        seen.pop(Plane.NOTED, None)
    return tuple(seen[plane][1] for plane in sorted(seen))
