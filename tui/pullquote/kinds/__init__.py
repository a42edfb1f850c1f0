"""The kinds of findings as readers meet them: words, keys, pane, look, row and reasons.

A new kind of finding is a value type (findings.py), a stage that finds it (analysis/stages.py), and
a module here with its line in `KINDS`. A new pane is a line in `PANES`.
"""

from typing import Any

from pullquote.findings import FindingKind
from pullquote.kinds import reasons, statement
from pullquote.kinds.actor import ACTOR
from pullquote.kinds.claim import CLAIM
from pullquote.kinds.evidence import evidence_lines
from pullquote.kinds.extra import EXTRA, titles
from pullquote.kinds.note import NOTE
from pullquote.kinds.quote import QUOTE
from pullquote.kinds.reply import REPLY
from pullquote.kinds.spec import Badge, Entry, Kind, Line, Order, PaneSpec, Part, Styled
from pullquote.kinds.statement import about, who, words_of_saying
from pullquote.kinds.warning import WARNING
from pullquote.notes.reading import EVERY_LAYER, Layer, Reading

__all__ = [
    "BY_LAYER",
    "EVERY_KIND",
    "KINDS",
    "NO_FINDING",
    "ORDERS",
    "PANES",
    "RULES",
    "Badge",
    "Entry",
    "Kind",
    "Line",
    "Order",
    "PaneSpec",
    "Part",
    "Styled",
    "about",
    "details",
    "evidence_lines",
    "row",
    "who",
    "why",
    "words_of_saying",
]

KINDS: tuple[Kind[Any], ...] = (
    CLAIM,
    WARNING,
    QUOTE,
    ACTOR,
    NOTE,
    REPLY,
)  # in the order of their panes
EVERY_KIND: tuple[Kind[Any], ...] = (*KINDS, EXTRA)
BY_LAYER = {layer: kind for layer in EVERY_LAYER for kind in EVERY_KIND if kind.layer is layer}
PANES = (  # the first by the key 1, and so on
    *(
        PaneSpec(kind.plural, kind, kind.turn.format(plural=kind.plural), called=kind.pane)
        for kind in KINDS
    ),
    # there where there is something in it
    PaneSpec(EXTRA.plural, EXTRA, EXTRA.turn, called=EXTRA.pane, titles=titles),
)
ORDERS = {name: order for kind in KINDS for name, order in kind.orders.items()}
RULES = {rule: words for kind in EVERY_KIND for rule, words in kind.rules.items()} | reasons.RULES
_KEYS = [key for kind in FindingKind if len(key := BY_LAYER[kind].key) == 1]
NO_FINDING = f"no finding here: {' '.join(_KEYS)} go to one"


def row(reading: Reading, layer: Layer, item: Any, highlights: tuple[str, ...]) -> Entry:
    """A finding or note as its row.

    Args:
        reading: Has `item`; its words are of the article's text.
        layer: What `item` is: a finding of that kind, or a note.
        item: A finding of the reading's, or an annotation.
        highlights: The names of the kinds of highlights, the first of the kind 1.
    """
    kind = BY_LAYER[layer]
    return kind.row(reading, item, highlights) if kind.row else statement.row(kind, reading, item)


def details(reading: Reading, layer: Layer, item: Any) -> list[Line]:
    """What else the row of a finding or note opens with where it is the current one.

    Args:
        reading: Has `item`; its words are of the article's text.
        layer: What `item` is: a finding of that kind, or a note.
        item: A finding of the reading's, or an annotation.

    Returns:
        Words each with a heading in small letters, in the order to be read.
    """
    kind = BY_LAYER[layer]
    if kind.details:
        return kind.details(reading, item)
    return [] if kind.row else statement.details(kind, reading, item)


def why(reading: Reading, layer: Layer, item: Any) -> list[Line]:
    """The reasons for a finding, with the reader's word on it; all that a note says.

    Args:
        reading: Has `item`; its words are of the article's text.
        layer: What `item` is: a finding of that kind, or a note.
        item: A finding of the reading's, or an annotation.

    Returns:
        Headings, each with what stands under it, in the order to be read.
    """
    kind = BY_LAYER[layer]
    return kind.why(reading, item) if kind.why else statement.why(kind, reading, item)
