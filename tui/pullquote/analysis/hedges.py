"""Claims that nobody in particular makes: "reportedly", "is said to be", "it is said that".

A hedge makes a claim of the clause that it stands in. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pullquote.analysis.checkable import figures, is_checkable
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, climb, subtree
from pullquote.findings import Claim, Commitment, Rule, Sourcing
from pullquote.text import one_line, overlap

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = ("VERB", "AUX")
# the share of hedged claims that lie on an attribution of PolNeAR's train split, out of fold
_HEDGED = 0.75


# --- hedged: "reportedly", "are said to"


def hedged_claims(parsed: Parsed) -> list[Claim]:
    """The claims without a source, in text order."""
    found: list[Claim] = []
    for paragraph, sentence in parsed.sentences():
        for hedge, verb in _hedges_in(sentence):
            words = _main_clause(verb)
            if {t.i for t in words} <= {t.i for t in hedge}:  # "Reportedly.": nothing is passed on
                continue
            content = parsed.clause(paragraph.start, words)
            if found and overlap(content, found[-1].content[0]):
                continue
            cue = frozenset(token.lemma_.lower() for token in hedge)
            found.append(
                Claim(
                    content=(content,),
                    sourcing=Sourcing.UNATTRIBUTED,
                    commitment=_commitment(hedge),
                    hedges=(parsed.clause(paragraph.start, hedge),),
                    cue=one_line(
                        parsed.text[slice(*parsed.clause(paragraph.start, hedge))]
                    ).lower(),
                    checkable=is_checkable(parsed, (content,), cue, Sourcing.UNATTRIBUTED),
                    figures=figures(parsed, (content,)),
                    confidence=_HEDGED,
                    rule=Rule.HEDGE,
                )
            )
    return found


def _commitment(hedge: list[Token]) -> Commitment:
    """ "allegedly" alleges; what is said or believed is suggested."""
    alleged = lexicon("cues")["evidential"]["alleged"]
    is_alleged = any(token.lemma_.lower() in alleged for token in hedge)
    return Commitment.ALLEGED if is_alleged else Commitment.SUGGESTED


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
    if not {"auxpass", "nsubjpass", "xcomp"} <= kinds or "agent" in kinds:
        return False
    lemma = token.lemma_.lower()
    duties = lexicon("cues")["evidential"]["passives of duty"]
    return lemma in passives or (lemma in duties and any(map(_is_past_infinitive, token.children)))


def _is_past_infinitive(verb: Token) -> bool:
    """ "to have fled"."""
    return verb.dep_ == "xcomp" and any(child.lower_ == "have" for child in verb.children)


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
