"""Words that a line end divides, with a hyphen or in a script without spaces, put together again.

A hyphen at a line end divides a word, or belongs to it ("well-known"). Whether the joined word is
one is asked of the document first, then of the language; where neither knows, the halves decide:
what is no word by itself is the half of one. The line then ends after the word, so that lines stay
about as long as they were, and each joined word is one or two characters shorter.
"""

import re
from collections import Counter
from collections.abc import Collection
from functools import cached_property

from pullquote.text import Paragraphs, at
from pullquote.wrapping import WIDE

_SOFT = "\N{SOFT HYPHEN}"
_DIVIDED = re.compile(rf"(?<=[^\s\-–—‐{_SOFT}])([-‐{_SOFT}])[ \t]*\n[ \t]*(?=\w)(\S+)([ \t]*)")
# As a string: so large a set takes a while to compile.
_WIDE_LINE_END = rf"(?<=[{WIDE}])[ \t]*\n[ \t]*(?=[{WIDE}])"
_WORD = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W_]++\Z")
_LONGEST = 60  # characters; no word before a hyphen is longer
_ADDRESS = re.compile(r"[/@]|\w\.\w{2}")

# Before a hyphen these are words, though no list has them.
_PREFIXES = (
    "anti arch bi co counter cross demi eco ex extra euro half hyper infra inter intra macro mega "
    "micro mid mini mis multi neo non over pan para per poly post pre pro proto pseudo quasi re "
    "self semi sub super tele trans tri ultra un under uni vice"
)
# After a hyphen they do not go on with the word, but stand between two: "pre- and post-war".
_BETWEEN = "and or to nor than et ou y o e und oder bis of en"
# The most frequent words of the languages whose compounds take a hyphen before a small letter, and
# that there is a list for. In others (German, Dutch, Russian), such a hyphen divides a word.
_FREQUENT = {
    "en": "the of and to in that is was for with",
    "fr": "le la les des et du dans que est une",
    "es": "el la los de y que en por con una",
    "it": "il la di che e per un con del della",
    "pt": "o os de que e do da em um não",
}
_FREQUENT_SHARE = 0.08  # of the words of a text in a language are its ten most frequent ones
# The English list spells as Americans do.
_AMERICAN = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("tre", "ter"), ("ll", "l"), ("mme", "m"),
    ("ence", "ense"), ("ogue", "og"), ("ae", "e"),
)  # fmt: skip


def whole_words(text: str) -> str:
    """Clean `text` with each word in one piece that a line end divides.

    Only line ends that wrap lines are moved, or those that divide what is known to be one word.
    """
    if _DIVIDED.search(text):
        text = _Hyphens(text).joined()
    if re.search(_WIDE_LINE_END, text):
        text = "".join(_without_wide_line_ends(text))
    return text


def unwrapped(text: str) -> str:
    """Clean `text` with its words whole and each paragraph on one line, without blank lines."""
    text = whole_words(text)
    return "\n".join(" ".join(text[start:end].split()) for start, end in Paragraphs(text))


def _without_wide_line_ends(text: str) -> list[str]:
    pieces, last = [], 0
    for start, end in Paragraphs(text):
        pieces += [text[last:start], re.sub(_WIDE_LINE_END, "", text[start:end])]
        last = end
    return [*pieces, text[last:]]


class _Hyphens:
    """The hyphens at line ends of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraphs = Paragraphs(text)

    def joined(self) -> str:
        return _DIVIDED.sub(self._join, self._text)

    def _join(self, found: re.Match[str]) -> str:
        """What stands instead of the hyphen, the line end and the word after it."""
        before = self._text[max(0, found.start() - _LONGEST) : found.start()].split()[-1]
        after = found[2]
        first, second = _LAST_WORD.search(before), _WORD.match(after)
        if second is None or _ADDRESS.search(f"{before} {after}"):
            return found[0]
        divides = found[1] == _SOFT or (
            self._divides(before, first[0], second[0]) if first else False
        )
        if divides is None or not (divides or self._is_wrapped(found.start())):
            return found[0]
        goes_on = found[3] and not self._text.startswith("\n", found.end())
        return ("" if divides else found[1]) + after + ("\n" if goes_on else "")

    def _is_wrapped(self, offset: int) -> bool:
        """Whether the line that `offset` is on runs on in the next."""
        index = at(self._paragraphs, offset)
        return index is not None and "\n" in self._text[offset : self._paragraphs[index][1]]

    def _divides(self, token: str, first: str, second: str) -> bool | None:
        """Whether a hyphen between the halves divides one word; None if they are two words apart.

        `token` is all that stands before the hyphen without a space.
        """
        second, *more = re.split("[-‐]", second)
        low, lower = first.lower(), second.lower()
        whole, compound = self._words[low + lower], self._words[f"{low}-{lower}"]
        if whole or compound:
            return whole > compound
        if len(first) == 1 or (second[0].isupper() and not first.isupper()):
            return False
        in_compound = token.endswith(f"-{first}")
        if self._language and not in_compound and self._knows(low + lower):
            return True
        if lower in _BETWEEN.split() and not more:
            return None
        if not self._language or not self._knows(lower):
            return second.isalpha()
        if in_compound or low in _PREFIXES.split() or self._knows(low):
            return False
        return not first[0].isupper() or len(second) > 2  # "Krem-lin", but "Kim Jong-un"

    @cached_property
    def _words(self) -> Counter[str]:
        """How often each word and compound stands in one piece in the document."""
        return Counter(_WORD.findall(self._text.lower().replace("‐", "-")))

    @cached_property
    def _language(self) -> str:
        """The document's, if there is a list of its words; else ""."""
        share = {
            code: sum(self._words[word] for word in words.split()) / max(1, self._words.total())
            for code, words in _FREQUENT.items()
        }
        best = max(share, key=lambda code: share[code])
        return best if share[best] >= _FREQUENT_SHARE else ""

    @cached_property
    def _list(self) -> Collection[str]:
        from spellchecker import SpellChecker

        return SpellChecker(self._language, distance=1).word_frequency.dictionary

    def _knows(self, word: str) -> bool:
        spellings = [word, *(word.replace(*pair) for pair in _AMERICAN if pair[0] in word)]
        return any(one in self._list for one in spellings)
