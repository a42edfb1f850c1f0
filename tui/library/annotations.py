"""What the reader adds to an article, in the words of the W3C Web Annotation model (2017).

A target says where (position selector) and on what words (quote selector, with context before and after), so that it can
be found again when the text changes. Offsets are half-open, in code points, as that model asks.
"""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4

import msgspec

from tui.text import Span

CONTEXT = 32  # characters of prefix and suffix, as Hypothesis keeps


class Motivation(StrEnum):
    """Why the reader made the annotation."""

    HIGHLIGHTING = "highlighting"
    COMMENTING = "commenting"
    TAGGING = "tagging"


class Target(msgspec.Struct, frozen=True):
    """A place in the text, and the words that stood there."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def span(self) -> Span:
        """The position selector."""
        return self.start, self.end


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """One annotation: a target, and its bodies (a highlight's kind 1 to 5, a comment, tags; any may be missing)."""

    id: str
    target: Target
    highlight: int = 0
    comment: str = ""
    tags: tuple[str, ...] = ()
    created: str = ""  # ISO 8601, UTC
    modified: str = ""

    @property
    def motivation(self) -> Motivation:
        """The weightiest of its bodies."""
        if self.comment:
            return Motivation.COMMENTING
        return Motivation.TAGGING if self.tags and not self.highlight else Motivation.HIGHLIGHTING


def target(text: str, span: Span) -> Target:
    """A target for `span` of `text`."""
    start, end = span
    return Target(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def annotate(text: str, span: Span, highlight: int = 0, comment: str = "", tags: tuple[str, ...] = ()) -> Annotation:
    """A new annotation of `span` of `text`."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Annotation(
        id=uuid4().hex,
        target=target(text, span),
        highlight=highlight,
        comment=comment,
        tags=tags,
        created=now,
        modified=now,
    )
