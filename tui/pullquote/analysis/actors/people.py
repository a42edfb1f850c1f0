"""Persons: full names, then each short name to the full one before it, else the first after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pullquote.analysis.actors.phrases import mentions_of
from pullquote.analysis.drafts import POSSESSIVE, Bearers, Draft, FullNames, without_rank
from pullquote.analysis.en.labels import NAME
from pullquote.analysis.lexicon import countries, given_names, lexicon
from pullquote.analysis.names import Name, is_title
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.findings import ActorKind
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_FULL = 2  # words of a full name
_SHORTEST = 3  # letters of a part of a name that is looked for beside the entities

Short = tuple[Span, "list[Token]"]  # a name of one word


def find_people(parsed: Parsed, names: list[Name]) -> list[Draft]:
    """The persons that `names` name, with the mentions by a part of the name."""
    people = _People(parsed)
    short: list[Short] = []
    suffixes = lexicon("people")["suffixes"]
    for name in map(_without_rank, names):
        written = [t for t in name.tokens if not is_title(t) and t.text[0].isalpha()]
        written = _without_nationality(written)
        plain = [token for token in written if token.lower_ not in suffixes]
        if not plain or not plain[-1].text[0].isupper() or _is_faith(plain):
            continue
        if len(_words(plain)) == 1:
            short.append((name.span, name.tokens))
        else:
            people.add_full(name, written, plain)
    short += list(_missed(parsed, people, short))
    for span, tokens in sorted(short, key=lambda one: one[0]):
        people.add_short(span, tokens)
    return people.drafts()


def _is_faith(name: list[Token]) -> bool:
    """ "Muslim", "Roman Catholic": what somebody believes, and nobody's name."""
    return " ".join(token.lower_ for token in name) in lexicon("people")["faiths"]


def _without_nationality(name: list[Token]) -> list[Token]:
    """A name without the demonym before it: "Spaniard Ann Cole"; near miss: "German Gonzalez"."""
    first = name[0].text if len(name) > _FULL else ""
    is_national = first in countries().demonyms and first.lower() not in given_names()
    return name[1:] if is_national else name


class _People:
    """Persons while they are gathered."""

    def __init__(self, parsed: Parsed) -> None:
        self._text = parsed.text
        self._full = FullNames()
        self._bearers = Bearers()
        self._by_name: dict[str, Draft] = {}
        self._alone: dict[str, Draft] = {}  # those of whom no full name is there
        self._family: dict[str, Draft] = {}  # of these, children and the like, by given name

    def add_full(self, name: Name, written: list[Token], plain: list[Token]) -> None:
        """A name with a given name; `plain` is without titles and "Jr."."""
        given, *_, surname = words = [word.lower() for word in _words(plain)]
        key = " ".join(words)
        draft = self._by_name.get(key) or self._full.find(given, surname)
        if draft is None:
            full = POSSESSIVE.sub("", " ".join(_words(written)))
            first = name.tokens[0]
            of = None if first in written else countries().demonyms.get(first.text)
            draft = Draft(full, ActorKind.PERSON, gender=gender(name.tokens), affiliation=of)
            self._full.add(draft)
            self._bearers.add(draft, {given, surname})
        elif draft.name.isupper():
            draft.name = POSSESSIVE.sub("", " ".join(_words(written)))
        self._by_name[key] = draft
        for called in (*_titles(name.tokens), draft.gender):
            if called:
                self._bearers.call(draft, f"{called} {surname}")
        self._mention(draft, name.span, name.tokens)

    def add_short(self, span: Span, tokens: list[Token]) -> None:
        """A part of a name, or all that is known of one.

        "Mayor Cole" is whoever was called mayor, "Mrs Cole" no Tom; near miss: "Cole" alone is who
        of that name was mentioned last.
        """
        word = _words(tokens)[-1]
        bearers, part = self._bearers, word.lower()
        relative = self._relative(span, tokens)
        if relative is not None:
            relative.mention(self._text, span)
            return
        called = [f"{one} {part}" for one in _called(tokens)]
        nearest = (bearers.nearest(one, span) for one in (*called, part))
        draft = next(filter(None, nearest), None)
        draft = draft or bearers.first(part) or self._alone.get(part)
        sex = _gender_of_words(tokens)
        if draft is not None and sex is not None and draft.gender not in (None, sex):
            part = f"{sex} {part}"
            draft = self._alone.get(part)
        if draft is None:
            draft = Draft(word, ActorKind.PERSON, gender=sex)
            self._alone[part] = draft
        self._mention(draft, span, tokens)

    def _relative(self, span: Span, tokens: list[Token]) -> Draft | None:
        """A child or the like who goes by the given name, and is nobody who has it in full later.

        "Her son Tom wept. … a shirt of Tom Brandt"; near misses: "Tom Brandt wept. … her son Tom",
        and where others of the article are called Brandt, too.
        """
        word = _words(tokens)[-1]
        part = word.lower()
        bearer = None if part in self._family else self._bearers.first(part)
        if bearer is not None and _before(tokens) and part in given_names():
            surname = bearer.name.lower().split()[-1]
            is_child = _before(tokens)[0].lower_ in lexicon("people")["children"]
            is_told = self._bearers.nearest(part, span) is not None
            if is_child and not is_told and self._bearers.count(surname) == 1 and surname != part:
                sex = gender([*_before(tokens), *tokens]) or given_names()[part] or None
                self._family[part] = Draft(word, ActorKind.PERSON, gender=sex, is_given=True)
        return self._family.get(part)

    def _mention(self, draft: Draft, span: Span, tokens: list[Token]) -> None:
        draft.mention(self._text, span)
        self._bearers.mention(draft, span)
        draft.gender = draft.gender or gender(tokens)

    def parts(self) -> set[str]:
        """The given names and surnames so far, but for initials."""
        return {part for part in self._bearers.words() if len(part) >= _SHORTEST}

    def drafts(self) -> list[Draft]:
        return [*self._full.drafts, *self._alone.values(), *self._family.values()]


def _without_rank(name: Name) -> Name:
    words = without_rank([token.text for token in name.tokens])
    if len(words) == len(name.tokens):
        return name
    rest = name.tokens[-len(words) :]
    return replace(name, tokens=rest, span=name.paragraph.span_of(rest))


def _words(name: list[Token]) -> list[str]:
    """The words of a name as they are written; the parser takes "Mary-Ann" for three."""
    written = (token for token in name if token.text[0].isalpha())
    return "".join(f"{token.text}{_joint(token)}" for token in written).strip("-").split()


def _joint(token: Token) -> str:
    """What stands between a word of a name and the next: a blank, or a hyphen."""
    is_last = token.i + 1 == len(token.doc)
    return "-" if not is_last and not token.whitespace_ and token.nbor().text == "-" else " "


def _missed(parsed: Parsed, people: _People, short: list[Short]) -> Iterator[Short]:
    """Short names of known persons that the entities leave out or take for something else."""
    named: Places[None] = mentions_of(people.drafts())
    for span, _ in short:
        named.put(span, None)
    parts = people.parts()
    common = {token.text for _, token in parsed.words() if token.is_lower}
    for paragraph, token in parsed.words():
        if token.lower_ not in parts or not _is_capital_name(token, common):
            continue
        span = paragraph.span_of([token])
        if not named.over(span):
            yield span, [token]


def _is_capital_name(token: Token, common: set[str]) -> bool:
    """Whether a capital is a name's, not a sentence's: the word is nowhere in small letters."""
    return token.text[0].isupper() and (token.pos_ == NAME or token.lower_ not in common)


def gender(tokens: list[Token]) -> str | None:
    """By title, by word beside the name, by given name: "m", "f" or not known."""
    return _gender_of_words(tokens) or _gender_of_given_name(tokens)


def _gender_of_words(tokens: list[Token]) -> str | None:
    words = map(_gender_of_word, [*tokens, *_before(tokens)])
    return next(filter(None, words), None)


def _before(tokens: list[Token]) -> list[Token]:
    first = tokens[0]
    return [first.nbor(-1)] if first.i else []


def _titles(tokens: list[Token]) -> list[str]:
    """The offices in a name and before it, in small letters: "mayor" of "Mayor Cole"."""
    offices = lexicon("mentions")["titles"] | lexicon("people")["groups"]
    words = (token.lower_.rstrip(".") for token in [*_before(tokens), *tokens])
    return [word for word in words if word in offices]


def _called(tokens: list[Token]) -> list[str]:
    """What a short name says of whose it is: titles, and whether "Mr" or "Mrs" stands before."""
    sex = _gender_of_words(tokens)
    return [*_titles(tokens), *([sex] if sex else [])]


def _gender_of_word(token: Token) -> str | None:
    """Of a form of address, or of a word like "spokeswoman"."""
    words = lexicon("people")
    for gender, sex in (("m", "male"), ("f", "female")):
        if token.text in words[f"{sex}_titles"] or token.lower_ in words[f"{sex}_words"]:
            return gender
    return None


def _gender_of_given_name(name: list[Token]) -> str | None:
    if len(name) == 1:
        return None  # it may be a surname
    given = next((token.lower_ for token in name if not is_title(token)), "")
    return given_names().get(given) or None
