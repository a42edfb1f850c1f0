"""The parts of a warning: the condition, the consequence and whom it would strike.

They are parted by the parse: an if-clause, or the subject of a modal verb ("any deployment … would
be a direct threat").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    OBJECT,
    OBJECT_OF_PREPOSITION,
    PRESENT_PARTICIPLE,
    RECEIVERS,
    SUBJECTS,
    SUBORDINATOR,
    WHO,
    WITH_CLAUSES,
)
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, subtree
from pullquote.analysis.somebody import is_somebody
from pullquote.text import Span, Spans, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO_WHOM = RECEIVERS
_NO_END = (",", ";", "—", "–", "-")


@cache
def opening() -> re.Pattern[str]:
    """The word that joins a content to its cue: "that", "of", at the beginning of a text."""
    return re.compile(rf"(?:{any_of(lexicon('warnings')['openings'])})\s+")


def condition_and_consequence(
    paragraph: Paragraph, content: Sequence[Token], modal: Token | None
) -> tuple[Spans, Spans]:
    """The condition and the consequence in a warning's content; none where nothing parts them.

    Args:
        paragraph: That of the content.
        content: In order.
        modal: The content's first modal verb, if it has one.
    """
    conditional = next(filter(_opens_condition, content), None)
    if conditional is not None:
        condition, consequence = _by_clause(conditional, content)
    elif modal is not None:
        condition, consequence = _by_modal(modal, content)
    else:
        return (), ()
    return trimmed_spans(paragraph, condition), trimmed_spans(paragraph, consequence)


def _by_clause(opening: Token, content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The clause that "if" or "unless" opens, and the rest."""
    inside = {token.i for token in content}
    clause = [token for token in subtree(opening.head) if token.i in inside and not token.is_space]
    conditional = {token.i for token in clause}
    return clause, [token for token in content if token.i not in conditional]


def _by_modal(modal: Token, content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """What stands before a modal, if a subject does, and what behind."""
    that = lexicon("words")["complementizers"]
    before = [token for token in content if token.i < modal.i and token.lower_ not in that]
    after = [token for token in content if token.i > modal.i]
    return before if _has_event(modal) else [], after


def _opens_condition(token: Token) -> bool:
    return token.dep_ == SUBORDINATOR and token.lower_ in lexicon("words")["conditionals"]


def _has_event(modal: Token) -> bool:
    """Whether the subject of a modal's verb stands before it and is something that may happen."""
    subjects = (child for child in modal.head.children if child.dep_ in WITH_CLAUSES)
    return any(child.i < modal.i and _is_event(child) for child in subjects)


def _is_event(subject: Token) -> bool:
    """ "any deployment", "cutting the staff", "an attack"; not "we", not "the government"."""
    if subject.dep_ not in SUBJECTS or subject.tag_ == PRESENT_PARTICIPLE:
        return True
    words = lexicon("warnings")["events"]
    lemma = subject.lemma_.lower()
    openings = (child for child in subject.children if child.lower_ in words["openings"])
    return not is_somebody(subject) and (
        lemma in words["nouns"] or lemma.endswith(tuple(words["endings"])) or any(openings)
    )


def target(paragraph: Paragraph, modal: Token | None, content: Sequence[Token]) -> Spans:
    """Whom the harm would strike: the object of the consequence, or whom it is for.

    Args:
        paragraph: That of the content.
        modal: The content's first modal verb; without one nobody would be struck.
        content: In order.
    """
    if modal is None:
        return ()
    phrases = (_target_phrase(token, modal) for token in content)
    phrase = next(filter(None, phrases), None)
    return trimmed_spans(paragraph, phrase) if phrase else ()


def _target_phrase(token: Token, modal: Token) -> list[Token]:
    """The words of whom the harm of a modal's verb would strike, if `token` is their head."""
    if token.dep_ == OBJECT and token.head.i == modal.head.i and is_somebody(token):
        return list(token.doc[token.left_edge.i : token.i + 1])
    return [token] if _is_named_target(token) else []


def _is_named_target(token: Token) -> bool:
    strikes = token.head.lower_ in lexicon("warnings")["strikes"]
    return strikes and token.dep_ == OBJECT_OF_PREPOSITION and token.ent_type_ in WHO


def addressee(parsed: Parsed, cue: Spans) -> Spans:
    """Whom a cue speaks to, where that is somebody: "told the hunters", "warned Iran"."""
    for paragraph, tokens in parsed.by_paragraph(cue):
        objects = (child for verb in tokens for child in verb.children if child.dep_ in _TO_WHOM)
        for token in filter(is_somebody, objects):
            return trimmed_spans(paragraph, list(token.doc[token.left_edge.i : token.i + 1]))
    return ()


def trimmed_spans(paragraph: Paragraph, tokens: Sequence[Token]) -> Spans:
    """The span of tokens of a paragraph, without marks at its ends; none of none."""
    while tokens and tokens[-1].is_punct and tokens[-1].text not in '”"':
        tokens = tokens[:-1]
    while tokens and tokens[0].text in _NO_END:
        tokens = tokens[1:]
    return (paragraph.span_of(tokens),) if tokens else ()


def bare(text: str, span: Span) -> Span:
    """A content without the word that opens it."""
    start, end = span
    if word := opening().match(text[start:end]):
        start += word.end()
    return trimmed(text, (start, end))
