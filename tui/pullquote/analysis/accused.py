"""Whom a claim is against: who is accused in the cue, or said in the content to have done wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    NEGATION,
    OBJECT,
    PASSIVE_SUBJECT,
    SUBJECTS,
    UNDERGOERS,
    VERBS,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Paragraph
from pullquote.analysis.passed import Passed
from pullquote.analysis.warnings.issuers import Issuers

if TYPE_CHECKING:
    from spacy.tokens import Token


class Row(NamedTuple):
    """How a claim is against somebody: who that is, a sentence where one is and a near miss."""

    who: Callable[[Passed], Token | None]
    yes: str
    no: str


def _object_of_cue(one: Passed) -> Token | None:
    """ "accused the firm of", "the firm was accused of", "blamed the firm for"."""
    if not one.lemmas & lexicon("accusations")["cues"]:
        return None
    verbs = (token for token in one.cue if token.pos_ in VERBS)
    objects = (c for verb in verbs for c in verb.children if c.dep_ in UNDERGOERS)
    return next(objects, None)


def _wrongdoer(one: Passed) -> Token | None:
    """The subject of a verb of wrong among the content's main verbs."""
    return next((s for verb in one.roots if _is_wrong(verb) for s in _subjects(verb)), None)


def _alleged(one: Passed) -> Token | None:
    """The subject of what is alleged, whatever it is."""
    alleges = lexicon("accusations")["alleges"]
    if one.lemmas.isdisjoint(alleges):
        return None
    return next((subject for verb in one.roots[:1] for subject in _subjects(verb)), None)


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in SUBJECTS]


def _is_wrong(verb: Token) -> bool:
    """ "forged", "took bribes"; not "was forged", "did not forge"."""
    words = lexicon("accusations")
    below = {child.dep_ for child in verb.children}
    if NEGATION in below or PASSIVE_SUBJECT in below:
        return False
    lemma = verb.lemma_.lower()
    things = words["wrongful things"]
    wrong = any(c.dep_ == OBJECT and c.lemma_.lower() in things for c in verb.children)
    return lemma in words["wrongs"] or (lemma in words["does"] and wrong)


ROWS = (
    Row(
        _object_of_cue,
        yes="Ann Cole accused Tom Birch of hiding the tests.",
        no="Ann Cole told Tom Birch of the tests.",
    ),
    Row(
        _wrongdoer,
        yes="Ann Cole said that Tom Birch had forged the stamp.",
        no="Ann Cole said that Tom Birch had bought the stamp.",
    ),
    Row(
        _alleged,
        yes="Prosecutors alleged that Tom Birch had bought the stamp.",
        no="Prosecutors noted that Tom Birch had bought the stamp.",
    ),
)


def accused(one: Passed, known: Issuers) -> str | None:
    """The id of the actor whom a claim is against; nobody is against themselves."""
    for row in ROWS:
        token = row.who(one)
        paragraph = None if token is None else _paragraph(one, token)
        if token is not None and paragraph is not None:
            actor = known.at(paragraph, token)
            if actor is not None and actor.id != one.attribution.speaker:
                return actor.id
    return None


def _paragraph(one: Passed, token: Token) -> Paragraph | None:
    """The paragraph of a token: that of the cue or of the content."""
    spans = (*one.attribution.cue, *one.attribution.content)
    paragraphs = (one.parsed.paragraph(span[0]) for span in spans)
    return next((p for p in paragraphs if p is not None and p.doc is token.doc), None)
