"""What screens show and exporters write: an article, its findings, its notes, corrected."""

from enum import StrEnum
from typing import Final

import msgspec

from pullquote.article import Article
from pullquote.extra import EXTRA, ExtraLayer
from pullquote.findings import Finding, FindingKind, Findings
from pullquote.notes.annotations import Annotation
from pullquote.notes.corrections import corrected
from pullquote.text import Span, overlap

_SAME = 0.5  # a verdict is a claim's when they share so much of what the two cover together


class NoteLayer(StrEnum):
    """The reader's notes, beside the kinds of findings."""

    NOTE = "note"

    @property
    def plural(self) -> str:
        """The word for several."""
        return f"{self}s"


# what lies over the text: findings of one kind, or of other packages, or notes
Layer = FindingKind | NoteLayer | ExtraLayer
NOTE: Final = NoteLayer.NOTE
LAYERS: tuple[Layer, ...] = (*FindingKind, NOTE)  # our own
EVERY_LAYER: tuple[Layer, ...] = (*LAYERS, EXTRA)


class Reading(msgspec.Struct, frozen=True):
    """One article as read so far, made by `derived`.

    `annotations` are in text order, orphans last; `findings` are as the reader has put them right,
    `machine` as they were found, both None until the article has been analysed. `conflicts` are the
    ids of the corrections that could not be applied, since their finding is not there any more.
    `first` is the version by which the work is cited, where that is known to be another one.
    """

    article: Article
    findings: Findings | None = None
    annotations: tuple[Annotation, ...] = ()
    machine: Findings | None = None
    conflicts: frozenset[str] = frozenset()
    first: Article | None = None

    def of(self, layer: Layer) -> tuple[Finding, ...] | tuple[Annotation, ...]:
        """What lies on a layer: findings of a kind, none before the analysis; or the notes."""
        if isinstance(layer, NoteLayer):
            return self.annotations
        return self.findings.of(layer) if self.findings else ()

    def verdict(self, claim: Finding) -> Annotation | None:
        """The verdict on a claim, or evidence for one: the last on about the same words."""
        extent = claim.spans[0][0], claim.spans[-1][1]
        judging = [
            one for one in self.annotations if (one.verdict or one.evidence) and not one.is_orphan
        ]
        return max(
            (one for one in judging if _same(one.target.span, extent)),
            key=lambda one: one.modified,
            default=None,
        )

    def is_open(self, claim: Finding) -> bool:
        """Whether a claim has no verdict yet."""
        verdict = self.verdict(claim)
        return verdict is None or not verdict.verdict


def derived(
    article: Article, machine: Findings | None, annotations: tuple[Annotation, ...]
) -> Reading:
    """The reading of `article`: what the machine found, with the reader's corrections applied.

    Args:
        article: Whose text all offsets count in, half-open in code points.
        machine: What an analyser found; None where it has not been analysed.
        annotations: The reader's, in text order, orphans last (`Notes.of`).
    """
    if machine is None:
        return Reading(article, None, annotations)
    findings, conflicts = corrected(article.text, machine, annotations)
    return Reading(article, findings, annotations, machine, conflicts)


def _same(one: Span, other: Span) -> bool:
    both = max(one[1], other[1]) - min(one[0], other[0])
    return overlap(one, other) >= _SAME * both
