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
    empty="No replies: nobody is said to have been asked.",
    gutter="‹",
    gutter_style="color: $text-muted;",
    sign=("‹ in the margin", "a reply of the other side, or none"),
    glyph=lambda one: _GLYPHS[one.kind],
    rules={Rule.ASKED: "words that tell of asking the other side, or of its answer"},
)
