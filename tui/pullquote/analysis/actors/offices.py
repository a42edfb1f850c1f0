""" "the president" for the person of that role who was named last."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pullquote.analysis.actors.phrases import mentions_of
from pullquote.analysis.drafts import Bearers, Draft
from pullquote.analysis.en.labels import SINGULARS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PHRASE = 13  # words of an office with all that is said of it before; no office has more


def add_offices(parsed: Parsed, people: list[Draft]) -> None:
    """Add offices with "the" to the mentions of who holds them."""
    holders = _Holders(people)
    named = mentions_of(people)
    for paragraph, token in parsed.words():
        phrase = _office(token, holders.offices)
        if not phrase:
            continue
        span = paragraph.span_of(phrase)
        holder = holders.nearest(phrase, span)
        if holder is not None and not named.over(span):
            holder.mention(parsed.text, span)
            holders.mention(holder, span)


def _office(token: Token, offices: Collection[str]) -> list[Token]:
    """The words of "the French president", if the token is an office and nothing follows it."""
    if token.lower_ not in offices or token.tag_ not in SINGULARS:
        return []
    phrase = token.doc[token.left_edge.i : token.i + 1]
    if not 1 < len(phrase) <= _PHRASE or phrase[0].lower_ not in lexicon("words")["definite"]:
        return []
    is_last = all(child.is_punct for child in token.rights)
    return list(phrase) if is_last else []


class _Holders:
    """Persons by the last word of their role, alone and with each of the others before it."""

    def __init__(self, people: list[Draft]) -> None:
        self._bearers = Bearers()
        self._roles: dict[int, set[str]] = {}  # the words of each person's
        for draft in people:
            if draft.role:
                words = draft.role.lower().split()
                self._roles[id(draft)] = set(words)
                self._bearers.add(draft, {words[-1], *(f"{one} {words[-1]}" for one in words)})
        self.offices = set(self._bearers.words())

    def nearest(self, phrase: list[Token], span: Span) -> Draft | None:
        """Of those whose role has all words of the phrase the one named last before `span`."""
        said = {token.lower_ for token in phrase[1:-1]}
        office = phrase[-1].lower_
        key = f"{min(said)} {office}" if said else office
        return self._bearers.nearest(key, span, lambda one: said <= self._roles[id(one)])

    def mention(self, holder: Draft, span: Span) -> None:
        self._bearers.mention(holder, span)
