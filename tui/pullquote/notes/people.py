"""The names by which a person is known in other articles.

Titles, ranks and initials are left out, and particles, since newspapers write "Karim al-Haddad"
and "Karim Haddad". What one article writes beside the name counts only where it is the same name,
longer or shorter: what the machine takes for a name of theirs may be a relative's.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import takewhile

from pullquote.analysis.lexicon import given_names, lexicon
from pullquote.notes.names import Names, is_within, plain, without, words_of

_CACHED = 20_000  # names
# Two to four Chinese characters or Korean syllables; not what ends as a place or a body does.
_WHOLE = re.compile(
    r"(?:[\u3400-\u4dbf\u4e00-\u9fff々]{2,4}|[\uac00-\ud7a3]{2,4})(?<![党社省局县県市])"
)


def person_names(name: str, aliases: Iterable[str] = ()) -> Names:
    """The names of a person, folded; one word, or a lone initial before it, joins nobody.

    Who is called by two initials and a surname is called so in full: "J. K. Roe" is "J.K. Roe".
    """
    if whole := _whole(name):
        return Names(whole, joins=True)
    parts = _Parts.of(name)
    if len(parts.words) < 2:
        return Names(" ".join(parts.words))
    main = " ".join(parts.words) + parts.suffix
    ends = " ".join((parts.words[0], parts.words[-1])) + parts.suffix
    others = (_Parts.of(alias) for alias in aliases)
    same = [" ".join(one.words) + one.suffix for one in others if parts.has(one)]
    known = dict.fromkeys([ends, *same])
    loose = {_long(one) for one in (main, ends)} | {one.removesuffix(parts.suffix) for one in known}
    loose |= {" ".join(parts.words[-2:])} if len(parts.words) > 2 else set()
    return Names(
        main,
        joins=True,
        aliases=tuple(one for one in known if one != main),
        loose=tuple(sorted(one for one in loose if one not in (main, *known))),
    )


def _whole(name: str) -> str:
    """A full name in Chinese characters or Korean syllables, which needs no space; "" for others.

    So 陳怡君 is one, and 박 서연, which is 박서연. Near misses: 海南省 and 公明党 are a place and a
    body, スミス, which spells a foreign surname, and Quist.
    """
    together = "".join(words_of(name))  # which takes syllables apart
    return together if _WHOLE.fullmatch(unicodedata.normalize("NFC", together)) else ""


def has_anothers_name(name: str, aliases: Iterable[str]) -> bool:
    """Whether a machine took another person's full name for one of somebody's.

    So "Ada Quist" is called "Ada Rask", too, or "Bo Rask"; what it says of her beside the name may
    be said of the other. Near miss: "Ada Maria Quist", "Mayor Quist" and "Quist" are hers.
    """
    own = _Parts.of(name)
    others = map(_Parts.of, aliases)
    return any(len(one.words) > 1 and not own.has(one) and one.are_of_a_person for one in others)


class _Parts:
    """A name's words without titles, initials and particles; and "jr" or the like, apart."""

    def __init__(self, words: list[str], suffix: str, letters: str) -> None:
        self.words, self.suffix = words, suffix
        self._letters = letters  # that the names before the last begin with

    @classmethod
    def of(cls, name: str) -> "_Parts":
        words = words_of(name)
        while len(words) > 1 and words[0] in _titles():
            words = words[1:]
        suffix = ""
        if len(words) > 2 and words[-1] in _suffixes():
            *words, suffix = words
        given = [*takewhile(_is_initial, words[:-1])]
        full = without(words, [one for one in words[:-1] if _is_initial(one)])
        if len(given) > 1 and len(full) == 1:  # "J. K. Roe" is "J.K. Roe"
            full = ["".join(given), *full]
        left = without(full, lexicon("names")["particles"], least=2)
        letters = "".join(word[0] for word in words[:-1])
        return cls(left, f" {suffix}" if suffix else "", letters)

    @property
    def are_of_a_person(self) -> bool:
        """Whether the first is a given name."""
        return self.words[0] in given_names()

    def has(self, other: "_Parts") -> bool:
        """Whether the other is the same name, longer or shorter."""
        one, two = self.words, other.words
        longer, shorter = (one, two) if len(one) >= len(two) else (two, one)
        if len(shorter) < 2 or one[-1] != two[-1]:
            return False
        return is_within(shorter, longer) or self._begins(other) or other._begins(self)

    def _begins(self, other: "_Parts") -> bool:
        """Whether these are the initials of the other: "A. M. Quist" of "Ada M. Quist"."""
        given, is_short = self.words[0], len(self.words) == 2
        return is_short and given == other._letters and given not in given_names()


def _is_initial(word: str) -> bool:
    return len(word) == 1


@cache
def _titles() -> frozenset[str]:
    titles = {plain(title).rstrip(".") for title in lexicon("people")["titles"]}
    return frozenset(lexicon("names")["ranks"] | titles)


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(one.rstrip(".") for one in lexicon("people")["suffixes"])


@cache
def _long_forms() -> dict[str, str]:
    """The long form of each short given name; of several the first in the list."""
    rows = reversed(lexicon("names")["given names"].items())
    return {short: long for long, shorts in rows for short in shorts}


def _long(name: str) -> str:
    """A name with the long form of its given name."""
    given, *rest = name.split()
    return " ".join((_long_forms().get(given, given), *rest))


@lru_cache(_CACHED)
def given_and_middle(name: str) -> tuple[str, tuple[str, ...]]:
    """The given name, folded, and the first letters of what stands between it and the surname."""
    no_part = lexicon("names")["particles"] | _suffixes()
    words = [one for one in words_of(name) if one not in no_part]
    while len(words) > 1 and words[0] in _titles():
        words = words[1:]
    return "".join(words[:1]), tuple(word[0] for word in words[1:-1])
