"""The name that stands beside a role: "the contractor, Dov Klein, said", "economist Ann Cole".

The parse is often wrong about appositions, so what counts is what stands between the role and the
name. Offsets are half-open, in code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pullquote.analysis.en.labels import PLURALS, PREPOSITIONS
from pullquote.analysis.lexicon import any_of, lexicon
from pullquote.analysis.parsed import Parsed
from pullquote.findings import ActorKind
from pullquote.text import Span, Spans, one_line

if TYPE_CHECKING:
    from pullquote.analysis.drafts import Draft

_BEHIND = 3  # characters between a source and a name that it leaves out


@cache
def of_somebody() -> re.Pattern[str]:
    """What stands before a name that is another's than the role's: "of", a possessive."""
    return re.compile(rf"(?:['’]s?|\b(?:{any_of(lexicon('words')['of others'])}))\s*$")


@cache
def rest() -> re.Pattern[str]:
    """What may stand behind the name: nothing, a comma, an age, a bracket, a clause."""
    words = lexicon("words")
    return re.compile(rf"\s*(?:$|[,(—–-]|(?:{any_of(words['relatives'] | words['joining'])})\b)")


@cache
def joint() -> re.Pattern[str]:
    """What joins a name to the role before it: a comma, and an article."""
    return re.compile(rf"[,—–:]\s*(?:(?:{any_of(lexicon('words')['before roles'])})\s)?$")


def name_beside(
    parsed: Parsed,
    mentions: Callable[[Span], Iterable[tuple[Span, Draft]]],
    source: Span,
    content: Spans = (),
) -> Draft | None:
    """The person whose name stands beside the role that a source begins with.

    "Her lawyer, Dov Klein, said": whose lawyer it is begins the source, and is no name. Nor is one
    beside it that is in what the source says: "According to the poll, Dov Klein leads".
    """
    text, head = parsed.text, parsed.head(source)
    start, end = source
    if head is not None and head.tag_ in PLURALS:
        return None  # several: "The sisters, Ann and Jane"
    stand_ins = lexicon("people")["stand_ins"]
    for at, draft in sorted(mentions((start, end + _BEHIND)), key=lambda one: one[0]):
        words = one_line(text[slice(*at)])
        is_said = any(first <= at[0] < last for first, last in content)
        if draft.kind is not ActorKind.PERSON or not words[:1].isupper() or is_said:
            continue
        names = (name for name in (draft.name, *draft.aliases) if f" {words}".endswith(f" {name}"))
        name = max(names, key=len, default="")
        if words.lower() in stand_ins or not name:
            continue  # a role: "Acme Bank’s economist"
        at = (at[1] - len(name), at[1])  # without the title: "Mr Cole"
        before, behind = text[start : at[0]], text[at[1] : max(end, at[1])]
        if at[0] < start or not before.strip():
            return None  # the source begins with a name
        if rest().match(behind) and _is_beside(parsed, before, at, source):
            return draft
    return None


def _is_beside(parsed: Parsed, before: str, at: Span, source: Span) -> bool:
    if of_somebody().search(before):
        return False
    if joint().search(before):
        return True
    head, name = parsed.head(source), parsed.head(at)
    if head is None or name is None:
        return False
    paragraph = parsed.paragraph(source[0])
    is_before = paragraph is not None and paragraph.start + name.head.idx < source[0]
    return is_before or name.head.dep_ not in PREPOSITIONS  # "by" stands before the role


# --- names as they are written out in a source


class Written(NamedTuple):
    """How a name may be written, and the groups that make it up."""

    match: Callable[[str], re.Match[str] | None]
    yes: tuple[str, str]
    no: str


_PART = r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'-]{0,40}"
_NICKNAMED = re.compile(rf"({_PART}(?: {_PART})?) [\"“‘'(][^\"”’')]{{1,30}}[\"”’')] ({_PART})")
_KNOWN_AS = re.compile(rf"[^\"“‘]{{0,60}}\bknown as [\"“‘']({_PART}(?: {_PART}){{0,3}})")
_TITLED = re.compile(rf"(?:the|The|a|A) [^,.;]{{1,40}},\s(?:Mr|Mrs|Ms|Dr)\.?\s({_PART})\s?$")
WRITTEN = (
    Written(
        _NICKNAMED.match,
        yes=("Robert “Bobby” Tremaine", "Robert Tremaine"),
        no="Robert Tremaine, “Bobby”",
    ),
    Written(
        _KNOWN_AS.match,
        yes=("the rapper known as “Lil Frost”", "Lil Frost"),
        no="the rapper known as a thief",
    ),
    Written(
        _TITLED.match,
        yes=("the treasurer, Mr. D’Arcy", "D’Arcy"),
        no="the treasurer of Mr. D’Arcy",
    ),
)


def name_in(text: str) -> str | None:
    """The name that a source is written with, where it is more than one run of capitals."""
    for one in WRITTEN:
        if found := one.match(text):
            return " ".join(part for part in found.groups() if part)
    return None
