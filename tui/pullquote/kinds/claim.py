"""Claims: what the article passes on without vouching for it."""

from pullquote.findings import Claim, Commitment, FindingKind, Rule, Sourcing
from pullquote.kinds import statement
from pullquote.kinds.spec import Badge, Entry, Kind, Line, Order, Part
from pullquote.notes.reading import Reading
from pullquote.text import joined

SOURCING_GLYPHS = {
    Sourcing.NAMED: "●",
    Sourcing.INSTITUTION: "◆",
    Sourcing.OFFICIAL: "◐",
    Sourcing.DOCUMENT: "▤",
    Sourcing.ANONYMOUS: "○",
    Sourcing.UNATTRIBUTED: "?",
}

_BEST_FIRST = {sourcing: number for number, sourcing in enumerate(Sourcing)}


def _by_verdict(reading: Reading, one: Claim) -> tuple[bool, str]:
    """Those without a verdict first, then those of a verdict together."""
    note = reading.verdict(one)
    verdict = (note.verdict if note else "") or ""
    return bool(verdict), verdict


def _by_speaker(reading: Reading, one: Claim) -> tuple[bool, int, str]:
    """Those of a speaker together, who is mentioned first first; nobody's last."""
    found = reading.findings
    speaker = found.actor(one.speaker) if found else None
    first = speaker.mentions[0][0] if speaker and speaker.mentions else 0
    return speaker is None, first, one.speaker or ""


_ORDERS = {
    "checkable": Order("checkable first", lambda _, one: not one.checkable, is_counted=True),
    "sourcing": Order("best sourced first", lambda _, one: _BEST_FIRST[one.sourcing]),
    "verdict": Order("open first", _by_verdict),
    "speaker": Order("by speaker", _by_speaker),
}
_UNANSWERED = "unanswered"  # against somebody who neither speaks nor was asked


def _row(reading: Reading, one: Claim, highlights: tuple[str, ...]) -> Entry:
    """As of anything that is said, with its cue, how second-hand it is, whether it is answered."""
    found = reading.findings
    assert found is not None
    entry = statement.row(CLAIM, reading, one)
    via = f"via {statement.who(found, one.via)}" if one.via else ""
    unanswered = _UNANSWERED if one.id in found.unanswered else ""
    return entry._replace(
        word=" · ".join(filter(None, (entry.word, via, unanswered))),
        cue=statement.words_of_saying(one.cue) or entry.cue,
        denied=one.commitment is Commitment.DENIED,
        edge=((Badge(_UNANSWERED),) if unanswered else ()) + entry.edge,
    )


def _details(reading: Reading, one: Claim) -> list[Line]:
    """Its hedges and figures, through whom, against whom and what they reply; its verdict."""
    text, found = reading.article.text, reading.findings
    assert found is not None
    via, against = (
        (statement.who(found, actor) if actor else "") for actor in (one.via, one.against)
    )
    lines = (
        ("via", via),
        ("against", against),
        *(
            ("reply", f"{reply.kind}: {joined(text, reply.span)}")
            for reply in found.replies_to(one)
        ),
        ("reply", "none" if one.id in found.unanswered else ""),
    )
    return [*(line for line in lines if line[1]), *statement.details(CLAIM, reading, one)]


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
    empty="There are no claims here: the article vouches itself for all that it says. "
    "Select words with v, then e adds a claim.",
    lane="sourced",
    colour=lambda one: f"sourced-{one.sourcing}",
    hedges=lambda one: one.hedges,
    has_extent=True,
    sign=(
        " ".join(SOURCING_GLYPHS.values()),
        "a claim of a person, an institution, an unnamed official, a document, an unnamed source, "
        "nobody",
    ),
    glyph=lambda one: SOURCING_GLYPHS[one.sourcing],
    usual=Commitment.ASSERTED,
    parts=lambda one: (Part("Hedge", one.hedges), Part("Figures", one.figures)),
    rules={
        Rule.REPORTED: "reported speech that states, announces or denies something",
        Rule.HEDGE: "a hedge without a source, such as “reportedly”",
    },
    orders=_ORDERS,
    is_judged=True,
    row=_row,
    why=_why,
    details=_details,
)
