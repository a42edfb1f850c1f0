"""What speaks against a speaker that a row has found, and how sure it leaves us.

The shares are counted, as those of the rows are (docs/quality.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pullquote.analysis.sources import Found
from pullquote.findings import ActorKind, Attribution, AttributionKind

_FEW = 4  # words in marks
# rows that find somebody by name, or by words that both the model and the turns read so
_SURE = ("named", "name beside", "written out", "both", "line", "answers", "echo")


class Said(NamedTuple):
    """A speaker, and the words that are said to be theirs."""

    found: Found
    attribution: Attribution
    marked: int  # words in marks
    is_pronoun: bool  # whether the source is "he", "she" and so on


class Row(NamedTuple):
    """A reason to doubt a speaker, a text with it and one without."""

    name: str
    when: Callable[[Said], bool]
    share: float  # of such speakers, those that people name too
    yes: str
    no: str


def _is_fragment(said: Said) -> bool:
    is_mixed = said.attribution.kind is AttributionKind.MIXED
    return is_mixed and said.marked <= _FEW and not said.is_pronoun and said.found.row not in _SURE


ROWS = (
    Row(
        "a document: its author may be meant",
        lambda said: said.found.draft.kind is ActorKind.DOCUMENT,
        0.45,
        yes="The report said that the bridge was “not safe at all for lorries”.",
        no="Dov Klein said that the bridge was “not safe at all for lorries”.",
    ),
    Row(
        "a few words in a report: somebody in it may have said them",
        _is_fragment,
        0.65,
        yes="The council said that the bridge was “not safe” for lorries in winter.",
        no="Dov Klein said that the bridge was “not safe” for lorries in winter.",
    ),
)


def doubted(said: Said) -> Found:
    """Who speaks, no surer than the reasons for doubt allow."""
    shares = [row.share for row in ROWS if row.when(said)]
    return said.found._replace(share=min([said.found.share, *shares]))
