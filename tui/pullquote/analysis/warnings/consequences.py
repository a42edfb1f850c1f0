"""What follows if somebody does something, or does not: harm that no word of warning names.

Under a condition ("if the gate is not mended, it will give way"), or as what an order sets against
itself ("pay up or we burn it down"). What befalls somebody is a caution of whoever foresees it;
what is done to somebody is a threat of whoever says so, in the passive too ("the locks will be
changed").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    ADVERBIAL_CLAUSE,
    AUXILIARIES,
    CLAUSE,
    CONJUNCT,
    INFINITIVE,
    MODAL,
    NEGATION,
    PASSIVES,
    POSSESSOR,
    SUBJECT,
    SUBJECTS,
    SUBORDINATOR,
    VERBS,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import child, is_negated, is_root, subtree
from pullquote.findings import WarningKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 5  # words: what makes one act with a verb stands close by it
_BARE = frozenset({"VB", "VBP"})  # an order has a verb without an ending
_HAVE = "have"


def if_so(content: list[Token], beside: list[Token]) -> WarningKind | None:
    """The kind of warning that what follows under a condition makes of a content.

    Args:
        content: All of it.
        beside: The same without its condition.
    """
    is_unless = any(map(_is_unless, content))
    to_come = [*filter(_is_to_come, beside)] or [*filter(_is_to_come, _behind_comma(content))]
    for verb in to_come:
        if _is_done(verb, is_unless):
            return WarningKind.CAUTION if _is_done_to_own(verb) else WarningKind.THREAT
        if _befalls(verb):
            return WarningKind.THREAT if _has_you(verb) else WarningKind.CAUTION
    return None


def _behind_comma(content: list[Token]) -> list[Token]:
    """What follows a condition that the parse takes for all of the sentence."""
    places = (n for n, token in enumerate(content) if token.text == ",")
    return content[next(places, len(content)) :]


def without(content: Iterable[Token]) -> WarningKind | None:
    """The same where the condition is "without": "without a truce the city would run dry"."""
    words = lexicon("warnings")["consequences"]["without"]
    verbs = (one for one in content if any(below.lower_ in words for below in one.lefts))
    short = any(_is_to_come(verb) and _befalls(verb) for verb in verbs)
    return WarningKind.CAUTION if short else None


class Order(NamedTuple):
    """An order with what follows it: "pay up", "burn", "or"."""

    order: Token
    then: Token
    joint: str


def or_else(content: list[Token]) -> WarningKind | None:
    """The kind of warning that an order makes of what it sets against itself, or leads to."""
    inside = {token.i for token in content}
    for one in filter(None, map(_order, content)):
        if one.then.i not in inside or one.order.i not in inside:
            continue
        is_else = one.joint in _words()["else"]
        if not (is_else or _is_to_come(one.then) or _is_last(one.order)):
            continue
        if _is_done(one.then, is_else) or _is_out(one.then):
            return WarningKind.THREAT
        if _befalls(one.then):
            return WarningKind.THREAT if _is_yours(one.then) else WarningKind.CAUTION
    return None


def _order(then: Token) -> Order | None:
    """The order that a clause is joined to, if it is: "pay up or …", "one more word and …"."""
    if then.dep_ not in (CONJUNCT, CLAUSE) or then.pos_ not in VERBS or is_root(then):
        return None
    order = then.head
    between = order.doc[order.i : then.i]
    joints = [token for token in between if token.lower_ in _words()["joints"]]
    is_order = order.tag_ in _BARE and child(order, (*SUBJECTS, *AUXILIARIES)) is None
    if not joints or not (is_order or _is_last(order)):
        return None
    joint = joints[-1]
    if then.dep_ == CLAUSE and not any(
        joint.i < one.i < then.i and one.tag_ == MODAL for one in then.children
    ):
        return None  # "say that the tank and the pipe exploded"
    return Order(order, then, joint.lower_)


def _is_last(noun: Token) -> bool:
    """ "one more word and you are out"."""
    return any(child.lower_ in _words()["last"] for child in noun.children)


# --- what is said to follow


def _is_to_come(verb: Token) -> bool:
    """ "will be changed", "would have to be shot"."""
    verb = verb.head if _is_needed(verb) else verb
    words = lexicon("warnings")["modals"]
    modals = (child for child in verb.children if child.tag_ == MODAL)
    return any(one.lower_ in words["words"] - words["able"] for one in modals)


def _is_needed(verb: Token) -> bool:
    """ "would have to be shot": nobody wants it."""
    return verb.dep_ == INFINITIVE and verb.head.lemma_ == _HAVE


def _befalls(verb: Token) -> bool:
    """Whether what a verb says is harm that comes over somebody or something."""
    words = lexicon("warnings")
    lemma = verb.lemma_.lower()
    if _is_needed(verb) and lemma in words["consequences"]["done"]:
        return True
    if is_negated(verb):
        again = any(child.lower_ in words["consequences"]["again"] for child in verb.children)
        return again and lemma in words["consequences"]["never again"]
    if lemma in words["consequences"]["befalls"]:
        return words["consequences"]["no loss"].isdisjoint(_beside(verb))
    return not words["befalls"].get(lemma, frozenset()).isdisjoint(_beside(verb))


def _is_done(verb: Token, is_unless: bool) -> bool:
    """Whether a verb is a hostile act: in the passive, or of whoever speaks."""
    words = lexicon("warnings")
    if is_negated(verb) or _is_needed(verb) or not (_is_passive(verb) or _is_own(verb)):
        return False
    lemma = verb.lemma_.lower()
    done = words["done"].get(lemma, frozenset())
    if lemma in words["consequences"]["done"] or not done.isdisjoint(_beside(verb)):
        return True
    return is_unless and lemma in words["consequences"]["done unless"] and _is_passive(verb)


def _is_out(verb: Token) -> bool:
    """ "you are out", "you're fired"."""
    subject = child(verb, SUBJECTS)
    if subject is None or subject.lower_ not in _words()["you"]:
        return False
    return not _words()["out"].isdisjoint(
        {verb.lemma_.lower(), *(below.lower_ for below in verb.rights)}
    )


def _is_unless(token: Token) -> bool:
    """Whether a condition is that something is not done: "unless", "if nobody pays"."""
    if token.dep_ != SUBORDINATOR or token.head.dep_ != ADVERBIAL_CLAUSE:
        return False
    words = _words()
    subject = child(token.head, SUBJECTS)
    is_none = subject is not None and any(
        one.lower_ in words["nothing"] for one in (subject, *subject.children)
    )
    is_if = token.lower_ in lexicon("words")["conditionals"]
    return token.lower_ in words["if not"] or (is_if and (is_none or is_negated(token.head)))


def _is_passive(verb: Token) -> bool:
    return child(verb, PASSIVES) is not None


def _is_done_to_own(verb: Token) -> bool:
    """ "we will be killed": who says so foresees it."""
    subject = child(verb, SUBJECTS)
    is_own = subject is not None and subject.lower_ in lexicon("warnings")["own side"]
    return is_own and _is_passive(verb)


def _is_own(verb: Token) -> bool:
    subject = child(verb, (SUBJECT,))
    return subject is not None and subject.lower_ in lexicon("warnings")["own side"]


def _has_you(verb: Token) -> bool:
    """ "you will never work again": whom it befalls is spoken to, and nothing else can happen."""
    subject = child(verb, SUBJECTS)
    return is_negated(verb) and subject is not None and subject.lower_ in _words()["you or nobody"]


def _is_yours(verb: Token) -> bool:
    """ "your shop goes up in flames", "or lose your market"."""
    subject = child(verb, SUBJECTS)
    below = () if subject is None else subject.children
    owners = (one for one in below if one.dep_ == POSSESSOR)
    return subject is None or any(one.lower_ in _words()["your"] for one in owners)


def _beside(verb: Token) -> set[str]:
    """The lemmas and words that stand close by a verb, those of its subject among them."""
    near = (
        token
        for below in verb.children
        if below.dep_ not in (ADVERBIAL_CLAUSE, CONJUNCT, NEGATION)
        for token in subtree(below)
        if abs(token.i - verb.i) <= _NEAR
    )
    return {form for token in near for form in (token.lemma_.lower(), token.lower_)}


def _words() -> dict[str, frozenset[str]]:
    words: dict[str, frozenset[str]] = lexicon("warnings")["consequences"]
    return words
