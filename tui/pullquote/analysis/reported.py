"""Claims that an attribution makes: one for each sentence of its content that asserts something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pullquote.analysis.accused import accused
from pullquote.analysis.assertions import asserts
from pullquote.analysis.checkable import figures, is_checkable
from pullquote.analysis.commitments import commitment
from pullquote.analysis.en.labels import AUXILIARIES, CLAUSE, NEGATION, VERB
from pullquote.analysis.heard import hearer
from pullquote.analysis.issued import is_issued
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, subtree
from pullquote.analysis.passed import Passed
from pullquote.analysis.places import Places
from pullquote.analysis.secondhand import at_first_hand, passing_on
from pullquote.analysis.sentences import by_sentence
from pullquote.analysis.sourcing import is_institution, sourcing
from pullquote.analysis.warnings.issuers import Issuers
from pullquote.findings import Actor, ActorKind, Attribution, AttributionKind, Claim, Sourcing
from pullquote.text import Span, Spans, one_line, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENING = 5  # words before a "that": "the wholly false claim that"
_LONG = 3  # sentences; a shorter quotation is one claim


def reported_claims(
    parsed: Parsed, actors: list[Actor], attributions: list[Attribution]
) -> Iterator[Claim]:
    """The claims of all `attributions` that assert something."""
    known = Issuers(actors)
    quoted = Places(
        (span, one)
        for one in attributions
        if one.kind is not AttributionKind.INDIRECT
        for span in one.content
    )
    for attribution in attributions:
        for content in _contents(parsed, attribution):
            one = Passed(parsed, replace(attribution, content=content))
            if asserts(one):
                yield _claim(one, known, passing_on(attribution, quoted))


def _contents(parsed: Parsed, attribution: Attribution) -> Iterator[Spans]:
    """What an attribution claims, piece by piece."""
    if not attribution.content:
        return
    if attribution.kind is AttributionKind.INDIRECT:
        yield _whole(parsed, attribution)
        return
    sentences = list(by_sentence(parsed, attribution.content))
    if len(sentences) < _LONG:
        yield attribution.content
    else:
        yield from sentences


def _whole(parsed: Parsed, attribution: Attribution) -> Spans:
    """A content up to the end of the clause that the cue's verb governs."""
    last = attribution.content[-1]
    paragraph = parsed.paragraph(last[0])
    tokens = parsed.tokens(last)
    cue = {token.i for span in attribution.cue for token in parsed.tokens(span)}
    if paragraph is None or not tokens or attribution.cue[0][0] > last[0]:
        return attribution.content
    verb = next((t for t in tokens if t.dep_ == CLAUSE and t.head.i in cue), None)
    if verb is None:
        return attribution.content
    clause = [token for token in subtree(verb) if not token.is_punct and not token.is_space]
    end = max(paragraph.start + token.idx + len(token) for token in clause)
    if end <= last[1]:
        return attribution.content
    return (*attribution.content[:-1], (last[0], end))


def _claim(one: Passed, known: Issuers, passing_on: str | None) -> Claim:
    attribution = one.attribution
    speaker, via = known.of(attribution.speaker), known.of(passing_on)
    hand = at_first_hand(one, known)
    if hand is not None:
        speaker, via = hand, speaker
    how = sourcing(speaker, has_source=bool(attribution.source))
    cited = _cited(one, known)
    if cited is not None and speaker is not None and cited.id != speaker.id:
        via, how = cited, Sourcing.DOCUMENT
    body = hearer(one.parsed, attribution.cue) if speaker is None else None
    if body is not None and is_institution(body.text):
        via, how = known.of_cue(one.parsed, attribution.cue), Sourcing.INSTITUTION
    return Claim(
        content=_claimed(one.parsed, attribution.content),
        attribution=attribution.id,
        speaker=speaker.id if speaker else None,
        via=via.id if via else None,
        against=accused(one, known),
        sourcing=how,
        cue=cue_words(one.cue),
        commitment=commitment(one),
        hedges=_hedges(one),
        checkable=is_checkable(one.parsed, attribution.content, frozenset(one.lemmas), how),
        figures=figures(one.parsed, attribution.content),
        confidence=attribution.confidence,
        speaker_confidence=attribution.speaker_confidence,
    )


def _cited(one: Passed, known: Issuers) -> Actor | None:
    """The report or the like that a claim stands in, also where its author is who makes it.

    What somebody issues to say something, as a statement, is as good as they are themselves.
    """
    source = one.attribution.source
    head = one.parsed.head(source[0]) if source else None
    paragraph = one.parsed.paragraph(source[0][0]) if source else None
    if head is None or paragraph is None or is_issued(head):
        return None
    actor = known.at(paragraph, head)
    return actor if actor is not None and actor.kind is ActorKind.DOCUMENT else None


def cue_words(cue: list[Token]) -> str:
    """A cue as a reader sees it: "alleged" of "has repeatedly alleged", "did not deny" whole."""
    verbs = [token for token in cue if token.pos_ == VERB and token.dep_ not in AUXILIARIES]
    verb = verbs[-1] if verbs else None
    light = lexicon("cues")["assertion"]["light"]
    is_whole = verb is None or verb.lemma_.lower() in light
    is_negated = any(token.dep_ == NEGATION for token in cue)
    words = cue if verb is None or is_whole or is_negated else [verb]
    return one_line("".join(token.text_with_ws for token in words)).strip().lower()


def _claimed(parsed: Parsed, content: Spans) -> Spans:
    """What a content claims, without a "that" that stands apart ("that, she said, it was")."""
    clauses = [span for span in content if parsed.text[slice(*span)].lower() != "that"]
    return tuple(_bare(parsed, span) for span in clauses or content)


def _bare(parsed: Parsed, span: Span) -> Span:
    """A content without what opens it: "that", "claims that", "the notion that"."""
    tokens = parsed.tokens(span)
    nouns = lexicon("cues")["assertion"]["claims"]
    for number, token in enumerate(tokens[:_OPENING]):
        if token.lower_ == "that":
            opens = number == 0 or tokens[number - 1].lemma_.lower() in nouns
            if opens and number + 1 < len(tokens):
                paragraph = parsed.paragraph(span[0])
                start = paragraph.start + tokens[number + 1].idx if paragraph else span[0]
                return trimmed(parsed.text, (start, span[1]))
            break
    return trimmed(parsed.text, span)


def _hedges(one: Passed) -> Spans:
    """The adverbs of hearsay in cue and content."""
    adverbs = lexicon("cues")["evidential"]["adverbs"]
    spans = (*one.attribution.cue, *one.attribution.content)
    return tuple(
        sorted(
            paragraph.span_of([token])
            for paragraph, tokens in one.parsed.by_paragraph(spans)
            for token in tokens
            if token.lower_ in adverbs
        )
    )
