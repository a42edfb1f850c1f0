"""The reader's corrections as data to train and to measure on: JSON Lines, and spaCy's DocBin.

Both hold the paragraphs alone in which the reader has confirmed, corrected or rejected something,
since nobody has looked at the others. Offsets are half-open, in code points, and count from the
start of the text that they come with.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import msgspec

from pullquote.findings import VOUCHED, Finding, FindingKind, Findings, Statement
from pullquote.formats.form import Format, Purpose
from pullquote.notes.annotations import Annotation, Correction, Edit, spans_of
from pullquote.notes.corrections import mentioned, spec_of
from pullquote.notes.reading import Reading
from pullquote.settings import Settings
from pullquote.text import Span, Spans, overlap, paragraphs


class Marked(msgspec.Struct, frozen=True):
    """A labelled span, as Prodigy has it."""

    start: int
    end: int
    label: str


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One correction: the words around it, what is right (or wrong, for "reject"), and what was.

    `before` is where the finding lay; `was` and `value` are the machine's word and the reader's for
    what was corrected (a kind, a sourcing, a commitment, a name, a speaker), null where there is
    none. `start` is where `text` begins in the article.
    """

    text: str
    spans: tuple[Marked, ...]
    answer: str  # "accept" or "reject"
    edit: Edit
    kind: FindingKind
    before: tuple[Marked, ...]
    was: str | None
    value: str | None
    start: int
    article: str
    url: str
    analyser: str
    created: str


def jsonl(readings: Iterable[Reading], settings: Settings) -> Iterator[str]:
    """The corrections that hold in these texts as JSON Lines, in the order of their making."""
    for reading in readings:
        for note, one in _corrections(reading):
            yield f"{msgspec.json.encode(_example(reading, note, one)).decode()}\n"


def _corrections(reading: Reading) -> Iterator[tuple[Annotation, Correction]]:
    """The corrections that could be applied, oldest first."""
    for note in sorted(reading.annotations, key=lambda one: (one.created, one.id)):
        if note.correction and not note.is_orphan and note.id not in reading.conflicts:
            yield note, note.correction


def _example(reading: Reading, note: Annotation, correction: Correction) -> Example:
    of, to = spans_of(correction.of), spans_of(correction.to)
    label, spec = correction.kind.upper(), spec_of(correction.edit, correction.kind)
    start, end = _around(reading.article.text, (*of, *to))

    def marked(spans: Spans, what: str) -> tuple[Marked, ...]:
        return tuple(Marked(first - start, last - start, what) for first, last in spans)

    return Example(
        text=reading.article.text[start:end],
        spans=marked(spec.right(of, to), label) + (marked(to, spec.label) if spec.label else ()),
        answer=spec.answer,
        edit=correction.edit,
        kind=correction.kind,
        before=marked(spec.before(of), label),
        was=spec.was(reading.machine, _found(reading.machine, correction))
        if reading.machine
        else None,
        value=correction.value or _meant(reading.findings, correction),
        start=start,
        article=reading.article.id,
        url=reading.article.url,
        analyser=correction.analyser,
        created=note.created,
    )


def _around(text: str, spans: Spans) -> Span:
    """From the first paragraph that one of `spans` lies in to the last."""
    extent = min(start for start, _ in spans), max(end for _, end in spans)
    held = [paragraph for paragraph in paragraphs(text) if overlap(paragraph, extent)]
    return min(start for start, _ in (*held, extent)), max(end for _, end in (*held, extent))


def _found(machine: Findings, correction: Correction) -> Finding | None:
    """What the machine found where the correction says."""
    of = spans_of(correction.of)
    if correction.kind is FindingKind.ACTOR:
        return mentioned(machine, of[0])
    return next((finding for finding in machine.of(correction.kind) if finding.spans == of), None)


def _meant(found: Findings | None, correction: Correction) -> str | None:
    """The name of the actor that the correction points at."""
    if (
        found is None
        or not correction.to
        or not spec_of(correction.edit, correction.kind).names_actor
    ):
        return None
    actor = mentioned(found, correction.to[0].span)
    return actor.name if actor else None


# --- spaCy


def docbin(readings: Iterable[Reading], settings: Settings) -> Iterator[bytes]:
    """A DocBin with one Doc for each paragraph in which the reader confirmed or rejected something.

    Each has the span groups `quotes`, `claims`, `warnings`, `actors` and `sources`, as the reader
    has put them right; the same with `_gold` behind, of the findings alone that the reader
    corrected or confirmed; and `rejected`. A span is widened to whole tokens, and cut where its
    paragraph ends. `doc.user_data` has `article`, `url`, `start` (of the paragraph, in code points
    of the article), `analyser` and `widened` (how many spans had to be).
    """
    from spacy.tokens import DocBin

    docs = DocBin(store_user_data=True)
    for reading in readings:
        if reading.findings:
            groups = _groups(reading, reading.findings)
            looked_at = [
                span
                for name, labelled in groups.items()
                if _is_vouched(name)
                for _, span, _ in labelled
            ]
            for paragraph in paragraphs(reading.article.text):
                if any(overlap(paragraph, span) for span in looked_at):
                    docs.add(_doc(reading, paragraph, groups))
    yield bytes(docs.to_bytes())


_Group = list[tuple[str, Span, str]]  # label, place in the article, id


def _is_vouched(group: str) -> bool:
    return group.endswith("_gold") or group == "rejected"


def _groups(reading: Reading, found: Findings) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}

    def put(name: str, rule: str, label: str, spans: Spans, identity: str) -> None:
        labelled = [(label, span, identity) for span in spans]
        groups.setdefault(name, []).extend(labelled)
        groups.setdefault(f"{name}_gold", []).extend(labelled if rule in VOUCHED else ())

    for kind in FindingKind:
        for finding in found.of(kind):
            label = str(getattr(finding, next(iter(finding.choices))))
            is_attribution = isinstance(finding, Statement) and finding.is_attribution
            identity = finding.attribution if is_attribution else finding.id
            put(kind.plural, finding.rule, label, finding.spans, identity or "")
    for one in found.attributions:
        put("sources", one.rule, "source", one.source, one.id)
    groups["rejected"] = [
        (one.kind, span, note.id)
        for note, one in _corrections(reading)
        if one.edit is Edit.REJECT
        for span in spans_of(one.of)
    ]
    return groups


def _doc(reading: Reading, paragraph: Span, groups: dict[str, _Group]) -> Any:
    start, end = paragraph
    doc = _tokenizer(reading.article.language)(reading.article.text[start:end])
    widened = 0
    for name, labelled in groups.items():
        spans = []
        for label, (first, last), identity in labelled:
            first, last = max(first, start) - start, min(last, end) - start
            if first < last:
                span = doc.char_span(
                    first, last, label=label, span_id=identity, alignment_mode="expand"
                )
                widened += (span.start_char, span.end_char) != (first, last)
                spans.append(span)
        doc.spans[name] = spans
    doc.user_data.update(
        article=reading.article.id,
        url=reading.article.url,
        start=start,
        analyser=reading.findings.analyser if reading.findings else "",
        widened=widened,
    )
    return doc


@cache
def _tokenizer(language: str) -> Any:
    """spaCy's tokenizer of the article's language, or of none where it has none at hand."""
    import spacy

    code = re.split("[-_]", language.lower() or "en")[0]
    try:
        return spacy.blank(code if code.isalpha() and len(code) <= 3 else "xx")
    except (ImportError, OSError):
        # a language that spaCy does not know, or whose tokenizer is a package of its own
        return spacy.blank("xx")


JSONL = Format(
    name="jsonl-corrections",
    suffix=".jsonl",
    carries="corrections and confirmations, as training data",
    description="your corrections, for training and evaluation",
    purpose=Purpose.TRAINING,
    write=jsonl,
    whole=True,
)


SPACY = Format(
    name="spacy",
    suffix=".spacy",
    carries="corrections and confirmations, as training data",
    description="your corrections, as a spaCy DocBin",
    purpose=Purpose.TRAINING,
    write=docbin,
    whole=True,
)
