"""Who warns: the actor whose words they are, or who is the subject of the verb."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    AGENT,
    NOUNS,
    OBJECT_OF_PREPOSITION,
    OF_NOUNS,
    PASSIVE_SUBJECT,
    SUBJECTS,
    VERB,
)
from pullquote.analysis.parsed import Paragraph, Parsed, antecedent, child
from pullquote.findings import Actor
from pullquote.text import Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 12  # mentions before an offset that may still hold it
_DONE_TO, _BY, _WHOM = map(frozenset, ({PASSIVE_SUBJECT}, {AGENT}, {OBJECT_OF_PREPOSITION}))
_ABOVE = 4  # verbs, that of the cue among them; the subject of one further up is another's


class Issuers:
    """The actors by id and by the places where they are mentioned."""

    def __init__(self, actors: list[Actor]) -> None:
        self._by_id = {actor.id: actor for actor in actors}
        self._places = sorted((span, actor.id) for actor in actors for span in actor.mentions)

    def of(self, identity: str | None) -> Actor | None:
        """The actor of that id."""
        return self._by_id.get(identity or "")

    def at(self, paragraph: Paragraph, token: Token) -> Actor | None:
        """The actor whose shortest mention holds the token, which is of the paragraph."""
        offset, _ = paragraph.span_of([antecedent(token) or token])
        last = bisect_right(self._places, ((offset, 1 << 60), ""))
        near = self._places[max(0, last - _NEAR) : last]
        hits = [(end - begin, identity) for (begin, end), identity in near if begin <= offset < end]
        return self._by_id[min(hits)[1]] if hits else None

    def of_cue(self, parsed: Parsed, cue: Spans) -> Actor | None:
        """The subject of the cue's verb, or of the verb above it ("rallied them by warning")."""
        for paragraph, tokens in parsed.by_paragraph(cue):
            subjects = (doer_of(token) for token in tokens if token.pos_ == VERB)
            for subject in filter(None, subjects):
                return self.at(paragraph, subject)
        return None


def doer_of(verb: Token) -> Token | None:
    """Who does what a verb says: its subject (`subject_of`) or, of a passive, who is behind "by".

    Who is warned does not warn: nobody in "Acme was warned of leaks", Ann Cole in "Acme was warned
    of leaks by Ann Cole"; but Acme in "Acme is expected to warn of leaks".
    """
    if child(verb, _DONE_TO) is None:
        return subject_of(verb)
    by = child(verb, _BY)
    return child(by, _WHOM) if by is not None else None


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb or, for one without, of the verb above it."""
    for _ in range(_ABOVE):
        subject = child(verb, SUBJECTS)
        if subject is not None:
            return subject
        if verb.dep_ in OF_NOUNS and verb.head.pos_ in NOUNS:
            return verb.head
        verb = verb.head
    return None
