"""Why a finding is there, line by line: what found it, in which words, who is meant by them."""

from collections import Counter
from collections.abc import Mapping

from pullquote.findings import CORRECTED, NOBODY, Actor, Attribution, FindingKind, Rule
from pullquote.kinds.evidence import evidence_lines
from pullquote.kinds.markdown_lines import markdown_lines
from pullquote.kinds.spec import Line
from pullquote.notes.annotations import Annotation, Edit, local_day, spans_of
from pullquote.notes.corrections import correction_line
from pullquote.notes.reading import Reading
from pullquote.text import Span, Spans, joined, one_line, overlap, plural
from pullquote.vocabulary import DOUBTFUL_SPEAKER

_PRONOUNS = frozenset(
    [
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
    ]
)
_RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))
_SHOWN = 14  # wordings of mentions; more are counted

RULES = {
    Rule.CORRECTED: "you: corrected (see the notes)",
    Rule.CONFIRMED: "the program, and confirmed by you",
    Rule.PARSE: "the parser: names and noun phrases",
    Rule.MODEL: "the model of who says what",
    Rule.TRANSCRIPT: "transcript format: a name in capitals and a colon",
    Rule.INTERVIEW: "an answer below a question in a paragraph of its own",
    Rule.SIGNATURE: "a quotation signed with a dash and a name",
    Rule.SPOKEN: "a quotation followed by a verb of speech and a name",
    Rule.CITED: "words in quotation marks under a verb of speech",
    Rule.FLOATING: "a quotation without a cue of its own; the speaker is the likeliest",
}  # of attributions and actors, and the reader's word


def found_by(rule: Rule, confidence: float, own: Mapping[Rule, str] = RULES) -> str:
    """What found it, and how many of a hundred findings like it people marked too."""
    return f"{own.get(rule) or RULES[rule]} · confidence {confidence * 100:.0f} %"


def corrections(reading: Reading, kind: FindingKind, spans: Spans) -> list[Line]:
    """What the reader corrected in the finding that lies on `spans`."""
    return [
        ("Corrected", f"{correction_line(one)} · {_day(note)}")
        for note in reading.annotations
        if (one := note.correction) and one.kind is kind and note.id not in reading.conflicts
        if any(
            span in spans
            for span in spans_of((*one.of, *(one.to if one.edit is Edit.BOUNDS else ())))
        )
    ]


def judged(note: Annotation) -> list[Line]:
    """A verdict with its note and evidence."""
    lines: list[Line] = [("Verdict", f"{note.verdict or 'open'} · {_day(note)}")]
    lines += [("Note", line) for line in markdown_lines(note.comment)]
    return lines + [line for one in note.evidence for line in evidence_lines(one)]


def _day(note: Annotation) -> str:
    return local_day(note.modified)


def attribution_lines(text: str, one: Attribution) -> list[Line]:
    """Source, cue and content, and what found them."""
    parts = (
        ("Source", one.source),
        ("Words of saying", one.cue),
        ("What is said", one.content),
    )
    return [
        *((name, joined(text, spans) if spans else "none") for name, spans in parts),
        ("Kind of report", f"{one.stance} · {one.kind}"),
        ("Found by", found_by(one.rule, one.confidence)),
    ]


def speaker_lines(text: str, actor: Actor | None, said: Attribution | None) -> list[Line]:
    """Who says it, and how that is known."""
    if actor is None:
        return [("Speaker", NOBODY)]
    how = _how_known(text, actor, said)
    sure = f" · confidence {said.speaker_confidence * 100:.0f} %" if said else ""
    sure += " · may be another" if said and said.speaker_confidence < DOUBTFUL_SPEAKER else ""
    return [("Speaker", f"{actor.name} ({actor.kind}): {how}{sure}"), *actor_lines(text, actor)[1:]]


def _how_known(text: str, actor: Actor, said: Attribution | None) -> str:
    in_source = (
        mention
        for mention in actor.mentions
        if said and any(overlap(mention, span) for span in said.source)
    )
    mention = next(in_source, None)
    if mention:
        return _how_meant(text, actor, mention)
    if said and said.rule == CORRECTED:
        return "as you corrected it"
    if said and not said.source:
        return "no source of its own: the speaker before goes on"
    return "named nearby"


def _how_meant(text: str, actor: Actor, mention: Span) -> str:
    """How a mention is known to be the actor's."""
    words = text[slice(*mention)]
    before = [
        m for m in actor.mentions if m[0] < mention[0] and text[slice(*m)].lower() not in _PRONOUNS
    ]
    if words.lower() in _PRONOUNS:
        return f"“{words}” refers back to the last fitting name: {_quoted(text, before)}"
    if words.lower() in _RELATIVES:
        return f"“{words}” refers to the words before it: {_quoted(text, before)}"
    if actor.name.lower() in words.lower():
        return "by name"
    if words[:1].isupper() and words in actor.name:
        return f"“{words}” is short for “{actor.name}”"
    return f"“{words}” is the same as {_quoted(text, before)}" if before else f"as “{words}”"


def _quoted(text: str, mentions: list[Span]) -> str:
    return f"“{joined(text, tuple(mentions[-1:]))}”" if mentions else "nobody before"


def actor_lines(text: str, actor: Actor) -> list[Line]:
    """Who an actor is, and in which words they are mentioned."""
    about = " · ".join(filter(None, (actor.kind, actor.role, actor.affiliation)))
    words = Counter(one_line(text[slice(*mention)]) for mention in actor.mentions)
    mentions = [
        f"{one} × {count}" if count > 1 else one for one, count in words.most_common(_SHOWN)
    ]
    more = len(words) - _SHOWN
    listed = " · ".join(mentions) + (f" · and {plural(more, 'other wording')}" if more > 0 else "")
    return [("Actor", f"{actor.name} ({about})"), (f"Mentions ({len(actor.mentions)})", listed)]
