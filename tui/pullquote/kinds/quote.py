"""Quotes: words in quotation marks that somebody is said to have said."""

from pullquote.findings import FindingKind, Quote
from pullquote.kinds.spec import Kind

QUOTE = Kind[Quote](
    layer=FindingKind.QUOTE,
    key="n",
    step="Go to the {way} quote, or match while searching",
    hints=("highlight", "note.write", "correct"),
    empty="There are no quotes here: nobody is cited in quotation marks. "
    "Select words with v, then e adds a quote.",
    has_ground=True,
    tick="▐",
    sign=(
        "▎ and a tint",
        "a quote, in the hue of who says it; ┊ and paler if doubtful; ┊ and NAME? if it may be "
        "another's",
    ),
    glyph=lambda one: "“",
    edge=lambda one: one.kind,
)
