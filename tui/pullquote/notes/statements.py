"""What an article says, statement by statement: its quotes and claims, corrections applied.

A quote and the claims that lie in it, or a claim with a quotation in it, are one statement to who
checks facts. The longer of them stands for it, with what is known of its parts; the parts are told
apart, since each has a verdict of its own.
"""

from operator import attrgetter

import msgspec

from pullquote.analysis.sourcing import sourcing
from pullquote.findings import NOBODY, Claim, FindingKind, Findings, Quote
from pullquote.notes.reading import Reading
from pullquote.text import Span, joined

HEDGED = "hedged"  # how a claim without a source is said
BETWEEN = "; "  # stands between the verdicts on the parts of a statement
_AROUND = " \n\t.,;:!?…'\"“”‘’«»„‹›"  # what is not of the words that two findings share
_OPEN = 8  # statements that one may be a part of; more never overlap but in broken findings


class Stated(msgspec.Struct, frozen=True):
    """A quote or a claim, or both in one; offsets half-open, in code points of the article."""

    finding: str  # its id
    kind: FindingKind
    start: int
    end: int
    words: str
    actor: str | None  # the speaker's id
    speaker: str  # their name
    how: str  # direct, mixed, indirect or hedged
    sourcing: str
    commitment: str
    cue: str
    checkable: bool
    verdict: str
    sure: float
    doubtful: bool  # whether it may well be somebody else who says it
    part_of: int | None = None  # the index of the one that it is a part of
    kinds: tuple[FindingKind, ...] = ()  # of its parts


def stated(reading: Reading) -> list[Stated]:
    """The quotes and claims that report words, in text order, the whole before its parts."""
    found = reading.findings
    if found is None:
        return []
    shown = found.in_words()
    those: tuple[Quote | Claim, ...] = (*shown.quotes, *shown.claims)
    ones = [_stated(reading, found, one) for one in those]
    extents = {id(one): _extent(reading.article.text, one) for one in ones}
    ones.sort(key=lambda one: _rank(one, extents[id(one)]))
    return _with_parts(ones, [extents[id(one)] for one in ones])


def _rank(one: Stated, extent: Span) -> tuple[int, int, bool]:
    """In text order; of the same words the quote first."""
    return extent[0], -extent[1], one.kind is not FindingKind.QUOTE


def _extent(text: str, one: Stated) -> Span:
    """Where its words lie, without quotation marks and stops around them."""
    said = text[one.start : one.end]
    start = one.start + len(said) - len(said.lstrip(_AROUND))
    return start, max(start, one.start + len(said.rstrip(_AROUND)))


def _with_parts(ones: list[Stated], extents: list[Span]) -> list[Stated]:
    """The statements, each part with its whole's index, each whole with what its parts tell."""
    around, parts = list[int](), dict[int, list[Stated]]()
    for number, one in enumerate(ones):
        _, end = extents[number]
        whole = next(
            (
                other
                for other in reversed(around[-_OPEN:])
                if end <= extents[other][1] and ones[other].actor == one.actor
            ),
            None,
        )
        if whole is None:
            around = [other for other in around if extents[other][1] > extents[number][0]]
            around.append(number)
        else:
            ones[number] = msgspec.structs.replace(one, part_of=whole)
            parts.setdefault(whole, []).append(one)
    for whole, those in parts.items():
        ones[whole] = _whole(ones[whole], those)
    return ones


def _whole(one: Stated, parts: list[Stated]) -> Stated:
    """A statement with what is known of its parts."""
    claims = [part for part in parts if part.kind is FindingKind.CLAIM]
    first = claims[0] if claims and not one.commitment else one
    verdicts = dict.fromkeys(filter(None, map(attrgetter("verdict"), (one, *parts))))
    return msgspec.structs.replace(
        one,
        commitment=first.commitment,
        cue=first.cue or one.cue,
        checkable=one.checkable or any(part.checkable for part in parts),
        verdict=BETWEEN.join(verdicts),
        kinds=tuple(dict.fromkeys(part.kind for part in parts)),
    )


def _stated(reading: Reading, found: Findings, one: Quote | Claim) -> Stated:
    text, actor = reading.article.text, found.actor(one.speaker)
    attribution = found.attribution(one.attribution)
    base = Stated(
        finding=one.id,
        kind=one.finding,
        start=one.content[0][0],
        end=one.content[-1][1],
        words=joined(text, one.content),
        actor=actor.id if actor else None,
        speaker=actor.name if actor else NOBODY,
        how=HEDGED if attribution is None else attribution.kind,
        sourcing=sourcing(actor, bool(attribution and attribution.source)),
        commitment="",
        cue=joined(text, attribution.cue) if attribution else "",
        checkable=False,
        verdict="",
        sure=round(one.speaker_confidence, 2),
        doubtful=found.is_speaker_doubtful(one),
    )
    if isinstance(one, Quote):
        return msgspec.structs.replace(base, how=one.kind)
    judged = reading.verdict(one)
    return msgspec.structs.replace(
        base,
        sourcing=one.sourcing,
        commitment=one.commitment,
        cue=one.cue or base.cue,
        checkable=one.checkable,
        verdict=judged.verdict if judged else "",
    )
