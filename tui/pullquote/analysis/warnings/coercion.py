"""Acts that somebody is bound to: of coercion (CAMEO 131 to 138), and answers under a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    AUXILIARY,
    JOINED,
    MODAL,
    PASSIVES,
    SUBJECT,
    UNDERGOERS,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import child, is_negated, is_root
from pullquote.analysis.warnings.acts import is_hostile, is_penalty

if TYPE_CHECKING:
    from spacy.tokens import Token


def coerces(verb: Token, conditional: bool, vowed: bool) -> bool:
    """Whether a verb is an act of coercion that somebody is bound to.

    By itself ("blockade"), by what is imposed or withheld ("cut off gas"), or as a step back or a
    way that is shut under a condition ("if they come, we will shut the port").
    """
    if verb.pos_ != VERB or is_negated(verb) or not _is_bound(verb, vowed):
        return False
    words = lexicon("warnings")["coercion"]
    lemma = verb.lemma_.lower()
    if lemma in words["acts"] or is_hostile(verb) or is_penalty(verb):
        return True
    if lemma in words["leaves"] and not _is_left(verb):
        return conditional or not _objects(verb).isdisjoint(words["posts"])
    objects = _objects(verb)
    if conditional and lemma in words["withholds"] and not objects.isdisjoint(words["ways"]):
        return True
    takes_object = lemma in words["imposes"] or lemma in words["withholds"]
    return takes_object and not objects.isdisjoint(words["objects"])


def answers(verb: Token) -> bool:
    """ "we will respond": the speaker's own act."""
    words = lexicon("warnings")["coercion"]
    return (
        verb.lemma_.lower() in words["answers"]
        and not is_negated(verb)
        and _has_child(verb, SUBJECT, words["own"])
        and _has_modal(verb, words["firm"])
    )


def _is_bound(verb: Token, vowed: bool) -> bool:
    """Whether somebody is bound to do it: "will impose", "is prepared to", "vowed to impose"."""
    words = lexicon("warnings")
    if _has_modal(verb, words["coercion"]["bound"]):
        return True
    above = "" if is_root(verb) else verb.head.lemma_.lower()
    if above in words["shrinks"] and is_negated(verb.head):
        return True
    return _has_child(verb, AUXILIARY, lexicon("words")["infinitive"]) and (
        vowed or above in words["vows"]
    )


def _is_left(verb: Token) -> bool:
    """ "patients will be left without care": they are who it befalls."""
    return verb.lemma_.lower() == "leave" and child(verb, PASSIVES) is not None


def _has_child(verb: Token, label: str, words: frozenset[str]) -> bool:
    return any(child.dep_ == label and child.lower_ in words for child in verb.children)


def _has_modal(verb: Token, words: frozenset[str]) -> bool:
    return any(child.tag_ == MODAL and child.lower_ in words for child in verb.children)


def _objects(verb: Token) -> set[str]:
    """What a verb is done to, with what is joined to it: the lemmas."""
    near = [child for above in (verb, *verb.children) for child in above.children]
    objects = [token for token in near if token.dep_ in UNDERGOERS]
    below = (child for token in objects for child in token.children)
    joined = [child for child in below if child.dep_ in JOINED]
    return {token.lemma_.lower() for token in (*objects, *joined)}
