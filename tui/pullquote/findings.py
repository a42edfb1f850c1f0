"""What the machine finds in an article: the types, and their JSON form.

The words are those of attribution research (PARC, PolNeAR: source, cue, content); docs/findings.md
describes the JSON. All spans are half-open offsets into the article's text, in code points.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, Protocol, Self, TypeVar, get_args

import msgspec

from pullquote.extra import Extra, ExtraLayer
from pullquote.text import Spans
from pullquote.vocabulary import (
    CONFIRMED,
    CORRECTED,
    DOUBTFUL,
    DOUBTFUL_SPEAKER,
    ENGLISH,
    IN_WORDS,
    NOBODY,
    SPEECH,
    VOUCHED,
    ActorKind,
    AttributionKind,
    Commitment,
    FindingKind,
    ReplyKind,
    Rule,
    Sourcing,
    Stance,
    WarningKind,
)

__all__ = [
    "CONFIRMED",
    "CORRECTED",
    "DOUBTFUL",
    "ENGLISH",
    "IN_WORDS",
    "NOBODY",
    "SPEECH",
    "STATED",
    "VOUCHED",
    "Actor",
    "ActorKind",
    "Attribution",
    "AttributionKind",
    "Choices",
    "Claim",
    "Commitment",
    "Extra",
    "Finding",
    "FindingKind",
    "Findings",
    "Foreign",
    "Quote",
    "Reply",
    "ReplyKind",
    "Rule",
    "Sourcing",
    "Stance",
    "Statement",
    "Warning",
    "WarningKind",
    "numbered",
    "statements",
]

Choices = Mapping[str, tuple[StrEnum, ...]]  # the values of a field that may be chosen


class Finding(Protocol):
    """What all findings have, whatever their kind."""

    @property
    def finding(self) -> FindingKind | ExtraLayer:
        """Which kind this is."""

    @property
    def id(self) -> str:
        """Unique among the article's findings; empty in those of an analyser before 4."""

    @property
    def spans(self) -> Spans:
        """Where it lies: half-open, in code points of the text; an actor's are its mentions."""

    @property
    def places(self) -> tuple[Spans, ...]:
        """Where to go to: a quote, claim or warning is one place, each mention of an actor one."""

    @property
    def attribution(self) -> str | None:
        """The id of the attribution that it rests on."""

    @property
    def speaker(self) -> str | None:
        """The id of the actor who says it, None for nobody named; an actor's is its own."""

    @property
    def confidence(self) -> float:
        """The share of findings like this one that people marked too, 0 to 1."""

    @property
    def rule(self) -> Rule:
        """What found it."""

    @property
    def choices(self) -> Choices:
        """The fields of which the reader may choose another value; the first is the main one."""


class _Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says: one place, and fields to choose values of.

    Fields that all have are not here: their defaults and their names in the JSON differ.
    """

    finding: ClassVar[FindingKind]
    choices: ClassVar[Choices] = {}
    extent: ClassVar[str] = "content"  # the field that says where it lies
    speaker_role: ClassVar[str] = "speaker"  # what who says it is called
    others: ClassVar[tuple[str, ...]] = ()  # the fields with ids of further actors
    # what one is that the reader adds, until they say more, and the field that they are asked for
    assumed: ClassVar[Mapping[str, StrEnum]] = {}
    asked: ClassVar[str] = ""
    is_attribution: ClassVar[bool] = False  # whose kind, confidence and rule it has, then

    @property
    def spans(self) -> Spans:
        spans: Spans = getattr(self, self.extent)
        return spans

    @property
    def places(self) -> tuple[Spans, ...]:
        return (self.spans,)


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who speaks or acts in the article, with every mention, pronouns too."""

    id: str
    name: str
    kind: ActorKind
    role: str | None = None
    affiliation: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: Spans = ()
    rule: Rule = Rule.PARSE

    finding: ClassVar[FindingKind] = FindingKind.ACTOR
    choices: ClassVar[Choices] = {"kind": tuple(ActorKind)}
    attribution: ClassVar[None] = None
    confidence: ClassVar[float] = 1.0  # not measured for actors

    @property
    def spans(self) -> Spans:
        return self.mentions

    @property
    def places(self) -> tuple[Spans, ...]:
        return tuple((mention,) for mention in self.mentions)

    @property
    def speaker(self) -> str:
        return self.id


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said, by which words, to have said, written, thought or meant what."""

    id: str
    source: Spans
    cue: Spans
    content: Spans
    kind: AttributionKind
    stance: Stance = Stance.SAID
    speaker: str | None = None  # an actor's id
    confidence: float = 1.0  # the share of findings like this one that people marked too, 0 to 1
    speaker_confidence: float = 1.0  # the share of speakers found like this one that are right
    rule: Rule = Rule.MODEL


class Quote(_Stated, frozen=True, kw_only=True):
    """An attribution with words in quotation marks; `content` is these, with the marks."""

    attribution: str
    content: Spans
    kind: AttributionKind
    speaker: str | None = None
    id: str = ""
    confidence: float = 1.0  # its attribution's
    speaker_confidence: float = 1.0  # its attribution's
    rule: Rule = Rule.MODEL  # its attribution's

    finding: ClassVar[FindingKind] = FindingKind.QUOTE
    choices: ClassVar[Choices] = {"kind": (AttributionKind.DIRECT, AttributionKind.MIXED)}
    assumed: ClassVar[Mapping[str, StrEnum]] = {"kind": AttributionKind.DIRECT}
    is_attribution: ClassVar[bool] = True


class Claim(_Stated, frozen=True, kw_only=True):
    """What the article passes on without vouching for it."""

    content: Spans
    sourcing: Sourcing
    commitment: Commitment
    attribution: str | None = None  # none for a hedge without a source
    speaker: str | None = msgspec.field(default=None, name="source")  # an actor's id
    hedges: Spans = ()
    via: str | None = None  # an actor's id: who passes it on, where it is second-hand
    against: str | None = None  # an actor's id: whom it accuses
    cue: str = ""  # as a reader sees it: "alleged", "according to"
    checkable: bool = False  # a fact with a number, a date, an event or a comparison
    figures: Spans = ()  # the numbers with what they count, the dates, the comparisons
    confidence: float = 1.0
    speaker_confidence: float = 1.0  # its attribution's
    rule: Rule = Rule.REPORTED
    id: str = ""

    finding: ClassVar[FindingKind] = FindingKind.CLAIM
    choices: ClassVar[Choices] = {"sourcing": tuple(Sourcing), "commitment": tuple(Commitment)}
    speaker_role: ClassVar[str] = "source"
    others: ClassVar[tuple[str, ...]] = ("via", "against")
    assumed: ClassVar[Mapping[str, StrEnum]] = {
        "sourcing": Sourcing.UNATTRIBUTED,
        "commitment": Commitment.ASSERTED,
    }


class Warning(_Stated, frozen=True, kw_only=True):
    """Words that say harm will or may follow."""

    span: Spans
    kind: WarningKind
    attribution: str | None = None
    speaker: str | None = msgspec.field(default=None, name="issuer")  # an actor's id
    target: Spans = ()
    condition: Spans = ()
    consequence: Spans = ()
    confidence: float = 1.0
    rule: Rule = Rule.CUE
    id: str = ""

    finding: ClassVar[FindingKind] = FindingKind.WARNING
    choices: ClassVar[Choices] = {"kind": tuple(WarningKind)}
    extent: ClassVar[str] = "span"
    speaker_role: ClassVar[str] = "issuer"
    assumed: ClassVar[Mapping[str, StrEnum]] = {"kind": WarningKind.CAUTION}
    asked: ClassVar[str] = "kind"


class Reply(_Stated, frozen=True, kw_only=True):
    """What the article says of asking the other side, and of its answer."""

    span: Spans
    kind: ReplyKind
    speaker: str | None = msgspec.field(default=None, name="who")  # an actor's id: who was asked
    confidence: float = 1.0
    rule: Rule = Rule.ASKED
    id: str = ""

    finding: ClassVar[FindingKind] = FindingKind.REPLY
    attribution: ClassVar[None] = None
    choices: ClassVar[Choices] = {"kind": tuple(ReplyKind)}
    extent: ClassVar[str] = "span"
    speaker_role: ClassVar[str] = "who"
    assumed: ClassVar[Mapping[str, StrEnum]] = {"kind": ReplyKind.DECLINED}
    asked: ClassVar[str] = "kind"


Statement = Quote | Claim | Warning | Reply  # a finding that somebody says, or nobody named
STATED: dict[FindingKind, type[Statement]] = {one.finding: one for one in get_args(Statement)}
_Numbered = TypeVar("_Numbered", bound=Statement)


def numbered(ones: Iterable[_Numbered]) -> list[_Numbered]:
    """Findings of one kind in text order, each with its id: `q1`, `q2`, … for quotes."""
    ordered = sorted(ones, key=lambda one: one.spans)
    return [
        msgspec.structs.replace(one, id=f"{one.finding[0]}{number}")
        for number, one in enumerate(ordered, 1)
    ]


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """Paragraphs in another language than English, which are not analysed."""

    language: str  # ISO 639
    span: Spans


class Findings(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that the machine found in one article, each list in text order."""

    analyser: str
    language: str = ENGLISH  # ISO 639, of most of the article
    foreign: tuple[Foreign, ...] = ()  # which has most first
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[Warning, ...] = ()
    replies: tuple[Reply, ...] = ()
    furniture: Spans = ()
    # of other packages, and a line for each that failed; left out of the JSON where there are none
    extras: tuple[Extra, ...] | msgspec.UnsetType = msgspec.UNSET
    failed: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET

    def of(self, kind: FindingKind | ExtraLayer) -> tuple[Finding, ...]:
        """The findings of a kind."""
        ones: tuple[Finding, ...] = getattr(self, kind.plural) or ()
        return ones

    @property
    def of_plug_ins(self) -> tuple[Extra, ...]:
        """What other packages found."""
        return self.extras or ()

    @cached_property
    def non_speech_ids(self) -> frozenset[str]:
        """The ids of the attributions that report neither speech nor writing."""
        return frozenset(one.id for one in self.attributions if one.stance not in IN_WORDS)

    def in_words(self) -> Self:
        """The findings with only those quotes and claims that report words, or have no source."""
        kept = {
            kind.plural: tuple(
                one for one in self.of(kind) if one.attribution not in self.non_speech_ids
            )
            for kind in SPEECH
        }
        return msgspec.structs.replace(self, **kept)

    def is_speaker_doubtful(self, one: Finding) -> bool:
        """Whether it may well be somebody else who says it, where anybody is said to."""
        said = self.attribution(one.attribution) if one.speaker else None
        return said is not None and said.speaker_confidence < DOUBTFUL_SPEAKER

    @cached_property
    def unanswered(self) -> frozenset[str]:
        """The ids of claims against somebody who neither speaks nor is said to have been asked."""
        asked = {reply.speaker for reply in self.replies}
        heard = {quote.speaker for quote in self.quotes} | {claim.speaker for claim in self.claims}
        return frozenset(
            claim.id
            for claim in self.claims
            if claim.against is not None and claim.against not in asked | heard
        )

    def replies_to(self, claim: Claim) -> tuple[Reply, ...]:
        """What whoever a claim is against is said to have replied."""
        about = claim.against
        return tuple(one for one in self.replies if about is not None and one.speaker == about)

    def finding(self, identity: str) -> Finding | None:
        """The finding of that id, of whatever kind."""
        return self._findings.get(identity)

    def actor(self, identity: str | None) -> Actor | None:
        """The actor of that id."""
        return self._actors.get(identity or "")

    def attribution(self, identity: str | None) -> Attribution | None:
        """The attribution of that id."""
        return self._attributions.get(identity or "")

    @cached_property  # each is asked for every quote and claim of a long article
    def _findings(self) -> dict[str, Finding]:
        kinds = (*ExtraLayer, *FindingKind)
        return {one.id: one for kind in kinds for one in reversed(self.of(kind))}

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {one.id: one for one in reversed(self.actors)}

    @cached_property
    def _attributions(self) -> dict[str, Attribution]:
        return {one.id: one for one in reversed(self.attributions)}


def statements(found: Findings, kind: FindingKind) -> tuple[Statement, ...]:
    """What somebody says, of a kind in `STATED`."""
    ones: tuple[Statement, ...] = getattr(found, kind.plural)
    return ones
