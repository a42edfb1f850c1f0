"""How human-readable exports put an article, its findings and the notes on it into words."""

from bisect import bisect_left, bisect_right

from pullquote.article import Article
from pullquote.extra import Extra
from pullquote.extra_kinds import by_kind
from pullquote.findings import (
    CONFIRMED,
    CORRECTED,
    DOUBTFUL,
    NOBODY,
    STATED,
    Actor,
    Attribution,
    Claim,
    Findings,
    Statement,
    statements,
)
from pullquote.kinds import BY_LAYER
from pullquote.kinds import about as known_of
from pullquote.languages import remark
from pullquote.notes.annotations import Annotation, Placed, Target
from pullquote.notes.evidence_lines import evidence_line
from pullquote.notes.reading import Reading
from pullquote.text import Span, Spans, is_on_the_web, joined, one_line, overlap

_HALF = 0.5  # of a note's characters; below it, the note is not on what the speaker says
_MOSTLY = 0.9  # of a paragraph's characters
# what the reader did to a finding of one of these rules
CHECKED: dict[str, str] = {CORRECTED: "corrected", CONFIRMED: "confirmed"}
# titles
_NOTES, _CORRECTIONS = "Notes", "Corrections"
GONE = "Notes whose words are gone"


def wrapped(form: str, words: str) -> str:
    """`words` in the place of the {} in `form`; "" for no words."""
    return form.format(words) if words else ""


def about(article: Article) -> str:
    """Who wrote it, where, when and at which address, on one line."""
    return " · ".join(
        filter(None, map(one_line, (article.byline, article.site, article.published, article.url)))
    )


def web_address(url: str) -> str:
    """`url` as it may be linked to, percent-encoded; "" for what is not on the web."""
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(url) if is_on_the_web(url) else ""


def is_mostly(paragraph: Span, spans: Spans) -> bool:
    """Whether nine tenths of a paragraph are in `spans`, sorted and apart: furniture, a heading."""
    first = bisect_right(spans, paragraph[0], key=lambda span: span[1])
    behind = bisect_left(spans, paragraph[1], first, key=lambda span: span[0])
    return sum(overlap(paragraph, one) for one in spans[first:behind]) >= _MOSTLY * (
        paragraph[1] - paragraph[0]
    )


# --- findings


def not_analysed(reading: Reading) -> str:
    """That it was not analysed, or what of it, as a sentence; "" where all was."""
    if reading.findings is None:
        return "Not analysed."
    return wrapped("{}.", remark(reading.findings))


def name(findings: Findings, identity: str | None) -> str:
    """The name of the actor of that id with the role, or a word for none."""
    one = findings.actor(identity)
    return _titled(one) if one else NOBODY


def said_by(findings: Findings, finding: Statement) -> str:
    """As `name`, of who says it; with a question mark where it may well be somebody else."""
    one = findings.actor(finding.speaker)
    return _titled(one, "?" * findings.is_speaker_doubtful(finding)) if one else NOBODY


def _titled(actor: Actor, sign: str = "") -> str:
    is_said = (actor.role or "").lower() in actor.name.lower()
    return f"{actor.name}{sign}" if is_said else f"{actor.name}{sign} ({actor.role})"


def lists(reading: Reading, found: Findings) -> dict[str, list[tuple[str, str]]]:
    """What somebody says, each kind under its title: who, with what is known, and what words."""
    return {
        BY_LAYER[kind].plural.capitalize(): [
            _listed(reading, found, one) for one in statements(found, kind)
        ]
        for kind in STATED
    } | {
        plural.capitalize(): [_of_plug_in(reading, found, one) for one in ones]
        for plural, ones in by_kind(found).items()
    }


def _of_plug_in(reading: Reading, found: Findings, one: Extra) -> tuple[str, str]:
    who = name(found, one.speaker) if one.speaker else one.kind
    known = wrapped(" [{}]", ", ".join(filter(None, (one.label, one.note))))
    return who + known, joined(reading.article.text, one.span)


def sources_in_words(reading: Reading) -> list[str]:
    """The sources counted, a line each; no lines where there are none to count."""
    from pullquote.kinds.sources import sources

    counted = sources(reading)
    if counted is None or not counted.lines:
        return []
    return [counted.summary, *(f"{heading}: {words}" for heading, words in counted.lines)]


def _listed(reading: Reading, found: Findings, finding: Statement) -> tuple[str, str]:
    """Who says it to whom, with what is known of it; and its words, with the reader's verdict."""
    text, kind = reading.article.text, BY_LAYER[finding.finding]
    # how much of a quote is one, its quotation marks show
    known = () if finding.is_attribution else known_of(finding)
    known += ("doubtful",) * (finding.confidence < DOUBTFUL)
    note = reading.verdict(finding) if kind.is_judged else None
    verdict = wrapped(" [verdict: {}]", note.verdict if note else "")
    who = said_by(found, finding) + wrapped(" to {}", joined(text, kind.addressed(finding)))
    return who + wrapped(" [{}]", ", ".join(known)), joined(text, finding.spans) + verdict


# --- notes


def actor_of(findings: Findings | None, note: Annotation) -> Actor | None:
    """The speaker of the attribution that covers most of the note, and at least half of it.

    Of two that cover the same, it is the one within the other. Nobody says what an orphan lies on.
    """
    if findings is None or note.is_orphan:
        return None
    start, end = note.target.span

    def covered(attribution: Attribution) -> int:
        return sum(overlap((start, end), span) for span in attribution.content)

    def rank(attribution: Attribution) -> tuple[int, int]:
        return covered(attribution), -sum(last - first for first, last in attribution.content)

    most = max((one for one in findings.attributions if one.speaker), key=rank, default=None)
    return (
        findings.actor(most.speaker)
        if most and covered(most) >= max(1, _HALF * (end - start))
        else None
    )


def speaker(findings: Findings | None, note: Annotation) -> str:
    """The name of `actor_of`, with the role; empty for none."""
    one = actor_of(findings, note)
    return _titled(one) if one else ""


def bodies(note: Annotation) -> list[str]:
    """What the reader wrote: the comment as it stands, the verdict, each piece of evidence."""
    verdict = wrapped("Verdict: {}", note.verdict)
    evidence = (f"Evidence: {evidence_line(one)}" for one in note.evidence)
    return list(filter(None, (note.comment.strip(), verdict, *evidence)))


def placement_remark(reading: Reading, note: Annotation) -> str:
    """A remark on how a note was placed in the text; "" for most notes."""
    if note.id in reading.conflicts:
        return "the finding it corrects is gone"
    return "its words or their context have changed" if note.placed is Placed.MOVED else ""


def sections(reading: Reading) -> dict[str, list[Annotation]]:
    """The notes under their titles: on words, orphaned, corrections; none without notes."""
    sections: dict[str, list[Annotation]] = {title: [] for title in (_NOTES, GONE, _CORRECTIONS)}
    for note in reading.annotations:
        sections[_section(note)].append(note)
    return {title: notes for title, notes in sections.items() if notes}


def _section(note: Annotation) -> str:
    if note.is_orphan:
        return GONE
    return _CORRECTIONS if note.correction else _NOTES


# --- verdicts


def assessed(reading: Reading) -> list[tuple[Claim | None, Annotation]]:
    """The verdicts, or the evidence gathered for one, with their claims, in text order.

    Those on words that are no claim follow, with None; one that a later one on the same words has
    replaced is left out.
    """
    claims = reading.findings.claims if reading.findings else ()
    on_claims = [(claim, verdict) for claim in claims if (verdict := reading.verdict(claim))]
    latest: dict[Target, Annotation] = {}
    for note in reading.annotations:
        before = latest.get(note.target)
        if (note.verdict or note.evidence) and (before is None or before.modified < note.modified):
            latest[note.target] = note
    taken = {verdict.target for _, verdict in on_claims}
    return [*on_claims, *((None, note) for place, note in latest.items() if place not in taken)]
