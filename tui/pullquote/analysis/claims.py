"""What the article passes on without vouching for it: reported claims, and hedged ones.

A claim is a clause, not a topic or a wish: its content has a subject and a verb, and its cue is one
of speech or belief. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import MODAL
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, climb, is_root, subtree
from pullquote.analysis.places import Places
from pullquote.analysis.sourcing import sourcing
from pullquote.analysis.stances import is_clause
from pullquote.findings import (
    Actor,
    Attribution,
    AttributionKind,
    Claim,
    Commitment,
    Rule,
    Sourcing,
    Stance,
    numbered,
)
from pullquote.text import Span, Spans, overlap, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_claims(
    parsed: Parsed, actors: list[Actor], attributions: list[Attribution]
) -> list[Claim]:
    """The claims of an article, in text order."""
    by_id = {actor.id: actor for actor in actors}
    hedged = _hedged(parsed)
    covered = Places((span, None) for claim in hedged for span in (*claim.content, *claim.hedges))
    reported = [
        _reported(parsed, one, by_id.get(one.speaker or ""))
        for one in attributions
        if not any(map(covered.over, one.cue)) and _is_claim(parsed, one)
    ]
    return numbered([*hedged, *reported])


# --- reported: an attribution that asserts (docs/claims.md has the rules, with examples)


def _is_claim(parsed: Parsed, one: Attribution) -> bool:
    """Whether an attribution asserts something: a fact, a prediction, what its source must do."""
    words = lexicon("cues")["assertion"]
    cue = [token for span in one.cue for token in parsed.tokens(span)]
    lemmas = {token.lemma_.lower() for token in cue}
    if (
        not one.content
        or _asks(parsed, one, lemmas)
        or (_is_negated(cue) and not lemmas & words["negated"])
    ):
        return False
    if lemmas & words["topics"] and one.kind is AttributionKind.INDIRECT:
        return False
    if lemmas & words["promises"] and one.stance is Stance.SAID:
        return True
    if (
        one.stance in (Stance.WANTED, Stance.DECIDED, Stance.FELT, Stance.PERCEIVED)
        and not lemmas & words["also"]
    ):
        return False
    return is_clause(parsed, one.content) or bool(lemmas & (words["of a thing"] | words["denials"]))


def _asks(parsed: Parsed, one: Attribution, lemmas: set[str]) -> bool:
    """Whether a content is a question."""
    end = parsed.text[one.content[-1][0] : one.content[-1][1]].rstrip("\"”’' ")
    first = next(
        (t.lower_ for span in one.content[:1] for t in parsed.tokens(span) if not t.is_punct), ""
    )
    return end.endswith("?") or (
        first in ("whether", "if") and bool(lemmas & {"ask", "wonder", "question", "say", "know"})
    )


def _is_negated(cue: list[Token]) -> bool:
    """ "did not say", "declined to say", "never said"."""
    return any(child.dep_ == "neg" for token in cue for child in token.children) or any(
        token.lemma_.lower() in ("decline", "refuse", "never") for token in cue
    )


def _reported(parsed: Parsed, one: Attribution, source: Actor | None) -> Claim:
    return Claim(
        content=_claimed(parsed, one.content),
        attribution=one.id,
        speaker=source.id if source else None,
        sourcing=sourcing(source, has_source=bool(one.source)),
        commitment=_commitment(parsed, one),
        hedges=_hedges(parsed, one),
        confidence=one.confidence,
    )


def _claimed(parsed: Parsed, content: Spans) -> Spans:
    """What a content claims, without a "that" that stands apart ("that, she said, it was")."""
    clauses = [span for span in content if parsed.text[slice(*span)].lower() != "that"]
    return tuple(_without_that(parsed, span) for span in clauses or content)


def _without_that(parsed: Parsed, span: Span) -> Span:
    start, end = span
    if parsed.text[start:end].lower().startswith("that "):
        start += 5
    return trimmed(parsed.text, (start, end))


_TENTATIVE = frozenset({"would", "could", "might", "may"})


@dataclass(frozen=True)
class _Passed:
    """An attribution as the rows of `COMMITMENTS` look at it."""

    parsed: Parsed
    attribution: Attribution

    @cached_property
    def cue(self) -> list[Token]:
        return [token for span in self.attribution.cue for token in self.parsed.tokens(span)]

    @cached_property
    def roots(self) -> list[Token]:
        """The main verbs of the content."""
        parts = self.parsed.by_paragraph(self.attribution.content)
        return [root for _, content in parts for root in _roots(content)]

    def cue_is(self, name: str) -> bool:
        """Whether the cue is of a class of en/cues.toml."""
        lemmas = lexicon("cues")["commitment"][name]
        return any(token.lemma_.lower() in lemmas for token in self.cue)

    @cached_property
    def is_negated(self) -> bool:
        return _is_negated(self.cue)


class CommitmentRow(NamedTuple):
    """How firmly a claim is made, when it is, and a sentence that makes it so."""

    commitment: Commitment
    when: Callable[[_Passed], bool]
    yes: str


COMMITMENTS = (
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.is_negated and one.cue_is("denied"),
        yes="The mayor did not deny that the port had closed.",
    ),
    CommitmentRow(
        Commitment.DENIED,
        lambda one: one.is_negated or one.cue_is("denied"),
        yes="The mayor denied that the port had closed.",
    ),
    CommitmentRow(
        Commitment.CONDITIONAL,
        lambda one: _has_modal(one.cue, _TENTATIVE),
        yes="The mayor would say that the port had closed.",
    ),
    CommitmentRow(
        Commitment.INSISTED,
        lambda one: one.cue_is("insisted"),
        yes="The mayor insisted that the port had closed.",
    ),
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: one.cue_is("suggested"),
        yes="The mayor suggested that the port had closed.",
    ),
    CommitmentRow(
        Commitment.CONDITIONAL,
        lambda one: any(map(_conditions, one.roots)),
        yes="The mayor said that the port will close if the ice comes.",
    ),
    CommitmentRow(
        Commitment.SUGGESTED,
        lambda one: any(
            _has_modal(root.children, lexicon("cues")["hedge"]["modals"]) for root in one.roots[:1]
        ),
        yes="The mayor said that the port may close.",
    ),
    CommitmentRow(
        Commitment.ASSERTED,
        lambda one: True,
        yes="The mayor said that the port had closed.",
    ),
)


def _commitment(parsed: Parsed, one: Attribution) -> Commitment:
    """How firmly: by the cue's negation and class, then by what its main verb stands under."""
    passed = _Passed(parsed, one)
    return next(row.commitment for row in COMMITMENTS if row.when(passed))


def _has_modal(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    return any(token.tag_ == MODAL and token.lower_ in words for token in tokens)


def _roots(content: list[Token]) -> list[Token]:
    """A content's main verbs in one paragraph: those that no word in it governs, and conjuncts."""
    inside = {t.i for t in content}
    verbs = [t for t in content if t.pos_ in _VERBS]
    roots = [t for t in verbs if t.head.i not in inside or is_root(t)]
    there = {t.i for t in roots}
    return roots + [t for t in verbs if t.dep_ == "conj" and t.head.i in there]


def _conditions(root: Token) -> bool:
    """Whether an if-clause governs a verb."""
    clauses = (child for child in root.children if child.dep_ in ("advcl", "mark"))
    return any(
        word.lower_ in ("if", "unless") and word.dep_ == "mark"
        for clause in clauses
        for word in (clause, *clause.children)
    )


def _hedges(parsed: Parsed, one: Attribution) -> Spans:
    evidential = lexicon("cues")["evidential"]["adverbs"]
    found = []
    for span in (*one.cue, *one.content):
        paragraph = parsed.paragraph(span[0])
        if paragraph:
            found += [
                parsed.clause(paragraph.start, [t])
                for t in parsed.tokens(span)
                if t.lower_ in evidential
            ]
    return tuple(sorted(found))


_VERBS = ("VERB", "AUX")
# the share of hedged claims that lie on an attribution of PolNeAR's train split, out of fold
_HEDGED = 0.75


# --- hedged: "reportedly", "are said to"


def _hedged(parsed: Parsed) -> list[Claim]:
    found: list[Claim] = []
    for paragraph, sentence in parsed.sentences():
        for hedge, verb in _hedges_in(sentence):
            words = _main_clause(verb)
            if {t.i for t in words} <= {t.i for t in hedge}:  # "Reportedly.": nothing is passed on
                continue
            content = parsed.clause(paragraph.start, words)
            if found and overlap(content, found[-1].content[0]):
                continue
            found.append(
                Claim(
                    content=(content,),
                    sourcing=Sourcing.UNATTRIBUTED,
                    commitment=Commitment.SUGGESTED,
                    hedges=(parsed.clause(paragraph.start, hedge),),
                    confidence=_HEDGED,
                    rule=Rule.HEDGE,
                )
            )
    return found


def _hedges_in(sentence: Iterable[Token]) -> Iterator[tuple[list[Token], Token]]:
    """The hedges of a sentence, each with the verb of what it hedges."""
    evidential = lexicon("cues")["evidential"]
    for token in sentence:
        if token.lower_ in evidential["adverbs"]:
            yield [token], _clause_head(token)
        elif _is_hearsay(token, evidential["passives"]):
            auxiliary = next(c for c in token.children if c.dep_ == "auxpass")
            yield list(token.doc[min(auxiliary.i, token.i) : _to(token) + 1]), token
        elif verb := _is_said_that(token, evidential["passives"]):
            yield list(token.doc[token.left_edge.i : token.i + 1]), verb


def _clause_head(token: Token) -> Token:
    """The verb that a word stands under; in a headline without one, the word above all others."""
    return climb(token.head, lambda above: above.pos_ in _VERBS)


def _is_hearsay(token: Token, passives: frozenset[str]) -> bool:
    """ "is said to": a passive of saying without an agent, with an infinitive."""
    kinds = {child.dep_ for child in token.children}
    return (
        token.lemma_.lower() in passives
        and {"auxpass", "nsubjpass", "xcomp"} <= kinds
        and "agent" not in kinds
    )


def _is_said_that(token: Token, passives: frozenset[str]) -> Token | None:
    """The verb of what "it is said that" passes on."""
    kinds = {child.dep_: child for child in token.children}
    it = kinds.get("nsubjpass") or kinds.get("nsubj")
    if (
        token.lemma_.lower() not in passives
        or "auxpass" not in kinds
        or it is None
        or it.lower_ != "it"
    ):
        return None
    return kinds.get("ccomp")


def _to(token: Token) -> int:
    """The "to" of the infinitive, or the verb itself."""
    follows = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    return int(follows.i if follows.lower_ == "to" else token.i)


def _main_clause(verb: Token) -> list[Token]:
    """The words of the clause of `verb`, without subordinate clauses and loose appositions."""
    tokens = [token for token in subtree(verb) if not token.is_space] or [verb]
    start = min(t.i for t in tokens)
    end = max(t.i for t in tokens) + 1
    for token in tokens:
        if token.i <= verb.i:
            continue
        adds = token.dep_ in ("advcl", "conj", "parataxis") and token.head.i == verb.i
        if adds or _is_loose(token):
            end = min(end, token.left_edge.i)
    return _trimmed(list(verb.doc[start:end]))


def _trimmed(words: list[Token]) -> list[Token]:
    """The words without marks and conjunctions at the ends."""
    kept = [n for n, token in enumerate(words) if not _is_joint(token)]
    return words[kept[0] : kept[-1] + 1] if kept else []


def _is_joint(token: Token) -> bool:
    return token.is_punct or token.is_space or token.pos_ in ("CCONJ", "SCONJ")


def _is_loose(token: Token) -> bool:
    """A second object with a relative clause ("… an initiative that …") is a loose apposition."""
    if token.dep_ not in ("dobj", "appos") or not any(c.dep_ == "relcl" for c in token.children):
        return False
    return token.dep_ == "appos" or any(
        c.dep_ == "dobj" and c.i < token.i for c in token.head.children
    )
