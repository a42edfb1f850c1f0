"""An article's sources counted: who speaks and how much, how well sourced, who was asked.

The counts are values; screens and formats show them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

import msgspec

from pullquote.findings import (
    ActorKind,
    Commitment,
    Findings,
    ReplyKind,
    Sourcing,
)

_Value = TypeVar("_Value", bound=StrEnum)


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker has in an article."""

    speaker: str | None  # an actor's id, None for nobody named
    quotes: int
    words: int  # inside quotation marks
    claims: int


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Who was asked, as the article says, and what came of it."""

    speaker: str | None  # an actor's id, None for nobody named
    kind: ReplyKind


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """An article's sources, counted; of quotes and claims those in words alone."""

    voices: tuple[Voice, ...]  # who has most words first, then most claims
    speakers: int  # actors who say something
    named: int  # of these, persons with a name
    documents: int  # of these, what can be read again
    anonymous: int  # of these, those who have no name
    quotes: int
    claims: int
    checkable: int  # of the claims
    second_hand: int  # of the claims
    sourcing: Mapping[Sourcing, int]  # of the claims
    commitment: Mapping[Commitment, int]  # of the claims
    replies: Mapping[ReplyKind, int]
    asked: tuple[Asked, ...]  # in the order of the text
    against: int  # claims against somebody
    unanswered: tuple[str, ...]  # ids of those of them without any reply


def audit(found: Findings, text: str) -> Audit:
    """The sources of the article of this text, counted."""
    shown = found.in_words()
    voices = _voices(shown, text)
    actors = [found.actor(one.speaker) for one in voices if one.speaker is not None]
    kinds = Counter(actor.kind for actor in actors if actor is not None)
    return Audit(
        voices=voices,
        speakers=kinds.total(),
        named=kinds[ActorKind.PERSON],
        documents=kinds[ActorKind.DOCUMENT],
        anonymous=kinds[ActorKind.UNNAMED],
        quotes=len(shown.quotes),
        claims=len(shown.claims),
        checkable=sum(claim.checkable for claim in shown.claims),
        second_hand=sum(claim.via is not None for claim in shown.claims),
        sourcing=_counted(Sourcing, (claim.sourcing for claim in shown.claims)),
        commitment=_counted(Commitment, (claim.commitment for claim in shown.claims)),
        replies=_counted(ReplyKind, (reply.kind for reply in found.replies)),
        asked=tuple(Asked(speaker=reply.speaker, kind=reply.kind) for reply in found.replies),
        against=sum(claim.against is not None for claim in shown.claims),
        unanswered=tuple(one.id for one in shown.claims if one.id in shown.unanswered),
    )


def _voices(found: Findings, text: str) -> tuple[Voice, ...]:
    """Who speaks, with how many words; in the order of these, then of claims, then of the text."""
    words: Counter[str | None] = Counter()
    for quote in found.quotes:
        words[quote.speaker] += sum(len(text[slice(*span)].split()) for span in quote.content)
    quotes = Counter(quote.speaker for quote in found.quotes)
    claims = Counter(claim.speaker for claim in found.claims)
    speakers = dict.fromkeys((*quotes, *claims))
    voices = (
        Voice(speaker=one, quotes=quotes[one], words=words[one], claims=claims[one])
        for one in speakers
    )
    return tuple(sorted(voices, key=lambda voice: (-voice.words, -voice.claims)))


def _counted(values: type[_Value], ones: Iterable[_Value]) -> dict[_Value, int]:
    """How many there are of each value, in the values' order; also of those that there are none."""
    counts = Counter(ones)
    return {value: counts[value] for value in values}
