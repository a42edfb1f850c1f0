"""Texts with mentions of actors, to learn from: the head word, type and chain of each.

GUM (Zeldes 2017) and LitBank (Bamman, Lewke and Mansoor, LREC 2020) know persons, organisations and
places. Neither knows groups, governments that act, or documents that say something; so what they
say of a word allows several types, and training asks only for one of these.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from pullquote.analysis.words import Encoded, Tokens, Word
from pullquote.findings import ActorKind
from pullquote.text import Spans, paragraphs

Types = frozenset[ActorKind | None]  # that a word may have; None: it is the head of no mention

# Genres of GUM whose texts are under non-commercial licences, and those whose terms are not
# settled; the model ships, so it learns from neither.
NON_COMMERCIAL = frozenset({"essay", "fiction", "letter", "podcast", "whow"})
UNSETTLED = frozenset({"conversation", "gentle"})

PERSON: Types = frozenset({ActorKind.PERSON, ActorKind.GROUP})
ORGANISATION: Types = frozenset({ActorKind.ORGANISATION, ActorKind.GOVERNMENT})
PLACE: Types = frozenset({None, ActorKind.GOVERNMENT})
_UNMARKED: Types = frozenset({None, ActorKind.DOCUMENT})
_TYPES = {"person": PERSON, "organization": ORGANISATION, "place": PLACE}


class Head(NamedTuple):
    """What is said of a head word: the types that it may have, and whom it stands for."""

    types: Types
    chain: str


@dataclass
class Text:
    """A text as encoded, with the heads of its mentions by the numbers of their words."""

    name: str
    text: str
    parts: list[Encoded]
    heads: dict[int, Head]
    elsewhere: Types  # the types of a word that nobody marked

    @cached_property
    def words(self) -> list[Word]:
        """The words of all parts."""
        return [word for part in self.parts for word in part.words]


def encoded(text: str, spans: Spans, tokens: Tokens) -> list[Encoded]:
    """The paragraphs of `text`, each with its number."""
    return [
        part for number, span in enumerate(spans) for part in tokens.encoded(text, span, number)
    ]


def word_at(starts: Sequence[int], offset: int) -> int:
    """The number of the word that lies at an offset; `starts` are where the words begin."""
    return bisect_right(starts, offset) - 1


class _Document(msgspec.Struct):
    """A document of gum.json or litbank.json; offsets are half-open, in code points."""

    doc: str
    genre: str
    text: str
    heads: list[tuple[int, str, str, int, int]]  # head, type, chain, and the mention's span


def read_documents(path: Path, tokens: Tokens, without: Iterable[str] = ()) -> list[Text]:
    """The documents of a file, but for genres that are left out."""
    left_out = frozenset(without)
    documents = msgspec.json.decode(path.read_bytes(), type=list[_Document])
    return [_text(one, tokens) for one in documents if one.genre not in left_out]


def _text(document: _Document, tokens: Tokens) -> Text:
    parts = encoded(document.text, paragraphs(document.text), tokens)
    starts = [word.start for part in parts for word in part.words]
    heads = {
        word_at(starts, offset): Head(_TYPES[type_], chain)
        for offset, type_, chain, *_ in document.heads
        if type_ in _TYPES
    }
    return Text(document.doc, document.text, parts, heads, _UNMARKED)
