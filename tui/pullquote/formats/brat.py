"""brat's standoff format: findings and annotations, for annotation tools and their corpora.

The text goes into STEM.txt as it is, and STEM.ann lies over it. An attribution is its content
(`Content`), bound by relations to its source, its cue and a mention of who is meant; quotes, claims
and warnings are bound to the content that they are part of. docs/formats/brat.md has the
`annotation.conf`. Format: http://brat.nlplab.org/standoff.html.
"""

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from pullquote.findings import (
    STATED,
    Actor,
    Attribution,
    AttributionKind,
    Findings,
    Statement,
    statements,
)
from pullquote.formats.form import Format, Purpose, single_writer
from pullquote.formats.said import CHECKED, bodies
from pullquote.kinds import BY_LAYER
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import Spans, one_line, trimmed

# parts of which every span is one of its own: what it is called, and its relation
_EACH = {"Hedge": ("Hedge", "HedgedBy"), "Figures": ("Figure", "HasFigure")}
_PIECE = re.compile(r"[^\n\t]+")


def txt(reading: Reading, settings: Settings) -> str:
    """The text that the offsets of `ann` count in, as it is."""
    return reading.article.text


def ann(reading: Reading, settings: Settings) -> str:
    """The annotations of the article, one a line; offsets are half-open, in code points of `txt`.

    A highlight is labelled with its kind (`Highlight-check`), any other note `Note`. Left out are
    orphans, which lie nowhere, and what lies on white space alone.
    """
    out = _Standoff(reading.article.text)
    if reading.findings:
        _found(out, reading, reading.findings)
    for note in reading.annotations:
        if not note.is_orphan and _says_something(note):
            one = out.span(_kind(note, settings), (note.target.span,))
            out.note(one, _words(note))
    return "".join(f"{line}\n" for line in out.lines)


class _Standoff:
    """The lines of an .ann file, with an id for each of its annotations."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._numbers: Counter[str] = Counter()

    def _add(self, letter: str, rest: str) -> str:
        self._numbers[letter] += 1
        identity = f"{letter}{self._numbers[letter]}"
        self.lines.append(f"{identity}\t{rest}")
        return identity

    def span(self, label: str, spans: Spans) -> str | None:
        """A text-bound annotation, in fragments where there are several; None for white space."""
        found = [
            trimmed(self.text, match.span())
            for start, end in sorted(spans)
            for match in _PIECE.finditer(self.text, start, end)
            if match[0].strip()
        ]
        if not found:
            return None
        places = ";".join(f"{start} {end}" for start, end in found)
        words = " ".join(self.text[start:end] for start, end in found)
        return self._add("T", f"{label} {places}\t{words}")

    def relate(self, label: str, one: str | None, other: str | None) -> None:
        """A relation, where both ends are there."""
        if one and other:
            self._add("R", f"{label} Arg1:{one} Arg2:{other}")

    def same(self, places: list[str]) -> None:
        """An equivalence: mentions of one actor."""
        if len(places) > 1:
            self.lines.append(f"*\tSame {' '.join(places)}")

    def attribute(self, label: str, one: str | None, value: str) -> None:
        if one and value:
            self._add("A", f"{label} {one} {_label(value) or 'other'}")

    def note(self, one: str | None, words: str) -> None:
        if one and (said := one_line(words)):
            self._add("#", f"AnnotatorNotes {one}\t{said}")


def _label(words: str) -> str:
    """`words` as a brat label: ASCII letters, digits, hyphens, underscores; "" if none is left."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", words).strip("-")


def _found(out: _Standoff, reading: Reading, found: Findings) -> None:
    mentions = {actor.id: _actor(out, actor) for actor in found.actors}
    contents = {one.id: _attribution(out, one, mentions) for one in found.attributions}
    for kind in STATED:
        for finding in statements(found, kind):
            place = out.span(_label(kind.capitalize()), finding.spans)
            for field in finding.choices:
                value = getattr(finding, field)
                out.attribute(_attribute(value), place, value)
            out.attribute("Checked", place, CHECKED.get(finding.rule, ""))
            out.relate("PartOf", place, contents.get(finding.attribution or ""))
            out.relate("SaidBy", place, mentions.get(finding.speaker or ""))
            _parts(out, place, finding)
            verdict = reading.verdict(finding) if BY_LAYER[kind].is_judged else None
            out.attribute("Verdict", place, verdict.verdict if verdict else "")


def _attribute(value: StrEnum) -> str:
    """The attribute that a value is of: named after its type, and `Kind` as of a `Content`."""
    return "Kind" if isinstance(value, AttributionKind) else type(value).__name__


def _actor(out: _Standoff, actor: Actor) -> str | None:
    """The first mention of an actor; None for one without."""
    label = actor.kind.capitalize()
    places = [one for span in actor.mentions if (one := out.span(label, (span,)))]
    out.same(places)
    first = next(iter(places), None)
    out.attribute("Checked", first, CHECKED.get(actor.rule, ""))
    out.note(first, f"{actor.name}, {actor.role}" if actor.role else actor.name)
    return first


def _parts(out: _Standoff, place: str | None, finding: Statement) -> None:
    """What a kind names as parts of its findings: one annotation each, or one a span."""
    for part in BY_LAYER[finding.finding].parts(finding):
        label = _label(part.heading)
        each, relation = _EACH.get(label, (label, f"Has{label}"))
        for spans in [(span,) for span in part.spans] if label in _EACH else [part.spans]:
            out.relate(relation, place, out.span(each, spans))


def _attribution(
    out: _Standoff, attribution: Attribution, mentions: Mapping[str, str | None]
) -> str | None:
    content = out.span("Content", attribution.content)
    out.attribute("Kind", content, attribution.kind)
    out.attribute("Stance", content, attribution.stance)
    out.attribute("Checked", content, CHECKED.get(attribution.rule, ""))
    out.relate("HasSource", content, out.span("Source", attribution.source))
    out.relate("HasCue", content, out.span("Cue", attribution.cue))
    out.relate("SaidBy", content, mentions.get(attribution.speaker or ""))
    return content


def _says_something(note: Annotation) -> bool:
    """Whether it is more than a correction, which the findings show."""
    return not msgspec.structs.replace(note, correction=None).is_bare


def _kind(note: Annotation, settings: Settings) -> str:
    if not note.highlight:
        return "Note"
    return f"Highlight-{_label(settings.highlight(note.highlight)) or note.highlight}"


def _words(note: Annotation) -> str:
    """What the reader wrote, on one line."""
    return " ".join(("; ".join(bodies(note)), *(f"#{tag}" for tag in note.tags)))


FORMAT = Format(
    name="brat",
    suffix=".brat.ann",
    carries="findings and notes as standoff",
    description="standoff annotations, for annotation tools",
    purpose=Purpose.EXCHANGE,
    write=single_writer(ann),
    whole=True,
    single=True,
    companions=((".txt", single_writer(txt)),),
)
