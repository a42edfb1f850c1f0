"""What changed between two versions of an article: what is said, then the text.

Paragraphs (or findings) are compared as wholes; where one became another, its words are compared.
The matching is difflib's, after Ratcliff and Obershelp.
"""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from pullquote.findings import NOBODY, STATED, FindingKind, Findings
from pullquote.notes.reading import Reading
from pullquote.text import joined, one_line, paragraphs

# the kinds that have a content: what is said, whatever else lies on its words
COMPARED = tuple(kind for kind, stated in STATED.items() if stated.extent == "content")
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


_MARKS = {How.KEPT: "{}", How.ADDED: "{{+{}+}}", How.REMOVED: "[-{}-]"}


def in_marks(pieces: tuple[Piece, ...]) -> str:
    """Pieces in plain text: deletions as [-…-], insertions as {+…+}."""
    return "".join(_MARKS[how].format(words) for how, words in pieces)


class Changes(msgspec.Struct, frozen=True):
    """All that changed: of each kind of finding that is compared, and in the text.

    `found` has every kind in `COMPARED`, in that order, each with None where a version was not
    analysed.
    """

    found: dict[FindingKind, tuple[Change, ...] | None]
    text: tuple[Change, ...]

    @property
    def sections(self) -> tuple[tuple[str, tuple[Change, ...] | None], ...]:
        """What is compared, under a heading each: the kinds of findings, and the text last."""
        found = ((kind.plural, changes) for kind, changes in self.found.items())
        return (*found, ("text", self.text))


def changes(old: Reading, new: Reading) -> Changes:
    """What changed from `old` to `new`, two versions of an article, in the order of the text.

    Of the title and the paragraphs each; of findings where both were analysed, by their words on
    one line.
    """
    title = _between([old.article.title], [new.article.title])
    text = _between(_paragraphs(old), _paragraphs(new))
    return Changes({kind: _said(old, new, kind) for kind in COMPARED}, title + text)


def _paragraphs(reading: Reading) -> list[str]:
    return [
        one_line(reading.article.text[start:end]) for start, end in paragraphs(reading.article.text)
    ]


def _said(old: Reading, new: Reading, kind: FindingKind) -> tuple[Change, ...] | None:
    """What changed in the words of a kind of finding, or in who says them."""
    if old.findings is None or new.findings is None:
        return None
    was, now = _speakers(old, old.findings, kind), _speakers(new, new.findings, kind)
    found = []
    for change in _between(list(was), list(now)):
        who = now.get(_words(change, How.ADDED)) or was.get(_words(change, How.REMOVED), "")
        found.append(msgspec.structs.replace(change, who=who))
    return (*found, *_other_speakers(was, now))


def _words(change: Change, how: How) -> str:
    return "".join(words for kind, words in change.pieces if kind in (How.KEPT, how))


def _speakers(reading: Reading, found: Findings, kind: FindingKind) -> dict[str, str]:
    """The words of each finding of a kind, on one line, with the name of who says them."""
    text = reading.article.text
    said = ((finding, found.actor(finding.speaker)) for finding in found.of(kind))
    return {joined(text, finding.spans): actor.name if actor else "" for finding, actor in said}


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
            found.append(Change(by_words(old[best], line)))
            old = old[best + 1 :]
    return found + [Change(((How.REMOVED, one),)) for one in old]


def _similar(one: str, other: str) -> float:
    """By words; of a few words, by characters, since one of them says little."""
    few = len(one) + len(other) < 2 * _FEW
    a, b = (one, other) if few else (one.split(), other.split())
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def by_words(
    old: str, new: str, alike: Callable[[str], str] = lambda word: word
) -> tuple[Piece, ...]:
    """How one line became another, word by word; words are the same that are made `alike`."""
    before, after = _tokens(old), _tokens(new)
    compared = [alike(one) for one in before], [alike(one) for one in after]
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, *compared, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((How.KEPT, "".join(before[i:j])))
            continue
        pieces += [(How.REMOVED, "".join(before[i:j]))] if j > i else []
        pieces += [(How.ADDED, "".join(after[k:m]))] if m > k else []
    return tuple(pieces)


def _tokens(line: str) -> list[str]:
    """Words with the space behind them; a script without spaces falls into its characters."""
    return re.findall(r"[^\W\u2e80-\u9fff]+\s*|.\s*", line)
