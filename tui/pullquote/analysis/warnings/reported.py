"""What an attribution passes on, as the rules of warnings look at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pullquote.analysis.en.labels import (
    ADJECTIVE,
    AUXILIARY,
    CLAUSE,
    MODAL,
    SUBORDINATOR,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.warnings.acts import is_danger
from pullquote.analysis.warnings.coercion import answers, coerces
from pullquote.analysis.warnings.consequences import if_so, or_else, without
from pullquote.analysis.warnings.parts import condition_and_consequence
from pullquote.findings import Attribution, WarningKind
from pullquote.text import Spans, overlap

if TYPE_CHECKING:
    from spacy.tokens import Token

Part = tuple[Paragraph, "list[Token]"]  # the words of a content in one paragraph


@dataclass(frozen=True)
class Reported:
    """An attribution as the rules look at it; `content` is not empty."""

    parsed: Parsed
    attribution: Attribution
    parts: list[Part]

    @cached_property
    def words(self) -> dict[str, Any]:
        return lexicon("warnings")

    @cached_property
    def cue(self) -> list[Token]:
        return self.parsed.tokens_of(self.attribution.cue)

    @cached_property
    def lemmas(self) -> set[str]:
        """Those of the cue."""
        return {token.lemma_.lower() for token in self.cue}

    @cached_property
    def content(self) -> list[Token]:
        return [token for _, tokens in self.parts for token in tokens]

    @property
    def paragraph(self) -> Paragraph:
        """The first, where condition, consequence and target are looked for."""
        return self.parts[0][0]

    @property
    def first(self) -> list[Token]:
        """The content in the first paragraph."""
        return self.parts[0][1]

    @cached_property
    def modal(self) -> Token | None:
        modals = self.words["modals"]["words"]
        return next((t for t in self.content if t.tag_ == MODAL and t.lower_ in modals), None)

    @cached_property
    def condition_and_consequence(self) -> tuple[Spans, Spans]:
        return condition_and_consequence(self.paragraph, self.first, self.modal)

    @cached_property
    def beside_condition(self) -> list[Token]:
        """The content without the condition."""
        return [token for token in self.content if not self._is_in_condition(token)]

    def _is_in_condition(self, token: Token) -> bool:
        condition, _ = self.condition_and_consequence
        place = self.paragraph.span_of([token])
        return any(overlap(place, span) for span in condition)

    @cached_property
    def is_conditional(self) -> bool:
        words = (token for token in self.content if token.lower_ in self.words["conditions"])
        return any(token.dep_ in (SUBORDINATOR, AUXILIARY) for token in words)

    @cached_property
    def follows(self) -> WarningKind | None:
        """The kind of warning that what follows under a condition, or upon an order, makes."""
        so = if_so(self.content, self.beside_condition) if self.is_conditional else None
        return so or or_else(self.content) or without(self.content)

    @cached_property
    def asserts(self) -> bool:
        """Whether the cue passes on no question and no wish."""
        return not self.lemmas & self.words["open"]

    @cached_property
    def phrase(self) -> WarningKind | None:
        """The kind of warning that a set phrase makes of the content."""
        text = " ".join(self.parsed.text[slice(*one)].lower() for one in self.attribution.content)
        text = re.sub(r"[“”\"]", "", " ".join(text.split()))
        phrases = [*self.words["phrases"].items()]
        if self.modal is not None:
            phrases += self.words["future"].items()
        kinds = (WarningKind(name) for name, ones in phrases if any(one in text for one in ones))
        return next(kinds, None)

    @cached_property
    def coercion(self) -> tuple[Part, Token] | None:
        """The first act of coercion that somebody is bound to, with where it stands."""
        vowed = bool(self.lemmas & self.words["vows"])
        words = ((part, token) for part in self.parts for token in part[1])
        acts = (one for one in words if coerces(one[1], self.is_conditional, vowed))
        return next(acts, None)

    @cached_property
    def reserved(self) -> tuple[Part, Token] | None:
        """The verb of a set phrase of threat that says who would act, with where it stands."""
        if self.phrase is not WarningKind.THREAT:
            return None
        verbs = self.words["own phrases"]
        words = ((part, token) for part in self.parts for token in part[1])
        return next((one for one in words if one[1].lemma_.lower() in verbs), None)

    @cached_property
    def is_answer(self) -> bool:
        return self.is_conditional and any(map(answers, self.beside_condition))

    @cached_property
    def is_dangerous(self) -> bool:
        """ "poses a threat to the valley", "there is a danger of"."""
        return any(map(is_danger, self.content))

    @cached_property
    def is_called_warning(self) -> bool:
        """ "called the drill a stern warning"."""
        nouns, calls = self.words["called"]["nouns"], self.words["called"]["verbs"]
        called = any(token.lemma_.lower() in nouns for token in self.content)
        return called and not self.lemmas.isdisjoint(calls)

    @cached_property
    def is_afraid(self) -> bool:
        """ "said she was afraid that it would break"."""
        afraid = self.words["adjectives"]["fear"]
        adjectives = (token for token in self.content if token.dep_ == ADJECTIVE)
        return any(
            child.dep_ == CLAUSE
            for token in adjectives
            if token.lower_ in afraid
            for child in token.children
        )
