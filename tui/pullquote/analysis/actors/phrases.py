"""The words of a name or a noun phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    FUNCTION_WORDS,
    PHRASE_ENDERS,
    POSSESSIVE,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from pullquote.analysis.drafts import Draft


def mentions_of(drafts: Iterable[Draft]) -> Places[None]:
    """Where actors are mentioned."""
    return Places((span, None) for draft in drafts for span in draft.mentions)


def with_article(tokens: list[Token]) -> list[Token]:
    """The tokens with a "the" before them."""
    first = tokens[0]
    return [first.nbor(-1), *tokens] if is_behind_article(first) else tokens


def is_behind_article(token: Token) -> bool:
    """Whether a "the" stands right before a word."""
    return token.i > 0 and token.nbor(-1).lower_ in lexicon("words")["definite"]


def noun_phrase(head: Token) -> list[Token]:
    """The tokens of a head's phrase up to a clause or a comma: what names it."""
    end = head.i
    for token in head.doc[head.i + 1 : head.right_edge.i + 1]:
        if is_joint(token):
            continue
        if token.is_punct or token.dep_ in PHRASE_ENDERS or token.tag_ in CLAUSE_OPENERS:
            break
        end = token.i
    while end > head.i and _is_no_end(head.doc[end]):
        end -= 1
    start = head.left_edge.i
    while start < head.i and _is_no_start(head.doc[start]):
        start += 1
    return [token for token in head.doc[start : end + 1] if not token.is_space]


def _is_no_start(token: Token) -> bool:
    """Whether no phrase begins with a word: the "that" of a clause, a mark."""
    return token.pos_ in CONJUNCTIONS or token.is_punct


def is_joint(token: Token) -> bool:
    """Whether a token is the hyphen inside a word: "e-mail", "co-chair"; not one between two."""
    is_inside = 0 < token.i < len(token.doc) - 1
    return is_inside and token.text == "-" and not (token.whitespace_ or token.nbor(-1).whitespace_)


def _is_no_end(token: Token) -> bool:
    """Whether no name ends with a word: a preposition, an article, a possessive mark."""
    return token.pos_ in FUNCTION_WORDS or token.tag_ == POSSESSIVE
