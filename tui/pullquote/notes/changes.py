"""What changed between two versions of an article: what is quoted and claimed, then the text.

Paragraphs (or findings) are compared as wholes; where one became another, its words are compared.
The matching is difflib's, after Ratcliff and Obershelp.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from pullquote.findings import NOBODY, Finding
from pullquote.notes.reading import Reading
from pullquote.text import joined, one_line, paragraphs

_SAME = 0.5  # the share of words in common from which one paragraph became another
_FEW = 40  # characters


class How(StrEnum):
    """What happened to a piece."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


Piece = tuple[How, str]


class Change(msgspec.Struct, frozen=True):
    """One change: its pieces in order, and what happened to each."""

    pieces: tuple[Piece, ...]
    who: str = ""  # the speaker's name, of a quote or claim that has one

    @property
    def how(self) -> str:
        """`added`, `removed`, or `changed` where there is some of both or something kept."""
        kinds = {how for how, _ in self.pieces}
        return str(kinds.pop()) if len(kinds) == 1 else "changed"


class Changes(msgspec.Struct, frozen=True):
    """All that changed; `quotes` and `claims` are None where a version was not analysed."""

    quotes: tuple[Change, ...] | None
    claims: tuple[Change, ...] | None
    text: tuple[Change, ...]


def changes(old: Reading, new: Reading) -> Changes:
    """What changed from `old` to `new`, two versions of an article, in the order of the text.

    Of the title and the paragraphs each; of quotes and claims where both were analysed, by their
    words on one line.
    """
    title = _between([old.article.title], [new.article.title])
    text = _between(_paragraphs(old), _paragraphs(new))
    if old.findings is None or new.findings is None:
        return Changes(None, None, title + text)
    quotes = _said(old, new, old.findings.quotes, new.findings.quotes)
    claims = _said(old, new, old.findings.claims, new.findings.claims)
    return Changes(quotes, claims, title + text)


def _paragraphs(reading: Reading) -> list[str]:
    return [
        one_line(reading.article.text[start:end]) for start, end in paragraphs(reading.article.text)
    ]


def _said(
    old: Reading, new: Reading, before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[Change, ...]:
    """What changed in the words of the findings, or in who says them."""
    was = {_line(old, one): _speaker(old, one) for one in before}
    now = {_line(new, one): _speaker(new, one) for one in after}
    found = []
    for change in _between(list(was), list(now)):
        who = now.get(_words(change, How.ADDED)) or was.get(_words(change, How.REMOVED), "")
        found.append(msgspec.structs.replace(change, who=who))
    return (*found, *_other_speakers(was, now))


def _words(change: Change, how: How) -> str:
    return "".join(words for kind, words in change.pieces if kind in (How.KEPT, how))


def _line(reading: Reading, one: Finding) -> str:
    return joined(reading.article.text, one.spans)


def _speaker(reading: Reading, one: Finding) -> str:
    assert reading.findings is not None
    actor = reading.findings.actor(one.speaker)
    return actor.name if actor else ""


def _other_speakers(was: dict[str, str], now: dict[str, str]) -> tuple[Change, ...]:
    """The same words, said by another."""
    return tuple(
        Change(
            (
                (How.REMOVED, was[words] or NOBODY),
                (How.ADDED, who or NOBODY),
                (How.KEPT, f": {words}"),
            )
        )
        for words, who in now.items()
        if words in was and was[words] != who
    )


def _between(old: Sequence[str], new: Sequence[str]) -> tuple[Change, ...]:
    """The changes from one list of lines to another, in order."""
    found: list[Change] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _paired(list(old[i:j]), list(new[k:m]))
    return tuple(one for one in found if any(words.strip() for _, words in one.pieces))


def _paired(old: list[str], new: list[str]) -> list[Change]:
    """Each new line with the old one that it came from, if there is one."""
    found = []
    for line in new:
        scores = [_similar(one, line) for one in old]
        best = max(range(len(old)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < _SAME:
            found.append(Change(((How.ADDED, line),)))
        else:
            found += [Change(((How.REMOVED, one),)) for one in old[:best]]
            found.append(Change(_by_words(old[best], line)))
            old = old[best + 1 :]
    return found + [Change(((How.REMOVED, one),)) for one in old]


def _similar(one: str, other: str) -> float:
    """By words; of a few words, by characters, since one of them says little."""
    few = len(one) + len(other) < 2 * _FEW
    a, b = (one, other) if few else (one.split(), other.split())
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _by_words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _tokens(old), _tokens(new)
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((How.KEPT, "".join(before[i:j])))
            continue
        pieces += [(How.REMOVED, "".join(before[i:j]))] if j > i else []
        pieces += [(How.ADDED, "".join(after[k:m]))] if m > k else []
    return tuple(pieces)


def _tokens(line: str) -> list[str]:
    """Words with the space behind them; a script without spaces falls into its characters."""
    return re.findall(r"[^\W\u2e80-\u9fff]+\s*|.\s*", line)
