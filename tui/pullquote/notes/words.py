"""The words of a quotation as they are compared with another's: without case, accents and marks.

What an editor puts in brackets are not the speaker's words, but for the letter in “[T]he”; an
ellipsis, a bracket and the end of one piece of a quotation before the next are signs, which tell a
reader that words may be missing there.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from itertools import chain, islice, pairwise
from typing import NamedTuple

from pullquote.folding import UNSEEN, folded
from pullquote.text import Span

FEWEST = 5  # words; of fewer nothing is said, since anybody may have used them
MOST = 10_000  # words; of a longer one, as of a whole transcript, the rest is not compared


class Sign(Enum):
    """What stands where words may be missing."""

    ELLIPSIS = "…"
    BRACKET = "[]"
    APART = "” … “"  # two pieces of one quotation, as they are joined to be shown


class Words(NamedTuple):
    """The words of a quotation.

    `keys` are what is compared, `spans` where each stands, half-open in code points. `signs` and
    `bounds` are by the number of the word that they stand before, the number of words for the end;
    bounds are where a sentence or something quoted begins or ends.
    """

    text: str
    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    signs: Mapping[int, Sign]
    bounds: frozenset[int]

    def __len__(self) -> int:
        return len(self.keys)


# The first that fits. Between letters, an apostrophe or what is not seen belongs to the word.
_TOKEN = re.compile(
    rf"""
      (?P<initial> \[\w{{1,2}}\]\w[\w'’‘{UNSEEN}]* )
    | (?P<bracket> \[[^\[\]]{{0,300}}\] )
    | (?P<apart> [”"'»] \s … \s (?=[“"'«‘„]) | …\s(?=[“«„]) )
    | (?P<ellipsis> … | \.\s?\.(?:\s?\.)+ )
    | (?P<letters> (?:[^\W\d_]\.){{2,}} )
    | (?P<number> \d+(?:[.,]\d+)+ )
    | (?P<sign> [%&] | \bper\scent\b )
    | (?P<word> [^\W_]+(?:['’‘{UNSEEN}][^\W_]+)* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = {"bracket": Sign.BRACKET, "apart": Sign.APART, "ellipsis": Sign.ELLIPSIS}
_BOUND = re.compile(r"[.!?…“”„«»\"‘]|''")
_SPELLED = {"%": "percent", "&": "and"}
# In a word, what does not make another word of it, as the comma in "10,000" and the s in "Davis's".
_SET = re.compile(rf"(?<=s)['’‘]s\b|,(?=\d{{3}})|(?<!\d)\.|[\[\]'’‘{UNSEEN}]")


def read(text: str) -> Words:
    """The words of a quotation, whose pieces are joined by " … " (`pullquote.text.joined`)."""
    keys: list[str] = []
    spans: list[Span] = []
    signs: dict[int, Sign] = {}
    for token in _TOKEN.finditer(text):
        sign = _SIGNS.get(token.lastgroup or "")
        if sign is not None:
            signs[len(keys)] = sign
        elif len(keys) == MOST:
            break
        else:
            keys.append(_key(token[0]))
            spans.append(token.span())
    between = pairwise((0, *chain.from_iterable(spans), len(text)))
    bounds = {
        number
        for number, (start, end) in enumerate(islice(between, 0, None, 2))
        if _BOUND.search(text, start, end)
    }
    return Words(text, tuple(keys), tuple(spans), signs, frozenset({0, len(keys)} | bounds))


def _key(word: str) -> str:
    if word.isascii() and word.isalpha():  # most are
        return word.lower()
    if word[:3].casefold() == "per" and word[3:4].isspace():
        return "percent"
    key = _SPELLED.get(word) or _SET.sub("", folded(word).casefold())
    if key.isascii():
        return key
    parts = unicodedata.normalize("NFKD", key)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)) or key
