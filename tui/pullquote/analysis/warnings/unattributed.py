"""Warnings that no attribution covers: verbs of warning, and fears that nobody is said to have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    CLAUSES,
    CLAUSES_OF_NOUNS,
    MODAL,
    NOUN,
    OBJECT,
    POSSESSOR,
    PREPOSITION,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, subtree
from pullquote.analysis.somebody import is_somebody
from pullquote.analysis.warnings.acts import is_hostile
from pullquote.analysis.warnings.coercion import coerces, is_negated
from pullquote.analysis.warnings.history import is_history
from pullquote.analysis.warnings.issuers import Issuers, subject_of
from pullquote.analysis.warnings.parts import bare, condition_and_consequence, span_of
from pullquote.findings import Actor, Rule, Warning, WarningKind
from pullquote.text import Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

# The share of what these rules find that lies on an attribution of PolNeAR's train split, out of
# fold.
_SURE = {Rule.VERB: 0.83, Rule.FEAR: 0.71}


# --- "Iran threatened to cut off electricity", whoever passes it on


def _of_what(token: Token) -> bool:
    """ "that it would break", "to leave", "of floods"; whom one warns is no harm."""
    about = token.dep_ == PREPOSITION and token.lower_ in ("of", "against", "about", "over")
    return about or token.dep_ in CLAUSES


def _of_what_or_whom(token: Token) -> bool:
    return token.dep_ == OBJECT or _of_what(token)


def _of_harm(token: Token) -> bool:
    """ "to retaliate"; most of what is sworn is no harm."""
    words = lexicon("warnings")
    harms = words["coercion"]["answers"] | words["harms"]
    return token.dep_ == "xcomp" and (
        token.lemma_.lower() in harms or is_hostile(token) or coerces(token, False, True)
    )


def _of_coercion(token: Token) -> bool:
    """ "to strike", "a ban": what is only planned or weighed."""
    if token.dep_ == "xcomp":
        return _of_harm(token)
    weighed = lexicon("warnings")["coercion"]["weighed"]
    return token.dep_ == OBJECT and token.lemma_.lower() in weighed


def _right_to_answer(token: Token) -> bool:
    """ "the right to respond"."""
    answers = lexicon("warnings")["coercion"]["answers"]
    return token.lemma_ == "right" and any(c.lemma_.lower() in answers for c in token.children)


class Verb(NamedTuple):
    """Verbs of warning (en/warnings.toml has them by `name`): what they warn of, in which kind."""

    name: str
    kind: WarningKind
    of: Callable[[Token], bool]
    yes: str
    no: str


VERBS = (
    Verb(
        "threaten",
        WarningKind.THREAT,
        _of_what_or_whom,
        yes="Iran threatened the port on Monday.",
        no="Iran has not threatened the port.",
    ),
    Verb(
        "fear",
        WarningKind.FEAR,
        _of_what_or_whom,
        yes="The farmers fear the flood.",
        no="The farmers do not fear the flood.",
    ),
    Verb(
        "vow",
        WarningKind.THREAT,
        _of_harm,
        yes="The general vowed to retaliate.",
        no="The general vowed to visit the port.",
    ),
    Verb(
        "reserve",
        WarningKind.THREAT,
        _right_to_answer,
        yes="Iran reserves the right to respond.",
        no="The hotel reserves the right to move the guests.",
    ),
    Verb(
        "plan",
        WarningKind.THREAT,
        _of_coercion,
        yes="The pilots intend to strike over Easter.",
        no="The pilots intend to fly over Easter.",
    ),
    Verb(
        "warn",
        WarningKind.CAUTION,
        _of_what,
        yes="The weather service warned of floods.",
        no="The weather service warned the captain.",
    ),
)


def verbs_of_warning(parsed: Parsed, issuers: Issuers) -> Iterator[Warning]:
    """Verbs of warning with what they warn of."""
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            verb = _verb(token)
            if verb is None or _is_denied(token) or is_history(sentence):
                continue
            what = _what(token, verb)
            if what is None:
                continue
            if verb.name == "threaten" and not _can_threaten(token, paragraph.start, issuers):
                continue
            warning = _warning(parsed, paragraph.start, token, what, verb.kind, issuers)
            if warning.span:
                yield warning


def _verb(token: Token) -> Verb | None:
    if token.pos_ != VERB:
        return None
    names = lexicon("warnings")["verbs"]
    lemma = token.lemma_.lower()
    return next((verb for verb in VERBS if lemma in names[verb.name]), None)


def _can_threaten(verb: Token, start: int, issuers: Issuers) -> bool:
    """Whether the subject of a verb is somebody, no storm and no roof."""
    subject = subject_of(verb)
    return subject is None or issuers.at(start, subject) is not None or is_somebody(subject)


def _is_denied(verb: Token) -> bool:
    """Whether a verb or one above it is negated, or one above it denies."""
    denied = lexicon("cues")["commitment"]["denied"]
    return is_negated(verb) or any(
        above.lemma_.lower() in denied or is_negated(above) for above in verb.ancestors
    )


def _what(token: Token, verb: Verb) -> Token | None:
    """What a verb warns of: the first clause behind it, or else the first of anything."""
    what = [child for child in token.children if child.i > token.i and verb.of(child)]
    return next((child for child in what if child.dep_ in CLAUSES), what[0] if what else None)


def _warning(
    parsed: Parsed, start: int, verb: Token, what: Token, kind: WarningKind, issuers: Issuers
) -> Warning:
    tokens = [token for token in subtree(what) if not token.is_space]
    modal = next((token for token in tokens if token.tag_ == MODAL), None)
    condition, consequence = condition_and_consequence(parsed, start, tokens, modal)
    issuer = _issuer(issuers, start, verb)
    return Warning(
        span=tuple(bare(parsed.text, one) for one in span_of(parsed, start, tokens)),
        kind=kind,
        speaker=issuer.id if issuer else None,
        condition=condition,
        consequence=consequence,
        confidence=_SURE[Rule.VERB],
        rule=Rule.VERB,
    )


def _issuer(issuers: Issuers, start: int, verb: Token) -> Actor | None:
    """The actor who is the subject, where it stands before the verb."""
    subject = subject_of(verb)
    before = subject is not None and subject.i < verb.i
    return issuers.at(start, subject) if subject is not None and before else None


# --- "raised fears of …", "amid fears that …": nobody is said to fear


def fears(parsed: Parsed) -> Iterator[Warning]:
    """The fears that are reported without a speaker."""
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            follows = _feared(token)
            if follows:
                yield _fear(parsed, paragraph.start, token, follows)


def _feared(token: Token) -> list[Token]:
    """What is feared, where a token is a noun of fear that is nobody's."""
    if token.pos_ != NOUN or token.lemma_.lower() not in lexicon("warnings")["fears"]:
        return []
    if any(child.dep_ == POSSESSOR for child in token.children):
        return []
    return [
        child
        for child in token.children
        if child.lower_ in ("of", "over", "about") or child.dep_ in CLAUSES_OF_NOUNS
    ]


def _fear(parsed: Parsed, start: int, noun: Token, follows: list[Token]) -> Warning:
    first = noun.head.i if noun.dep_ == OBJECT else noun.left_edge.i
    last = max(child.right_edge.i for child in follows)
    tokens = [token for token in noun.doc[first : last + 1] if not token.is_space]
    what: Spans = span_of(parsed, start, [t for t in tokens if t.i > follows[0].i])
    return Warning(
        span=span_of(parsed, start, tokens),
        kind=WarningKind.FEAR,
        consequence=what,
        confidence=_SURE[Rule.FEAR],
        rule=Rule.FEAR,
    )
