"""Organisations, a possessor with them ("Russia’s Foreign Ministry"), seats, and short forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pullquote.analysis.actors.phrases import is_behind_article, mentions_of, with_article
from pullquote.analysis.drafts import POSSESSIVE, Bearers, Draft, ShortNames, initials
from pullquote.analysis.en.labels import ATTRIBUTES, NOUNS, ORGANISATION, PERSON, POSSESSOR
from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.analysis.names import Name, is_country, is_title
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.findings import ActorKind
from pullquote.text import one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

_FULL = 2  # words of a full name


def find_organisations(parsed: Parsed, names: list[Name], people: list[Draft]) -> list[Draft]:
    """The organisations that `names` name, where no person's name is; the longest names first."""
    organisations = _Organisations(parsed)
    taken = mentions_of(people)
    for name in sorted(names, key=lambda name: -len(name.tokens)):
        bare = POSSESSIVE.sub("", name.text)
        seat = _seat(bare)
        if seat is None and not _is_organisation(name, bare):
            continue
        if not taken.over(name.span) and not _is_role(name.tokens):
            organisations.add(name, bare, seat)
    return organisations.drafts()


def _is_full(name: list[Token]) -> bool:
    """Whether a name is like a person's, which no country owns: "Serbia’s Ann Cole"."""
    return len(name) == _FULL and name[0].lower_ in given_names()


def _seat(name: str) -> str | None:
    """The seat of government that a name ends in: "the Kremlin"."""
    words = name.split(" ")
    ends = {" ".join(words[first:]) for first in range(len(words))}
    return next((seat for seat in countries().seats if seat in ends), None)


def _is_organisation(name: Name, bare: str) -> bool:
    return name.label == ORGANISATION and not is_country(bare) and not _is_office(name.tokens)


def _is_office(tokens: list[Token]) -> bool:
    """Whether a name is only a word for a person's office: "President", "Senator"."""
    if len(tokens) > 1:
        return False
    people = lexicon("people")
    lemma = tokens[0].lemma_.lower()
    return lemma in people["groups"] or lemma in people["unnamed"] or is_title(tokens[0])


def _is_role(tokens: list[Token]) -> bool:
    """Whether an entity only belongs to a person's role: "Defense" in "Defense Minister Shoigu"."""
    last = tokens[-1]
    if len(tokens) > 1 or last.dep_ not in ATTRIBUTES or last.head.i <= last.i:
        return False
    return last.text in lexicon("people")["portfolios"] or last.head.ent_type_ == PERSON


class _Organisations:
    """Organisations while they are gathered."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._drafts: dict[str, Draft] = {}
        self._known_as = ShortNames()

    def add(self, name: Name, bare: str, seat: str | None) -> None:
        """A mention, of an organisation that is known or a new one."""
        paragraph, tokens = name.paragraph, name.tokens
        owner = _owner(tokens)
        if owner is not None and countries().names.get(owner.text) and not _is_full(tokens):
            tokens = [owner, *owner.doc[owner.i + 1 : tokens[-1].i + 1]]
            bare = one_line(self._parsed.text[slice(*paragraph.span_of(tokens))])
        key = seat or bare.lower().replace(".", "")
        draft = self._drafts.get(key) or self._known_as.find(bare, name.span[0])
        if draft is None:
            draft = _organisation(bare, seat, owner)
            self._known_as.add(draft)
        elif draft.name.isupper() and draft.name.lower() == bare.lower():
            draft.name = bare
        self._drafts[key] = draft
        span = paragraph.span_of(with_article(tokens))
        draft.mention(self._parsed.text, span)
        if short := defined_behind(self._parsed.text, span[1], bare):
            self._known_as.define(short, draft)

    def drafts(self) -> list[Draft]:
        """Each once, in the order of their first mentions."""
        return sorted(dict.fromkeys(self._drafts.values()), key=lambda draft: min(draft.mentions))


_SPOKEN = 3  # letters of initials that are written like a name: "Nasa"
_DEFINED = re.compile(r"\s?\(\s?(?:the )?[“\"]?([A-Z][\w&.-]{1,9})[”\"]?\s?\)")


def defined_behind(text: str, end: int, name: str) -> str | None:
    """The short form that brackets behind a name define, if its letters are the name's.

    "Center for Disease Control (CDC)", "Scottish Water Protection Agency (Swpa)" as British
    papers write it; near misses: "Acme Corp (Ohio)", "Aston Energy (As)".
    """
    match = _DEFINED.match(text, end)
    if match is None:
        return None
    capitals = iter([word[0].lower() for word in re.split(r"[\s-]+", name) if word])
    letters = [letter.lower() for letter in match[1] if letter.isalnum()]
    is_short = match[1].isupper() or len(letters) >= _SPOKEN
    return match[1] if is_short and all(letter in capitals for letter in letters) else None


def _owner(tokens: list[Token]) -> Token | None:
    """The possessor before a name: "Russia" of "Russia’s Foreign Ministry"."""
    first = tokens[0].i
    owners = (child for child in tokens[-1].children if child.dep_ == POSSESSOR)
    return next((owner for owner in owners if owner.i < first), None)


def _organisation(name: str, seat: str | None, owner: Token | None) -> Draft:
    known = countries()
    if seat is None:
        draft = Draft(name, ActorKind.ORGANISATION)
    else:
        called = f"the {seat}" if seat in known.behind_the else name
        draft = Draft(called, ActorKind.GOVERNMENT)
    country = known.names.get(owner.text) if owner is not None else None
    draft.affiliation = known.seats.get(seat or "") or country
    return draft


def add_short_forms(parsed: Parsed, organisations: list[Draft]) -> None:
    """Initials, and "the Ministry" for the organisation that ends so and was named last.

    "The House" is no short form of "the White House": it is another.
    """
    named = mentions_of(organisations)
    _add_initials(parsed, organisations, named)
    by_last = Bearers()
    for draft in organisations:
        words = draft.name.lower().split()
        if len(words) > 1 and words[-1] not in lexicon("people")["no short forms"]:
            by_last.add(draft, [words[-1]])
    for paragraph, token in parsed.words():
        if not is_short_form(token) or is_country_word(token) or _is_thing(token):
            continue
        span = paragraph.span_of(token.doc[token.i - 1 : token.i + 1])
        nearest = by_last.nearest(token.lower_, span)
        if nearest is not None and not named.over(span):
            nearest.mention(parsed.text, span)
            by_last.mention(nearest, span)


def _is_thing(token: Token) -> bool:
    """Whether a noun in small letters is no body: "the moon" is not "Blue Moon"."""
    people, sources = lexicon("people"), lexicon("sources")
    lemma = token.lemma_.lower()
    bodies = (people["company"], people["collective"], people["kinds"]["organisation"])
    return token.is_lower and not (
        lemma in sources["institutions"] or any(lemma in names for names in bodies)
    )


def _add_initials(parsed: Parsed, organisations: list[Draft], named: Places[None]) -> None:
    initialled = ((initials(draft.name), draft) for draft in organisations)
    by_initials = {
        letters: draft
        for letters, draft in initialled
        if len(letters) > 1 and letters in parsed.text
    }
    if not by_initials:
        return
    for paragraph, token in parsed.words():
        if token.text not in by_initials:
            continue
        span = paragraph.span_of([token])
        if not named.over(span):
            by_initials[token.text].mention(parsed.text, span)


def is_short_form(token: Token) -> bool:
    """Whether a noun stands right behind "the"."""
    return token.pos_ in NOUNS and is_behind_article(token)


def is_country_word(token: Token) -> bool:
    """ "country" and "nation" stand for a government, whatever organisation's name ends so."""
    return token.lower_ in lexicon("people")["countries"]
