"""Which attributions are warnings: a rule is a row.

A cue warns; a content has a set phrase, sets harm under a condition or a modal, binds its source
to a hostile act or an answer, tells what follows (consequences.py), or of a danger or a fear. The
first row that holds gives the warning its rule, the first of kinds.py its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from pullquote.analysis.en.labels import (
    COMPLEMENTS,
    COMPOUND,
    NAME,
    OBJECT_OF_PREPOSITION,
    PREPOSITIONS,
    SUBJECTS,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, child, is_negated
from pullquote.analysis.sentences import by_sentence
from pullquote.analysis.warnings import kinds
from pullquote.analysis.warnings.figures import is_figure
from pullquote.analysis.warnings.history import is_history
from pullquote.analysis.warnings.issuers import Issuers, subject_of
from pullquote.analysis.warnings.parts import addressee, bare, target
from pullquote.analysis.warnings.reported import Part, Reported
from pullquote.findings import Actor, Attribution, Rule, Warning, WarningKind

if TYPE_CHECKING:
    from spacy.tokens import Token


# --- what is no warning, whatever it says


def _is_denied(one: Reported) -> bool:
    """Whether the cue denies or is negated."""
    denied = lexicon("cues")["commitment"]["denied"]
    return bool(one.lemmas & denied) or any(map(is_negated, one.cue))


def _sounds_so(one: Reported, rule: Rule) -> bool:
    """Whether what a rule takes for a warning is long past, or a figure of speech."""
    is_past = bool(one.cue) and is_history(one.cue[0].sent)
    return is_past or (rule is not Rule.CUE and is_figure(one.content))


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
    if one.modal is None or one.modal.lower_ in one.words["modals"]["able"] or not one.asserts:
        return False
    return _harm_follows(one.modal, one.words["harms"]) or (
        one.is_conditional and _has_harm(one.beside_condition, one.words["harms"])
    )


def _has_harm(tokens: list[Token], harms: frozenset[str]) -> bool:
    return any(token.lemma_.lower() in harms for token in tokens)


def _harm_follows(modal: Token, harms: frozenset[str]) -> bool:
    """Whether the modal's verb, or what it does or leads to, is harm."""
    verb = modal.head
    near = [child for child in verb.children if child.dep_ in COMPLEMENTS]
    prepositions = (child for child in verb.children if child.dep_ in PREPOSITIONS)
    behind = (child for preposition in prepositions for child in preposition.children)
    further = [child for child in behind if child.dep_ == OBJECT_OF_PREPOSITION]
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
        Rule.COERCION,
        lambda one: one.asserts and one.follows is WarningKind.THREAT,
        yes="The landlord told Ann Cole: “If the rent is not paid, your things will be put out.”",
        no="The landlord told Ann Cole: “If the stove is not clean, the maid will be sent up.”",
    ),
    Row(
        Rule.HARM,
        lambda one: one.asserts and one.follows is WarningKind.CAUTION,
        yes="The engineer said that if the pier is not mended, the arch will give way.",
        no="The engineer said that if the pier is not mended, the crew will give advice.",
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


# --- the warning


def warnings_of(parsed: Parsed, attribution: Attribution, issuers: Issuers) -> Iterator[Warning]:
    """The warnings of an attribution: all that a cue of warning reports, else single sentences."""
    whole = Reported(parsed, attribution, parsed.by_paragraph(attribution.content))
    if not whole.parts or _is_denied(whole):
        return
    for one in [whole] if _warns(whole) else _by_sentence(whole):
        rule = next((row.rule for row in RULES if row.when(one)), None)
        if rule is not None and not _sounds_so(one, rule):
            yield _warning(one, rule, issuers)


def _by_sentence(one: Reported) -> list[Reported]:
    """The sentences of a content, each as if it stood alone."""
    contents = list(by_sentence(one.parsed, one.attribution.content))
    if len(contents) < 2:
        return [one]
    return [
        Reported(
            one.parsed,
            replace(one.attribution, content=content),
            one.parsed.by_paragraph(content),
        )
        for content in contents
    ]


def _warning(one: Reported, rule: Rule, issuers: Issuers) -> Warning:
    issuer = _issuer(one, issuers)
    condition, consequence = one.condition_and_consequence
    return Warning(
        span=tuple(bare(one.parsed.text, span) for span in one.attribution.content),
        kind=next(row.kind for row in kinds.KINDS if row.when(one, issuer)),
        attribution=one.attribution.id,
        speaker=issuer.id if issuer else None,
        target=target(one.paragraph, one.modal, one.first)
        or addressee(one.parsed, one.attribution.cue),
        condition=condition,
        consequence=consequence,
        confidence=one.attribution.confidence,
        rule=rule,
    )


def _issuer(one: Reported, issuers: Issuers) -> Actor | None:
    """Who warns: the named actor of a hostile act, else the speaker, else the cue's subject."""
    own = () if _warns(one) else filter(None, (one.reserved, one.coercion))
    acts = next(filter(None, (_who_acts(*act, issuers) for act in own)), None)
    speaker = issuers.of(one.attribution.speaker)
    return acts or speaker or issuers.of_cue(one.parsed, one.attribution.cue)


def _who_acts(part: Part, verb: Token, issuers: Issuers) -> Actor | None:
    """The actor named as the subject of a coercive verb in the content, not "we" or "it"."""
    paragraph, content = part
    # of a name beside a verb the parse makes one word with it: "said Norway reserves the right"
    subject = child(verb, (*SUBJECTS, COMPOUND)) or subject_of(verb)
    if subject is None or subject.pos_ != NAME:
        return None
    inside = subject.i in {token.i for token in content}
    return issuers.at(paragraph, subject) if inside else None
