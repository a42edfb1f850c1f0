"""What the machine finds in an article: the types, and their JSON form.

The words are those of attribution research (PARC, PolNeAR: source, cue, content); docs/findings.md
describes the JSON. All spans are half-open offsets into the article's text, in code points.
"""

from enum import StrEnum
from functools import cached_property
from typing import Self

import msgspec

from pullquote.text import Spans

SCHEMA = 1  # of the JSON form


class ActorKind(StrEnum):
    """Who or what speaks or acts."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    GROUP = "group"
    UNNAMED = "unnamed"


class AttributionKind(StrEnum):
    """How much of the content stands inside quotation marks: all, part, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Stance(StrEnum):
    """What kind of attitude towards its content an attribution reports."""

    SAID = "said"
    WROTE = "wrote"
    THOUGHT = "thought"
    FELT = "felt"
    WANTED = "wanted"
    DECIDED = "decided"
    PERCEIVED = "perceived"


class Rule(StrEnum):
    """What found a finding."""

    PARSE = "parse"  # entities, names and noun phrases
    MODEL = "model"  # the attribution model
    TRANSCRIPT = "transcript"  # "PENCE: …"
    SIGNATURE = "signature"  # "…” ― Name"
    SPOKEN = "spoken"  # a quotation with a verb of speech right behind it
    REPORTED = "reported"  # an attribution that asserts
    HEDGE = "hedge"  # "reportedly"
    CUE = "cue"  # of warning
    PHRASE = "phrase"  # of warning
    COERCION = "coercion"  # an act that the source is bound to
    ANSWER = "answer"  # "if …, we will respond"
    HARM = "harm"  # under a modal or a condition
    VERB = "verb"  # of warning, where no attribution is
    FEAR = "fear"  # without a speaker
    CORRECTED = "reader"  # the reader put it right
    CONFIRMED = "confirmed"  # the reader found it right


IN_WORDS = (Stance.SAID, Stance.WROTE)  # what readers are shown unless they ask for more
DOUBTFUL = 0.5  # a finding less sure than this is shown as such
CORRECTED, CONFIRMED = Rule.CORRECTED, Rule.CONFIRMED
VOUCHED = frozenset({CORRECTED, CONFIRMED})
NOBODY = "nobody named"  # who says it, where that is no actor


class Sourcing(StrEnum):
    """How well a reader could check who makes a claim, best first."""

    NAMED = "named"  # a person with a name
    INSTITUTION = "institution"  # "the Foreign Ministry said"
    OFFICIAL = "official"  # an unnamed one of a named institution
    ANONYMOUS = "anonymous"  # "people familiar with the talks"
    UNATTRIBUTED = "unattributed"  # "reportedly", "is said to"


class Commitment(StrEnum):
    """How firmly the source stands behind a claim."""

    ASSERTED = "asserted"
    INSISTED = "insisted"
    SUGGESTED = "suggested"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class WarningKind(StrEnum):
    """How the harm relates to who speaks of it."""

    THREAT = "threat"  # the issuer would cause it
    CAUTION = "caution"  # the issuer foresees it
    RED_LINE = "red line"  # a condition is set
    ULTIMATUM = "ultimatum"  # with a demand
    FEAR = "fear"  # somebody fears it, or nobody in particular


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
    rule: Rule = Rule.MODEL


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution whose content stands, all or in part, inside quotation marks.

    `content` is what stands between the marks, with the marks; a whole attribution's content is in
    the attribution.
    """

    attribution: str
    content: Spans
    kind: AttributionKind
    speaker: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What the article passes on without vouching for it."""

    content: Spans
    sourcing: Sourcing
    commitment: Commitment
    attribution: str | None = None  # none for a hedge without a source
    source: str | None = None  # an actor's id
    hedges: Spans = ()
    confidence: float = 1.0
    rule: Rule = Rule.REPORTED


class Warning(msgspec.Struct, frozen=True, kw_only=True):
    """Words that say harm will or may follow."""

    span: Spans
    kind: WarningKind
    attribution: str | None = None
    issuer: str | None = None  # an actor's id
    target: Spans = ()
    condition: Spans = ()
    consequence: Spans = ()
    confidence: float = 1.0
    rule: Rule = Rule.CUE


class Findings(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that the machine found in one article, each list in text order."""

    analyser: str
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[Warning, ...] = ()
    furniture: Spans = ()

    def aside(self) -> frozenset[str]:
        """The ids of the attributions that report neither speech nor writing."""
        return frozenset(one.id for one in self.attributions if one.stance not in IN_WORDS)

    def in_words(self) -> Self:
        """The findings with only those quotes and claims that report words, or have no source."""
        aside = self.aside()
        return msgspec.structs.replace(
            self,
            quotes=tuple(one for one in self.quotes if one.attribution not in aside),
            claims=tuple(one for one in self.claims if one.attribution not in aside),
        )

    def actor(self, identity: str | None) -> Actor | None:
        """The actor of that id."""
        return self._actors.get(identity or "")

    def attribution(self, identity: str | None) -> Attribution | None:
        """The attribution of that id."""
        return self._attributions.get(identity or "")

    @cached_property  # asked for each quote and claim of a long article
    def _actors(self) -> dict[str, Actor]:
        return {one.id: one for one in reversed(self.actors)}

    @cached_property
    def _attributions(self) -> dict[str, Attribution]:
        return {one.id: one for one in reversed(self.attributions)}

    def rule_of(self, quote: Quote) -> Rule:
        """What found a quote: its attribution's rule."""
        one = self.attribution(quote.attribution)
        return one.rule if one else Rule.MODEL


def sourcing(source: Actor | None, has_source: bool) -> Sourcing:
    """How well a reader could check who makes a claim: by its source, if any, and its words."""
    if source is None:
        return Sourcing.ANONYMOUS if has_source else Sourcing.UNATTRIBUTED
    if source.kind is ActorKind.PERSON:
        return Sourcing.NAMED
    if source.kind in (ActorKind.ORGANISATION, ActorKind.GOVERNMENT):
        return Sourcing.INSTITUTION
    return Sourcing.OFFICIAL if source.affiliation else Sourcing.ANONYMOUS


class Record(Findings, frozen=True, kw_only=True):
    """One line of `pullquote analyze --format jsonl`."""

    schema: int = SCHEMA
    doc: str
    text: str


def record(doc: str, text: str, findings: Findings) -> bytes:
    """The findings of the article named `doc` as one line of JSON, without the line end."""
    fields = {name: getattr(findings, name) for name in Findings.__struct_fields__}
    return msgspec.json.encode(Record(doc=doc, text=text, **fields))
