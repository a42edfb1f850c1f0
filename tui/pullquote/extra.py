"""What another package finds in an article: one type for all that plug-ins may look for.

It is plain, so that it is stored, exported and shown also where its package is not there any more.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Final

import msgspec

from pullquote.text import Spans
from pullquote.vocabulary import Rule


class ExtraLayer(StrEnum):
    """What plug-ins find, beside our own kinds of findings."""

    EXTRA = "extra"

    @property
    def plural(self) -> str:
        """The word for several, which is also their field in `Findings`."""
        return f"{self}s"


EXTRA: Final = ExtraLayer.EXTRA


class Extra(msgspec.Struct, frozen=True, kw_only=True):
    """A finding of a plug-in's.

    Attributes:
        kind: The name of its kind, as the package declares it.
        span: Where it lies: half-open, in code points of the text.
        label: What it is among its kind, in a word or two; shown at the right edge of its row.
        note: A line on it, shown where its row is open.
        speaker: The id of the actor who says it.
        confidence: 0 to 1; less than 0.5 is shown as doubtful.
        id: Given by us.
    """

    kind: str
    span: Spans
    label: str = ""
    note: str = ""
    speaker: str | None = None
    confidence: float = 1.0
    id: str = ""

    finding: ClassVar[ExtraLayer] = EXTRA
    attribution: ClassVar[None] = None
    rule: ClassVar[Rule] = Rule.PLUG_IN
    choices: ClassVar[Mapping[str, tuple[StrEnum, ...]]] = {}

    @property
    def spans(self) -> Spans:
        return self.span

    @property
    def places(self) -> tuple[Spans, ...]:
        return (self.span,)
