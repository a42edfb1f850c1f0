"""What the article passes on without vouching for it: reported claims, and hedged ones.

A claim is a clause, not a topic or a wish: its content has a subject and a verb, and its cue is one
of speech or belief. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    ADVERBIAL_CLAUSE,
    CONJUNCT,
    MODAL,
    SUBORDINATOR,
    VERBS,
)
from pullquote.analysis.hedges import hedged_claims, is_adverb_of_hearsay
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, is_negated, tops
from pullquote.analysis.places import Places
from pullquote.analysis.stances import is_clause
from pullquote.findings import (
    Actor,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Stance,
    numbered,
    sourcing,
)
from pullquote.text import Span, Spans, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_claims(
    parsed: Parsed, actors: list[Actor], attributions: list[Attribution]
) -> list[Claim]:
    """The claims of an article, in text order.

    Args:
        parsed: The text.
        actors: Those that the speakers of `attributions` are ids of.
        attributions: With their stances and speakers.
    """
    by_id = {actor.id: actor for actor in actors}
    hedged = hedged_claims(parsed)
    covered = Places((span, None) for claim in hedged for span in (*claim.content, *claim.hedges))
    free = (one for one in attributions if not any(map(covered.over, one.cue)))
    passed = (Passed(parsed, one) for one in free)
    reported = [_reported(one, by_id) for one in passed if asserts(one)]
    return numbered([*hedged, *reported])


@dataclass(frozen=True)
class Passed:
    """An attribution as the rows of the tables look at it."""

    parsed: Parsed
    attribution: Attribution

    @cached_property
    def cue(self) -> list[Token]:
        return self.parsed.tokens_of(self.attribution.cue)

    @cached_property
    def lemmas(self) -> set[str]:
        """Those of the cue."""
        return {token.lemma_.lower() for token in self.cue}

    def cue_is(self, *path: str) -> bool:
        """Whether the cue is of a class of en/cues.toml."""
        words = lexicon("cues")
        for name in path:
            words = words[name]
        return not self.lemmas.isdisjoint(words)

    @cached_property
    def is_negated(self) -> bool:
        """ "did not say", "declined to say", "never said"."""
        return self.cue_is("assertion", "withholds") or any(map(is_negated, self.cue))

    @cached_property
    def is_question(self) -> bool:
        """Whether the content ends in a question mark, or is what somebody asks or knows."""
        content = self.attribution.content
        end = self.parsed.text[slice(*content[-1])].rstrip("\"”’' ")
        return end.endswith("?") or (
            self._first in lexicon("words")["questions"] and self.cue_is("assertion", "asks")
        )

    @property
    def _first(self) -> str:
        """The first word of the content, in small letters."""
        tokens = self.parsed.tokens_of(self.attribution.content[:1])
        return next((token.lower_ for token in tokens if not token.is_punct), "")

    @property
    def has_attitude(self) -> bool:
        """Whether the source is said to have wanted, decided, felt or perceived."""
        return self.attribution.stance in _ATTITUDES

    @cached_property
    def roots(self) -> list[Token]:
        """The main verbs of the content."""
        parts = self.parsed.by_paragraph(self.attribution.content)
        return [root for _, content in parts for root in _roots(content)]

    @property
    def is_conditional(self) -> bool:
        return any(map(_has_condition, self.roots))

    @property
    def is_tentative(self) -> bool:
        """Whether the first main verb is under a modal."""
        modals = lexicon("cues")["hedge"]["modals"]
        return any(_has_modal(root.children, modals) for root in self.roots[:1])


_ATTITUDES = (Stance.WANTED, Stance.DECIDED, Stance.FELT, Stance.PERCEIVED)


def _has_modal(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return any(token.tag_ == MODAL and token.lower_ in words for token in tokens)


def _roots(content: list[Token]) -> list[Token]:
    """A content's main verbs in one paragraph: those that no word in it governs, and conjuncts."""
    roots = [token for token in tops(content) if token.pos_ in VERBS]
    numbers = {token.i for token in roots}
    joined = (token for token in content if token.dep_ == CONJUNCT and token.pos_ in VERBS)
    return roots + [token for token in joined if token.head.i in numbers]


def _has_condition(verb: Token) -> bool:
    """Whether an if-clause governs a verb."""
    near = (child for child in verb.children if child.dep_ in (ADVERBIAL_CLAUSE, SUBORDINATOR))
    words = (word for clause in near for word in (clause, *clause.children))
    return any(map(_opens_condition, words))


def _opens_condition(token: Token) -> bool:
    return token.dep_ == SUBORDINATOR and token.lower_ in lexicon("words")["conditionals"]


# --- which attributions assert something: a fact, a prediction, what their source must do
# (docs/claims.md has the rules, with more examples)


class AssertionRow(NamedTuple):
    """What settles whether an attribution is a claim, a sentence that it settles, a near miss."""

    name: str
    is_claim: bool
    when: Callable[[Passed], bool]
    yes: str
    no: str


ASSERTIONS = (
    AssertionRow(
        "nothing is said",
        False,
        lambda one: not one.attribution.content,
        yes="Jane Miller said.",
        no="Jane Miller said little.",
    ),
    AssertionRow(
        "a question",
        False,
        lambda one: one.is_question,
        yes="Jane Miller asked whether the bridge was safe.",
        no="Jane Miller asked for help.",
    ),
    AssertionRow(
        "words that were not said",
        False,
        lambda one: one.is_negated and not one.cue_is("assertion", "negated"),
        yes="Jane Miller did not say that the bridge was safe.",
        no="Jane Miller does not believe that the bridge is safe.",
    ),
    AssertionRow(
        "a topic",
        False,
        lambda one: (
            one.cue_is("assertion", "topics") and one.attribution.kind is AttributionKind.INDIRECT
        ),
        yes="Jane Miller discussed the report.",
        no="Jane Miller confirmed the report.",
    ),
    AssertionRow(
        "a promise binds who makes it",
        True,
        lambda one: one.cue_is("assertion", "promises") and one.attribution.stance is Stance.SAID,
        yes="Jane Miller vowed to veto the bill.",
        no="Jane Miller agreed to close the port.",
    ),
    AssertionRow(
        "a wish, a decision, a feeling",
        False,
        lambda one: one.has_attitude and not one.cue_is("assertion", "also"),
        yes="Jane Miller hopes that the bridge is safe.",
        no="Jane Miller fears that the bridge is unsafe.",
    ),
    AssertionRow(
        "a clause",
        True,
        lambda one: is_clause(one.parsed, one.attribution.content),
        yes="The court ruled that the law was void.",
        no="Jane Miller mentioned a flood.",
    ),
    AssertionRow(
        "what is said of a thing without a verb",
        True,
        lambda one: one.cue_is("assertion", "of a thing"),
        yes="Jane Miller predicted a flood.",
        no="Jane Miller mentioned a flood.",
    ),
    AssertionRow(
        "a denial without a clause",
        True,
        lambda one: one.cue_is("assertion", "denials"),
        yes="Jane Miller denied the allegations.",
        no="Jane Miller agreed to close the port.",
    ),
)


def asserts(one: Passed) -> bool:
    """Whether an attribution is a claim; not where no row settles it."""
    return next((row.is_claim for row in ASSERTIONS if row.when(one)), False)


# --- how firmly


class CommitmentRow(NamedTuple):
    """How firmly a claim is made, when it is, and a sentence that makes it so."""

    commitment: Commitment
    when: Callable[[Passed], bool]
    yes: str


COMMITMENTS = (
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.is_negated and one.cue_is("commitment", "denied"),
        yes="The mayor did not deny that the port had closed.",
    ),
    CommitmentRow(
        Commitment.DENIED,
        lambda one: one.is_negated or one.cue_is("commitment", "denied"),
        yes="The mayor denied that the port had closed.",
    ),
    CommitmentRow(
        Commitment.CONDITIONAL,
        lambda one: _has_modal(one.cue, lexicon("cues")["hedge"]["modals of cues"]),
        yes="The mayor would say that the port had closed.",
    ),
    CommitmentRow(
        Commitment.INSISTED,
        lambda one: one.cue_is("commitment", "insisted"),
        yes="The mayor insisted that the port had closed.",
    ),
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.cue_is("commitment", "suggested"),
        yes="The mayor suggested that the port had closed.",
    ),
    CommitmentRow(
        Commitment.CONDITIONAL,
        lambda one: one.is_conditional,
        yes="The mayor said that the port will close if the ice comes.",
    ),
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.is_tentative,
        yes="The mayor said that the port may close.",
    ),
    CommitmentRow(
        Commitment.ASSERTED,
        lambda one: True,
        yes="The mayor said that the port had closed.",
    ),
)


# --- the claim


def _reported(one: Passed, actors: dict[str, Actor]) -> Claim:
    attribution = one.attribution
    source = actors.get(attribution.speaker or "")
    return Claim(
        content=_claimed(one.parsed, attribution.content),
        attribution=attribution.id,
        speaker=source.id if source else None,
        sourcing=sourcing(source, has_source=bool(attribution.source)),
        commitment=next(row.commitment for row in COMMITMENTS if row.when(one)),
        hedges=_hedges(one.parsed, (*attribution.cue, *attribution.content)),
        confidence=attribution.confidence,
        speaker_confidence=attribution.speaker_confidence,
    )


def _claimed(parsed: Parsed, content: Spans) -> Spans:
    """What a content claims, without a "that" that stands apart ("that, she said, it was")."""
    that = lexicon("words")["complementizers"]
    clauses = [span for span in content if parsed.text[slice(*span)].lower() not in that]
    return tuple(_without_that(parsed.text, span) for span in clauses or content)


def _without_that(text: str, span: Span) -> Span:
    """A clause without the word that opens it."""
    start, end = span
    first, blank, _ = text[start:end].lower().partition(" ")
    if blank and first in lexicon("words")["complementizers"]:
        start += len(first) + 1
    return trimmed(text, (start, end))


def _hedges(parsed: Parsed, spans: Spans) -> Spans:
    """The adverbs of hearsay in `spans`."""
    parts = ((parsed.paragraph(span[0]), parsed.tokens(span)) for span in spans)
    return tuple(
        sorted(
            paragraph.span_of([token])
            for paragraph, tokens in parts
            if paragraph is not None
            for token in tokens
            if is_adverb_of_hearsay(token)
        )
    )
