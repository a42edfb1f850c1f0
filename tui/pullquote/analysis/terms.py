"""Words in marks that are no quote: names, titles, coined terms, and words that nobody said.

Each way to tell is a row, with a sentence where the words are no quote and one where they are.
"""

from __future__ import annotations

import re
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
# words that somebody is said not to have said
_SAYING = (
    r"(?:say(?:ing)?|said|writ(?:e|ing|ten)|wrote|tweet(?:ing|ed)?|post(?:ing|ed)?|us(?:e|ing|ed))"
)
_NEVER = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying)(?: ever)?(?: having)? {_SAYING}"
    rf"|never (?:once |actually |ever )?{_SAYING}"
    rf"|(?:did|does|do|has|have|had)(?: not|n[’']t) (?:ever |actually )?{_SAYING}"
    rf"|no (?:record|evidence|proof|trace) (?:of|that) (?:\S+ ){{1,3}}(?:ever )?{_SAYING}"
    r"|(?:made-up|fake|faked|fabricated|false|bogus|invented|misattributed) "
    r"(?:quote|quotation|statement|post|tweet|headline))"
    r"(?: (?:that|the|a|word|words|phrase|it|was|reads?|reading|to|him|her))*[,:]?\s*$",
    re.I,
)
_ASKED = re.compile(
    rf"\b(?:did|has|had|does) (?:\S+ ){{1,4}}(?:ever |really |actually )?{_SAYING}"
    r"(?: (?:that|the|a|word|words|phrase))*[,:]?\s*$",
    re.I,
)
_NOT_SO = re.compile(
    r"[^.?!;”\"]{0,40}[.?!;,”\"–—-]*\s+(?:but |and |in fact,? )?"
    r"(?:(?:he|she|they|it)(?: \w+)? (?:did|has|have|had)(?: not|n[’']t)\b(?! \w+ed)"
    r"|(?:he|she|they) never (?:did|said|wrote)\b"
    r"|(?:the|that|this) (?:quote|quotation|statement|post|tweet|line) (?:is|was) "
    r"(?:made up|fake|fabricated|false|invented|bogus)"
    r"|there is no (?:record|evidence|trace)\b)",
    re.I,
)
_NO = re.compile(r"\s*\?[”\"’']?\s+(?:No\b|Not\b|(?:He|She|They) did(?: not|n[’']t))")
_BEGINS = re.compile(r"(?:^|[,:.?!])\s*$")
_SOMEBODY = re.compile(r"(?:[A-Z]|he\b|she\b|it\b|they\b|we\b|I\b)")


@dataclass(frozen=True)
class Term:
    """A quotation as the rows look at it."""

    text: str
    quotation: Quotation
    attribution: Attribution
    own: frozenset[str]  # short words in marks that the article uses itself

    @property
    def words(self) -> str:
        return self.text[slice(*self.quotation.inner)]

    @property
    def before(self) -> str:
        start = self.quotation.start
        return self.text[max(0, start - _WINDOW) : start]

    @property
    def behind(self) -> str:
        end = self.quotation.end
        return self.text[end : end + _WINDOW * 2]

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
    begins = _BEGINS.search(term.before)
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
            and term.words.strip(",.").casefold() in term.own
        ),
        yes="The “irregular” channel is closed. Ann Cole said the “irregular” channel was his.",
        no="The other channel is closed. Ann Cole said the “irregular” channel was his.",
    ),
)


def _is_denied(term: Term) -> bool:
    return bool(_NEVER.search(term.before) or _NOT_SO.match(term.behind))


DENIALS = (
    Row(
        "never said",
        _is_denied,
        yes="The minister, Ruth Amis, denied saying “the poor can wait”.",
        no="The minister, Ruth Amis, regretted saying “the poor can wait”.",
    ),
    Row(
        "asked whether",
        lambda term: bool(_ASKED.search(term.before)) and bool(_NO.match(term.behind)),
        yes="Did Ruth Amis say “the poor can wait”? No.",
        no="Ruth Amis did say “the poor can wait”.",
    ),
)


def own_terms(text: str, unsaid: Iterable[Quotation]) -> frozenset[str]:
    """The short words that the article puts in marks itself, where it cites nobody."""
    return frozenset(
        text[slice(*one.inner)].strip(",.").casefold()
        for one in unsaid
        if one.end - one.start <= _WINDOW
    )


def is_term(term: Term) -> bool:
    """Whether words in marks are no words of the source."""
    if any(overlap(term.quotation.span, cue) for cue in term.attribution.cue):
        return False
    return any(row.when(term) for row in (*ROWS, *DENIALS))
