"""Warnings: words that say harm will or may follow."""

from pullquote.findings import FindingKind, Rule, Warning, WarningKind
from pullquote.kinds.spec import Kind, Part

_GLYPHS = {
    WarningKind.THREAT: "▲",
    WarningKind.CAUTION: "△",
    WarningKind.RED_LINE: "━",
    WarningKind.ULTIMATUM: "‼",
    WarningKind.FEAR: "~",
}


def _parts(warning: Warning) -> tuple[Part, ...]:
    return (
        Part("Target", warning.target, "to"),
        Part("Condition", warning.condition, "if"),
        Part("Consequence", warning.consequence, "then"),
    )


WARNING = Kind[Warning](
    layer=FindingKind.WARNING,
    key="w",
    hints=("highlight", "note.write", "correct"),
    empty="There are no warnings here: nobody threatens, cautions or fears anything. "
    "Select words with v, then e adds a warning.",
    lane="warned",
    tick="▲",
    colour=lambda one: "warned",
    sign=(" ".join(_GLYPHS.values()), "a threat, caution, red line, ultimatum, fear"),
    glyph=lambda one: _GLYPHS[one.kind],
    edge=lambda one: one.kind,
    addressed=lambda one: one.target,
    parts=_parts,
    rules={
        Rule.CUE: "reported by a verb of warning or threatening",
        Rule.PHRASE: "a stock phrase of warning",
        Rule.COERCION: "the source commits to an act of coercion",
        Rule.ANSWER: "the source says it will respond if a condition is met",
        Rule.HARM: "harm that may follow, or will under a condition",
        Rule.VERB: "a verb of warning with what it warns of",
        Rule.FEAR: "a fear reported without saying whose",
    },
)
