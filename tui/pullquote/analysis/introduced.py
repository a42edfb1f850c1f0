"""Whom an article introduces: who answers, whose line it is, who is named below its beginning."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pullquote.analysis.en.labels import SINGULAR, SUBJECTS
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.turns import HE, SHE, genders
from pullquote.findings import ActorKind, Rule

if TYPE_CHECKING:
    from pullquote.analysis.drafts import Draft
    from pullquote.analysis.sources import Source

_OPENING = 3  # words of a content, among which its subject stands
_LEAD = 1_500  # characters of an article's beginning
_TOP = 20_000  # characters, in which whoever answers is called by name


def who_answers(source: Source) -> Draft | None:
    """The A of questions and answers: whom the article calls by name most, of several the first."""
    if source.attribution.rule is not Rule.TRANSCRIPT or source.text != "A":
        return None
    named = sorted(source.index.named_in((0, _TOP)), key=lambda one: one[0])
    counts = Counter(draft for _, draft in named)
    return max(counts, key=lambda draft: counts[draft], default=None)


def whose_line(source: Source) -> Draft | None:
    """Whose line of a transcript it is: by a word of the name or the role, or the initials."""
    if source.attribution.rule is not Rule.TRANSCRIPT:
        return None
    words = frozenset(source.text.casefold().split()) - lexicon("words")["articles"]
    return source.index.person(words) or source.index.person({source.text})


def named_below(source: Source) -> Draft | None:
    """Who "a mother of three" is who says that she is cross, if that "she" is first named below.

    Near misses: "a clerk says he was late" of a man who is named before, "a clerk says it was".
    """
    head, content = source.head, source.attribution.content
    if head is None or head.tag_ != SINGULAR or not content or source.span[0] > _LEAD:
        return None
    indefinite = lexicon("words")["indefinite"]
    if not any(token.lower_ in indefinite for token in head.lefts):
        return None
    words = source.parsed.tokens(content[0])[:_OPENING]
    own = [t for t in words if genders().get(t.lower_) in (HE, SHE) and t.dep_ in SUBJECTS]
    paragraph = source.parsed.paragraph(content[0][0])
    if not own or paragraph is None:
        return None
    draft = source.index.exact(paragraph.span_of(own[:1]))
    if draft is None or draft.kind is not ActorKind.PERSON:
        return None
    called = [at for at, one in source.index.named_in((0, source.span[0])) if one is draft]
    if called:
        return None
    source.index.move(source.span, draft)
    return draft
