"""Countries where they act, by name or by capital, and "the country" for the last that did.

A country is an actor where it acts or is acted on, not where something merely lies or happens.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pullquote.analysis.actors.organisations import is_country_word, is_short_form
from pullquote.analysis.actors.phrases import mentions_of, with_article
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import (
    ACTING,
    OBJECT_OF_PREPOSITION,
    PLACES,
    POSSESSOR,
    SUBJECTS,
)
from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, climb
from pullquote.findings import ActorKind
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENTITIES = (*PLACES, "ORG", "PERSON")  # what countries are taken for


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
        draft.mention(parsed.text, parsed.clause(paragraph.start, with_article(tokens)))
    return list(drafts.values())


def _entities(parsed: Parsed) -> Iterator[tuple[Paragraph, list[Token], Span]]:
    """Entities that may be countries: their paragraph, tokens without a possessive mark or an
    article, and span.
    """
    for paragraph in parsed.paragraphs:
        for entity in paragraph.doc.ents:
            if entity.label_ not in _ENTITIES:
                continue
            tokens = [token for token in entity if token.tag_ != "POS" and not token.is_space]
            while tokens and (tokens[0].is_punct or tokens[0].lower_ in ("the", "a")):
                tokens = tokens[1:]
            if tokens:
                yield paragraph, tokens, parsed.clause(paragraph.start, tokens)


def _is_place(token: Token, capital: bool) -> bool:
    """Whether a country or capital only says where, or names what is of there."""
    token = climb(token, lambda one: not _is_listed(one))
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
    return token.dep_ == "conj" and token.head.ent_type_ in PLACES


def add_acting_countries(parsed: Parsed, governments: list[Draft]) -> None:
    """Add "the country" to the mentions of the government that acted last before it."""
    acting = _Acting(parsed, governments)
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if not is_country_word(token) or not is_short_form(token):
                continue
            span = parsed.clause(paragraph.start, [token.doc[token.i - 1], token])
            government = acting.before(span)
            if government is not None and token.dep_ in (*SUBJECTS, POSSESSOR):
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
        return head is not None and head.dep_ in (*SUBJECTS, "conj")
