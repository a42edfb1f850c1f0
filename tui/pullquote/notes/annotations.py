"""What the reader adds to an article, in the words of the W3C Web Annotation model (2017).

A target says where (position selector) and on what words (quote selector, with context before and
after), so that it can be found again when the text changes. Offsets are half-open, in code points,
as that model asks.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4

import msgspec

from pullquote.findings import FindingKind
from pullquote.notes.evidence import Evidence
from pullquote.text import Span, Spans

CONTEXT = 32  # characters of prefix and suffix, as Hypothesis keeps


class Motivation(StrEnum):
    """Why the reader made the annotation."""

    HIGHLIGHTING = "highlighting"
    COMMENTING = "commenting"
    TAGGING = "tagging"
    ASSESSING = "assessing"
    EDITING = "editing"

    @property
    def word(self) -> str:
        """What such an annotation is called."""
        return _WORDS[self]


_WORDS = {
    Motivation.HIGHLIGHTING: "highlight",
    Motivation.COMMENTING: "note",
    Motivation.TAGGING: "tag",
    Motivation.ASSESSING: "verdict",
    Motivation.EDITING: "correction",
}


class Placed(StrEnum):
    """How an annotation came to lie where it lies in this text."""

    HERE = "here"  # made in this text, or put there by hand
    # from an earlier version: the same words at the same place among the others
    CARRIED = "carried"
    MOVED = "moved"  # its words or those around them have changed: worth a look
    ORPHANED = "orphaned"  # its words are no longer there; the target tells where they stood


class Target(msgspec.Struct, frozen=True):
    """A place in the text, half-open in code points, and the words that stood there."""

    start: int
    end: int
    exact: str
    prefix: str = ""  # up to `CONTEXT` characters before them
    suffix: str = ""  # and after them

    @property
    def span(self) -> Span:
        """The position selector."""
        return self.start, self.end

    def stands(self, text: str) -> bool:
        """Whether its words stand in `text` where it says."""
        return 0 <= self.start < self.end <= len(text) and text[self.start : self.end] == self.exact


Targets = tuple[Target, ...]


class Edit(StrEnum):
    """What a correction does to a finding."""

    # it is right; with a `value`, valid only while value and speaker (at `to`) are unchanged
    CONFIRM = "confirm"
    REJECT = "reject"  # it is none
    ADD = "add"  # the machine missed it; an actor's `value` is its name
    BOUNDS = "bounds"  # it lies on `to`
    # it is said by the actor mentioned at `to`; by nobody named, where that is empty
    SPEAKER = "speaker"
    SOURCE = "source"  # its source are the words at `to`
    KIND = "kind"  # of a quote, a warning, an actor: `value`
    SOURCING = "sourcing"  # of a claim: `value`
    COMMITMENT = "commitment"  # of a claim: `value`
    NAME = "name"  # an actor is called `value`
    MERGE = "merge"  # an actor is the one mentioned at `to`
    SPLIT = "split"  # the mentions at `to` are another actor's, called `value`


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader puts right in a finding.

    `of` is where the finding lies: its content, or a mention of the actor. `to` depends on the
    edit.
    """

    edit: Edit
    kind: FindingKind
    analyser: str  # that made the finding
    of: Targets
    to: Targets = ()
    value: str = ""


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """One annotation: a target, and its bodies, of which any may be missing."""

    id: str  # 32 hexadecimal digits
    target: Target
    highlight: int = 0  # its kind, 1 to 5; 0 for none
    comment: str = ""  # Markdown
    tags: tuple[str, ...] = ()  # without "#"
    created: str = ""  # ISO 8601, UTC, in milliseconds, as `now` gives it
    modified: str = ""  # the same
    verdict: str = ""  # one of the reader's scale
    evidence: tuple[Evidence, ...] = ()
    correction: Correction | None = None
    placed: Placed = Placed.HERE
    # the id of the annotation in an earlier version that this one was carried over from
    origin: str = ""

    @property
    def motivation(self) -> Motivation:
        """The weightiest of its bodies."""
        if self.correction:
            return Motivation.EDITING
        if self.verdict or self.evidence:
            return Motivation.ASSESSING
        if self.comment:
            return Motivation.COMMENTING
        return Motivation.TAGGING if self.tags and not self.highlight else Motivation.HIGHLIGHTING

    def with_evidence(self, evidence: tuple[Evidence, ...]) -> "Annotation":
        """The same, with other evidence."""
        return msgspec.structs.replace(self, evidence=evidence)

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing."""
        bodies = (self.comment, self.tags, self.verdict, self.evidence, self.correction)
        return not any((self.highlight, *bodies))

    @property
    def is_orphan(self) -> bool:
        """Whether its words are not in this text."""
        return self.placed is Placed.ORPHANED


def now() -> str:
    """This moment in ISO 8601, UTC, in milliseconds; corrections are applied in that order."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def local_day(when: str) -> str:
    """The day of an ISO 8601 moment by this machine's clock, YYYY-MM-DD; "" for no moment."""
    return local_minute(when)[:10]


def local_minute(when: str) -> str:
    """An ISO 8601 moment by this machine's clock, as YYYY-MM-DD HH:MM; "" for no moment."""
    try:
        return datetime.fromisoformat(when).astimezone().isoformat(" ", "minutes")[:16]
    except (ValueError, OverflowError):
        return ""


def target(text: str, span: Span) -> Target:
    """A target for `span` of `text`, half-open in code points, with up to `CONTEXT` around it."""
    start, end = span
    return Target(
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def targets(text: str, spans: Spans) -> Targets:
    """A target for each of `spans`."""
    return tuple(target(text, span) for span in spans)


def spans_of(places: Targets) -> Spans:
    """Where targets lie, in their order: half-open, in code points."""
    return tuple(place.span for place in places)


def annotate(
    text: str,
    span: Span,
    highlight: int = 0,
    comment: str = "",
    tags: tuple[str, ...] = (),
    correction: Correction | None = None,
) -> Annotation:
    """A new annotation, made now, with an id of its own.

    Args:
        text: The article's text.
        span: The words in it that it lies on, half-open in code points.
        highlight: A kind from 1 to 5; 0 for none.
        comment: Markdown.
        tags: Without "#".
        correction: Of a finding at `span`.
    """
    when = now()
    return Annotation(
        id=uuid4().hex,
        target=target(text, span),
        highlight=highlight,
        comment=comment,
        tags=tags,
        correction=correction,
        created=when,
        modified=when,
    )


def targets_of(note: Annotation) -> Targets:
    """Every target that `note` has, its correction's too."""
    return (
        (note.target, *note.correction.of, *note.correction.to)
        if note.correction
        else (note.target,)
    )


def on_targets(note: Annotation, place: Callable[[Target], Target]) -> Annotation:
    """`note` with every target that it has, its correction's too, as `place` puts it."""
    correction = note.correction
    if correction:
        of, to = tuple(map(place, correction.of)), tuple(map(place, correction.to))
        correction = msgspec.structs.replace(correction, of=of, to=to)
    return msgspec.structs.replace(note, target=place(note.target), correction=correction)
