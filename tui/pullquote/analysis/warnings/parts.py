"""The parts of a warning: the condition, the consequence and whom it would strike.

They are parted by the parse: an if-clause, or the subject of a modal verb ("any deployment … would
be a direct threat").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    OBJECT,
    OBJECT_OF_PREPOSITION,
    SUBORDINATOR,
    WHO,
    WITH_CLAUSES,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, subtree
from pullquote.analysis.somebody import is_somebody
from pullquote.text import Span, Spans, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_END = (",", ";", "—", "–", "-")
_OPENING = re.compile(r"(?:that|of|against|about)\s+")


def condition_and_consequence(
    parsed: Parsed, start: int, content: Sequence[Token], modal: Token | None
) -> tuple[Spans, Spans]:
    """The condition and the consequence in a warning's content, in the paragraph at `start`."""
    opening = next((token for token in content if _opens_condition(token)), None)
    if opening is not None:
        condition, consequence = _by_clause(opening, content)
    elif modal is not None:
        condition, consequence = _by_modal(modal, content)
    else:
        return (), ()
    return span_of(parsed, start, condition), span_of(parsed, start, consequence)


def _by_clause(opening: Token, content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The clause that "if" or "unless" opens, and the rest."""
    inside = {token.i for token in content}
    clause = [token for token in subtree(opening.head) if token.i in inside and not token.is_space]
    conditional = {token.i for token in clause}
    return clause, [token for token in content if token.i not in conditional]


def _by_modal(modal: Token, content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """What stands before a modal, if a subject does, and what behind."""
    before = [token for token in content if token.i < modal.i and token.lower_ != "that"]
    after = [token for token in content if token.i > modal.i]
    return before if _has_event(modal) else [], after


def _opens_condition(token: Token) -> bool:
    return token.lower_ in ("if", "unless") and token.dep_ == SUBORDINATOR


def _has_event(modal: Token) -> bool:
    """Whether the subject of a modal's verb stands before it and is something that may happen."""
    subjects = (child for child in modal.head.children if child.dep_ in WITH_CLAUSES)
    return any(child.i < modal.i and _is_event(child) for child in subjects)


def _is_event(subject: Token) -> bool:
    """ "any deployment", "cutting the staff", "an attack"; not "we", not "the government"."""
    words = lexicon("warnings")["coercion"]
    lemma = subject.lemma_.lower()
    if subject.dep_ == "csubj" or subject.tag_ == "VBG":
        return True
    if is_somebody(subject):
        return False
    return (
        lemma in words["events"]
        or lemma.endswith(tuple(words["event endings"]))
        or any(child.lower_ in words["event openings"] for child in subject.children)
    )


def target(parsed: Parsed, start: int, modal: Token | None, content: Sequence[Token]) -> Spans:
    """Whom the harm would strike: the object of the consequence, or whom it is for."""
    if modal is None:
        return ()
    for token in content:
        if token.dep_ == OBJECT and token.head.i == modal.head.i and _is_someone(token):
            phrase = list(token.doc[token.left_edge.i : token.i + 1])
            return span_of(parsed, start, phrase)
        if _is_named_target(token):
            return span_of(parsed, start, [token])
    return ()


def _is_someone(token: Token) -> bool:
    people = lexicon("people")
    lemma = token.lemma_.lower()
    return token.ent_type_ in WHO or lemma in people["groups"] or lemma in people["unnamed"]


def _is_named_target(token: Token) -> bool:
    strikes = token.head.lower_ in ("for", "against", "on")
    return strikes and token.dep_ == OBJECT_OF_PREPOSITION and token.ent_type_ in WHO


def span_of(parsed: Parsed, start: int, tokens: Sequence[Token]) -> Spans:
    """The span of tokens of the paragraph at `start`, without marks at its ends; none of none."""
    while tokens and tokens[-1].is_punct and tokens[-1].text not in '”"':
        tokens = tokens[:-1]
    while tokens and tokens[0].text in _NO_END:
        tokens = tokens[1:]
    return (parsed.clause(start, tokens),) if tokens else ()


def bare(text: str, span: Span) -> Span:
    """A content without the word that opens it."""
    start, end = span
    if opening := _OPENING.match(text[start:end]):
        start += opening.end()
    return trimmed(text, (start, end))
