"""Who only hears is not the source: "the court heard", "MPs were told", "Inquiry told of delay".

Who told it may be named behind "by" or "from"; else the words are nobody's that is named. Each way
to hear is a row, with a sentence and a near miss. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.en.labels import (
    CLAUSE,
    OBJECT_OF_PREPOSITION,
    PASSIVE_SUBJECT,
    PASTS,
    PREPOSITIONS,
    SUBJECTS,
    VERB,
)
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, child
from pullquote.analysis.sourcing import is_institution
from pullquote.findings import Attribution, Stance
from pullquote.text import Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

_BARE = "VB"  # the tag of an infinitive without "to"
_STOPS = (".", "?", "!", "…")


class Row(NamedTuple):
    """How somebody hears: whose verb it is, a text with such a one and one without."""

    who: Callable[[Parsed, Token], Token | None]
    yes: str
    no: str


def _hears(parsed: Parsed, verb: Token) -> Token | None:
    is_hearing = verb.lemma_.lower() in lexicon("cues")["assertion"]["hearings"]
    return child(verb, SUBJECTS) if is_hearing else None


def _is_told(parsed: Parsed, verb: Token) -> Token | None:
    return child(verb, (PASSIVE_SUBJECT,)) if _tells(verb) else None


def _told(parsed: Parsed, verb: Token) -> Token | None:
    """A heading leaves out "was"; a body in it that told somebody would be in the present."""
    subject = child(verb, SUBJECTS)
    if subject is None or not _tells(verb) or verb.tag_ not in PASTS:
        return None
    is_heading = not verb.doc.text.rstrip("”’\"' ").endswith(_STOPS)
    return subject if is_heading and is_institution(subject.text) else None


def _tells(verb: Token) -> bool:
    return verb.lemma_.lower() in lexicon("cues")["assertion"]["hears"]


ROWS = (
    Row(
        _hears,
        yes="The court heard that the bridge was “never safe”.",
        no="The court said that the bridge was “never safe”.",
    ),
    Row(
        _is_told,
        yes="“The bridge was never safe,” MPs were told.",
        no="“The bridge was never safe,” MPs told reporters.",
    ),
    Row(
        _told,
        yes="Inquiry told bridge was “never safe”\nIt opened in May.",
        no="Inquiry says bridge was “never safe”\nIt opened in May.",
    ),
)


def hearer(parsed: Parsed, cue: Spans) -> Token | None:
    """Who only hears what a cue reports, if the cue says so."""
    verbs = [token for token in parsed.tokens_of(cue) if token.pos_ == VERB]
    heard = (row.who(parsed, verb) for verb in verbs for row in ROWS)
    return next((token for token in heard if token is not None), None)


def with_tellers(parsed: Parsed, attributions: list[Attribution]) -> list[Attribution]:
    """The attributions, those of a hearer with whoever told it as their source, or with none."""
    return [_with_teller(parsed, one) if one.stance is Stance.SAID else one for one in attributions]


def _with_teller(parsed: Parsed, one: Attribution) -> Attribution:
    hears = hearer(parsed, one.cue)
    if hears is None:
        return one
    left = tuple(span for span in one.content if not _is(parsed, (span,), hears))
    content = left or one.content
    if one.source and not _is(parsed, one.source, hears):
        return msgspec.structs.replace(one, content=content)
    return msgspec.structs.replace(one, source=_teller(parsed, one.cue, hears), content=content)


def _is(parsed: Parsed, spans: Spans, token: Token) -> bool:
    """Whether a token governs the first of some spans."""
    head = parsed.head(spans[0])
    return head is not None and head.doc is token.doc and head.i == token.i


def _teller(parsed: Parsed, cue: Spans, hears: Token) -> Spans:
    """Who is named as the one that told it: "by Ann Cole", "from Ann Cole".

    Or whom one hears say it: "heard Ann Cole admit that", not "heard Ann Cole cough".
    """
    paragraph = parsed.paragraph(cue[0][0])
    said = child(hears.head, (CLAUSE,))
    if said is not None and said.tag_ == _BARE and paragraph:
        speaks = said.lemma_.lower() in lexicon("cues")["stance"]["said"]
        speaker = child(said, SUBJECTS) if speaks else None
        if speaker is not None:
            return (paragraph.span_of(noun_phrase(speaker)),)
    tellers = lexicon("words")["of issuers"]
    for word in hears.head.children:
        named = child(word, (OBJECT_OF_PREPOSITION,))
        if word.dep_ in PREPOSITIONS and word.lower_ in tellers and named and paragraph:
            return (paragraph.span_of(noun_phrase(named)),)
    return ()
