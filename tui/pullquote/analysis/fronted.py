"""Pronouns in front of whom they stand for: "In her letter, Ann Cole said that it was late".

Where a phrase opens a sentence with somebody's words, and its subject then speaks, the words are
the speaker's, whoever was spoken of before (backward anaphora, Reinhart 1983). Near misses: "In his
absence, Tom Reed said …", "In Paul's letter, …", "Tom Reed said in his letter …", which the model
knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    NOUN,
    OBJECT_OF_PREPOSITION,
    POSSESSOR,
    PREPOSITION,
    SUBJECT,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import child
from pullquote.analysis.turns import genders

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_utterance(head: Token) -> bool:
    """Whether a noun is somebody's words."""
    stances = lexicon("cues")["stance"]
    lemma = head.lemma_.lower()
    return head.pos_ == NOUN and (lemma in stances["said"] or lemma in stances["wrote"])


def fronted(subject: Token) -> Iterator[Token]:
    """The pronouns whose words a phrase in front of a subject names."""
    if subject.dep_ != SUBJECT:
        return
    for phrase in subject.head.lefts:
        noun = child(phrase, (OBJECT_OF_PREPOSITION,)) if phrase.dep_ == PREPOSITION else None
        owner = child(noun, (POSSESSOR,)) if noun is not None and is_utterance(noun) else None
        if owner is not None and owner.i < subject.i and owner.lower_ in genders():
            yield owner
