"""Firms that are named like two people: "Cole and Park Ltd", "Cole and Park, the law firm".

So is what is named again and again, and always both at once: "Thorn and Quill said … Thorn and
Quill sells soap". Near misses: "Ann Cole and Park Ltd", "Thorn and Quill said … Quill left", two
lands, and two given names: "Ann and Tom".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import NAME, NOUN, ORGANISATION, PEOPLE, STATE
from pullquote.analysis.lexicon import given_names, lexicon
from pullquote.text import one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pullquote.analysis.names import Name

_BEHIND = 4  # words from a comma to the noun that tells a firm: ", the old law firm"
_NOMINAL = (NOUN, NAME, "ADJ")  # parts of speech of which a noun phrase is
_AGAIN = 2  # times that what is no more than two names has to be there

Pair = tuple["Name", "Name"]


def with_firms(text: str, names: Sequence[Name]) -> list[Name]:
    """The names in text order, the firms among them whole."""
    pairs = [pair for pair in pairwise(names) if _are_joined(*pair)]
    if not pairs:
        return list(names)
    firms = _firms(pairs, names)
    made: list[Name] = []
    for one in names:
        if made and (made[-1].key, one.key) in firms and _are_joined(made[-1], one):
            one = _whole(text, made.pop(), one)
        made.append(one)
    return made


def _are_joined(first: Name, second: Name) -> bool:
    """Whether "and" stands between a name of one word and the next."""
    joint = first.tokens[-1].i + 1
    if first.paragraph is not second.paragraph or second.tokens[0].i != joint + 1:
        return False
    is_one = len(first.tokens) == 1 and len(_without_form(second)) == 1
    return is_one and first.tokens[0].doc[joint].lower_ in lexicon("words")["joining"]


def _without_form(name: Name) -> list[Token]:
    """The words of a name without "Ltd"."""
    forms = lexicon("names")["legal forms"]
    return [token for token in name.tokens if token.lower_.strip(".") not in forms]


def _firms(pairs: Sequence[Pair], names: Iterable[Name]) -> set[tuple[str, str]]:
    """The pairs that are firms, each by its names in small letters."""
    counted = Counter((first.key, second.key) for first, second in pairs)
    often = Counter(token.lower_ for name in names for token in name.tokens)
    told = {(one.key, other.key) for one, other in pairs if _is_told(one, other)}
    again = {
        (one.key, other.key)
        for one, other in pairs
        if counted[one.key, other.key] >= _AGAIN
        and often[one.key] == often[other.key] == counted[one.key, other.key]
        and not (one.label in (STATE, PEOPLE) or other.label in (STATE, PEOPLE))
        and not {one.key, other.key} <= given_names().keys()
    }
    return {pair for pair in told if often[pair[0]] == counted[pair]} | again


def _is_told(first: Name, second: Name) -> bool:
    """Whether the words beside two names say that they are a firm."""
    if len(_without_form(second)) < len(second.tokens):
        return True
    doc, end = second.tokens[0].doc, second.tokens[-1].i + 1
    nouns = lexicon("people")["kinds"]["organisation"]
    start = first.tokens[0].i
    if start and doc[start - 1].lower_ in nouns:
        return True
    behind = doc[end : end + 1 + _BEHIND]
    is_apposed = len(behind) > 1 and behind[0].text == ","
    is_apposed = is_apposed and behind[1].lower_ in lexicon("words")["articles"]
    phrase = [one.lower_ for one in takewhile(lambda one: one.pos_ in _NOMINAL, behind[2:])]
    return is_apposed and bool(phrase) and phrase[-1] in nouns  # not "the company founders"


def _whole(text: str, first: Name, second: Name) -> Name:
    start, end = first.tokens[0].i, second.tokens[-1].i + 1
    tokens = list(first.tokens[0].doc[start:end])
    span = first.span[0], second.span[1]
    return replace(
        first, tokens=tokens, span=span, text=one_line(text[slice(*span)]), label=ORGANISATION
    )
