"""What the panes and the status line say of a finding: who, how sourced or which kind, and what."""

from tui.analysis.findings import IN_WORDS, Findings, Sourcing, WarningKind
from tui.library.reading import Reading
from tui.text import joined
from tui.widgets.marks import Layer, Mark
from tui.widgets.panes import Row

_SOURCING_GLYPHS = {
    Sourcing.NAMED: "●",
    Sourcing.INSTITUTION: "◆",
    Sourcing.OFFICIAL: "◐",
    Sourcing.ANONYMOUS: "○",
    Sourcing.UNATTRIBUTED: "?",
}
_WARNING_GLYPHS = {
    WarningKind.THREAT: "!",
    WarningKind.CAUTION: "△",
    WarningKind.RED_LINE: "━",
    WarningKind.ULTIMATUM: "‼",
    WarningKind.FEAR: "~",
}
NOBODY = "nobody named"


def rows(reading: Reading, layer: Layer, marks: tuple[Mark, ...], names: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a layer's pane, in the order of `marks`; the actors' has one row an actor."""
    if layer is Layer.ACTOR:
        first: dict[int, Mark] = {}
        for mark in marks:
            first.setdefault(mark.index, mark)
        marks = tuple(first.values())
    return tuple(row(reading, mark, names) for mark in marks)


def row(reading: Reading, mark: Mark, names: tuple[str, ...]) -> Row:
    """The row of one mark."""
    text = reading.article.text
    if mark.layer is Layer.NOTE:
        note = reading.annotations[mark.index]
        kind = names[note.highlight - 1] if note.highlight else ""
        tags = " ".join(f"#{tag}" for tag in note.tags)
        said = joined(text, (note.target.span,))
        return Row(
            mark,
            "*",
            kind or ("note" if note.comment else "tag"),
            tags,
            joined(note.comment, ((0, len(note.comment)),)) or said,
        )
    found = reading.findings
    assert found is not None  # other marks come from findings
    what = joined(text, mark.spans)
    if mark.layer is Layer.QUOTE:
        quote = found.quotes[mark.index]
        return Row(mark, "“", who(found, quote.speaker), _with_stance(found, quote.attribution, quote.kind), what)
    if mark.layer is Layer.CLAIM:
        claim = found.claims[mark.index]
        firmly = "" if claim.commitment == "asserted" else f" · {claim.commitment}"
        word = _with_stance(found, claim.attribution, f"{claim.sourcing}{firmly}")
        return Row(mark, _SOURCING_GLYPHS[claim.sourcing], who(found, claim.source), word, what)
    if mark.layer is Layer.WARNING:
        warning = found.warnings[mark.index]
        target = f" → {joined(text, warning.target)}" if warning.target else ""
        return Row(mark, _WARNING_GLYPHS[warning.kind], who(found, warning.issuer) + target, warning.kind, what)
    actor = found.actors[mark.index]
    about = ", ".join(filter(None, (actor.role, actor.affiliation)))
    return Row(mark, "@", actor.name, f"{actor.kind} · {len(actor.mentions)}", about or ", ".join(actor.aliases))


def _with_stance(found: Findings, attribution: str | None, word: str) -> str:
    """The word with the stance behind it, where it is neither speech nor writing."""
    one = found.attribution(attribution)
    return word if one is None or one.stance in IN_WORDS else f"{word} · {one.stance}"


def who(found: Findings, actor: str | None) -> str:
    """The name of an actor, or a word for none."""
    one = found.actor(actor)
    return one.name if one else NOBODY


def empty(reading: Reading, layer: Layer, analysing: bool, filtered: bool) -> str:
    """Why a pane is empty."""
    if layer is Layer.NOTE:
        return "No notes yet: h highlights, i writes a note, t tags."
    if reading.findings is None:
        return "Being looked for …" if analysing else "Not analysed."
    if filtered:
        return "None that the filter shows. F shows everyone's, o other stances, d doubtful ones."
    return {
        Layer.QUOTE: "No quotes: nobody is cited in quotation marks.",
        Layer.CLAIM: "No claims: the article vouches for all it says.",
        Layer.WARNING: "No warnings: nobody threatens, cautions or fears.",
        Layer.ACTOR: "No actors found.",
    }[layer]
