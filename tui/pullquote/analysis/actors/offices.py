""" "the president", "the Spaniard" for the person who was named last of those who are that.

"Canadian striker Ann Cole scored. “It was luck,” the Canadian said" is of one person; near misses:
"the Canadian government", "the Canadians", "the French", who are many. The office is what stands
before "of" or "for": behind "Ann Cole, a member of the School Board" the board is no person.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile
from typing import TYPE_CHECKING

from pullquote.analysis.actors.phrases import mentions_of
from pullquote.analysis.drafts import Bearers, Draft
from pullquote.analysis.en.labels import SINGULARS, SUBJECTS
from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_MANY = ("ese", "sh", "ch", "ss")  # demonyms for many that look like those for one
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
    if token.lower_ not in offices:
        return []
    is_one = token.tag_ in SINGULARS or (token.text in countries().demonyms and _is_subject(token))
    if not is_one:
        return []
    phrase = token.doc[token.left_edge.i : token.i + 1]
    if not 1 < len(phrase) <= _PHRASE or phrase[0].lower_ not in lexicon("words")["definite"]:
        return []
    is_last = all(child.is_punct for child in token.rights)
    return list(phrase) if is_last else []


def _is_subject(token: Token) -> bool:
    """Whether a demonym is somebody who does something, for all that it is read as an adjective."""
    return token.dep_ in SUBJECTS and not token.lower_.endswith(_OF_MANY)


def _nationals(draft: Draft) -> set[str]:
    """What a person can be called by the country that they are of: "spaniard"."""
    if draft.affiliation is None:
        return set()
    known = countries().demonyms.items()
    return {word.lower() for word, country in known if country == draft.affiliation}


def _office_in(role: list[str]) -> str:
    """The last word of a role before those that tell of what: "spokesman" for a company."""
    joints = lexicon("words")["of offices"]
    return next(reversed([*takewhile(lambda word: word not in joints, role)]), "")


class _Holders:
    """Persons by the last word of their role, alone and with each of the others before it."""

    def __init__(self, people: list[Draft]) -> None:
        self._bearers = Bearers()
        self._roles: dict[int, set[str]] = {}  # the words of each person's
        for draft in people:
            words = (draft.role or "").lower().split()
            self._roles[id(draft)] = set(words)
            office = _office_in(words)
            offices = {office, *(f"{one} {office}" for one in words)} if office else set()
            self._bearers.add(draft, offices | _nationals(draft))
        self.offices = set(self._bearers.words())

    def nearest(self, phrase: list[Token], span: Span) -> Draft | None:
        """Of those whose role has all words of the phrase the one named last before `span`."""
        said = {token.lower_ for token in phrase[1:-1]}
        office = phrase[-1].lower_
        key = f"{min(said)} {office}" if said else office
        return self._bearers.nearest(key, span, lambda one: said <= self._roles[id(one)])

    def mention(self, holder: Draft, span: Span) -> None:
        self._bearers.mention(holder, span)
