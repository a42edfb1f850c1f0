"""Which attributions are warnings, and of what kind: a rule is a row, and so is a kind.

A cue warns; a content has a set phrase, sets harm under a condition or a modal, or binds its source
to an act of coercion or an answer. The first row that holds gives the warning its rule, the first
kind that holds its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from pullquote.analysis.en.labels import (
    AUXILIARY,
    MODAL,
    NAME,
    OBJECT_OF_PREPOSITION,
    PREPOSITIONS,
    SUBORDINATOR,
)
from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.parsed import Paragraph, Parsed
from pullquote.analysis.sentences import by_sentence
from pullquote.analysis.warnings.acts import is_danger
from pullquote.analysis.warnings.coercion import answers, coerces, is_negated
from pullquote.analysis.warnings.history import is_history
from pullquote.analysis.warnings.issuers import Issuers, subject_of
from pullquote.analysis.warnings.parts import (
    bare,
    condition_and_consequence,
    target,
)
from pullquote.findings import Actor, Attribution, Rule, Warning, WarningKind
from pullquote.text import Span, Spans, overlap

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
        return [token for span in self.attribution.cue for token in self.parsed.tokens(span)]

    @cached_property
    def lemmas(self) -> set[str]:
        """Those of the cue."""
        return {token.lemma_.lower() for token in self.cue}

    @cached_property
    def content(self) -> list[Token]:
        return [token for _, tokens in self.parts for token in tokens]

    @property
    def start(self) -> int:
        """Of the first paragraph, where condition, consequence and target are looked for."""
        return self.parts[0][0].start

    @property
    def first(self) -> list[Token]:
        return self.parts[0][1]

    @cached_property
    def modal(self) -> Token | None:
        modals = self.words["modals"]["words"]
        return next((t for t in self.content if t.tag_ == MODAL and t.lower_ in modals), None)

    @cached_property
    def condition_and_consequence(self) -> tuple[Spans, Spans]:
        return condition_and_consequence(self.parsed, self.start, self.first, self.modal)

    @cached_property
    def beside_condition(self) -> list[Token]:
        """The content without the condition."""
        condition, _ = self.condition_and_consequence
        return [
            token
            for token in self.content
            if not any(overlap(self._place(token), span) for span in condition)
        ]

    def _place(self, token: Token) -> Span:
        return self.start + token.idx, self.start + token.idx + len(token.text)

    @cached_property
    def is_conditional(self) -> bool:
        conditions = self.words["conditions"]
        return any(
            token.lower_ in conditions and token.dep_ in (SUBORDINATOR, AUXILIARY)
            for token in self.content
        )

    @cached_property
    def asserts(self) -> bool:
        """Whether the cue passes on no question and no wish."""
        return not self.lemmas & self.words["open"]

    @cached_property
    def phrase(self) -> WarningKind | None:
        """The kind of warning that a set phrase makes of the content."""
        text = " ".join(self.parsed.text[slice(*one)].lower() for one in self.attribution.content)
        text = re.sub(r"[“”\"]", "", " ".join(text.split()))
        kinds = [*self.words["phrases"].items()]
        if self.modal is not None:
            kinds += self.words["future"].items()
        for name, phrases in kinds:
            if any(phrase in text for phrase in phrases):
                return WarningKind(name)
        return None

    @cached_property
    def is_dangerous(self) -> bool:
        """ "poses a threat to the valley", "there is a danger of"."""
        return any(map(is_danger, self.content))

    @cached_property
    def is_called_warning(self) -> bool:
        """ "called the drill a stern warning"."""
        nouns = self.words["cue_nouns"]
        return any(t.dep_ == "oprd" and t.lemma_.lower() in nouns for t in self.content)

    @cached_property
    def is_afraid(self) -> bool:
        """ "said she was afraid that it would break"."""
        words = self.words["adjectives"]["fear"]
        return any(
            token.lower_ in words
            and token.dep_ == "acomp"
            and any(child.dep_ == "ccomp" for child in token.children)
            for token in self.content
        )

    @cached_property
    def coercion(self) -> tuple[Part, Token] | None:
        """The first act of coercion that somebody is bound to, with where it stands."""
        vowed = bool(self.lemmas & self.words["vows"])
        acts = (
            (part, token)
            for part in self.parts
            for token in part[1]
            if coerces(token, self.is_conditional, vowed)
        )
        return next(acts, None)

    @cached_property
    def is_answer(self) -> bool:
        return self.is_conditional and any(map(answers, self.beside_condition))


# --- what is no warning, whatever it says


def _is_none(one: Reported) -> bool:
    """Whether the cue denies, is negated, or tells of a year long past."""
    denied = lexicon("cues")["commitment"]["denied"]
    if one.lemmas & denied or any(map(is_negated, one.cue)):
        return True
    return bool(one.cue) and is_history(one.cue[0].sent)


# --- the rules


class Row(NamedTuple):
    """A rule: when an attribution is a warning by it, a sentence where it is and a near miss."""

    rule: Rule
    when: Callable[[Reported], bool]
    yes: str
    no: str


def _warns(one: Reported) -> bool:
    return bool(one.lemmas & (one.words["cues"] | one.words["cue_nouns"]))


def _says_harm(one: Reported) -> bool:
    """Whether harm follows from a modal, or stands beside one under a condition."""
    if one.modal is None or one.modal.lower_ == "can" or not one.asserts:
        return False
    return _harm_follows(one.modal, one.words["harms"]) or (
        one.is_conditional and _has_harm(one.beside_condition, one.words["harms"])
    )


def _has_harm(tokens: list[Token], harms: frozenset[str]) -> bool:
    return any(token.lemma_.lower() in harms for token in tokens)


def _harm_follows(modal: Token, harms: frozenset[str]) -> bool:
    """Whether the modal's verb, or what it does or leads to, is harm."""
    verb = modal.head
    near = [child for child in verb.children if child.dep_ in ("dobj", "attr", "prt", "acomp")]
    further = [
        token
        for child in verb.children
        if child.dep_ in PREPOSITIONS
        for token in child.children
        if token.dep_ == OBJECT_OF_PREPOSITION
    ]
    return _has_harm([verb, *near, *further], harms)


RULES = (
    Row(
        Rule.CUE,
        _warns,
        yes="Iran warned that the talks would collapse.",
        no="Iran announced that the talks would resume.",
    ),
    Row(
        Rule.PHRASE,
        lambda one: one.asserts and one.phrase is not None,
        yes="The minister said that all options are on the table.",
        no="The minister said that all papers are on the table.",
    ),
    Row(
        Rule.COERCION,
        lambda one: one.asserts and one.coercion is not None,
        yes="Farmers said they would blockade Paris from Monday.",
        no="Farmers said they would visit Paris on Monday.",
    ),
    Row(
        Rule.ANSWER,
        lambda one: one.is_answer,
        yes="The minister said: “If they come again, we will respond.”",
        no="The minister said: “If they come again, we will cook.”",
    ),
    Row(
        Rule.HARM,
        lambda one: one.asserts and one.is_dangerous,
        yes="The engineer said that the dam poses a danger to the valley.",
        no="The engineer said that the dam poses no danger to the valley.",
    ),
    Row(
        Rule.CUE,
        lambda one: one.is_called_warning,
        yes="The admiral called the drill a stern warning to the rebels.",
        no="The admiral called the drill a great success for the crew.",
    ),
    Row(
        Rule.FEAR,
        lambda one: one.is_afraid,
        yes="The mother said she was afraid that the boy would leave.",
        no="The mother said she was glad that the boy would leave.",
    ),
    Row(
        Rule.HARM,
        _says_harm,
        yes="The minister said that an attack on the port would provoke a war.",
        no="The minister said that a visit to the port would please the crew.",
    ),
)


# --- the kinds


class KindRow(NamedTuple):
    """When a warning of an issuer is of a kind."""

    kind: WarningKind
    when: Callable[[Reported, Actor | None], bool]
    yes: str


def _threatens_itself(one: Reported, issuer: Actor | None) -> bool:
    """Whether "we" or "I" would do something."""
    own = one.words["own side"]
    return any(
        token.lower_ in own
        and token.dep_ == "nsubj"
        and any(child.tag_ == MODAL for child in token.head.children)
        for token in one.first
    )


def _threatens_with_own(one: Reported, issuer: Actor | None) -> bool:
    """Whether the issuer's own country acts in the content."""
    country = _country(issuer)
    if country is None:
        return False
    known = countries()
    return any(
        country in (known.demonyms.get(token.text), known.names.get(token.text))
        for token in one.first
        if token.dep_ != OBJECT_OF_PREPOSITION or token.head.lower_ == "by"
    )


def _country(issuer: Actor | None) -> str | None:
    """The country that an issuer speaks for."""
    if issuer is None:
        return None
    names = countries().names
    words = re.sub(r"['’]s\b", "", f"{issuer.affiliation or ''} {issuer.name}").split()
    runs = (
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    return next((names[run] for run in runs if run in names), None)


KINDS = (
    KindRow(
        WarningKind.RED_LINE,
        lambda one, issuer: one.phrase is WarningKind.RED_LINE,
        yes="The Kremlin said that any intervention would cross a red line.",
    ),
    KindRow(
        WarningKind.THREAT,
        lambda one, issuer: one.coercion is not None or one.is_answer,
        yes="Farmers said they would blockade Paris from Monday.",
    ),
    KindRow(
        WarningKind.ULTIMATUM,
        lambda one, issuer: one.phrase is WarningKind.ULTIMATUM,
        yes="The general said the rebels have until Monday to leave the town.",
    ),
    KindRow(
        WarningKind.THREAT,
        lambda one, issuer: (
            one.phrase is WarningKind.THREAT or bool(one.lemmas & one.words["kinds"]["threat"])
        ),
        yes="The minister said that all options are on the table.",
    ),
    KindRow(
        WarningKind.FEAR,
        lambda one, issuer: one.is_afraid or bool(one.lemmas & one.words["kinds"]["fear"]),
        yes="Experts fear that the dam will break.",
    ),
    KindRow(
        WarningKind.ULTIMATUM,
        lambda one, issuer: bool(one.lemmas & one.words["kinds"]["ultimatum"]),
        yes="The general gave them an ultimatum: “Leave the town by noon, my friends.”",
    ),
    KindRow(
        WarningKind.THREAT,
        _threatens_itself,
        yes="The minister warned: “We could close the port.”",
    ),
    KindRow(
        WarningKind.THREAT,
        _threatens_with_own,
        yes="Iran warned that Iranian ships would close the strait.",
    ),
    KindRow(
        WarningKind.CAUTION,
        lambda one, issuer: True,
        yes="Experts warned that the talks would collapse.",
    ),
)


# --- the warning


def warnings_of(parsed: Parsed, attribution: Attribution, issuers: Issuers) -> Iterator[Warning]:
    """The warnings of an attribution: all that a cue of warning reports, else single sentences."""
    whole = Reported(parsed, attribution, parsed.by_paragraph(attribution.content))
    if not whole.parts or _is_none(whole):
        return
    ones = [whole] if _warns(whole) else _by_sentence(whole)
    for one in ones:
        rule = next((row.rule for row in RULES if row.when(one)), None)
        if rule is not None:
            yield _warning(one, rule, issuers)


def _by_sentence(one: Reported) -> list[Reported]:
    """The sentences of a content, each as if it stood alone."""
    parsed = one.parsed
    sentences = list(by_sentence(parsed, one.attribution.content))
    if len(sentences) < 2:
        return [one]
    return [
        Reported(parsed, replace(one.attribution, content=content), parsed.by_paragraph(content))
        for content in sentences
    ]


def _warning(one: Reported, rule: Rule, issuers: Issuers) -> Warning:
    issuer = _issuer(one, issuers)
    condition, consequence = one.condition_and_consequence
    return Warning(
        span=tuple(bare(one.parsed.text, span) for span in one.attribution.content),
        kind=next(row.kind for row in KINDS if row.when(one, issuer)),
        attribution=one.attribution.id,
        speaker=issuer.id if issuer else None,
        target=target(one.parsed, one.start, one.modal, one.first),
        condition=condition,
        consequence=consequence,
        confidence=one.attribution.confidence,
        rule=rule,
    )


def _issuer(one: Reported, issuers: Issuers) -> Actor | None:
    """Who warns: the named actor of a coercive act, else the speaker, else the cue's subject."""
    acts = None if one.coercion is None or _warns(one) else _who_acts(*one.coercion, issuers)
    speaker = issuers.of(one.attribution.speaker)
    return acts or speaker or issuers.of_cue(one.parsed, one.attribution.cue)


def _who_acts(part: Part, verb: Token, issuers: Issuers) -> Actor | None:
    """The actor named as the subject of a coercive verb in the content, not "we" or "it"."""
    paragraph, content = part
    subject = subject_of(verb)
    if subject is None or subject.pos_ != NAME:
        return None
    inside = subject.i in {token.i for token in content}
    return issuers.at(paragraph.start, subject) if inside else None
