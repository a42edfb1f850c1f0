"""Claims: what the article passes on without vouching for it."""

from pullquote.findings import Claim, Commitment, FindingKind, Sourcing
from pullquote.kinds.spec import Kind, Part

_GLYPHS = {
    Sourcing.NAMED: "●",
    Sourcing.INSTITUTION: "◆",
    Sourcing.OFFICIAL: "◐",
    Sourcing.DOCUMENT: "▤",
    Sourcing.ANONYMOUS: "○",
    Sourcing.UNATTRIBUTED: "?",
}

CLAIM = Kind[Claim](
    layer=FindingKind.CLAIM,
    key="c",
    hints=(("verdict", "verdict"), ("note.write", "note"), ("correct", "correct")),
    empty="No claims: the article vouches for all it says.",
    style="text-style: underline;",
    sign=("underlined", "a claim"),
    glyphs=(
        " ".join(_GLYPHS.values()),
        "a claim of a person, an institution, an unnamed official, a document, an unnamed source, "
        "nobody",
    ),
    glyph=lambda one: _GLYPHS[one.sourcing],
    usual=Commitment.ASSERTED,
    parts=lambda one: (Part("Hedge", one.hedges), Part("Figures", one.figures)),
    is_judged=True,
)
