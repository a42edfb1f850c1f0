"""What an attribution passes on, as the rules of claims look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import (
    ADVERBIAL_CLAUSE,
    CONJUNCT,
    MODAL,
    NAME,
    NAMING,
    NEGATION,
    NOUNS,
    OF_IT,
    PASSIVE_AUXILIARY,
    RELATIVE_CLAUSE,
    SUBORDINATOR,
    TELLING,
    VERBS,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, is_root
from pullquote.analysis.sourcing import is_document, is_institution, is_part_of_a_text
from pullquote.analysis.stances import is_clause
from pullquote.findings import Attribution, AttributionKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_ATTITUDES = (Stance.WANTED, Stance.DECIDED, Stance.FELT, Stance.PERCEIVED)


@dataclass(frozen=True)
class Passed:
    """An attribution with one sentence of its content, or with all of it."""

    parsed: Parsed
    attribution: Attribution

    @cached_property
    def cue(self) -> list[Token]:
        return self.parsed.tokens_of(self.attribution.cue)

    @cached_property
    def lemmas(self) -> set[str]:
        """Those of the cue."""
        return {token.lemma_.lower() for token in self.cue}

    def cue_is(self, *path: str) -> bool:
        """Whether the cue is of a class of en/cues.toml."""
        words = lexicon("cues")
        for name in path:
            words = words[name]
        return not self.lemmas.isdisjoint(words)

    @cached_property
    def is_negated(self) -> bool:
        """ "did not say", "declined to say", "never said"."""
        inside = {token.i for token in self.content}
        negations = (c for token in self.cue for c in token.children if c.dep_ == NEGATION)
        return self.cue_is("assertion", "withholds") or any(
            negation.i not in inside for negation in negations
        )

    @property
    def is_hedged(self) -> bool:
        """Whether it is itself hearsay to the source: "allegedly"."""
        adverbs = lexicon("cues")["evidential"]["adverbs"]
        return any(token.lower_ in adverbs for token in self.content)

    @cached_property
    def is_passive(self) -> bool:
        """ "was called", "was pictured"."""
        return any(token.dep_ == PASSIVE_AUXILIARY for token in self.cue)

    @cached_property
    def content(self) -> list[Token]:
        return self.parsed.tokens_of(self.attribution.content)

    @property
    def is_quoted(self) -> bool:
        """Whether some of the content stands in quotation marks."""
        return self.attribution.kind is not AttributionKind.INDIRECT

    @cached_property
    def is_clause(self) -> bool:
        has_verb = any(token.pos_ in VERBS for token in self.content)
        return has_verb and is_clause(self.parsed, self.attribution.content)

    @property
    def is_finite(self) -> bool:
        """Whether a verb of the content, of no relative clause, tells what is or was."""
        return any(
            token.tag_ in TELLING and token.dep_ != RELATIVE_CLAUSE for token in self.content
        )

    @cached_property
    def is_question(self) -> bool:
        """Whether the content ends in a question mark, or is what somebody asks or knows."""
        end = self.parsed.text[slice(*self.attribution.content[-1])].rstrip("\"”’' ")
        return end.endswith("?") or (self._opens_question and self.cue_is("assertion", "asks"))

    @property
    def _opens_question(self) -> bool:
        """ "whether it was safe", "if it was safe"; not "if it rises, it will close"."""
        first = next((token for token in self.content if not token.is_punct), None)
        if first is None or self.is_quoted:
            return False
        if first.lower_ == "whether":
            return True
        inside = {token.i for token in self.content}
        clause = first.head
        is_condition = clause.dep_ == ADVERBIAL_CLAUSE and clause.head.i in inside
        return first.lower_ == "if" and not is_condition

    @property
    def has_attitude(self) -> bool:
        """Whether the source is said to have wanted, decided, felt or perceived."""
        return self.attribution.stance in _ATTITUDES

    @cached_property
    def head(self) -> Token | None:
        """The word that governs the content."""
        content = self.attribution.content
        return self.parsed.head(content[0]) if content else None

    @property
    def is_name(self) -> bool:
        """Whether the content is or gives a name, not quoted: "Biscuit", "the horse … Biscuit"."""
        given = next((token for token in self.content if token.dep_ == NAMING), self.head)
        return given is not None and given.pos_ == NAME and not self.is_quoted

    @property
    def is_one_word(self) -> bool:
        """ "which", "victory": too little to assert anything."""
        return sum(not token.is_punct for token in self.content) < 2

    @property
    def says_what_of_it(self) -> bool:
        """ "the driver for the crash", "the misuse of the fund": a noun and what is said of it."""
        head = self.head
        return (
            head is not None
            and head.pos_ in NOUNS
            and any(child.dep_ in OF_IT for child in head.children)
        )

    @cached_property
    def source_name(self) -> str:
        return " ".join(self.parsed.text[slice(*span)] for span in self.attribution.source)

    @property
    def is_by_document(self) -> bool:
        return bool(self.attribution.source) and is_document(self.source_name)

    @property
    def is_by_text(self) -> bool:
        """ "A second paragraph tells that …"."""
        return bool(self.source_name.strip()) and is_part_of_a_text(self.source_name)

    @property
    def is_by_body(self) -> bool:
        return bool(self.attribution.source) and is_institution(self.source_name)

    @cached_property
    def roots(self) -> list[Token]:
        """The main verbs of the content."""
        parts = self.parsed.by_paragraph(self.attribution.content)
        return [root for _, content in parts for root in _roots(content)]

    @property
    def is_conditional(self) -> bool:
        return any(map(_has_condition, self.roots))

    @property
    def is_tentative(self) -> bool:
        """Whether the first main verb is under a modal."""
        modals = lexicon("cues")["hedge"]["modals"]
        return any(has_modal(root.children, modals) for root in self.roots[:1])


def has_modal(tokens: Iterable[Token], words: frozenset[str]) -> bool:
    """Whether one of the words is a modal of a list."""
    return any(token.tag_ == MODAL and token.lower_ in words for token in tokens)


def _roots(content: list[Token]) -> list[Token]:
    """A content's main verbs in one paragraph: those that no word in it governs, and conjuncts."""
    inside = {token.i for token in content}
    verbs = [token for token in content if token.pos_ in VERBS]
    roots = [token for token in verbs if token.head.i not in inside or is_root(token)]
    numbers = {token.i for token in roots}
    return roots + [t for t in verbs if t.dep_ == CONJUNCT and t.head.i in numbers]


def _has_condition(verb: Token) -> bool:
    """Whether an if-clause governs a verb."""
    near = (child for child in verb.children if child.dep_ in (ADVERBIAL_CLAUSE, SUBORDINATOR))
    words = (word for clause in near for word in (clause, *clause.children))
    return any(w.lower_ in ("if", "unless") and w.dep_ == SUBORDINATOR for w in words)
