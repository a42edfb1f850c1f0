"""Whether two names are of two people: the same words in another's mouth."""

import re

from pullquote.folding import folded

_WORD = re.compile(r"[^\W\d_]{2,}")


def is_another(one: str, other: str) -> bool:
    """Whether what is said by `one` here and by `other` there is said by two.

    Not where a name has a word of the other, since "Mr Quist" may be Ada Quist.
    """
    return not (_words(one) & _words(other))


def _words(name: str) -> set[str]:
    return set(_WORD.findall(folded(name).casefold()))
