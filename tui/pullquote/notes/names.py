"""Names as they are compared across articles: folded, without what only sets or decorates them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

import msgspec

from pullquote.folding import folded

_CACHED = 20_000  # names: of those who are in the news, the same come again and again
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʼ": "'"})
_POSSESSIVE = re.compile(r"'s?$")
_BREAKS = re.compile(r"[\s\-\u2010-\u2015/_]+")
# Letters that no accent explains, as news without them has it.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


class Use(StrEnum):
    """What a folded name of a voice is for."""

    MAIN = "main"  # what an article calls the actor: it joins
    ALIAS = "alias"  # what it calls them as well: it joins, too
    INITIALS = "initials"  # of an organisation's name: they join it with what is called so alone
    ALONE = "alone"  # the main one, where it joins nobody: only the reader's word gives it a voice
    LOOSE = "loose"  # another name that it may be known by: such joins are proposed
    WORD = "word"  # a word of a name: it is found by it


class Names(msgspec.Struct, frozen=True):
    """The folded names of an actor, by their use.

    Attributes:
        main: What the article calls it; "" for what has no name.
        joins: Whether that is a name that can join it with actors of other articles.
    """

    main: str = ""
    joins: bool = False
    aliases: tuple[str, ...] = ()
    initials: str = ""
    loose: tuple[str, ...] = ()

    @property
    def joining(self) -> tuple[str, ...]:
        """The names of which one that two actors share is enough."""
        return (self.main, *self.aliases) if self.joins else ()

    @property
    def uses(self) -> dict[Use, tuple[str, ...]]:
        """All of them, and the words in them."""
        words = dict.fromkeys(word for name in (self.main, *self.aliases) for word in name.split())
        return {
            Use.MAIN: (self.main,),
            Use.ALONE: () if self.joins else (self.main,),
            Use.ALIAS: self.aliases,
            Use.INITIALS: (self.initials,) if self.initials else (),
            Use.LOOSE: self.loose,
            Use.WORD: tuple(words),
        }


@lru_cache(_CACHED)
def plain(name: str) -> str:
    """A name without accents, in small letters, with one kind of apostrophe."""
    apart = unicodedata.normalize("NFKD", folded(name).translate(_APOSTROPHES))
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return letters.casefold().translate(_LETTERS)


def words_of(name: str) -> list[str]:
    """The words of a name, plain, without full stops, commas and the mark of the possessive."""
    found = (
        _POSSESSIVE.sub("", word.strip(".,;:()[]\"'“”")) for word in _BREAKS.split(plain(name))
    )
    return [word for word in (one.replace(".", "") for one in found) if word]


def without(words: Sequence[str], left_out: Iterable[str], least: int = 1) -> list[str]:
    """`words` without some, where at least so many are left."""
    out = frozenset(left_out)
    kept = [word for word in words if word not in out]
    return kept if len(kept) >= least else list(words)


def is_within(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether all of `words` stand among the others, in the same order."""
    rest = iter(others)
    return all(word in rest for word in words)
