"""Which body "the company", "the agency" is: one of that kind that the article has spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import ATTRIBUTES, SAYS_MORE, SINGULAR
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.names import is_one_of_people
from pullquote.analysis.turns import Mention, latest
from pullquote.findings import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pullquote.analysis.drafts import Draft

_STEM = 6  # letters that a word of a name and a word of the phrase share


def of_kind(head: Token, focus: Sequence[Sequence[Mention]]) -> Draft | None:
    """ "the company", "the government": the last of that kind that did something, or was accused.

    With a word before the noun it is the last that has it in its name: "the mining company".
    """
    if not is_definite(head):
        return None
    if (of_this_name := _named_so(head, focus)) is not None:
        return of_this_name
    kinds = lexicon("people")["kinds"]
    kind = next((kind for kind, nouns in kinds.items() if head.lemma_.lower() in nouns), None)
    stems = [t.lower_[:_STEM] for t in head.lefts if t.dep_ in ATTRIBUTES and len(t) >= _STEM]
    ones = (mention for mention in latest(focus) if mention.draft.kind == kind)
    return next((mention.draft for mention in ones if _is_meant(mention, stems)), None)


def _is_meant(mention: Mention, stems: Sequence[str]) -> bool:
    if stems:
        return any(stem in mention.draft.name.lower() for stem in stems)
    return mention.is_subject or mention.is_accused


def _named_so(head: Token, focus: Sequence[Sequence[Mention]]) -> Draft | None:
    """The last body that has the very noun in its name: "the agency" is the Space Agency."""
    if any(token.dep_ in ATTRIBUTES for token in head.lefts):
        return None
    mentioned = (mention.draft for mention in latest(focus))
    bodies = (d for d in mentioned if d.kind is ActorKind.ORGANISATION and " " in d.name)
    return next((d for d in bodies if d.name.split()[-1] == head.lemma_.title()), None)


def is_definite(head: Token) -> bool:
    """Whether "the" stands before a noun, and nothing behind it says more."""
    is_known = any(token.lower_ in lexicon("words")["definite"] for token in head.lefts)
    more = any(child.dep_ in SAYS_MORE for child in head.rights)
    return is_known and head.tag_ == SINGULAR and not more


def is_national(head: Token) -> bool:
    """Whether a source is somebody by where they are from: "the Canadian"; not "the Canadians"."""
    alone = not any(True for _ in head.rights)
    return alone and is_one_of_people([head]) and all(t.dep_ not in ATTRIBUTES for t in head.lefts)


def last_person(focus: Sequence[Sequence[Mention]], here: Draft | None) -> Draft | None:
    """The last human being who spoke, or was the subject of a sentence, but for who is `here`.

    Who a noun is taken for is the latest mention at its place, whoever it may be in the end.
    """
    ones = [one for one in latest(focus) if one.is_one and (one.spoke or one.is_subject)]
    if ones and ones[0].draft is here:
        ones = ones[1:]
    return ones[0].draft if ones else None
