"""Which body "the company", "the agency" is: one of that kind that the article has spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import ATTRIBUTES, SAYS_MORE, SINGULAR
from pullquote.analysis.lexicon import lexicon
from pullquote.findings import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pullquote.analysis.drafts import Draft
    from pullquote.analysis.turns import Mention

_STEM = 6  # letters that a word of a name and a word of the phrase share


def of_kind(head: Token, focus: Sequence[Sequence[Mention]]) -> Draft | None:
    """ "the company", "the government": the last of that kind, one with a word of it first."""
    if not is_definite(head):
        return None
    kinds = lexicon("people")["kinds"]
    kind = next((k for k, nouns in kinds.items() if head.lemma_.lower() in nouns), None)
    if (of_this_name := _named_so(head, focus)) is not None:
        return of_this_name
    stems = [t.lower_[:_STEM] for t in head.lefts if t.dep_ in ATTRIBUTES and len(t) >= _STEM]
    for sentence in focus:
        ones = [m for m in reversed(sentence) if m.draft.kind == kind]
        ones = [m for m in ones if m.is_subject or m.is_accused or stems]
        ones = [m for m in ones if not stems or any(s in m.draft.name.lower() for s in stems)]
        if ones:
            return ones[0].draft
    return None


def _named_so(head: Token, focus: Sequence[Sequence[Mention]]) -> Draft | None:
    """The last body that has the very noun in its name: "the agency" is the Space Agency."""
    if any(token.dep_ in ATTRIBUTES for token in head.lefts):
        return None
    mentioned = (m.draft for sentence in focus for m in reversed(sentence))
    bodies = (d for d in mentioned if d.kind is ActorKind.ORGANISATION and " " in d.name)
    return next((d for d in bodies if d.name.split()[-1] == head.lemma_.title()), None)


def is_definite(head: Token) -> bool:
    """Whether "the" stands before a noun, and nothing behind it says more."""
    is_known = any(token.lower_ in lexicon("words")["definite"] for token in head.lefts)
    more = any(child.dep_ in SAYS_MORE for child in head.rights)
    return is_known and head.tag_ == SINGULAR and not more
