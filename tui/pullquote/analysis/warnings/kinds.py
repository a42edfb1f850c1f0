"""Of what kind a warning is: the first row that holds, for what is said and who says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import MODAL, OBJECT_OF_PREPOSITION, SUBJECT
from pullquote.analysis.lexicon import countries, lexicon
from pullquote.analysis.warnings.reported import Reported
from pullquote.findings import Actor, WarningKind

if TYPE_CHECKING:
    from spacy.tokens import Token


class KindRow(NamedTuple):
    """When a warning of an issuer is of a kind."""

    kind: WarningKind
    when: Callable[[Reported, Actor | None], bool]
    yes: str


def _threatens_itself(one: Reported, issuer: Actor | None) -> bool:
    """Whether "we" or "I" would do something."""
    own = (token for token in one.first if token.lower_ in one.words["own side"])
    subjects = (token for token in own if token.dep_ == SUBJECT)
    return any(_has_modal(subject.head) for subject in subjects)


def _has_modal(verb: Token) -> bool:
    return any(child.tag_ == MODAL for child in verb.children)


def _threatens_with_own(one: Reported, issuer: Actor | None) -> bool:
    """Whether the issuer's own country acts in the content."""
    country = _country(issuer)
    if country is None:
        return False
    known = countries()
    acting = (token.text for token in one.first if _may_act(token))
    return any(country in (known.demonyms.get(word), known.names.get(word)) for word in acting)


def _may_act(token: Token) -> bool:
    """Whether a word is no object of a preposition, but for that of who acts in the passive."""
    is_agent = token.head.lower_ in lexicon("words")["agents"]
    return token.dep_ != OBJECT_OF_PREPOSITION or is_agent


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
        WarningKind.THREAT,
        lambda one, issuer: one.follows is WarningKind.THREAT,
        yes="The raiders told the guard: “Give us the keys or somebody gets hurt.”",
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
        WarningKind.CAUTION,
        lambda one, issuer: one.follows is WarningKind.CAUTION,
        yes="The tenants said: “If the roof is not mended, we will lose our beds.”",
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
