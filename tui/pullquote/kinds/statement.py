"""What somebody says, as a row and with its reasons: a quote, a claim, a warning, alike."""

from collections.abc import Iterator
from typing import Any

from pullquote.findings import (
    CONFIRMED,
    CORRECTED,
    DOUBTFUL,
    IN_WORDS,
    NOBODY,
    Findings,
    Statement,
)
from pullquote.kinds.reasons import attribution_lines, corrections, found_by, judged, speaker_lines
from pullquote.kinds.spec import Badge, Entry, Kind, Line
from pullquote.kinds.verdicts import verdict_badge
from pullquote.notes.reading import Reading
from pullquote.notes.sayings import with_doubt
from pullquote.text import Spans, joined, one_line

BADGES = {CORRECTED: "✎", CONFIRMED: "✓"}  # what the reader corrected, or confirmed
_DOUBTFUL = Badge("doubtful")


def who(found: Findings, actor: str | None) -> str:
    """The name of an actor, or a word for none."""
    one = found.actor(actor)
    return one.name if one else NOBODY


def speaker(found: Findings, finding: Statement) -> str:
    """Who says it; with a question mark where it may well be somebody else."""
    return with_doubt(who(found, finding.speaker), found.is_speaker_doubtful(finding))


def words_of_saying(cue: str) -> str:
    """A cue in a row; none for the colon behind a speaker's name, which are no words."""
    words = one_line(cue)
    return words if any(map(str.isalnum, words)) else ""


def about(finding: Statement) -> tuple[str, ...]:
    """What is known of it, best known first: its kind, or how it is sourced and how firm."""
    return tuple(str(getattr(finding, field)) for field in finding.choices)


def row(kind: Kind[Any], reading: Reading, finding: Statement) -> Entry:
    """Who says it by which words, what is known of it, and its own words."""
    text, found = reading.article.text, reading.findings
    assert found is not None
    said = found.attribution(finding.attribution)
    stance = () if said is None or said.stance in IN_WORDS else (str(said.stance),)
    known = (*(word for word in about(finding) if word != kind.usual), *stance)
    cue = words_of_saying(joined(text, said.cue)) if said else ""
    verdict = verdict_badge(reading.verdict(finding)) if kind.is_judged else None
    edge = (
        Badge(kind.edge(finding)),
        *((_DOUBTFUL,) if finding.confidence < DOUBTFUL else ()),
        Badge(BADGES.get(finding.rule, ""), "bold"),
        *((verdict,) if verdict else ()),
    )
    return Entry(
        kind.glyph(finding),
        speaker(found, finding),
        " · ".join(known),
        joined(text, finding.spans),
        " ".join(filter(None, (BADGES.get(finding.rule, ""), verdict.words if verdict else ""))),
        cue="" if cue == kind.edge(finding) else cue,  # a fear is called so once
        edge=tuple(badge for badge in edge if badge.words),
        tone=f"bold ${kind.colour(finding)}",
    )


def details(kind: Kind[Any], reading: Reading, finding: Statement) -> list[Line]:
    """What its row opens with: its parts, but for those that are most of its words; the verdict."""
    text, most = reading.article.text, _length(finding.spans) / 2
    parts = [part for part in kind.parts(finding) if 0 < _length(part.spans) <= most]
    lines: list[Line] = [(part.heading.lower(), joined(text, part.spans)) for part in parts]
    lines += [("speaker", words) for words in _speaker_in_doubt(reading, finding)]
    verdict = reading.verdict(finding) if kind.is_judged else None
    lines += [(heading.lower(), words) for heading, words in judged(verdict)] if verdict else []
    return lines


def _speaker_in_doubt(reading: Reading, finding: Statement) -> Iterator[str]:
    found = reading.findings
    said = found.attribution(finding.attribution) if found else None
    if found and said and found.is_speaker_doubtful(finding):
        yield f"may be another · speaker confidence {said.speaker_confidence * 100:.0f} %"


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


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
