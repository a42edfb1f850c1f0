"""Which actor the source of an attribution is.

A name, a pronoun or a phrase that an actor is mentioned by; a relative ("who cautioned that")
stands for what it follows; a possessive ("Her remarks") for its possessor; any other wording is an
unnamed source, kept as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from pullquote.analysis.actors import finished
from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import NAME, PERSON, POSSESSOR, PRONOUN
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, antecedent, child
from pullquote.analysis.places import Places
from pullquote.analysis.sourcing import is_document
from pullquote.findings import Actor, ActorKind, Attribution, AttributionKind
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token


def assign_speakers(
    parsed: Parsed, drafts: list[Draft], attributions: list[Attribution]
) -> tuple[list[Actor], list[Attribution]]:
    """The finished actors, and the attributions with speakers; new sources become actors.

    Args:
        parsed: The text.
        drafts: The actors so far; they get mentions where a source stands for them.
        attributions: In text order.

    Returns:
        The actors in the order of their first mention, and the attributions as they were, each
        with the id of its speaker, or none.
    """
    index = _Index(drafts)
    speakers = list(_speakers(parsed, index, attributions))
    actors = finished(index.drafts)
    # of two actors with one name at one place (a government, a people) the last alone speaks
    named = {(actor.mentions[0], actor.name): draft for draft, actor in actors.items()}
    ids = {draft: actors[draft].id for draft in named.values()}
    spoken = [
        msgspec.structs.replace(one, speaker=ids.get(speaker) if speaker else None)
        for one, speaker in zip(attributions, speakers, strict=True)
    ]
    return list(actors.values()), spoken


class _Index:
    """The drafts by where they are mentioned and, those that are no persons, by their wording."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.drafts: list[Draft] = []
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

    def mention(self, text: str, span: Span, draft: Draft) -> None:
        draft.mention(text, span)
        self._places.put(span, draft)

    def worded(self, name: str) -> Draft | None:
        """The draft of that name, whatever article stands before it."""
        return self._worded.get(leading_articles().sub("", name.lower()))

    def at(self, span: Span) -> Draft | None:
        """The draft whose shortest mention holds all of `span`."""
        over = self._places.over(span)
        hits = [one for one in over if one[0][0] <= span[0] and span[1] <= one[0][1]]
        return min(hits, key=lambda hit: hit[0][1] - hit[0][0])[1] if hits else None


@cache
def definite_article() -> re.Pattern[str]:
    """The article at the beginning of a name."""
    return re.compile(rf"^(?:{any_of(lexicon('words')['definite'])}) ")


@cache
def leading_articles() -> re.Pattern[str]:
    """All articles at the beginning of a name."""
    return re.compile(rf"^(?:(?:{any_of(lexicon('words')['articles'])}) )+")


# --- who is meant


def _speakers(
    parsed: Parsed, index: _Index, attributions: Sequence[Attribution]
) -> Iterator[Draft | None]:
    """The speaker of each attribution; of one that has no source that of the one before."""
    before: tuple[Attribution, Draft | None] | None = None
    for one in attributions:
        speaker = None
        if one.source:
            speaker = _speaker(parsed, index, one.source[0])
        elif before is not None and _floats(parsed, one, before[0]):
            speaker = before[1]
        yield speaker
        before = one, speaker


def _speaker(parsed: Parsed, index: _Index, source: Span) -> Draft | None:
    """The actor that a source names or stands for, or is itself; none for "it" and its like."""
    head, paragraph = parsed.head(source), parsed.paragraph(source[0])
    if head is None or paragraph is None:
        return None
    followed = antecedent(head)
    meant = head if followed is None else followed
    named = index.at(paragraph.span_of([meant]))
    if named is not None:
        if followed is not None:
            named.mention(parsed.text, paragraph.span_of([head]))
        return named
    owner = _owner(index, paragraph, meant)
    if owner is not None or _is_nobody(meant):
        return owner
    return _unnamed(parsed, index, source, meant, paragraph)


def _owner(index: _Index, paragraph: Paragraph, head: Token) -> Draft | None:
    """The actor of "her" in "her remarks"."""
    possessor = child(head, (POSSESSOR,))
    return index.at(paragraph.span_of([possessor])) if possessor is not None else None


def _is_nobody(head: Token) -> bool:
    words = lexicon("words")
    is_pronoun = head.pos_ == PRONOUN and head.lower_ not in words["somebody"]
    return is_pronoun or head.lower_ in words["nobody"]


def _unnamed(
    parsed: Parsed, index: _Index, source: Span, head: Token, paragraph: Paragraph
) -> Draft:
    """A new actor, or the one of the same wording before."""
    start, end = source[0] - paragraph.start, source[1] - paragraph.start
    phrase = [token for token in noun_phrase(head) if start <= token.idx < end]
    span = paragraph.span_of(phrase or parsed.tokens(source))
    name = one_line(parsed.text[slice(*span)])
    draft = index.worded(name)
    if draft is None:
        draft = Draft(name, ActorKind.DOCUMENT if is_document(name) else _kind(head))
        index.add(draft)
    index.mention(parsed.text, span, draft)
    return draft


def _kind(head: Token) -> ActorKind:
    if head.lemma_.lower() in lexicon("people")["groups"]:
        return ActorKind.GROUP
    if head.pos_ == NAME:
        return ActorKind.PERSON if head.ent_type_ == PERSON else ActorKind.ORGANISATION
    return ActorKind.UNNAMED


def _floats(parsed: Parsed, one: Attribution, before: Attribution) -> bool:
    """Whether a quotation without a source follows on what an attribution cites."""
    if one.kind is AttributionKind.INDIRECT or not one.content or not before.content:
        return False
    here, there = parsed.paragraph(one.content[0][0]), parsed.paragraph(before.content[-1][0])
    if here is None or there is None:
        return False
    return here.start == there.start or parsed.text[there.span[1] : here.start].strip() == ""
