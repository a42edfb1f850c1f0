"""Words in marks that are no quote: names, titles, coined terms, and words that nobody said.

Each way to tell is a row, with a sentence where the words are no quote and one where they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.quotations import Quotation, is_title
from pullquote.findings import Attribution, AttributionKind
from pullquote.text import overlap

_TERM = 4  # words; a longer quotation is not a name
_WINDOW = 48  # characters before a quotation that may say what it is
_CLAUSE = 220  # characters before one that may say that it was never said
_BEHIND = 96  # characters behind one that may deny it

# --- the wordings


def _one_of(patterns: Iterable[str]) -> str:
    """A pattern for any of `patterns`, the longest first."""
    return "|".join(sorted(patterns, key=lambda pattern: (-len(pattern), pattern)))


@cache
def naming() -> re.Pattern[str]:
    """What makes a name of the words behind it: "titled the", at the end of a text."""
    return _at_the_end(lexicon("cues")["naming"]["words"])


@cache
def calling() -> re.Pattern[str]:
    """What does so where nobody in particular is said to do it: "dubbed it the"."""
    return _at_the_end(lexicon("cues")["naming"]["calling"])


def _at_the_end(words: Iterable[str]) -> re.Pattern[str]:
    articles = any_of(lexicon("cues")["naming"]["articles"])
    return re.compile(rf"\b(?:{_one_of(words)})(?: (?:{articles}))*\s*$", re.I)


@cache
def never_said() -> re.Pattern[str]:
    """What says of the words behind it that they were not said: "denied saying", "a fake quote"."""
    words = lexicon("cues")["unsaid"]
    verbs = rf"(?:{_one_of(words['never'])}) (?:{_one_of(words['saying'])})"
    between = rf"(?: (?:{_one_of(words['between'])}))*[,:]?\s*$"
    return re.compile(rf"\b(?:{verbs}|{_one_of(words['false'])}){between}", re.I)


@cache
def suggested() -> re.Pattern[str]:
    """What rejects the words behind it: "rejected the suggestion that he was"."""
    words = lexicon("cues")["unsaid"]
    what = rf"(?:\w+ )?(?:{any_of(words['suggestions'])})s? (?:that|of)\b"
    rest = r"[^.?!,;:“”\"]{0,60}(?<!\s)(?<! as)(?<! with)(?<! calling)"
    return re.compile(rf"\b(?:{any_of(words['rejecting'])}) {what}{rest}\s*$", re.I)


@cache
def works() -> re.Pattern[str]:
    """What a title of a work stands behind: "her first novel,", at the end of a text."""
    words = lexicon("cues")["naming"]
    return re.compile(rf"\b(?:{any_of(words['works'])}),?\s*$", re.I)


@cache
def unsaid() -> re.Pattern[str]:
    """A cue of what was not said, from its beginning: "never said"."""
    words = lexicon("cues")["unsaid"]
    return re.compile(rf"(?:{_one_of(words['never'])}) (?:{_one_of(words['saying'])})\b", re.I)


@cache
def denying() -> re.Pattern[str]:
    """A cue of a denial."""
    return re.compile(rf"\b(?:{_one_of(lexicon('cues')['unsaid']['denying'])})\b", re.I)


@cache
def asked_whether() -> re.Pattern[str]:
    """A question whether somebody said the words behind it."""
    words = lexicon("cues")["unsaid"]
    verbs = rf"(?:{_one_of(words['asked'])}) (?:{_one_of(words['saying'])})"
    return re.compile(rf"\b{verbs}(?: (?:{_one_of(words['between'])}))*[,:]?\s*$", re.I)


@cache
def not_so() -> re.Pattern[str]:
    """What denies the words before it, in their sentence or in the next."""
    words = lexicon("cues")["unsaid"]
    joint = rf"(?:(?:{_one_of(words['joints'])}) )?"
    return re.compile(
        rf"[^.?!;”\"]{{0,40}}[.?!;,”\"–—-]{{0,3}}\s{{1,3}}{joint}(?:{_one_of(words['denied'])})",
        re.I,
    )


@cache
def answered_no() -> re.Pattern[str]:
    """A question's end, and "no"."""
    words = lexicon("cues")["unsaid"]
    return re.compile(rf"\s?\?[”\"’']?\s{{1,3}}(?:{_one_of(words['answers'])})", re.I)


@cache
def somebody() -> re.Pattern[str]:
    """A name, or a pronoun for somebody, at the beginning of a source."""
    return re.compile(rf"[A-Z]|(?:{any_of(lexicon('cues')['spoken']['pronouns'])}|it)\b")


_PARTS = re.compile('[.?!;:“”"]')
_OBJECT = 8  # words from a verb of calling to what somebody is called, with it
_AND = {"and", "but"}
_BEGINS = re.compile(r"(?:^|[,:.?!])\s*$")

# --- the rows


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
    def clause(self) -> str:
        """The words before it, of about as many characters as a long sentence has."""
        start = self.quotation.start
        return self.text[max(0, start - _CLAUSE) : start]

    @property
    def is_never_called(self) -> bool:
        """Whether somebody did not call another so: "denied that he had called her"."""
        words = _PARTS.split(self.clause)[-1].casefold().replace("’", "'").replace(",", "").split()
        known = lexicon("cues")["unsaid"]
        verb = max((n for n, word in enumerate(words) if word in known["calling"]), default=-1)
        if verb < 0 or len(words) - verb > _OBJECT or _AND & set(words[verb:]):
            return False
        near = words[max(0, verb - 2) : verb]
        denied = max(
            (n for n, word in enumerate(words[:verb]) if word in known["deny"]), default=-1
        )
        is_denied = denied >= 0 and not _AND & set(words[denied:verb])
        return is_denied or any(word in ("not", "never") or word.endswith("n't") for word in near)

    @property
    def behind(self) -> str:
        end = self.quotation.end
        return self.text[end : end + _BEHIND]

    @property
    def is_short(self) -> bool:
        return len(self.words.split()) <= _TERM

    @property
    def is_mixed(self) -> bool:
        """Whether the quotation is a part of what is reported."""
        return self.attribution.kind is AttributionKind.MIXED

    @property
    def is_unsaid(self) -> bool:
        """Whether its cue says that it was not said."""
        return any(unsaid().match(self.text, *cue) for cue in self.attribution.cue)

    @property
    def is_denied(self) -> bool:
        """Whether it is a part of what is denied, and no answer to it."""
        if self.before.rstrip().endswith((",", ":")):
            return False
        return any(denying().search(self.text, *cue) for cue in self.attribution.cue)

    @property
    def is_called(self) -> bool:
        """Whether it is called so, by nobody in particular."""
        called = calling().search(self.before)
        if called is None:
            return False
        one = self.attribution
        start = self.quotation.start - len(self.before) + called.start()
        by_source = any(overlap((start, start + 1), cue) for cue in one.cue)
        is_somebody = bool(one.source) and bool(somebody().match(self.text, one.source[0][0]))
        return not (by_source and is_somebody)

    @property
    def is_proper(self) -> bool:
        """Whether it is a title or a name inside a longer report, and no sentence of its own."""
        if not self.is_mixed or _BEGINS.search(self.before):
            return False
        around = [word for word in self.before.split()[1:] if len(word) >= _TERM]
        is_headline = all(word[0].isupper() for word in around)
        return not is_headline and is_title(self.text, self.quotation)


class Row(NamedTuple):
    """A way to tell that words in marks are no quote."""

    name: str
    when: Callable[[Term], bool]
    yes: str
    no: str


ROWS = (
    Row(
        "named",
        lambda term: term.is_short and bool(naming().search(term.before)),
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
        lambda term: term.is_proper,
        yes="Ann Cole said that “Bad Blood” was the best song of the year.",
        no="Ann Cole said that it was “bad blood” between them.",
    ),
    Row(
        "coined",
        lambda term: term.is_mixed and term.is_short and _key(term.words) in term.own,
        yes="The “irregular” channel is shut. Ann Cole said that the “irregular” channel was his.",
        no="The other channel is shut. Ann Cole said that the “irregular” channel was his.",
    ),
    Row(
        "work",
        lambda term: bool(works().search(term.before)) and is_title(term.text, term.quotation),
        yes="Ann Cole talked of her second novel, “Bitter Water”, and said it was late.",
        no="Ann Cole said of her second novel, “it is the best that I ever wrote”, and left.",
    ),
    Row(
        "never called",
        lambda term: term.is_never_called,
        yes="Ruth Amis insisted that she had never described her party as “finished and gone”.",
        no="Ruth Amis insisted that she had always described her party as “finished and gone”.",
    ),
    Row(
        "a suggestion that is rejected",
        lambda term: term.is_short and bool(suggested().search(term.clause)),
        yes="Ruth Amis rejected the suggestion that she had acted “for gain”.",
        no="Ruth Amis rejected the suggestion that she had lied as “nonsense”.",
    ),
    Row(
        "never said",
        lambda term: bool(never_said().search(term.before) or not_so().match(term.behind)),
        yes="The minister, Ruth Amis, denied saying “the poor can wait”.",
        no="The minister, Ruth Amis, regretted saying “the poor can wait”.",
    ),
    Row(
        "a cue of what was not said",
        lambda term: term.is_unsaid,
        yes="Ruth Amis never said that the fund was “a waste of public money”.",
        no="Ruth Amis always said that the fund was “a waste of public money”.",
    ),
    Row(
        "denied",
        lambda term: term.is_short and term.is_denied,
        yes="Ruth Amis denied that she had been “sacked”.",
        no="Ruth Amis denied it: “I was sacked.”",
    ),
    Row(
        "asked whether",
        lambda term: (
            bool(asked_whether().search(term.before)) and bool(answered_no().match(term.behind))
        ),
        yes="Did Ruth Amis say “the poor can wait”? No.",
        no="Ruth Amis did say “the poor can wait”.",
    ),
)


def own_terms(text: str, unsaid: Iterable[Quotation]) -> frozenset[str]:
    """The short words that the article puts in marks itself, where it cites nobody."""
    short = (one for one in unsaid if one.end - one.start <= _WINDOW)
    return frozenset(_key(text[slice(*one.inner)]) for one in short)


def _key(words: str) -> str:
    return words.strip(",.").casefold()


def is_term(term: Term) -> bool:
    """Whether words in marks are no words of the source."""
    if any(overlap(term.quotation.span, cue) for cue in term.attribution.cue):
        return False
    return any(row.when(term) for row in ROWS)
