"""Titles before a person's name are part of the mention: "Prime Minister Ann Cole", "Dr Cole"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pullquote.analysis.actors.roles import is_calling
from pullquote.analysis.drafts import Draft
from pullquote.analysis.en.labels import BEFORE_NOUNS
from pullquote.analysis.names import is_title
from pullquote.analysis.parsed import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


def add_titles(parsed: Parsed, people: list[Draft]) -> None:
    """Let the mentions of people by name begin with their titles.

    "Vice President Cole", "Sgt. Cole"; near misses: "former mayor Cole", "Acme’s Cole", whose
    mention is "Cole". A full name is a mention without its title, too.
    """
    for draft in people:
        for span in sorted(draft.mentions):
            tokens, paragraph = parsed.tokens(span), parsed.paragraph(span[0])
            title = _title(tokens) if tokens else []
            if title and paragraph is not None:
                if len(tokens) == 1:
                    draft.mentions.discard(span)
                draft.mentions.add(paragraph.span_of([*title, *tokens]))


def _title(name: list[Token]) -> list[Token]:
    """The words of the title before a name."""
    left, doc = name[0].i, name[0].doc
    while left and _belongs(doc[left - 1], left, name[-1].i):
        left -= 1
    while left < name[0].i and doc[left].is_punct:
        left += 1
    title = list(doc[left : name[0].i])
    return title if title and (is_title(title[-1]) or is_calling(title[-1])) else []


def _belongs(word: Token, left: int, last: int) -> bool:
    """Whether a word is part of what stands before the words from number `left` to `last`."""
    if word.is_punct:
        return word.text == "." and not word.nbor(-1).whitespace_ if word.i else False
    is_capital = word.text[0].isupper() or is_title(word)
    return is_capital and word.dep_ in BEFORE_NOUNS and left <= word.head.i <= last
