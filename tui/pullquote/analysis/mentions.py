"""Actors by where they are mentioned, while sources and pronouns are given to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.places import Places
from pullquote.findings import ActorKind
from pullquote.text import Span

if TYPE_CHECKING:
    from pullquote.analysis.drafts import Draft


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

    def mentions(self, span: Span) -> list[tuple[Span, Draft]]:
        """The mentions that share a character with `span`, with where they lie."""
        return [(at, draft) for at, draft in self._places.over(span) if at in draft.mentions]

    def named_in(self, span: Span) -> Iterator[tuple[Span, Draft]]:
        """The persons that are called by name in `span`, with where."""
        stand_ins = lexicon("people")["stand_ins"]
        text = self._parsed.text
        for at, draft in self.mentions(span):
            if draft.kind is ActorKind.PERSON and text[slice(*at)].lower() not in stand_ins:
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


@cache
def definite_article() -> re.Pattern[str]:
    """The article at the beginning of a name."""
    return re.compile(rf"^(?:{any_of(lexicon('words')['definite'])}) ")


@cache
def leading_articles() -> re.Pattern[str]:
    """All articles at the beginning of a name."""
    return re.compile(rf"^(?:(?:{any_of(lexicon('words')['articles'])}) )+")
