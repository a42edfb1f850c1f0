"""Words in marks whose speaker the verb right over them says, and the model does not.

"The league called it an “adverse development”", "what it calls “digital terror”": the nearest verb
above the quoted words is one of speech, and has a subject. So it is in what somebody passes on:
"the court heard Ann Cole admit to “a slip”". Offsets are half-open, in code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.en.labels import (
    CLAUSES,
    CLAUSES_OF_NOUNS,
    INFINITIVAL,
    NOUN,
    PASSIVE_AUXILIARY,
    PREPOSITION,
    VERBS,
)
from pullquote.analysis.in_speech import persons
from pullquote.analysis.issued import author_of, is_legible
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, child, climb, is_negated
from pullquote.analysis.places import Places
from pullquote.analysis.quotations import Quotation, is_title
from pullquote.analysis.warnings.issuers import subject_of
from pullquote.findings import Attribution, AttributionKind, Rule
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# the share of what is found so that people marked too, on PolNeAR's train split
_SURE = 0.6
_STOP = re.compile(r"(?<=\w)[,:] $")
_BETWEEN = 3  # characters from a verb to the quotation that it introduces


def with_cited(
    parsed: Parsed, quotations: Iterable[Quotation], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions, and those of quotations that no content lies on, or one of another's words.

    Where the verb is the cue of one already, the quotation becomes a content of that.
    """
    found = list(attributions)
    sources = Places((span, None) for one in found for span in one.source)
    numbered = list(enumerate(found))
    contents = Places((span, number) for number, one in numbered for span in one.content)
    cues = Places((span, number) for number, one in numbered for span in one.cue)
    cited: Places[Span] = Places()  # the cues, by what they cite
    for quotation in quotations:
        if sources.over(quotation.span) or cues.over(quotation.span):
            continue
        if is_title(parsed.text, quotation):
            continue
        others = contents.over(quotation.span)
        citing = _citing(parsed, quotation, bool(others)) or _goes_on(parsed, quotation, cited)
        if citing is None:
            continue
        owner = next((number for _, number in cues.over(citing.cue)), None)
        if any(number == owner for _, number in others):
            continue
        if not citing.is_before and any(
            not _holds(span, citing.cue, quotation) for span, _ in others
        ):
            continue
        if owner is not None:
            one = found[owner]
            content = tuple(sorted((*one.content, quotation.span)))
            kind = AttributionKind.MIXED if one.content else AttributionKind.DIRECT
            found[owner] = msgspec.structs.replace(one, content=content, kind=kind)
            continue
        if citing.source is None:
            continue
        for span, number in others:
            if citing.is_before and span == quotation.span:
                one = found[number]
                left = tuple(content for content in one.content if content != span)
                found[number] = msgspec.structs.replace(one, content=left)
        cues.put(citing.cue, len(found))
        cited.put(quotation.span, citing.cue)
        found.append(
            Attribution(
                id="",
                source=(citing.source,),
                cue=(citing.cue,),
                content=(quotation.span,),
                kind=AttributionKind.DIRECT,
                confidence=_SURE,
                rule=Rule.CITED,
            )
        )
    return found


@cache
def no_source() -> frozenset[str]:
    """Subjects that say nothing ("that said, …"), or that are who speaks: "I said"."""
    own = (word for word, person in persons().items() if person in ("i", "we"))
    return lexicon("words")["of facts"] | frozenset(own)


class _Citing(NamedTuple):
    """What says that words in marks are somebody's."""

    cue: Span
    source: Span | None
    is_before: bool  # whether it stands right before them, with a comma or a colon


def _citing(parsed: Parsed, quotation: Quotation, is_said: bool) -> _Citing | None:
    """The verb or the noun of speech over a quotation; stricter where somebody says that, too."""
    paragraph = parsed.paragraph(quotation.start)
    before = _verb_before(parsed, quotation)
    noun = None if before is not None else _noun_over(parsed, quotation)
    ends = _says_or_ends if is_said else _is_verb
    cue = before or noun or _verb_over(parsed, quotation.inner, ends)
    if paragraph is None or cue is None:
        return None
    who = author_of(cue) if cue is noun else subject_of(cue)
    is_source = who is not None and who.lower_ not in no_source()
    source = paragraph.span_of(noun_phrase(who)) if who is not None and is_source else None
    return _Citing(paragraph.span_of([cue]), source, before is not None)


def _goes_on(parsed: Parsed, quotation: Quotation, cited: Places[Span]) -> _Citing | None:
    """The cue of words in marks that others hang on: orders to “sink it” in the “bay of sharks”.

    Near miss: orders to “sink it”, which the crew of the “Lady Ann” did.
    """
    head, paragraph = parsed.head(quotation.inner), parsed.paragraph(quotation.start)
    if head is None or paragraph is None:
        return None
    over = cited.over(paragraph.span_of([climb(head, _is_verb)]))
    return next((_Citing(cue, None, is_before=False) for _, cue in over), None)


def _noun_over(parsed: Parsed, quotation: Quotation) -> Token | None:
    """The noun of speech that words in marks are what it says.

    "His testimony that “it went on”", "orders from Ann Cole to “go on”"; near misses: "an order for
    “two teas”", "the orders were “late”".
    """
    head = parsed.head(quotation.inner)
    if head is None:
        return None
    inside = {token.i for token in parsed.tokens(quotation.inner)}
    clause = climb(head, lambda one: one.dep_ in CLAUSES_OF_NOUNS)
    if clause.dep_ in CLAUSES_OF_NOUNS and clause.head.i not in inside and _is_words(clause.head):
        return clause.head
    first = parsed.tokens(quotation.span)[0]
    if first.i < 2:
        return None
    to, author = first.nbor(-1), first.nbor(-2)
    if to.tag_ != INFINITIVAL:
        return None
    from_ = climb(author, lambda one: one.dep_ == PREPOSITION)
    is_issuer = from_.lower_ in lexicon("words")["of issuers"]
    return from_.head if is_issuer and _is_words(from_.head) else None


def _is_words(noun: Token) -> bool:
    """Whether a noun is of somebody's words: an order, a claim, a letter."""
    return noun.pos_ == NOUN and noun.lemma_.lower() in lexicon("cues")["turns"]["worded"]


def _holds(content: Span, cue: Span, quotation: Quotation) -> bool:
    """Whether a content tells of a cue and the words that go with it."""
    return content[0] <= cue[0] < quotation.start and quotation.inner[1] <= content[1]


def _verb_before(parsed: Parsed, quotation: Quotation) -> Token | None:
    """The verb of speech that a quotation follows with a comma or a colon between, if it is one."""
    start = quotation.start
    stop = _STOP.search(parsed.text, max(0, start - _BETWEEN), start)
    if stop is None:
        return None
    verb = next(iter(parsed.tokens((stop.start() - 1, stop.start()))), None)
    narrates = verb is not None and verb.lemma_.lower() in lexicon("cues")["turns"]["narrating"]
    return verb if verb is not None and (narrates or _cites(verb) or _can_be_read(verb)) else None


def _verb_over(parsed: Parsed, words: Span, ends: Callable[[Token], bool]) -> Token | None:
    """The verb of speech that is the first above some words at which the way up ends."""
    head = parsed.head(words)
    if head is None:
        return None
    inside = {token.i for token in parsed.tokens(words)}
    verb = climb(head, lambda one: one.i not in inside and ends(one))
    return verb if verb.i not in inside and _cites(verb) else None


def _can_be_read(verb: Token) -> bool:
    """ "A note read: “Pay up,” police said": the words are the note's; not "the man read: …"."""
    subject = subject_of(verb)
    reads = verb.lemma_.lower() in lexicon("cues")["turns"]["legible"]
    return reads and subject is not None and is_legible(subject)


def _is_verb(word: Token) -> bool:
    return word.pos_ in VERBS


def _says_or_ends(verb: Token) -> bool:
    """Whether a word is a verb, and cites or is of no clause that another verb governs."""
    return verb.pos_ in VERBS and (_cites(verb) or verb.dep_ not in CLAUSES)


def _cites(verb: Token) -> bool:
    """Whether a word is a verb of speech, in the active, without "not" or a denial above it."""
    turns = lexicon("cues")["turns"]
    is_citing = verb.pos_ in VERBS and verb.lemma_.lower() in turns["citing"]
    denies = verb.dep_ in CLAUSES and verb.head.lemma_.lower() in turns["denying"]
    is_said = not denies and not is_negated(verb)
    return is_citing and is_said and child(verb, (PASSIVE_AUXILIARY,)) is None
