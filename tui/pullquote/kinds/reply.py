"""Replies: what the article says of asking the other side."""

from pullquote.findings import FindingKind, Reply, ReplyKind, Rule
from pullquote.kinds.spec import Kind

_GLYPHS = {
    ReplyKind.DECLINED: "⊘",
    ReplyKind.NO_RESPONSE: "…",
    ReplyKind.NOT_REACHED: "∅",
    ReplyKind.DENIED: "¬",
    ReplyKind.UNVERIFIED: "≟",
}

REPLY = Kind[Reply](
    layer=FindingKind.REPLY,
    key="comma",
    back="less_than_sign",
    hints=("highlight", "note.write", "correct"),
    empty="There are no replies here: the article does not say that anybody was asked. "
    "Select words with v, then e adds a reply.",
    lane="warned",
    sign=(" ".join(_GLYPHS.values()), "the other side declined, did not answer, … denies it"),
    glyph=lambda one: _GLYPHS[one.kind],
    edge=lambda one: one.kind,
    rules={Rule.ASKED: "words that tell of asking the other side, or of its answer"},
)
