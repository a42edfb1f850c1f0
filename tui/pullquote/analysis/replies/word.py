"""A word that a reply may hang on, with what it governs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    CLAUSE,
    INFINITIVE,
    MODAL,
    NEGATION,
    NO_PART,
    PASSIVES,
    RELATIVE_CLAUSE,
    SUBJECTS,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import subtree

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Word:
    """A word with what it governs, as the rows look at it."""

    token: Token

    @cached_property
    def lemma(self) -> str:
        return self.token.lemma_.lower()

    def is_of(self, name: str) -> bool:
        """Whether the word is of a list of en/replies.toml."""
        return self.lemma in lexicon("replies")[name]

    def is_verb(self, name: str) -> bool:
        return self.token.pos_ == VERB and self.is_of(name)

    @cached_property
    def under(self) -> list[Token]:
        """What the word governs, its subject left out."""
        return [
            below
            for child in self.token.children
            if child.dep_ not in SUBJECTS and child.dep_ not in _LOOSE
            for below in subtree(child)
        ]

    def governs(self, name: str) -> bool:
        """Whether a word of a list is among what this one governs."""
        return any(token.lemma_.lower() in lexicon("replies")[name] for token in self.under)

    @cached_property
    def is_negated(self) -> bool:
        """ "did not", "was unable to", "has yet to", "neither … nor"."""
        return negates(self.token) or (
            self.token.dep_ == INFINITIVE
            and (
                self.token.head.lemma_.lower() in ("unable", "fail")
                or (self.token.head.lemma_.lower() in ("able", "manage") and _fails(self.token))
                or any(child.lower_ == "yet" for child in self.token.head.children)
            )
        )

    @cached_property
    def is_nothing_to_say(self) -> bool:
        """ "had nothing to add", "has nothing further to say"; not "nothing to wear"."""
        if self.lemma != "nothing" or self.token.head.lemma_.lower() != "have":
            return False
        said = [*self.token.children, *self.token.head.children]
        answers = lexicon("replies")["answers"]
        return any(
            one.i > self.token.i
            and one.lemma_.lower() in {"add", *answers}
            and any(child.lower_ == "to" for child in one.children)
            for one in said
        )

    @cached_property
    def is_passive(self) -> bool:
        return any(child.dep_ in PASSIVES for child in self.token.children)

    def has_modal(self, *words: str) -> bool:
        return any(c.tag_ == MODAL and c.lower_ in words for c in self.token.children)

    def child(self, *labels: str) -> Token | None:
        return next((child for child in self.token.children if child.dep_ in labels), None)


_LOOSE = NO_PART | {RELATIVE_CLAUSE, CLAUSE}


def negates(token: Token) -> bool:
    return any(
        child.dep_ == NEGATION or child.lower_ in ("neither", "never") for child in token.children
    )


def _fails(verb: Token) -> bool:
    """ "was not able to reach", "did not manage to reach"."""
    return negates(verb.head) or negates(verb.head.head)
