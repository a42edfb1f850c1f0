"""Claims: what the article passes on without vouching for it."""

from pullquote.findings import Claim, Commitment, FindingKind, Rule, Sourcing
from pullquote.kinds.spec import Kind, Part

_GLYPHS = {
    Sourcing.NAMED: "●",
    Sourcing.INSTITUTION: "◆",
    Sourcing.OFFICIAL: "◐",
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
        "a claim of a person, an institution, an unnamed official, an unnamed source, nobody",
    ),
    glyph=lambda one: _GLYPHS[one.sourcing],
    usual=Commitment.ASSERTED,
    parts=lambda one: (Part("Hedge", one.hedges),),
    rules={
        Rule.REPORTED: "reported speech that states, announces or denies something",
        Rule.HEDGE: "a hedge without a source, such as “reportedly”",
    },
    is_judged=True,
)
