"""Figures of speech that sound like harm and are none: a rule is a row.

"I would die without music", "it was put down in the book", "if he plays like that, he will destroy
them": what a cue of warning reports is one all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    ADVERBIAL_CLAUSE,
    OBJECT_OF_PREPOSITION,
    PREPOSITION,
    SUBJECTS,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import child
from pullquote.analysis.somebody import is_somebody

if TYPE_CHECKING:
    from spacy.tokens import Token


class Figure(NamedTuple):
    """When words are a figure of speech, a sentence with one and a near miss."""

    name: str
    when: Callable[[Sequence[Token]], bool]
    yes: str
    no: str


def _is_own_death(content: Sequence[Token]) -> bool:
    """ "I would die without …", "one more … and I will die": nobody does."""
    words = _words()
    lower = {token.lower_ for token in content}
    dies = (token for token in content if token.lemma_.lower() in words["deaths"])
    mine = (subject for verb in dies if (subject := child(verb, SUBJECTS)) is not None)
    if not any(subject.lower_ in words["mine"] for subject in mine):
        return False
    return not lower.isdisjoint(words["wants"])


def _is_game(content: Sequence[Token]) -> bool:
    """Under "if he plays so" whatever follows is of the game; not "plays with fire"."""
    words = _words()
    for token in content:
        is_condition = token.dep_ == ADVERBIAL_CLAUSE or token.head.dep_ == ADVERBIAL_CLAUSE
        if is_condition and token.pos_ == VERB and token.lemma_.lower() in words["plays"]:
            return all(below.lower_ not in words["plays with"] for below in token.children)
    return False


def _is_written_down(content: Sequence[Token]) -> bool:
    """What is put down in a book, or taken from a shelf."""
    verbs = (token for token in content if token.lemma_.lower() in _words()["put or taken"])
    return any(map(_is_in_a_list, verbs))


def _is_in_a_list(verb: Token) -> bool:
    """Whether a verb governs a preposition with a thing that things stand in, or on."""
    below = (one for one in verb.children if one.dep_ == PREPOSITION)
    objects = (one for prep in below for one in prep.children if one.dep_ == OBJECT_OF_PREPOSITION)
    return any(one.lemma_.lower() in _words()["lists"] and not is_somebody(one) for one in objects)


def _is_killed_paper(content: Sequence[Token]) -> bool:
    """A bill, a plan, a joke that is killed, or "it" where the condition speaks of one."""
    words = _words()
    done = (token for token in content if token.lemma_.lower() in words["of papers"])
    subjects = [subject for verb in done if (subject := child(verb, SUBJECTS)) is not None]
    is_paper = any(one.lemma_.lower() in words["papers"] for one in subjects)
    speaks_of_one = any(token.lemma_.lower() in words["papers"] for token in content)
    return is_paper or (speaks_of_one and any(map(_is_it, subjects)))


def _is_it(token: Token) -> bool:
    return token.lower_ in lexicon("words")["of things"]


def _is_kindness(content: Sequence[Token]) -> bool:
    """Killed "with kindness"."""
    means = (token for token in content if token.lower_ in _words()["kind means"])
    return any(token.head.lower_ in _words()["means"] for token in means)


FIGURES = (
    Figure(
        "own death",
        _is_own_death,
        yes="“I would die without music,” Jane Miller said.",
        no="“My son would die without insulin,” Jane Miller said.",
    ),
    Figure(
        "game",
        _is_game,
        yes="“If he plays like that, he will destroy them,” Jane Miller said.",
        no="“If he comes back, he will destroy them,” Jane Miller said.",
    ),
    Figure(
        "list",
        _is_written_down,
        yes="“If it is not sold, it will be taken from the shelf,” Jane Miller said.",
        no="“If it is not silent, it will be taken from you,” Jane Miller said.",
    ),
    Figure(
        "paper",
        _is_killed_paper,
        yes="“If the bill passes, it will be killed in the Senate,” Jane Miller said.",
        no="“If the boy passes, he will be killed in the street,” Jane Miller said.",
    ),
    Figure(
        "kindness",
        _is_kindness,
        yes="“If they ask again, they will be killed with kindness,” Jane Miller said.",
        no="“If they ask again, they will be killed with knives,” Jane Miller said.",
    ),
)


def is_figure(content: Sequence[Token]) -> bool:
    """Whether a sentence only sounds like harm."""
    return any(figure.when(content) for figure in FIGURES)


def _words() -> dict[str, frozenset[str]]:
    words: dict[str, frozenset[str]] = lexicon("warnings")["figures"]
    return words
