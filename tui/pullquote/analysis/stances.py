"""What attitude an attribution reports: speech, writing, thought, feeling, a wish, a decision.

The cue's words decide, by the classes in en/cues.toml; where a word can report several, so does
the form of the content: what stands in quotation marks was said, "told him *to go*" wants
something, and what is only named ("discussed *the bill*") is attended to, which counts as
perceived. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pullquote.analysis.en.labels import (
    ADVERB,
    ANY_SUBJECT,
    AUXILIARY,
    FINITE,
    NOUN,
    OF_IT,
    OF_NOUNS,
    RELATIVE_CLAUSE,
)
from pullquote.analysis.heard import hearer
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.analysis.sourcing import is_document, is_institution
from pullquote.findings import Attribution, AttributionKind, Rule, Stance
from pullquote.text import Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN_WORDS = (Stance.SAID, Stance.WROTE, Stance.THOUGHT)


def with_stances(parsed: Parsed, attributions: list[Attribution]) -> list[Attribution]:
    """The attributions, each with its stance."""
    return [msgspec.structs.replace(one, stance=stance(parsed, one)) for one in attributions]


def stance(parsed: Parsed, attribution: Attribution) -> Stance:
    """The stance of an attribution, by the first row of `STANCES` that holds.

    Where none does, the content is only named, and so attended to: "discussed *the report*".
    """
    cued = Cued(parsed, attribution)
    stances = (row.stance(cued) for row in STANCES if row.when(cued))
    return next(stances, Stance.PERCEIVED)


@dataclass(frozen=True)
class Cued:
    """An attribution as the rows of `STANCES` look at it."""

    parsed: Parsed
    attribution: Attribution

    @cached_property
    def cue(self) -> tuple[str, Stance | None]:
        """The word or pair of words of the cue that has a stance, the last of them, and which."""
        return _of_words(self.parsed.tokens_of(self.attribution.cue))

    @property
    def lemma(self) -> str:
        return self.cue[0]

    @property
    def of_cue(self) -> Stance | None:
        return self.cue[1]

    @cached_property
    def content(self) -> list[Token]:
        return self.parsed.tokens_of(self.attribution.content)

    @cached_property
    def is_clause(self) -> bool:
        return is_clause(self.parsed, self.attribution.content)

    @property
    def is_quoted(self) -> bool:
        """Whether some of the content stands in quotation marks."""
        return self.attribution.kind is not AttributionKind.INDIRECT

    @property
    def is_thought(self) -> bool:
        """Whether all of the content is a thought in marks."""
        is_direct = self.attribution.kind is AttributionKind.DIRECT
        is_model = self.attribution.rule is not Rule.CITED
        return self.of_cue is Stance.THOUGHT and is_direct and is_model

    @property
    def is_heard(self) -> bool:
        """Whether the source has the words from somebody else: "the court heard"."""
        return self.lemma in lexicon("cues")["stance"]["hearing"]

    @cached_property
    def is_before_body(self) -> bool:
        """Whether a court, an inquiry is who has them."""
        hears = hearer(self.parsed, self.attribution.cue)
        return hears is not None and is_institution(hears.text)

    @cached_property
    def is_infinitive(self) -> bool:
        """Whether the content begins with "to" and a verb; the addressee stands before it."""
        words = (t for t in self.content if not t.is_punct and t.pos_ != ADVERB)
        first = next(words, None)
        return first is not None and _marks_infinitive(first)

    def is_cue(self, name: str) -> bool:
        """Whether the cue is of a class of assertions in en/cues.toml."""
        return self.lemma in lexicon("cues")["assertion"][name]

    @cached_property
    def source(self) -> str:
        return " ".join(self.parsed.text[slice(*span)] for span in self.attribution.source)

    @cached_property
    def says_what_of_it(self) -> bool:
        """ "the driver for the crash": a noun, and what is said of it."""
        content = self.attribution.content
        head = self.parsed.head(content[0]) if content else None
        return head is not None and any(child.dep_ in OF_IT for child in head.children)

    @cached_property
    def of_phrase(self) -> Stance | None:
        """What the cue reports where its content only names what it is about."""
        classes = lexicon("cues")["stance"]["phrase"]
        return next((Stance(name) for name in classes if self.lemma in classes[name]), None)

    @property
    def is_finite(self) -> bool:
        """Whether the content has a finite verb that is not of a relative clause."""
        finite = (token for token in self.content if token.tag_ in FINITE)
        return any(token.dep_ != RELATIVE_CLAUSE for token in finite)

    @cached_property
    def of_noun(self) -> Stance | None:
        """The stance of the noun that the content is about: "expressed *support*"."""
        content = self.attribution.content
        head = self.parsed.head(content[0]) if content else None
        return _known().get(head.lemma_.lower()) if head is not None and head.pos_ == NOUN else None


def _marks_infinitive(token: Token) -> bool:
    return token.dep_ == AUXILIARY and token.lower_ in lexicon("words")["infinitive"]


class StanceRow(NamedTuple):
    """When an attribution has which stance, a sentence where it has and a near miss."""

    name: str
    when: Callable[[Cued], bool]
    stance: Callable[[Cued], Stance]
    yes: str
    no: str


def _always(stance: Stance) -> Callable[[Cued], Stance]:
    return lambda one: stance


def _of_cue(one: Cued) -> Stance:
    return one.of_cue or Stance.SAID


STANCES = (
    StanceRow(
        "what stands in marks was said, whatever the cue feels or wants",
        lambda one: one.is_quoted and not one.is_thought and not one.is_heard,
        lambda one: Stance.WROTE if one.of_cue is Stance.WROTE else Stance.SAID,
        yes="“It hurts,” Jane Miller hoped.",
        no="“It hurts,” Jane Miller thought.",
    ),
    StanceRow(
        "a denial",
        lambda one: one.is_cue("denials") and bool(one.attribution.source),
        _always(Stance.SAID),
        yes="Jane Miller rejected the claim.",
        no="Jane Miller praised the mayor.",
    ),
    StanceRow(
        "what a court or an inquiry hears was said there",
        lambda one: one.is_cue("hearings") and one.is_clause and one.is_before_body,
        _always(Stance.SAID),
        yes="The court heard that the law was void.",
        no="Jane Miller heard that the law was void.",
    ),
    StanceRow(
        "a judgement of what somebody did",
        lambda one: one.is_cue("judges") and one.says_what_of_it and not one.is_clause,
        _always(Stance.SAID),
        yes="Jane Miller criticised the misuse of the fund.",
        no="Jane Miller criticised the mayor.",
    ),
    StanceRow(
        "what a document shows",
        lambda one: one.is_cue("shows") and one.says_what_of_it and is_document(one.source),
        _always(Stance.SAID),
        yes="The scan revealed a growth in the lung.",
        no="Jane Miller revealed a taste for gin.",
    ),
    StanceRow(
        "an unknown cue with a clause",
        lambda one: one.of_cue is None and one.is_clause,
        _always(Stance.SAID),
        yes="Jane Miller blustered that the bridge was shut.",
        no="Jane Miller raved about the bridge.",
    ),
    StanceRow(
        "an unknown cue with “to” and a verb",
        lambda one: one.of_cue is None and one.is_infinitive,
        _always(Stance.WANTED),
        yes="Jane Miller longed to see the bridge.",
        no="Jane Miller raved about the bridge.",
    ),
    StanceRow(
        "any other unknown cue",
        lambda one: one.of_cue is None,
        _always(Stance.FELT),
        yes="Jane Miller raved about the bridge.",
        no="Jane Miller discussed the report.",
    ),
    StanceRow(
        "told to",
        lambda one: one.lemma in lexicon("cues")["stance"]["directs"] and one.is_infinitive,
        _always(Stance.WANTED),
        yes="Jane Miller told the workers to leave the building.",
        no="Jane Miller told the workers that the building was safe.",
    ),
    StanceRow(
        "a clause, or words in marks",
        lambda one: one.is_clause or one.is_quoted,
        _of_cue,
        yes="Jane Miller feared that the bridge was shut.",
        no="Jane Miller supports the plan.",
    ),
    StanceRow(
        "“conceded the point” is said, “was denied a visa” decided",
        lambda one: one.of_phrase is Stance.DECIDED and bool(one.attribution.source),
        _of_cue,
        yes="Jane Miller conceded the point.",
        no="Jane Miller praised the mayor.",
    ),
    StanceRow(
        "a cue that reports something else where it has no clause",
        lambda one: one.of_phrase is not None,
        lambda one: one.of_phrase or _of_cue(one),
        yes="Jane Miller praised the mayor.",
        no="Jane Miller discussed the report.",
    ),
    StanceRow(
        "a cue of no words",
        lambda one: one.of_cue not in _IN_WORDS,
        _of_cue,
        yes="Jane Miller supports the plan.",
        no="Jane Miller discussed the report.",
    ),
    StanceRow(
        "a verb without its subject",
        lambda one: one.is_finite or one.is_infinitive,
        _of_cue,
        yes="Jane Miller promised to close the port.",
        no="Jane Miller discussed the report.",
    ),
    StanceRow(
        "what is said of a thing",
        lambda one: one.lemma in lexicon("cues")["assertion"]["of a thing"],
        _of_cue,
        yes="Jane Miller described the plan.",
        no="Jane Miller discussed the report.",
    ),
    StanceRow(
        "a noun of another stance",
        lambda one: one.of_noun is not None and one.of_noun not in _IN_WORDS,
        lambda one: one.of_noun or _of_cue(one),
        yes="Jane Miller spoke of a ban.",
        no="Jane Miller discussed the report.",
    ),
)


def _of_words(tokens: list[Token]) -> tuple[str, Stance | None]:
    """The last word or pair of words of a cue that has a stance, and the stance."""
    lemmas = [token.lemma_.lower() for token in tokens]
    pairs = [f"{first} {second}" for first, second in pairwise(lemmas)]
    known = _known()
    words = (*reversed(pairs), *reversed(lemmas))
    return next(((word, known[word]) for word in words if word in known), ("", None))


@cache
def _known() -> dict[str, Stance]:
    classes = lexicon("cues")["stance"]
    return {lemma: stance for stance in reversed(Stance) for lemma in classes[stance]}


# --- clauses


def is_clause(parsed: Parsed, content: Spans) -> bool:
    """Whether a content has a subject and a verb, of its own and not of a relative clause in it."""
    return any(_has_clause(tokens) for _, tokens in parsed.by_paragraph(content))


def _has_clause(tokens: list[Token]) -> bool:
    inside = {token.i for token in tokens}
    subjects = (token for token in tokens if token.dep_ in ANY_SUBJECT)
    return any(not _beside_noun(subject.head, inside) for subject in subjects)


def _beside_noun(verb: Token, inside: set[int]) -> bool:
    """Whether a verb only describes a noun among `inside`."""
    return verb.dep_ in OF_NOUNS and verb.head.i in inside
