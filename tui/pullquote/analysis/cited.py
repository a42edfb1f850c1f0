"""Words in marks whose speaker the verb right over them says, and the model does not.

"The league called it an “adverse development”", "what it calls “digital terror”": the nearest verb
above the quoted words is one of speech, and has a subject. So it is in what somebody passes on:
"the court heard Ann Cole admit to “a slip”". Offsets are half-open, in code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.en.labels import CLAUSES, PASSIVE_AUXILIARY, VERBS
from pullquote.analysis.in_speech import persons
from pullquote.analysis.issued import is_legible
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
    for quotation in quotations:
        if sources.over(quotation.span) or cues.over(quotation.span):
            continue
        if is_title(parsed.text, quotation):
            continue
        others = contents.over(quotation.span)
        before = _verb_before(parsed, quotation)
        verb = before or _verb_over(parsed, quotation.inner, _says_or_ends if others else _is_verb)
        paragraph = parsed.paragraph(quotation.start)
        if verb is None or paragraph is None:
            continue
        cue = paragraph.span_of([verb])
        owner = next((number for _, number in cues.over(cue)), None)
        if any(number == owner for _, number in others):
            continue
        if before is None and any(not _holds(span, cue, quotation) for span, _ in others):
            continue
        if owner is not None:
            one = found[owner]
            content = tuple(sorted((*one.content, quotation.span)))
            kind = AttributionKind.MIXED if one.content else AttributionKind.DIRECT
            found[owner] = msgspec.structs.replace(one, content=content, kind=kind)
            continue
        subject = subject_of(verb)
        if subject is None or subject.lower_ in no_source():
            continue
        for span, number in others:
            if before is not None and span == quotation.span:
                one = found[number]
                left = tuple(content for content in one.content if content != span)
                found[number] = msgspec.structs.replace(one, content=left)
        cues.put(cue, len(found))
        found.append(
            Attribution(
                id="",
                source=(paragraph.span_of(noun_phrase(subject)),),
                cue=(cue,),
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
