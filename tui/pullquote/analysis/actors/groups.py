"""Peoples and parties by their plural, and noun phrases for people without a name that act."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.actors.phrases import mentions_of, noun_phrase
from pullquote.analysis.actors.roles import country_in
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import (
    AGENT,
    OBJECT_OF_PREPOSITION,
    PLURALS,
    SAYS_MORE,
    SINGULAR,
    SUBJECTS,
)
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.names import Name
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.findings import ActorKind
from pullquote.text import one_line

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def determiner() -> re.Pattern[str]:
    """What stands before a noun, at the beginning of a phrase."""
    return re.compile(rf"^(?:{any_of(lexicon('words')['determiners'])}) ")


def find_peoples(parsed: Parsed, names: list[Name]) -> list[Draft]:
    """ "Muslims", "the Democrats": all of a people, a faith or a party, by the plural."""
    found: dict[str, Draft] = {}
    groups = lexicon("people")["groups"]
    for name in names:
        token = name.tokens[-1]
        plural = token.tag_ in PLURALS and len(name.tokens) == 1
        if plural and (name.label or token.lemma_.lower() in groups):
            draft = found.setdefault(name.text.lower(), Draft(name.text, ActorKind.GROUP))
            draft.mention(parsed.text, name.span)
    return list(found.values())


class Row(NamedTuple):
    """When a noun that acts is an actor of a kind, a sentence where it is and a near miss."""

    kind: ActorKind
    when: Callable[[Token], bool]
    yes: str
    no: str


def _is(token: Token, *lists: str) -> bool:
    """Whether a word is in all of these lists of words for people."""
    people = lexicon("people")
    return all(token.lemma_.lower() in people[name] for name in lists)


def _is_one_of_many(token: Token) -> bool:
    """ "a senator", "another lawyer": one person, not named."""
    one_of = lexicon("words")["one of many"]
    return token.tag_ == SINGULAR and any(child.lower_ in one_of for child in token.children)


def _is_plural(token: Token) -> bool:
    return token.tag_ in PLURALS or token.lemma_.lower() in lexicon("words")["always plural"]


ROWS = (
    Row(
        ActorKind.UNNAMED,
        lambda token: _is(token, "unnamed"),
        yes="The official left the room.",
        no="The picture left the room.",
    ),
    Row(
        ActorKind.GROUP,
        lambda token: _is(token, "groups", "collective"),
        yes="The police left the room.",
        no="The paint left the room.",
    ),
    Row(
        ActorKind.UNNAMED,
        lambda token: _is(token, "groups") and _is_one_of_many(token),
        yes="A senator left the room.",
        no="The senator left the room.",
    ),
    Row(
        ActorKind.GROUP,
        lambda token: _is(token, "groups") and _is_plural(token),
        yes="Senators left the room.",
        no="Pictures left the room.",
    ),
)


def find_groups(parsed: Parsed, others: list[Draft]) -> list[Draft]:
    """ "British officials", "ministers from across Europe", where no other actor is named."""
    named = mentions_of(others)
    found: dict[str, Draft] = {}
    for paragraph, token in parsed.words():
        kind = _kind(token)
        offset = paragraph.start + token.idx
        if kind is None or named.over((offset, offset + 1)):
            continue
        phrase = noun_phrase(token)
        span = paragraph.span_of(phrase)
        name = one_line(parsed.text[slice(*span)])
        draft = found.setdefault(determiner().sub("", name.lower()), Draft(name, kind))
        draft.affiliation = draft.affiliation or country_in(phrase)
        draft.mention(parsed.text, span)
    _add_bare(parsed, found, named)
    return list(found.values())


def _add_bare(parsed: Parsed, found: dict[str, Draft], named: Places[None]) -> None:
    """Mentions of groups by the bare noun, whatever it does: "asked villagers" for "the villagers".

    Near misses: "young villagers", "villagers of the hills", who are others.
    """
    for paragraph, token in parsed.words():
        draft = found.get(token.lower_) if token.tag_ in PLURALS else None
        if draft is None or draft.kind is not ActorKind.GROUP or not _says_no_more(token):
            continue
        span = paragraph.span_of([*token.lefts, token])
        if not named.over(span):
            draft.mention(parsed.text, span)


def _says_no_more(token: Token) -> bool:
    """Whether nothing but "the" and its like belongs to a noun."""
    determiners = lexicon("words")["determiners"]
    is_more = any(one.dep_ in SAYS_MORE for one in token.rights)
    return not is_more and all(one.lower_ in determiners for one in token.lefts)


def _kind(token: Token) -> ActorKind | None:
    """The kind of actor that a noun is, if it acts and is one; not a "those" alone."""
    if not _acts(token) or _is_alone(token):
        return None
    return next((row.kind for row in ROWS if row.when(token)), None)


def _acts(token: Token) -> bool:
    is_agent = token.dep_ == OBJECT_OF_PREPOSITION and token.head.dep_ == AGENT
    return is_agent or token.dep_ in SUBJECTS


def _is_alone(token: Token) -> bool:
    """Whether a "those" has nothing behind it that says who."""
    return token.lower_ in lexicon("words")["demonstratives"] and not any(token.rights)
