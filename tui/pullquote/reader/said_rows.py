"""What is said in all articles as rows of a list, with the words that were looked for."""

import re
from collections.abc import Sequence

from pullquote.findings import Commitment, Sourcing
from pullquote.kinds import Badge, Line, Styled, words_of_saying
from pullquote.kinds.claim import SOURCING_GLYPHS
from pullquote.kinds.verdicts import badge_of
from pullquote.notes.questions import Term, plain
from pullquote.notes.sayings import Saying
from pullquote.reader.rows import Row
from pullquote.text import one_line

_FOUND = "bold"
_UNDATED = "added "


def row(one: Saying, terms: Sequence[Term]) -> Row:
    """The row of a statement: who says it, how, where and when, and its words."""
    judged = badge_of(one.verdict) if one.verdict else None
    edge = (
        Badge("checkable" if one.checkable else ""),
        Badge(one.how),
        Badge(one_line(one.site)[:20]),
        *((judged,) if judged else ()),
        Badge(("" if one.is_dated else _UNDATED) + one.day),
    )
    return Row(
        None,
        SOURCING_GLYPHS[Sourcing(one.sourcing)],
        one_line(one.who),
        "",
        lit(one.words, terms),
        cue=words_of_saying(one.cue),
        edge=tuple(badge for badge in edge if badge.words),
        tone="$muted",
        denied=one.commitment == Commitment.DENIED,
        details=lambda: _details(one),
    )


def _details(one: Saying) -> list[Line]:
    known = ", ".join((one.kind, *one.known))
    where = " · ".join(filter(None, (one.title or "Untitled", one.byline, one.site, one.published)))
    return [("known", known), ("in", one_line(where))]


def lit(words: str, terms: Sequence[Term]) -> Styled:
    """Words, with those that were looked for set off."""
    patterns = [one.pattern for one in terms if not one.excluded]
    text = plain(words)
    if not patterns or len(text) != len(words):  # accents of their own: offsets would be others
        return ((words, ""),)
    pieces, last = list[tuple[str, str]](), 0
    for found in re.finditer(rf"(?:{'|'.join(patterns)})\w*", text):
        pieces += [(words[last : found.start()], ""), (words[found.start() : found.end()], _FOUND)]
        last = found.end()
    return tuple((part, style) for part, style in (*pieces, (words[last:], "")) if part)
