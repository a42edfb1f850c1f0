"""Words that can be a name: what the entities of the parse hold, and the proper nouns beside them.

An entity that holds two names is split ("Smith the Acme"), one that belongs to a longer name is
joined to it ("Municipality of *Livorno*"), and what is no part of a name is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import NAME, NAMED, ORGANISATION, PERSON, POSSESSIVE, STATE
from pullquote.analysis.lexicon import given_names, lexicon
from pullquote.analysis.prefixes import parted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Run  # of tokens

_MARKS = "-.'’"  # inside a name
_APOSTROPHES = "'’"
_FULL = 2  # words of a full name


class Candidate(NamedTuple):
    """Tokens that can be a name, without article and possessive."""

    tokens: list[Token]
    label: str = ""  # of the entity that is this name and no other


def candidates(doc: Doc) -> list[Candidate]:
    """The candidates of a paragraph, in order."""
    places = {entity.start: entity for entity in doc.ents if entity.label_ == STATE}
    runs = [(run, _place_behind(run[-1], places)) for run in _loose_runs(doc)]
    joined = {_ends(place) for _, place in runs if place is not None}
    entities = [one for one in _of_entities(doc) if _ends(one.tokens) not in joined]
    longer = [Candidate(name) for run, place in runs for name in split(_joined(run, place))]
    found = _of_two_places(sorted([*entities, *longer], key=lambda one: one.tokens[0].i))
    return [part for one in found for part in _parts(one)]


def _parts(one: Candidate) -> Iterator[Candidate]:
    """A candidate without what only runs into a person's name, and what else is named there."""
    before, name = parted(one.tokens)
    if len(name) == len(one.tokens):
        yield one
        return
    if before:
        yield Candidate(list(before))
    yield Candidate(list(name), one.label if one.label == PERSON else "")


def _of_two_places(found: list[Candidate]) -> list[Candidate]:
    """The same, the bodies that two places share made whole: "Devon and Cornwall Police"."""
    made: list[Candidate] = []
    for one in found:
        first = _other_place(one)
        if first is not None:
            made = [other for other in made if other.tokens[-1].i < first.i]
            one = Candidate([first, first.nbor(), *one.tokens], ORGANISATION)
        made.append(one)
    return made


def _other_place(body: Candidate) -> Token | None:
    """The name of one word that "and" joins to a body's; None where it ends a longer one."""
    start, end = _ends(body.tokens)
    doc = body.tokens[0].doc
    is_body = end > start > 1 and doc[end].lower_ in lexicon("people")["bodies of places"]
    if not is_body or doc[start - 1].lower_ != "and":
        return None
    first, before = doc[start - 2], doc[start - 3] if start > 2 else None
    is_longer = before is not None and (
        before.pos_ == NAME or before.lower_ in lexicon("people")["name_links"]
    )
    return None if is_longer or first.pos_ != NAME else first


def _of_entities(doc: Doc) -> Iterator[Candidate]:
    for entity in doc.ents:
        if entity.label_ in NAMED:
            names = split(entity)
            label = entity.label_ if len(names) == 1 else ""
            yield from (Candidate(name, label) for name in names)


def _loose_runs(doc: Doc) -> list[list[Token]]:
    """Proper nouns side by side that no entity holds."""
    runs = groupby(doc, _is_loose_name)
    return [list(run) for is_loose, run in runs if is_loose]


def _is_loose_name(token: Token) -> bool:
    is_name = token.pos_ == NAME and token.text[0].isupper()
    return is_name and token.ent_type_ not in NAMED


def _place_behind(token: Token, places: dict[int, Run]) -> Run | None:
    """The place that "of" joins to a name: "Municipality of Livorno"."""
    of = token.i + 1
    if of == len(token.doc) or token.doc[of].lower_ not in lexicon("words")["of places"]:
        return None
    return places.get(of + 1)


def _joined(name: list[Token], place: Run | None) -> list[Token]:
    return name if place is None else [*name, name[-1].nbor(), *place]


def _ends(tokens: Sequence[Token] | Run) -> tuple[int, int]:
    """The numbers of the first and the last token."""
    return tokens[0].i, tokens[-1].i


# --- "Smith the Acme": two names


def split(tokens: Sequence[Token] | Run) -> list[list[Token]]:
    """The parts of an entity that can each be a name: "Smith the Acme" holds two."""
    names: list[list[Token]] = [[]]
    for token in tokens:
        if _goes_on(names[-1], token):
            names[-1].append(token)
        elif names[-1]:
            names.append([])
    trimmed = map(_without_links, names)
    return [name for name in trimmed if name]


def _goes_on(name: list[Token], token: Token) -> bool:
    """Whether a word begins a name or, behind the words of one, goes on with it."""
    if name and token.text in _MARKS:
        return not _ends_owner(name[-1], token)
    if token.tag_ == POSSESSIVE:
        return bool(name) and _owns_a_name(name[-1], token)
    if token.is_space:
        return False
    return _can_name(token) or (bool(name) and _links(name, token))


def _ends_owner(owner: Token, mark: Token) -> bool:
    """Whether a mark ends whose somebody is: "Acme News’ Ann Cole"; not "Workers’ Daily"."""
    if mark.text not in _APOSTROPHES or not mark.whitespace_ or not owner.lower_.endswith("s"):
        return False
    behind = mark.doc[mark.i + 1 : mark.i + 3]
    is_full = len(behind) == _FULL and all(word.text[0].isupper() for word in behind)
    return is_full and behind[0].lower_ in given_names()


def _owns_a_name(owner: Token, possessive: Token) -> bool:
    """Whether a possessive stands inside a name: "Women’s Aid", "King’s College"."""
    behind = possessive.i + 1
    if behind == len(possessive.doc) or not possessive.doc[behind].text[0].isupper():
        return False
    return owner.text in lexicon("people")["owners in names"]


def _can_name(token: Token) -> bool:
    first = token.text[0]
    has_capital = first.isupper() or (first.isdigit() and not token.is_digit)  # "3M"
    return has_capital and token.lower_ not in lexicon("people")["no names"]


def _links(name: list[Token], token: Token) -> bool:
    """Whether a small word joins what is behind it to a name."""
    people = lexicon("people")
    word = token.lower_
    if word not in people["name_links"]:
        return False
    if word in lexicon("words")["definite"]:
        return name[-1].lower_ in people["links before the"]
    return word not in people["no links of people"] or name[0].lower_ not in given_names()


def _without_links(name: list[Token]) -> list[Token]:
    """A name without the small words and marks at its end."""
    while name and _is_loose_end(name[-1]):
        name = name[:-1]
    return name


def _is_loose_end(token: Token) -> bool:
    is_link = token.lower_ in lexicon("people")["name_links"] or token.is_punct
    return is_link and not token.text[0].isupper()
