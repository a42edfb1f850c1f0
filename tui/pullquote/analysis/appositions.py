"""The name that stands beside a role: "the contractor, Dov Klein, said", "the economist Maria Costa".

The parse is often wrong about appositions, so what counts is what stands between the role and the
name. Offsets are half-open, in code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pullquote.analysis.parsed import Parsed
from pullquote.findings import ActorKind
from pullquote.text import Span

if TYPE_CHECKING:
    from pullquote.analysis.drafts import Draft

_BEHIND = 3  # characters between a source and a name that it leaves out
# behind the name: the end, a comma, an age, a bracket, a relative clause, the verb of speech
_GOES_ON = re.compile(r"\s*(?:$|[,(—–-]|who\b|and\b)")
_OF_SOMEBODY = re.compile(r"(?:['’]s?|\b(?:of|for|to|with|by|from|at|in|on|about|against|and|or))\s*$")
_COMMA = re.compile(r"(?:,|—|–|:)\s*(?:(?:a|an|the|his|her|their)\s)?$")


def name_beside(
    parsed: Parsed, mentions: Callable[[Span], Iterable[tuple[Span, Draft]]], source: Span
) -> Draft | None:
    """The person whose name stands beside the role that a source begins with."""
    text = parsed.text
    start, end = source
    for at, draft in sorted(mentions((start, end + _BEHIND)), key=lambda one: one[0]):
        if draft.kind is not ActorKind.PERSON or not text[at[0]].isupper():
            continue
        before, behind = text[start : at[0]], text[at[1] : max(end, at[1])]
        if at[0] < start or not before.strip():
            return None  # the source begins with a name
        if _GOES_ON.match(behind) and _is_beside(parsed, before, at, source):
            return draft
    return None


def _is_beside(parsed: Parsed, before: str, at: Span, source: Span) -> bool:
    if _OF_SOMEBODY.search(before):
        return False
    if _COMMA.search(before):
        return True
    head, name = parsed.head(source), parsed.head(at)
    return head is not None and name is not None and not _governs(name.head.dep_)


def _governs(dependency: str) -> bool:
    return dependency in ("prep", "agent")
