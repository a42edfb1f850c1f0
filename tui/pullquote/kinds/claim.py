"""Claims: what the article passes on without vouching for it."""

from pullquote.findings import Claim, Commitment, FindingKind, Rule, Sourcing
from pullquote.kinds import statement
from pullquote.kinds.spec import Entry, Kind, Line, Part
from pullquote.notes.reading import Reading
from pullquote.text import joined

_GLYPHS = {
    Sourcing.NAMED: "●",
    Sourcing.INSTITUTION: "◆",
    Sourcing.OFFICIAL: "◐",
    Sourcing.DOCUMENT: "▤",
    Sourcing.ANONYMOUS: "○",
    Sourcing.UNATTRIBUTED: "?",
}

_UNANSWERED = "unanswered"  # against somebody who neither speaks nor was asked


def _row(reading: Reading, one: Claim, highlights: tuple[str, ...]) -> Entry:
    """As of anything that is said, with how second-hand it is, and that nobody answers it."""
    found = reading.findings
    assert found is not None
    entry = statement.row(CLAIM, reading, one)
    via = f"via {statement.who(found, one.via)}" if one.via else ""
    unanswered = _UNANSWERED if one.id in found.unanswered else ""
    return entry._replace(word=" · ".join(filter(None, (entry.word, via, unanswered))))


def _why(reading: Reading, one: Claim) -> list[Line]:
    """As of anything that is said, with whom it is against and what they reply."""
    text, found = reading.article.text, reading.findings
    assert found is not None
    lines = statement.why(CLAIM, reading, one)
    if one.cue:
        lines.append(("In its own words", one.cue))
    if one.via:
        lines.append(("Second-hand", f"through {statement.who(found, one.via)}"))
    if one.against:
        lines.append(("Against", statement.who(found, one.against)))
        lines += [
            ("Reply", f"{reply.kind}: {joined(text, reply.span)}")
            for reply in found.replies_to(one)
        ]
    if one.id in found.unanswered:
        lines.append(("Reply", "none: they neither speak nor are said to have been asked"))
    lines.append(("Can be checked", "yes" if one.checkable else "no: opinion or prediction"))
    return lines


CLAIM = Kind[Claim](
    layer=FindingKind.CLAIM,
    key="c",
    hints=("verdict", "note.write", "correct", "verdict.next", "evidence"),
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
    rules={
        Rule.REPORTED: "reported speech that states, announces or denies something",
        Rule.HEDGE: "a hedge without a source, such as “reportedly”",
    },
    is_judged=True,
    row=_row,
    why=_why,
)
