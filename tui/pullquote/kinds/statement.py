"""What somebody says, as a row and with its reasons: a quote, a claim, a warning, alike."""

from typing import Any

from pullquote.findings import CONFIRMED, CORRECTED, IN_WORDS, NOBODY, Findings, Statement
from pullquote.kinds.reasons import attribution_lines, corrections, found_by, judged, speaker_lines
from pullquote.kinds.spec import Entry, Kind, Line
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Reading
from pullquote.text import joined

BADGES = {CORRECTED: "✎", CONFIRMED: "✓"}  # what the reader corrected, or confirmed


def who(found: Findings, actor: str | None) -> str:
    """The name of an actor, or a word for none."""
    one = found.actor(actor)
    return one.name if one else NOBODY


def about(finding: Statement) -> tuple[str, ...]:
    """What is known of it, best known first: its kind, or how it is sourced and how firm."""
    return tuple(str(getattr(finding, field)) for field in finding.choices)


def row(kind: Kind[Any], reading: Reading, finding: Statement) -> Entry:
    """Who says it to whom, what is known of it, and its words."""
    text, found = reading.article.text, reading.findings
    assert found is not None
    said = found.attribution(finding.attribution)
    stance = () if said is None or said.stance in IN_WORDS else (str(said.stance),)
    to = kind.addressed(finding)
    known = (*(word for word in about(finding) if word != kind.usual), *stance)
    verdict = verdict_word(reading.verdict(finding)) if kind.is_judged else ""
    return Entry(
        kind.glyph(finding),
        who(found, finding.speaker) + (f" → {joined(text, to)}" if to else ""),
        " · ".join(known),
        joined(text, finding.spans),
        " ".join(filter(None, (BADGES.get(finding.rule, ""), verdict))),
    )


def why(kind: Kind[Any], reading: Reading, finding: Statement) -> list[Line]:
    """The reader's word on it, what found it, its parts, and who says it."""
    text, found = reading.article.text, reading.findings
    assert found is not None
    lines = corrections(reading, finding.finding, finding.spans)
    if kind.is_judged and (verdict := reading.verdict(finding)):
        lines += judged(verdict)
    if not finding.is_attribution:  # else its attribution says it
        lines.append(
            (kind.layer.capitalize(), found_by(finding.rule, finding.confidence, kind.rules))
        )
    lines += [
        (part.heading, joined(text, part.spans)) for part in kind.parts(finding) if part.spans
    ]
    said = found.attribution(finding.attribution)
    if said is not None:
        lines += attribution_lines(text, said)
    elif finding.is_attribution:  # added by the reader, without a source
        lines.append((kind.layer.capitalize(), joined(text, finding.spans)))
    return lines + speaker_lines(text, found.actor(finding.speaker), said)


def verdict_word(verdict: Annotation | None) -> str:
    """What is said of a claim that was looked at: the verdict, or that there is evidence only."""
    if verdict is None:
        return ""
    links = f" +{len(verdict.evidence)}" if verdict.evidence else ""
    return f"[{verdict.verdict or 'open'}{links}]"
