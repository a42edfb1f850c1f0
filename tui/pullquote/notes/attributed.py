"""Whether two names are of two people: the same words in another's mouth."""

import re

from pullquote.findings import NOBODY
from pullquote.folding import folded

_WORD = re.compile(r"[^\W\d_]{2,}")


def is_another(one: str, other: str) -> bool:
    """Whether what is said by `one` here and by `other` there is said by two.

    Not where a name has a word of the other, since "Mr Quist" may be Ada Quist; nor where either is
    nobody with a name: what begins with a small letter is a description ("a neighbour").
    """
    return _is_name(one) and _is_name(other) and not (_words(one) & _words(other))


def _is_name(who: str) -> bool:
    return who != NOBODY and who[:1].isupper()


def _words(name: str) -> set[str]:
    return set(_WORD.findall(folded(name).casefold()))
