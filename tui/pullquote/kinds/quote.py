"""Quotes: words in quotation marks that somebody is said to have said."""

from pullquote.findings import FindingKind, Quote
from pullquote.kinds.spec import Kind

QUOTE = Kind[Quote](
    layer=FindingKind.QUOTE,
    key="n",
    step="Go to the {way} quote, or match while searching",
    hints=("highlight", "note.write", "correct"),
    empty="No quotes: nobody is cited in quotation marks.",
    style="background: $primary 25%;",
    has_ground=True,
    gutter_style="color: $primary;",
    sign=("┃ and a tint", "a quote; ┊ and grey where it is doubtful"),
    glyph=lambda one: "“",
)
