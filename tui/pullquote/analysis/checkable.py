"""Whether a claim can be checked, and the figures in it.

What can be checked is a fact with a number, a date, an event or a comparison; no opinion, no
experience, no prediction. No single sign decides, so each row adds its points; the weights are
those of a logistic regression over the claims of 26 articles and 90 sentences, rounded
(docs/quality.md has its figures on articles that it did not see). Offsets are half-open, in code
points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    ADJECTIVE,
    AMOUNTS,
    AUXILIARIES,
    COMPARATIVES,
    MODAL,
    NAME,
    NOUN,
    PAST,
    SUBJECTS,
    TIMES,
    VERBS,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, is_root
from pullquote.findings import Sourcing
from pullquote.text import Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

_MARKS = '“”"‘«„'
_LONG = 40  # words; more than these make no claim easier to check
_BEFORE = -0.9  # points of a claim of which no row holds


@dataclass(frozen=True)
class Content:
    """What a claim says, as the rows look at it."""

    text: str
    tokens: list[Token]
    cue: frozenset[str]  # lemmas
    sourcing: Sourcing

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(token.lower_ for token in self.tokens)

    @cached_property
    def root(self) -> Token | None:
        """The main verb."""
        inside = {token.i for token in self.tokens}
        verbs = [t for t in self.tokens if t.pos_ in VERBS and t.dep_ not in AUXILIARIES]
        main = (token for token in verbs if token.head.i not in inside or is_root(token))
        return next(main, verbs[0] if verbs else None)

    @cached_property
    def beside(self) -> list[Token]:
        """The words that the main verb governs."""
        return list(self.root.children) if self.root is not None else []

    @cached_property
    def subject(self) -> Token | None:
        return next((token for token in self.beside if token.dep_ in SUBJECTS), None)

    @cached_property
    def is_past(self) -> bool:
        if self.root is None:
            return False
        helping = [token for token in self.beside if token.dep_ in AUXILIARIES]
        had = any(token.tag_ == PAST or token.lemma_ == "have" for token in helping)
        return self.root.tag_ == PAST or had

    @property
    def is_quoted(self) -> bool:
        return any(mark in self.text for mark in _MARKS)

    def root_is(self, name: str) -> bool:
        return self.root is not None and self.root.lemma_.lower() in _words(name)


def _words(name: str) -> frozenset[str]:
    words: frozenset[str] = lexicon("checkable")[name]
    return words


class Row(NamedTuple):
    """How much something speaks for a claim's being checkable; a claim where it does, and not."""

    points: float
    when: Callable[[Content], bool]
    yes: str
    no: str


ROWS = (
    Row(
        1.8,
        lambda one: any(map(_is_amount, one.tokens)),
        yes="Ann Cole said that 4,200 people had left.",
        no="Ann Cole said that people had left.",
    ),
    Row(
        1.4,
        lambda one: one.sourcing is Sourcing.DOCUMENT,
        yes="The report said that the brakes had failed.",
        no="Ann Cole said that the brakes had failed.",
    ),
    Row(
        0.8,
        lambda one: one.sourcing in (Sourcing.OFFICIAL, Sourcing.UNATTRIBUTED),
        yes="A police spokesman said that the brakes had failed.",
        no="Ann Cole said that the brakes had failed.",
    ),
    Row(
        1.2,
        lambda one: bool(one.cue & _words("facts")),
        yes="Ann Cole alleged that the votes had been bought.",
        no="Ann Cole said that the votes had been bought.",
    ),
    Row(
        0.9,
        lambda one: any(token.tag_ == PAST for token in one.tokens),
        yes="Ann Cole said that the clerk forged the stamp.",
        no="Ann Cole says that the clerk forges the stamp.",
    ),
    Row(
        0.5,
        lambda one: one.is_past,
        yes="Ann Cole said that the clerk has forged the stamp.",
        no="Ann Cole said that the clerk forges the stamp.",
    ),
    Row(
        0.4,
        lambda one: one.subject is not None and one.subject.pos_ == NAME,
        yes="Ann Cole said that Tom Birch had left.",
        no="Ann Cole said that the captain had left.",
    ),
    Row(
        -1.4,
        lambda one: one.is_quoted,
        yes="“The clerk forged the stamp,” said Ann Cole.",
        no="Ann Cole said that the clerk forged the stamp.",
    ),
    Row(
        -0.7,
        lambda one: one.is_quoted and one.text[:1] not in _MARKS,
        yes="Ann Cole said that the play was “dull beyond words”.",
        no="“The play was dull beyond words,” said Ann Cole.",
    ),
    Row(
        -0.7,
        lambda one: bool(one.words & _words("selves")),
        yes="Ann Cole said that we were late.",
        no="Ann Cole said that they were late.",
    ),
    Row(
        -0.9,
        lambda one: one.root_is("minds"),
        yes="Ann Cole said that the crew wanted rain.",
        no="Ann Cole said that the crew collected rain.",
    ),
    Row(
        -0.7,
        lambda one: any(
            token.pos_ == NOUN and token.lower_.endswith(tuple(_words("abstract")))
            for token in one.tokens
        ),
        yes="Ann Cole said that the town lacked ambition.",
        no="Ann Cole said that the town lacked a road.",
    ),
    Row(
        -1.0,
        lambda one: one.root is not None and one.root.lemma_ == "be",
        yes="Ann Cole said that the play was a bore.",
        no="Ann Cole said that the play closed.",
    ),
    Row(
        -0.5,
        lambda one: any(token.tag_ == MODAL for token in one.tokens),
        yes="Ann Cole said that the play would close.",
        no="Ann Cole said that the play had closed.",
    ),
    Row(
        -1.0,
        lambda one: any(token.dep_ == ADJECTIVE for token in one.beside),
        yes="Ann Cole said that the play was dull.",
        no="Ann Cole said that the play was a bore.",
    ),
    Row(
        -0.6,
        lambda one: any(token.tag_ in COMPARATIVES for token in one.tokens),
        yes="Ann Cole said that the town was the finest in the north.",
        no="Ann Cole said that the town was a port in the north.",
    ),
    Row(
        -0.2,
        lambda one: one.subject is not None and one.subject.lower_ in _words("vague"),
        yes="Ann Cole said that this had taken years.",
        no="Ann Cole said that the work had taken years.",
    ),
)


def is_checkable(parsed: Parsed, content: Spans, cue: frozenset[str], sourcing: Sourcing) -> bool:
    """Whether a claim is a fact that can be checked; `cue` has the lemmas of its cue."""
    return points(content_of(parsed, content, cue, sourcing)) > 0


def content_of(parsed: Parsed, content: Spans, cue: frozenset[str], sourcing: Sourcing) -> Content:
    """A claim as the rows look at it."""
    text = " ".join(parsed.text[slice(*span)] for span in content)
    tokens = parsed.tokens_of(content)
    return Content(text, tokens, cue, sourcing)


def points(one: Content) -> float:
    """What speaks for a claim's being checkable, less what speaks against it."""
    length = 1.1 * min(_LONG, len(one.tokens)) / 20
    return _BEFORE + length + sum(row.points for row in ROWS if row.when(one))


# --- figures: what a reader would look up


def figures(parsed: Parsed, content: Spans) -> Spans:
    """The numbers with what they count, the dates and the comparisons in a claim."""
    found: list[Span] = []
    for paragraph, tokens in parsed.by_paragraph(content):
        for run in _runs(tokens):
            span = paragraph.span_of(run)
            if not found or found[-1][1] <= span[0]:
                found.append(span)
    return tuple(found)


def _runs(tokens: list[Token]) -> Iterator[list[Token]]:
    """The words of each figure: an amount up to what it counts, a date, "fewer than"."""
    inside = {token.i for token in tokens}
    for token in tokens:
        if _is_amount(token) or _is_date(token):
            yield list(token.doc[token.i : _end(token, inside)])
        elif token.lower_ == "than" and token.i - 1 in inside:
            yield [token.nbor(-1), token]


def _end(token: Token, inside: set[int]) -> int:
    """Where the entity of a figure ends, or the noun that it counts."""
    end = token.i + 1
    while end in inside and token.doc[end].ent_iob_ == "I":
        end += 1
    unit = token.head
    return unit.i + 1 if unit.pos_ == NOUN and unit.i in inside and unit.i >= end else end


def _is_amount(token: Token) -> bool:
    return token.ent_type_ in AMOUNTS and token.lower_ not in _words("no_amounts")


def _is_date(token: Token) -> bool:
    """A word of a date that a calendar has: "2012", "Monday"."""
    return token.ent_type_ in TIMES and (
        any(letter.isdigit() for letter in token.text) or token.lower_ in _words("days")
    )
