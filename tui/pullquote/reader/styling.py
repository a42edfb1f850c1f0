"""What a stretch of text looks like, as bits: one for each kind of thing that may lie over it.

Bits stand for component classes of the style sheet, so that a style is looked up once for each
combination that occurs.
"""

from pullquote.findings import FindingKind
from pullquote.kinds import KINDS
from pullquote.notes.reading import NOTE as NOTE_LAYER
from pullquote.reader.marks import Mark
from pullquote.text import Span

_BITS = tuple(1 << bit for bit in range(10))
FURNITURE, HEADING, FOCUS, MATCH, SELECTED, CARET, DOUBTFUL, SIGN, CURRENT_MATCH, NOTE = _BITS
# SIGN is of a verdict or a correction: a sign in the gutter alone.

NOTES = NOTE * 7  # the kind of the reader's highlight lies in three bits
PLAIN_NOTE = NOTE * 6  # a note or tags without a highlight
NOTE_SIGNS = " 12345*"  # by kind, so that a highlight is known by more than its colour

_FIRST = NOTE << 3
_FOUND = tuple(kind for kind in KINDS if isinstance(kind.layer, FindingKind))
LAYERS = {kind.layer: _FIRST << number for number, kind in enumerate(_FOUND)}
BARS = {LAYERS[kind.layer]: kind for kind in _FOUND if kind.has_ground}  # in the gutter
SIGNS = {LAYERS[kind.layer]: kind for kind in _FOUND if kind.gutter}

# In the order they are laid on: later ones win where they say the same thing.
COMPONENTS = {
    **{LAYERS[one.layer]: f"article--{one.layer}" for one in _FOUND if not one.has_ground},
    FURNITURE: "article--furniture",
    HEADING: "article--heading",
    **{LAYERS[one.layer]: f"article--{one.layer}" for one in _FOUND if one.has_ground},
    DOUBTFUL: "article--doubtful",
    **{NOTE * kind: f"article--note-{kind}" for kind in range(1, 7)},
    MATCH: "article--match",
    FOCUS: "article--focus",
    CURRENT_MATCH: "article--current-match",
    SELECTED: "article--selected",
    CARET: "article--caret",
}
GUTTER_COMPONENTS = {"article--gutter-cursor"} | {f"article--gutter-{one.layer}" for one in KINDS}
_RULES = [
    rule
    for kind in KINDS
    for rule in ((kind.layer, kind.style), (f"gutter-{kind.layer}", kind.gutter_style))
]
CSS = "\n".join(f"& .article--{name} {{ {style} }}" for name, style in _RULES if style)
_GROUNDS = sum(BARS) | NOTES  # these paint the background: the shorter lies on top


def is_on(component: int, bits: int) -> bool:
    """Whether the component is part of `bits`."""
    return (bits & NOTES) == component if component & NOTES else bool(bits & component)


def bits_of(mark: Mark) -> int:
    """What a mark paints."""
    if mark.layer is not NOTE_LAYER:
        return LAYERS[mark.layer] | (DOUBTFUL if mark.doubtful else 0)
    return SIGN if mark.gutter_only else NOTE * (mark.highlight or 6)


def laid_over(marks: list[tuple[Span, int]], start: int, end: int) -> int:
    """What lies over `[start, end)`.

    Of several backgrounds only one: a highlight's or a quote's before that of a note without a
    highlight, which has its sign in the gutter; then the shortest one's; and of two alike the
    reader's own.
    """
    over = [(stop - begin, bits) for (begin, stop), bits in marks if begin <= start < end <= stop]
    grounds = [one for one in over if one[1] & _GROUNDS]
    result = (
        min(grounds, key=lambda one: (one[1] & NOTES == PLAIN_NOTE, one[0], -one[1]))[1]
        if grounds
        else 0
    )
    for _, bits in over:
        if not bits & _GROUNDS:
            result |= bits
    return result
