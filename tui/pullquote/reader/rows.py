"""What the panes and the status line say of a finding: who, how sourced or which kind, and what."""

from textual.content import Content

from pullquote.findings import (
    CONFIRMED,
    CORRECTED,
    IN_WORDS,
    NOBODY,
    FindingKind,
    Findings,
    Sourcing,
    WarningKind,
)
from pullquote.notes.annotations import Annotation, Placed
from pullquote.notes.corrections import correction_line
from pullquote.notes.reading import NOTE, Layer, Reading
from pullquote.reader.markdown_line import markdown_line
from pullquote.reader.marks import Mark
from pullquote.reader.panes import Row
from pullquote.text import joined, one_line

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
_READERS = {CORRECTED: "✎", CONFIRMED: "✓"}  # what the reader put right, or found right


def rows(
    reading: Reading, layer: Layer, marks: tuple[Mark, ...], names: tuple[str, ...]
) -> tuple[Row, ...]:
    """The rows of a layer's pane, in the order of `marks`; the actors' has one row an actor."""
    if layer is FindingKind.ACTOR:
        first: dict[str, Mark] = {}
        for mark in marks:
            first.setdefault(mark.id, mark)
        marks = tuple(first.values())
    return tuple(row(reading, mark, names) for mark in marks)


def row(reading: Reading, mark: Mark, names: tuple[str, ...]) -> Row:
    """The row of one mark."""
    text = reading.article.text
    if mark.layer is NOTE:
        return _note(reading, mark, names)
    found = reading.findings
    assert found is not None  # other marks come from findings
    what = joined(text, mark.spans)
    if mark.layer is FindingKind.QUOTE:
        quote = found.quotes[mark.index]
        word = _with_stance(found, quote.attribution, quote.kind)
        return Row(mark, "“", who(found, quote.speaker), word, what, _READERS.get(quote.rule, ""))
    if mark.layer is FindingKind.CLAIM:
        claim = found.claims[mark.index]
        firmly = "" if claim.commitment == "asserted" else f" · {claim.commitment}"
        word = _with_stance(found, claim.attribution, f"{claim.sourcing}{firmly}")
        verdict = reading.verdict(claim)
        badge = " ".join(filter(None, (_READERS.get(claim.rule, ""), verdict_word(verdict))))
        return Row(
            mark, _SOURCING_GLYPHS[claim.sourcing], who(found, claim.speaker), word, what, badge
        )
    if mark.layer is FindingKind.WARNING:
        warning = found.warnings[mark.index]
        target = f" → {joined(text, warning.target)}" if warning.target else ""
        issuer, badge = who(found, warning.speaker), _READERS.get(warning.rule, "")
        return Row(mark, _WARNING_GLYPHS[warning.kind], issuer + target, warning.kind, what, badge)
    actor = found.actors[mark.index]
    about = ", ".join(filter(None, (actor.role, actor.affiliation))) or ", ".join(actor.aliases)
    return Row(
        mark,
        "@",
        actor.name,
        f"{actor.kind} · {len(actor.mentions)}",
        about,
        _READERS.get(actor.rule, ""),
    )


def verdict_word(verdict: Annotation | None) -> str:
    """What is said of a claim that was looked at: the verdict, or that there is evidence only."""
    if verdict is None:
        return ""
    links = f" +{len(verdict.evidence)}" if verdict.evidence else ""
    return f"[{verdict.verdict or 'open'}{links}]"


def _note(reading: Reading, mark: Mark, names: tuple[str, ...]) -> Row:
    note = reading.annotations[mark.index]
    said = one_line(note.target.exact)
    tags = " ".join(f"#{tag}" for tag in note.tags)
    words: str | Content = markdown_line(note.comment) if note.comment else said
    badge = note.placed.upper() if note.placed in (Placed.MOVED, Placed.ORPHANED) else ""
    if note.id in reading.conflicts and not note.is_orphan:
        badge = "CONFLICT"
    carried = note.placed if note.placed is Placed.CARRIED else ""
    if note.correction:
        return Row(mark, "✎", correction_line(note.correction), carried, said, badge)
    if note.verdict or note.evidence:
        word = " ".join(filter(None, (tags, carried)))
        about = Content.assemble(words, ("  on: ", "dim"), said) if note.comment else said
        return Row(mark, "=", f"verdict: {verdict_word(note)[1:-1]}", word, about, badge)
    kind = names[note.highlight - 1] if note.highlight else ""
    word = " ".join(filter(None, (tags, carried)))
    return Row(mark, "*", kind or ("note" if note.comment else "tag"), word, words, badge)


def _with_stance(found: Findings, attribution: str | None, word: str) -> str:
    """The word with the kind of report behind it, where it is neither speech nor writing."""
    one = found.attribution(attribution)
    return word if one is None or one.stance in IN_WORDS else f"{word} · {one.stance}"


def who(found: Findings, actor: str | None) -> str:
    """The name of an actor, or a word for none."""
    one = found.actor(actor)
    return one.name if one else NOBODY


def empty(reading: Reading, layer: Layer, analysing: bool, filters: str) -> str:
    """Why a pane is empty; `filters` is what keeps rows out of it, if anything does."""
    if layer is NOTE:
        return "No notes yet: h highlights, i writes a note, t tags."
    if analysing:
        return f"Still reading: no {layer}s found so far."
    if reading.findings is None:
        return "Not analysed."
    if filters:
        return f"None is shown: {filters}."
    return {
        FindingKind.QUOTE: "No quotes: nobody is cited in quotation marks.",
        FindingKind.CLAIM: "No claims: the article vouches for all it says.",
        FindingKind.WARNING: "No warnings: nobody threatens, cautions or fears.",
        FindingKind.ACTOR: "No actors found.",
    }[layer]
