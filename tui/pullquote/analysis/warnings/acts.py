"""Hostile acts: of force, of law, of work and of power, and who is bound to them.

PLOVER's THREATEN covers more than words of harm: whoever announces to kill, to sue, to topple or to
walk out threatens. An act of the law threatens only where it strikes nobody in particular ("anyone
who … will be arrested"): else it is news of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    ADVERBIAL_CLAUSE,
    ATTRIBUTE,
    AUXILIARIES,
    DETERMINERS,
    NAME,
    NEGATION,
    OBJECT,
    PASSIVES,
    PLURALS,
    POSSESSOR,
    PRONOUN,
    RELATIVE_CLAUSE,
    SUBJECT,
    SUBJECTS,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 12  # words: what a verb governs further off is seldom one act with it
_OF_ALL = DETERMINERS


def is_hostile(verb: Token) -> bool:
    """Whether a verb, with what it governs, is an act against somebody."""
    words = lexicon("warnings")
    lemma = verb.lemma_.lower()
    if verb.pos_ != VERB or _is_over(verb) or not _is_own(verb):
        return False
    if lemma in words["coercion"]["lawful"] and (_strikes_anyone(verb) or _has_you(verb)):
        return True
    if lemma in words["coercion"]["hostile"]:
        return not _is_passive(verb) or _strikes_anyone(verb)
    pair = words["pairs"].get(lemma, frozenset())
    return not pair.isdisjoint(_governed(verb))


def is_penalty(verb: Token) -> bool:
    """ "companies which broke the rules would face heavy fines"."""
    words = lexicon("warnings")["coercion"]
    return (
        verb.lemma_.lower() in words["faces"]
        and not words["penalties"].isdisjoint(_governed(verb))
        and (_strikes_anyone(verb) or _has_you(verb))
    )


def _is_own(verb: Token) -> bool:
    """Whether an act may be that of whoever speaks of it: not "the army would attack"."""
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    return (
        subject is None
        or subject.pos_ in (NAME, PRONOUN)
        or any(child.dep_ == POSSESSOR and child.pos_ == PRONOUN for child in subject.children)
        or _strikes_anyone(verb)
    )


def _is_over(verb: Token) -> bool:
    """ "may have been murdered"."""
    return any(c.dep_ in AUXILIARIES and c.lemma_ == "have" for c in verb.children)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in PASSIVES for child in verb.children)


def _governed(verb: Token) -> set[str]:
    """The lemmas of what a verb governs, its subject left out, of the words near it."""
    below = (
        token
        for child in verb.children
        if child.dep_ not in (SUBJECT, ADVERBIAL_CLAUSE)
        for token in subtree(child)
    )
    return {token.lemma_.lower() for token in below if abs(token.i - verb.i) <= _NEAR}


def _strikes_anyone(verb: Token) -> bool:
    """Whether whom it is done to is nobody in particular: "looters", "anyone who breaks in"."""
    undergoer = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if undergoer is None:
        return False
    if undergoer.lower_ in lexicon("warnings")["coercion"]["anyone"]:
        return True
    below = list(undergoer.children)
    relative = any(child.dep_ == RELATIVE_CLAUSE for child in below)
    return undergoer.tag_ in PLURALS and (
        relative or not any(child.dep_ in _OF_ALL for child in below)
    )


def _has_you(verb: Token) -> bool:
    return any(
        child.lower_ == "you" and child.dep_ in (OBJECT, *SUBJECTS) for child in verb.children
    )


def is_danger(noun: Token) -> bool:
    """Whether a noun is a danger that is said to be there: "poses a threat", "a danger of"."""
    words = lexicon("warnings")["dangers"]
    if noun.lemma_.lower() not in words["nouns"]:
        return False
    below = {child.lower_ for child in noun.children}
    if "no" in below or any(child.dep_ == NEGATION for child in noun.head.children):
        return False
    posed = noun.dep_ == OBJECT and noun.head.lemma_.lower() in words["verbs"]
    return posed or (noun.dep_ == ATTRIBUTE and not below.isdisjoint(("of", "that")))
