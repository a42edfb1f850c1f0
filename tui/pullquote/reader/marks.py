"""What lies over the text: findings and annotations as sorted marks, to paint and to walk.

A mark is one finding with all its spans. The places that the reader's keys step through are the
marks of one layer in text order; what a character looks like follows from the layers of the marks
that cover it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TypeVar

from pullquote.extra import EXTRA, ExtraLayer
from pullquote.findings import DOUBTFUL, SPEECH, Finding, FindingKind, Findings
from pullquote.notes.annotations import Annotation
from pullquote.notes.reading import NOTE, Layer, Reading
from pullquote.text import Span, Spans, overlap

Over = TypeVar("Over")  # what a span bears


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding or annotation over the text; of an actor, one of the mentions.

    Two marks are the same by their id, place and look, whatever else became of the `item`.
    """

    layer: Layer
    id: str
    item: Finding | Annotation = field(compare=False, repr=False)
    spans: Spans
    actor: str | None = None  # who speaks, claims, warns, or is mentioned
    highlight: int = 0
    confidence: float = 1.0
    speaker_doubtful: bool = False
    non_speech: bool = False  # thought, felt, wanted …: shown on request
    gutter_only: bool = False  # a note that is about a finding: a sign, and no ground of its own
    # the id of what a quote, claim or warning rests on: one that is both shares it
    attribution: str | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the finding is less likely right than wrong."""
        return self.confidence < DOUBTFUL

    @property
    def finding(self) -> Finding:
        """What it stands for, on any layer but the notes'."""
        assert not isinstance(self.item, Annotation)
        return self.item

    @property
    def note(self) -> Annotation:
        """What it stands for on the notes' layer."""
        assert isinstance(self.item, Annotation)
        return self.item

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def marks(reading: Reading) -> dict[Layer, tuple[Mark, ...]]:
    """The marks of each layer in text order; a mention of an actor is a mark of its own."""
    found = reading.findings
    layers: dict[Layer, Iterable[Mark]] = {
        kind: _of_kind(found, kind) if found else () for kind in FindingKind
    }
    layers[NOTE] = (_of_note(note) for note in reading.annotations if not note.is_orphan)
    layers[EXTRA] = _of_kind(found, EXTRA) if found else ()
    return {
        layer: tuple(sorted((m for m in over if m.spans), key=lambda m: (m.start, m.end)))
        for layer, over in layers.items()
    }


def _of_kind(found: Findings, kind: FindingKind | ExtraLayer) -> list[Mark]:
    non_speech = found.non_speech_ids if kind in SPEECH else frozenset[str]()
    return [
        Mark(
            kind,
            # those of an analyser before 4 have none
            one.id or f"{kind[0]}{number}",
            one,
            spans,
            one.speaker,
            confidence=one.confidence,
            speaker_doubtful=found.is_speaker_doubtful(one),
            non_speech=one.attribution in non_speech,
            attribution=one.attribution,
        )
        for number, one in enumerate(found.of(kind), 1)
        for spans in one.places
    ]


def _of_note(note: Annotation) -> Mark:
    about_finding = bool(note.verdict or note.correction or note.evidence)
    return Mark(
        NOTE,
        note.id,
        note,
        () if note.is_orphan else (note.target.span,),
        highlight=note.highlight,
        gutter_only=about_finding and not note.highlight,
    )


def orphans(reading: Reading) -> tuple[Mark, ...]:
    """The notes that lie nowhere in this text: marks without spans, for the notes pane alone."""
    return tuple(_of_note(note) for note in reading.annotations if note.is_orphan)


def found_again(marks: Iterable[Mark], was: Mark) -> Mark | None:
    """The mark that is `was` in a reading derived anew: of the same id, else at the same place.

    An analysis that went on may have numbered its findings anew: the id of a finding is believed
    where it still lies on some of the same words.
    """
    same = [
        one
        for one in marks
        if one.spans == was.spans
        or (one.id == was.id and (one.layer is NOTE or shared(one.spans, was.spans) > 0))
    ]
    return max(same, key=lambda one: (one.id == was.id, shared(one.spans, was.spans)), default=None)


def shared(one: Spans, other: Spans) -> int:
    """How many code points lie on both."""
    return sum(overlap(a, b) for a in one for b in other)


def after(marks: Sequence[Mark], offset: int) -> Mark | None:
    """The first mark that starts behind `offset`; round to the first of all after the last."""
    if not marks:
        return None
    index = bisect_left(marks, offset + 1, key=lambda mark: mark.start)
    return marks[index % len(marks)]


def before(marks: Sequence[Mark], offset: int) -> Mark | None:
    """The last mark that starts before `offset`; round to the last of all before the first."""
    if not marks:
        return None
    return marks[bisect_left(marks, offset, key=lambda mark: mark.start) - 1]


def position(marks: Sequence[Mark], mark: Mark) -> int | None:
    """Which of the marks, sorted by their start, `mark` is."""
    if not mark.spans:
        return None
    first = bisect_left(marks, mark.start, key=lambda one: one.start)
    alike = takewhile(lambda number: marks[number].start == mark.start, range(first, len(marks)))
    return next((number for number in alike if marks[number] == mark), None)


def covering(marks: Iterable[Mark], offset: int) -> list[Mark]:
    """The marks over `offset`, the shortest first."""
    here = [mark for mark in marks if any(start <= offset < end for start, end in mark.spans)]
    return sorted(here, key=lambda mark: sum(end - start for start, end in mark.spans))


def by_paragraph(
    spans: Iterable[tuple[Span, Over]], paragraphs: Sequence[Span]
) -> dict[int, list[tuple[Span, Over]]]:
    """Spans with what they bear, by the paragraph that they lie on; they may come in any order."""
    result: dict[int, list[tuple[Span, Over]]] = {}
    first = start = end = 0
    for span, over in spans:
        if not start <= span[0] < end:  # most lie in the paragraph of the one before
            first = max(0, bisect_left(paragraphs, span[0] + 1, key=lambda p: p[0]) - 1)
            start, end = paragraphs[first] if len(paragraphs) else (0, 0)
        for number in range(first, len(paragraphs)):
            if paragraphs[number][0] >= span[1]:
                break
            if overlap(span, paragraphs[number]):
                result.setdefault(number, []).append((span, over))
    return result
