"""Words in marks that are no quote: names, titles, coined terms, and words that nobody said.

Each way to tell is a row, with a sentence where the words are no quote and one where they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.analysis.quotations import Quotation, is_title
from pullquote.findings import Attribution, AttributionKind
from pullquote.text import overlap

_TERM = 4  # words; a longer quotation is not a name
_WINDOW = 48  # characters before a quotation that may say what it is
_ARTICLE = r"(?: (?:the|a|an|it|them|him|her|as|just|simply))*\s*$"
# what makes a name of the words behind it, whoever gives it
_NAMING = re.compile(
    r"\b(?:named|nicknamed|titled|entitled|christened|known as|so-called|code-?named|diagnosed with|"
    r"member of|(?:title|role|rank|position|post|name|label|concept|notion|genre)s?"
    r"(?: of| such as)?|the (?:term|word|phrase|slogan|hashtag|song|single|album|film|book|novel|"
    r"show|series|play))" + _ARTICLE,
    re.I,
)
# and what does where nobody in particular is said to call it so
_CALLING = re.compile(
    r"\b(?:dubbed|termed|branded|labell?ed|called|referred to as)" + _ARTICLE, re.I
)
_SOMEBODY = re.compile(r"(?:[A-Z]|he\b|she\b|it\b|they\b|we\b|I\b)")


@dataclass(frozen=True)
class Term:
    """A quotation as the rows look at it."""

    text: str
    quotation: Quotation
    attribution: Attribution
    shared: frozenset[str]  # words in marks that several speakers use

    @property
    def words(self) -> str:
        return self.text[slice(*self.quotation.inner)]

    @property
    def before(self) -> str:
        start = self.quotation.start
        return self.text[max(0, start - _WINDOW) : start]

    @property
    def is_short(self) -> bool:
        return len(self.words.split()) <= _TERM

    @property
    def is_called(self) -> bool:
        """Whether it is called so, by nobody in particular."""
        calling = _CALLING.search(self.before)
        if calling is None:
            return False
        one = self.attribution
        start = self.quotation.start - len(self.before) + calling.start()
        by_source = any(overlap((start, start + 1), cue) for cue in one.cue)
        somebody = bool(one.source) and bool(_SOMEBODY.match(self.text, one.source[0][0]))
        return not (by_source and somebody)


class Row(NamedTuple):
    """A way to tell that words in marks are no quote."""

    name: str
    when: Callable[[Term], bool]
    yes: str
    no: str


def _is_proper(term: Term) -> bool:
    """A title or a name inside a longer report, not a sentence of its own."""
    mixed = term.attribution.kind is AttributionKind.MIXED
    begins = re.search(r"(?:^|[,:.?!])\s*$", term.before)
    if not mixed or begins or not is_title(term.text, term.quotation):
        return False
    around = [word for word in term.before.split()[1:] if len(word) >= _TERM]
    return not all(word[0].isupper() for word in around)  # in a headline all words may be so


ROWS = (
    Row(
        "named",
        lambda term: term.is_short and bool(_NAMING.search(term.before)),
        yes="Ann Cole said she had been given the title of “lady mayor”.",
        no="Ann Cole said she was a “poor mayor”.",
    ),
    Row(
        "called by nobody",
        lambda term: term.is_short and term.is_called,
        yes="It has been called a “reassurance force”, said Ann Cole.",
        no="Ann Cole called it a “rotten compromise”.",
    ),
    Row(
        "title",
        _is_proper,
        yes="Ann Cole said that “Bad Blood” was the best song of the year.",
        no="Ann Cole said that it was “bad blood” between them.",
    ),
    Row(
        "coined",
        lambda term: (
            term.attribution.kind is AttributionKind.MIXED
            and term.is_short
            and term.words.strip(",.").casefold() in term.shared
        ),
        yes="Ann Cole said the “irregular” channel was closed. Paul Marsh said no “irregular” one was.",
        no="Ann Cole said the “irregular” channel was closed. Paul Marsh said no other one was.",
    ),
)


def shared_words(
    text: str, said: Iterable[tuple[Quotation, Attribution]]
) -> frozenset[str]:
    """The short words in marks that several speakers use."""
    speakers: dict[str, set[str | None]] = defaultdict(set)
    for one, attribution in said:
        if one.end - one.start <= _WINDOW:
            words = text[slice(*one.inner)].strip(",.").casefold()
            speakers[words].add(attribution.speaker)
    return frozenset(words for words, ones in speakers.items() if len(ones) > 1)


def is_term(term: Term) -> bool:
    """Whether words in marks are no words of the source."""
    if any(overlap(term.quotation.span, cue) for cue in term.attribution.cue):
        return False
    return any(row.when(term) for row in ROWS)
