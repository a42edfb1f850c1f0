"""Actors by where they are mentioned, while sources and pronouns are given to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from itertools import chain

from pullquote.analysis.drafts import Draft, initials
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.findings import ActorKind
from pullquote.text import Span


class Index:
    """The drafts by where they are mentioned and, those that are no persons, by their wording."""

    def __init__(self, parsed: Parsed, drafts: Iterable[Draft]) -> None:
        self.drafts: list[Draft] = []
        self._parsed = parsed
        self._places: Places[Draft] = Places()
        self._worded: dict[str, Draft] = {}
        for draft in drafts:
            self.add(draft)
            for span in draft.mentions:
                self._places.put(span, draft)

    def add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        if draft.kind is not ActorKind.PERSON:
            key = definite_article().sub("", draft.name.lower())
            self._worded.setdefault(key, draft)

    def beginnings(self) -> dict[int, tuple[Draft, Span]]:
        """The mentions by their first character; of several there the longest."""
        found: dict[int, tuple[Draft, Span]] = {}
        for draft in self.drafts:
            for span in draft.mentions:
                if span[0] not in found or span[1] >= found[span[0]][1][1]:
                    found[span[0]] = draft, span
        return found

    def mention(self, span: Span, draft: Draft) -> None:
        """Add a mention."""
        draft.mention(self._parsed.text, span)
        self._places.put(span, draft)

    def worded(self, name: str) -> Draft | None:
        """The draft of that name, whatever article stands before it; persons have none."""
        return self._worded.get(leading_articles().sub("", name.lower()))

    def person(self, words: Collection[str]) -> Draft | None:
        """The person most named whose name and role have all these words, or these initials.

        Words are in small letters, initials in capitals.
        """
        bearers = [self._people.get(word, ()) for word in words]
        if not bearers:
            return None
        known = (one for one in min(bearers, key=len) if all(one in ones for ones in bearers))
        return max(known, key=lambda draft: len(draft.mentions), default=None)

    def is_alone(self, draft: Draft) -> bool:
        """Whether no other person has the last word of an actor's name, as a family has."""
        return len(self._people.get(draft.name.casefold().split()[-1], ())) < 2

    @cached_property
    def _people(self) -> dict[str, list[Draft]]:
        """The persons by each word of their names and roles, and by their initials."""
        people: dict[str, list[Draft]] = defaultdict(list)
        for draft in self.drafts:
            if draft.kind is ActorKind.PERSON:
                words = f"{draft.name} {draft.role or ''}".casefold().split()
                for word in {*words, initials(draft.name)}:
                    people[word].append(draft)
        return people

    def mentions(self, span: Span) -> list[tuple[Span, Draft]]:
        """The mentions that share a character with `span`, with where they lie."""
        return [(at, draft) for at, draft in self._places.over(span) if at in draft.mentions]

    def named_in(self, span: Span) -> Iterator[tuple[Span, Draft]]:
        """The persons that are called by name in `span`, with where."""
        for at, draft in self.mentions(span):
            words = self._parsed.text[slice(*at)]
            if draft.kind is ActorKind.PERSON and _is_name(words):
                yield at, draft

    def exact(self, span: Span) -> Draft | None:
        """The draft with a mention of just these words."""
        return next((draft for at, draft in self.mentions(span) if at == span), None)

    def move(self, span: Span, draft: Draft) -> None:
        """Give a mention to a draft, whosesoever it was."""
        for at, other in self.mentions(span):
            if at == span:
                other.mentions.discard(span)
        self.mention(span, draft)

    def at(self, span: Span) -> Draft | None:
        """The draft whose shortest mention holds all of `span`."""
        hits = [
            one
            for one in self.mentions(span)
            if one[0][0] <= span[0] and span[1] <= one[0][1] and one[0] in one[1].mentions
        ]
        return min(hits, key=lambda hit: hit[0][1] - hit[0][0])[1] if hits else None


def _is_name(words: str) -> bool:
    """Whether a mention calls somebody by name: "I", "He" and "my mother" do not."""
    return words[0].isupper() and words.lower() not in stand_ins()


@cache
def stand_ins() -> frozenset[str]:
    """Every pronoun that stands for somebody, of all three persons."""
    pronouns = lexicon("mentions")["pronouns"]
    return lexicon("people")["stand_ins"] | frozenset(chain.from_iterable(pronouns.values()))


@cache
def definite_article() -> re.Pattern[str]:
    """The article at the beginning of a name."""
    return re.compile(rf"^(?:{any_of(lexicon('words')['definite'])}) ")


@cache
def leading_articles() -> re.Pattern[str]:
    """All articles at the beginning of a name."""
    return re.compile(rf"^(?:(?:{any_of(lexicon('words')['articles'])}) )+")
