"""Who is meant by an age: "the 31-year-old" is who is 31 where the article tells it of one.

"Ann Cole, 34, and Jo Reed, 31, left. The 31-year-old said …"; near misses: two who are 31, nobody
whose age is told, "the 31-year-old firm". Offsets are half-open, in code points.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pullquote.analysis.drafts import Draft
from pullquote.analysis.lexicon import lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.findings import ActorKind

_CALLED = re.compile(r"the (\d{1,3})-year-old(?: (\w+))?", re.IGNORECASE)
_TOLD = re.compile(r"(?:, | \()(\d{1,3})[,.)]")  # right behind a name


def give_by_age(parsed: Parsed, drafts: Sequence[Draft]) -> None:
    """Give the mentions by an age, whosesoever they were, to the person of that age."""
    text = parsed.text
    called = [
        (span, match[1], draft)
        for draft in drafts
        for span in draft.mentions
        if (match := _CALLED.fullmatch(text, *span)) and _is_person(match[2])
    ]
    if not called:
        return
    aged: defaultdict[str, set[Draft]] = defaultdict(set)
    for draft in (one for one in drafts if one.kind is ActorKind.PERSON):
        found = (_TOLD.match(text, end) for start, end in draft.mentions if text[start].isupper())
        for age in {match[1] for match in found if match}:
            aged[age].add(draft)
    for span, age, draft in called:
        if len(aged[age]) == 1:
            draft.mentions.discard(span)
            next(iter(aged[age])).mentions.add(span)


def _is_person(noun: str | None) -> bool:
    """Whether an age, with the noun behind it if there is one, is a person's."""
    people = lexicon("people")
    known = (people[name] for name in ("callings", "unnamed", "male_words", "female_words"))
    return noun is None or any(noun.lower() in nouns for nouns in known)
