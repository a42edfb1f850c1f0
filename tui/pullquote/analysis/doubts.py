"""What speaks against a speaker that a row has found, and how sure it leaves us.

The shares are counted, as those of the rows are (docs/quality.md). They were counted on articles
most of which are hard on purpose; one number, fitted out of fold by register, raises those that no
doubt has lowered to what is right in all sets (tests/benchmarks/speakers.py).
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from typing import NamedTuple

from pullquote.analysis.mentions import Index
from pullquote.analysis.sources import Found
from pullquote.findings import ActorKind, Attribution, AttributionKind, Rule

_FEW = 4  # words in marks
_NEAR = 150  # characters
_CLEAR = 0.69  # from this share on nothing speaks against a speaker
RAISED = 0.8  # by so much, in log-odds: no set is off by more than 0.05
_UNSURE = 0.6  # confidence of an attribution
# rows that find somebody by name, or by words that both the model and the turns read so
_SURE = ("named", "name beside", "written out", "both", "line", "answers", "echo")


class Said(NamedTuple):
    """A speaker, and the words that are said to be theirs."""

    found: Found
    attribution: Attribution
    marked: int  # words in marks
    is_pronoun: bool  # whether the source is "he", "she" and so on
    actors: Index  # all of them, by where they are mentioned

    @property
    def kind(self) -> ActorKind:
        return self.found.draft.kind


class Row(NamedTuple):
    """A reason to doubt a speaker, a text with it and one without."""

    name: str
    when: Callable[[Said], bool]
    share: float  # of such speakers, those that people name too
    yes: str
    no: str


def _is_fragment(said: Said) -> bool:
    return said.attribution.kind is AttributionKind.MIXED and said.marked <= _FEW


def _is_passed_on(said: Said) -> bool:
    return said.attribution.rule is Rule.CITED and said.is_pronoun


def _is_just_named(said: Said) -> bool:
    """Whether somebody else than the actor of a phrase is likely, since both stand so near."""
    source = said.attribution.source
    start = source[0][0] if source else 0
    near = said.actors.mentions((start - _NEAR + 1, start))
    return any(who is said.found.draft and 0 < start - at[0] < _NEAR for at, who in near)


ROWS = (
    Row(
        "a document: its author may be meant",
        lambda said: said.kind is ActorKind.DOCUMENT,
        0.58,
        yes="The report said that the bridge was “not safe at all for lorries”.",
        no="Dov Klein said that the bridge was “not safe at all for lorries”.",
    ),
    Row(
        "a few words in a report: somebody in it may have said them",
        lambda said: (
            (said.found.row == "meant" and said.marked <= _FEW)
            or (_is_fragment(said) and said.found.row in ("unnamed", "of a kind"))
        ),
        0.6,
        yes="Acme Corp shut the yard. The firm said that it was “not safe” in winter.",
        no="Acme Corp shut the yard. Ann Cole said that it was “not safe” in winter.",
    ),
    Row(
        "what may be no speech, of nobody who is called by name",
        lambda said: (
            said.attribution.rule is Rule.MODEL
            and said.attribution.confidence < _UNSURE
            and said.found.row not in _SURE
        ),
        0.55,
        yes="The United Nations, keen on “a new start”, left.",
        no="The United Nations, which promised “a new start”, left.",
    ),
    Row(
        "few words that float",
        lambda said: said.found.row == "floating" and said.marked <= _FEW,
        0.62,
        yes="Ann Cole looked at the sea.\n\n“I am never wrong.”",
        no="Ann Cole looked at the sea.\n\n“I am never wrong about the weather out there.”",
    ),
    Row(
        "a pronoun in words that somebody passes on",
        lambda said: _is_passed_on(said) and said.found.row in ("model", "in focus"),
        0.56,
        yes="“I met Paul Marsh and Tom Birch. Then he said, ‘Come back,’ and left,” said Ann Cole.",
        no="“I met Paul Marsh and Tom Birch. Paul Marsh said, ‘Come back,’” said Ann Cole.",
    ),
    Row(
        "a pronoun for somebody without a name",
        lambda said: (
            said.is_pronoun
            and said.found.row in ("model", "in focus", "nearest")
            and said.kind in (ActorKind.UNNAMED, ActorKind.GROUP)
        ),
        0.63,
        yes="A neighbour called the police. “It is late,” she said.",
        no="Ann Cole called the police. “It is late,” she said.",
    ),
    Row(
        "a phrase for several, or for somebody just named otherwise",
        lambda said: (
            said.found.row == "phrase" and (said.kind is ActorKind.GROUP or _is_just_named(said))
        ),
        0.55,
        yes="The doctors left. The doctors said that it was “far too late”.",
        no="A doctor said that it was “far too late”.",
    ),
)


def doubted(said: Said) -> Found:
    """Who speaks, no surer than the reasons for doubt allow."""
    shares = [row.share for row in ROWS if row.when(said)]
    share = raised(min([said.found.share, *shares]), RAISED)
    return said.found._replace(share=round(share, 2))


def raised(share: float, by: float) -> float:
    """A share of which nothing is to be doubted, raised by log-odds; others as they are."""
    if not _CLEAR <= share < 1:
        return share
    return 1 / (1 + exp(-log(share / (1 - share)) - by))
