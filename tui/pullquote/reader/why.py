"""Why a finding is there: its parts, its rule or score, and how its actor was recognised."""

from collections import Counter

from pullquote.findings import (
    CORRECTED,
    NOBODY,
    Actor,
    Attribution,
    Claim,
    FindingKind,
    Findings,
    Quote,
    Warning,
)
from pullquote.notes.annotations import (
    Annotation,
    Edit,
    Evidence,
    Placed,
    local_day,
    local_minute,
    spans_of,
)
from pullquote.notes.corrections import correction_line
from pullquote.notes.reading import NOTE, Reading
from pullquote.reader.marks import Mark
from pullquote.text import Span, Spans, joined, one_line, overlap

_PRONOUNS = frozenset(
    (
        "he",
        "she",
        "him",
        "her",
        "his",
        "hers",
        "himself",
        "herself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
    )
)
_RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))
_SHOWN = 14  # wordings of mentions; more are counted

RULES = {
    "reader": "you: put right by a correction (in the notes)",
    "confirmed": "the machine, and confirmed by you",
    "parse": "the entities, names and noun phrases of the parse",
    "model": "the attribution model",
    "transcript": "a transcript's line: a name in capitals and a colon",
    "signature": "a quotation signed with a dash and a name",
    "spoken": "a quotation with a verb of speech and a name right behind it",
    "reported": "its attribution asserts a clause, an intent or a denial",
    "hedge": "a hedge without a source: the article does not vouch for it",
    "asked": "the words say that the other side was asked, or what it answered",
    "cue": "its cue warns or threatens",
    "phrase": "a set phrase of warning",
    "coercion": "its source is bound to an act of coercion",
    "answer": "its source will answer if a condition is met",
    "harm": "harm follows under a modal or a condition",
    "verb": "a verb of warning with what it warns of",
    "fear": "a fear that is reported without a speaker",
}

Line = tuple[str, str]  # a heading and what stands under it


def why(reading: Reading, mark: Mark) -> list[Line]:
    """The reasons for a finding, as headings and texts, with the reader's word; all of a note."""
    found, text = reading.findings, reading.article.text
    if mark.layer is NOTE:
        return _note(reading, reading.annotations[mark.index])
    if found is None:
        return []
    if mark.layer is FindingKind.ACTOR:
        actor = found.actors[mark.index]
        return [*_corrections(reading, FindingKind.ACTOR, actor.mentions), *_actor(text, actor)]
    one = found.of(mark.layer)[mark.index]
    lines = _corrections(reading, one.finding, mark.spans)
    if isinstance(one, Claim) and (verdict := reading.verdict(one)):
        lines += _judged(verdict)
    if not isinstance(one, Quote):
        lines.append((mark.layer.capitalize(), f"{RULES[one.rule]} · {_sure(one.confidence)}"))
    if isinstance(one, Claim) and one.hedges:
        lines.append(("Hedge", joined(text, one.hedges)))
    if isinstance(one, Warning):
        parts = (
            ("Condition", one.condition),
            ("Consequence", one.consequence),
            ("Target", one.target),
        )
        lines += [(name, joined(text, spans)) for name, spans in parts if spans]
    attribution = found.attribution(one.attribution)
    if attribution is not None:
        lines += _attribution(text, attribution)
    elif isinstance(one, Quote):  # added by the reader, without a source
        lines.append(("Quote", joined(text, mark.spans)))
    return lines + _who(text, found, mark.actor, attribution)


def _corrections(reading: Reading, kind: FindingKind, spans: Spans) -> list[Line]:
    """What the reader put right in the finding that lies on `spans`."""
    return [
        ("Corrected", f"{correction_line(one)} · {_day(note)}")
        for note in reading.annotations
        if (one := note.correction) and one.kind is kind and note.id not in reading.conflicts
        if any(
            span in spans
            for span in spans_of((*one.of, *(one.to if one.edit is Edit.BOUNDS else ())))
        )
    ]


def _day(note: Annotation) -> str:
    return local_day(note.modified)


def _judged(note: Annotation) -> list[Line]:
    """A verdict with its note and evidence."""
    lines = [("Verdict", f"{note.verdict or 'open'} · {_day(note)}")]
    lines += [("Note", note.comment)] if note.comment else []
    return lines + [("Evidence", evidence_line(one)) for one in note.evidence]


def evidence_line(one: Evidence) -> str:
    """Evidence on one line: its title, its address, what it says."""
    return " · ".join(filter(None, (one.title, one.url, f"“{one.quote}”" if one.quote else "")))


_PLACED = {
    Placed.CARRIED: "carried over from an earlier version: the same words at the same place",
    Placed.MOVED: "carried over, but its words or those around them have changed: e changes where "
    "it begins and ends",
    Placed.ORPHANED: "its words are not in this text: Enter in the notes pane lets you select "
    "where it belongs",
}


def _note(reading: Reading, note: Annotation) -> list[Line]:
    lines: list[Line] = [("On", one_line(note.target.exact))]
    if note.correction:
        state = (
            " · a conflict: its finding is not there any more"
            if note.id in reading.conflicts
            else ""
        )
        lines.append(("Correction", correction_line(note.correction) + state))
    if note.verdict or note.evidence:
        lines += _judged(note)
    elif note.comment:
        lines.append(("Note", note.comment))
    lines += [("Tags", " ".join(f"#{tag}" for tag in note.tags))] if note.tags else []
    lines += [("Placed", _PLACED[note.placed])] if note.placed in _PLACED else []
    return [
        *lines,
        ("Made", f"{local_minute(note.created)}, last changed {local_minute(note.modified)}"),
    ]


def _attribution(text: str, one: Attribution) -> list[Line]:
    parts = (("Source", one.source), ("Cue", one.cue), ("Content", one.content))
    return [
        *((name, joined(text, spans) if spans else "none") for name, spans in parts),
        ("Kind of report", f"{one.stance} · {one.kind}"),
        ("Found by", f"{RULES[one.rule]} · {_sure(one.confidence)}"),
    ]


def _sure(confidence: float) -> str:
    """How many of a hundred findings like this one people marked too."""
    return f"confidence {confidence * 100:.0f} %"


def _who(
    text: str, found: Findings, identity: str | None, attribution: Attribution | None
) -> list[Line]:
    actor = found.actor(identity)
    if actor is None:
        return [("Actor", NOBODY)]
    by = [
        m
        for m in actor.mentions
        if attribution and any(overlap(m, span) for span in attribution.source)
    ]
    if by:
        how = _how(text, actor, by[0])
    elif attribution and attribution.rule == CORRECTED:
        how = "as you put it right"
    elif attribution and not attribution.source:
        how = "no source here: the speaker of the attribution before goes on"
    else:
        how = "named near it"
    return [("Actor", f"{actor.name} ({actor.kind}): {how}"), *_actor(text, actor)[1:]]


def _how(text: str, actor: Actor, mention: Span) -> str:
    """How a mention is known to be the actor's."""
    words = text[slice(*mention)]
    before = [
        m for m in actor.mentions if m[0] < mention[0] and text[slice(*m)].lower() not in _PRONOUNS
    ]
    if words.lower() in _PRONOUNS:
        return f"“{words}” stands for the fitting actor named last: {_quoted(text, before)}"
    if words.lower() in _RELATIVES:
        return f"“{words}” stands for what it follows: {_quoted(text, before)}"
    if actor.name.lower() in words.lower():
        return "by its name"
    return f"“{words}” goes with {_quoted(text, before)}" if before else f"as “{words}”"


def _quoted(text: str, mentions: list[Span]) -> str:
    return f"“{joined(text, tuple(mentions[-1:]))}”" if mentions else "nobody before"


def _actor(text: str, actor: Actor) -> list[Line]:
    about = " · ".join(filter(None, (actor.kind, actor.role, actor.affiliation)))
    words = Counter(one_line(text[slice(*mention)]) for mention in actor.mentions)
    mentions = [
        f"{one} × {count}" if count > 1 else one for one, count in words.most_common(_SHOWN)
    ]
    more = len(words) - _SHOWN
    listed = " · ".join(mentions) + (f" · and {more} other wordings" if more > 0 else "")
    return [("Actor", f"{actor.name} ({about})"), (f"Mentions ({len(actor.mentions)})", listed)]
