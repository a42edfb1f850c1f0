"""Words that somebody issues, and speaks by: "the company’s statement", "she said in a letter"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    ATTRIBUTES,
    NOUN,
    POSSESSOR,
    PREPOSITIONS,
    SHARE_SUBJECTS,
    SUBJECTS,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.mentions import Index
from pullquote.analysis.parsed import Paragraph, climb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pullquote.analysis.drafts import Draft

_JOINED = 4  # verbs that share a subject: "met, voted and issued a statement"


def is_issued(head: Token) -> bool:
    """Whether a noun names words that somebody issues."""
    return head.pos_ == NOUN and head.lemma_.lower() in lexicon("cues")["turns"]["issued"]


def issued_by(index: Index, paragraph: Paragraph, noun: Token) -> Draft | None:
    """Who issues the words that a noun names: "X denied it in a statement", "a statement by X"."""
    beside = [child for child in noun.children if child.dep_ in (POSSESSOR, *ATTRIBUTES)]
    of_issuers = lexicon("words")["of issuers"]
    beside += [
        named
        for child in noun.children
        if child.dep_ in PREPOSITIONS and child.lower_ in of_issuers
        for named in child.children
    ]
    drafts = (index.at(paragraph.span_of([token])) for token in beside)
    issuer = next((draft for draft in drafts if draft is not None), None)
    subject = _subject_over(noun)
    if issuer is not None or subject is None or subject.i == noun.i:
        return issuer
    first, last = sorted((subject.i, noun.i))
    is_spoken = any(token.is_quote for token in noun.doc[first:last])  # “We did,” it says
    return None if is_spoken else index.at(paragraph.span_of([subject]))


def _subject_over(noun: Token) -> Token | None:
    """The subject of the verb over a noun, or of one that shares its subject with that."""
    verb = climb(noun, lambda one: one.pos_ == VERB)
    for _ in range(_JOINED):
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if subject is not None or verb.dep_ not in SHARE_SUBJECTS:
            return subject
        verb = verb.head
    return None
