"""Countries where they act, by name or by capital, and "the country" for the last that did.

A country is an actor where it acts or is acted on, not where something merely lies or happens.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from itertools import dropwhile
from typing import TYPE_CHECKING

from pullquote.analysis.actors.organisations import is_country_word, is_short_form
from pullquote.analysis.actors.phrases import mentions_of, with_article
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import (
    ACTING,
    CONJUNCT,
    OBJECT_OF_PREPOSITION,
    ORGANISATION,
    PERSON,
    PLACES,
    POSSESSIVE,
    POSSESSOR,
    SUBJECTS,
)
from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, climb
from pullquote.findings import ActorKind
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENTITIES = PLACES | {ORGANISATION, PERSON}  # what countries are taken for
_OWNS = SUBJECTS | {POSSESSOR}
_ACTS = SUBJECTS | {CONJUNCT}


def find_governments(parsed: Parsed, others: list[Draft]) -> list[Draft]:
    """The governments, where none of the other actors is named."""
    taken = mentions_of(others)
    known = countries()
    drafts: dict[str, Draft] = {}
    for paragraph, tokens, span in _entities(parsed):
        name = one_line(parsed.text[slice(*span)])
        country = known.names.get(name)
        nation = country or known.capitals.get(name)
        if not nation or taken.over(span) or _is_place(tokens[-1], capital=country is None):
            continue
        draft = drafts.setdefault(nation, Draft(nation, ActorKind.GOVERNMENT))
        draft.mention(parsed.text, paragraph.span_of(with_article(tokens)))
    return list(drafts.values())


def _entities(parsed: Parsed) -> Iterator[tuple[Paragraph, list[Token], Span]]:
    """Entities that may be countries: paragraph, tokens without possessive and article, span."""
    for paragraph in parsed.paragraphs:
        for entity in paragraph.doc.ents:
            if entity.label_ not in _ENTITIES:
                continue
            words = (token for token in entity if not (token.tag_ == POSSESSIVE or token.is_space))
            tokens = list(dropwhile(_is_before_name, words))
            if tokens:
                yield paragraph, tokens, paragraph.span_of(tokens)


def _is_before_name(token: Token) -> bool:
    return token.is_punct or token.lower_ in lexicon("words")["articles of countries"]


def _is_place(token: Token, capital: bool) -> bool:
    """Whether a country or capital only says where, or names what is of there."""
    token = climb(token, lambda above: not _is_listed(above))
    if token.dep_ in ACTING:
        return False
    if token.dep_ != OBJECT_OF_PREPOSITION:
        return capital
    words = lexicon("countries")
    preposition = token.head
    attitude = preposition.head.lemma_.lower() in words["attitudes"]
    return preposition.lower_ in words["placing"] and not attitude


def _is_listed(token: Token) -> bool:
    """Whether a country is named beside another: "France and Germany"."""
    return token.dep_ == CONJUNCT and token.head.ent_type_ in PLACES


def add_acting_countries(parsed: Parsed, governments: list[Draft]) -> None:
    """Add "the country" to the mentions of the government that acted last before it."""
    acting = _Acting(parsed, governments)
    for paragraph, token in parsed.words():
        if not is_short_form(token) or not is_country_word(token):
            continue
        span = paragraph.span_of(token.doc[token.i - 1 : token.i + 1])
        government = acting.before(span)
        if government is not None and token.dep_ in _OWNS:
            government.mention(parsed.text, span)
            acting.put(span, government)


class _Acting:
    """Where governments are the subject of a verb."""

    def __init__(self, parsed: Parsed, governments: list[Draft]) -> None:
        self._parsed = parsed
        self._governments = governments
        self._places: list[tuple[Span, int]] = sorted(
            (span, -number)
            for number, one in enumerate(governments)
            for span in one.mentions
            if self._acts(span)
        )

    def put(self, span: Span, government: Draft) -> None:
        if self._acts(span):
            insort(self._places, (span, -self._governments.index(government)))

    def before(self, span: Span) -> Draft | None:
        """The government that acted last before `span`."""
        at = bisect_left(self._places, (span, -len(self._governments)))
        return self._governments[-self._places[at - 1][1]] if at else None

    def _acts(self, span: Span) -> bool:
        head = self._parsed.head(span)
        return head is not None and head.dep_ in _ACTS
