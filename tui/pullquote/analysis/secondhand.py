"""Whom a claim came through: "her lawyer said that she had been told", “He told me, ‘We did.’”

Who speaks first is the source; who passes it on is the way that it came by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import CLAUSE, PASSIVE_AUXILIARY, SUBJECTS, VERB
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.nested import within
from pullquote.analysis.passed import Passed
from pullquote.analysis.places import Places
from pullquote.analysis.warnings.issuers import Issuers
from pullquote.findings import Actor, Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token


def passing_on(one: Attribution, quoted: Places[Attribution]) -> str | None:
    """The id of who passes on, in words of their own, what is said: “He told me, ‘It is late.’”"""
    around = (
        other
        for cue in one.cue
        for span, other in quoted.over(cue)
        if within(cue, span) and other.speaker != one.speaker
    )
    return next((other.speaker for other in around), None)


def at_first_hand(one: Passed, known: Issuers) -> Actor | None:
    """Who is said, in the content, to have said or been told the rest of it, if somebody is."""
    parts = one.parsed.by_paragraph(one.attribution.content)
    if not parts or (one.is_quoted and not one.cue_is("assertion", "ways")):
        return None
    paragraph, tokens = parts[0]
    inside = {token.i for token in tokens}
    verb = next((token for token in tokens if _passes_on(token, inside)), None)
    subject = (
        None
        if verb is None
        else next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    )
    if subject is None or subject.i not in inside:
        return None
    actor = known.at(paragraph, subject)
    return actor if actor is not None and actor.id != one.attribution.speaker else None


def _passes_on(verb: Token, inside: set[int]) -> bool:
    """ "had been told that …", ", he said": a verb of telling above or beside all the rest."""
    words = lexicon("cues")["assertion"]
    lemma = verb.lemma_.lower()
    if verb.pos_ != VERB or not (verb.head.i == verb.i or verb.head.i not in inside):
        return False
    told = lemma in words["hears"] and any(c.dep_ == PASSIVE_AUXILIARY for c in verb.children)
    says = lemma in words["telling"] and not any(c.dep_ == PASSIVE_AUXILIARY for c in verb.children)
    return (told or says) and any(child.dep_ == CLAUSE for child in verb.children)
