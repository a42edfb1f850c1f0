"""Words in marks that the model links to nobody, where the verb over them says whose they are.

"The league called it an “adverse development”", "what it calls “digital terror”": the nearest verb
above the quoted words is one of speech, and has a subject. Offsets are half-open, in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from pullquote.analysis.actors.phrases import noun_phrase
from pullquote.analysis.en.labels import NEGATION, SUBJECTS, VERBS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed, climb
from pullquote.analysis.places import Places
from pullquote.analysis.quotations import Quotation, is_title
from pullquote.findings import Attribution, AttributionKind, Rule
from pullquote.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# the share of what is found so that people marked too, on PolNeAR's train split
_SURE = 0.6


def with_cited(
    parsed: Parsed, quotations: Iterable[Quotation], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions, and those of quotations that no content lies on.

    Where the verb is the cue of one already, the quotation becomes a content of that.
    """
    found = list(attributions)
    taken = Places((span, None) for one in found for span in (*one.content, *one.source))
    cues = Places((span, number) for number, one in enumerate(found) for span in one.cue)
    for quotation in quotations:
        if taken.over(quotation.span) or cues.over(quotation.span):
            continue
        if is_title(parsed.text, quotation):
            continue
        verb = _verb_over(parsed, quotation.inner)
        paragraph = parsed.paragraph(quotation.start)
        if verb is None or paragraph is None:
            continue
        cue = paragraph.span_of([verb])
        owner = next((number for _, number in cues.over(cue)), None)
        if owner is not None:
            one = found[owner]
            content = tuple(sorted((*one.content, quotation.span)))
            kind = AttributionKind.MIXED if one.content else AttributionKind.DIRECT
            found[owner] = msgspec.structs.replace(one, content=content, kind=kind)
            continue
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if subject is None:
            continue
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


def _verb_over(parsed: Parsed, words: Span) -> Token | None:
    """The verb of speech right above some words, if it is not negated."""
    head = parsed.head(words)
    if head is None:
        return None
    inside = {token.i for token in parsed.tokens(words)}
    verb = climb(head, lambda one: one.pos_ in VERBS and one.i not in inside)
    if verb.i in inside or verb.lemma_.lower() not in lexicon("cues")["turns"]["citing"]:
        return None
    if any(child.dep_ == NEGATION for child in verb.children):
        return None
    return verb
