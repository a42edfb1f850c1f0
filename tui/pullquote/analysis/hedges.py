"""Claims that nobody in particular makes: "reportedly", "is said to be", "it is said that".

A hedge makes a claim of the clause that it stands in. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.checkable import figures, is_checkable
from pullquote.analysis.en.labels import (
    AGENT,
    APPOSITION,
    AUXILIARY,
    CLAUSE,
    CONJUNCTIONS,
    INFINITIVE,
    LOOSE_CLAUSES,
    OBJECT,
    PASSIVE_AUXILIARY,
    PASSIVE_SUBJECT,
    RELATIVE_CLAUSE,
    SUBJECT,
    VERBS,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, child, climb, subtree
from pullquote.findings import Claim, Commitment, Rule, Sourcing
from pullquote.text import one_line, overlap

if TYPE_CHECKING:
    from spacy.tokens import Span as Run  # of tokens
    from spacy.tokens import Token

# the share of hedged claims that lie on an attribution of PolNeAR's train split, out of fold
_HEDGED = 0.75
_HEARSAY = frozenset({PASSIVE_AUXILIARY, PASSIVE_SUBJECT, INFINITIVE})


class Hedge(NamedTuple):
    """The words of a hedge, and the verb of what it hedges."""

    words: Sequence[Token] | Run
    verb: Token


def hedged_claims(parsed: Parsed) -> list[Claim]:
    """The claims without a source, in text order; of two that overlap the first."""
    claims: list[Claim] = []
    for paragraph, sentence in parsed.sentences():
        for hedge in hedges_in(sentence):
            claim = _claim(parsed, paragraph, hedge)
            if claim and not (claims and overlap(claim.content[0], claims[-1].content[0])):
                claims.append(claim)
    return claims


def _claim(parsed: Parsed, paragraph: Paragraph, hedge: Hedge) -> Claim | None:
    clause = _main_clause(hedge.verb)
    if {token.i for token in clause} <= {token.i for token in hedge.words}:
        return None  # "Reportedly.": nothing is passed on
    content, words = (paragraph.span_of(clause),), paragraph.span_of(hedge.words)
    cue = frozenset(token.lemma_.lower() for token in hedge.words)
    return Claim(
        content=content,
        sourcing=Sourcing.UNATTRIBUTED,
        commitment=_commitment(cue),
        cue=one_line(parsed.text[slice(*words)]).lower(),
        hedges=(words,),
        checkable=is_checkable(parsed, content, cue, Sourcing.UNATTRIBUTED),
        figures=figures(parsed, content),
        confidence=_HEDGED,
        rule=Rule.HEDGE,
    )


def _commitment(cue: frozenset[str]) -> Commitment:
    """ "allegedly" alleges; what is said or believed is suggested."""
    alleged = lexicon("cues")["evidential"]["alleged"]
    return Commitment.SUGGESTED if cue.isdisjoint(alleged) else Commitment.ALLEGED


# --- the hedges of a sentence


def hedges_in(sentence: Iterable[Token]) -> Iterator[Hedge]:
    """The hedges of a sentence, in order."""
    for token in sentence:
        if is_adverb_of_hearsay(token):
            yield Hedge([token], _clause_head(token))
        elif _may_pass_on(token):
            yield from _passives(token)


def _may_pass_on(verb: Token) -> bool:
    """ "is said to be", "is supposed to have fled"; to be supposed to do something is a duty."""
    words = lexicon("cues")["evidential"]
    lemma = verb.lemma_.lower()
    return lemma in words["passives"] or (
        lemma in words["passives of duty"] and any(map(_is_past_infinitive, verb.children))
    )


def _is_past_infinitive(verb: Token) -> bool:
    """ "to have fled"."""
    helping = (child.lemma_ for child in verb.children if child.dep_ == AUXILIARY)
    return verb.dep_ == INFINITIVE and "have" in helping


def is_adverb_of_hearsay(token: Token) -> bool:
    """ "reportedly"."""
    return token.lower_ in lexicon("cues")["evidential"]["adverbs"]


def _clause_head(token: Token) -> Token:
    """The verb that a word stands under; in a headline without one, the word above all others."""
    return climb(token.head, lambda above: above.pos_ in VERBS)


def _passives(verb: Token) -> Iterator[Hedge]:
    """ "is said to", "it is said that", without a word of who says it."""
    below = {word.dep_: word for word in verb.children}
    if _is_hearsay(below):
        auxiliary = child(verb, (PASSIVE_AUXILIARY,)) or verb
        first = min(auxiliary.i, verb.i)
        yield Hedge(verb.doc[first : _to(verb) + 1], verb)
    elif _is_impersonal(below) and CLAUSE in below:
        yield Hedge(verb.doc[verb.left_edge.i : verb.i + 1], below[CLAUSE])


def _is_hearsay(below: dict[str, Token]) -> bool:
    """ "is said to": a passive of saying without an agent, with an infinitive."""
    return below.keys() >= _HEARSAY and AGENT not in below


def _is_impersonal(below: dict[str, Token]) -> bool:
    """ "it is said"."""
    subject = below.get(PASSIVE_SUBJECT) or below.get(SUBJECT)
    if subject is None or PASSIVE_AUXILIARY not in below:
        return False
    return subject.lower_ in lexicon("words")["impersonal"]


def _to(verb: Token) -> int:
    """The number of the "to" of the infinitive, or of the verb itself."""
    after = verb.i + 1
    follows = after < len(verb.doc) and verb.doc[after].lower_ in lexicon("words")["infinitive"]
    return after if follows else verb.i


# --- what a hedge makes a claim of


def _main_clause(verb: Token) -> Sequence[Token]:
    """The words of the clause of `verb`, without subordinate clauses and loose appositions."""
    tokens = [token for token in subtree(verb) if not token.is_space] or [verb]
    start = min(token.i for token in tokens)
    end = max(token.i for token in tokens) + 1
    behind = (token for token in tokens if token.i > verb.i)
    loose = (token.left_edge.i for token in behind if _only_adds(token, verb))
    return _without_joints(verb.doc[start : min((end, *loose))])


def _only_adds(token: Token, verb: Token) -> bool:
    """Whether a word heads what only adds to the clause of `verb`."""
    is_clause = token.dep_ in LOOSE_CLAUSES and token.head.i == verb.i
    return is_clause or _is_loose(token)


def _is_loose(token: Token) -> bool:
    """A second object with a relative clause ("… an initiative that …") is a loose apposition."""
    if child(token, (RELATIVE_CLAUSE,)) is None:
        return False
    return token.dep_ == APPOSITION or (token.dep_ == OBJECT and _is_second(token))


def _is_second(token: Token) -> bool:
    """Whether another object of the same verb stands before this one."""
    first = child(token.head, (OBJECT,))
    return first is not None and first.i < token.i


def _without_joints(words: Iterable[Token]) -> list[Token]:
    """The words without marks and conjunctions at the ends."""
    words = list(words)
    kept = [number for number, token in enumerate(words) if not _is_joint(token)]
    return words[kept[0] : kept[-1] + 1] if kept else []


def _is_joint(token: Token) -> bool:
    return token.is_punct or token.is_space or token.pos_ in CONJUNCTIONS
