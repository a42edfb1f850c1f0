"""Which actor the source of an attribution is.

A name, a pronoun or a phrase that an actor is mentioned by; a relative ("who cautioned that")
stands for what it follows; a possessive ("Her remarks") for its possessor; any other wording is an
unnamed source, kept as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from pullquote.analysis.actors import finished
from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.drafts import Draft
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, antecedent
from pullquote.analysis.places import Places
from pullquote.analysis.sourcing import is_document
from pullquote.findings import Actor, ActorKind, Attribution
from pullquote.text import Span, one_line

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOBODY = {"it", "this", "that", "there", "what", "i", "we", "you", "me", "us"}


def assign_speakers(
    parsed: Parsed, drafts: list[Draft], attributions: list[Attribution]
) -> tuple[list[Actor], list[Attribution]]:
    """The finished actors, and the attributions with speakers; new sources become actors."""
    index = _Index(drafts)
    speakers: list[Draft | None] = []
    before: tuple[Attribution, Draft | None] | None = None
    for one in attributions:
        speaker = _speaker(parsed, index, one.source[0]) if one.source else None
        if (
            speaker is None
            and not one.source
            and before is not None
            and _floats(parsed, one, before[0])
        ):
            speaker = before[1]
        speakers.append(speaker)
        before = one, speaker
    actors = finished(index.drafts)
    names = {}
    for draft in index.drafts:
        if draft.mentions:
            names[min(draft.mentions), draft.name] = draft
    ids = {id(names[min(actor.mentions), actor.name]): actor.id for actor in actors}
    spoken = [
        msgspec.structs.replace(one, speaker=ids.get(id(speaker)) if speaker else None)
        for one, speaker in zip(attributions, speakers, strict=True)
    ]
    return actors, spoken


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
            self._worded.setdefault(draft.name.lower().removeprefix("the "), draft)

    def mention(self, text: str, span: Span, draft: Draft) -> None:
        draft.mention(text, span)
        self._places.put(span, draft)

    def worded(self, key: str) -> Draft | None:
        return self._worded.get(key)

    def at(self, span: Span) -> Draft | None:
        """The draft whose shortest mention holds all of `span`."""
        hits = [
            one for one in self._places.over(span) if one[0][0] <= span[0] and span[1] <= one[0][1]
        ]
        return min(hits, key=lambda hit: hit[0][1] - hit[0][0])[1] if hits else None


def _speaker(parsed: Parsed, index: _Index, source: Span) -> Draft | None:
    head = parsed.head(source)
    paragraph = parsed.paragraph(source[0])
    if head is None or paragraph is None:
        return None
    meant = antecedent(head)
    relative, head = (head, meant) if meant is not None else (None, head)
    named = index.at(_span(paragraph.start, head))
    if named is not None:
        if relative is not None:
            named.mention(parsed.text, _span(paragraph.start, relative))
        return named
    possessor = next((child for child in head.children if child.dep_ == "poss"), None)
    if possessor is not None and (owner := index.at(_span(paragraph.start, possessor))):
        return owner
    if head.lower_ in _NOBODY or (
        head.pos_ == "PRON" and head.lower_ not in ("those", "some", "many", "others")
    ):
        return None
    return _unnamed(parsed, index, source, head, paragraph.start)


def _unnamed(parsed: Parsed, index: _Index, source: Span, head: Token, start: int) -> Draft:
    """A new actor, or the one of the same wording before."""
    phrase = [
        t for t in noun_phrase(head) if source[0] <= start + t.idx < source[1]
    ] or parsed.tokens(source)
    span = parsed.clause(start, phrase)
    name = one_line(parsed.text[slice(*span)])
    key = name.lower().removeprefix("the ").removeprefix("a ").removeprefix("an ")
    draft = index.worded(key)
    if draft is None:
        draft = Draft(name, ActorKind.DOCUMENT if is_document(name) else _kind(head))
        index.add(draft)
    index.mention(parsed.text, span, draft)
    return draft


def _kind(head: Token) -> ActorKind:
    words = lexicon("people")
    if head.lemma_.lower() in words["groups"]:
        return ActorKind.GROUP
    if head.pos_ == "PROPN":
        return ActorKind.PERSON if head.ent_type_ == "PERSON" else ActorKind.ORGANISATION
    return ActorKind.UNNAMED


def _span(start: int, token: Token) -> Span:
    return start + token.idx, start + token.idx + len(token.text)


def _floats(parsed: Parsed, one: Attribution, before: Attribution) -> bool:
    """Whether a quotation without a source stands in the paragraph after an attribution's."""
    if not one.content or one.kind == "indirect" or not before.content:
        return False
    here, there = parsed.paragraph(one.content[0][0]), parsed.paragraph(before.content[-1][0])
    if here is None or there is None:
        return False
    return here.start == there.start or parsed.text[there.span[1] : here.start].strip() == ""
