"""Warnings that no attribution covers: verbs of warning, and fears that nobody is said to have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import (
    CLAUSES,
    CLAUSES_OF_NOUNS,
    INFINITIVE,
    MODAL,
    NOUN,
    OBJECT,
    POSSESSOR,
    PREPOSITION,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Paragraph, Parsed, child, is_negated, subtree
from pullquote.analysis.somebody import is_somebody
from pullquote.analysis.warnings.acts import is_hostile
from pullquote.analysis.warnings.coercion import coerces
from pullquote.analysis.warnings.history import is_history
from pullquote.analysis.warnings.issuers import Issuers, doer_of, subject_of
from pullquote.analysis.warnings.parts import bare, condition_and_consequence, trimmed_spans
from pullquote.findings import Actor, Rule, Warning, WarningKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# The share of what these rules find that lies on an attribution of PolNeAR's train split, out of
# fold.
_CONFIDENCE = {Rule.VERB: 0.83, Rule.FEAR: 0.71}


# --- "Iran threatened to cut off electricity", whoever passes it on


def _of_what(token: Token) -> bool:
    """ "that it would break", "to leave", "of floods"; whom one warns is no harm."""
    is_about = token.dep_ == PREPOSITION and token.lower_ in lexicon("warnings")["about"]
    return is_about or token.dep_ in CLAUSES


def _of_what_or_whom(token: Token) -> bool:
    return token.dep_ == OBJECT or _of_what(token)


def _of_harm(token: Token) -> bool:
    """ "to retaliate"; most of what is sworn is no harm."""
    words = lexicon("warnings")
    harms = words["coercion"]["answers"] | words["harms"]
    return token.dep_ == INFINITIVE and (
        token.lemma_.lower() in harms
        or is_hostile(token)
        or coerces(token, conditional=False, vowed=True)
    )


def _of_coercion(token: Token) -> bool:
    """ "to strike", "a ban": what is only planned or weighed."""
    weighed = lexicon("warnings")["coercion"]["weighed"]
    return _of_harm(token) or (token.dep_ == OBJECT and token.lemma_.lower() in weighed)


def _of_right(token: Token) -> bool:
    """ "the right to respond"."""
    answers = lexicon("warnings")["coercion"]["answers"]
    below = (child.lemma_.lower() for child in token.children)
    return token.lemma_ == "right" and any(lemma in answers for lemma in below)


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
        _of_right,
        yes="Iran reserves the right to respond.",
        no="The hotel reserves the right to move the guests.",
    ),
    Verb(
        "plan",
        WarningKind.THREAT,
        _of_coercion,
        yes="The dockers intend to strike over Easter.",
        no="The dockers intend to fly over Easter.",
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
            if what is None or not _is_issued(verb, token, paragraph, issuers):
                continue
            warning = _warning(parsed.text, paragraph, token, what, verb.kind, issuers)
            if warning.span:
                yield warning


def _verb(token: Token) -> Verb | None:
    if token.pos_ != VERB:
        return None
    names = lexicon("warnings")["verbs"]
    lemma = token.lemma_.lower()
    return next((verb for verb in VERBS if lemma in names[verb.name]), None)


def _is_issued(verb: Verb, token: Token, paragraph: Paragraph, issuers: Issuers) -> bool:
    """Whether somebody threatens, no storm and no roof."""
    subject = subject_of(token)
    if verb.name != "threaten" or subject is None:
        return True
    return is_somebody(subject) or issuers.at(paragraph, subject) is not None


def _is_denied(verb: Token) -> bool:
    """Whether a verb or one above it is negated, or one above it denies."""
    denied = lexicon("cues")["commitment"]["denied"]
    above = [*verb.ancestors]
    return any(map(is_negated, (verb, *above))) or any(
        one.lemma_.lower() in denied for one in above
    )


def _what(token: Token, verb: Verb) -> Token | None:
    """What a verb warns of: the first clause behind it, or else the first of anything."""
    what = list(filter(verb.of, token.rights))
    clauses = (word for word in what if word.dep_ in CLAUSES)
    return next(chain(clauses, what), None)


def _warning(
    text: str,
    paragraph: Paragraph,
    verb: Token,
    what: Token,
    kind: WarningKind,
    issuers: Issuers,
) -> Warning:
    tokens = [token for token in subtree(what) if not token.is_space]
    modal = next((token for token in tokens if token.tag_ == MODAL), None)
    condition, consequence = condition_and_consequence(paragraph, tokens, modal)
    issuer = _issuer(issuers, paragraph, verb)
    return Warning(
        span=tuple(bare(text, span) for span in trimmed_spans(paragraph, tokens)),
        kind=kind,
        speaker=issuer.id if issuer else None,
        condition=condition,
        consequence=consequence,
        confidence=_CONFIDENCE[Rule.VERB],
        rule=Rule.VERB,
    )


def _issuer(issuers: Issuers, paragraph: Paragraph, verb: Token) -> Actor | None:
    """The actor who is the subject, where it stands before the verb."""
    subject = doer_of(verb)
    if subject is None or subject.i > verb.i:
        return None
    return issuers.at(paragraph, subject)


# --- "raised fears of …", "amid fears that …": nobody is said to fear


def fears(parsed: Parsed) -> Iterator[Warning]:
    """The fears that are reported without a speaker."""
    for paragraph, sentence in parsed.sentences():
        for token in sentence:
            if follows := _feared(token):
                yield _fear(paragraph, token, follows)


def _feared(token: Token) -> list[Token]:
    """What is feared, where a token is a noun of fear that is nobody's."""
    words = lexicon("warnings")
    if token.pos_ != NOUN or token.lemma_.lower() not in words["fears"]:
        return []
    if child(token, (POSSESSOR,)) is not None or token.head.lower_ in words["motives"]:
        return []  # "asked not to be named for fear of reprisals" says why, and warns nobody
    return list(filter(_says_what, token.children))


def _says_what(token: Token) -> bool:
    """ "of floods", "that it would break"."""
    is_about = token.lower_ in lexicon("warnings")["about a fear"]
    return is_about or token.dep_ in CLAUSES_OF_NOUNS


def _fear(paragraph: Paragraph, noun: Token, follows: list[Token]) -> Warning:
    first = noun.head.i if noun.dep_ == OBJECT else noun.left_edge.i
    last = max(word.right_edge.i for word in follows)
    tokens = [token for token in noun.doc[first : last + 1] if not token.is_space]
    what = [token for token in tokens if token.i > follows[0].i]
    return Warning(
        span=trimmed_spans(paragraph, tokens),
        kind=WarningKind.FEAR,
        consequence=trimmed_spans(paragraph, what),
        confidence=_CONFIDENCE[Rule.FEAR],
        rule=Rule.FEAR,
    )
